"""A folder with somebody's own model of entailment: what it must hold, and what its labels mean.

Models are exported by many tools, so nothing of a folder is believed: what is missing, too large
or not understood is refused with the remedy before anything runs.
"""

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from probatum.evidence.base import ProbatumError

# A folder with a model of one's own, which judges in place of the packaged one.
SETTING = "PROBATUM_ENTAILMENT_MODEL"
# How much that model says beside the packaged judge, from 0 to 1.
SHARE = "PROBATUM_ENTAILMENT_SHARE"
MISSING = (
    f"{SETTING} needs an optional part that is not installed; "
    "add it with: pip install 'probatum[dense]'"
)

Meaning = Literal["entailed", "contradicted", "neutral", "other"]

# Encoders are trained on pairs of up to 512 tokens; longer windows cost the square of their length.
MOST_TOKENS = 512
FEWEST_TOKENS = 32
# Settings larger than this are none; the word lists of models in many languages take some 20 MB.
_MOST_SETTINGS, _MOST_WORDS = 1_000_000, 100_000_000
_MODELS = ("model.onnx", "onnx/model.onnx", "model_quantized.onnx", "onnx/model_quantized.onnx")
# How public models name their labels, in small letters without signs.
_NAMES: Mapping[str, Meaning] = {
    "entailment": "entailed", "entailed": "entailed", "entail": "entailed", "entails": "entailed",
    "support": "entailed", "supports": "entailed", "supported": "entailed", "yes": "entailed",
    "contradiction": "contradicted", "contradicted": "contradicted", "contradict": "contradicted",
    "contradicts": "contradicted", "refute": "contradicted", "refutes": "contradicted",
    "refuted": "contradicted",
    "neutral": "neutral", "nei": "neutral", "notenoughinfo": "neutral",
    "notenoughinformation": "neutral", "unknown": "neutral",
    "notentailment": "other", "notentailed": "other", "nonentailment": "other",
    "notsupported": "other", "unsupported": "other", "no": "other",
}  # fmt: skip
_SIGNS = re.compile(r"[^a-z]")


class EntailmentModelError(ProbatumError):
    """A model of entailment that cannot be used, with the remedy."""


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """Where a model's parts lie, what each of its scores means, and how much it reads at once."""

    folder: Path
    model: Path
    words: Path
    meanings: tuple[Meaning, ...]
    most_tokens: int


def own_folder() -> Path | None:
    """The folder that the operator has named; None for the packaged judge."""
    named = os.environ.get(SETTING, "").strip()
    return Path(named).expanduser() if named else None


def own_share() -> float:
    """How much the operator's model says beside the packaged judge; 1, alone, unless set."""
    said = os.environ.get(SHARE, "").strip()
    try:
        share = float(said or 1)
    except ValueError:
        share = -1.0
    if not 0 < share <= 1:
        raise EntailmentModelError(f"{SHARE} is {said[:40]!r}; set it above 0 and up to 1")
    return share


def read_folder(folder: Path) -> ModelFolder:
    """What a folder holds; raises EntailmentModelError where it holds no usable classifier."""
    model = next((folder / name for name in _MODELS if (folder / name).is_file()), None)
    words, settings = folder / "tokenizer.json", folder / "config.json"
    wanted = {"model.onnx": model, "tokenizer.json": words, "config.json": settings}
    missing = [name for name, path in wanted.items() if path is None or not path.is_file()]
    if model is None or missing:
        raise EntailmentModelError(
            f"{folder} is no model of entailment: it lacks {' and '.join(missing)}; put it there, "
            f"or unset {SETTING}"
        )
    if words.stat().st_size > _MOST_WORDS:
        raise EntailmentModelError(f"{words} is too large for a tokenizer's word list")
    config = _settings(settings)
    beside = folder / "tokenizer_config.json"
    told = _settings(beside) if beside.is_file() else {}
    return ModelFolder(folder, model, words, _meanings(settings, config), _length(config, told))


def _settings(path: Path) -> dict[str, Any]:
    if path.stat().st_size > _MOST_SETTINGS:
        raise EntailmentModelError(f"{path} is too large for a model's settings")
    try:
        read = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise EntailmentModelError(f"{path} is not JSON; put it right") from error
    if not isinstance(read, dict):
        raise EntailmentModelError(f"{path} is not a JSON object; put it right")
    return read


def _meanings(path: Path, config: Mapping[str, Any]) -> tuple[Meaning, ...]:
    """What each score means, by the names of `id2label`.

    Of two labels, the one beside entailment says only "not entailed", whatever it is called: a
    model without a neutral label puts what is not told under the other.
    """
    held = config.get("id2label")
    remedy = (
        f"{path}: id2label must give each label's number one of the names entailment, neutral and "
        "contradiction, or entailment and not_entailment"
    )
    if not isinstance(held, dict) or set(held) not in ({"0", "1"}, {"0", "1", "2"}):
        raise EntailmentModelError(remedy)
    names = [str(held[str(number)]) for number in range(len(held))]
    found = [_NAMES.get(_SIGNS.sub("", name.lower())) for name in names]
    read = tuple(each for each in found if each is not None)
    if len(read) == 2 == len(found) and read.count("entailed") == 1:
        return tuple("entailed" if each == "entailed" else "other" for each in read)
    if len(found) == 3 and set(read) == {"entailed", "contradicted", "neutral"}:
        return read
    raise EntailmentModelError(f"{remedy}; they are {', '.join(name[:30] for name in names)}")


def _length(config: Mapping[str, Any], told: Mapping[str, Any]) -> int:
    """Tokens of a pair. Some encoders keep two of their places for padding, so two are left out."""
    places, length = config.get("max_position_embeddings"), told.get("model_max_length")
    most = MOST_TOKENS
    if isinstance(places, int):
        most = min(most, places - 2)
    if isinstance(length, int):
        most = min(most, length)
    return max(most, FEWEST_TOKENS)
