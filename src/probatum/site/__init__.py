"""The site: the ask box, the answer page and what is held. No database, no session, no account."""
