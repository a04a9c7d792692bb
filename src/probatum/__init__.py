"""Clinical answers in which every sentence has stood a test the reader can repeat."""

__version__ = "0.1.0"
