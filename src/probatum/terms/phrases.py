"""A room's phrases and word lists, from the YAML files of its `data/`, as patterns and sets.

Lists are data, so that one can be read, extended and tested without reading code. A file holds
families; a family is a list of regular-expression fragments without anchors. A fragment stands
between word edges, and a space in it for any white space. Repetitions are bounded, so that the time
grows with the length of the text alone.
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from probatum.terms.reading import load_yaml

# A space, unless it stands in a class such as "[- ]".
_SPACE = re.compile(r" (\??)(?![^\[\]]*\])")
# Broken lines and indents are read as one space; nothing written is set further apart.
_RUN = r"\s{1,40}"


@dataclass(frozen=True, slots=True)
class Phrases:
    """The data files of a package, each read once."""

    package: str

    def data(self, name: str) -> Any:
        """The content of one data file."""
        return _data(self.package, name)

    def pattern(self, name: str, family: str) -> re.Pattern[str]:
        """One family as a pattern that ignores case, the longest fragments first."""
        return _pattern(self.package, name, family)

    def word_set(self, name: str, family: str) -> frozenset[str]:
        """One family as a set of words."""
        return frozenset(_data(self.package, name)[family])

    def families(self, name: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
        """All families of one data file, in the order given."""
        return tuple((family, self.pattern(name, family)) for family in self.data(name))


def alternatives(fragments: list[str]) -> str:
    """Fragments as alternatives of a pattern, the longest first."""
    ordered = sorted(fragments, key=len, reverse=True)
    return "|".join(f"(?:{_SPACE.sub(_spaces, each)})" for each in ordered)


def whole_words(fragments: list[str]) -> re.Pattern[str]:
    """Fragments as one pattern between word edges, in any case."""
    return re.compile(rf"(?<![\w-])(?:{alternatives(fragments)})(?!\w)", re.IGNORECASE)


def _spaces(found: re.Match[str]) -> str:
    return rf"(?:{_RUN})?" if found[1] else _RUN


@cache
def _data(package: str, name: str) -> Any:
    return load_yaml(files(package).joinpath(f"data/{name}.yaml").read_text("utf-8"))


@cache
def _pattern(package: str, name: str, family: str) -> re.Pattern[str]:
    return whole_words(_data(package, name)[family])
