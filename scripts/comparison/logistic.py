"""Logistic regression over named values, for the direction of comparisons and for links."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix


def logistic(
    rows: Sequence[Mapping[str, float]], targets: Sequence[bool], penalty: float, least: int
) -> dict[str, float]:
    """Weights of values seen in at least `least` rows.

    `penalty` is half the inverse variance of a normal prior on each weight.
    """
    counts = Counter(name for row in rows for name, value in row.items() if value)
    names = sorted(name for name, count in counts.items() if count >= least)
    column = {name: place for place, name in enumerate(names)}
    cells = [(r, column[n], v) for r, row in enumerate(rows) for n, v in row.items() if n in column]
    matrix = csr_matrix(
        ([c[2] for c in cells], ([c[0] for c in cells], [c[1] for c in cells])),
        shape=(len(rows), len(names)),
    )
    signs = np.where(np.array(targets), 1.0, -1.0)

    def loss(weights: Any) -> tuple[float, Any]:
        margin = signs * (matrix @ weights)
        slope = -signs * 0.5 * (1 - np.tanh(margin / 2))
        value = np.logaddexp(0, -margin).sum() + penalty * (weights @ weights) / 2
        return value, matrix.T @ slope + penalty * weights

    best = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x
    return {name: round(float(w), 3) for name, w in zip(names, best, strict=True) if abs(w) >= 0.01}
