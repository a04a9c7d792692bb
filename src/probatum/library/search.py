"""Searching held text: from a query to passages, best first, each with whether it is current."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from probatum.evidence.base import ProbatumError
from probatum.evidence.source import Currency, SourceType
from probatum.library import ranking
from probatum.library.analysis import analysis
from probatum.library.dense_model import DenseError
from probatum.library.documents import HeldDocuments
from probatum.library.expansion import other_names
from probatum.library.held import HeldPassage
from probatum.library.index import Filters, Match, Node, PassageIndex, Terms
from probatum.library.meaning import NEAREST, Meaning
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
    superseded; `as_of` leaves out what had not surely appeared by then. Without `meaning`, words
    alone decide, also where there are vectors: then the same content gives the same result.
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
    meaning: bool = True


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
        self,
        documents: HeldDocuments,
        index: PassageIndex | None,
        vocabulary: Vocabulary,
        meaning: Meaning | None = None,
    ) -> None:
        """Search these documents through this index (None: nothing is held).

        With `meaning`, what is near the query in meaning is found too.
        """
        self.documents = documents
        self.index = index
        self.vocabulary = vocabulary
        self.meaning = meaning
        # Why search goes by words alone although there are vectors; for a person to read.
        self.note: str | None = None

    @classmethod
    def open(cls, folder: Path, documents: HeldDocuments, vocabulary: Vocabulary) -> "Search":
        """The search of the library in `folder`, whose documents are these."""
        from probatum.library.tantivy_index import TantivyIndex

        if documents.content is None:
            return cls(documents, None, vocabulary)
        meaning = Meaning(folder)
        return cls(documents, TantivyIndex(folder), vocabulary, meaning if meaning.there else None)

    def search(self, request: Request) -> list[Hit]:
        """The best passages, best first.

        Raises SearchError for a query without a word and for an unknown condition.
        """
        words, node = self._read(request)
        filters = self.filters(request)
        if self.index is None:
            return []
        query = self._weighed(words)
        hits = self._found(node or Terms(tuple(query.boosts())), filters, request)
        ranked = self._ranked(query, hits)
        if self.meaning is not None and request.meaning:
            closed = node is not None or not filters.empty
            ranked = self._by_meaning(words, ranked, request, closed=closed)
        return ranked[: max(1, min(request.k, MOST))]

    def _found(self, node: Node, filters: Filters, request: Request) -> list[Hit]:
        """What the engine finds, enough of it to be ranked again."""
        assert self.index is not None  # noqa: S101 - the caller has looked
        wanted = max(1, min(request.k, MOST))
        # What is not current is dropped after the fact (the index doesn't know), so more is asked
        # for when too little is left.
        asked = max(wanted, ranking.DEPTH if self.meaning is None else NEAREST) + 20
        while True:
            matches = self.index.search(node, filters, asked)
            hits = self._hits(matches, request)
            if len(hits) >= wanted or len(matches) < asked or asked >= 4 * MOST:
                return hits
            asked *= 3

    def _by_meaning(
        self, words: str, hits: list[Hit], request: Request, *, closed: bool
    ) -> list[Hit]:
        """Both rankings in one; what only meaning found passes the same tests as the rest."""
        assert self.meaning is not None  # noqa: S101 - the caller has looked
        known = {hit.passage.id: hit for hit in hits}
        scored = [(hit.passage.id, hit.score) for hit in hits]
        try:
            fused = self.meaning.rank(words, scored, closed=closed)
        except DenseError as error:
            self.meaning, self.note = None, str(error)
            return hits
        new = [Match(id, 0, 0.0) for id, _ in fused if id not in known]
        known |= {hit.passage.id: hit for hit in self._hits(new, request)}
        return [replace(known[id], score=score) for id, score in fused if id in known]

    def _read(self, request: Request) -> tuple[str, Node | None]:
        """The query's words, and its tree where it has operators or phrases."""
        if request.plain:
            if not _WORD.search(request.query):
                raise SearchError("There is no word to search for.")
            return request.query, None
        query = parse(request.query)
        if query is None:
            raise SearchError("There is no word to search for.")
        return query.words, None if query.plain else query.node

    def _weighed(self, words: str) -> ranking.Weighed:
        assert self.index is not None  # noqa: S101 - the caller has looked
        count, frequency = self.documents.passage_count, self.index.frequency
        query = ranking.weighed(ranking.wanted(words, analysis()), count, frequency)
        names = other_names(words, self.vocabulary, self.documents)
        same = dict.fromkeys(term for name in names for term in analysis().content(name))
        return ranking.widened(query, same, count, frequency)

    def _ranked(self, query: ranking.Weighed, hits: list[Hit]) -> list[Hit]:
        """The engine's best, ranked again by all that their text shows; the others behind them."""
        texts = [_text(hit.passage) for hit in hits[: ranking.DEPTH]]
        ranked = ranking.ranked(query, texts, [hit.score for hit in hits])
        return [replace(hits[place], score=score) for place, score in ranked]

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
                "The condition %(name)s is not in the vocabulary; search for it as a word.",
                name=repr(words),
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
        return self.documents.passage_count

    def frequency(self, stem: str) -> int:
        """How many passages hold an index term."""
        return self.index.frequency(stem) if self.index else 0

    def stems(self, text: str) -> list[str]:
        """The index terms of a text."""
        return analysis().terms(text)

    def marks(self, text: str, query: str) -> list[tuple[int, int]]:
        """Spans of words in the text that the query asks for, in any of their forms."""
        terms = analysis().terms
        words = [w for w in _WORD.findall(query) if w.casefold() not in STOPWORDS and len(w) > 1]
        wanted = {term for word in words for term in terms(word)}
        return [
            (word.start(), word.end())
            for word in _WORD.finditer(text)
            if not wanted.isdisjoint(terms(word.group()))
        ]


def _text(passage: HeldPassage) -> str:
    """A passage in index terms, with what stands above it first."""
    above = passage.document.title if passage.start else ""
    headings = dict.fromkeys(h for run in passage.passage.runs for h in run.headings)
    return analysis().text("\n".join((above, *headings, passage.text)))


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
