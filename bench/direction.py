"""How often the direction of a comparison is told rightly, and how well result tables are read.

Evidence Inference 2.0 asks, for an article, an intervention, a comparator and an outcome, whether
the outcome was increased, decreased or no different. Given are the annotated sentences (all of one
prompt's, doubles left out), then the abstract only, then the full text. RCT-ART holds result
sentences with groups, outcomes, measures and their relations; a relation is right when both spans
and the label are, to the character. Its authors' own joint score looks only where spans start and
passes over relations whose spans were not found, so that figure is given beside it. The shipped
weights were learned from these same data, so every figure is of weights learned on other articles:
ten parts in turn for direction, four for tables. Given texts that tell nothing count as wrong.
`--train` learns the shipped weights again.
"""

import gzip
import hashlib
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any
from unittest import mock

from bench._report import Row, report
from probatum.extract.comparison import judged
from probatum.extract.comparison.about import topic_of
from probatum.extract.comparison.groups import pair_of
from probatum.extract.comparison.linking import Layout, linked
from probatum.extract.comparison.rows import read_sentence
from probatum.extract.comparison.segments import Segment
from probatum.extract.comparison.sentence_tokens import Tokens, read_tokens
from probatum.extract.comparison.signals import Signals, signals
from probatum.extract.comparison.statements import statements

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "trial_results"
PROMPTS = DATA / "evidence_inference_v2" / "prompts.jsonl"
ARTICLES = DATA / "evidence_inference_v2" / "fulltext.jsonl.gz"
TABLES = DATA / "rct_art" / "sentences.jsonl"
LABELS = ("INTV", "OC", "MEAS")
Record = dict[str, Any]


def part(key: str, parts: int) -> int:
    """The part of the data that a document falls into."""
    return hashlib.sha256(key.encode()).digest()[0] % parts


def read(path: Path) -> list[Record]:
    """The records of a file of JSON lines."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def given(prompt: Record) -> str:
    """The annotated sentences of a prompt."""
    return "\n\n".join(dict.fromkeys(each["text"] for each in prompt["evidence"]))


def read_signals(prompt: Record) -> Signals:
    """What is seen in the annotated sentences."""
    topic = topic_of(prompt["outcome"])
    pair = pair_of(prompt["intervention"], prompt["comparator"], prompt["outcome"])
    return signals(statements(given(prompt), pair, topic), topic)


def direction(prompts: Sequence[Record], texts: Callable[[Record], str], parts: int) -> list[str]:
    """The direction found for each prompt, by weights of the other parts."""
    from bench._comparison_training import learn_direction

    seen = [read_signals(prompt) for prompt in prompts]
    own = [part(prompt["pmcid"], parts) for prompt in prompts]
    found = [""] * len(prompts)
    for held in range(parts):
        rest = [i for i, each in enumerate(own) if each != held]
        weights = learn_direction([seen[i] for i in rest], [prompts[i]["label"] for i in rest])
        with mock.patch.object(judged, "direction_weights", lambda w=weights: w):
            for i, each in enumerate(own):
                if each == held:
                    ask = [prompts[i][k] for k in ("intervention", "comparator", "outcome")]
                    verdict = judged.judge(texts(prompts[i]), *ask)
                    found[i] = verdict.direction if verdict else "none"
    return found


def accuracy(prompts: Sequence[Record], found: Sequence[str]) -> float:
    """The share that is right."""
    right = sum(p["label"] == f for p, f in zip(prompts, found, strict=True))
    return right / len(prompts)


Triple = tuple[tuple[int, int, int], tuple[int, int, int], str]
Gold = tuple[Tokens, set[Segment], set[tuple[Segment, Segment, str]], Record]


def gold_of(record: Record) -> Gold:
    """An annotated sentence on this program's tokens."""
    tokens = read_tokens(record["text"])
    segments: list[Segment] = []
    for span in record["spans"]:
        at = [i for i, (a, b) in enumerate(tokens.places) if a < span["end"] and b > span["start"]]
        segments.append(Segment(at[0], at[-1] + 1, LABELS.index(span["label"]) + 1))
    relations = {
        (segments[r["head"]], segments[r["child"]], r["label"])
        for r in record["relations"]
        if r["head"] is not None and r["child"] is not None
    }
    return tokens, set(segments), relations, record


def placed(tokens: Tokens, segment: Segment) -> tuple[int, int, int]:
    """A stretch as characters and label."""
    return (
        tokens.places[segment.first][0],
        tokens.places[segment.last - 1][1],
        segment.label,
    )


def f1(right: int, found: int, gold: int) -> float:
    """F1 out of counts."""
    return 2 * right / (found + gold) if found + gold else 0.0


def tables(records: Sequence[Record], parts: int = 4) -> dict[str, float]:
    """Scores of spans, of relations given the spans, and of both together."""
    from bench._comparison_training import learn_links, learn_tags

    held = [gold_of(record) for record in records]
    counts: Counter[str] = Counter()
    for own in range(parts):
        rest = [g for g in held if part(g[3]["pmid"], parts) != own]
        tags = learn_tags([(g[0], g[1]) for g in rest])
        links = learn_links((g[0], sorted(g[1]), {(h, m) for h, m, _ in g[2]}) for g in rest)
        for tokens, segments, relations, record in held:
            if part(record["pmid"], parts) != own:
                continue
            truth = {(s["start"], s["end"], LABELS.index(s["label"]) + 1) for s in record["spans"]}
            spans = record["spans"]
            gold = {
                (_span(spans[r["head"]]), _span(spans[r["child"]]), r["label"])
                for r in record["relations"]
                if r["head"] is not None and r["child"] is not None
            }
            reading = read_sentence(record["text"], tags, links)
            found = {placed(tokens, s) for s in reading.segments}
            told = {
                (placed(tokens, x.head), placed(tokens, x.measure), str(x.relation))
                for x in reading.links
            }
            _count(counts, "spans", found, truth)
            for label, name in enumerate(LABELS, 1):
                _count(
                    counts,
                    name,
                    {s for s in found if s[2] == label},
                    {s for s in truth if s[2] == label},
                )
            _count(counts, "joint", told, gold)
            _count(counts, "joint starts", _starts(told), _starts(gold))
            heads = {s[0] for s in found}
            near = {g for g in _starts(gold) if g[0] in heads and g[1] in heads}
            _count(counts, "joint as published", _starts(told), near)
            alone = {(x.head, x.measure, str(x.relation)) for x in linked(
                Layout(tokens, sorted(segments)), links)}  # fmt: skip
            _count(counts, "relations", alone, relations)
    names = {key.rpartition(" ")[0] for key in counts}
    return {n: f1(counts[f"{n} right"], counts[f"{n} found"], counts[f"{n} gold"]) for n in names}


def _span(span: Record) -> tuple[int, int, int]:
    return span["start"], span["end"], LABELS.index(span["label"]) + 1


def _starts(triples: Iterable[Triple]) -> set[tuple[int, int, str]]:
    return {(head[0], measure[0], label) for head, measure, label in triples}


def _count(counts: Counter[str], name: str, found: set[Any], gold: set[Any]) -> None:
    counts[f"{name} right"] += len(found & gold)
    counts[f"{name} found"] += len(found)
    counts[f"{name} gold"] += len(gold)


def train() -> None:
    """Learn the shipped weights from all the data there is."""
    from bench import _comparison_training as training

    prompts, records = read(PROMPTS), read(TABLES)
    training.write("lexicon.txt", training.lexicon(prompts))
    ways = training.learn_direction(
        [read_signals(p) for p in prompts], [p["label"] for p in prompts]
    )
    training.write(
        "direction.json",
        {"differ": ways.differ, "way": ways.way, "differ_bias": ways.differ_bias},
    )
    held = [gold_of(record) for record in records]
    tags = training.learn_tags([(g[0], g[1]) for g in held])
    training.write("tagging.json", {"seen": tags.seen, "follows": tags.follows})
    links = training.learn_links((g[0], sorted(g[1]), {(h, m) for h, m, _ in g[2]}) for g in held)
    training.write("linking.json", {"groups": links.groups, "outcomes": links.outcomes})


def main() -> None:
    """Measure and report, or learn."""
    if not PROMPTS.is_file() or not TABLES.is_file():
        print(f"nothing measured: {DATA} is not there")
        return
    if "--train" in sys.argv:
        train()
        return
    prompts = read(PROMPTS)
    articles = {each["pmcid"]: each for each in read(ARTICLES)}
    found = direction(prompts, given, 10)
    halves = direction(prompts, given, 2)

    def abstract(prompt: Record) -> str:
        return "\n".join(body for _, body in articles[prompt["pmcid"]]["abstract"])

    from_abstract = direction(prompts, abstract, 10)
    full = direction(prompts, lambda prompt: str(articles[prompt["pmcid"]]["text"]), 10)
    started = time.process_time()
    for prompt in prompts:
        judged.judge(given(prompt), prompt["intervention"], prompt["comparator"], prompt["outcome"])
    spent = (time.process_time() - started) / len(prompts) * 1e3
    read_tables = tables(read(TABLES))
    most = Counter(p["label"] for p in prompts).most_common(1)[0][1] / len(prompts)
    report(
        "direction",
        " ".join((__doc__ or "").split()),
        f"{len(prompts)} prompts of {len(articles)} articles, {len(read(TABLES))} sentences",
        [
            Row("direction, sentences given", accuracy(prompts, found), "", 0.85, at_least=True),
            Row("direction, sentences given, learned on half", accuracy(prompts, halves), ""),
            Row("direction, abstract given", accuracy(prompts, from_abstract), ""),
            Row("direction, full text given", accuracy(prompts, full), ""),
            Row("baseline: the commonest label", most, ""),
            Row("time for a prompt's sentences", spent, "ms"),
            Row("tables, joint F1", read_tables["joint"], "", 0.80, at_least=True),
            Row("tables, joint F1, starts of spans", read_tables["joint starts"], ""),
            Row("tables, joint F1, as published", read_tables["joint as published"], ""),
            Row("tables, relations given the spans, F1", read_tables["relations"], ""),
            Row("tables, spans F1", read_tables["spans"], ""),
            *(Row(f"tables, spans F1, {name}", read_tables[name], "") for name in LABELS),
        ],
    )


if __name__ == "__main__":
    main()
