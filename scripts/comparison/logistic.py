"""Logistic regression over named values, with two classes or with more."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix


def _matrix(rows: Sequence[Mapping[str, float]], least: int) -> tuple[list[str], Any]:
    """The values seen in at least `least` rows, by name, and all rows of them."""
    counts = Counter(name for row in rows for name, value in row.items() if value)
    names = sorted(name for name, count in counts.items() if count >= least)
    column = {name: place for place, name in enumerate(names)}
    cells = [(r, column[n], v) for r, row in enumerate(rows) for n, v in row.items() if n in column]
    shape = (len(rows), len(names))
    return names, csr_matrix(
        ([c[2] for c in cells], ([c[0] for c in cells], [c[1] for c in cells])), shape=shape
    )


def multinomial(
    rows: Sequence[Mapping[str, float]], targets: Sequence[int], penalty: float, least: int
) -> dict[str, tuple[float, ...]]:
    """Weights for each class of values seen in at least `least` rows; `penalty` as in logistic."""
    names, matrix = _matrix(rows, least)
    right = np.eye(max(targets) + 1)[np.array(targets)]
    shape = (len(names), right.shape[1])

    def loss(flat: Any) -> tuple[float, Any]:
        scores = matrix @ flat.reshape(shape)
        scores -= scores.max(axis=1, keepdims=True)
        chances = np.exp(scores)
        chances /= chances.sum(axis=1, keepdims=True)
        value = -np.log((chances * right).sum(axis=1) + 1e-12).sum()
        return value + penalty * (flat @ flat) / 2, (
            (matrix.T @ (chances - right)).ravel() + penalty * flat
        )

    best = minimize(loss, np.zeros(shape).ravel(), jac=True, method="L-BFGS-B").x.reshape(shape)
    return {
        name: tuple(round(float(w), 3) for w in row)
        for name, row in zip(names, best, strict=True)
        if abs(row).max() >= 0.01
    }


def logistic(
    rows: Sequence[Mapping[str, float]], targets: Sequence[bool], penalty: float, least: int
) -> dict[str, float]:
    """Weights of values seen in at least `least` rows.

    `penalty` is half the inverse variance of a normal prior on each weight.
    """
    names, matrix = _matrix(rows, least)
    signs = np.where(np.array(targets), 1.0, -1.0)

    def loss(weights: Any) -> tuple[float, Any]:
        margin = signs * (matrix @ weights)
        slope = -signs * 0.5 * (1 - np.tanh(margin / 2))
        value = np.logaddexp(0, -margin).sum() + penalty * (weights @ weights) / 2
        return value, matrix.T @ slope + penalty * weights

    best = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x
    return {name: round(float(w), 3) for name, w in zip(names, best, strict=True) if abs(w) >= 0.01}
