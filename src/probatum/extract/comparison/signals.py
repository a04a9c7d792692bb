"""The signals by which a comparison's direction is weighed, each with a name that can be read.

Two kinds are kept apart. Signals of a difference do not change when the two groups change places;
signals of direction change their sign. A model of each can therefore never call A above B and B
above A.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from probatum.extract.comparison.about import Topic
from probatum.extract.comparison.cues import Cue
from probatum.extract.comparison.statements import Clause, Sentence


@dataclass(frozen=True, slots=True)
class Signals:
    """Named values: for whether the groups differ, and for which way."""

    differ: dict[str, float]
    way: dict[str, float]


def best_clauses(read: list[Sentence]) -> list[Clause]:
    """The clauses most about the outcome."""
    weighed = [(c.about + 0.5 * s.about, c) for s in read for c in s.clauses]
    top = max((w for w, _ in weighed), default=0.0)
    return [c for w, c in weighed if w >= top - 1e-9]


def signals(read: list[Sentence], topic: Topic) -> Signals:
    """All signals of a text."""
    best = best_clauses(read)
    spans = {(c.start, c.end) for c in best}
    within = [s for s in read if any((c.start, c.end) in spans for c in s.clauses)]
    scopes: list[tuple[str, list[Clause]]] = [
        ("clause", best),
        ("sentence", [c for s in within for c in s.clauses]),
        ("text", [c for s in read for c in s.clauses]),
    ]
    differ: dict[str, float] = defaultdict(float)
    way: dict[str, float] = defaultdict(float)
    for name, clauses in scopes:
        for key, value in _difference(clauses):
            differ[f"{name}:{key}"] = value
        for key, value in _direction(clauses, topic):
            way[f"{name}:{key}"] += value
    tail = read[-1].clauses[-1:] if read else ()
    for key, value in _difference(tail):
        differ[f"last:{key}"] = value
    for c in best:
        if c.nearest is not None:
            way["nearest"] += _signed(c.nearest, topic)
            way[f"nearest:{c.nearest.how}"] += _signed(c.nearest, topic)
    for key in list(way):
        way[key] = max(-2.0, min(2.0, way[key]))
        if key in ("clause:votes", "sentence:votes", "text:votes", "nearest"):
            differ[f"size:{key}"] = abs(way[key])
    return Signals(dict(differ), dict(way))


def _signed(cue: Cue, topic: Topic) -> float:
    if cue.denied:
        return 0.0
    if cue.family in ("better", "worse"):
        return float(cue.vote * _worth(topic))
    return float(cue.vote)


def _worth(topic: Topic) -> int:
    if topic.gain or topic.loss:
        return 1
    return topic.good or 1


def _difference(clauses: Iterable[Clause]) -> Iterator[tuple[str, float]]:
    held = list(clauses)
    cues = [c for each in held for c in each.cues]
    none = [c for c in cues if c.family == "none"]
    p = [p for each in held for p in each.p_values]
    ranges = [r for each in held for r in each.intervals]
    yield "none", float(bool(none))
    for kind, starts in (
        ("no", ("no ", "neither", "nor", "none", "without", "lack", "absence")),
        ("not", ("not ", "did", "non", "insig", "fail", "n.s", "ns")),
        ("alike", ("similar", "comparab", "equal", "equiv", "identical", "the same", "unchanged")),
    ):
        yield f"none {kind}", float(any(c.text.startswith(starts) for c in none))
    yield "denied", float(any(c.denied for c in cues))
    yield "signed", float(any(c.sign and not c.denied for c in cues))
    yield "referred", float(any(c.how == "reference" and not c.denied for c in cues))
    yield "differ", float(any(c.family == "differ" for c in cues))
    yield "p below", float(any(x.significant for x in p))
    yield "p above", float(any(not x.significant for x in p))
    yield "p only above", float(bool(p) and not any(x.significant for x in p))
    yield "p only below", float(bool(p) and all(x.significant for x in p))
    nexts = [each.next_p for each in held if each.next_p is not None]
    yield "next p below", float(any(x.significant for x in nexts))
    yield "next p above", float(any(not x.significant for x in nexts))
    yield "interval around none", float(any(r.side == 0 for r in ranges))
    yield "interval off none", float(any(r.side != 0 for r in ranges))
    for word in ("trend", "sure", "alike"):
        yield word, float(any(word in each.words for each in held))
    yield (
        "sure and signed",
        float(any("sure" in each.words and not _none(each) and _has_sign(each) for each in held)),
    )
    yield "pairs", float(any(each.pairs for each in held))
    values = [v for each in held for v in each.pairs]
    yield "values near", float(any(v.near for v in values))
    yield "values far", float(any(not v.near for v in values))
    yield "absent", float(any(each.absent for each in held))
    yield "silent", float(not cues and not p and not values)
    yield (
        "signed without none",
        float(any(_has_sign(each) and not _none(each) for each in held)),
    )


def _none(clause: Clause) -> bool:
    return any(c.family == "none" or c.denied for c in clause.cues)


def _has_sign(clause: Clause) -> bool:
    return any(c.sign and not c.denied for c in clause.cues)


def _direction(clauses: Iterable[Clause], topic: Topic) -> Iterator[tuple[str, float]]:
    for clause in clauses:
        for cue in clause.cues:
            if not cue.sign or cue.denied:
                continue
            side = float(cue.side or 1)
            value = _signed(cue, topic)
            yield "votes", value
            scale = "worth" if cue.family in ("better", "worse") else "amount"
            yield f"{scale} {cue.how}", value
            if scale == "worth":
                known = "named" if topic.gain or topic.loss else f"good {topic.good}"
                yield f"worth where {known}", float(cue.sign) * side
            else:
                if topic.loss:
                    yield "amount of a loss", value
                if topic.gain:
                    yield "amount of a gain", value
                if topic.good:
                    yield f"amount where good {topic.good}", value
        for pair in clause.pairs:
            yield ("values tied" if pair.tied else "values untied"), float(pair.vote)
        if clause.next_pair is not None:
            yield "next values", float(clause.next_pair.vote)
        if clause.next_interval is not None:
            kind = "ratio" if clause.next_interval.ratio else "difference"
            yield f"interval of a {kind}", float(clause.next_interval.side)
