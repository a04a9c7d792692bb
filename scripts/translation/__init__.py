"""The catalogue of the interface's words: found in the code, brought up to date, compiled."""
