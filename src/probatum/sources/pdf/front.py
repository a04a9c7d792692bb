"""What the first page says about a work: its title and its date.

The file's own date is not used: it says when the PDF was made, which may be years after the edition
that it holds, or before it. Better no year than a wrong one.
"""

import datetime
import re
from collections.abc import Sequence

from probatum.sources.pdf.paragraphs import Piece

_FILE_NAME = re.compile(r"\.(?:docx?|pdf|indd|qxd|pptx?|xlsx?|rtf|odt|tex|dvi|p65)\b", re.I)
_NO_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint)|untitled|document\d*|title|presentation\d*|slide \d+|"
    r"layout \d+|print|template|book|report|cover|default)\b[\s\d]*(?:[-–].*)?",
    re.I,
)
_MONTHS_WORDS = (
    "january february march april may june july august september october november december"
)
_MONTHS = tuple(_MONTHS_WORDS.split())
_MONTH = "|".join(f"{month}|{month[:3]}\\.?" for month in _MONTHS) + "|sept\\.?"
_YEAR = r"(?P<{0}>(?:19[5-9]|20\d)\d)"
_DATES = (
    re.compile(
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month>{_MONTH}),?\s+{_YEAR.format('year')}\b",
        re.I,
    ),
    re.compile(
        rf"\b(?P<month>{_MONTH})\s+(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+)?{_YEAR.format('year')}\b",
        re.I,
    ),
    re.compile(rf"\b{_YEAR.format('year')}-(?P<month>\d\d)-(?P<day>\d\d)\b"),
)
_SAID = re.compile(
    r"\b(?:published|publication date|issued|issue date|date of issue|last updated|updated|revised|"
    r"last modified|version date|effective(?: date| from)?|release date|date)\b[:\s]*"
    r"(?:online\s+|on\s+|in\s+|first\s+)?$",
    re.I,
)
_COPYRIGHT = re.compile(rf"(?:©|\(c\)|copyright)\s*(?:©\s*)?{_YEAR.format('year')}\b", re.I)
_ANY_YEAR = re.compile(rf"(?<![\d/.-]){_YEAR.format('year')}(?![\d/]|-\d)")


def title_of(given: str, pieces: Sequence[Piece], name: str) -> str:
    """The title that the file gives, if it is one; else the largest text of the first page; else
    the file's name."""
    words = _FILE_NAME.search(given) is None and _NO_TITLE.fullmatch(given) is None
    if words and len(given) >= 8 and " " in given and "_" not in given:
        return given
    first = [
        piece
        for piece in pieces
        if piece.page == pieces[0].page and not piece.table and _titular(piece.text)
    ]
    if not first:
        return name
    largest = max(piece.size for piece in first)
    start = next(place for place, piece in enumerate(first) if piece.size >= 0.97 * largest)
    if largest <= 1.1 * min(piece.size for piece in first) and not first[start].bold:
        bold = [place for place, piece in enumerate(first[:10]) if piece.bold]
        if not bold:
            text = first[0].text
            return name if len(text) > 200 or text.endswith((".", ";", ",", ":")) else text
        start = bold[0]
    parts = []
    for piece in first[start : start + 4]:
        if piece.size < 0.97 * first[start].size or piece.bold != first[start].bold:
            break
        parts.append(piece.text)
        if len(" ".join(parts)) > 60:
            break
    return " ".join(parts)[:300].rstrip()


def _titular(text: str) -> bool:
    return sum(map(str.isalpha, text)) >= 4 and len(text) <= 400


def date_of(title: str, pieces: Sequence[Piece]) -> tuple[datetime.date | None, int | None]:
    """The date and year of the edition, where the first page says them without doubt: a date after
    "published" or the like; else the one year in the title; else the one dated month, or year of
    copyright, on the page."""
    first = [piece.text for piece in pieces if piece.page == pieces[0].page][:60]
    dated: list[tuple[datetime.date | None, int]] = []
    months: set[tuple[datetime.date | None, int]] = set()
    for text in first:
        taken: set[int] = set()
        for pattern in _DATES:
            for match in pattern.finditer(text[:2_000]):
                if match.end() in taken:
                    continue  # "May 2021" in "3 May 2021"
                taken.add(match.end())
                value = _value(match)
                months.add(value)
                if _SAID.search(text[: match.start()][-60:]):
                    dated.append(value)
    if dated:
        return max(dated, key=lambda value: (value[1], value[0] or datetime.date.min))
    named = {int(match["year"]) for match in _ANY_YEAR.finditer(title)}
    years = {int(match["year"]) for text in first for match in _COPYRIGHT.finditer(text[:2_000])}
    if len(named) == 1:
        year = named.pop()
        same = [value for value in months if value[1] == year]
        return (same[0][0] if len(same) == 1 else None), year
    if len(months) == 1 and years <= {year for _, year in months}:
        return months.pop()
    if not months and len(years) == 1:
        return None, years.pop()
    return None, None


def _value(match: re.Match[str]) -> tuple[datetime.date | None, int]:
    year, month, day = int(match["year"]), match["month"], match["day"]
    number = int(month) if month.isdecimal() else _number(month)
    try:
        return (datetime.date(year, number, int(day)) if day else None), year
    except ValueError:
        return None, year


def _number(month: str) -> int:
    return next(n for n, name in enumerate(_MONTHS, 1) if name.startswith(month.lower()[:3]))
