"""Fit the weights of the likeness of questions: `python -m scripts.related.fit`.

Fitted to the training part of RQE (CC-BY-4.0: Ben Abacha and Demner-Fushman, AMIA 2016) and to
threes of our own wording (triples.txt), whose third is on the same subject and asks for something
else. MQP's licence is not stated: of it only the half with an even number gives one number, where
to put the middle; bench/related.py measures on the other half. Needs the extra `dense`; takes a few
minutes.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import yaml

from probatum.library.dense_model import embedder
from probatum.questions.likeness import measures

HERE = Path(__file__).parent
DATA = HERE.parents[2] / "shared" / "data" / "questions"
OUT = HERE.parents[1] / "src" / "probatum" / "questions" / "data" / "likeness.yaml"
# What all of our own pairs together count beside RQE's, which are many and easy.
OWN_SHARE = 0.15
# The penalty on large weights, of 1,000 pairs.
RIDGE = 1.0
WORDS = ("runs", "same_kind", "other_kind", "same_opening", "numbers")
MEANING = (*WORDS[:3], "nearness")

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


def main() -> None:
    """Fit both sets of weights and write them."""
    easy, hard, half = list(rqe()), list(own()), list(mqp_half())
    shares = [1000 / len(easy)] * len(easy) + [1000 * OWN_SHARE / len(hard)] * len(hard)
    rows, middle = measured([*easy, *hard]), measured(half)
    labels = [pair[2] for pair in (*easy, *hard)]
    made = {}
    for name, names in (("words", WORDS), ("meaning", MEANING)):
        weights = centred(fit(rows, labels, shares, names), middle, [pair[2] for pair in half])
        made[name] = {key: round(value, 3) for key, value in weights.items()}
    head = "# Weights of the likeness of questions, written by scripts/related/fit.py.\n"
    OUT.write_text(head + yaml.safe_dump(made, sort_keys=False), "utf-8")
    print(yaml.safe_dump(made, sort_keys=False))


if __name__ == "__main__":
    main()
