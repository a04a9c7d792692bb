"""Deterministic checks of a sentence against the records it is anchored to, and the gate."""
