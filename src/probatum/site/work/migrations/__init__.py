"""The tables, in order."""
