"""A drawing of how far a confidence can be believed: the share of right verdicts by confidence."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench._curve import BASE, LEFT, RIGHT, SIZE, STYLE, TOP, axes, key, whole
from probatum.render.svg import element

CURVE = Path(__file__).parents[1] / "docs/images/verify-reliability.svg"
_BINS = 10
# Fewer verdicts than this make no point: their share is chance.
_LEAST = 15
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7")
_STYLE = f"{STYLE}.even{{stroke:#888;stroke-dasharray:4 3}}"


def drawing(sure: Mapping[str, Sequence[tuple[float, bool]]]) -> str:
    """One line a set, as a standalone SVG; on the dashed line confidence is the share right."""
    title = "Share of right verdicts by the confidence given with them, one line a set of claims"
    parts = [
        element("title", title),
        element("style", _STYLE),
        element("line", x1=LEFT, y1=BASE, x2=RIGHT, y2=TOP, class_="even"),
        *axes("confidence given", "share right"),
    ]
    for place, (name, pairs) in enumerate(sure.items()):
        colour = _COLOURS[place % len(_COLOURS)]
        points = [(LEFT + SIZE * a, BASE - SIZE * b) for a, b in curve(pairs)]
        line = " ".join(f"{a:.1f},{b:.1f}" for a, b in points)
        parts.append(element("polyline", points=line, fill="none", stroke=colour))
        parts += [
            element("circle", cx=f"{a:.1f}", cy=f"{b:.1f}", r=3, fill=colour) for a, b in points
        ]
        parts += key(place, name, colour)
    return whole(parts)


def curve(pairs: Sequence[tuple[float, bool]]) -> list[tuple[float, float]]:
    """Mean confidence and share right of each tenth that holds enough verdicts."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, right in pairs:
        bins[min(_BINS - 1, int(confidence * _BINS))].append((confidence, right))
    return [
        (sum(c for c, _ in held) / len(held), sum(r for _, r in held) / len(held))
        for _, held in sorted(bins.items())
        if len(held) >= _LEAST
    ]
