"""Whether the numbers of curated records stand in the text of their source, where that is held.

A record is typed in by a person, and a slip of the keyboard passes every other check: the answer
agrees with the record, and the record with nothing. So each number is looked for in the held text
with its unit, comparator and role; an estimate must stand with its interval in one passage.

What it cannot see: whether a number that is there belongs to the same arm or end point, and numbers
that a source prints in a figure. A number that is not found is a reason to look, not a proof.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

from probatum.checks.held import Value, held
from probatum.checks.reading import quantities_of
from probatum.evidence.record import Record, Regimen, Result
from probatum.evidence.source import Depth
from probatum.evidence.statement import number, with_unit
from probatum.library.held import HeldDocument
from probatum.library.library import Library
from probatum.packs.model import Pack
from probatum.terms.quantities import Quantity, find_quantities
from probatum.terms.units import in_base

State = Literal["found", "not_found", "not_held"]
# How far an estimate's bounds may stand from it, in characters: a table's row or a long sentence.
_TOGETHER: Final = 300
# Identifiers of one publication; a trial's number is shared by its papers and its registry entry.
_OWN: Final = ("pmid", "doi", "pmcid")
_SET_ID: Final = re.compile(r"SPL set id ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")
# The parts of a result that are words about it: their numbers are the curator's, not the source's.
_WORDS: Final = frozenset({"text"})


@dataclass(frozen=True, slots=True)
class Checked:
    """One number of a record and whether its source's text has it.

    `edition` is the held edition that was looked through and `start` to `end` the place in its
    text; without a held text `edition` is None. `depth` says how much of the work is held: what
    an abstract lacks, the paper may have. `part` is what the number is in the record.
    """

    record: str
    source: str
    part: str
    text: str
    state: State
    edition: str | None = None
    depth: Depth | None = None
    where: str | None = None
    start: int | None = None
    end: int | None = None
    quote: str | None = None


@dataclass(frozen=True)
class _Text:
    """A held text with its numbers, read once for all records of its source."""

    document: HeldDocument
    text: str

    @cached_property
    def numbers(self) -> Mapping[object, Sequence[Quantity]]:
        found: dict[object, list[Quantity]] = {}
        for quantity in find_quantities(self.text):
            found.setdefault(in_base(quantity.value, None)[0], []).append(quantity)
            if quantity.unit is not None:
                found.setdefault(in_base(quantity.value, quantity.unit), []).append(quantity)
        return found

    def with_value(self, wanted: Value) -> list[Quantity]:
        """The text's quantities that say the same as a record's number."""
        keys: list[object] = [in_base(wanted.value, None)[0]]
        if wanted.unit is not None:
            keys.append(in_base(wanted.value, wanted.unit))
        fits = (q for key in keys for q in self.numbers.get(key, ()) if _agrees(wanted, q))
        return sorted({q.start: q for q in fits}.values(), key=lambda q: q.start)


def verify(pack: Pack, library: Library) -> tuple[Checked, ...]:
    """Every number of a pack's records, compared with the held text of its source."""
    texts: dict[str, tuple[_Text, ...]] = {}
    return tuple(
        checked
        for record in pack.records
        for checked in _record(record, _texts(record.edition, library, texts), library)
    )


def _texts(
    edition: str, library: Library, known: dict[str, tuple[_Text, ...]]
) -> tuple[_Text, ...]:
    if edition not in known:
        mine = library.editions[edition].identifiers.present()
        found: dict[str, _Text] = {}
        for document in (*library.texts_of(edition), *_labels(mine.get("other", ""), library)):
            theirs = document.identifiers.present()
            # Another paper of the same trial has an identifier of its own, and it differs.
            other = any(mine[k] != theirs[k] for k in _OWN if k in mine and k in theirs)
            text = None if other else library.text(document.edition)
            if text:
                found.setdefault(document.edition, _Text(document, text))
        known[edition] = tuple(found.values())
    return known[edition]


def _labels(other: str, library: Library) -> tuple[HeldDocument, ...]:
    """The held versions of a drug label that is named by its set id."""
    found = _SET_ID.search(other)
    return library.documents.of_source(f"spl:{found.group(1)}") if found else ()


def _record(record: Record, texts: Sequence[_Text], library: Library) -> Iterator[Checked]:
    values = list(_numbers(record, library))
    if not texts:
        for value in values:
            yield Checked(record.id, record.edition, value.part, _shown(value), "not_held")
        return
    best = max(texts, key=lambda text: sum(bool(text.with_value(value)) for value in values))
    places = [best.with_value(value) for value in values]
    parts = [at for at, v in enumerate(values) if v.part == "effect" and v.role in _TRIPLE]
    if len(parts) > 1 and all(places[at] for at in parts):
        # Each is there by itself: but an estimate and its bounds must be there together.
        low, high = _together([places[at] for at in parts]) or (0, 0)
        for at in parts:
            places[at] = [q for q in places[at] if low <= q.start <= high]
    for value, where in zip(values, places, strict=True):
        yield _checked(record, value, best, where, library)


_NAMES: Final = {
    "hr": "HR ", "rr": "RR ", "or": "OR ", "rd": "RD ", "p": "P ",
    "ci_low": "CI from ", "ci_high": "CI to ", "ci_level": "CI level ",
}  # fmt: skip
_TRIPLE: Final = frozenset({"hr", "rr", "or", "rd", "value", "ci_low", "ci_high"})


def _together(places: Sequence[Sequence[Quantity]]) -> tuple[int, int] | None:
    """A stretch that has one of each; None where they nowhere stand together."""
    starts = [[q.start for q in each] for each in places]
    for start in starts[0]:
        low, high = start - _TOGETHER, start + _TOGETHER
        if all(any(low <= at <= high for at in each) for each in starts):
            return low, high
    return None


def _checked(
    record: Record, value: Value, text: _Text, places: Sequence[Quantity], library: Library
) -> Checked:
    edition, depth = text.document.edition, text.document.depth
    if not places:
        return Checked(
            record.id, record.edition, value.part, _shown(value), "not_found", edition, depth
        )
    first = places[0]
    passage = library.documents.around(edition, first.start, first.end)
    where = passage.locator(first.start) if passage else None
    low, high = max(0, first.start - 60), min(len(text.text), first.end + 60)
    return Checked(
        record.id,
        record.edition,
        value.part,
        _shown(value),
        "found",
        edition,
        depth,
        where,
        first.start,
        first.end,
        " ".join(text.text[low:high].split()),
    )


def _numbers(record: Record, library: Library) -> Iterator[Value]:
    """The numbers that the record took from its source, each once."""
    if isinstance(record, Result):
        found = [value for value in held(record.id, library).values if value.part not in _WORDS]
    else:
        found = [
            Value(q.value, q.unit, q.comparator, q.role, "statement")
            for text in _texts_of(record, library)
            for q in quantities_of(text)
            if q.role not in ("year", "version", "ordinal")
        ]
    seen: set[tuple[object, ...]] = set()
    for value in found:
        key = (value.value, value.unit, value.role, value.part, value.arm)
        if key not in seen:
            seen.add(key)
            yield value


def _texts_of(record: Record, library: Library) -> Iterator[str]:
    """What a record of another kind says, without its names: their digits are no numbers."""
    text = library.statement(record.id)
    for name in held(record.id, library).names:
        text = text.replace(name, " ")
    if isinstance(record, Regimen):
        text = text.replace(record.name, " ")
    yield text


def _agrees(wanted: Value, found: Quantity) -> bool:
    """Whether a quantity says the same: value, comparator and unit, with a role that can be it.

    A table's cell has its unit and its role in the header, so a bare number may be anything; a
    number with a unit or role of its own may not be another.
    """
    if wanted.role == "p":
        return found.comparator == wanted.comparator and found.role in ("p", "value")
    # "Not more than" may be said in words that are not read as a bound; another bound is another.
    bound = found.comparator == "=" and wanted.comparator in (">=", "<=")
    if wanted.comparator != found.comparator and not bound:
        return False
    if wanted.unit is not None and found.unit is not None:
        same = in_base(wanted.value, wanted.unit) == in_base(found.value, found.unit)
        return same or (wanted.value == found.value and _per(wanted.unit) == _per(found.unit))
    ratio = {"hr", "rr", "or", "rd"}
    return not (found.role in ratio and wanted.role in ratio and found.role != wanted.role)


def _per(unit: str) -> str:
    """A unit without what it is per: 2 mg/kg and 2 mg/kg/day differ in words, not in the number."""
    return re.split(r" per |/day|/h\b", unit)[0]


def _shown(value: Value) -> str:
    """The number as it is written in the record."""
    name = _NAMES.get(value.role, "")
    sign = "" if value.comparator == "=" else value.comparator.replace(">=", "≥").replace("<=", "≤")
    return f"{name}{sign}{with_unit(number(value.value), value.unit)}"
