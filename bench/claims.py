"""How often the judge of meaning agrees with people, and how far its probabilities can be believed.

SciFact (claim and cited abstract) and CliniFact (claim from a registry and abstract): only the
third of the works, by hash, to whose claims nothing was fitted but a few calibrating numbers. HealthVer
(claim and sentences of a paper) and NLI4CT (statement and a section of one or two trial records)
are transfer: nothing was
fitted to them, but the rules for registry entries were written with half of NLI4CT's trials at
hand. Macro-F1 is over supported, contradicted and not enough
information; in NLI4CT over supported and not, with the kinds of edit apart: consistent is the same
answer after an edit that keeps the meaning, sensitive another answer after one that turns it. The
error of calibration is the mean distance of probability and share right over ten bins. `--lexical`
measures without the language model of the extra `dense`.
"""  # noqa: E501

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bench._pairs import (
    calibration,
    clinifact,
    healthver,
    held_out,
    lines,
    macro_f1,
    nli4ct,
    scifact,
)
from bench._report import Row, report
from bench.sentences import DATA
from probatum.checks.entailment.judge import EntailmentJudge, entailment_judge


@dataclass(frozen=True)
class Judged:
    """The labels told and right, and how sure each was."""

    told: list[str]
    right: list[str]
    sure: list[tuple[float, bool]]


def judged(judge: EntailmentJudge, pairs: Sequence[tuple[str, str, str]]) -> Judged:
    """The judge's labels of claim, text and label."""
    told, sure = [], []
    for claim, text, label in pairs:
        said, probability = judge.judge(claim, text)
        told.append(said)
        sure.append((probability, said == label))
    return Judged(told, [label for _, _, label in pairs], sure)


def triples(found: Iterator[object], places: Sequence[int] | None = None) -> list[tuple[str, ...]]:
    """Claim, text and label of pairs, all or those at the places given."""
    pairs = [(p.claim, p.text, p.label) for p in found]  # type: ignore[attr-defined]
    return pairs if places is None else [pairs[at] for at in places]


def edits(told: dict[str, str], label: Callable[[str], str]) -> list[Row]:
    """What becomes of an answer when the statement is edited."""
    statements = list(lines(DATA / "claims" / "nli4ct_statements.jsonl"))
    kept: list[bool] = []
    turned: list[bool] = []
    numbers: list[bool] = []
    for row in statements:
        mine = told[row["id"]] == "supported"
        if row["intervention"] == "Numerical_contradiction":
            numbers.append(not mine)
        if not row["causal_type"] or row["causal_type"][1] not in told:
            continue
        kind, original = row["causal_type"]
        before = told[original] == "supported"
        if kind == "Preserving":
            kept.append(mine == before)
        elif before and label(original) == "supported":
            turned.append(not mine)
    return [
        Row("NLI4CT, numerical contradictions caught", share(numbers), "", 0.95, at_least=True),
        Row("NLI4CT, consistent after edits that keep the meaning", share(kept), ""),
        Row("NLI4CT, sensitive to edits that turn it (original right)", share(turned), ""),
    ]


def share(flags: Sequence[bool]) -> float:
    """The share that is true."""
    return sum(flags) / len(flags) if flags else 0.0


def main() -> None:
    """Measure and report."""
    if not (DATA / "claims").is_dir():
        print(f"nothing measured: {DATA / 'claims'} is not there")
        return
    judge = entailment_judge(False if "--lexical" in sys.argv else None)
    how = "features alone" if judge.reader is None else "features and language model"
    first, second = held_out()
    rows: list[Row] = []
    everything: list[tuple[float, bool]] = []
    begun, count = time.process_time(), 0
    for name, pairs, target in (
        ("SciFact, held-out third", triples(scifact(), first), 0.70),
        ("CliniFact, held-out third", triples(clinifact(), second), None),
        ("HealthVer", triples(healthver()), 0.70),
    ):
        found = judged(judge, pairs)  # type: ignore[arg-type]
        rows.append(
            Row(f"{name}, macro-F1", macro_f1(found.told, found.right), "", target, at_least=True)
        )
        rows.append(Row(f"{name}, error of calibration", calibration(found.sure)[0], ""))
        everything += found.sure
        count += len(pairs)
    rows.append(Row("pairs of free text a second", count / (time.process_time() - begun), ""))
    found = judged(judge, triples(nli4ct()))  # type: ignore[arg-type]
    plain = ["supported" if each == "supported" else "contradicted" for each in found.told]
    hits = sum(a == b == "supported" for a, b in zip(plain, found.right, strict=True))
    own = 2 * hits / (plain.count("supported") + found.right.count("supported"))
    ids = [row["id"] for row in lines(DATA / "claims" / "nli4ct_statements.jsonl")]
    labels = dict(zip(ids, found.right, strict=True))
    rows += [
        Row("NLI4CT, macro-F1", macro_f1(plain, found.right), "", 0.70, at_least=True),
        Row("NLI4CT, F1 of entailment", own, ""),
        *edits(dict(zip(ids, plain, strict=True)), labels.__getitem__),
    ]
    print("probability, share right, pairs of free text:")
    print("\n".join(calibration(everything)[1]))
    report(
        "claims",
        " ".join((__doc__ or "").split()),
        f"{how}; {count:,} pairs of free text, {len(ids):,} statements on registry sections",
        rows,
    )


if __name__ == "__main__":
    main()
