"""What a key may do, and for how long. It never does what its account may not do."""

from enum import StrEnum

# Days that a key lasts unless told otherwise, and at most.
USUAL_DAYS = 90
MOST_DAYS = 366


class Scope(StrEnum):
    """A part of the API."""

    ASK = "ask"
    AUDIT = "audit"
    READ = "read"
    WRITE = "write"
    REVIEW = "review"
