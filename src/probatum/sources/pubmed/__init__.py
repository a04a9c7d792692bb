"""PubMed: its XML and its older MEDLINE text."""
