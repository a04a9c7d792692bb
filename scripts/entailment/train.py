"""Fit the judge's weights and write them: `python -m scripts.entailment.train DATA FOLDER`.

With `--trees` only the trees and the stack are fitted, and the added weights of the language model
stay as they ship: some two minutes, without torch. With `--further` the trees stay and the added
weights that ship are trained further. With `--stack` both stay.
"""

import json
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from probatum.checks.entailment.features import NAMES, features
from probatum.checks.entailment.judge import is_long
from probatum.checks.entailment.minilm import packaged_reader, reader
from probatum.checks.entailment.passage import stems
from probatum.checks.entailment.trees import trees_of
from scripts.entailment.pairs import Pair, pairs

# What is few and real weighs more than what is made.
WEIGHTS = {"scifact": 2.0, "reason": 2.0, "clinifact": 1.0, "inference": 0.7, "kqa": 2.0}
TREES, RATE = 70, 0.12
# What people claimed: the stack is fitted to it alone, since nobody asks what patterns say.
CLAIMS = ("scifact", "clinifact", "kqa")
# The third that is kept from fitting, but for the stack and the sharpness.
HELD = 2
# No less likely than one in a million, as the judge takes it.
LEAST = np.log(1e-6)


@dataclass(frozen=True)
class Kind:
    """One of the two forests: for texts that are read whole, and for longer ones.

    A long text is measured whole when the judge is asked, so its forest learns from whole
    abstracts; from the chosen sentences alone it learns what does not hold of them.
    """

    name: str
    whole: bool
    made: float  # weight of the pairs that are made
    seeds: int  # forests with other chances, whose mean is less a matter of luck than one


KINDS = (Kind("near", whole=False, made=0.4, seeds=1), Kind("whole", whole=True, made=0.6, seeds=3))


def rarities(texts: list[str]) -> dict[str, Any]:
    """In how many texts each stem stands; run first, since the features ask for it."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(set(stems(text)))
    kept = {each: n for each, n in counts.most_common(9_000) if n >= 8}
    return {"texts": len(texts), "stems": dict(sorted(kept.items()))}


def boosted(values: Any, labels: Any, weights: Any, seeds: int) -> list[Any]:
    """The trees, a forest a seed."""
    return [
        GradientBoostingClassifier(
            n_estimators=TREES, learning_rate=RATE, max_depth=4, min_samples_leaf=25,
            subsample=0.6, max_features=0.4, random_state=seed,
        ).fit(values, labels, sample_weight=weights)
        for seed in range(seeds)
    ]  # fmt: skip


def predicted(forests: list[Any], values: Any) -> Any:
    """The mean log-odds of the forests."""
    return sum(forest._raw_predict(values) for forest in forests) / len(forests)


def language_model(data: Path, found: list[Pair]) -> dict[str, Any]:
    """The added weights: trained, trained further, or as they ship; in half precision."""
    held: dict[str, Any] | None = None
    if {"--trees", "--further", "--stack"} & set(sys.argv):
        every = packaged_reader().trained
        held = {name: values for name, values in every.items() if not name.startswith("stack.")}
    if held is None or "--further" in sys.argv:
        from scripts.entailment import adapter
        from scripts.entailment.varied import Rounds

        train = [pair for pair in found if pair.part != HELD]
        return adapter.learned(adapter.train(Rounds(data, train), held))
    return {name: values.astype(np.float16) for name, values in held.items()}


def stacked(written: dict[str, Any], learned: dict[str, Any], held: list[Pair]) -> dict[str, Any]:
    """The weights with which the trees' and the model's log-probabilities are joined.

    Both are asked as the judge asks them: the forest by the text's length, the model as bytes.
    """
    model = reader({name: values.astype(np.float32) for name, values in learned.items()})
    near, whole = trees_of(written, "near"), trees_of(written, "whole")
    rows = []
    for pair in held:
        values = features(pair.claim, pair.measured)
        trees = whole if is_long(values) else near
        rows.append([trees.scores(values), model.scores(pair.claim, pair.text)])
    both = np.array(rows)
    given = np.concatenate([log_softmax(both[:, 0]), log_softmax(both[:, 1])], axis=1)
    stack = LogisticRegression(C=0.3, max_iter=1000).fit(given, [pair.label for pair in held])
    return {
        "stack.weight": stack.coef_.T.astype(np.float32),
        "stack.bias": stack.intercept_.astype(np.float32),
    }


def sharpness(scores: Any, labels: Any, weights: Any) -> Any:
    """One factor and two shifts that make the scores' softmax a probability."""

    def loss(values: Any) -> float:
        given = scores * values[0] + np.array([values[1], values[2], 0])
        given = given - given.max(1, keepdims=True)
        right = given[np.arange(len(labels)), labels] - np.log(np.exp(given).sum(1))
        return float(-(weights * right).sum() / weights.sum() + 1e-3 * (values**2).sum())

    return minimize(loss, [1, 0, 0]).x


def tree(fitted: Any) -> list[list[float]]:
    """A tree as `checks.entailment.trees` reads it."""
    own = fitted.tree_
    return [
        [-1, round(float(own.value[n][0][0]), 5)]
        if own.children_left[n] < 0
        else [
            int(own.feature[n]),
            round(float(own.threshold[n]), 6),
            int(own.children_left[n]),
            int(own.children_right[n]),
        ]
        for n in range(own.node_count)
    ]


def log_softmax(scores: Any) -> Any:
    """Scores to log-probabilities, as the judge takes them."""
    scores = scores - scores.max(1, keepdims=True)
    return np.maximum(scores - np.log(np.exp(scores).sum(1, keepdims=True)), LEAST)


def grown(kind: Kind, found: list[Pair], labels: Any, parts: Any) -> dict[str, Any]:
    """A forest as it ships, sharpened by the scores of pairs whose work it has not seen."""
    values = np.array(
        [features(p.claim, p.measured if kind.whole else p.text) for p in found], np.float32
    )
    weights = np.array([{**WEIGHTS, "made": kind.made}[p.source] for p in found])
    real = np.array([p.source != "made" for p in found])
    used = np.array([not kind.whole or p.source != "reason" for p in found])
    scores = np.zeros((len(found), 3))
    final: list[Any] = []
    for part in range(3):
        kept = parts != part
        final = boosted(values[kept & used], labels[kept & used], weights[kept & used], kind.seeds)
        scores[~kept] = predicted(final, values[~kept])
    real &= used
    sharp = sharpness(scores[real], labels[real], weights[real])
    return {
        "start": final[0]._raw_predict_init(values[:1])[0].tolist(),
        "rate": RATE / kind.seeds,
        "trees": [
            [tree(forest.estimators_[n][c]) for forest in final for n in range(TREES)]
            for c in range(3)
        ],
        "scale": [float(sharp[0])] * 3,
        "shift": [float(sharp[1]), float(sharp[2]), 0.0],
    }


def main() -> None:
    """Fit and write."""
    data, folder = Path(sys.argv[1]), Path(sys.argv[2])
    found = pairs(data)
    trees = folder / "trees.json"
    if not {"--further", "--stack"} & set(sys.argv):
        labels, parts = (np.array([getattr(p, n) for p in found]) for n in ("label", "part"))
        written: dict[str, Any] = {"names": list(NAMES)}
        for kind in KINDS:
            written[kind.name] = grown(kind, found, labels, parts)
        trees.write_text(json.dumps(written, separators=(",", ":")))
    learned = language_model(data, found)
    held = [p for p in found if p.part == HELD and p.source in CLAIMS]
    np.savez_compressed(
        folder / "adapter.npz", **learned, **stacked(json.loads(trees.read_text()), learned, held)
    )


if __name__ == "__main__":
    main()
