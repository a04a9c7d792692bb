"""The text of marked-up words as a person reads it: italics gone, raised figures still raised,
formulas in a line, and a space where a line or a block ends."""

from collections.abc import Callable
from html.entities import html5
from typing import Final

from lxml.etree import Entity, _Element

from probatum.sources.layout.formulas import formula, tex
from probatum.sources.layout.raised import are_marks, lowered, marks, raised
from probatum.sources.layout.text import clean

Override = Callable[[_Element], str | None]

_MARKED: Final = frozenset({"xref", "fn", "footnoteRef", "footnote"})
# Elements that a space separates from the text around them.
_SEPARATED: Final = (
    "address alternatives article aside blockquote boxed-text break br caption code contrib dd "
    "def def-item def-list disp-formula disp-quote div dl dt fig figcaption figure footer "
    "footnote form graphic h1 h2 h3 h4 h5 h6 header hr item label li list list-item main media "
    "nav ol option p paragraph pre preformat renderMultiMedia row entry sec section speech "
    "statement supplementary-material table table-wrap tbody td term tfoot th thead title tr "
    "ul verse-group verse-line"
)
BLOCKS: Final = frozenset(_SEPARATED.split())
_UNREAD: Final = frozenset({"script", "style", "template", "alt-text", "colgroup", "col"})
# Ways to show one formula, the best first.
_SHOWN: Final = ("math", "tex-math", "textual-form")


def local_name(element: _Element) -> str:
    """The element's name without its namespace; nothing for a comment or an instruction."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def text_of(element: _Element, override: Override | None = None) -> str:
    """The clean text inside an element, without its tail.

    `override` may give another text for an element inside (an empty one leaves it out).
    """
    if not len(element):
        return clean(element.text or "")
    return clean(raw_text(element, override))


def raw_text(element: _Element, override: Override | None = None) -> str:
    """The text inside an element with its white space, to be joined with text beside it."""
    parts: list[str] = []
    _inside(element, parts, override)
    return "".join(parts)


def _inside(element: _Element, parts: list[str], override: Override | None) -> None:
    parts.append(element.text or "")
    for child in element:
        append(child, parts, override)
        parts.append(child.tail or "")


def append(child: _Element, parts: list[str], override: Override | None = None) -> None:
    """Add the text of an element to the text before it, `parts`."""
    name = local_name(child)
    given = override(child) if override is not None and name else None
    if given is not None:
        parts.append(given)
    elif not name:
        parts.append(_character(child))
    elif name in ("sup", "sub"):
        before, inner = _before(parts), raw_text(child, override)
        parts.append(
            _superscript(child, inner, before) if name == "sup" else lowered(before, inner)
        )
    elif name == "xref" and child.get("ref-type") == "bibr":
        parts.append(_cited(raw_text(child, override), _before(parts)))
    elif name == "math":
        parts.append(formula(child))
    elif name == "tex-math":
        parts.append(f" {tex(child.text or '')} ")
    elif name == "alternatives" and (best := _best_form(child)) is not None:
        append(best, parts, override)
    elif name not in _UNREAD:
        gap = " " if name in BLOCKS else ""
        parts.append(gap)
        _inside(child, parts, override)
        parts.append(gap)


def _character(node: _Element) -> str:
    """What a named character that the parser left stands for, as written if that is unknown; a
    comment or an instruction says nothing."""
    written = (node.text or "") if node.tag is Entity else ""
    return html5.get(written[1:], written)


def _best_form(alternatives: _Element) -> _Element | None:
    for wanted in _SHOWN:
        for child in alternatives:
            if local_name(child) == wanted:
                return child
    return None


def _before(parts: list[str]) -> str:
    """The character before, undoing a line break that pretty-printing put before a figure."""
    for at in range(len(parts) - 1, -1, -1):
        bare = parts[at].rstrip()
        if "\n" in parts[at][len(bare) :]:
            parts[at] = bare
        if parts[at]:
            return parts[at][-1]
    return ""


def _cited(text: str, before: str) -> str:
    """A reference's number that a style sheet raises unasked, kept off the word before it."""
    bare = text.strip()[:1].isdigit() and are_marks(text)
    return marks(text) if bare and before and (before.isalnum() or before in "%.”") else text


def _superscript(element: _Element, text: str, before: str) -> str:
    """Notes' and references' numbers are marks wherever they stand."""
    cites = any(local_name(each) in _MARKED for each in element.iterdescendants())
    return marks(text) if cites and are_marks(text) else raised(before, text, element.tail or "")
