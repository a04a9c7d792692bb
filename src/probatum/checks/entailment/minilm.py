"""A small language model that reads claim and text together.

It is the packaged all-MiniLM-L6-v2 of the extra `dense` with a thin layer of weights added to each
of its matrices (low-rank adaptation, Hu et al. 2021, arXiv:2106.09685), trained by
scripts/entailment/train.py; only the added weights ship here. The sums are put into the same quick
graph as the model that searches by meaning (`library/dense_minilm.py`). A stack weighs its opinion
with the trees' scores.

Imported only when asked for: everything it needs comes with the extra.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from probatum.checks.entailment.trees import softmax
from probatum.library.dense_minilm import graph_bytes, packaged_weights, tokenizer

Array = NDArray[Any]
# As trained: tokens of the pair, and of those the most that the claim may take.
MOST_TOKENS = 112
MOST_OF_CLAIM = 48
PARTS = ("q", "k", "v", "o", "u", "d")


@dataclass(frozen=True)
class MiniLM:
    """The model with what was trained, ready to run, and the stack on top."""

    session: Any
    trained: Mapping[str, Array]

    def probabilities(self, claim: str, near: str, lexical: list[float]) -> list[float]:
        """See judge.Reader."""
        own = self.scores(claim, near)
        given = np.array([*_log_softmax(lexical), *_log_softmax(list(own))])
        scores = given @ self.trained["stack.weight"] + self.trained["stack.bias"]
        return softmax([float(s) for s in scores])

    def scores(self, claim: str, near: str) -> list[float]:
        """The model's log-odds for the three labels."""
        ids, first = tokens(claim, near)
        # Alone, not in a batch: the scale of a batch's bytes would depend on what else is in it.
        given = np.array([ids], np.int32)
        feed = {"input_ids": given, "attention_mask": np.ones_like(given)}
        state = self.session.run(None, feed)[0][0]
        one = state[1 : 1 + first].mean(axis=0) if first else state[0]
        two = state[2 + first : -1].mean(axis=0)
        joined = np.concatenate([one, two, np.abs(one - two), one * two])
        hidden = _gelu(joined @ self.trained["h1.weight"].T + self.trained["h1.bias"])
        return [float(s) for s in hidden @ self.trained["h2.weight"].T + self.trained["h2.bias"]]


def _log_softmax(scores: list[float]) -> list[float]:
    return [math.log(max(p, 1e-6)) for p in softmax(scores)]


def _gelu(values: Array) -> Array:
    """The exact form, with the error function by Abramowitz and Stegun 7.1.26 (error < 1.5e-7)."""
    x = np.abs(values) / math.sqrt(2)
    t = 1 / (1 + 0.3275911 * x)
    poly = t * (
        0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))
    )
    error = np.sign(values) * (1 - poly * np.exp(-x * x))
    return np.asarray(0.5 * values * (1 + error), np.float32)


@cache
def _tokenizer() -> Any:
    words = tokenizer()
    words.no_truncation()
    return words


def tokens(claim: str, near: str) -> tuple[list[int], int]:
    """The ids of both texts in one row, and how many of them are the claim's."""
    words = _tokenizer()
    begin, end = words.token_to_id("[CLS]"), words.token_to_id("[SEP]")
    first = words.encode(claim, add_special_tokens=False).ids[:MOST_OF_CLAIM]
    second = words.encode(near, add_special_tokens=False).ids
    second = second[: MOST_TOKENS - 3 - len(first)] or [end]
    return [begin, *first, end, *second, end], len(first)


def reader(trained: Mapping[str, Array]) -> MiniLM:
    """The packaged model with added weights, a head and, if it is to judge, a stack.

    Raises DenseError where the package holds another model.
    """
    held, plain = packaged_weights()
    matrices = []
    for at, matrix in enumerate(plain):
        place = f"layers.{at // len(PARTS)}.{PARTS[at % len(PARTS)]}"
        added = trained[f"{place}.A"] @ trained[f"{place}.B"]
        matrices.append(np.asarray(matrix + added, np.float32))
    options = onnxruntime.SessionOptions()
    # One thread: the same sums in the same order, and no waiting for a few hundred rows.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        graph_bytes(held, matrices), options, providers=["CPUExecutionProvider"]
    )
    return MiniLM(session, trained)


@cache
def packaged_reader() -> MiniLM:
    """The model of the extra with the weights that ship; takes about half a second."""
    content = files("probatum.checks.entailment").joinpath("data/adapter.npz").read_bytes()
    with np.load(BytesIO(content), allow_pickle=False) as archive:
        return reader({name: archive[name].astype(np.float32) for name in archive.files})
