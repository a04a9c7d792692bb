"""A drawing of risk by coverage: what each share of questions answered costs in wrong answers."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from bench._curve import BASE, LEFT, SIZE, STYLE, axes, key, whole
from probatum.render.svg import element

CURVE = Path(__file__).parents[1] / "docs/images/risk-coverage.svg"
_COLOURS = ("#0072b2", "#d55e00")
# More points than this are not seen apart.
_POINTS = 40


def drawing(
    curves: Mapping[str, Sequence[tuple[float, float]]], points: Sequence[tuple[float, float]]
) -> str:
    """One line a set of (coverage, risk), with where the program stands, as a standalone SVG."""
    parts = [
        element("title", "Share of wrong answers by the share of answerable questions answered"),
        element("style", STYLE),
        *axes("coverage", "risk"),
    ]
    for place, (name, curve) in enumerate(curves.items()):
        colour = _COLOURS[place % len(_COLOURS)]
        every = max(1, len(curve) // _POINTS)
        line = " ".join(
            f"{LEFT + SIZE * coverage:.1f},{BASE - SIZE * risk:.1f}"
            for coverage, risk in curve[::every]
        )
        parts.append(element("polyline", points=line, fill="none", stroke=colour))
        coverage, risk = points[place]
        at = {"cx": f"{LEFT + SIZE * coverage:.1f}", "cy": f"{BASE - SIZE * risk:.1f}"}
        parts.append(element("circle", **at, r="5", fill=colour))
        parts += key(place, name, colour)
    return whole(parts)
