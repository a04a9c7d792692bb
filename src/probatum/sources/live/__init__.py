"""Live services, asked only when a person or an operator says so: search terms out, works in."""
