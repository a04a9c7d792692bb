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
# British and American spellings of word parts; a name in either is found in both.
_SPELLINGS = (
    ("tumour", "tumor"),
    ("aemi", "emi"),
    ("haem", "hem"),
    ("oedem", "edem"),
    ("oesoph", "esoph"),
    ("oestr", "estr"),
    ("rrhoea", "rrhea"),
    ("coeli", "celi"),
    ("foet", "fet"),
    ("paed", "ped"),
    ("gynaec", "gynec"),
    ("anaesth", "anesth"),
    ("caesar", "cesar"),
    ("aetiol", "etiol"),
    ("faec", "fec"),
    ("sulph", "sulf"),
    ("fibre", "fiber"),
    ("colour", "color"),
    ("behaviour", "behavior"),
    ("ageing", "aging"),
)
_DASHES = ("\u2010", "\u2011", "\u2012", "\u2013", "\u00a0")


class TermFinder:
    """Finds term ids in text. Built once (some milliseconds) and then used for many texts."""

    def __init__(self, vocabulary: Vocabulary, kinds: Iterable[str] | None = None) -> None:
        """Look for the terms of some kinds, or of all."""
        names: dict[str, list[tuple[str, str | None]]] = defaultdict(list)
        wanted = None if kinds is None else frozenset(kinds)
        for term in vocabulary.terms():
            if term.ambiguous or (wanted is not None and term.kind not in wanted):
                continue
            for name in (term.name, *term.synonyms, *term.brands):
                for key in _spelt(_spaced(name).lower().strip()):
                    if len(key) >= _SHORTEST:
                        names[key].append((term.id, None))
            for name in term.abbreviations:
                if sum(map(str.isupper, name)) >= 2 or any(map(str.isdigit, name)):
                    written = _spaced(name)
                    # Lower case may change the length of a text, and then places would not fit.
                    if len(written.lower()) == len(written):
                        names[written.lower()].append((term.id, written))
        self._readings = [tuple(dict.fromkeys(readings)) for readings in names.values()]
        self._automaton = (
            AhoCorasick(
                list(names),
                matchkind=MatchKind.LeftmostLongest,
                implementation=Implementation.DFA,
                store_patterns=False,
            )
            if names
            else None
        )

    def find(self, text: str) -> tuple[str, ...]:
        """The ids of the terms named in the text, in the order of their first mention."""
        if self._automaton is None:
            return ()
        spaced = _spaced(text)
        lowered = spaced.lower()
        if len(lowered) != len(spaced):
            spaced = lowered
        found: dict[str, None] = {}
        length = len(lowered)
        for index, start, end in self._automaton.find_matches_as_indexes(lowered):
            if start and lowered[start - 1].isalnum():
                continue
            if end < length and lowered[end].isalnum() and not _is_plural(lowered, end, length):
                continue
            for id, written in self._readings[index]:
                if written is None or written == spaced[start:end]:
                    found[id] = None
        return tuple(found)


def _spelt(name: str) -> tuple[str, ...]:
    """A name as it is given, in American and in British spelling."""
    american = name
    for british, other in _SPELLINGS:
        american = american.replace(british, other)
    british_too = american
    for british, other in _SPELLINGS:
        british_too = british_too.replace(other, british)
    return tuple(dict.fromkeys((name, american, british_too)))


def _is_plural(text: str, end: int, length: int) -> bool:
    return text[end] == "s" and (end + 1 == length or not text[end + 1].isalnum())


def _spaced(text: str) -> str:
    """Hyphens, slashes and line ends as spaces, at the same places; replace is the quickest way."""
    text = text.replace("-", " ").replace("/", " ").replace("\n", " ")
    if not text.isascii():
        for dash in _DASHES:
            text = text.replace(dash, " ")
    return text
