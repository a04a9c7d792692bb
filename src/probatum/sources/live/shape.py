"""Taking values out of an answer: a field that is missing or of another kind is told by its path.

An interface that changed must not look like an empty result.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from probatum.sources.live.errors import ChangedError


@dataclass(frozen=True, slots=True)
class Shape:
    """A value of an answer with its path in it."""

    title: str
    value: Any
    path: str = "answer"

    def part(self, *names: str) -> "Shape":
        """The value under these keys; ChangedError when one is missing."""
        found = self
        for name in names:
            if not isinstance(found.value, dict) or name not in found.value:
                raise found.changed(f"has no {name}")
            found = Shape(self.title, found.value[name], f"{found.path}.{name}")
        return found

    def has(self, name: str) -> bool:
        """Whether there is a value under the key."""
        return isinstance(self.value, dict) and self.value.get(name) is not None

    def items(self) -> Iterator["Shape"]:
        """The items of a list."""
        if not isinstance(self.value, list):
            raise self.changed("is no list")
        for number, value in enumerate(self.value):
            yield Shape(self.title, value, f"{self.path}[{number}]")

    def text(self) -> str:
        """A text, or a number as text."""
        if isinstance(self.value, bool) or not isinstance(self.value, (str, int)):
            raise self.changed("is no text")
        return str(self.value).strip()

    def number(self) -> int:
        """A whole number that is not negative."""
        text = self.text()
        if not text.isdecimal() or len(text) > 12:
            raise self.changed("is no number")
        return int(text)

    def changed(self, what: str) -> ChangedError:
        """The error that this value is not as it is known here."""
        return ChangedError(
            f"{self.title} answers in a shape that this release does not know: {self.path} {what}."
        )


def shape_of(content: bytes, title: str) -> Shape:
    """A JSON answer; ChangedError for what is no JSON object."""
    try:
        value = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ChangedError(f"{title} sends no JSON that can be read.") from error
    if not isinstance(value, dict):
        raise ChangedError(f"{title} sends JSON of another kind than is known here.")
    return Shape(title, value)
