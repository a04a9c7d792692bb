"""How sure a verdict is, as the share of like verdicts that were right.

A reader who sees 0.9 beside a verdict expects nine of ten such to be right. So the figure is not a
score of the method's own but a count: verdicts were put into groups by their label and by how much
of the claim stands in its place in the text, and the share of right ones was counted in each. The
counts are data (`checks/data/confidence.yaml`), made by `scripts/fit_confidence.py`.
"""

from functools import cache

from probatum.checks.evidence.entailment import Label
from probatum.checks.phrases import word_list

# Bounds of the groups: the share of a claim's content that stands in its place.
BOUNDS = (0.25, 0.5, 0.7, 0.85, 0.95)


def group_of(placed: float, findings: int) -> str:
    """The group of a verdict: how much stands in its place, and whether anything was found."""
    band = sum(placed >= bound for bound in BOUNDS)
    return f"{band}{'+' if findings > 1 else ''}"


@cache
def _tables() -> dict[str, dict[str, dict[str, float]]]:
    tables: dict[str, dict[str, dict[str, float]]] = word_list("confidence")
    return tables


def confidence(label: Label, placed: float, findings: int, *, asked: bool = False) -> float:
    """The probability, 0 to 1, that a verdict of this kind is right.

    `asked` says that a judge of meaning was asked: then the checks alone decide other claims.
    """
    shares = _tables()["with_judge" if asked else "checks"][label]
    return float(shares.get(group_of(placed, findings), shares["all"]))
