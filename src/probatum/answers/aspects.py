"""The further aspects of a subject that a general question is told, from held texts.

"What is X?" asks for a definition and wants to know a little more: what it is like, where it comes
from, what is done about it. Each aspect is asked for as a question of its own, and only texts whose
title names the subject count, so that no other disease slips in.
"""

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from probatum.answers.bearing import subject_words
from probatum.answers.plan import PlanSection
from probatum.answers.quotes import Quotation, quotes
from probatum.evidence.base import Frozen
from probatum.library.library import Library
from probatum.questions.need import Intent, Need

# A subject of more words is a whole question, and no text's title names it.
_MOST_WORDS = 6


class Aspect(Frozen):
    """One aspect: its heading, how it is asked for, and words that a quote on it has."""

    title: str
    asks: str
    words: tuple[str, ...]


class Overview(Frozen):
    """The aspects, and which of them an intent is told beside its own answer."""

    overview: dict[Intent, tuple[str, ...]]
    aspects: dict[str, Aspect]


@cache
def _overview() -> Overview:
    text = Path(__file__).with_name("aspects.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    return Overview.model_validate(data)


def aspects(
    need: Need, library: Library, shown: Sequence[Quotation], as_of: date | None = None
) -> tuple[PlanSection, ...]:
    """A section of one quote for each further aspect that is held; none for a definite question."""
    subject = subject_words(need, library)
    wanted = _overview().overview.get(need.intent, ())
    if not wanted or not 1 <= len(subject) <= _MOST_WORDS:
        return ()
    stems = library.search.stems
    names = set(stems(" ".join(subject)))
    told = list(shown)
    made = []
    for name in wanted:
        aspect = _overview().aspects[name]
        question = aspect.asks.format(subject=" ".join(subject))
        words = [set(stems(each)) for each in aspect.words]
        for found in quotes(need.model_copy(update={"question": question}), library, as_of):
            document = library.documents.document(found.anchor.edition)
            about = set(stems(document.title)) if document else set()
            said = set(stems(f"{found.anchor.locator} {found.anchor.quote}"))
            if not names <= about or not any(each <= said for each in words):
                continue
            if any(_same(found, other) for other in told):
                continue
            told.append(found)
            made.append(PlanSection("quotes", aspect.title, drafts=(found.draft,)))
            break
    return tuple(made)


def _same(one: Quotation, other: Quotation) -> bool:
    a, b = one.anchor, other.anchor
    return a.quote == b.quote or (a.edition == b.edition and a.start < b.end and b.start < a.end)
