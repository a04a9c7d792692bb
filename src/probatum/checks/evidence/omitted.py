"""What the text has where the claim has nothing, when that turns the sense: a denial, a hedge."""

from collections.abc import Iterator

from probatum.checks.evidence.alignment import Slot
from probatum.checks.evidence.comparison import Comparison
from probatum.checks.evidence.finding import Finding
from probatum.checks.evidence.lexicon import is_harmless, is_hedge
from probatum.checks.evidence.units import Unit, same_measure


def dropped(slot: Slot, comparison: Comparison) -> Iterator[Finding]:
    """What the text has in the slot and the claim has not, where that turns the sense."""
    alignment = comparison.alignment
    mine = [alignment.claim[at] for at in slot.claim]
    stop = slot.text[-1] + 1 if slot.text else len(alignment.text)
    after = alignment.text[stop] if stop < len(alignment.text) else None
    behind = len(slot.text)
    for number, at in enumerate(slot.text):
        unit = alignment.text[at]
        near = behind - number <= 2 and after is not None and not after.parted
        if unit.kind == "denial":
            if any(own.kind == "denial" for own in mine):
                continue
            if near and not any(alignment.text[i].parted for i in slot.text[number + 1 :]):
                yield _denies(unit)
        elif _weakens(unit) and near and len(slot.text) <= 3 and not any(map(_weakens, mine)):
            yield Finding("direction", "missing", f'the text only says "{unit.text}"')


def denied(comparison: Comparison) -> Iterator[Finding]:
    """Words of a claim without a denial before which its sentence of the text has one."""
    alignment = comparison.alignment
    if any(unit.kind == "denial" for unit in alignment.claim):
        return
    start, end = comparison.home
    keys = [unit.key for unit in alignment.text[start:end]]
    for place in alignment.match:
        if place is None or not start < place < end or alignment.text[place].parted:
            continue
        unit, before = alignment.text[place], alignment.text[place - 1]
        # A word that stands there twice may be the other one.
        if before.kind == "denial" and keys.count(unit.key) == 1:
            yield _denies(before)


def passed_over(comparison: Comparison) -> Iterator[Finding]:
    """A figure that the text has right where the claim has a later one of the same measure.

    "Partial responses in 6% and stable disease in 75%" is not "partial responses in 75%"; but
    where a word of the claim stands behind the figure passed over, the later one may be its own.
    """
    alignment = comparison.alignment
    start, end = comparison.home
    for at in range(1, len(alignment.claim)):
        before, place = alignment.match[at - 1], alignment.match[at]
        unit = alignment.claim[at]
        if before is None or place is None or unit.quantity is None:
            continue
        if not start <= before < before + 1 < place < end:
            continue
        rival = alignment.text[before + 1]
        if rival.quantity is None or before + 1 in alignment.used or not _alike(unit, rival):
            continue
        behind = (
            other
            for other, where in zip(alignment.claim, alignment.match, strict=True)
            if where is not None and before + 1 < where < end and other.quantity is None
        )
        if all(is_harmless(other.key) for other in behind):
            detail = f'the claim says "{unit.text}" where the text says "{rival.text}"'
            yield Finding("numbers", "conflict", detail)


def _alike(one: Unit, other: Unit) -> bool:
    """Whether two figures are of one measure and play the same part."""
    if one.quantity is None or other.quantity is None:
        return False
    return one.quantity.role == other.quantity.role and same_measure(one, other)


def _denies(denial: Unit) -> Finding:
    detail = f'the text denies ("{denial.text}") what the claim asserts'
    return Finding("direction", "conflict", detail)


def _weakens(unit: Unit) -> bool:
    return unit.kind == "word" and is_hedge(unit.key)
