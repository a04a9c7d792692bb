"""Fit the weights of the likeness of questions: `python -m scripts.related.fit`.

Fitted to the training part of RQE (CC-BY-4.0: Ben Abacha and Demner-Fushman, AMIA 2016) and to
threes of our own wording (triples.txt), whose third is on the same subject and asks for something
else; the weights of words alone to the half of MQP with an even number as well. MQP's licence is
not stated: nothing of it is kept but these few numbers; bench/related.py measures on the
other half. Needs the extra `dense`; takes a few minutes. `--words` fits the weights
of words alone, without that extra, and leaves the others as they are.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import yaml

from probatum.questions.likeness import measures

HERE = Path(__file__).parent
DATA = HERE.parents[2] / "shared" / "data" / "questions"
OUT = HERE.parents[1] / "src" / "probatum" / "questions" / "data" / "likeness.yaml"
# What all of our own pairs together count beside RQE's, which are many and easy.
OWN_SHARE = 0.15
# The penalty on large weights, of 1,000 pairs.
RIDGE = 1.0
# The same of the half of MQP, for words alone, with all pairs of the others beside it.
HALF, BESIDE = 1000.0, 0.15
WORDS = ("runs", "least_said", "most_said", "little_words", "same_kind", "other_kind")
MEANING = ("runs", "same_kind", "other_kind", "nearness")

Pair = tuple[str, str, bool]


def rqe() -> Iterator[Pair]:
    """The pairs of RQE's training part."""
    for line in (DATA / "rqe.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["original_split"] == "train":
            yield row["chq"], row["faq"], row["entails"]


def own() -> Iterator[Pair]:
    """The pairs of our own threes."""
    for line in (HERE / "triples.txt").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            first, same, other = line.split(" | ")
            yield first, same, True
            yield first, other, False


def mqp_half() -> Iterator[Pair]:
    """MQP's pairs whose first question has an even number."""
    rows = [json.loads(line) for line in (DATA / "mqp.jsonl").read_text("utf-8").splitlines()]
    numbers = {q: at for at, q in enumerate(dict.fromkeys(row["question_1"] for row in rows))}
    for row in rows:
        if numbers[row["question_1"]] % 2 == 0:
            yield row["question_1"], row["question_2"], row["similar"]


def measured(pairs: Sequence[Pair]) -> list[dict[str, float]]:
    """The measures of every pair, nearness among them."""
    from probatum.library.dense_model import embedder

    model = embedder()
    texts = sorted({text for pair in pairs for text in pair[:2]})
    vectors = dict(zip(texts, model.passages([t[:4000] for t in texts]), strict=True))
    found = []
    for one, other, _ in pairs:
        nearness = float(vectors[one] @ vectors[other])
        found.append({**measures(one, other), "nearness": nearness})
    return found


def fit(
    rows: Sequence[dict[str, float]],
    labels: Sequence[bool],
    shares: Sequence[float],
    names: Sequence[str],
) -> dict[str, float]:
    """Logistic regression with a penalty on all weights but the start, by Newton's method."""
    values = np.array([[1.0, *(row[name] for name in names)] for row in rows])
    right, share = np.array(labels, float), np.array(shares)
    weights, penalty = np.zeros(values.shape[1]), np.full(values.shape[1], RIDGE)
    penalty[0] = 0.0
    for _ in range(60):
        chance = 1 / (1 + np.exp(-values @ weights))
        slope = values.T @ (share * (chance - right)) + penalty * weights
        bend = (values.T * (share * chance * (1 - chance))) @ values + np.diag(penalty)
        weights = weights - np.linalg.solve(bend, slope)
    return dict(zip(("start", *names), map(float, weights), strict=True))


def centred(
    weights: dict[str, float], rows: Sequence[dict[str, float]], labels: Sequence[bool]
) -> dict[str, float]:
    """The weights with the start at which most of these pairs are told right at 0.5."""
    names = [name for name in weights if name != "start"]
    totals = [sum(weights[n] * row[n] for n in names) for row in rows]
    places = sorted(totals)[:: max(1, len(totals) // 200)]

    def right(place: float) -> int:
        return sum((total > place) == label for total, label in zip(totals, labels, strict=True))

    best = max(places, key=right)
    return {**weights, "start": -best}


def words_alone(
    easy: Sequence[Pair], hard: Sequence[Pair], half: Sequence[Pair]
) -> dict[str, float]:
    """The weights of the measures that need no model."""
    pairs = [*easy, *hard, *half]
    shares = (
        [HALF * BESIDE / len(easy)] * len(easy)
        + [HALF * BESIDE / len(hard)] * len(hard)
        + [HALF / len(half)] * len(half)
    )
    rows = [measures(one, other) for one, other, _ in pairs]
    return fit(rows, [pair[2] for pair in pairs], shares, WORDS)


def with_meaning(
    easy: Sequence[Pair], hard: Sequence[Pair], half: Sequence[Pair]
) -> dict[str, float]:
    """The weights of the measures with the language model's nearness."""
    shares = [1000 / len(easy)] * len(easy) + [1000 * OWN_SHARE / len(hard)] * len(hard)
    rows, middle = measured([*easy, *hard]), measured(half)
    labels = [pair[2] for pair in (*easy, *hard)]
    return centred(fit(rows, labels, shares, MEANING), middle, [pair[2] for pair in half])


def main() -> None:
    """Fit the sets of weights and write them."""
    easy, hard, half = list(rqe()), list(own()), list(mqp_half())
    made = yaml.safe_load(OUT.read_text("utf-8"))
    fitted = {"words": words_alone(easy, hard, half)}
    if "--words" not in sys.argv:
        fitted["meaning"] = with_meaning(easy, hard, half)
    for name, weights in fitted.items():
        made[name] = {key: round(value, 3) for key, value in weights.items()}
    head = "# Weights of the likeness of questions, written by scripts/related/fit.py.\n"
    OUT.write_text(head + yaml.safe_dump(made, sort_keys=False), "utf-8")
    print(yaml.safe_dump(made, sort_keys=False))


if __name__ == "__main__":
    main()
