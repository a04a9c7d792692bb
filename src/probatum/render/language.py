"""The language of the interface: its fixed words out of a catalogue, its dates and its numbers.

Only the interface is translated. A claim, a quote, a title and a question stay in their words, and
so does every number in them: a translated dose would be one that nobody has checked.

The catalogues lie beside this module and are Django's as well. They are read with the standard
library here, because a saved page and a terminal are made without Django. The language is a context
variable, so that two requests at the same time can't take each other's; where nobody has chosen
one it is English.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import cache
from gettext import NullTranslations, translation
from pathlib import Path
from typing import TypeVar

from probatum.evidence.base import ProbatumError

FOLDER = Path(__file__).parent / "locale"
DOMAIN = "django"
ENGLISH = "en"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MINUTE = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}", re.ASCII)
_spoken: ContextVar[str] = ContextVar("language", default=ENGLISH)
Key = TypeVar("Key")


def languages() -> tuple[str, ...]:
    """The codes of the languages there are: English, and one for each folder with a catalogue."""
    return (ENGLISH, *sorted(_folders().keys() - {ENGLISH}))


@cache
def _folders() -> dict[str, str]:
    """The folders by their languages' codes: `pt_BR` is `pt-br` to a browser."""
    names = [path.parent.parent.name for path in FOLDER.glob(f"*/LC_MESSAGES/{DOMAIN}.mo")]
    return {name.replace("_", "-").lower(): name for name in names}


def spoken() -> str:
    """The code of the language in use."""
    return _spoken.get()


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Another language while the block runs; one without a catalogue is English."""
    token = _spoken.set(code)
    try:
        yield
    finally:
        _spoken.reset(token)


@cache
def _catalogue(code: str) -> NullTranslations:
    return translation(DOMAIN, FOLDER, [_folders().get(code, code)], fallback=True)


def told(text: str) -> str:
    """The interface's words in the language in use; as they are where nobody translated them."""
    # The empty text is the name of the catalogue's head.
    return _catalogue(spoken()).gettext(text) if text else text


def told_error(error: ProbatumError) -> str:
    """A refusal in the language in use; a value that is a word of the interface is told as well."""
    if not error.values:
        return told(error.words)
    shown = {
        name: figure(value) if isinstance(value, int) else told(value)
        for name, value in error.values.items()
    }
    return told(error.words) % shown


def noop(text: str) -> str:
    """The words as they are: marked to be in the catalogue, and told where they are used."""
    return text


def told_by(number: int, one: str, many: str) -> str:
    """The words that fit a number; a language may have more forms than two."""
    return _catalogue(spoken()).ngettext(one, many, number)


def told_of(number: int, one: str, many: str) -> str:
    """The words that fit a number, with the number in the place of `%(number)s`."""
    return told_by(number, one, many) % {"number": figure(number)}


def told_in(context: str, text: str) -> str:
    """Words that mean something else in another place, told apart by the context."""
    return _catalogue(spoken()).pgettext(context, text)


def figure(number: int) -> str:
    """A count with its thousands marked; never used on a number of a claim."""
    mark = told_in("between thousands", ",")
    return f"{number:,}".replace(",", mark)


def day(at: str) -> str:
    """A day or the day of a time, given as in ISO 8601; what is none stays as it is."""
    if not _DAY.match(at):
        return at
    return datetime.fromisoformat(at[:10]).strftime(told_in("day", "%Y-%m-%d"))


def minute(at: str) -> str:
    """A time in UTC to the minute, given as in ISO 8601; what is none stays as it is."""
    if not _MINUTE.match(at):
        return at
    return datetime.fromisoformat(at[:16]).strftime(told_in("minute", "%Y-%m-%d %H:%M UTC"))


class Told(Mapping[Key, str]):
    """A table of the interface's words: English where it is written, told as it is read."""

    def __init__(self, words: Mapping[Key, str]) -> None:
        """`words` are in English, which is what the catalogue knows them by."""
        self.english = dict(words)

    def __getitem__(self, key: Key) -> str:
        """The word in the language in use."""
        return told(self.english[key])

    def __iter__(self) -> Iterator[Key]:
        """The keys, in the order in which they were written."""
        return iter(self.english)

    def __len__(self) -> int:
        """How many words there are."""
        return len(self.english)
