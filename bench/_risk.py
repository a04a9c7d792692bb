"""A drawing of risk by coverage: what each share of questions answered costs in wrong answers."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from probatum.render.svg import element, escape

CURVE = Path(__file__).parents[1] / "docs/images/risk-coverage.svg"
_SIZE, _LEFT, _TOP, _LEGEND = 320, 56, 24, 150
_COLOURS = ("#0072b2", "#d55e00")
_STYLE = "text{font:12px sans-serif;fill:#222}.axis{stroke:#888}"
# More points than this are not seen apart.
_POINTS = 40


def drawing(curves: Mapping[str, Sequence[tuple[float, float]]]) -> str:
    """One line a set of (coverage, risk), as a standalone SVG."""
    base, right = _TOP + _SIZE, _LEFT + _SIZE
    parts = [
        element("title", "Share of wrong answers by the share of answerable questions answered"),
        element("style", _STYLE),
        element("line", x1=_LEFT, y1=base, x2=right, y2=base, class_="axis"),
        element("line", x1=_LEFT, y1=_TOP, x2=_LEFT, y2=base, class_="axis"),
        element("text", "coverage", x=_LEFT + _SIZE / 2, y=base + 34, text_anchor="middle"),
        element("text", "risk", x=8, y=_TOP - 8),
    ]
    for tenth in range(0, 11, 2):
        along = _SIZE * tenth / 10
        label = f"{tenth / 10:g}"
        parts.append(element("text", label, x=_LEFT + along, y=base + 16, text_anchor="middle"))
        parts.append(element("text", label, x=_LEFT - 8, y=base - along + 4, text_anchor="end"))
    for place, (name, curve) in enumerate(curves.items()):
        colour = _COLOURS[place % len(_COLOURS)]
        every = max(1, len(curve) // _POINTS)
        line = " ".join(
            f"{_LEFT + _SIZE * coverage:.1f},{base - _SIZE * risk:.1f}"
            for coverage, risk in curve[::every]
        )
        parts.append(element("polyline", points=line, fill="none", stroke=colour))
        across, height = right + 16, _TOP + 16 + 18 * place
        parts.append(element("circle", cx=across, cy=height - 4, r=4, fill=colour))
        parts.append(element("text", escape(name), x=across + 10, y=height))
    return element(
        "svg",
        "".join(parts),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {right + _LEGEND} {base + 44}",
        width=right + _LEGEND,
        role="img",
    )
