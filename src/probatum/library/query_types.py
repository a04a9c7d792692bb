"""What kind of answer a question asks for, and the words such an answer is given in.

BM25 finds the passages that repeat the question, but "Is X inherited?" is answered by "an
autosomal recessive pattern". Only questions are read so: in a statement or a list of keywords
"treatment" is as likely a part of what is looked for.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from probatum.library.analysis import Analysis

_DATA: Final = Path(__file__).parent / "data" / "answer_words.yaml"
_QUESTION: Final = re.compile(
    r"\?\s*$|^\s*(?:what|how|who|which|why|when|where|is|are|can|could|does|do|should|will)\b",
    re.IGNORECASE,
)
# What "What is ...?" asks when nothing more definite is asked.
_GENERAL: Final = "definition"


@dataclass(frozen=True, slots=True)
class Asked:
    """A kind of answer that a question asks for: the words it is given in, and those that ask."""

    id: str
    said: tuple[str, ...]
    asking: tuple[str, ...]


@cache
def _types() -> tuple[tuple[str, tuple[re.Pattern[str], ...], tuple[str, ...]], ...]:
    data: list[dict[str, Any]] = yaml.safe_load(_DATA.read_text(encoding="utf-8"))
    return tuple(
        (
            item["id"],
            tuple(re.compile(pattern, re.IGNORECASE) for pattern in item["asks"]),
            tuple(item["said"]),
        )
        for item in data
    )


def asked(question: str) -> tuple[Asked, ...]:
    """The kinds of answer asked for, none for what is no question."""
    if not _QUESTION.search(question):
        return ()
    found: list[Asked] = []
    for id, patterns, said in _types():
        asking = [match.group() for pattern in patterns if (match := pattern.search(question))]
        if asking:
            found.append(Asked(id, said, tuple(asking)))
    definite = [each for each in found if each.id != _GENERAL]
    return tuple(definite or found)


def answer_terms(asked: Sequence[Asked], analysis: Analysis) -> tuple[frozenset[str], ...]:
    """For each kind of answer the index terms of its words."""
    return tuple(
        frozenset(term for word in each.said for term in analysis.terms(word)) for each in asked
    )
