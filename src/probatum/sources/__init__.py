"""Text in, documents out: one module a format, each safe on hostile input."""
