"""A drawing of how figures grow with the size of the library: one small panel a figure."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from probatum.render.svg import element, escape

_WIDTH, _HEIGHT = 320, 200
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 40, 34, 34
_STYLE = (
    "text{font:12px sans-serif;fill:#222}.axis{stroke:#888}.ours{stroke:#0b5;fill:none}"
    ".ours-dot{fill:#0b5}.other{stroke:#888;fill:none;stroke-dasharray:4 3}.limit{stroke:#b00}"
)


@dataclass(frozen=True)
class Panel:
    """One figure by size; `other` is a baseline and `limit` the target, where there is one."""

    title: str
    unit: str
    values: Mapping[int, float]
    other: Mapping[int, float] | None = None
    limit: float | None = None


def drawing(panels: Sequence[Panel], described: str) -> str:
    """All panels in two columns, as a standalone SVG; sizes on a logarithmic axis."""
    rows = math.ceil(len(panels) / 2)
    parts = [
        _panel(panel, _WIDTH * (place % 2), _HEIGHT * (place // 2))
        for place, panel in enumerate(panels)
    ]
    content = element("title", escape(described)) + element("style", _STYLE) + "".join(parts)
    return element(
        "svg",
        content,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {2 * _WIDTH} {rows * _HEIGHT}",
        width=2 * _WIDTH,
        role="img",
    )


def _panel(panel: Panel, x: float, y: float) -> str:
    sizes = sorted(panel.values)
    every = [*panel.values.values(), *(panel.other or {}).values(), panel.limit or 0.0]
    top = max(every) * 1.1
    low, high = math.log10(sizes[0]), math.log10(sizes[-1])
    wide, tall = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _BOTTOM

    def at(size: int, value: float) -> tuple[float, float]:
        share = (math.log10(size) - low) / (high - low)
        return x + _LEFT + wide * share, y + _TOP + tall * (1 - value / top)

    left, base = at(sizes[0], 0.0)
    parts = [
        element("text", escape(f"{panel.title} ({panel.unit})"), x=x + 8, y=y + 18),
        element("line", x1=left, y1=base, x2=left + wide, y2=base, class_="axis"),
        element("line", x1=left, y1=y + _TOP, x2=left, y2=base, class_="axis"),
    ]
    for value in (0.0, max(every)):
        _, height = at(sizes[0], value)
        label = f"{value:,.3g}" if value < 1000 else f"{value:,.0f}"
        parts.append(element("text", label, x=left - 6, y=height + 4, text_anchor="end"))
    for size in sizes:
        across, _ = at(size, 0.0)
        parts.append(element("text", f"{size:,}", x=across, y=base + 16, text_anchor="middle"))
    if panel.limit is not None:
        _, height = at(sizes[0], panel.limit)
        parts.append(element("line", x1=left, y1=height, x2=left + wide, y2=height, class_="limit"))
    if panel.other:
        parts.append(_line([at(size, panel.other[size]) for size in sizes], "other"))
    points = [at(size, panel.values[size]) for size in sizes]
    parts.append(_line(points, "ours"))
    parts += [element("circle", cx=a, cy=b, r=3, class_="ours-dot") for a, b in points]
    return "".join(parts)


def _line(points: Sequence[tuple[float, float]], class_: str) -> str:
    return element(
        "polyline", points=" ".join(f"{a:.1f},{b:.1f}" for a, b in points), class_=class_
    )
