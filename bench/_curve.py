"""The frame of a drawing in the unit square, and the key of its lines."""

from probatum.render.svg import element, escape

SIZE, LEFT, TOP = 320, 56, 24
_LEGEND = 150
STYLE = "text{font:12px sans-serif;fill:#222}.axis{stroke:#888}"
BASE, RIGHT = TOP + SIZE, LEFT + SIZE


def axes(along: str, upwards: str) -> list[str]:
    """Both axes from 0 to 1 with their names."""
    parts = [
        element("line", x1=LEFT, y1=BASE, x2=RIGHT, y2=BASE, class_="axis"),
        element("line", x1=LEFT, y1=TOP, x2=LEFT, y2=BASE, class_="axis"),
        element("text", along, x=LEFT + SIZE / 2, y=BASE + 34, text_anchor="middle"),
        element("text", upwards, x=8, y=TOP - 8),
    ]
    for tenth in range(0, 11, 2):
        far = SIZE * tenth / 10
        label = f"{tenth / 10:g}"
        parts.append(element("text", label, x=LEFT + far, y=BASE + 16, text_anchor="middle"))
        parts.append(element("text", label, x=LEFT - 8, y=BASE - far + 4, text_anchor="end"))
    return parts


def key(place: int, name: str, colour: str) -> list[str]:
    """A line's colour and name, beside the square."""
    across, height = RIGHT + 16, TOP + 16 + 18 * place
    return [
        element("circle", cx=across, cy=height - 4, r=4, fill=colour),
        element("text", escape(name), x=across + 10, y=height),
    ]


def whole(parts: list[str]) -> str:
    """A standalone SVG."""
    return element(
        "svg",
        "".join(parts),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {RIGHT + _LEGEND} {BASE + 44}",
        width=RIGHT + _LEGEND,
        role="img",
    )
