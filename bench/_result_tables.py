"""How well the tables of RCT-ART's result sentences are read, by weights of other abstracts.

Three counts of the same readings: strict (a relation is right when both spans and the label are, to
the character), by the starts of spans, and as the authors of the corpus publish it (see
`bench/_published_joint.py`).
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bench._published_joint import joint_counts, labels_of
from probatum.extract.comparison.linking import Layout, linked
from probatum.extract.comparison.rows import Reading, read_sentence
from probatum.extract.comparison.segments import Segment
from probatum.extract.comparison.sentence_tokens import Tokens, read_tokens
from scripts.comparison.links import learn_links
from scripts.comparison.tagger import lattice, learn_tags

LABELS = ("INTV", "OC", "MEAS")
Record = dict[str, Any]
Span = tuple[int, int, int]


@dataclass(frozen=True)
class Gold:
    """An annotated sentence on this program's tokens."""

    tokens: Tokens
    segments: frozenset[Segment]
    relations: frozenset[tuple[Segment, Segment, str]]
    record: Record

    @property
    def pairs(self) -> set[tuple[Segment, Segment]]:
        """Heads and measures that belong together, whatever the label."""
        return {(head, measure) for head, measure, _ in self.relations}


def part(key: str, parts: int) -> int:
    """The part of the data that a document falls into."""
    return hashlib.sha256(key.encode()).digest()[0] % parts


def gold_of(record: Record) -> Gold:
    """The annotated sentence of a record."""
    tokens = read_tokens(record["text"])
    segments: list[Segment] = []
    for span in record["spans"]:
        at = [i for i, (a, b) in enumerate(tokens.places) if a < span["end"] and b > span["start"]]
        segments.append(Segment(at[0], at[-1] + 1, LABELS.index(span["label"]) + 1))
    relations = frozenset(
        (segments[r["head"]], segments[r["child"]], str(r["label"])) for r in _whole(record)
    )
    return Gold(tokens, frozenset(segments), relations, record)


def _whole(record: Record) -> list[Record]:
    """The relations whose both ends are known."""
    return [r for r in record["relations"] if r["head"] is not None and r["child"] is not None]


def f1(right: int, found: int, gold: int) -> float:
    """F1 out of counts."""
    return 2 * right / (found + gold) if found + gold else 0.0


def tables(records: Sequence[Record], parts: int) -> dict[str, float]:
    """Scores of spans, of relations given the spans, and of both together."""
    held = [gold_of(record) for record in records]
    ready = [lattice(g.tokens, g.segments) for g in held]
    places = [part(g.record["pmid"], parts) for g in held]
    counts: Counter[str] = Counter()
    for own in range(parts):
        rest = [g for g, place in zip(held, places, strict=True) if place != own]
        tags = learn_tags([la for la, place in zip(ready, places, strict=True) if place != own])
        links = learn_links((g.tokens, sorted(g.segments), g.pairs) for g in rest)
        for gold, place in zip(held, places, strict=True):
            if place == own:
                reading = read_sentence(gold.record["text"], tags, links)
                counts += read_counts(gold, reading)
                alone = linked(Layout(gold.tokens, sorted(gold.segments)), links)
                told = {(x.head, x.measure, str(x.relation)) for x in alone}
                counts += _shared("relations", told, gold.relations)
    return scores(counts)


def scores(counts: Counter[str]) -> dict[str, float]:
    """F1 of each name out of its counts."""
    names = {key.rpartition(" ")[0] for key in counts}
    found = {n: f1(counts[f"{n} right"], counts[f"{n} found"], counts[f"{n} gold"]) for n in names}
    right, wrong, missed = (counts[f"published {n}"] for n in ("right", "wrong", "missed"))
    found["published"] = f1(right, right + wrong, right + missed)
    return found


def read_counts(gold: Gold, reading: Reading) -> Counter[str]:
    """Counts of one sentence's reading beside its annotation."""
    spans = [_span(s) for s in gold.record["spans"]]
    wanted = {(spans[r["head"]], spans[r["child"]], r["label"]) for r in _whole(gold.record)}
    found = {_placed(reading.tokens, s) for s in reading.segments}
    told = {
        (_placed(reading.tokens, x.head), _placed(reading.tokens, x.measure), str(x.relation))
        for x in reading.links
    }
    counts = _shared("spans", found, spans)
    for label, name in enumerate(LABELS, 1):
        counts += _shared(name, [s for s in found if s[2] == label],
                          [s for s in spans if s[2] == label])  # fmt: skip
    counts += _shared("joint", told, wanted)
    counts += _shared("starts", _starts(told), _starts(wanted))
    published = joint_counts(
        gold.record["text"], [s[:2] for s in found], _labels(told), [s[:2] for s in spans],
        _labels(wanted),
    )  # fmt: skip
    return counts + Counter({f"published {name}": n for name, n in published.items()})


def _span(span: Record) -> Span:
    return span["start"], span["end"], LABELS.index(span["label"]) + 1


def _placed(tokens: Tokens, segment: Segment) -> Span:
    """A stretch as characters and label."""
    start, end = tokens.places[segment.first][0], tokens.places[segment.last - 1][1]
    return start, end, segment.label


def _labels(triples: Iterable[tuple[Span, Span, str]]) -> dict[tuple[int, int], set[str]]:
    return labels_of((head[:2], child[:2], label) for head, child, label in triples)


def _starts(triples: Iterable[tuple[Span, Span, str]]) -> set[tuple[int, int, str]]:
    return {(head[0], measure[0], label) for head, measure, label in triples}


def _shared(name: str, found: Iterable[Any], gold: Iterable[Any]) -> Counter[str]:
    held, wanted = set(found), set(gold)
    return Counter(
        {
            f"{name} right": len(held & wanted),
            f"{name} found": len(held),
            f"{name} gold": len(wanted),
        }
    )
