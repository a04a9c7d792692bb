"""Exact findings out of registry entries."""
