"""A second engine, so plain that it can be read at a glance: it shows that the contract is neutral.

BM25 as tantivy and Lucene have it (k1 1.2, b 0.75), over passages kept in a pickle.
"""

import math
import pickle
from collections.abc import Iterable, Sequence
from pathlib import Path

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
    Without,
    Words,
)

_K1, _B = 1.2, 0.75


class MemoryIndex:
    """`PassageIndex` in a list."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "memory.pickle"
        self._held: tuple[IndexEntry, ...] = ()
        self._steps: list[tuple[str, tuple[object, ...]]] = []
        self.refresh()

    def refresh(self) -> None:
        if self._path.exists():
            self._held = pickle.loads(self._path.read_bytes())

    def add(self, entries: Iterable[IndexEntry]) -> None:
        self._steps.append(("add", tuple(entries)))

    def remove(self, documents: Sequence[int]) -> None:
        self._steps.append(("remove", tuple(documents)))

    def clear(self) -> None:
        self._steps.append(("clear", ()))

    def commit(self) -> None:
        for step, given in self._steps:
            kept = () if step == "clear" else self._held
            if step == "remove":
                kept = tuple(each for each in kept if each.document not in given)
            self._held = (*kept, *given) if step == "add" else kept  # type: ignore[assignment]
        self._steps.clear()
        self._path.write_bytes(pickle.dumps(self._held))

    def close(self) -> None:
        self._steps.clear()

    def count(self) -> int:
        return len(self._held)

    def frequency(self, stem: str) -> int:
        return sum(stem in each.words.split() for each in self._held)

    def search(self, query: Node, filters: Filters, limit: int) -> list[Match]:
        found = []
        for each in self._held:
            score = self._score(query, each.words.split())
            if score is not None and _passes(filters, each):
                found.append(Match(each.passage, each.document, score))
        found.sort(key=lambda match: (-round(match.score, 4), match.passage))
        return found[:limit]

    def _score(self, node: Node, words: Sequence[str]) -> float | None:
        """The score of a passage, None when it does not match."""
        match node:
            case Terms():
                return self._union(node.weights, words)
            case Words():
                return self._union([(term, 1.0) for term in analysis().content(node.text)], words)
            case Phrase():
                terms = analysis().terms(node.text)
                spans = (list(words[at : at + len(terms)]) for at in range(len(words)))
                times = sum(span == terms for span in spans)
                weight = sum(self._idf(term) for term in terms)
                return weight * self._saturated(times, words) if terms and times else None
            case Every() | Any():
                # A part without a word asks for nothing.
                parts = [part for part in node.parts if _says(part)]
                scores = [self._score(part, words) for part in parts]
                some = [score for score in scores if score is not None]
                enough = len(some) == len(scores) if isinstance(node, Every) else bool(some)
                return sum(some) if some and enough else None
            case Without():
                out = self._score(node.unwanted, words) is not None
                return None if out else self._score(node.wanted, words)

    def _union(self, weights: Sequence[tuple[str, float]], words: Sequence[str]) -> float | None:
        found = [
            weight * self._idf(term) * self._saturated(words.count(term), words)
            for term, weight in weights
            if term in words
        ]
        return sum(found) if found else None

    def _idf(self, term: str) -> float:
        held = self.frequency(term)
        return math.log(1 + (len(self._held) - held + 0.5) / (held + 0.5))

    def _saturated(self, times: int, words: Sequence[str]) -> float:
        mean = sum(len(each.words.split()) for each in self._held) / len(self._held)
        return times * (_K1 + 1) / (times + _K1 * (1 - _B + _B * len(words) / mean))


def _says(node: Node) -> bool:
    match node:
        case Terms():
            return bool(node.weights)
        case Words() | Phrase():
            return bool(analysis().terms(node.text))
        case Every() | Any():
            return any(map(_says, node.parts))
        case Without():
            return _says(node.wanted)


def _passes(filters: Filters, held: IndexEntry) -> bool:
    first, last = filters.years
    if filters.types and held.type not in filters.types:
        return False
    if filters.body and (held.body or "").casefold() != filters.body.casefold():
        return False
    if filters.terms and set(filters.terms).isdisjoint(held.terms):
        return False
    if first is None and last is None:
        return True
    return held.year is not None and (first or 0) <= held.year <= (last or 9999)
