"""Comparative results out of prose: figures, then estimates and groups of values, then tuples."""
