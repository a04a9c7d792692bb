"""How often the direction of a comparison is told rightly, and how well result tables are read.

Evidence Inference 2.0 asks, for an article, an intervention, a comparator and an outcome, whether
the outcome was increased, decreased or no different. Given are the annotated sentences (all of one
prompt's, doubles left out), then the abstract only, then the full text. Given texts that tell
nothing count as wrong. RCT-ART holds result sentences with groups, outcomes, measures and their
relations. Its authors' joint score counts relations and spans together and looks only where spans
start (see `bench/_published_joint.py`); they publish 0.735 (mean of ten runs, 0.75 the best) for
BioBERT fine-tuned on 70 of 100 sentences of six domains, drawn without regard to the abstract, and
0.687 with three in ten of those. Strict is the F1 of relations whose two spans and label are right
to the character. The shipped weights were learned from these same data, so every figure is of
weights learned on other articles, ten parts in turn. `scripts/comparison` learns the shipped ones.
"""

import gzip
import json
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from unittest import mock

from bench._report import Row, report
from bench._result_tables import LABELS, Record, part, tables
from probatum.extract.comparison import judged
from probatum.extract.comparison.about import topic_of
from probatum.extract.comparison.groups import pair_of
from probatum.extract.comparison.signals import Signals, signals
from probatum.extract.comparison.statements import statements
from probatum.extract.prose.direction import CERTAIN
from scripts.comparison.direction import learn_direction

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "trial_results"
PROMPTS = DATA / "evidence_inference_v2" / "prompts.jsonl"
ARTICLES = DATA / "evidence_inference_v2" / "fulltext.jsonl.gz"
TABLES = DATA / "rct_art" / "sentences.jsonl"


def read(path: Path) -> list[Record]:
    """The records of a file of JSON lines."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def given(prompt: Record) -> str:
    """The annotated sentences of a prompt."""
    return "\n\n".join(dict.fromkeys(each["text"] for each in prompt["evidence"]))


def stands(prompt: Record, text: str) -> bool:
    """Whether an annotated sentence stands in a text; sixty characters tell one from another."""
    return any(each["text"][:60].strip() in text for each in prompt["evidence"])


def read_signals(prompt: Record) -> Signals:
    """What is seen in the annotated sentences."""
    topic = topic_of(prompt["outcome"])
    pair = pair_of(prompt["intervention"], prompt["comparator"], prompt["outcome"])
    return signals(statements(given(prompt), pair, topic), topic)


Told = tuple[str, float]


def direction(prompts: Sequence[Record], texts: Callable[[Record], str], parts: int) -> list[Told]:
    """The direction found for each prompt and its certainty, by weights of the other parts."""
    seen = [read_signals(prompt) for prompt in prompts]
    own = [part(prompt["pmcid"], parts) for prompt in prompts]
    found = [("none", 0.0)] * len(prompts)
    for held in range(parts):
        rest = [i for i, each in enumerate(own) if each != held]
        weights = learn_direction([seen[i] for i in rest], [prompts[i]["label"] for i in rest])
        with mock.patch.object(judged, "direction_weights", lambda w=weights: w):
            for i, each in enumerate(own):
                if each == held:
                    ask = [prompts[i][k] for k in ("intervention", "comparator", "outcome")]
                    verdict = judged.judge(texts(prompts[i]), *ask)
                    if verdict:
                        found[i] = verdict.direction, verdict.certainty
    return found


def accuracy(prompts: Sequence[Record], found: Sequence[Told], least: float = 0.0) -> float:
    """The share that is right, of those told with at least a certainty."""
    right = [p["label"] == f for p, (f, sure) in zip(prompts, found, strict=True) if sure >= least]
    return sum(right) / len(right)


def main() -> None:
    """Measure and report."""
    if not PROMPTS.is_file() or not TABLES.is_file():
        print(f"nothing measured: {DATA} is not there")
        return
    prompts = read(PROMPTS)
    articles = {each["pmcid"]: each for each in read(ARTICLES)}
    found = direction(prompts, given, 10)
    halves = direction(prompts, given, 2)

    def abstract(prompt: Record) -> str:
        return "\n".join(body for _, body in articles[prompt["pmcid"]]["abstract"])

    from_abstract = direction(prompts, abstract, 10)
    there = [i for i, p in enumerate(prompts) if stands(p, abstract(p))]
    answered = sum(told != "none" for told, _ in from_abstract) / len(prompts)
    full = direction(prompts, lambda prompt: str(articles[prompt["pmcid"]]["text"]), 10)
    started = time.process_time()
    for prompt in prompts:
        judged.judge(given(prompt), prompt["intervention"], prompt["comparator"], prompt["outcome"])
    spent = (time.process_time() - started) / len(prompts) * 1e3
    read_tables = tables(read(TABLES), 10)
    most = Counter(p["label"] for p in prompts).most_common(1)[0][1] / len(prompts)
    report(
        "direction",
        " ".join((__doc__ or "").split()),
        f"{len(prompts)} prompts of {len(articles)} articles, {len(read(TABLES))} sentences",
        [
            Row("direction, sentences given", accuracy(prompts, found), "", 0.85, at_least=True),
            Row("direction, sentences given, learned on half", accuracy(prompts, halves), ""),
            Row("direction, sentences given, certain", accuracy(prompts, found, CERTAIN), ""),
            Row("direction, abstract given", accuracy(prompts, from_abstract), ""),
            Row(
                "direction, abstract given that holds an annotated sentence",
                accuracy([prompts[i] for i in there], [from_abstract[i] for i in there]),
                "",
            ),
            Row("abstracts that hold an annotated sentence", len(there) / len(prompts), ""),
            Row("abstracts of which a direction is told", answered, ""),
            Row("direction, full text given", accuracy(prompts, full), ""),
            Row("baseline: the commonest label", most, ""),
            Row("time for a prompt's sentences", spent, "ms"),
            Row(
                "tables, joint score as published",
                read_tables["published"],
                "",
                0.80,
                at_least=True,
            ),
            Row("tables, relations with their spans, strict F1", read_tables["joint"], ""),
            Row("tables, relations by starts of spans, F1", read_tables["starts"], ""),
            Row("tables, relations given the spans, F1", read_tables["relations"], ""),
            Row("tables, spans F1", read_tables["spans"], ""),
            *(Row(f"tables, spans F1, {name}", read_tables[name], "") for name in LABELS),
        ],
    )


if __name__ == "__main__":
    main()
