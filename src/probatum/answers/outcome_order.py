"""The order in which outcomes and analyses are read."""

# What patients feel first (GRADE: critical outcomes first).
_OUTCOMES = (
    "overall-survival",
    "mortality",
    "progression-free-survival",
    "event-free-survival",
    "objective-response-rate",
    "complete-response",
    "duration-of-response",
    "quality-of-life",
)
# Which analysis of a trial speaks first.
ANALYSES = ("final", "primary", "updated", "interim", "subgroup", "exploratory", "post_hoc")


def is_ranked(endpoint: str) -> bool:
    """Whether the outcome is one of those that have a place of their own."""
    return endpoint in _OUTCOMES


def outcome_place(endpoint: str) -> int:
    """The place of an outcome among the others; those that have none come last."""
    return _OUTCOMES.index(endpoint) if endpoint in _OUTCOMES else len(_OUTCOMES)
