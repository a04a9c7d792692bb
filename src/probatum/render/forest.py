"""The forest plot: estimates with their intervals on one axis, and never a pooled one.

Ratios stand on a logarithmic axis, so that 0.5 and 2 are equally far from no difference. Rows of
one study are bracketed and superseded rows are dashed and named, because a reader who counted an
interim and a final analysis as two trials would count the same patients twice.
"""

import itertools
import math
from collections.abc import Sequence
from decimal import Decimal

from probatum.evidence.answer import Figure, ForestRow
from probatum.evidence.base import Frozen
from probatum.evidence.statement import EFFECT_NAMES
from probatum.render.characters import plain
from probatum.render.language import told
from probatum.render.svg import element, escape, text_lines, wrapped
from probatum.render.words import FAVOURS

# A row names its effect by code or in words; both must find the same axis.
CODES = {name: code for code, name in EFFECT_NAMES.items()} | {code: code for code in EFFECT_NAMES}
RATIOS, DIFFERENCES = ("HR", "RR", "OR"), ("RD", "MD", "SMD")
_NICE = (1.0, 2.0, 5.0)
_FINE = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0, 5.0, 7.0, 10.0)
_SIZE = 13.0
_LEADING = 17.0
_WIDTH, _PLOT_LEFT, _PLOT_RIGHT = 720.0, 236.0, 486.0


def effect_code(row: ForestRow) -> str:
    """The effect's code; one that is not known stays as it is, and gets no axis."""
    return CODES.get(row.effect.strip(), row.effect.strip())


class Scale(Frozen):
    """An axis from `low` to `high`; `at` gives a value's place between 0 and 1."""

    logarithmic: bool
    low: float
    high: float

    @property
    def no_effect(self) -> float:
        """One for ratios, nought for differences."""
        return 1.0 if self.logarithmic else 0.0

    def at(self, value: float) -> float:
        """The place on the axis, held inside it: an interval may run past its end."""
        if not self.logarithmic:
            share = (value - self.low) / (self.high - self.low)
        elif value <= 0:
            share = 0.0
        else:
            low, high = math.log(self.low), math.log(self.high)
            share = (math.log(value) - low) / (high - low)
        return min(1.0, max(0.0, share))

    def ticks(self, most: int) -> list[float]:
        """Round values inside the axis, the line of no effect always among them."""
        if self.logarithmic:
            wide = [n * 10.0**power for power in range(-6, 7) for n in _NICE]
            candidates = list(_FINE) if self.high / self.low < 40 else wide
            powers = [10.0**power for power in range(-6, 7)]
        else:
            step = 10.0 ** math.floor(math.log10((self.high - self.low) / 4))
            span = range(math.floor(self.low / step), math.ceil(self.high / step) + 1)
            candidates = [index * step for index in span]
            powers = [self.low, self.high]
        inside = [value for value in candidates if self.low <= value <= self.high]
        if len(inside) > 4 * most:
            inside = [value for value in powers if self.low <= value <= self.high]
        return _spaced(inside, self, most)


def _spaced(values: Sequence[float], scale: Scale, most: int) -> list[float]:
    """The values that keep their distance from each other, nearest to no effect first."""
    middle = scale.at(scale.no_effect)
    kept = [scale.no_effect]
    for value in sorted(values, key=lambda each: abs(scale.at(each) - middle)):
        if all(abs(scale.at(value) - scale.at(other)) >= 1 / most for other in kept):
            kept.append(value)
    return sorted(kept)


def scale_of(rows: Sequence[ForestRow]) -> Scale | None:
    """The axis that holds all rows; None where there is none: mixed or unknown effects.

    A ratio on an axis of differences would put the line of no effect at nought.
    """
    kinds = {effect_code(row) for row in rows}
    if kinds and kinds <= set(RATIOS):
        positive = [v for row in rows for v in (row.low, row.value, row.high) if v > 0] or [1.0]
        low, high = min([*positive, 0.8]), max([*positive, 1.25])
        room = (high / low) ** 0.06
        return Scale(logarithmic=True, low=low / room, high=high * room)
    # Differences in different units share no axis either.
    if len(kinds) != 1 or not kinds <= set(DIFFERENCES):
        return None
    values = [v for row in rows for v in (row.low, row.value, row.high)] + [0.0]
    low, high = min(values), max(values)
    room = (high - low) * 0.08 or 1.0
    return Scale(logarithmic=False, low=low - room, high=high + room)


def number(value: float) -> str:
    """At least two decimals, so that 0.8 reads 0.80 beside 0.56; digits are never dropped."""
    text = format(Decimal(str(value)), "f")
    return text if len(text.partition(".")[2]) >= 2 else f"{value:.2f}"


def tick_label(value: float) -> str:
    """A tick as short as it can be said."""
    return format(Decimal(str(round(value, 6))).normalize(), "f")


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


class _Drawing:
    """The picture while it grows downwards."""

    def __init__(self, scale: Scale) -> None:
        self.scale = scale
        self.parts: list[str] = []
        self.y = 14.0

    def x(self, value: float) -> float:
        return _PLOT_LEFT + self.scale.at(value) * (_PLOT_RIGHT - _PLOT_LEFT)

    def row(self, row: ForestRow) -> None:
        label = row.label + (f" ({told('superseded')})" if row.superseded else "")
        lines = wrapped(label, _PLOT_LEFT - 30, _SIZE)
        effect = wrapped(effect_text(row), _WIDTH - _PLOT_RIGHT - 16, _SIZE)
        height = max(len(lines), len(effect)) * _LEADING
        middle = self.y + height / 2
        old = " f-old" if row.superseded else ""
        for words, x in ((lines, 14.0), (effect, _PLOT_RIGHT + 16)):
            top = middle - len(words) * _LEADING / 2 + _LEADING - 4.5
            self.parts.append(text_lines(words, x, top, _LEADING, f"f-text{old}"))
        low, value, high = self.x(row.low), self.x(row.value), self.x(row.high)
        whiskers = f"M{low:.1f} {middle:.1f}H{high:.1f}"
        whiskers += self._end(row.low, low, middle, -1) + self._end(row.high, high, middle, 1)
        self.parts.append(element("path", d=whiskers, class_=f"f-line{old}"))
        self.parts.append(
            element("rect", x=value - 5, y=middle - 5, width=10, height=10, class_=f"f-box{old}")
        )
        self.y += height + 12

    def _end(self, value: float, x: float, middle: float, side: int) -> str:
        """A cap, or an arrow head where the interval runs past the axis."""
        if self.scale.low <= value <= self.scale.high:
            return f"M{x:.1f} {middle - 5:.1f}v10"
        return f"M{x - 6 * side:.1f} {middle - 5:.1f}L{x:.1f} {middle:.1f}l{-6 * side} 5"

    def study(self, group: Sequence[ForestRow]) -> None:
        top = self.y
        for row in group:
            self.row(row)
        if len(group) > 1:
            bracket = f"M8 {top:.1f}H3V{self.y - 12:.1f}H8"
            self.parts.append(element("path", d=bracket, class_="f-bracket"))

    def axis(self, figure: Figure) -> None:
        bottom = self.y
        null = self.x(self.scale.no_effect)
        axis = f"M{_PLOT_LEFT:.1f} {bottom:.1f}H{_PLOT_RIGHT:.1f}"
        for value in self.scale.ticks(7):
            axis += f"M{self.x(value):.1f} {bottom:.1f}v5"
            self.parts.append(
                element(
                    "text",
                    tick_label(value),
                    x=self.x(value),
                    y=bottom + 19,
                    class_="f-tick",
                    text_anchor="middle",
                )
            )
        self.parts.append(element("path", d=axis, class_="f-axis"))
        self.parts.insert(0, element("path", d=f"M{null:.1f} 4V{bottom:.1f}", class_="f-null"))
        left = wrapped(f"← {told(plain(figure.left))}", null - 20, _SIZE)
        right = wrapped(f"{told(plain(figure.right))} →", _WIDTH - null - 20, _SIZE)
        for words, x, anchor in ((left, null - 10, "end"), (right, null + 10, "start")):
            top = bottom + 42
            self.parts.append(text_lines(words, x, top, _LEADING, "f-side", anchor))
        self.y = bottom + 32 + max(len(left), len(right)) * _LEADING


def forest_svg(figure: Figure, identity: str) -> str | None:
    """The picture with a title and a description; None where no common axis exists."""
    scale = scale_of(figure.rows)
    if scale is None:
        return None
    drawing = _Drawing(scale)
    for group in in_studies(figure.rows):
        drawing.study(group)
    drawing.axis(figure)
    title = element(
        "title",
        escape(told("Forest plot: %(title)s") % {"title": told(plain(figure.title))}),
        id=f"{identity}-title",
    )
    sentences = [describe(row) for row in figure.rows]
    sides = told("Left: %(left)s. Right: %(right)s.") % {
        "left": told(plain(figure.left)),
        "right": told(plain(figure.right)),
    }
    description = element("desc", escape(" ".join([*sentences, sides])), id=f"{identity}-desc")
    return element(
        "svg",
        title + description + "".join(drawing.parts),
        viewBox=f"0 0 {_WIDTH:.0f} {drawing.y:.0f}",
        role="img",
        aria_labelledby=f"{identity}-title {identity}-desc",
        class_="forest",
    )


def forest_strip(row: ForestRow, scale: Scale, width: int) -> str:
    """One row as a line of text: interval as a rule, estimate as a square, no effect as a bar."""
    cells = [" "] * width
    low, value, high, null = (
        round(scale.at(each) * (width - 1))
        for each in (row.low, row.value, row.high, scale.no_effect)
    )
    cells[null] = "│"
    rule = "╌" if row.superseded else "─"
    for index in range(low, high + 1):
        cells[index] = "┼" if index == null else rule
    cells[low], cells[high] = "├", "┤"
    cells[value] = "□" if row.superseded else "■"
    return "".join(cells)


def forest_axis(scale: Scale, width: int) -> tuple[str, str]:
    """The axis and its labels for the strip above; labels that would touch are left out."""
    line, labels = ["─"] * width, [" "] * width
    taken = -1
    for value in scale.ticks(max(3, width // 7)):
        place = round(scale.at(value) * (width - 1))
        line[place] = "┴"
        label = tick_label(value)
        start = min(max(0, place - len(label) // 2), width - len(label))
        if start > taken:
            labels[start : start + len(label)] = label
            taken = start + len(label)
    return "".join(line), "".join(labels).rstrip()


def in_order(rows: Sequence[ForestRow]) -> list[ForestRow]:
    """The rows in the order in which they are drawn: those of one study together."""
    return list(itertools.chain.from_iterable(in_studies(rows)))
