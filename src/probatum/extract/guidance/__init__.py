"""What guidelines and protocols say should be done: recommendations, doses, who may take part."""
