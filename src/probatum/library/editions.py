"""A source's editions: what they are called, and which of them comes after which."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest

from probatum.library.prepare import Prepared

# Whether it is a count of versions, which says more than a date; the count or the year; the rest.
Order = tuple[int, int, str]
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# How PubMed's second version of an article is written here: its revisions come after all of the
# first's.
_COUNTED = re.compile(r"v\d\d\b")


@dataclass(frozen=True, slots=True)
class Held:
    """An edition of a source that is held."""

    id: int
    edition: str
    digest: str
    depth: str
    order: Order
    superseded_by: str | None
    # The journal's number of the file that it came in; 0 for none.
    file: int = 0


def edition_id(new: Prepared) -> str:
    """The id of an edition: its source and what tells it from the source's other editions."""
    document = new.document
    label = document.version or document.label
    if not label:
        day = document.date.isoformat() if document.date else None
        label = day or (str(document.year) if document.year else _by_content(new.text))
    return f"{new.source}@{'-'.join(label.split())}"


def _by_content(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def other_ids(edition: str, digest: str) -> tuple[str, str]:
    """Ids for content that comes under an edition's id when other content already has it."""
    return f"{edition}~{digest[:6]}", f"{edition}~{digest}"


def order_of(version: str | None, day: object, year: int | None) -> Order:
    """What is compared to tell the newer of two editions.

    A version that names a year ("2.2025", "2024-05-01") is compared as a date is, by its year
    first: 1.2026 follows 2.2025, and 2024 follows an edition that has only the year 2023.
    """
    if version is not None:
        years = [] if _COUNTED.match(version) else _YEAR.findall(version)
        if not years:
            number = int(version) if version.isdecimal() and len(version) < 9 else 0
            return 1, number, _by_number(version)
        return 0, int(max(years)), _by_number(_YEAR.sub("", version))
    written = str(day or year or "")
    return 0, int(written[:4] or 0), _by_number(written[4:])


def _by_number(words: str) -> str:
    """The words in a form in which 9 comes before 10."""
    return re.sub(r"\d+", lambda number: number.group().zfill(9), words)


def place(edition: Held) -> tuple[Order, int, int]:
    """Where it stands among its source's editions.

    Of two that cannot be told apart by version or date, the one that came later is the newer: by
    its file first, because of files that are read at once no one knows which ends first.
    """
    return edition.order, edition.file, edition.id


def out_of_line(editions: Iterable[Held]) -> Iterator[tuple[Held, str | None]]:
    """Editions of one source whose successor is not the edition after them, with the right one.

    Each is superseded by the next and not by the newest: on a day between the two, it was. An
    abstract and the full text of the same work stand beside each other: neither replaces the other.
    """
    ordered = sorted(editions, key=lambda each: (each.depth, place(each)))
    for each, after in zip_longest(ordered, ordered[1:]):
        successor = after.edition if after and after.depth == each.depth else None
        if each.superseded_by != successor:
            yield each, successor
