"""The nouns: sources, editions, records, anchors, claims and answers, as frozen models without I/O."""
