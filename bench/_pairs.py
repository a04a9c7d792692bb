"""Pairs of claim and text that people have judged, read from the developers' sets."""

import gzip
import hashlib
import json
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.sentences import DATA

# The third of three parts, by the name of the work (scripts/entailment/pairs.py).
HELD_OUT = 2


LABELS = ("supported", "contradicted", "not_enough_information")
_LABEL = {
    "SUPPORT": "supported",
    "CONTRADICT": "contradicted",
    "REFUTE_OR_INCONCLUSIVE": "contradicted",
    "NOT_ENOUGH_INFO": "not_enough_information",
    "Entailment": "supported",
    "Contradiction": "contradicted",
}


@dataclass(frozen=True)
class Pair:
    """A claim with its text and what people say of it."""

    claim: str
    text: str
    label: str
    kind: str = ""


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a JSONL file, packed or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def scifact() -> Iterator[Pair]:
    """Each claim with each abstract cited for it."""
    folder = DATA / "scifact"
    corpus = {
        row["doc_id"]: " ".join([row["title"] + ".", *row["sentences"]])
        for row in lines(folder / "corpus.jsonl.gz")
    }
    for row in lines(folder / "claims.jsonl"):
        told = {each["doc_id"]: each["label"] for each in row["evidence"]}
        for doc in row["cited_doc_ids"]:
            if doc in corpus:
                label = _LABEL[told.get(doc, "NOT_ENOUGH_INFO")]
                yield Pair(row["claim"], corpus[doc], label)


def healthver() -> Iterator[Pair]:
    """Each claim with its sentences."""
    for row in lines(DATA / "claims" / "healthver.jsonl"):
        yield Pair(row["claim"], row["evidence"], _LABEL[row["label"]])


def clinifact() -> Iterator[Pair]:
    """Each claim with its abstract."""
    for row in lines(DATA / "claims" / "clinifact.jsonl.gz"):
        text = row.get("abstract") or row.get("evidence") or ""
        yield Pair(row["claim"], text, _LABEL[row["label"]])


def nli4ct() -> Iterator[Pair]:
    """Each statement with the section of its trial or trials."""
    folder = DATA / "claims"
    trials = {row["_nct"]: row for row in lines(folder / "nli4ct_trials.jsonl.gz")}
    for row in lines(folder / "nli4ct_statements.jsonl"):
        parts = []
        for name, key in (("Primary trial", "primary_id"), ("Secondary trial", "secondary_id")):
            if row[key] in trials:
                parts.append("\n".join([f"{name}:", *trials[row[key]][row["section"]]]))
        kind = row["intervention"] or "plain"
        yield Pair(row["statement"], "\n\n".join(parts), _LABEL[row["label"]], kind)


def part(name: str) -> int:
    """Which of three parts the work of that name is in."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 3


def held_out() -> tuple[list[int], list[int]]:
    """Places of the pairs of SciFact and CliniFact whose texts no tree and no matrix has seen."""
    corpus = {row["doc_id"] for row in lines(DATA / "scifact" / "corpus.jsonl.gz")}
    first: list[int] = []
    place = 0
    for row in lines(DATA / "scifact" / "claims.jsonl"):
        mine = part("sf" + row["cited_doc_ids"][0]) == HELD_OUT
        for doc in row["cited_doc_ids"]:
            if doc in corpus:
                if mine:
                    first.append(place)
                place += 1
    second = [
        at
        for at, row in enumerate(lines(DATA / "claims" / "clinifact.jsonl.gz"))
        if part("cf" + row["nct_id"]) == HELD_OUT
    ]
    return first, second


def macro_f1(told: list[str], right: list[str]) -> float:
    """Mean F1 over the labels that occur."""
    scores = []
    for label in LABELS:
        if label not in right:
            continue
        hits = sum(a == b == label for a, b in zip(told, right, strict=True))
        scores.append(2 * hits / (told.count(label) + right.count(label)) if hits else 0.0)
    return sum(scores) / len(scores)


def chosen(pairs: Iterator[Pair], half: str) -> list[Pair]:
    """The pairs of one half of the texts."""
    return [p for p in pairs if half == "all" or zlib.crc32(p.text.encode()) & 1 == int(half)]


def calibration(sure: list[tuple[float, bool]]) -> tuple[float, list[str]]:
    """Expected calibration error, and a line a bin: confidence, share right, number."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, right in sure:
        bins[min(9, int(confidence * 10))].append((confidence, right))
    error, told = 0.0, []
    for _, held in sorted(bins.items()):
        mean = sum(c for c, _ in held) / len(held)
        share = sum(r for _, r in held) / len(held)
        error += len(held) / len(sure) * abs(mean - share)
        told.append(f"{mean:.2f} {share:.2f} {len(held)}")
    return error, told
