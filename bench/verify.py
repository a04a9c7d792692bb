"""How often `probatum verify` agrees with people, end to end: checks and judge of meaning together.

SciFact (claim and cited abstract) and CliniFact (claim from a registry and abstract): only the
third of the works, by hash, to whose claims nothing was fitted. HealthVer (claim and sentences of a
paper) and NLI4CT (statement and a section of one or two trial records) are transfer: nothing was
fitted to them, but the rules for registry entries were written with half of NLI4CT's trials at
hand. Macro-F1 is the mean over supported, contradicted and not enough information; NLI4CT
has no third label, so what is not called supported counts as a contradiction there, and "caught" is
a false statement not called supported. The rows "by the checks alone" are without the judge, as
`verify --no-entailment` gives them. The error of calibration is the mean distance of confidence and
share right over ten bins, each set with equal weight; with --write the curve is drawn. With --dense
the language model of the extra `dense` takes part.
"""

import sys
import time
from collections import defaultdict
from collections.abc import Sequence

from bench._pairs import (
    Pair,
    calibration,
    clinifact,
    healthver,
    held_out,
    macro_f1,
    nli4ct,
    scifact,
)
from bench._reliability import CURVE, drawing
from bench._report import Row, report
from bench.sentences import DATA
from probatum.checks.entailment.judge import EntailmentJudge, entailment_judge
from probatum.checks.evidence.verdict import EvidenceVerdict
from probatum.checks.evidence.verify import verify
from probatum.library.library import Library
from probatum.packs.loader import load_pack, shipped_packs
from probatum.terms.vocabulary import Vocabulary

TWO_LABELS = "NLI4CT"


def sets() -> dict[str, list[Pair]]:
    """The pairs that nothing was fitted to, by the name of their set."""
    first, second = held_out()
    cited, registered = list(scifact()), list(clinifact())
    return {
        "SciFact": [cited[at] for at in first],
        "CliniFact": [registered[at] for at in second],
        "HealthVer": list(healthver()),
        TWO_LABELS: list(nli4ct()),
    }


def verdicts(
    pairs: Sequence[Pair], words: Vocabulary, judge: EntailmentJudge | None
) -> list[EvidenceVerdict]:
    """What the command would say of each."""
    return [verify(p.claim, p.text, vocabulary=words, entailment=judge) for p in pairs]


def agreed(name: str, pair: Pair, verdict: EvidenceVerdict) -> bool:
    """Whether people say the same."""
    if name == TWO_LABELS:
        return (verdict.verdict == "supported") == (pair.label == "supported")
    return verdict.verdict == pair.label


def told_of(name: str, found: Sequence[EvidenceVerdict]) -> list[str]:
    """The labels, two where people had only two to choose from."""
    if name != TWO_LABELS:
        return [verdict.verdict for verdict in found]
    return ["supported" if v.verdict == "supported" else "contradicted" for v in found]


def own_f1(told: Sequence[str], right: Sequence[str], label: str) -> float:
    """F1 of one label."""
    hits = sum(a == b == label for a, b in zip(told, right, strict=True))
    return 2 * hits / ((told.count(label) + right.count(label)) or 1)


def caught(pairs: Sequence[Pair], told: Sequence[str]) -> list[Row]:
    """NLI4CT by the kind of edit."""
    held: dict[str, list[bool]] = defaultdict(list)
    for pair, label in zip(pairs, told, strict=True):
        true = pair.label == "supported"
        kind = f"{pair.kind}, true ones kept" if true else f"{pair.kind}, false ones caught"
        held[kind].append((label == "supported") == true)
    return [
        Row(
            f"NLI4CT, {kind} ({len(flags)})",
            sum(flags) / len(flags),
            "",
            0.95 if kind.startswith("Numerical_contradiction") else None,
            at_least=True,
        )
        for kind, flags in sorted(held.items())
    ]


def main() -> None:
    """Measure and report."""
    if not (DATA / "scifact").is_dir():
        print(f"nothing measured: {DATA} is not there")
        return
    words = Library.of([load_pack(folder) for folder in shipped_packs()]).vocabulary
    dense = "--dense" in sys.argv
    judge = entailment_judge(dense)
    rows: list[Row] = []
    sure: dict[str, list[tuple[float, bool]]] = {}
    count, seconds = 0, 0.0
    for name, pairs in sets().items():
        begun = time.process_time()
        found = verdicts(pairs, words, judge)
        seconds += time.process_time() - begun
        count += len(pairs)
        told, right = told_of(name, found), [pair.label for pair in pairs]
        sure[name] = [(v.confidence, agreed(name, p, v)) for p, v in zip(pairs, found, strict=True)]
        target = None if name in ("CliniFact", TWO_LABELS) else 0.70
        rows.append(
            Row(
                f"{name}, macro-F1 ({len(pairs)} pairs)",
                macro_f1(told, right), "", target, at_least=True,
            )
        )  # fmt: skip
        plain = told_of(name, verdicts(pairs, words, None))
        rows.append(Row(f"{name}, macro-F1 by the checks alone", macro_f1(plain, right), ""))
        rows.append(Row(f"{name}, error of calibration", calibration(sure[name])[0], ""))
        if name == TWO_LABELS:
            own = own_f1(told, right, "supported")
            rows.append(Row("NLI4CT, F1 of entailment", own, "", 0.70, at_least=True))
            rows += caught(pairs, told)
    how = "features and language model" if judge.reader else "features alone"
    rows.append(Row("pairs a second, one core", count / seconds, "", 250, at_least=True))
    part = "verify --dense" if dense else "verify"
    report(part, " ".join((__doc__ or "").split()), f"{count:,} pairs, {how}", rows)
    if "--write" in sys.argv and not dense:
        CURVE.write_text(drawing(sure), "utf-8")
    for name, each in sure.items():
        print(name, "confidence, share right, number:", "; ".join(calibration(each)[1]))


if __name__ == "__main__":
    main()
