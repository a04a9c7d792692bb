"""Words that stand among the same words, in clusters: what a rare word is can be told by its kin.

Counts of the two words to either side (positive pointwise mutual information, contexts smoothed by
the power 0.75 as Levy & Goldberg 2015 advise), brought to 100 dimensions, then k-means by angle
from the commonest words on. Only single words and two numbers each are kept, nothing of a text.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.linalg import svds

from probatum.extract.comparison.sentence_tokens import split_tokens

SIZES = (60, 250)
LEAST, CONTEXTS, DIMENSIONS, ROUNDS = 8, 3000, 100, 25
_WORD = re.compile(r"(?=.*[^\W\d_])[^\W_]+(?:[-'’][^\W_]+){0,3}|[^\w\s]")


def clusters(texts: Iterable[str]) -> str:
    """A word and its coarse and fine cluster a line, the words sorted."""
    read = [split_tokens(text) for text in texts]
    counts = Counter(word for words in read for word in words)
    ordered = sorted(counts, key=lambda word: (-counts[word], word))
    names = [word for word in ordered if counts[word] >= LEAST and _WORD.fullmatch(word)]
    vectors = _vectors(read, names, ordered[:CONTEXTS])
    coarse, fine = (_means(vectors, size) for size in SIZES)
    lines = sorted(f"{word}\t{a}\t{b}" for word, a, b in zip(names, coarse, fine, strict=True))
    return "\n".join(lines) + "\n"


def _vectors(read: Sequence[Sequence[str]], names: Sequence[str], near: Sequence[str]) -> Any:
    """One vector of length 1 for each name."""
    row = {word: place for place, word in enumerate(names)}
    column = {word: place for place, word in enumerate(near)}
    wide = len(near) + 1
    rows: list[int] = []
    columns: list[int] = []
    for words in read:
        places = [column.get(word, wide - 1) for word in words]
        for at, word in enumerate(words):
            if word in row:
                for side, step in enumerate((-2, -1, 1, 2)):
                    if 0 <= at + step < len(words):
                        rows.append(row[word])
                        columns.append(side * wide + places[at + step])
    shape = (len(names), 4 * wide)
    table = coo_matrix((np.ones(len(rows)), (rows, columns)), shape=shape).tocsr().tocoo()
    own, other = np.bincount(rows, minlength=shape[0]), np.bincount(columns, minlength=shape[1])
    smooth = other**0.75 * (other.sum() / (other**0.75).sum())
    told = np.log(table.data * own.sum() / (own[table.row] * smooth[table.col]))
    keep = told > 0
    matrix = coo_matrix((told[keep], (table.row[keep], table.col[keep])), shape=shape).tocsr()
    left, values, _ = svds(matrix, k=DIMENSIONS, v0=np.ones(min(shape)))
    vectors = left * np.sqrt(values)
    return vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9)


def _means(vectors: Any, size: int) -> list[int]:
    """The cluster of each vector."""
    centres = vectors[:size]
    own = np.zeros(len(vectors), int)
    for _ in range(ROUNDS):
        own = (vectors @ centres.T).argmax(1)
        centres = np.zeros((size, vectors.shape[1]))
        np.add.at(centres, own, vectors)
        centres /= np.linalg.norm(centres, axis=1, keepdims=True) + 1e-9
    return [int(each) for each in own]
