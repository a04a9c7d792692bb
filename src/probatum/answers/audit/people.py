"""Whether a record's people are those that a claim is about (D1).

The claim's own words decide; what stands near it decides where it is silent; the title of the text
says only which disease all of it is about.
"""

import re
from dataclasses import dataclass
from typing import Literal

from probatum.answers.audit.context import Said
from probatum.checks.cover import contradict, related
from probatum.checks.held import Held
from probatum.checks.reading import read
from probatum.evidence.population import Criterion
from probatum.library.library import Library
from probatum.questions.patient import biomarker_results

# What stands before a line of treatment that is over.
_AFTER = re.compile(
    r"\b(?:after|following|beyond|progress\w*(?: on)?|fail\w*|prior|previous)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_FIRST, _LATER = "first-line", "second-line-or-later"
Difference = Literal["condition", "setting", "line", "subtype", "biomarker"]


@dataclass(frozen=True, slots=True)
class Apart:
    """A dimension in which a record is about other people, in words."""

    by: Difference
    theirs: str
    ours: str


def diseases(said: Said, library: Library) -> tuple[str, ...]:
    """The diseases that a claim is about; a harm that is also a disease (hypertension) is none."""
    vocabulary = library.vocabulary
    reading = read(said.text, library)
    own = [
        m.term.id
        for m in reading.of_kind("condition")
        if not any(term.kind == "adverse_event" for term in vocabulary.readings(m.text))
    ]
    return tuple(dict.fromkeys(own)) or said.near.get("condition") or said.far.get("condition", ())


def apart(said: Said, held: Held) -> Apart | None:
    """How the record's people differ from the claim's; None when they may be the same."""
    library = held.library
    vocabulary = library.vocabulary
    population = held.record.population
    ours = diseases(said, library)
    if ours and population.conditions:
        near = related(ours, population.conditions, vocabulary)
        if near == "other":
            return _apart("condition", population.conditions, ours, library)
    dimensions: tuple[tuple[Difference, tuple[str, ...], tuple[str, ...]], ...] = (
        ("setting", population.settings, _own(said, "setting", library, near=True)),
        ("line", population.lines, lines(said, library)),
        ("subtype", population.subtypes, _own(said, "subtype", library, near=False)),
    )
    for kind, theirs, told in dimensions:
        if told and theirs and _exclude(told, theirs, library):
            return _apart(kind, theirs, told, library)
    asked = criteria(said, library)
    for criterion in population.biomarkers:
        same = [c for c in asked if related((c.biomarker,), (criterion.biomarker,), vocabulary)
                != "other"]  # fmt: skip
        if same and all(contradict(_sign(c), _sign(criterion)) for c in same):
            return Apart("biomarker", population.text, library.name(criterion.biomarker))
    return None


def _own(said: Said, kind: str, library: Library, *, near: bool) -> tuple[str, ...]:
    told = tuple(sorted(said.terms(library, kind)))
    return told or (said.near.get(kind, ()) if near else ())


def lines(said: Said, library: Library) -> tuple[str, ...]:
    """The lines of treatment that a claim is about; "after first-line therapy" is a later one."""
    mentions = read(said.text, library).of_kind("line")
    found = [
        _LATER
        if m.term.id == _FIRST and _AFTER.search(said.text[max(0, m.start - 40) : m.start])
        else m.term.id
        for m in mentions
    ]
    return tuple(dict.fromkeys(found)) or said.near.get("line", ())


def criteria(said: Said, library: Library) -> tuple[Criterion, ...]:
    """The results of tests that a claim is restricted to: "PD-L1-negative", "CPS ≥1"."""
    return biomarker_results(said.text, list(read(said.text, library).mentions))


def _sign(criterion: Criterion) -> Criterion:
    """A threshold as the sign that it stands for: at or above one is positive, below it negative.

    A text says "PD-L1-negative" where a record has the percentage.
    """
    if criterion.value is None:
        return criterion
    state = "negative" if criterion.comparator.startswith("<") else "positive"
    return Criterion(biomarker=criterion.biomarker, state=state)


def _exclude(told: tuple[str, ...], theirs: tuple[str, ...], library: Library) -> bool:
    """Whether nobody is in both; kinds of one thing (recurrent, metastatic) may be one patient."""
    vocabulary = library.vocabulary
    if related(told, theirs, vocabulary) != "other":
        return False
    return not any(
        a in vocabulary and b in vocabulary and vocabulary.ancestors(a) & vocabulary.ancestors(b)
        for a in told
        for b in theirs
    )


def _apart(
    by: Difference, theirs: tuple[str, ...], ours: tuple[str, ...], library: Library
) -> Apart:
    def names(ids: tuple[str, ...]) -> str:
        return " or ".join(library.name(id) for id in ids)

    return Apart(by, names(theirs), names(ours))
