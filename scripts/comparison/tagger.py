"""The weights of the tagger: a semi-Markov conditional model (Sarawagi & Cohen 2004).

The chance of a whole division of a sentence is learned, not that of single stretches, so what is
seen of one stretch is weighed against every other division of the same words. All sentences are
gone through side by side, token by token, which is what makes it fast.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from probatum.extract.comparison.segments import Segment, candidates
from probatum.extract.comparison.sentence_tokens import Tokens
from probatum.extract.comparison.sights import seen, seen_between
from probatum.extract.comparison.tagging import STATES, WIDEST, TagWeights

# Half the inverse variance of a normal prior on each weight; chosen on one half of the abstracts.
PENALTY = 2.0
ROUNDS = 80


@dataclass(frozen=True)
class Lattice:
    """The candidate stretches of one sentence with what is seen of them and between them.

    `between[start][gap]` is seen of the last `gap` tokens before a start.
    """

    tokens: Tokens
    gold: frozenset[Segment]
    segments: tuple[Segment, ...]
    seen: tuple[tuple[str, ...], ...]
    between: tuple[tuple[tuple[str, ...], ...], ...]


def lattice(tokens: Tokens, gold: Iterable[Segment]) -> Lattice:
    """A sentence made ready; annotated stretches that the rules leave out are put in."""
    right = frozenset(gold)
    held = candidates(tokens)
    segments = tuple(held + sorted(right - set(held)))
    return Lattice(
        tokens,
        right,
        segments,
        tuple(tuple(seen(tokens, s)) for s in segments),
        tuple(
            tuple(tuple(seen_between(tokens, at - gap, at)) for gap in range(min(at, WIDEST) + 1))
            for at in range(len(tokens.words))
        ),
    )


def learn_tags(
    lattices: Sequence[Lattice], penalty: float = PENALTY, rounds: int = ROUNDS
) -> TagWeights:
    """Weights of what is seen of stretches and of what stands between two neighbours."""
    model = _Model(lattices)

    def loss(weights: Any) -> tuple[float, Any]:
        value, slope = model.loss(weights)
        return value + penalty * (weights @ weights) / 2, slope + penalty * weights

    start = np.zeros(model.size)
    best = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": rounds}).x
    return model.named(best)


def _columns(names: Iterable[str]) -> dict[str, int]:
    return {name: place for place, name in enumerate(sorted(names))}


def _matrix(rows: Sequence[Sequence[str]], column: dict[str, int]) -> csr_matrix:
    cells = [(r, column[n]) for r, own in enumerate(rows) for n in own if n in column]
    return csr_matrix(
        (np.ones(len(cells)), ([c[0] for c in cells], [c[1] for c in cells])),
        shape=(len(rows), len(column)),
    )


class _Model:
    """All lattices as arrays: axis 0 is the token, axis 1 the sentence."""

    def __init__(self, lattices: Sequence[Lattice]) -> None:
        self.long = max(len(la.tokens.words) for la in lattices)
        self.wide = len(lattices)
        flat = [(place, s, n) for place, la in enumerate(lattices)
                for s, n in zip(la.segments, la.seen, strict=True)]  # fmt: skip
        flat.sort(key=lambda each: (each[1].last, each[0]))
        self.sentence = np.array([place for place, _, _ in flat])
        self.first = np.array([s.first for _, s, _ in flat])
        self.label = np.array([s.label for _, s, _ in flat])
        self.gold = np.array([float(s in lattices[place].gold) for place, s, _ in flat])
        last = np.array([s.last for _, s, _ in flat])
        self.ends = [slice(*np.searchsorted(last, (at, at + 1))) for at in range(self.long + 1)]
        every = Counter(n for _, _, names in flat for n in set(names))
        right = Counter(
            n for place, s, names in flat if s in lattices[place].gold for n in set(names)
        )
        self.names = _columns(n for n in every if right[n] >= 2 or every[n] >= 12)
        self.matrix = _matrix([names for _, _, names in flat], self.names)
        self.turned = self.matrix.T.tocsr()
        self._read_between(lattices)

    def _read_between(self, lattices: Sequence[Lattice]) -> None:
        """What stands between, by start, sentence and gap; and how often labels follow."""
        rows: list[tuple[str, ...]] = []
        self.row = np.full((self.long, self.wide, WIDEST + 1), -1)
        for place, la in enumerate(lattices):
            for start, gaps in enumerate(la.between):
                for gap, names in enumerate(gaps):
                    self.row[start, place, gap] = len(rows)
                    rows.append(names)
        self.steps = np.zeros((STATES, STATES))
        near: Counter[str] = Counter()
        held: list[tuple[int, int, int]] = []
        for place, la in enumerate(lattices):
            before: Segment | None = None
            for s in sorted(la.gold):
                gap = s.first - before.last if before else WIDEST + 1
                if before and 0 <= gap <= WIDEST:
                    at = self.row[s.first, place, gap]
                    held.append((at, before.label, s.label))
                    near.update(rows[at])
                else:
                    self.steps[before.label if before else 0, s.label] += 1
                before = s
        self.between = _columns(n for n, count in near.items() if count >= 2)
        self.gaps = _matrix(rows, self.between)
        self.gaps_turned = self.gaps.T.tocsr()
        self.held = np.zeros((len(rows), STATES, STATES))
        for at, one, other in held:
            self.held[at, one, other] += 1
        self.cuts = (len(self.names), len(self.names) + STATES**2)
        self.size = self.cuts[1] + len(self.between) * STATES**2

    def loss(self, weights: Any) -> tuple[float, Any]:
        """The negative log-likelihood of the annotation and its slope."""
        scores = self.matrix @ weights[: self.cuts[0]]
        follows = weights[self.cuts[0] : self.cuts[1]].reshape(STATES, STATES)
        told = weights[self.cuts[1] :].reshape(-1, STATES**2)
        gaps = (self.gaps @ told).reshape(-1, STATES, STATES)
        mass = np.exp(np.clip(scores, -60, 60))
        moves, near = np.exp(follows), np.exp(gaps)
        value = -(scores @ self.gold) - (follows * self.steps).sum() - (gaps * self.held).sum()
        total, chance, moved, crossed = self._expect(mass, moves, near)
        slope = np.concatenate(
            [
                self.turned @ (chance - self.gold),
                (moved - self.steps).ravel(),
                (self.gaps_turned @ (crossed - self.held).reshape(-1, STATES**2)).ravel(),
            ]
        )
        return value + np.log(total).sum(), slope

    def _expect(self, mass: Any, moves: Any, near: Any) -> tuple[Any, Any, Any, Any]:
        """Forward and backward: the sums, and what is expected of stretches and of steps."""
        shape = (self.long + 1, self.wide, STATES)
        ahead, ended, reach = np.zeros(shape), np.zeros(shape), np.zeros(shape)
        ahead[0, :, 0] = 1
        factor = np.where(self.row[..., None, None] >= 0, near[self.row], 0.0)
        begun = np.zeros((self.wide, STATES))
        begun[:, 0] = 1
        for at in range(self.long + 1):
            if at:
                own = self.ends[at]
                key = (self.sentence[own], self.label[own])
                np.add.at(ended[at], key, reach[self.first[own], key[0], key[1]] * mass[own])
                ahead[at] = ahead[at - 1] + ended[at]
            if at < self.long:
                far = ahead[at - WIDEST - 1] if at > WIDEST else begun
                reach[at] = far @ moves
                for gap in range(min(at, WIDEST) + 1):
                    reach[at] += np.einsum("sp,spl->sl", ended[at - gap], factor[at, :, gap])
        total = ahead[self.long].sum(1)
        back, opened = np.zeros(shape), np.zeros(shape)
        late = np.zeros(shape)  # What each exact end is worth through near steps.
        chance = np.zeros(len(mass))
        moved = np.zeros((STATES, STATES))
        crossed = np.zeros_like(near)
        back[self.long] = 1
        for at in range(self.long, -1, -1):
            if at < self.long:
                back[at] += back[at + 1]
                open_ = opened[at]
                far = ahead[at - WIDEST - 1] if at > WIDEST else begun
                moved += np.einsum("sp,sl,s->pl", far, open_, 1 / total) * moves
                if at > WIDEST:
                    back[at - WIDEST - 1] += open_ @ moves.T
                for gap in range(min(at, WIDEST) + 1):
                    late[at - gap] += np.einsum("spl,sl->sp", factor[at, :, gap], open_)
                    rows = self.row[at, :, gap]
                    there = rows >= 0
                    crossed[rows[there]] = (
                        ended[at - gap, there, :, None]
                        * factor[at, there, gap]
                        * (open_ / total[:, None])[there, None, :]
                    )
            if at:
                own = self.ends[at]
                sentence, label, first = self.sentence[own], self.label[own], self.first[own]
                share = mass[own] * (back[at] + late[at])[sentence, label]
                np.add.at(opened, (first, sentence, label), share)
                chance[own] = reach[first, sentence, label] * share / total[sentence]
        return total, chance, moved, crossed

    def named(self, weights: Any) -> TagWeights:
        """Weights by name, those near zero left out."""
        kept = {n: round(float(weights[c]), 2) for n, c in self.names.items()
                if abs(weights[c]) >= 0.02}  # fmt: skip
        follows = weights[self.cuts[0] : self.cuts[1]].reshape(STATES, STATES)
        told = weights[self.cuts[1] :].reshape(-1, STATES**2)
        between = {
            n: [round(float(v), 2) for v in told[c]]
            for n, c in self.between.items()
            if np.abs(told[c]).max() >= 0.02
        }
        return TagWeights(kept, [[round(float(v), 3) for v in row] for row in follows], between)
