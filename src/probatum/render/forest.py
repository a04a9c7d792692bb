"""The forest plot in words: estimates with their intervals on one axis, and never a pooled one.

What is told here goes with the picture, stands in the table beside it, and is all that a reader has
who does not see it.
"""

import itertools
from collections.abc import Sequence
from decimal import Decimal

from probatum.evidence.answer import Figure, ForestRow
from probatum.evidence.statement import EFFECT_NAMES
from probatum.render.forest_scale import effect_code, scale_of
from probatum.render.language import told
from probatum.render.words import FAVOURS


def number(value: float) -> str:
    """At least two decimals, so that 0.8 reads 0.80 beside 0.56; digits are never dropped."""
    text = format(Decimal(str(value)), "f")
    return text if len(text.partition(".")[2]) >= 2 else f"{value:.2f}"


def effect_text(row: ForestRow) -> str:
    """The estimate and its interval, for instance "HR 0.67 (95% CI 0.56 to 0.80)"."""
    interval = f"{row.ci_level}% CI {number(row.low)} to {number(row.high)}"
    return f"{effect_code(row)} {number(row.value)} ({interval})"


def in_studies(rows: Sequence[ForestRow]) -> list[list[ForestRow]]:
    """Rows grouped by study, each group where its first row stood; no study, no group."""
    groups: dict[object, list[ForestRow]] = {}
    for index, row in enumerate(rows):
        groups.setdefault(row.study or index, []).append(row)
    return list(groups.values())


def describe(row: ForestRow) -> str:
    """The row in one sentence, for those who don't see the picture."""
    old = f", {told('superseded')}" if row.superseded else ""
    return f"{row.label}: {effect_text(row)}, {FAVOURS[row.favours]}{old}."


def notes(figure: Figure, *, drawn: bool = True) -> tuple[str, ...]:
    """What a reader must know to read the picture, and only what this picture shows.

    Not `drawn`, the numbers stand alone in their table: nothing is said of axis, line and dashes.
    """
    sentences = []
    kinds = dict.fromkeys(effect_code(row) for row in figure.rows)
    for kind in kinds:
        if kind in EFFECT_NAMES:
            sentences.append(f"{kind}: {told(EFFECT_NAMES[kind])}.")
    if drawn:
        sentences += _on_the_picture(figure)
    if any(len(group) > 1 for group in in_studies(figure.rows)):
        sentences.append(
            told("Rows of one study (joined by a bracket in the picture) are not independent.")
            if drawn
            else told("Rows of one study are not independent.")
        )
    if drawn and any(row.superseded for row in figure.rows):
        sentences.append(told("A dashed row, marked superseded, has been replaced by a later one."))
    sentences.append(told("No pooled estimate was computed."))
    return tuple(sentences)


def _on_the_picture(figure: Figure) -> list[str]:
    """What the axis and its line mean."""
    scale = scale_of(figure.rows)
    if scale is None:
        return []
    if scale.logarithmic:
        return [told("The axis is logarithmic; the line at 1 marks no difference.")]
    return [told("The line at 0 marks no difference.")]


def in_order(rows: Sequence[ForestRow]) -> list[ForestRow]:
    """The rows in the order in which they are drawn: those of one study together."""
    return list(itertools.chain.from_iterable(in_studies(rows)))
