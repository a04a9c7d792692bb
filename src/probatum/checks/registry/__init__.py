"""Statements about a section of a trial's registry entry, worked out from the section itself."""
