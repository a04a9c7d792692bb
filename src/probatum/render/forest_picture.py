"""The forest plot as a picture.

Rows of one study are bracketed and superseded rows are dashed and named, because a reader who
counted an interim and a final analysis as two trials would count the same patients twice.
"""

from collections.abc import Sequence

from probatum.evidence.answer import Figure, ForestRow
from probatum.render.characters import plain
from probatum.render.forest import describe, effect_text, in_studies
from probatum.render.forest_scale import Scale, scale_of, tick_label
from probatum.render.language import told
from probatum.render.svg import element, escape, text_lines, wrapped

_SIZE = 13.0
_LEADING = 17.0
_WIDTH, _PLOT_LEFT, _PLOT_RIGHT = 720.0, 236.0, 486.0


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
