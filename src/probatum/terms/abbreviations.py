"""Abbreviations that a text defines itself: "combined positive score (CPS)".

A text's own definitions outrank the vocabulary, since "TC" is tumour cells in one paper and
docetaxel with cyclophosphamide in another. Where a definition may stand is decided here, which
words are meant in `long_forms`.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from probatum.terms.long_forms import is_short_form, long_form

Found = tuple[str, str, int, int]

# Most brackets of an abstract hold statistics and are passed by: "(P < 0.05)", "(45%, 9 of 20)".
# A bracket may hold small ones of its own: "(FEV(1))", "(root-mean-square (RMS) analysis)".
_ROUND: Final = re.compile(
    r"\((?![<>=±≤≥~+−-]|\d[\d.,·]*+(?:[%\s/;±–—]|\))|[pnPN] ?[=<>≤≥])"
    r"([^()]{1,200}+(?:\([^()]{0,60}+\)[^()]{0,200}+){0,8}+)\)"
)
_SQUARE: Final = re.compile(r"\[([^\[\]]{1,200}+)\](?![^\W_])")
# What comes behind a short form inside its bracket: "(HR, 0.67)", "(OR = 3)", "(RR 5.7; 2-9)".
_CLAUSE: Final = re.compile(r"[,;:=<>≥≤\s](?:(?<=[,;:])\s+|(?<=[=<>≥≤])|(?<=\s)(?=[=<>≥≤\d(±]))")
_SEPARATOR: Final = re.compile(r"\s*(?:[,;:]\s+|=\s*)")
_LEAD: Final = re.compile(
    r"(?:or|the|ie|i\.e\.,?|termed|called|abbreviated(?: as| to)?|designated(?: as)?|henceforth,?"
    r"|here(?:in)?after,?(?: (?:called|termed|referred to as))?"
    r"|(?:also )?(?:known|referred to) as)\s"
)
# Characters in which the other items of a list "(A) ... (B)" are looked for.
_AROUND: Final = 1000
_QUOTES: Final = " \"'“”‘’"
# In a list of definitions the sign before a long form: "CI = confidence interval; OR = odds ratio".
_EQUALS: Final = re.compile(r"= ?(?=[^\W\d_])")
_EQUATED: Final = re.compile(r"[^=;.()\[\]]{4,90}?(?=,? [^\s=,;]{2,12} ?=|[;.()\[\]]|$)")
_LISTED: Final = re.compile(r"([^\W_][^\s=,;:()]{1,11})[,:] ([^;.()\[\]]{4,90})(?=[;.]|$)")


def find_abbreviations(text: str) -> list[Found]:
    """Pairs (short, long, start, end); ``text[start:end]`` is the long form.

    Read are "long form (SF)" and "SF (long form)", in round or square brackets, both in one bracket
    ("(long form, SF)"), and lists ("SF = long form; ...", "Abbreviations: SF, long form; ...").
    """
    found: list[Found] = []
    if "(" in text:
        for bracket in _ROUND.finditer(text):
            _read(text, bracket.start(), bracket.end() - 1, found)
            if "(" in bracket[1]:
                for inner in _ROUND.finditer(text, bracket.start(1), bracket.end(1)):
                    _read(text, inner.start(), inner.end() - 1, found)
    if "[" in text:
        for bracket in _SQUARE.finditer(text):
            _read(text, bracket.start(), bracket.end() - 1, found)
    if "=" in text:
        _read_equations(text, found)
    if (place := text.find("bbreviations")) >= 0:
        for pair in _LISTED.finditer(text, place + 12):
            _define(pair[1], text, pair.start(2), pair.end(2), found)
    if len(found) > 1:
        found = sorted(dict.fromkeys(found), key=lambda pair: pair[2:])
    return found


def _read(text: str, opens: int, end: int, found: list[Found]) -> None:
    """What one bracket defines: of the words before it, of the word before it, or within."""
    start = opens + 1
    inside = text[start:end]
    clause = _CLAUSE.search(inside)
    lead = _LEAD.match(inside) if inside[:1].islower() else None
    wider = (inside[lead.end() :] if lead else inside).strip(_QUOTES)
    head = inside[lead.end() if lead else 0 : clause.start()].strip(_QUOTES) if clause else wider
    if (
        head is not wider and is_short_form(wider) and _found(wider, text, 0, opens, found)
    ):  # "PAR 2"
        return
    # Before a figure, "occurrence (OR = 1.8)", any word with those letters may stand.
    figure = clause is not None and inside[clause.start()] not in ",;:"
    if (
        is_short_form(head)
        and (len(head) > 1 or _alone(head, text, opens, figure=figure))
        and _found(head, text, 0, opens, found, sure=figure)
    ):
        return
    before = _last_word(text, opens)
    if len(before) > 1 and inside[:1].lower() == before[0].lower():
        if _define(before, text, start, end, found):
            return
        if clause is not None and _define(before, text, start, start + clause.start(), found):
            return
    if clause is not None:
        _read_within(text, start, end, found)


def _found(
    short: str, text: str, begin: int, end: int, found: list[Found], *, sure: bool = False
) -> bool:
    span = long_form(short, text, begin, end, sure=sure)
    if span is not None:
        found.append((short, text[slice(*span)], *span))
    return span is not None


def _alone(letter: str, text: str, opens: int, *, figure: bool) -> bool:
    """Whether one letter may abbreviate: no statistic ("P <"), and no item of "(A) ... (B)"."""
    around = text[max(0, opens - _AROUND) : opens + _AROUND]
    return not figure and not any(f"({chr(ord(letter) + step)})" in around for step in (-1, 1))


def _last_word(text: str, end: int) -> str:
    return text[max(0, end - 20) : end].rstrip().rpartition(" ")[2].strip(_QUOTES)


def _define(short: str, text: str, start: int, end: int, found: list[Found]) -> bool:
    """Whether the short form's long form is all of ``text[start:end]``, in small letters."""
    if len(short) < 2 or text[start].lower() != short[0].lower() or not is_short_form(short):
        return False
    span = long_form(short, text, start, end, whole=True)
    if span is None or text[slice(*span)].isupper():
        return False
    found.append((short, text[slice(*span)], *span))
    return True


def _read_within(text: str, start: int, end: int, found: list[Found]) -> None:
    """Neighbouring clauses of one bracket: "(overall survival, OS)", "(OS, overall survival)"."""
    for (a, b), (c, d) in pairwise(_clauses(text, start, end)):
        if 1 < d - c < b - a:
            short = text[c:d]
            if not is_short_form(short) or short.islower():
                continue
            span = long_form(short, text, a, b)
            if span is not None and span[0] == a:
                found.append((short, text[slice(*span)], *span))
        elif text[a:b].isupper():
            _define(text[a:b], text, c, d, found)


def _clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for found in _SEPARATOR.finditer(text, start, end):
        if start < found.start():
            yield start, found.start()
        start = found.end()
    if start < end:
        yield start, end


def _read_equations(text: str, found: list[Found]) -> None:
    for sign in _EQUALS.finditer(text):
        short = _last_word(text, sign.start()).lstrip("([")
        long = _EQUATED.match(text, sign.end())
        if long is not None:
            _define(short, text, long.start(), long.end(), found)
