"""The YAML header of a Markdown file: what a person, or an exporting program, says of it."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import yaml

from probatum.sources.layout.text import clean
from probatum.sources.works.dates import day_in, day_of, year_in

_HEADER = re.compile(r"\s{0,3}---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_LINE = re.compile(r"([A-Za-z][\w -]{0,40}):[ \t]+(.*\S)[ \t]*")
_LARGEST = 65_536
_ISO = re.compile(r"\s*(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")


@dataclass(frozen=True)
class FrontMatter:
    """The values of a header by key, all as text; keys in lower case with underscores."""

    values: dict[str, list[str]] = field(default_factory=dict)

    def all(self, *names: str) -> list[str]:
        """The values of the first of these keys that has any."""
        return next((self.values[name] for name in names if self.values.get(name)), [])

    def first(self, *names: str) -> str:
        """The first value of the first of these keys that has any, or nothing."""
        return next(iter(self.all(*names)), "")

    def date(self, *names: str) -> tuple[datetime.date | None, int | None]:
        """Day and year of the first of these keys that names them."""
        for name in names:
            text = self.first(name)
            day = _day(text)
            year = day.year if day else year_in(text)
            if year:
                return day, year
        return None, None


def split(text: str) -> tuple[FrontMatter, str]:
    """A file's header and the text behind it; without a header that can be read, all is text."""
    found = _HEADER.match(text[: _LARGEST + 10])
    if not found:
        return FrontMatter(), text
    values = _values(found[1])
    if values is None:
        return FrontMatter(), text
    return FrontMatter(values), text[found.end() :]


def _values(header: str) -> dict[str, list[str]] | None:
    try:
        loaded: Any = yaml.safe_load(header)
    except (yaml.YAMLError, RecursionError, ValueError, OverflowError, TypeError):
        loaded = None  # a title with a colon in it is the usual reason
    if not isinstance(loaded, dict):
        pairs = [_LINE.fullmatch(line) for line in header.splitlines() if line.strip()]
        if not pairs or not all(pairs):
            return None
        loaded = {pair[1]: pair[2].strip("\"'") for pair in pairs if pair}
    values = {}
    for key, value in loaded.items():
        texts = list(_texts(value if isinstance(value, list) else [value]))
        if isinstance(key, str) and texts:
            values["_".join(key.lower().replace("-", " ").split())] = texts
    return values


def _texts(values: Iterable[Any]) -> Iterable[str]:
    for value in values:
        told = value.get("name") if isinstance(value, dict) else value
        if isinstance(told, (str, int, float, datetime.date)) and not isinstance(told, bool):
            text = clean(_written(told))
            if text:
                yield text


def _written(value: str | int | float | datetime.date) -> str:
    try:
        return str(value)
    except ValueError:  # YAML reads 0xff… to any length, and Python writes 4,300 figures
        return ""


def _day(text: str) -> datetime.date | None:
    found = _ISO.match(text)
    return day_of(*found.groups()) if found else day_in(text)
