"""XML that strangers wrote, read in bounds."""
