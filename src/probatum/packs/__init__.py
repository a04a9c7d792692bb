"""Evidence packs: versioned folders of sources and records on a topic, their loader and linter."""
