"""The plot of results that held texts state: ratios with their intervals, side by side.

Only a ratio that is printed with its interval and level can be drawn, and only one measure shares
an axis. Which side of the axis is the better one depends on the end point: of deaths it is the
left, of responses the right. Where the rows do not agree on it, the sides say no more than that the
ratio is below or above 1.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from probatum.answers.plan import PlanForestRow
from probatum.evidence.claim import Draft
from probatum.evidence.statement import EFFECT_NAMES
from probatum.extract.benefit import better
from probatum.extract.result import ExtractedResult
from probatum.library.held import HeldDocument

Sides = tuple[str, str]
Favours = Literal["experimental", "control", "neither"]

_RATIOS: Final = frozenset(("HR", "RR", "OR"))
_TESTED: Final = "favours the tested treatment"
_CONTROL: Final = "favours the control"
_PLAIN: Final[Sides] = ("ratio below 1", "ratio above 1")
# Characters of a title that a row of the plot has room for; the table beside it has all of it.
_TITLE: Final = 60


@dataclass(frozen=True, slots=True)
class HeldResult:
    """A result that a held text states, with the quote that is its claim.

    `again` tells a further report of a trial that another row has, and `replaced` that the later
    report has the same end point.
    """

    result: ExtractedResult
    document: HeldDocument
    draft: Draft
    again: str = ""
    replaced: bool = False


def plotted(found: Sequence[HeldResult]) -> tuple[tuple[PlanForestRow, ...], Sides]:
    """The rows of the commonest ratio and what the two sides of its axis mean."""
    rows = [row for each in found if (row := _row(each)) is not None]
    kinds = [row.effect for row in rows]
    common = max(dict.fromkeys(kinds), key=kinds.count, default=None)
    kept = tuple(row for row in rows if row.effect == common)
    return kept, _sides(kept)


def _row(each: HeldResult) -> PlanForestRow | None:
    result, effect = each.result, each.result.effect
    favours = _favours(result)
    if (
        effect.type not in _RATIOS
        or effect.value is None
        or effect.ci_low is None
        or effect.ci_high is None
        or effect.ci_level is None
        or effect.ci_level != effect.ci_level.to_integral_value()
        or not 0 < effect.ci_low <= effect.value <= effect.ci_high
        or favours is None
    ):
        return None
    return PlanForestRow(
        label=_label(each),
        study=each.document.source,
        effect=EFFECT_NAMES[effect.type],
        value=float(effect.value),
        low=float(effect.ci_low),
        high=float(effect.ci_high),
        ci_level=int(effect.ci_level),
        draft=each.draft,
        favours=favours,
        superseded=each.replaced or each.document.superseded_by is not None,
    )


def _favours(result: ExtractedResult) -> Favours | None:
    """Whom the row favours; None where the interval excludes 1 and nobody can say whom.

    A reading of the sentence alone guesses that an unknown end point is an undesired one, so it
    counts only where the vocabulary knows the end point's better side.
    """
    low, high = result.effect.ci_low, result.effect.ci_high
    if low is not None and high is not None and low <= 1 <= high:
        return "neither"
    if better(result.endpoint or "") is None:
        return None
    known: dict[str, Favours] = {
        "favours_intervention": "experimental",
        "favours_control": "control",
    }
    return known.get(result.direction)


def _label(each: HeldResult) -> str:
    title = each.document.title or each.document.source
    if len(title) > _TITLE:
        title = f"{title[:_TITLE].rsplit(' ', 1)[0].rstrip(' ,;:')} \u2026"
    year = f" ({each.document.year})" if each.document.year else ""
    return f"{title}{year}, {each.result.endpoint or 'end point not named'}"


def _sides(rows: Sequence[PlanForestRow]) -> Sides:
    """The names of the sides, if every row that favours somebody has its better side alike."""
    left = {
        (row.favours == "experimental") == (row.value < 1)
        for row in rows
        if row.favours != "neither"
    }
    if left == {True}:
        return _TESTED, _CONTROL
    return (_CONTROL, _TESTED) if left == {False} else _PLAIN
