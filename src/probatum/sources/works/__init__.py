"""What is known of a work beside its text."""
