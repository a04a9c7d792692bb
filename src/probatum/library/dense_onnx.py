"""Models in the ONNX format, run on the processor.

Imported only when a model is asked for, because all that it imports comes with an extra.

Texts are run one by one, several side by side: no padding, no waiting for the slowest, and no
vector that depends on what else was in its batch, as it would where activations are quantised by
the range of a whole batch.
"""

import hashlib
import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from probatum.library.dense_minilm import MOST_TOKENS, NAME, WINDOW, model_bytes, tokenizer
from probatum.library.dense_model import DenseError

Vector = NDArray[np.float32]

# What is read of a text when the folder does not say: what small encoders are trained on.
_MOST_TOKENS = 256
# A file this large is not a small model's settings.
_MOST_SETTINGS = 1_000_000


@dataclass(frozen=True, slots=True)
class Settings:
    """How a model wants to be used, as sentence-transformers writes it beside the model."""

    most_tokens: int = _MOST_TOKENS
    first_token: bool = False
    query_prefix: str = ""
    passage_prefix: str = ""


class OnnxEmbedder:
    """A sentence encoder: tokens in, one vector for each token or for the text out."""

    def __init__(
        self, name: str, model: bytes | Path, tokens: Any, settings: Settings, threads: int
    ) -> None:
        """`limit` is what `settings` says is read of a text; see `packaged` for what fits best."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        # A thread that spins while it waits takes the processor from the others.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = onnxruntime.InferenceSession(
            model if isinstance(model, bytes) else str(model),
            options,
            providers=["CPUExecutionProvider"],
        )
        self._tokens = tokens
        self._tokens.no_padding()
        self._tokens.enable_truncation(settings.most_tokens)
        self._settings, self._threads = settings, threads
        self._inputs = {i.name: _integer(i.type) for i in self._session.get_inputs()}
        self.name = name
        self.limit = min(WINDOW, settings.most_tokens)
        self.dimension = len(self._vector(""))

    def passages(self, texts: Sequence[str]) -> Vector:
        """See Embedder."""
        with ThreadPoolExecutor(self._threads) as pool:
            rows = pool.map(self._vector, [self._settings.passage_prefix + text for text in texts])
            return np.stack([*rows, np.empty(self.dimension, np.float32)])[:-1]

    def query(self, text: str) -> Vector:
        """See Embedder."""
        return self._vector(self._settings.query_prefix + text)

    def _vector(self, text: str) -> Vector:
        ids = self._tokens.encode(text).ids
        given = {
            "input_ids": ids,
            "attention_mask": [1] * len(ids),
            "token_type_ids": [0] * len(ids),
        }
        feed = {name: np.array([given[name]], kind) for name, kind in self._inputs.items()}
        (out, *_) = self._session.run(None, feed)
        if out.ndim == 3:
            out = out[:, 0] if self._settings.first_token else out.mean(axis=1)
        vector: Vector = out[0].astype(np.float32)
        return vector / max(float(np.linalg.norm(vector)), 1e-12)


def packaged(threads: int) -> OnnxEmbedder:
    """The model that the extra brings: all-MiniLM-L6-v2."""
    return OnnxEmbedder(
        NAME, model_bytes(), tokenizer(), Settings(most_tokens=MOST_TOKENS), threads
    )


def from_folder(folder: Path, threads: int) -> OnnxEmbedder:
    """The model in `folder`: model.onnx and tokenizer.json, with what sentence-transformers adds.

    Read where there: `1_Pooling/config.json` (the first token's vector or the mean of all),
    `sentence_bert_config.json` (how much is read), `config_sentence_transformers.json` (prompts).
    """
    path = next(
        (p for p in (folder / "model.onnx", folder / "onnx/model.onnx") if p.is_file()), None
    )
    words = folder / "tokenizer.json"
    if path is None or not words.is_file():
        raise DenseError(
            f"{folder} is no model to search by meaning with: it needs model.onnx and "
            "tokenizer.json; put them there, or unset PROBATUM_DENSE_MODEL"
        )
    try:
        made = hashlib.sha256(words.read_bytes())
        with path.open("rb") as file:
            while part := file.read(1 << 20):
                made.update(part)
        settings = _settings(folder)
        made.update(repr(settings).encode())
        name = f"{folder.resolve().name} {made.hexdigest()[:12]}"
        return OnnxEmbedder(name, path, Tokenizer.from_file(str(words)), settings, threads)
    except DenseError:
        raise
    except Exception as error:  # onnxruntime and tokenizers raise types of their own, and bare ones
        reason = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        raise DenseError(
            f"the model in {folder} cannot be used ({reason}); set PROBATUM_DENSE_MODEL to another"
        ) from error


def _settings(folder: Path) -> Settings:
    pooling = _json(folder / "1_Pooling/config.json")
    length = _json(folder / "sentence_bert_config.json").get("max_seq_length")
    prompts = _json(folder / "config_sentence_transformers.json").get("prompts")
    prompts = prompts if isinstance(prompts, dict) else {}
    return Settings(
        most_tokens=length if isinstance(length, int) and 8 <= length <= 8192 else _MOST_TOKENS,
        first_token=pooling.get("pooling_mode_cls_token") is True,
        query_prefix=str(prompts.get("query") or ""),
        passage_prefix=str(prompts.get("document") or prompts.get("passage") or ""),
    )


def _json(path: Path) -> dict[str, Any]:
    if not path.is_file() or path.stat().st_size > _MOST_SETTINGS:
        return {}
    try:
        read = json.loads(path.read_text("utf-8"))
    except (ValueError, RecursionError) as error:
        raise DenseError(f"{path} is not JSON; put it right or remove it") from error
    return read if isinstance(read, dict) else {}


def _integer(kind: str) -> type[np.integer[Any]]:
    return np.int32 if "int32" in kind else np.int64
