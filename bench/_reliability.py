"""A drawing of how far a confidence can be believed: the share of right verdicts by confidence."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from probatum.render.svg import element, escape

CURVE = Path(__file__).parents[1] / "docs/images/verify-reliability.svg"
_SIZE, _LEFT, _TOP, _LEGEND = 320, 56, 24, 150
_BINS = 10
# Fewer verdicts than this make no point: their share is chance.
_LEAST = 15
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7")
_STYLE = (
    "text{font:12px sans-serif;fill:#222}.axis{stroke:#888}.even{stroke:#888;stroke-dasharray:4 3}"
)


def drawing(sure: Mapping[str, Sequence[tuple[float, bool]]]) -> str:
    """One line a set, as a standalone SVG; on the dashed line confidence is the share right."""
    base, right = _TOP + _SIZE, _LEFT + _SIZE
    title = "Share of right verdicts by the confidence given with them, one line a set of claims"
    parts = [
        element("title", title),
        element("style", _STYLE),
        element("line", x1=_LEFT, y1=base, x2=right, y2=base, class_="axis"),
        element("line", x1=_LEFT, y1=_TOP, x2=_LEFT, y2=base, class_="axis"),
        element("line", x1=_LEFT, y1=base, x2=right, y2=_TOP, class_="even"),
        element("text", "confidence given", x=_LEFT + _SIZE / 2, y=base + 34, text_anchor="middle"),
        element("text", "share right", x=8, y=_TOP - 8),
    ]
    for tenth in range(0, 11, 2):
        along = _SIZE * tenth / 10
        label = f"{tenth / 10:g}"
        parts.append(element("text", label, x=_LEFT + along, y=base + 16, text_anchor="middle"))
        parts.append(element("text", label, x=_LEFT - 8, y=base - along + 4, text_anchor="end"))
    for place, (name, pairs) in enumerate(sure.items()):
        colour = _COLOURS[place % len(_COLOURS)]
        points = [(_LEFT + _SIZE * a, base - _SIZE * b) for a, b in curve(pairs)]
        line = " ".join(f"{a:.1f},{b:.1f}" for a, b in points)
        parts.append(element("polyline", points=line, fill="none", stroke=colour))
        parts += [
            element("circle", cx=f"{a:.1f}", cy=f"{b:.1f}", r=3, fill=colour) for a, b in points
        ]
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
