"""From a question in plain words to a typed need."""
