"""The embedded search index: tantivy, in a folder beside the catalogue.

Scores are BM25 (k1 1.2, b 0.75) over one flat field of title, headings and text: tantivy finds the
best of a flat union of terms in one field without scoring every match, which keeps a search over a
million passages at a few milliseconds. Texts come as index terms already (`analysis`), so the
engine only splits at spaces.
"""

import shutil
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

import tantivy

from probatum.evidence.base import ProbatumError
from probatum.library.analysis import analysis
from probatum.library.index import (
    Any,
    Every,
    Filters,
    IndexEntry,
    Match,
    Node,
    Phrase,
    Terms,
    Words,
)

FOLDER_NAME = "index"
# Another number when fields or analysis change: an index of another layout is made anew.
LAYOUT = "1"
_HEAP_BYTES = 160_000_000
_ANALYZER = "at_spaces"
# Hits beyond the limit that are looked at for ties, at first and at most: thousands of passages in
# the same words are somebody's copies.
_TIES = 16
_MOST_TIES = 20_000
# A year outside what a catalogue can hold, for open ends of a range.
_FIRST_YEAR, _LAST_YEAR = 0, 9999


class SearchIndexError(ProbatumError):
    """An index that cannot be opened or written, with the remedy."""


def _analyzer() -> tantivy.TextAnalyzer:
    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("passage", indexed=False, fast=True)
    builder.add_unsigned_field("document", indexed=True, fast=True)
    builder.add_text_field("text", tokenizer_name=_ANALYZER, index_option="position")
    builder.add_text_field("terms", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("type", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("body", tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("year", indexed=True, fast=True)
    return builder.build()


class TantivyIndex:
    """`PassageIndex` on tantivy. One process may write at a time; any number may search."""

    def __init__(self, folder: Path, *, write: bool = False) -> None:
        """Open the index in `folder`, making it when it is not there and writing is allowed."""
        self.folder = folder / FOLDER_NAME / LAYOUT
        self._analyzer = _analyzer()
        self._writer: tantivy.IndexWriter | None = None
        if write:
            self.folder.mkdir(parents=True, exist_ok=True)
        self._schema = _schema()
        self._index = self._open()

    def _open(self) -> tantivy.Index:
        try:
            index = tantivy.Index(self._schema, path=str(self.folder), reuse=True)
        except ValueError as error:
            raise SearchIndexError(
                f"{self.folder}: the search index cannot be opened ({_words(error)}); "
                "run probatum library rebuild."
            ) from error
        index.register_tokenizer(_ANALYZER, self._analyzer)
        index.config_reader(reload_policy="manual")
        return index

    # -- searching --------------------------------------------------------------------------

    def search(self, query: Node, filters: Filters, limit: int) -> list[Match]:
        """The best passages, best first; ties in the order of their ids."""
        made = self._query(query)
        if made is None:
            return []
        if not filters.empty:
            made = self._filtered(made, filters)
        searcher = self._index.searcher()
        # More than asked for, so that ties at the end are broken by id, not by how they are stored.
        wanted = limit + _TIES
        while True:
            hits = searcher.search(made, limit=wanted, count=False).hits
            if len(hits) < wanted or not _tied(hits, limit) or wanted > _MOST_TIES:
                break
            wanted *= 8
        addresses = [address for _, address in hits]
        passages = searcher.fast_field_values("passage", addresses)
        documents = searcher.fast_field_values("document", addresses)
        matches = [
            Match(int(passage or 0), int(document or 0), float(score))
            for (score, _), passage, document in zip(hits, passages, documents, strict=True)
        ]
        matches.sort(key=lambda match: (-_rounded(match.score), match.passage))
        return matches[:limit]

    def frequency(self, stem: str) -> int:
        """How many passages hold this stem."""
        return int(self._index.searcher().doc_freq("text", stem))

    def count(self) -> int:
        """How many passages are indexed."""
        return int(self._index.searcher().num_docs)

    def refresh(self) -> None:
        """See what another process has committed since."""
        self._index.reload()

    def _query(self, node: Node) -> tantivy.Query | None:
        if isinstance(node, Terms):
            return self._union(node.weights)
        if isinstance(node, Words):
            return self._union([(term, 1.0) for term in analysis().content(node.text)])
        if isinstance(node, Phrase):
            return self._phrase(node)
        if isinstance(node, (Every, Any)):
            occur = tantivy.Occur.Must if isinstance(node, Every) else tantivy.Occur.Should
            parts = [part for each in node.parts if (part := self._query(each)) is not None]
            if len(parts) < 2:
                return parts[0] if parts else None
            return tantivy.Query.boolean_query([(occur, part) for part in parts])
        wanted, unwanted = self._query(node.wanted), self._query(node.unwanted)
        if wanted is None or unwanted is None:
            return wanted
        return tantivy.Query.boolean_query(
            [(tantivy.Occur.Must, wanted), (tantivy.Occur.MustNot, unwanted)]
        )

    def _union(self, weights: Sequence[tuple[str, float]]) -> tantivy.Query | None:
        terms = [
            _weighted(
                tantivy.Query.term_query(self._schema, "text", term, index_option="freq"), weight
            )
            for term, weight in weights
        ]
        if len(terms) < 2:
            return terms[0] if terms else None
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in terms])

    def _phrase(self, phrase: Phrase) -> tantivy.Query | None:
        terms = analysis().terms(phrase.text)
        if len(terms) < 2:
            return self._union([(term, 1.0) for term in terms])
        return tantivy.Query.phrase_query(self._schema, "text", list(terms))

    def _filtered(self, query: tantivy.Query, filters: Filters) -> tantivy.Query:
        schema = self._schema
        needed = []
        if filters.types:
            needed.append(tantivy.Query.term_set_query(schema, "type", list(filters.types)))
        if filters.terms:
            needed.append(tantivy.Query.term_set_query(schema, "terms", list(filters.terms)))
        if filters.body:
            name = filters.body.casefold()
            needed.append(tantivy.Query.term_query(schema, "body", name, index_option="basic"))
        first, last = filters.years
        if first is not None or last is not None:
            low = _FIRST_YEAR if first is None else first
            high = _LAST_YEAR if last is None else last
            kind = tantivy.FieldType.Unsigned
            needed.append(tantivy.Query.range_query(schema, "year", kind, low, high))
        must = tantivy.Occur.Must
        return tantivy.Query.boolean_query(
            [(must, query), *((must, tantivy.Query.const_score_query(n, 0.0)) for n in needed)]
        )

    # -- writing ----------------------------------------------------------------------------

    def add(self, entries: Iterable[IndexEntry]) -> None:
        """Take entries in; they are found after `commit`."""
        writer = self._writing()
        for entry in entries:
            document = tantivy.Document()
            document.add_unsigned("passage", entry.passage)
            document.add_unsigned("document", entry.document)
            document.add_text("text", entry.words)
            for term in entry.terms:
                document.add_text("terms", term)
            document.add_text("type", entry.type)
            if entry.body:
                document.add_text("body", entry.body.casefold())
            if entry.year is not None:
                document.add_unsigned("year", entry.year)
            try:
                writer.add_document(document)
            except ValueError as error:
                raise self._unwritten(error) from error

    def remove(self, documents: Sequence[int]) -> None:
        """Forget every passage of these documents; they are gone after `commit`."""
        # By query: a term from a Python number would be taken for a signed one and match nothing.
        query = tantivy.Query.term_set_query(self._schema, "document", list(documents))
        self._writing().delete_documents_by_query(query)

    def clear(self) -> None:
        """Forget everything; true after `commit`."""
        self._writing().delete_all_documents()

    def commit(self) -> None:
        """Make what was added and removed visible and safe from a crash, all of it or nothing."""
        if self._writer is not None:
            try:
                self._writer.commit()
            except ValueError as error:
                raise self._unwritten(error) from error
            self._index.reload()

    def _unwritten(self, error: ValueError) -> SearchIndexError:
        """A full disk, mostly. What the catalogue has is indexed by the next who can write."""
        self._writer = None
        return SearchIndexError(
            f"{self.folder}: the search index cannot be written ({_words(error)}); what was added "
            "is kept, and the next command goes on with the index."
        )

    def close(self) -> None:
        """Finish background work and give files and locks back."""
        if self._writer is not None:
            writer, self._writer = self._writer, None
            with suppress(ValueError):
                writer.wait_merging_threads()
            self._index.reload()

    def _writing(self) -> tantivy.IndexWriter:
        if self._writer is None:
            try:
                self._writer = self._index.writer(heap_size=_HEAP_BYTES, num_threads=1)
            except ValueError as error:
                raise SearchIndexError(
                    f"{self.folder}: the search index cannot be written ({_words(error)})."
                ) from error
        return self._writer


def remove_index(folder: Path) -> None:
    """Remove every index of a library; it is made anew from the catalogue."""
    shutil.rmtree(folder / FOLDER_NAME, ignore_errors=True)


def _rounded(score: float) -> float:
    """A score as far as it is sure: the engine adds 32-bit numbers in no fixed order."""
    return round(score, 4)


def _tied(hits: Sequence[tuple[float, tantivy.DocAddress]], limit: int) -> bool:
    """Whether the last hit is as good as the last one wanted, so that more may be."""
    return 0 < limit <= len(hits) and _rounded(hits[-1][0]) == _rounded(hits[limit - 1][0])


def _weighted(query: tantivy.Query, weight: float) -> tantivy.Query:
    return query if weight == 1.0 else tantivy.Query.boost_query(query, weight)


def _words(error: Exception) -> str:
    return " ".join(str(error).split())[:160].rstrip(".")
