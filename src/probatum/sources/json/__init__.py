"""JSON that strangers wrote, read in bounds."""
