"""The statements of a text: its clauses with their cues, statistics and values, each about so much.

A sentence of results often reports several outcomes, and what is said of one is not said of the
others. So a text is cut where a new statement starts, and each piece is weighed by how much of the
outcome's name stands in it.
"""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from probatum.extract.comparison.about import Topic, places, relevance
from probatum.extract.comparison.cues import Cue, find_cues, oriented
from probatum.extract.comparison.figures import ValuePair, value_pairs
from probatum.extract.comparison.groups import Mention, Pair, mentions
from probatum.extract.comparison.keyed import Keyed, keyed_words
from probatum.extract.comparison.lists import pattern, word_list
from probatum.extract.comparison.significance import Interval, PValue, intervals, p_values
from probatum.terms.sentences import sentences

Span = tuple[int, int]
# A text of more sentences than this is searched; a shorter one is read as a whole.
READ_WHOLE: Final = 6
# Characters of a sentence that are read; what is longer is a list, and time must not grow with it.
_LONGEST: Final = 3000
# A cell of a table that was written on a line of its own.
_CELL: Final = re.compile(r"\n+(?=[^\n]{0,30}\d[^\n]{0,12}(?:\n|$))(?![^\n]{0,40}[a-z]{4})")
# "No adverse events": the outcome itself did not occur.
_ABSENT: Final = re.compile(r"\b(?:no|none|zero|without)(?:\s+[\w-]+){0,3}\s+$", re.IGNORECASE)
_NEXT: Final = re.compile(
    "|".join(fragment.replace(" ", r"\s") for fragment in word_list("cues")["next"])
)


@dataclass(frozen=True, slots=True)
class Clause:
    """One statement; `about` is 0 to 1, `nearest` the cue that stands nearest to the outcome."""

    start: int
    end: int
    about: float
    cues: tuple[Cue, ...]
    p_values: tuple[PValue, ...]
    intervals: tuple[Interval, ...]
    pairs: tuple[ValuePair, ...]
    words: frozenset[str]
    nearest: Cue | None
    next_p: PValue | None
    next_pair: ValuePair | None
    next_interval: Interval | None
    absent: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its clauses and the groups named in it."""

    start: int
    end: int
    about: float
    clauses: tuple[Clause, ...]
    mentions: tuple[Mention, ...]


def statements(text: str, pair: Pair, topic: Topic) -> list[Sentence]:
    """The sentences of a text, read for one comparison and one outcome.

    In a text of more sentences than `READ_WHOLE`, those without a word of the outcome are passed
    over unread.
    """
    text = _joined(text)
    spans = sentences(text)
    found: list[Sentence] = []
    for start, stop in spans:
        end = min(stop, start + _LONGEST)
        words = keyed_words(text, start, end)
        about = relevance(words, topic, start, end)
        if len(spans) > READ_WHOLE and not about:
            continue
        named = mentions(words, pair)
        view = _View(
            words,
            named,
            [m.span() for m in pattern("cues", "reference").finditer(text, start, end)],
            value_pairs(text, start, end, named),
            p_values(text, start, end),
            intervals(text, start, end),
        )
        clauses = tuple(
            _clause(text, span, (start, end), view, topic) for span in _cut(text, start, end)
        )
        found.append(Sentence(start, end, about, clauses, tuple(named)))
    return found


@dataclass(frozen=True, slots=True)
class _View:
    """What stands in one sentence, each list in order."""

    words: list[Keyed]
    mentions: list[Mention]
    references: list[Span]
    pairs: list[ValuePair]
    p_values: list[PValue]
    intervals: list[Interval]


def _joined(text: str) -> str:
    """The text with the cells of a table's row on one line, each character in its place."""
    if "\n" not in text:
        return text
    return _CELL.sub(lambda m: " " * len(m[0]), text)


def _cut(text: str, start: int, end: int) -> list[Span]:
    edges = [start]
    edges += [m.start() for m in pattern("cues", "turn").finditer(text, start + 1, end)]
    at = text.find(";", start, end)
    while at >= 0:
        # A semicolon inside brackets parts statistics, not statements.
        if text.count("(", start, at) <= text.count(")", start, at):
            edges.append(at + 1)
        at = text.find(";", at + 1, end)
    edges += [
        m.start()
        for m in _NEXT.finditer(text, start + 1, end)
        if _told(text, max(e for e in edges if e <= m.start()), m.start())
    ]
    edges = [*sorted(set(edges)), end]
    return [(a, b) for a, b in pairwise(edges) if b > a]


def _told(text: str, start: int, end: int) -> bool:
    """Whether a statement has been made between two places."""
    return any(
        pattern("cues", family).search(text, start, end) is not None
        for family in ("up", "down", "better", "worse", "none", "differ")
    )


def _clause(text: str, span: Span, sentence: Span, view: _View, topic: Topic) -> Clause:
    start, end = span
    cues = tuple(
        oriented(text, cue, span, sentence, view.mentions, view.references) if cue.sign else cue
        for cue in find_cues(text, start, end, topic.keys)
    )
    at = places(view.words, topic, start, end)
    last = at[-1] if at else None
    families = frozenset(
        family
        for family in ("trend", "sure", "alike")
        if pattern("cues", family).search(text, start, end)
    )
    signed = [c for c in cues if c.sign]
    nearest = (
        min(signed, key=lambda c: min(abs(c.start - p) for p in at)) if signed and at else None
    )
    own_p = tuple(p for p in view.p_values if start <= p.start < end)
    own_pairs = tuple(v for v in view.pairs if start <= v.start < end)
    own_ranges = tuple(r for r in view.intervals if start <= r.start < end)
    from_ = last if last is not None else start
    return Clause(
        start,
        end,
        relevance(view.words, topic, start, end),
        cues,
        own_p,
        own_ranges,
        own_pairs,
        families,
        nearest,
        next((p for p in own_p if p.start >= from_), None),
        next((v for v in own_pairs if v.start >= from_), None),
        next((r for r in own_ranges if r.start >= from_), None),
        any(_ABSENT.search(text[max(start, p - 50) : p]) for p in at),
    )
