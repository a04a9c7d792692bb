"""Small parts of a picture: escaped elements and text wrapped by its estimated width.

No style attributes are written, because the site's content security policy forbids them; colours
come from classes in the style sheet, so a picture follows the reader's light or dark setting.
"""

import html
import textwrap
from collections.abc import Sequence

from probatum.render.characters import plain

# Mean advance of a proportional sans-serif as a share of the font size: wide enough for
# "MmWw"-heavy lines to stay inside their box; narrower lines only leave room.
ADVANCE = 0.56


def escape(text: str) -> str:
    """Text as it may stand inside an element or an attribute."""
    return html.escape(plain(text), quote=True)


def element(tag: str, content: str | None = None, **attributes: object) -> str:
    """One element; `class_` and `text_anchor` become `class` and `text-anchor`."""
    pairs = [
        f' {key.rstrip("_").replace("_", "-")}="{_attribute(value)}"'
        for key, value in attributes.items()
        if value is not None
    ]
    return (
        f"<{tag}{''.join(pairs)}/>"
        if content is None
        else f"<{tag}{''.join(pairs)}>{content}</{tag}>"
    )


def _attribute(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    return html.escape(str(value), quote=True)


def wrapped(text: str, width: float, size: float) -> list[str]:
    """Lines that fit the width at this font size; a long word is broken, nothing is dropped."""
    columns = max(6, int(width / (size * ADVANCE)))
    return textwrap.wrap(plain(text), columns, break_on_hyphens=False) or [""]


def text_lines(
    lines: Sequence[str], x: float, y: float, leading: float, class_: str, anchor: str | None = None
) -> str:
    """Lines of text one under the other, the first with its base line at y."""
    spans = [
        element("tspan", escape(line), x=x, dy=leading if index else None)
        for index, line in enumerate(lines)
    ]
    # A space keeps the words of two lines apart for those who copy or hear the text.
    return element("text", " ".join(spans), x=x, y=y, class_=class_, text_anchor=anchor)
