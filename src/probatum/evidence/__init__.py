"""The nouns: sources, editions, records, anchors, claims, answers; frozen, without I/O."""
