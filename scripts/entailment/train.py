"""Fit the judge's weights and write them: `python -m scripts.entailment.train DATA FOLDER`."""

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from probatum.checks.entailment.features import NAMES, features
from probatum.checks.entailment.passage import stems
from scripts.entailment import adapter
from scripts.entailment.pairs import Pair, pairs

# What is few and real weighs more than what is made.
WEIGHTS = {"scifact": 2.0, "clinifact": 1.0, "inference": 0.7, "kqa": 2.0, "made": 0.4}
TREES, RATE = 70, 0.12


def rarities(texts: list[str]) -> dict[str, Any]:
    """In how many texts each stem stands; run first, since the features ask for it."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(set(stems(text)))
    kept = {each: n for each, n in counts.most_common(9_000) if n >= 8}
    return {"texts": len(texts), "stems": dict(sorted(kept.items()))}


def boosted(values: Any, labels: Any, weights: Any) -> GradientBoostingClassifier:
    """The trees."""
    return GradientBoostingClassifier(
        n_estimators=TREES, learning_rate=RATE, max_depth=4, min_samples_leaf=25,
        subsample=0.6, max_features=0.4, random_state=0,
    ).fit(values, labels, sample_weight=weights)  # fmt: skip


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


def main() -> None:
    """Fit and write."""
    data, folder = Path(sys.argv[1]), Path(sys.argv[2])
    found = pairs(data)
    values = np.array([features(p.claim, p.text) for p in found], np.float32)
    labels, parts = (np.array([getattr(p, n) for p in found]) for n in ("label", "part"))
    weights = np.array([WEIGHTS[p.source] for p in found])
    real = np.array([p.source != "made" for p in found])
    scores = np.zeros((len(found), 3))
    fitted: list[GradientBoostingClassifier] = []
    for part in range(3):
        kept = parts != part
        fitted.append(boosted(values[kept], labels[kept], weights[kept]))
        scores[~kept] = fitted[-1]._raw_predict(values[~kept])
    sharp = sharpness(scores[real], labels[real], weights[real])
    final = fitted[2]
    written = {
        "names": list(NAMES),
        "start": final._raw_predict_init(values[:1])[0].tolist(),
        "rate": RATE,
        "trees": [[tree(final.estimators_[n][c]) for n in range(TREES)] for c in range(3)],
        "scale": [float(sharp[0])] * 3,
        "shift": [float(sharp[1]), float(sharp[2]), 0.0],
    }
    (folder / "trees.json").write_text(json.dumps(written, separators=(",", ":")))
    held = np.flatnonzero(real & (parts == 2))
    net = adapter.train([p for p, r, n in zip(found, real, parts, strict=True) if not r or n != 2])
    kept_pairs: list[Pair] = [found[n] for n in held]
    both = np.concatenate(
        [log_softmax(scores[held]), log_softmax(adapter.scores(net, kept_pairs))], axis=1
    )
    stack = LogisticRegression(C=0.3, max_iter=1000).fit(both, labels[held], weights[held])
    learned = adapter.learned(net)
    learned["stack.weight"] = stack.coef_.T.astype(np.float32)
    learned["stack.bias"] = stack.intercept_.astype(np.float32)
    np.savez_compressed(folder / "adapter.npz", **learned)


if __name__ == "__main__":
    main()
