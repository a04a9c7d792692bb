"""The terms named in held text, quickly: one pass over the text for all names at once.

`Vocabulary.match` reads a question with typing errors, ambiguity and overlaps, at about a
millisecond a sentence; a library takes in thousands of texts a second. This finds whole names only
(a hyphen counts as a space, an abbreviation needs its capitals) and leaves ambiguous terms out.
"""

from collections import defaultdict
from collections.abc import Iterable

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from probatum.terms.vocabulary import Vocabulary

# Shorter names ("OS" as a word, "AE") are read only with their capitals.
_SHORTEST = 4
_DASHES = ("\u2010", "\u2011", "\u2012", "\u2013", "\u00a0")


class TermFinder:
    """Finds term ids in text. Built once (some milliseconds) and then used for many texts."""

    def __init__(self, vocabulary: Vocabulary, kinds: Iterable[str] | None = None) -> None:
        """Look for the terms of some kinds, or of all."""
        plain: dict[str, list[str]] = defaultdict(list)
        cased: dict[str, list[str]] = defaultdict(list)
        wanted = None if kinds is None else frozenset(kinds)
        for term in vocabulary.terms():
            if term.ambiguous or (wanted is not None and term.kind not in wanted):
                continue
            for name in (term.name, *term.synonyms, *term.brands):
                key = _spaced(name).lower().strip()
                if len(key) >= _SHORTEST:
                    plain[key].append(term.id)
            for name in term.abbreviations:
                if sum(map(str.isupper, name)) >= 2 or any(map(str.isdigit, name)):
                    cased[_spaced(name)].append(term.id)
        self._plain = _Names(plain)
        self._cased = _Names(cased)

    def find(self, text: str) -> tuple[str, ...]:
        """The ids of the terms named in the text, in the order of their first mention."""
        spaced = _spaced(text)
        found = dict.fromkeys(self._plain.find(spaced.lower()))
        found.update(dict.fromkeys(self._cased.find(spaced)))
        return tuple(found)


def _spaced(text: str) -> str:
    """Hyphens, slashes and line ends as spaces, at the same places; replace is the quickest way."""
    text = text.replace("-", " ").replace("/", " ").replace("\n", " ")
    if not text.isascii():
        for dash in _DASHES:
            text = text.replace(dash, " ")
    return text


class _Names:
    """The names of one reading, all in one automaton; the longest at a place is taken."""

    def __init__(self, names: dict[str, list[str]]) -> None:
        self._ids = [tuple(dict.fromkeys(ids)) for ids in names.values()]
        self._find = (
            AhoCorasick(
                list(names),
                matchkind=MatchKind.LeftmostLongest,
                implementation=Implementation.DFA,
                store_patterns=False,
            )
            if names
            else None
        )

    def find(self, text: str) -> list[str]:
        if self._find is None:
            return []
        found: list[str] = []
        length = len(text)
        for index, start, end in self._find.find_matches_as_indexes(text):
            if start and text[start - 1].isalnum():
                continue
            if end < length and text[end].isalnum():
                plural = text[end] in "sS" and (end + 1 == length or not text[end + 1].isalnum())
                if not plural:
                    continue
            found += self._ids[index]
        return found
