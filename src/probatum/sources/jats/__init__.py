"""Articles in JATS, as PubMed Central gives them."""
