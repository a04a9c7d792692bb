"""Who somebody is at the organisation's sign-in, as the database keeps it.

An identity is the issuer and its subject, never an e-mail address: those are given to others.
"""

import hashlib

# What django-allauth calls the provider in its table.
PROVIDER = "oidc"


def identity(issuer: str, subject: str) -> str:
    """A person at a provider in 64 characters, however long the issuer and the subject are."""
    return hashlib.sha256(f"{issuer}\n{subject}".encode()).hexdigest()
