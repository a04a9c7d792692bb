"""Outlines as data: which sections an intent wants."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from probatum.answers.gather import Evidence
from probatum.evidence.answer import SectionKind
from probatum.evidence.base import Frozen
from probatum.evidence.record import Result
from probatum.questions.need import Intent, Need


class Select(Frozen):
    """Which findings a section wants; see the head of outlines.yaml for the words."""

    kinds: tuple[str, ...] = ()
    focus: Literal["only", "named", "unnamed", "others", "any"] = "any"
    endpoints: Literal["outcome", "event", "prevalence"] | None = None
    topics: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    subgroups: Literal["any", "no", "main"] = "any"
    terms: Literal["asked"] | None = None
    formulas: bool = False
    by_words: bool = False
    limit: int | None = None


class Part(Frozen):
    """One section of an outline."""

    kind: SectionKind
    title: str
    present: Literal[
        "list",
        "regimens",
        "evidence",
        "statuses",
        "guidelines",
        "algorithm",
        "computed",
        "changes",
        "contrast",
    ]
    select: Select = Select()


class Outline(Frozen):
    """The sections wanted for an intent; `core` kinds make the difference to a partial answer."""

    core: tuple[str, ...]
    covers: tuple[Intent, ...] = ()
    sections: tuple[Part, ...]


@cache
def outlines() -> dict[str, Outline]:
    """All outlines by intent."""
    text = (Path(__file__).parent / "outlines.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.load(
        text,
        Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader),  # noqa: S506 - safe loaders both
    )
    return {name: Outline.model_validate(item) for name, item in data["outlines"].items()}


def parts_for(main: Intent, also: Iterable[Intent]) -> tuple[Part, ...]:
    """The main outline's sections, then what the intents that it does not cover add to them."""
    found: dict[tuple[str, str], Part] = {}
    for intent in (main, *(i for i in also if i not in outlines()[main].covers)):
        for part in outlines()[intent].sections:
            found.setdefault((part.kind, part.title), part)
    return tuple(found.values())


_CHANGED = re.compile(
    r"\bchang(?:e|es|ed)\b|\bwhat(?:'s| is) new\b|\bnew since\b|\bsupersed|"
    r"\binterim\b.{1,40}\bfinal\b|\bfinal\b.{1,40}\binterim\b",
    re.IGNORECASE,
)


def changes_asked(need: Need) -> bool:
    """Whether the question asks what is told otherwise now than before."""
    return _CHANGED.search(need.question) is not None


def sort_of_result(record: Result, evidence: Evidence) -> str:
    """Whether a result is an outcome, an adverse event or a prevalence.

    An endpoint without a better direction (the share with an evaluable test) describes a sample
    and is no outcome of treatment.
    """
    vocabulary = evidence.library.vocabulary
    if record.endpoint not in vocabulary:
        return "outcome"
    term = vocabulary.get(record.endpoint)
    if term.kind == "adverse_event":
        return "event"
    return "outcome" if term.polarity else "prevalence"
