"""Coverage-guided fuzzing of the parsers: `python -m fuzz.run`, see `fuzz.run` for its options."""
