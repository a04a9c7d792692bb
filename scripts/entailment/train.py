"""Fit the judge's weights and write them: `python -m scripts.entailment.train DATA FOLDER`.

With `--trees` only the trees and the stack are fitted, and the added weights of the language model
stay as they ship: some two minutes, without torch.
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
from probatum.checks.entailment.passage import stems
from scripts.entailment.pairs import Pair, pairs

# What is few and real weighs more than what is made.
WEIGHTS = {"scifact": 2.0, "reason": 2.0, "clinifact": 1.0, "inference": 0.7, "kqa": 2.0}
TREES, RATE = 70, 0.12


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


def language_model(train: list[Pair], held: list[Pair]) -> tuple[Any, Any]:
    """The added weights and their log-odds of the pairs held: trained, or as they ship."""
    if "--trees" in sys.argv:
        from probatum.checks.entailment.minilm import packaged_reader

        reader = packaged_reader()
        learned = {n: v for n, v in reader.trained.items() if not n.startswith("stack.")}
        learned = {name: value.astype(np.float16) for name, value in learned.items()}
        return learned, np.array([reader.scores(p.claim, p.text) for p in held])
    from scripts.entailment import adapter

    net = adapter.train(train)
    return adapter.learned(net), adapter.scores(net, held)


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
    """Scores to log-probabilities."""
    scores = scores - scores.max(1, keepdims=True)
    return scores - np.log(np.exp(scores).sum(1, keepdims=True))


def grown(kind: Kind, found: list[Pair], labels: Any, parts: Any) -> tuple[dict[str, Any], Any]:
    """A forest as it ships, and the scores of each pair by one that has not seen its work."""
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
    shipped = {
        "start": final[0]._raw_predict_init(values[:1])[0].tolist(),
        "rate": RATE / kind.seeds,
        "trees": [
            [tree(forest.estimators_[n][c]) for forest in final for n in range(TREES)]
            for c in range(3)
        ],
        "scale": [float(sharp[0])] * 3,
        "shift": [float(sharp[1]), float(sharp[2]), 0.0],
    }
    return shipped, scores


def main() -> None:
    """Fit and write."""
    data, folder = Path(sys.argv[1]), Path(sys.argv[2])
    found = pairs(data)
    labels, parts = (np.array([getattr(p, n) for p in found]) for n in ("label", "part"))
    written: dict[str, Any] = {"names": list(NAMES)}
    for kind in KINDS:
        written[kind.name], scores = grown(kind, found, labels, parts)
    (folder / "trees.json").write_text(json.dumps(written, separators=(",", ":")))
    real = np.array([p.source not in ("made", "reason") for p in found])
    held = np.flatnonzero(real & (parts == 2))
    train = [p for p, n in zip(found, parts, strict=True) if p.source == "made" or n != 2]
    learned, read = language_model(train, [found[n] for n in held])
    both = np.concatenate([log_softmax(scores[held]), log_softmax(read)], axis=1)
    weights = np.array([WEIGHTS[found[n].source] for n in held])
    stack = LogisticRegression(C=0.3, max_iter=1000).fit(both, labels[held], weights)
    learned["stack.weight"] = stack.coef_.T.astype(np.float32)
    learned["stack.bias"] = stack.intercept_.astype(np.float32)
    np.savez_compressed(folder / "adapter.npz", **learned)


if __name__ == "__main__":
    main()
