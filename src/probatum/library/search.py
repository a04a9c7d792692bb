"""Searching held text: from a query to passages, best first, each with whether it is current."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from probatum.evidence.base import ProbatumError
from probatum.evidence.source import Currency, SourceType
from probatum.library.held import HeldDocuments, HeldPassage
from probatum.library.index import Filters, Match, Node, PassageIndex, Words
from probatum.library.query import parse
from probatum.terms.vocabulary import Vocabulary
from probatum.terms.words import STOPWORDS

# Works that must not be quoted as what is known today.
OUTDATED = frozenset((Currency.RETRACTED, Currency.SUPERSEDED))
# More than anybody reads, and than a run file of a test collection has.
MOST = 10_000
_WORD = re.compile(r"[^\W_]+")


class SearchError(ProbatumError):
    """A search that cannot be carried out, with what to change."""


@dataclass(frozen=True)
class Request:
    """What to search for.

    `condition` is a disease in words or as a term id; `years` is inclusive. With `plain`, the
    query is words only, whatever signs are in it. `outdated` also finds what was retracted or
    superseded; `as_of` leaves out what had not surely appeared by then.
    """

    query: str
    k: int = 10
    types: tuple[SourceType, ...] = ()
    body: str | None = None
    years: tuple[int | None, int | None] = (None, None)
    condition: str | None = None
    plain: bool = False
    outdated: bool = False
    as_of: date | None = None


@dataclass(frozen=True)
class Hit:
    """A passage found, with its score (comparable within one search) and its currency."""

    passage: HeldPassage
    score: float
    currency: Currency
    replaced_by: str | None


class Search:
    """Searches one library. Sees what was committed when it was opened or last refreshed."""

    def __init__(
        self, documents: HeldDocuments, index: PassageIndex | None, vocabulary: Vocabulary
    ) -> None:
        """Search these documents through this index (None: nothing is held)."""
        self.documents = documents
        self.index = index
        self.vocabulary = vocabulary
        self._stems: dict[str, str] = {}

    @classmethod
    def open(cls, folder: Path, documents: HeldDocuments, vocabulary: Vocabulary) -> "Search":
        """The search of the library in `folder`, whose documents are these."""
        from probatum.library.tantivy_index import TantivyIndex

        held = documents.content is not None
        return cls(documents, TantivyIndex(folder) if held else None, vocabulary)

    def search(self, request: Request) -> list[Hit]:
        """The best passages, best first.

        Raises SearchError for a query without a word and for an unknown condition.
        """
        node = self.node(request)
        filters = self.filters(request)
        if self.index is None:
            return []
        wanted = max(1, min(request.k, MOST))
        hits: list[Hit] = []
        # What is not current is dropped after the fact (the index doesn't know), so more is asked
        # for when too little is left.
        asked = wanted + 20
        while True:
            matches = self.index.search(node, filters, asked)
            hits = self._hits(matches, request)
            if len(hits) >= wanted or len(matches) < asked or asked >= 4 * MOST:
                return hits[:wanted]
            asked *= 3

    def node(self, request: Request) -> Node:
        """The query as the index takes it."""
        if request.plain:
            if not _WORD.search(request.query):
                raise SearchError("There is no word to search for.")
            return Words(request.query)
        query = parse(request.query)
        if query is None:
            raise SearchError("There is no word to search for.")
        return query.node

    def filters(self, request: Request) -> Filters:
        """The request's filters as the index knows them."""
        terms: tuple[str, ...] = ()
        if request.condition:
            terms = self._condition(request.condition)
        types = tuple(type.value for type in request.types)
        return Filters(types, request.body, request.years, terms)

    def _condition(self, words: str) -> tuple[str, ...]:
        """The disease and every kind of it."""
        found = [t.id for t in self.vocabulary.readings(words) if t.kind == "condition"]
        if words in self.vocabulary:
            found.append(words)
        if not found:
            raise SearchError(
                f"The condition {words!r} is not in the vocabulary; search for it as a word."
            )
        kinds = (kind for id in found for kind in (id, *sorted(self.vocabulary.descendants(id))))
        return tuple(dict.fromkeys(kinds))

    def _hits(self, matches: Sequence[Match], request: Request) -> list[Hit]:
        passages = self.documents.passages(match.passage for match in matches)
        documents = {p.document.edition: p.document for p in passages.values()}
        currency = self.documents.currency(documents.values(), request.as_of)
        hits = []
        for match in matches:
            passage = passages.get(match.passage)
            if passage is None or not appeared(passage.document.date, passage, request.as_of):
                continue
            state, newer = currency[passage.document.edition]
            if state in OUTDATED and not request.outdated:
                continue
            hits.append(Hit(passage, match.score, state, newer))
        return hits

    # -- words ------------------------------------------------------------------------------

    @property
    def count(self) -> int:
        """How many passages can be found."""
        return self.index.count() if self.index else 0

    def frequency(self, stem: str) -> int:
        """How many passages hold a stem."""
        return self.index.frequency(stem) if self.index else 0

    def stems(self, text: str) -> list[str]:
        """The words of a text as the index compares them."""
        return self.index.stems(text) if self.index else []

    # -- showing ----------------------------------------------------------------------------

    def marks(self, text: str, query: str) -> list[tuple[int, int]]:
        """Spans of words in the text that the query asks for, in any of their forms."""
        if self.index is None:
            return []
        words = [w for w in _WORD.findall(query) if w.casefold() not in STOPWORDS and len(w) > 1]
        wanted = {stem for word in words for stem in self.index.stems(word)}
        return [
            (word.start(), word.end())
            for word in _WORD.finditer(text)
            if self._stem(word.group()) in wanted
        ]

    def _stem(self, word: str) -> str:
        known = self._stems.get(word)
        if known is None:
            assert self.index is not None  # noqa: S101 - the caller has looked
            known = next(iter(self.index.stems(word)), "")
            if len(self._stems) < 100_000:
                self._stems[word] = known
        return known


def appeared(day: date | None, passage: HeldPassage, as_of: date | None) -> bool:
    """Whether the passage's edition had surely appeared by that day."""
    if as_of is None:
        return True
    if day is not None:
        return day <= as_of
    year = passage.document.year
    return year is not None and year < as_of.year


def documents_of(hits: Sequence[Hit]) -> Iterator[tuple[str, float]]:
    """Sources by their best passage, each once, with that passage's score."""
    seen = set()
    for hit in hits:
        source = hit.passage.document.source
        if source not in seen:
            seen.add(source)
            yield source, hit.score
