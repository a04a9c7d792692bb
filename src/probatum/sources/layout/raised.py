"""Raised and lowered characters in plain text: 10⁶ is not 106, and note a is not part of a word.

A figure is raised where it would otherwise run into the text before it, and plain where everyone
writes it plain (18F, Ca2+, CD4+, CO2, HbA1c). Marks of notes and references become superscripts, so
that "12.5 months" with reference 3 never reads as 12.53.
"""

import re
from typing import Final

_RAISED: Final = dict(
    zip(
        "0123456789+-−=()abcdefghijklmnoprstuvwxyz",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ",
        strict=True,
    )
)
_LOWERED: Final = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_EXPONENT: Final = re.compile(r"[-+−–]?\d+")
_CHARGE: Final = re.compile(r"\d*[-+−–]+")
# Marks of notes: 1,2 · 3–5 · a,b · * · a,†
_BESIDE: Final = frozenset(" ,;–‐‑./*∗†‡§¶#‖&")
_MARKS: Final = frozenset(_RAISED) | _BESIDE
# Symbols of the elements that medicine labels with, after their mass number: 18F-FDG, 99mTc.
_NUCLIDE: Final = re.compile(
    r"(?:Ac|At|Bi|C|Co|Cr|Cs|Cu|F|Fe|Ga|H|Ho|I|In|Ir|Kr|Lu|Mo|N|Na|O|P|Pb|Pd|Ra|Rb|Re|Sm|Sr|Tc|Th|Tl"
    r"|Xe|Y|Zr)(?![A-Za-z])"
)
_BETWEEN: Final = re.compile(r"[^\w]+")


def raised(before: str, text: str, after: str = "") -> str:
    """What a superscript adds between the text `before` and `after` it.

    A mass number stands before its element (18F) and a charge after it (Ca2+); both are plain. An
    exponent keeps its height (10⁶, m², h⁻¹), and so does the mark of a note, at the end of a word
    or before the note itself. Anything else that has a figure in it is set off with ^, so that
    two numbers or names stay two.
    """
    bare, last = text.strip(), before[-1:]
    if not bare:
        return text
    parts = [part for part in _BETWEEN.split(bare) if part]
    letters = all(len(part) == 1 and part.islower() for part in parts)
    figures = all(part.isdigit() for part in parts)
    is_mark = bool(parts) and set(bare) <= _MARKS and (letters or figures)
    if not (last.isalnum() or (last and last in "%)]}.,;:”'\"")):
        glued = is_mark and after[:1].isalpha() and text == text.rstrip()
        return marks(text) if glued and not (figures and _NUCLIDE.match(after)) else text
    if _EXPONENT.fullmatch(bare):
        return marks(text).replace("–", "⁻")
    if _CHARGE.fullmatch(bare):
        return marks(text) if last.isdigit() and bare[0].isdigit() else text
    if is_mark:
        return marks(text)
    if last.isalnum() and any(map(str.isdigit, bare)):
        return "^" + text
    return text


def marks(text: str) -> str:
    """The text with every character raised that has a raised form."""
    return "".join(_RAISED.get(each, each) for each in text)


def are_marks(text: str) -> bool:
    """Whether a text can be the mark of a note or a reference."""
    return bool(text.strip()) and set(text.strip()) <= _MARKS


def lowered(before: str, text: str) -> str:
    """What a subscript adds: plain (CO2, log10) unless it would lengthen a number."""
    joins = text.strip().isdecimal() and before[-1:].isdigit()
    return text.translate(_LOWERED) if joins else text
