"""Whether a free text supports a claim: the checks that need no curated record."""
