"""Things that a claim says once more than its text, where the text has something else."""

from probatum.checks.evidence.alignment import Alignment
from probatum.checks.evidence.comparison import Comparison
from probatum.checks.evidence.finding import Finding
from probatum.checks.evidence.slots import alike_numbers, changed, contrasting
from probatum.checks.evidence.units import Unit

# Units of the text beside the claim's neighbours in which the rival is looked for.
_REACH_OF_NUMBERS = 8
_REACH = 3


def repeated_findings(comparison: Comparison) -> list[Finding]:
    """A thing said once more than the text says it, beside one of the text that is left out.

    "0% to 30%" as "30% to 30%": the second 30% has no place of its own.
    """
    alignment = comparison.alignment
    found: list[Finding] = []
    for at, unit in enumerate(alignment.claim):
        if alignment.match[at] is not None or unit.key not in comparison.held:
            continue
        if unit.kind not in ("number", "word", "term", "code"):
            continue
        reach = _REACH_OF_NUMBERS if unit.kind == "number" else _REACH
        beside = (
            alignment.match[i] for i in (at - 2, at - 1, at + 1, at + 2) if _within(i, alignment)
        )
        near = {
            i
            for place in beside
            if place is not None
            for i in range(place - reach, place + reach + 1)
        }
        free = [i for i in sorted(near) if 0 <= i < len(alignment.text) and i not in alignment.used]
        rival = next((alignment.text[i] for i in free if _repeats(unit, alignment.text[i])), None)
        if rival is not None:
            found.append(changed(unit, rival, moved=True))
    return found


def _within(index: int, alignment: Alignment) -> bool:
    return 0 <= index < len(alignment.match)


def _repeats(unit: Unit, other: Unit) -> bool:
    if unit.key == other.key:
        return False
    if unit.kind == "number":
        return other.kind == "number" and alike_numbers(unit, other)
    if unit.term is not None and other.term is not None:
        return unit.term.kind == other.term.kind == "intervention"
    return contrasting(unit, other)
