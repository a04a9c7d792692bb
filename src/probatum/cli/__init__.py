"""The commands: thin, each hands its options to the engine and its answer to a renderer."""
