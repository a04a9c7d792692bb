"""Abbreviations that a text defines itself: "combined positive score (CPS)".

A text's own definitions outrank the vocabulary, since "TC" is tumour cells in one paper and
docetaxel with cyclophosphamide in another. The method is that of A. S. Schwartz and M. A. Hearst,
"A simple algorithm for identifying abbreviation definitions in biomedical text", Pacific Symposium
on Biocomputing 2003, 451-462: match the short form's letters from its end in the words before the
bracket, its first letter at the start of a word.
"""

import re
from typing import Final

_BRACKETED: Final = re.compile(r"\(([^()]{1,100})\)")
_CLAUSE: Final = re.compile(r"[,;:]\s")
_BOUNDARY: Final = re.compile(r"[.!?]\s+(?=[A-Z])|[;:()\n]")


def find_abbreviations(text: str) -> list[tuple[str, str, int, int]]:
    """Pairs (short, long, start, end); ``text[start:end]`` is the long form.

    Both orders are read, "long form (SF)" and "SF (long form)".
    """
    found: list[tuple[str, str, int, int]] = []
    for bracket in _BRACKETED.finditer(text):
        inside = _CLAUSE.split(bracket.group(1), maxsplit=1)[0].strip()
        begin = _sentence_start(text, bracket.start())
        if _is_short_form(inside):
            span = _long_form(inside, text, begin, bracket.start())
            if span is not None:
                found.append((inside, text[slice(*span)], *span))
            continue
        before = re.search(r"(\S+)\s*$", text[begin : bracket.start()])
        if before is not None and _is_short_form(before.group(1)):
            start = bracket.start(1)
            span = _long_form(before.group(1), text, start, start + len(bracket.group(1).rstrip()))
            if span is not None and span[0] == start:
                found.append((before.group(1), text[slice(*span)], *span))
    return found


def _sentence_start(text: str, end: int) -> int:
    start = max(0, end - 400)
    for boundary in _BOUNDARY.finditer(text, start, end):
        start = boundary.end()
    return start


def _is_short_form(text: str) -> bool:
    """Two to ten characters, at most two words, a letter in it, a letter or digit first."""
    return (
        2 <= len(text) <= 10
        and len(text.split()) <= 2
        and text[0].isalnum()
        and any(character.isalpha() for character in text)
        and any(character.isupper() or character.isdigit() for character in text)
    )


def _long_form(short: str, text: str, begin: int, end: int) -> tuple[int, int] | None:
    # Section 3.1 of the paper: a long form has at most min(|A| + 5, 2|A|) words.
    most = min(len(short) + 5, len(short) * 2)
    candidates = list(re.finditer(r"\S+", text[begin:end]))[-most:]
    if not candidates:
        return None
    first = begin + candidates[0].start()
    at = begin + candidates[-1].end() - 1
    last = at + 1
    for place in range(len(short) - 1, -1, -1):
        wanted = short[place].lower()
        if not wanted.isalnum():
            continue
        while at >= first and not _fits(text, at, wanted, place == 0, first):
            at -= 1
        if at < first:
            return None
        at -= 1
    start = at + 1
    while start > first and not text[start - 1].isspace():
        start -= 1
    long = text[start:last]
    if len(long) <= len(short) or short in long.split():
        return None
    return start, last


def _fits(text: str, at: int, wanted: str, opens: bool, first: int) -> bool:
    if text[at].lower() != wanted:
        return False
    return not opens or at == first or not text[at - 1].isalnum()
