"""Results out of tables, kept as cells: who, what, when and how much."""
