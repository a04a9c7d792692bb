"""Looking things up and taking them in: from a topic, a search or ids to works in the library."""
