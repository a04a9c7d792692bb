"""How often the checks of a claim against a text agree with people, without a judge of meaning.

Pairs of SciFact (claim and cited abstract), HealthVer (claim and sentences of a paper), CliniFact
(claim from a registry and abstract) and NLI4CT (statement and a section of one or two trial
records), the developers' parts; the half by a hash of the text is measured, `--half 0|1`, or
`--half all`. Macro-F1 is the mean over supported, contradicted and not enough information; NLI4CT
has no third label, so there only contradictions are counted: caught is what is not called
supported. `--entailment` asks the shipped judge of meaning too. Last, how far the confidence given
is the share of right verdicts (expected calibration error over ten bins).
"""

import gzip
import json
import sys
import time
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench._report import Row, report
from bench.sentences import DATA
from probatum.checks.entailment.judge import entailment_judge
from probatum.checks.evidence.verify import verify
from probatum.library.library import Library
from probatum.packs.loader import load_pack, shipped_packs

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


def main() -> None:
    """Measure and report."""
    if not (DATA / "scifact").is_dir():
        print(f"nothing measured: {DATA} is not there")
        return
    half = sys.argv[sys.argv.index("--half") + 1] if "--half" in sys.argv else "1"
    library = Library.of([load_pack(folder) for folder in shipped_packs()])
    judge = entailment_judge() if "--entailment" in sys.argv else None
    rows: list[Row] = []
    sure: list[tuple[float, bool]] = []
    count, seconds = 0, 0.0
    for name, read in (
        ("SciFact", scifact), ("HealthVer", healthver), ("CliniFact", clinifact), ("NLI4CT", nli4ct),  # noqa: E501
    ):  # fmt: skip
        pairs = chosen(read(), half)
        start = time.process_time()
        verdicts = [
            verify(p.claim, p.text, vocabulary=library.vocabulary, entailment=judge) for p in pairs
        ]
        seconds += time.process_time() - start
        count += len(pairs)
        told = [verdict.verdict for verdict in verdicts]
        right = [pair.label for pair in pairs]
        sure += [(v.confidence, v.verdict == p.label) for v, p in zip(verdicts, pairs, strict=True)]
        if name != "NLI4CT":
            rows.append(Row(f"{name}, macro-F1 ({len(pairs)} pairs)", macro_f1(told, right), ""))
            for label in LABELS:
                said = Counter(r for t, r in zip(told, right, strict=True) if t == label)
                rows.append(
                    Row(
                        f"{name}, {label}: right of {said.total()}",
                        said[label] / max(1, said.total()),
                        "",
                    )
                )
            continue
        caught: dict[str, list[bool]] = defaultdict(list)
        for pair, verdict in zip(pairs, verdicts, strict=True):
            if pair.label == "contradicted":
                caught[pair.kind].append(verdict.verdict != "supported")
            else:
                caught[f"{pair.kind}, true ones kept"].append(verdict.verdict == "supported")
        for kind, held in sorted(caught.items()):
            limit = 0.95 if kind == "Numerical_contradiction" else None
            share = sum(held) / len(held)
            rows.append(Row(f"NLI4CT, {kind} ({len(held)})", share, "", limit, at_least=True))
    error, told_bins = calibration(sure)
    rows.append(Row("expected calibration error", error, ""))
    rows.append(Row("pairs a second, one core", count / seconds, "", 250, at_least=True))
    report("verify", " ".join((__doc__ or "").split()), f"{count} pairs, half {half}", rows)
    print("confidence given, share right, number:", "; ".join(told_bins))


if __name__ == "__main__":
    main()
