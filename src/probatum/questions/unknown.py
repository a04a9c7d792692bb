"""What of a question was not understood: said to the reader, never passed over."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from probatum.questions.intents import cue_spans
from probatum.questions.patient import measure_spans
from probatum.questions.stages import staged
from probatum.terms.mentions import Mention
from probatum.terms.vocabulary import Vocabulary
from probatum.terms.words import STOPWORDS

_WORD = re.compile(r"[^\W\d_][\w'-]*")


@cache
def _ordinary() -> frozenset[str]:
    text = (Path(__file__).parent / "data" / "ordinary_words.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())


def not_understood(
    question: str, mentions: Sequence[Mention], vocabulary: Vocabulary
) -> tuple[str, ...]:
    spans = [
        *((m.start, m.end) for m in mentions),
        *cue_spans(question),
        *measure_spans(question),
        *staged(question, vocabulary)[1],
    ]
    unknown = []
    for match in _WORD.finditer(question):
        word = match.group().lower().strip("'-")
        if (
            len(word) < 3
            or word in STOPWORDS
            or word in _ordinary()
            or word.removesuffix("s") in _ordinary()
        ):
            continue
        if any(start < match.end() and match.start() < end for start, end in spans):
            continue
        unknown.append(match.group())
    return tuple(dict.fromkeys(unknown))


def confidence(question: str, unknown: Sequence[str]) -> float:
    """The share of the question's words that were understood, between 0 and 1."""
    words = _WORD.findall(question)
    return round(1 - len(unknown) / len(words), 2) if words else 0.0
