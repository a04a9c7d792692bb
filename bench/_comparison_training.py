"""Learning the weights of `probatum.extract.comparison` from annotated trials.

Run as `python -m bench.direction --train`; needs numpy and scipy, which the program itself does
not. Everything is deterministic: no sampling, sorted names, one optimiser from zero.
"""

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from probatum.extract.comparison.linking import Layout, LinkWeights, pair_seen
from probatum.extract.comparison.segments import INTERVENTION, OUTCOME, Segment, candidates
from probatum.extract.comparison.sentence_tokens import Tokens
from probatum.extract.comparison.sights import seen
from probatum.extract.comparison.signals import Signals
from probatum.extract.comparison.tagging import TagWeights
from probatum.extract.comparison.weights import Weights

DATA = Path(__file__).resolve().parents[1] / "src/probatum/extract/comparison/data"
# Penalties (half the inverse variance of a normal prior), chosen on one half of the articles.
DIRECTION_PENALTY = 8.0
TAG_PENALTY = 0.3
LINK_PENALTY = 1.0
Rows = Sequence[Mapping[str, float]]


def logistic(rows: Rows, targets: Sequence[bool], penalty: float, least: int) -> dict[str, float]:
    """Weights of a logistic regression over named values seen in at least so many rows."""
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


def learn_direction(read: Sequence[Signals], labels: Sequence[str]) -> Weights:
    """The weights of whether and which way."""
    apart = [label != "no_difference" for label in labels]
    differ = logistic([{**s.differ, "bias": 1.0} for s in read], apart, DIRECTION_PENALTY, 3)
    bias = differ.pop("bias", 0.0)
    told = [(s.way, label) for s, label in zip(read, labels, strict=True) if label[0] != "n"]
    way = logistic(
        [s for s, _ in told], [label == "increased" for _, label in told], DIRECTION_PENALTY, 3
    )
    return Weights(differ, way, bias)


def learn_links(sentences: Iterable[tuple[Tokens, list[Segment], set[Any]]]) -> LinkWeights:
    """Weights of links out of sentences with their stretches and linked (head, measure)."""
    rows: dict[int, list[dict[str, float]]] = {INTERVENTION: [], OUTCOME: []}
    targets: dict[int, list[bool]] = {INTERVENTION: [], OUTCOME: []}
    for tokens, segments, links in sentences:
        layout = Layout(tokens, segments)
        for measure in layout.measures:
            for head in [*layout.groups, *layout.outcomes]:
                rows[head.label].append(dict.fromkeys(pair_seen(layout, measure, head), 1.0))
                targets[head.label].append((head, measure) in links)
    groups, outcomes = (
        logistic(rows[label], targets[label], LINK_PENALTY, 2) for label in (INTERVENTION, OUTCOME)
    )
    return LinkWeights(groups, outcomes)


class _Lattice:
    """The candidate stretches of one sentence, as arrays by the token where they end."""

    def __init__(self, tokens: Tokens, gold: set[Segment], base: int) -> None:
        held = candidates(tokens)
        held += sorted(gold - set(held))
        self.segments = sorted(held, key=lambda s: (s.last, s.first, s.label))
        self.gold = gold
        self.size = len(tokens.words)
        self.seen = [seen(tokens, s) for s in self.segments]
        self.base, self.stop = base, base + len(self.segments)
        ends: list[list[tuple[int, int, int]]] = [[] for _ in range(self.size + 1)]
        for place, s in enumerate(self.segments):
            ends[s.last].append((place, s.first, s.label))
        self.ends = [tuple(np.array(c) for c in zip(*e, strict=True)) if e else None for e in ends]


def learn_tags(sentences: Sequence[tuple[Tokens, set[Segment]]], rounds: int = 60) -> TagWeights:
    """Weights of a semi-Markov conditional model of labelled sentences."""
    lattices: list[_Lattice] = []
    base = 0
    for tokens, gold in sentences:
        lattices.append(_Lattice(tokens, gold, base))
        base = lattices[-1].stop
    every = Counter(n for la in lattices for names in la.seen for n in set(names))
    right = Counter(
        n
        for la in lattices
        for s, names in zip(la.segments, la.seen, strict=True)
        if s in la.gold
        for n in set(names)
    )
    names = sorted(n for n in every if right[n] >= 2 or every[n] >= 12)
    column = {name: place for place, name in enumerate(names)}
    cells = [
        (la.base + r, column[n])
        for la in lattices
        for r, own in enumerate(la.seen)
        for n in own
        if n in column
    ]
    matrix = csr_matrix(
        (np.ones(len(cells)), ([c[0] for c in cells], [c[1] for c in cells])),
        shape=(base, len(names)),
    )
    turned = matrix.T.tocsr()
    gold = np.array([float(s in la.gold) for la in lattices for s in la.segments])
    steps = np.zeros((4, 4))
    for la in lattices:
        last = 0
        for s in sorted(la.gold):
            steps[last, s.label] += 1
            last = s.label

    def loss(weights: Any) -> tuple[float, Any]:
        scores = matrix @ weights[: len(names)]
        follows = weights[len(names) :].reshape(4, 4)
        moves, masses = np.exp(follows), np.exp(np.clip(scores, -60, 60))
        value = -(scores @ gold) - (follows * steps).sum()
        chance, moved = np.zeros(base), np.zeros((4, 4))
        for la in lattices:
            value += _expect(la, masses[la.base : la.stop], moves, chance, moved)
        value += TAG_PENALTY * (weights @ weights) / 2
        slope = np.concatenate([turned @ (chance - gold), (moved - steps).ravel()])
        return value, slope + TAG_PENALTY * weights

    options = {"maxiter": rounds}
    start = np.zeros(len(names) + 16)
    best = minimize(loss, start, jac=True, method="L-BFGS-B", options=options).x
    kept = {
        name: round(float(w), 2)
        for name, w in zip(names, best[: len(names)], strict=True)
        if abs(w) >= 0.02
    }
    follows = [[round(float(v), 3) for v in row] for row in best[len(names) :].reshape(4, 4)]
    return TagWeights(kept, follows)


def _expect(la: _Lattice, mass: Any, moves: Any, chance: Any, moved: Any) -> float:
    """Forward and backward over one lattice; adds to the expectations, gives the log of the sum."""
    ahead, reach = np.zeros((la.size + 1, 4)), np.zeros((la.size + 1, 4))
    ahead[0, 0] = 1
    reach[0] = ahead[0] @ moves
    for at in range(1, la.size + 1):
        ahead[at] = ahead[at - 1]
        ended = la.ends[at]
        if ended is not None:
            place, first, label = ended
            ahead[at] += np.bincount(label, reach[first, label] * mass[place], 4)
        reach[at] = ahead[at] @ moves
    total = ahead[la.size].sum()
    back, opened = np.zeros((la.size + 1, 4)), np.zeros((la.size + 1, 4))
    back[la.size] = 1
    for at in range(la.size, 0, -1):
        if at < la.size:
            back[at] = back[at + 1] + moves @ opened[at]
        ended = la.ends[at]
        if ended is not None:
            place, first, label = ended
            share = mass[place] * back[at, label]
            np.add.at(opened, (first, label), share)
            chance[la.base + place] = reach[first, label] * share / total
    moved += (ahead[:, :, None] * opened[:, None, :]).sum(0) * moves / total
    return float(np.log(total))


def lexicon(prompts: Sequence[Mapping[str, Any]]) -> str:
    """How much likelier words are in outcomes and in treatments than in reports, by lines."""
    told: list[Counter[str]] = [Counter(), Counter(), Counter()]
    for prompt in prompts:
        told[0].update(_words(prompt["outcome"]))
        told[1].update(_words(prompt["intervention"]) | _words(prompt["comparator"]))
        for evidence in prompt["evidence"][:1]:
            told[2].update(_words(evidence["text"]))
    sums = [sum(counts.values()) for counts in told]
    lines = []
    for word in sorted(set().union(*told)):
        scores = []
        for counts, total in zip(told[:2], sums[:2], strict=True):
            odds = ((counts[word] + 0.5) / (total + 500)) / (
                (told[2][word] + 0.5) / (sums[2] + 500)
            )
            common = counts[word] + told[2][word] >= 2
            scores.append(max(-2, min(2, round(math.log(odds)))) if common else 0)
        if any(scores):
            lines.append(f"{word}\t{scores[0]}\t{scores[1]}")
    return "\n".join(lines) + "\n"


def _words(text: str) -> set[str]:
    found = re.findall(r"[^\W_]+(?:[-'][^\W_]+)*", text)
    return {re.sub(r"\d", "0", word.lower()) for word in found}


def write(name: str, held: object) -> None:
    """Put weights into the package's data, one a line so that a change can be read."""
    path = DATA / name
    if isinstance(held, str):
        path.write_text(held, "utf-8")
    else:
        path.write_text(json.dumps(held, indent=0, sort_keys=True, ensure_ascii=False), "utf-8")
