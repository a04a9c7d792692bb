"""What things are called, what they are kinds of, and how quantities are written."""
