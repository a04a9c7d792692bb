"""What a claim has where the text has something else: a figure, a name, a direction.

Each unit of a slot that the text does not have there is looked at by its kind. A rival of the same
kind in the same slot is a change; without a rival the claim merely says more than the text.
"""

import re
from collections.abc import Iterator, Sequence

from probatum.checks.evidence.alignment import Slot
from probatum.checks.evidence.binding import Bindings
from probatum.checks.evidence.comparison import Comparison, is_named
from probatum.checks.evidence.finding import Finding, Weight
from probatum.checks.evidence.lexicon import (
    CheckName,
    alike,
    checks_of,
    contrast,
    is_booster,
    is_harmless,
    is_hedge,
)
from probatum.checks.evidence.omitted import denied, dropped, passed_over
from probatum.checks.evidence.units import Unit, same_measure
from probatum.terms.term import Term

# Kinds whose longer names contain the shorter: "serious adverse events", "adverse events".
_NESTED = ("adverse_event", "endpoint")
_MEASURED = frozenset(("endpoint", "adverse_event", "condition"))
_POPULATION_KINDS = ("condition", "setting", "line", "group", "subtype")


def slot_findings(comparison: Comparison, bound: Bindings) -> list[Finding]:
    """Every fault that the slots show; `bound` tells which values keep their groups."""
    found: list[Finding] = []
    for slot in comparison.alignment.slots:
        found += _of_slot(slot, comparison, bound)
    return found or [*denied(comparison), *passed_over(comparison)]


def _of_slot(slot: Slot, comparison: Comparison, bound: Bindings) -> Iterator[Finding]:
    alignment = comparison.alignment
    mine = [alignment.claim[at] for at in slot.claim]
    theirs = [alignment.text[at] for at in slot.text]
    for at, unit in zip(slot.claim, mine, strict=True):
        if unit.kind == "versus" or _held_here(at, slot, theirs, comparison):
            continue
        moved = alignment.match[at] is not None
        rival = _rival(at, slot, mine, theirs, comparison)
        if rival is not None:
            kept = frozenset((unit.key, rival.key)) in bound.agreed
            kept = kept or (moved and unit.key in bound.words)
            if not kept and not (moved and _listed(at, rival, comparison)):
                yield changed(unit, rival, moved=moved)
        elif not moved and (unit.kind == "denial" or not comparison.holds(unit)):
            finding = _added(unit)
            if finding is not None:
                yield finding
    if slot.sure:
        yield from dropped(slot, comparison)


def _held_here(at: int, slot: Slot, theirs: Sequence[Unit], comparison: Comparison) -> bool:
    """Whether the text's slot has this unit too; of a denial, where it bears on the same."""
    unit = comparison.alignment.claim[at]
    if not any(same(unit, other, comparison) for other in theirs):
        return False
    return unit.kind != "denial" or at != slot.claim[-1] or _denied_last(theirs)


def _rival(
    at: int, slot: Slot, mine: Sequence[Unit], theirs: Sequence[Unit], comparison: Comparison
) -> Unit | None:
    """What the text has in the place of a unit of the claim."""
    alignment = comparison.alignment
    unit, moved = alignment.claim[at], alignment.match[at] is not None
    if slot.sure or not moved:
        others = [w for w in theirs if not any(same(u, w, comparison) for u in mine)]
    else:
        free = [w for i, w in zip(slot.text, theirs, strict=True) if i not in alignment.used]
        others = free[:1] + free[-1:]
    rival = rival_of(unit, others)
    if rival is None and unit.kind == "word":
        turned = (w for w in theirs if unit.key not in w.stems and contrasting(unit, w))
        rival = next(turned, None)
    if rival is not None and moved and not _exchanged(unit, rival, comparison):
        rival = None
    if rival is None and not moved and unit.kind in ("word", "term"):
        rival = _opposed(unit, comparison)
    return rival


def _denied_last(theirs: Sequence[Unit]) -> bool:
    """Whether the text's slot ends with a denial, which then bears on what follows in both."""
    last = theirs[-2:]
    denials = [at for at, unit in enumerate(last) if unit.kind == "denial"]
    return bool(denials) and not any(unit.parted for unit in last[denials[-1] + 1 :])


def _exchanged(unit: Unit, rival: Unit, comparison: Comparison) -> bool:
    """Whether a unit that the text has elsewhere has surely taken the place of its rival."""
    if unit.kind == "number":
        return alike_numbers(unit, rival)
    if unit.kind != "word" or rival.kind != "word" or contrasting(unit, rival):
        return True
    alignment = comparison.alignment
    return any(
        own.key == rival.key and not placed
        for own, placed in zip(alignment.claim, alignment.placed, strict=True)
    )


def _opposed(unit: Unit, comparison: Comparison) -> Unit | None:
    """A word of the sentences at hand that the claim leaves out and that excludes this one."""
    alignment = comparison.alignment
    start, end = comparison.home
    for place in range(start, end):
        other = alignment.text[place]
        if place not in alignment.used and contrasting(unit, other):
            return other
    return None


def contrasting(one: Unit, other: Unit) -> bool:
    """Whether a word of one excludes a word of the other."""
    return any(contrast(word, rival) is not None for word in one.stems for rival in other.stems)


def alike_numbers(one: Unit, other: Unit) -> bool:
    """Whether two figures measure the same kind of thing."""
    if one.quantity is None or other.quantity is None:
        return one.quantity is None and other.quantity is None
    return same_measure(one, other)


def same(one: Unit, other: Unit, comparison: Comparison) -> bool:
    """Whether two units say the same."""
    if one.key == other.key:
        return True
    if one.kind == "number" or other.kind == "number":
        return False
    if one.term is not None and other.term is not None:
        return other.term.kind in _NESTED and any(
            name.stems <= frozenset(other.stems) for name in comparison.names(one.term)
        )
    if one.kind == "word" and other.kind == "word":
        return alike(one.key, other.key)
    return bool(one.stems) and one.stems == other.stems


def rival_of(unit: Unit, others: Sequence[Unit]) -> Unit | None:
    """The unit among the others that excludes this one, if there is any."""
    for other in others:
        if _excludes(unit, other):
            return other
    return None


def _excludes(one: Unit, other: Unit) -> bool:
    if one.kind == "number" and other.kind == "number":
        # A year is no rival of a share.
        return alike_numbers(one, other)
    if one.kind == "number" or other.kind == "number":
        return all(unit.kind == "number" or unit.text.isdigit() for unit in (one, other))
    if one.term is not None and other.term is not None:
        return _alike_terms(one.term, other.term)
    for word in one.stems:
        for rival in other.stems:
            if contrast(word, rival) is not None:
                return True
    if one.kind == "denial" or other.kind == "denial":
        return False
    if one.text.isdigit() or other.text.isdigit():
        return one.text.isdigit() and other.text.isdigit()
    return is_named(one) and is_named(other)


def _alike_terms(one: Term, other: Term) -> bool:
    """Whether two terms name the same sort of thing; what is measured may be an illness, too."""
    return one.kind == other.kind or {one.kind, other.kind} <= _MEASURED


def changed(unit: Unit, rival: Unit, *, moved: bool) -> Finding:
    """The finding that the claim has a unit where the text has its rival."""
    detail = f'the claim says "{unit.text}" where the text says "{rival.text}"'
    if unit.kind == "number" or rival.kind == "number":
        return Finding("numbers", "conflict", detail)
    check = _check(unit, rival)
    numbered = _of_one_series(unit, rival)
    by_place = not numbered and not _of_one_kind(unit, rival) and not contrasting(unit, rival)
    if moved:
        return Finding("direction" if check == "terms" else check, "conflict", detail, by_place)
    weight: Weight = "conflict" if check in ("direction", "numbers", "currency") else "foreign"
    return Finding(check, weight, detail, by_place, numbered)


_NUMERAL = re.compile(r"\d+|[IVX]+[ab]?")


def _of_one_kind(one: Unit, other: Unit) -> bool:
    """Whether two names are names of the same sort of thing: two drugs, phase II and phase III."""
    if one.term is not None and other.term is not None:
        return _alike_terms(one.term, other.term)
    return all(_NUMERAL.fullmatch(unit.text) is not None for unit in (one, other))


def _of_one_series(one: Unit, rival: Unit) -> bool:
    """Whether a name is the text's without its number: "innovaTV 1" where there is "innovaTV 301".

    The number after it is a unit of its own, and may stand somewhere in the text.
    """
    if rival.term is None or rival.term.kind != "study" or not rival.text.startswith(one.text):
        return False
    return re.fullmatch(r"[ -]?\d+", rival.text[len(one.text) :]) is not None


def _check(unit: Unit, rival: Unit | None) -> CheckName:
    if rival is not None:
        for word in unit.stems:
            for other in rival.stems:
                family = contrast(word, other)
                if family is not None:
                    return family.check
    if unit.kind == "number":
        return "numbers"
    if unit.term is not None and unit.term.kind in _POPULATION_KINDS:
        return "population"
    return "terms"


def _added(unit: Unit) -> Finding | None:
    """What the text does not have at all."""
    if unit.kind == "number":
        return Finding("numbers", "foreign", f"{unit.text} is not in the text")
    if unit.kind == "denial":
        return _added_denial()
    if unit.kind == "term":
        return Finding(_check(unit, None), "foreign", f"the text does not name {unit.text}")
    if unit.kind == "code":
        detail = f"the text does not name {unit.text}"
        return Finding("terms", "foreign", detail, numbered=True)
    key = unit.key
    if is_harmless(key) or is_hedge(key):
        return None
    if is_booster(key):
        return Finding("direction", "missing", f'"{unit.text}" is not in the text')
    checks = checks_of(key)
    for check in ("population", "numbers", "currency", "terms"):
        # "Superior" is a place of the body only where the text sets another against it.
        if check in checks and "direction" not in checks:
            return Finding(check, "missing", f'"{unit.text}" is not in the text')
    if is_named(unit):
        return Finding("terms", "missing", f"the text does not name {unit.text}")
    return None


def _added_denial() -> Finding:
    return Finding("direction", "conflict", "the claim denies what the text does not deny")


def _listed(at: int, rival: Unit, comparison: Comparison) -> bool:
    """Whether unit and rival are items of one list, whose order says nothing: "A and B"."""
    alignment = comparison.alignment
    place = alignment.match[at]
    if place is None or alignment.claim[at].kind == "number":
        return False
    if "respectively" in comparison.claim.lower():
        return False
    other = next((i for i, unit in enumerate(alignment.text) if unit is rival), None)
    if other is not None and _coordinated(alignment.text, place, other, comparison.text):
        return True
    mine = [i for i, unit in enumerate(alignment.claim) if unit.key == rival.key]
    return any(_coordinated(alignment.claim, at, i, comparison.claim) for i in mine)


def _coordinated(units: Sequence[Unit], one: int, other: int, text: str) -> bool:
    low, high = sorted((one, other))
    inside = units[low + 1 : high]
    if high - low > 3 or any(unit.kind in ("versus", "denial", "number") for unit in inside):
        return False
    between = text[units[low].end : units[high].start].lower()
    if re.search(r"[.;:]", between):
        return False
    return "," in between or " and " in between or " or " in between or "/" in between
