"""A model of entailment of the operator's own, run on the processor; nothing is ever fetched.

Imported only when such a model is named: what it needs comes with the extra `dense`. The model
reads the claim against stretches of whole sentences that fit into its length, those most like the
claim, and the stretch that tells most decides: a mean over all would drown the one sentence that
speaks of the claim (compare Laban et al. 2022, SummaC, doi:10.1162/tacl_a_00453).
"""

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from probatum.checks.entailment.model_folder import (
    FEWEST_TOKENS,
    SETTING,
    EntailmentModelError,
    Meaning,
    ModelFolder,
)
from probatum.checks.entailment.passage import Passage, chosen, passages

# Stretches that are read for one claim, and the most tokens that a claim may take of each.
MOST_STRETCHES = 4
_CLAIM_SHARE = 0.5
# A mark or two at each end, and one or two between the texts.
_MARKS = 4
_INPUTS = frozenset(("input_ids", "attention_mask", "token_type_ids"))


@dataclass(frozen=True, slots=True)
class OwnModel:
    """A sequence classifier over pairs of text and claim."""

    parts: ModelFolder
    session: Any
    words: Any
    inputs: dict[str, Any] = field(default_factory=dict)
    # Some exports take rows of one length only, filled up with the mark for nothing.
    fixed: int | None = None
    filling: int = 0

    @property
    def most_tokens(self) -> int:
        """How many tokens of a pair are read."""
        return min(self.parts.most_tokens, self.fixed or self.parts.most_tokens)

    def read(self, claim: str, evidence: str) -> dict[Meaning, float]:
        """The probability of each of the model's meanings, by the stretch that tells most."""
        short = self._cut(claim)
        best: dict[Meaning, float] = {}
        for text in self._stretches(short, evidence):
            found = self._pair(text, short)
            if not best or _tells(found) > _tells(best):
                best = found
        return best

    def _cut(self, claim: str) -> str:
        """The claim, or as much of it as leaves half of the model's length to the text."""
        most = int(self.most_tokens * _CLAIM_SHARE) - _MARKS
        read = self.words.encode(claim, add_special_tokens=False)
        return claim if len(read.ids) <= most else claim[: read.offsets[most - 1][1]]

    def _stretches(self, claim: str, evidence: str) -> list[str]:
        """The sentences chosen for the claim, and the stretches most like it."""
        room = self.most_tokens - _MARKS - self._count(claim)
        found = passages(claim, evidence)
        rows = [(self._count(each.text), each) for each in found]
        spans = sorted(_windows(rows, room), key=lambda span: -max(each.score for each in span))
        near = " ".join(each.text for each in chosen(claim, evidence))
        texts = [near, *(" ".join(each.text for each in span) for span in spans)]
        return list(dict.fromkeys(text for text in texts if text))[:MOST_STRETCHES] or [evidence]

    def _count(self, text: str) -> int:
        return len(self.words.encode(text, add_special_tokens=False).ids)

    def _pair(self, text: str, claim: str) -> dict[Meaning, float]:
        read = self.words.encode(text, claim)
        most = self.most_tokens
        own = self.words.encode(text, add_special_tokens=False)
        kept = len(own.ids)
        while len(read.ids) > most and kept > 1:
            # One long sentence: its end is cut, never the claim.
            kept = max(1, kept - (len(read.ids) - most))
            read = self.words.encode(text[: own.offsets[kept - 1][1]], claim)
        spare = (self.fixed or 0) - len(read.ids)
        given = {
            "input_ids": read.ids + [self.filling] * spare,
            "attention_mask": [1] * len(read.ids) + [0] * spare,
            "token_type_ids": read.type_ids + [0] * spare,
        }
        feed = {name: np.array([given[name]], kind) for name, kind in self.inputs.items()}
        out = np.asarray(self.session.run(None, feed)[0], np.float64)
        if out.shape != (1, len(self.parts.meanings)) or not np.isfinite(out).all():
            raise EntailmentModelError(
                f"the model in {self.parts.folder} gives {_shape(out)}, not a score for each of "
                f"its {len(self.parts.meanings)} labels; set {SETTING} to another"
            )
        scores = out[0] - out[0].max()
        total = float(np.exp(scores).sum())
        return {
            meaning: math.exp(float(score)) / total
            for meaning, score in zip(self.parts.meanings, scores, strict=True)
        }


def own_model(parts: ModelFolder) -> OwnModel:
    """The model of a folder, tried on one pair; raises EntailmentModelError where it can't run."""
    try:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        session = onnxruntime.InferenceSession(
            str(parts.model), options, providers=["CPUExecutionProvider"]
        )
        words = Tokenizer.from_file(str(parts.words))
        words.no_padding()
        words.no_truncation()
        inputs = {each.name: _kind(each) for each in session.get_inputs()}
        rows = {each.shape[1] for each in session.get_inputs() if isinstance(each.shape[1], int)}
        made = OwnModel(parts, session, words, inputs, _fixed(rows), _filling(words))
        made.read("It helps.", "It helps. It does not harm.")
    except EntailmentModelError:
        raise
    except Exception as error:  # onnxruntime and tokenizers raise types of their own, and bare ones
        reason = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        raise EntailmentModelError(
            f"the model in {parts.folder} cannot be used ({reason}); set {SETTING} to another"
        ) from error
    return made


def _kind(given: Any) -> Any:
    if given.name not in _INPUTS or given.type not in ("tensor(int64)", "tensor(int32)"):
        raise ValueError(f"it asks for {given.name}, which no classifier of texts needs")
    return np.int32 if given.type == "tensor(int32)" else np.int64


def _fixed(lengths: set[int]) -> int | None:
    if len(lengths) > 1 or any(length < FEWEST_TOKENS for length in lengths):
        raise ValueError("the lengths of its rows are of no use")
    return next(iter(lengths), None)


def _filling(words: Any) -> int:
    """The mark for nothing, by its usual names."""
    found = (words.token_to_id(name) for name in ("[PAD]", "<pad>"))
    return next((number for number in found if number is not None), 0)


def _windows(rows: list[tuple[int, Passage]], room: int) -> list[list[Passage]]:
    """Stretches of whole sentences within the room, each begun with the last of the one before."""
    found: list[list[Passage]] = []
    span: list[tuple[int, Passage]] = []
    for count, each in rows:
        if span and sum(c for c, _ in span) + count > room:
            found.append([one for _, one in span])
            last = span[-1]
            span = [last] if last[0] + count <= room else []
        span.append((count, each))
    if span:
        found.append([one for _, one in span])
    return found


def _tells(found: dict[Meaning, float]) -> float:
    """How much a stretch says: all but neutral, or of two labels how surely it is entailed."""
    return found["entailed"] if "other" in found else 1 - found["neutral"]


def _shape(out: Any) -> str:
    return f"numbers of the shape {'x'.join(map(str, out.shape)) or 'of one'}"
