"""Folding of text for numbers: dashes, thin spaces, superscripts and raised decimal points.

"0·67" (a journal's raised point), "1 060" (thin space) and "10⁹" are one number each; read naively
they are two or a wrong one.
"""

import re
import unicodedata
from typing import Final

from probatum.terms.words import Folded

_DASHES: Final = frozenset("‐‑‒–—−﹣-")
_SPACES: Final = frozenset(
    "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u3000\u205f"
)
_THIN: Final = frozenset("\u2009\u202f\u200a")
_POINTS: Final = frozenset("·∙⋅•‧")
_INVISIBLE: Final = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
_SUPERSCRIPT: Final = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True))
_PLAIN: Final = {
    "×": "x", "µ": "u", "μ": "u", "≥": "≥", "≤": "≤", "⩾": "≥", "⩽": "≤", "≧": "≥", "≦": "≤",
    "≈": "~", "∼": "~", "％": "%", "\t": " ", "\r": " ",
}  # fmt: skip
_NOT_ASCII: Final = re.compile(r"[^\x00-\x7f]|[\t\r]")


def fold_numbers(text: str) -> Folded:
    """Text in which every number is written one way, with the way back to the original."""
    if not _NOT_ASCII.search(text):
        return Folded(text, None)
    pieces: list[str] = []
    origin: list[int] = []
    for index, character in enumerate(text):
        if character.isascii() and character not in "\t\r":
            pieces.append(character)
            origin.append(index)
            continue
        piece = _fold_at(text, index, character)
        pieces.append(piece)
        origin.extend([index] * len(piece))
    return Folded("".join(pieces), tuple(origin))


def _fold_at(text: str, index: int, character: str) -> str:
    before, after = text[index - 1 : index], text[index + 1 : index + 2]
    if character in _SUPERSCRIPT:
        digit = _SUPERSCRIPT[character]
        # 10⁹ is a power, m² a unit, a citation mark after a word is left alone
        return "^" + digit if before.isascii() and before.isdigit() else digit
    if character in _POINTS:
        return "." if _digit(before) and _digit(after) else " "
    if character in _THIN:
        group = text[index + 1 : index + 4]
        grouped = _digit(before) and len(group) == 3 and all(map(_digit, group))
        return "," if grouped and not _digit(text[index + 4 : index + 5]) else " "
    if character in _DASHES:
        return "-"
    if character in _SPACES:
        return " "
    if character in _INVISIBLE:
        return ""
    return _PLAIN.get(character) or _decomposed(character)


def _digit(character: str) -> bool:
    return character.isascii() and character.isdigit()


def _decomposed(character: str) -> str:
    """Full-width digits and the like become ASCII; every other character stands for itself."""
    plain = unicodedata.normalize("NFKC", character)
    return plain if plain.isascii() and len(plain) == 1 else character
