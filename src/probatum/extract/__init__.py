"""Findings out of text: results as tuples, recommendations, doses, populations, events."""
