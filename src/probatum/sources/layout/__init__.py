"""Text as blocks and tables, whatever format it came in."""
