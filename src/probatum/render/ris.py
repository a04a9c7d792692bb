"""RIS, which EndNote, Zotero, Mendeley and RefWorks read.

The tags and types follow the specification of Research Information Systems (2001) with the later
additions that the named programs share: DO for a DOI, UR for an address, AN and DB for the number
in a database. A value is one line without control characters, so it can't begin another tag.
"""

from collections.abc import Iterable

from probatum.render.bibliography import Entry, Person, pages_between
from probatum.render.characters import plain

_TYPES = {"article": "JOUR", "report": "RPRT", "webpage": "ELEC", "document": "GEN"}
# Each line ends so, whatever the system ("Each tag … CR LF").
_END = "\r\n"


def _name(person: Person) -> str:
    """Family name, then initials with a full stop each."""
    if not person.given:
        return person.family
    initials = "".join("-" if letter == "-" else f"{letter}." for letter in person.given)
    return f"{person.family}, {initials}"


def _tags(entry: Entry) -> Iterable[tuple[str, str]]:
    yield "TY", _TYPES[entry.kind]
    yield "ID", entry.key
    for person in entry.people:
        yield "AU", _name(person)
    if entry.more:
        # As EndNote's manual has it for a list of authors that is not whole.
        yield "AU", "et al."
    if not entry.people:
        yield "AU", entry.body
    yield "TI", entry.title
    yield "T2", entry.container
    if entry.kind != "article":
        yield "PB", entry.body
    yield "PY", str(entry.year or "")
    yield "DA", entry.date.replace("-", "/")
    yield "VL", entry.volume
    yield "IS", entry.issue
    first, last = pages_between(entry.pages)
    yield "SP", first
    yield "EP", last
    yield "ET", entry.version
    yield "DO", entry.doi
    yield "AN", entry.pmid
    yield "DB", "PubMed" if entry.pmid else ""
    yield "C2", entry.pmcid
    yield "UR", entry.url
    for note in entry.notes:
        yield "N1", note


def ris(entries: Iterable[Entry]) -> str:
    """The entries in their order, each from TY to ER."""
    parts = []
    for entry in entries:
        lines = [f"{tag}  - {plain(value)}" for tag, value in _tags(entry) if plain(value)]
        parts.append(_END.join([*lines, "ER  - ", ""]))
    return _END.join(parts)
