"""Whether what is held may be quoted as current.

Worked out when it is asked for, from what the works say of each other and what the operator marked;
nothing stores it, so nothing can be out of date.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from probatum.evidence.source import Currency
from probatum.library.catalogue_reader import CatalogueReader
from probatum.library.held import HeldDocument

# What an edition is, and what of it that makes so: a newer one, a notice.
Standing = tuple[Currency, str | None]
_States = dict[str, dict[Currency, str | None]]

# From the gravest: what another held work, the work's own notes or the operator say.
_BY_RELATION = {
    "retracts": Currency.RETRACTED,
    "supersedes": Currency.SUPERSEDED,
    "updates": Currency.SUPERSEDED,
    "republishes": Currency.CORRECTED,
    "corrects": Currency.CORRECTED,
    "concerns": Currency.CORRECTED,
}
_OWN = {
    "retracted_by": Currency.RETRACTED,
    "superseded_by": Currency.SUPERSEDED,
    "updated_by": Currency.SUPERSEDED,
    "republished_by": Currency.CORRECTED,
    "corrected_by": Currency.CORRECTED,
    "concern_raised_by": Currency.CORRECTED,
}
_GRAVEST = (Currency.RETRACTED, Currency.SUPERSEDED, Currency.CORRECTED)
# What another work says of a name, unless the name is its own: a new edition that says it replaces
# its own work means the editions before it, and those have it as their successor.
_SAID_OF_NAMES = """
SELECT r.target, r.kind, d.edition, d.date, d.year
FROM relation r JOIN document d ON d.id = r.document
WHERE r.target IN ({})
AND NOT EXISTS (SELECT 1 FROM identifier own WHERE own.value = r.target AND own.document = d.id)
ORDER BY d.year, d.date, d.edition
"""
# The same of documents, by the table of their names: to read those from each takes longer than the
# search for a hundred of them.
_SAID_OF_DOCUMENTS = """
SELECT i.document, r.kind, d.edition, d.date, d.year
FROM identifier i JOIN relation r ON r.target = i.value JOIN document d ON d.id = r.document
WHERE i.document IN ({})
AND NOT EXISTS (SELECT 1 FROM identifier own WHERE own.value = r.target AND own.document = d.id)
ORDER BY d.year, d.date, d.edition
"""


def currency(
    catalogue: CatalogueReader, documents: Sequence[HeldDocument], as_of: date | None
) -> dict[str, Standing]:
    """For each edition whether it may be quoted as current, and what replaces it.

    What appeared after `as_of` is not taken into account.
    """
    editions = {each.id: each.edition for each in documents}
    found = _told(catalogue, {name: (name,) for name in editions.values()}, as_of)
    for id, *said in catalogue.among(_SAID_OF_DOCUMENTS, editions):
        _note(found, editions[id], said, as_of)
    related = catalogue.among(
        "SELECT DISTINCT document FROM relation WHERE document IN ({})", editions
    )
    speaking = {id for (id,) in related}
    newer = _appeared_successors(catalogue, documents, as_of)
    standing = {}
    for document in documents:
        states = found.get(document.edition, {})
        if document.retracted:
            states.setdefault(Currency.RETRACTED, None)
        if document.id in speaking:
            for kind, target, _ in document.detail.get("relations", ()):
                if kind in _OWN:
                    states.setdefault(_OWN[kind], target)
        if document.superseded_by in newer:
            states.setdefault(Currency.SUPERSEDED, document.superseded_by)
        dated = document.year or document.date
        standing[document.edition] = _gravest(states) or (
            Currency.CURRENT if dated else Currency.UNKNOWN,
            None,
        )
    return standing


def told_of(
    catalogue: CatalogueReader, names: Mapping[str, Sequence[str]], as_of: date | None
) -> dict[str, Standing]:
    """What held documents and marks say of editions that go by these names; else nothing."""
    told = _told(catalogue, names, as_of)
    return {id: state for id, states in told.items() if (state := _gravest(states))}


def _told(
    catalogue: CatalogueReader, names: Mapping[str, Sequence[str]], as_of: date | None
) -> _States:
    """Per edition, every state that other held works or the operator give it, and by what."""
    owners: dict[str, list[str]] = {}
    for edition, every in names.items():
        for name in every:
            owners.setdefault(name.lower(), []).append(edition)
    found: _States = {}
    marks = catalogue.among(
        "SELECT edition, state, successor FROM mark WHERE edition IN ({})", names
    )
    for edition, state, successor in marks:
        found.setdefault(edition, {})[Currency(state)] = successor
    for target, *said in catalogue.among(_SAID_OF_NAMES, sorted(owners)):
        for edition in owners[target]:
            _note(found, edition, said, as_of)
    return found


def _note(found: _States, edition: str, said: Sequence[Any], as_of: date | None) -> None:
    kind, by, day, year = said
    if kind in _BY_RELATION and by != edition and _appeared(day, year, as_of):
        found.setdefault(edition, {}).setdefault(_BY_RELATION[kind], by)


def _appeared_successors(
    catalogue: CatalogueReader, documents: Iterable[HeldDocument], as_of: date | None
) -> frozenset[str]:
    """Which of the documents' successors had appeared by then."""
    named = {document.superseded_by for document in documents if document.superseded_by}
    rows = catalogue.among("SELECT edition, date, year FROM document WHERE edition IN ({})", named)
    return frozenset(edition for edition, day, year in rows if _appeared(day, year, as_of))


def _appeared(day: str | None, year: int | None, as_of: date | None) -> bool:
    """Whether something dated so had surely appeared by then."""
    if as_of is None:
        return True
    if day:
        return date.fromisoformat(day) <= as_of
    return year is not None and year < as_of.year


def _gravest(states: Mapping[Currency, str | None]) -> Standing | None:
    return next(((state, states[state]) for state in _GRAVEST if state in states), None)
