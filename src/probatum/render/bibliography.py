"""The references of an answer, part by part, as a reference manager keeps them.

The library holds a reference as the lines of a citation. Here these lines are taken apart where
they follow the order of the NLM's "Citing Medicine"; what does not follow it stays whole, so that
nothing is guessed. RIS, BibTeX and CSL-JSON are written from the same parts and so can't disagree.
"""

import re
from dataclasses import dataclass
from typing import Literal

from probatum.evidence.answer import Answer, Reference
from probatum.evidence.source import SourceType
from probatum.evidence.statement import Namer
from probatum.render.characters import plain
from probatum.render.cite import links
from probatum.render.words import CURRENCIES, DEPTHS, TYPES, review_words

Kind = Literal["article", "report", "webpage", "document"]

# "N Engl J Med 2024;391(1):44-55": title, year, volume, issue and pages ("Citing Medicine",
# chapter 1). Bounded, so that a hostile line costs one pass.
_JOURNAL = re.compile(
    r"(?P<container>[^;:]{1,300}?)\.? (?P<year>\d{4})(?: \w{1,12}(?: \d{1,2})?)?;"
    r"(?P<volume>[^;:()\s]{1,30})(?:\((?P<issue>[^;:()]{1,60})\))?:(?P<pages>[^;:\s]{1,60}?)\.?"
)
# "Nobody AB" and "Nobody A-B": a family name and at most four initials.
_NAMED = re.compile(
    r"(?P<family>\S(?:.{0,98}\S)?) (?P<given>[^\W\d_a-z](?:[-.]?[^\W\d_a-z]){0,3}\.?)"
)
_MORE = re.compile(r",? ?(?:et al|and others)\.?$", re.IGNORECASE)
_RANGE = re.compile(r"(\d{1,9})[-–](\d{1,9})")
_REPORTS = (
    SourceType.GUIDELINE,
    SourceType.LABEL,
    SourceType.AGENCY_DECISION,
    SourceType.PATIENT_INFORMATION,
)


@dataclass(frozen=True)
class Person:
    """An author; `given` holds the initials and is empty where the line has none."""

    family: str
    given: str = ""


@dataclass(frozen=True)
class Entry:
    """A work as reference managers keep it.

    `body` is the organisation that speaks where no person is named; `more` says that there are
    further authors whom the library does not name. `date` is a whole day (YYYY-MM-DD) or empty.
    """

    key: str
    kind: Kind
    title: str
    people: tuple[Person, ...] = ()
    body: str = ""
    more: bool = False
    container: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    year: int | None = None
    date: str = ""
    version: str = ""
    pmid: str = ""
    pmcid: str = ""
    doi: str = ""
    url: str = ""
    notes: tuple[str, ...] = ()


def authors(written: str | None) -> tuple[tuple[Person, ...], bool]:
    """The people of an author line such as "Nobody A, Noone BC, et al.", and if there are more."""
    line = plain(written or "")
    short = _MORE.sub("", line)
    people = []
    for part in re.split(r"[,;]", short):
        words = part.strip()
        if not words:
            continue
        found = _NAMED.fullmatch(words)
        if found is None:
            people.append(Person(words))
        else:
            people.append(Person(found["family"], found["given"].replace(".", "")))
    return tuple(people), short != line


def pages_between(pages: str) -> tuple[str, str]:
    """First and last page, the last one in full: "1525-35" ends on page 1535."""
    found = _RANGE.fullmatch(pages)
    if found is None:
        return pages, ""
    first, last = found.groups()
    return first, first[: len(first) - len(last)] + last if len(last) < len(first) else last


def keyed(name: str) -> str:
    """A key of letters, digits and hyphens, which every reference manager takes."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:80] or "source"


def _notes(reference: Reference) -> tuple[str, ...]:
    """What the reference list says beside a work, above all that it was retracted or replaced."""
    state = CURRENCIES[reference.currency]
    if reference.replaced_by:
        state += f", replaced by {plain(reference.replaced_by)}"
    notes = [f"{TYPES[reference.type]}. {DEPTHS[reference.depth]}. {state}."]
    notes += [
        f"{each.label}: {each.value}"
        for each in links(reference.identifiers)
        if each.kind in ("nct", "other")
    ]
    return tuple(notes)


def entry(reference: Reference, key: str, name: Namer | None = None) -> Entry:
    """One reference in its parts; an unreadable citation line becomes the container as a whole."""
    given = reference.identifiers
    people, more = authors(reference.authors)
    body = name(reference.body) if name and reference.body else reference.body
    citation = plain(reference.citation or "")
    found = _JOURNAL.fullmatch(citation)
    kind: Kind = "document"
    if found or ((given.pmid or given.pmcid) and reference.type not in _REPORTS):
        kind = "article"
    elif reference.type in _REPORTS:
        kind = "report"
    elif given.url:
        kind = "webpage"
    addresses = {each.kind: each.address or "" for each in links(given)}
    return Entry(
        key=key,
        kind=kind,
        title=plain(reference.title),
        people=people,
        body=plain(body or ""),
        more=more,
        container=found["container"] if found else citation.rstrip("."),
        volume=found["volume"] if found else "",
        issue=(found["issue"] or "") if found else "",
        pages=found["pages"] if found else "",
        year=reference.year or (int(found["year"]) if found else None),
        pmid=given.pmid or "",
        pmcid=given.pmcid or "",
        doi=plain(given.doi or ""),
        url=addresses.get("url") or addresses.get("pmid") or addresses.get("nct") or "",
        notes=_notes(reference),
    )


def references(answer: Answer, name: Namer | None = None) -> tuple[Entry, ...]:
    """The answer's references in their order; keys come from the editions, each its own."""
    found: list[Entry] = []
    keys: set[str] = set()
    for reference in answer.references:
        key = keyed(reference.edition)
        if key in keys:
            key = f"{key}-{reference.number}"
        keys.add(key)
        found.append(entry(reference, key, name))
    return tuple(found)


def answer_entry(answer: Answer) -> Entry:
    """The answer itself, which says of itself whether anybody reviewed it."""
    return Entry(
        key=keyed(f"probatum-{answer.id[:12]}"),
        kind="document",
        title=plain(answer.question),
        body="Probatum",
        year=int(answer.as_of[:4]) if answer.as_of[:4].isdecimal() else None,
        date=answer.as_of,
        notes=(f"Review status: {review_words(answer.review)}.", f"Answer {plain(answer.id)}."),
    )
