"""The places of a page: its sections in order, and where stances and the decision path stand."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from probatum.evidence.answer import Answer, Section
from probatum.render.language import told

# The decision path stands after the evidence it is made of and before the rules of safety.
_BEFORE_THE_PATH = ("guidelines", "regimens", "evidence", "biomarkers")


@dataclass(frozen=True)
class Place:
    """A section and whether it is the one that shows the stances or the decision path."""

    section: Section
    stances: bool = False
    algorithm: bool = False


def _tabled(section: Section) -> set[str]:
    rows = section.table.rows if section.table else ()
    return {cell.claim for row in rows for cell in row if cell.claim}


def places_of(answer: Answer) -> list[Place]:
    """The sections, with one place for the stances and one for the decision path.

    The stances go where the answer tables them, which is where the table's claims are all theirs;
    each is shown once, and neither is left out when no section asks for it.
    """
    said = {claim_id for stance in answer.guidelines for claim_id in stance.claims}
    places: list[Place] = []
    stances, path = bool(answer.guidelines), bool(answer.algorithm)
    for section in answer.sections:
        tabled = section.kind == "guidelines" and not section.claims and _tabled(section) <= said
        own = stances and tabled
        way = path and section.kind == "algorithm"
        places.append(Place(section, stances=own, algorithm=way))
        stances, path = stances and not own, path and not way
    if stances:
        extra = Section(id="guidelines", kind="guidelines", title=told("What guidelines say"))
        places.insert(0, Place(extra, stances=True))
    if path:
        extra = Section(id="algorithm", kind="algorithm", title=told("Decision path"))
        after = [at for at, place in enumerate(places) if place.section.kind in _BEFORE_THE_PATH]
        places.insert(after[-1] + 1 if after else 0, Place(extra, algorithm=True))
    return places


def identities(places: Iterable[Place]) -> list[str]:
    """Ids that are safe in a page and unlike each other."""
    found: list[str] = []
    for place in places:
        base = "s-" + (re.sub(r"[^a-z0-9]+", "-", place.section.id.lower()).strip("-") or "part")
        identity, again = base, 1
        while identity in found:
            again += 1
            identity = f"{base}-{again}"
        found.append(identity)
    return found
