"""What a licence statement allows: its short name and the tier of rights that follows from it.

Tier A is for text that may be shown, kept and passed on by anyone, also for money: CC BY, CC0 and
the public domain. Every other statement, Share-Alike and plain "open access" among them, is B: it
may be quoted with its source. Where terms contradict one another the strictest counts.
"""

import re
from collections.abc import Iterable
from typing import Final

from probatum.evidence.source import RightsTier
from probatum.sources.layout.text import clean

# Longest statement that is kept as a licence's name.
_LENGTH: Final = 300
_URL: Final = re.compile(
    r"creativecommons\.org/licen[sc]es/(by(?:-nc)?(?:-nd|-sa)?)(?:/(\d\.\d))?", re.IGNORECASE
)
_ZERO: Final = re.compile(
    r"creativecommons\.org/publicdomain/zero|creative commons (?:zero|cc ?0|public domain)"
    r"|\bcc ?0\b",
    re.IGNORECASE,
)
_PUBLIC: Final = re.compile(r"\bpublic domain\b|creativecommons\.org/publicdomain", re.IGNORECASE)
_NAMED: Final = re.compile(
    r"creative commons\W{1,3}(?:cc\W{1,3}by\W{1,3})?attribution"
    r"([^.;:(]{0,60}?)(?:licen[sc]e|\(|\.|,|;|$)"
    r"|\bcc[ -]by((?:[ -](?:nc|nd|sa))*)\b",
    re.IGNORECASE,
)
_VERSION: Final = re.compile(r"\b([1-4]\.0|2\.5)\b")
_NO_TRADE: Final = re.compile(r"\bnon-?\s?commercial", re.IGNORECASE)
_UNCHANGED: Final = re.compile(r"\bno-?\s?deriv", re.IGNORECASE)
_ALIKE: Final = re.compile(r"\bshare-?\s?alike", re.IGNORECASE)
# Creative Commons terms from the freest to the strictest.
_STRICTER: Final = ("by", "by-sa", "by-nd", "by-nc", "by-nc-sa", "by-nc-nd")


def licence_of(statements: Iterable[str]) -> tuple[str | None, RightsTier | None]:
    """The licence's name and tier from its statements and addresses; nothing if they are empty."""
    given = [text for text in map(clean, statements) if text]
    text = " ".join(given)
    if not text:
        return None, None
    if terms := _terms(text):
        version = _version(text)
        name = f"CC {terms.upper()} {version}".strip()
        if terms == "by" and _NO_TRADE.search(text):
            return f"{name}, non-commercial use only", RightsTier.QUOTE
        return name, RightsTier.OPEN if terms == "by" else RightsTier.QUOTE
    if _ZERO.search(text):
        return "CC0 1.0", RightsTier.OPEN
    if _PUBLIC.search(text):
        return "public domain", RightsTier.OPEN
    short = text if len(text) <= _LENGTH else text[:_LENGTH].rsplit(" ", 1)[0] + " …"
    return short, RightsTier.QUOTE


def _terms(text: str) -> str | None:
    found = {match[1].lower() for match in _URL.finditer(text)}
    for match in _NAMED.finditer(text):
        words = (match[1] or match[2] or "").lower()
        terms = "by"
        if _NO_TRADE.search(words) or "nc" in words.split("-"):
            terms += "-nc"
        if _UNCHANGED.search(words) or "nd" in words.split("-"):
            terms += "-nd"
        elif _ALIKE.search(words) or "sa" in words.split("-"):
            terms += "-sa"
        found.add(terms)
    known = found.intersection(_STRICTER)
    return max(known, key=_STRICTER.index) if known else None


def _version(text: str) -> str:
    addressed = [match[2] for match in _URL.finditer(text) if match[2]]
    written = _VERSION.findall(text)
    return (addressed or written or [""])[0]
