"""Formulas on one readable line: MathML and TeX, without their marks of layout.

A formula belongs to its sentence; left out, "was calculated as" would end in nothing, and run
together, a fraction would read as one number.
"""

import re
from typing import Final

from lxml.etree import _Element

from probatum.sources.layout.raised import lowered, raised

# Elements that carry a second form of the same formula.
_ANOTHER_FORM: Final = frozenset({"annotation", "annotation-xml"})
_TEX_BODY: Final = re.compile(r"\\begin\{document\}(.*?)\\end\{document\}", re.DOTALL)


def formula(element: _Element) -> str:
    """A MathML formula on one line: (a+b)/c, √(x), x², V̇O2."""
    name = _name(element)
    shown = []
    for child in element:
        kind = _name(child)
        if kind and kind not in _ANOTHER_FORM:
            shown.append(formula(child))
        shown += [tail] if (tail := (child.tail or "").strip()) else []
    if not shown:
        return " " if name == "mspace" else (element.text or "").strip(" \t\r\n")
    return _joined(name, element, shown)


def tex(source: str) -> str:
    """TeX as it was written, without the document around it and the dollar signs."""
    body = _TEX_BODY.search(source)
    return " ".join((body[1] if body else source).replace("$", " ").split())


def _joined(name: str, element: _Element, shown: list[str]) -> str:
    first, *others = shown
    if name == "msub":
        return first + lowered(first, "".join(others))
    if name == "msup":
        return first + raised(first, "".join(others))
    if name == "msubsup" and len(others) > 1:
        base = first + lowered(first, others[0])
        return base + raised(base, "".join(others[1:]))
    if name == "mfrac":
        return "/".join(_grouped(part) for part in shown)
    if name == "msqrt":
        return f"√({''.join(shown)})"
    if name == "mroot":
        return f"{_grouped(first)}^(1/{''.join(others)})"
    if name == "mfenced":
        return element.get("open", "(") + ", ".join(shown) + element.get("close", ")")
    if name == "mover" and others == ["."]:
        return first + "\u0307"
    if name in ("mtable", "mtr"):
        return ("; " if name == "mtable" else ", ").join(shown)
    return (element.text or "").strip("\r\n\t") + "".join(shown)


def _name(element: _Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _grouped(text: str) -> str:
    return text if re.fullmatch(r"[\w.]*", text) else f"({text})"
