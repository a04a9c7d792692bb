"""Signs of an emergency, looked for in every question before anything is searched.

Tuned to miss almost nothing; a needless warning costs a sentence, a missed one may cost a life.
Some words are only said by someone in trouble or at a bedside; a name of a sign ("anaphylaxis")
stands in textbooks too, and counts when the question shows that something is going on.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from probatum.questions.data_files import load
from probatum.questions.need import Emergency

_CLINICIAN = (
    "The question describes {words}. Follow the local emergency protocol now; "
    "the answer below does not replace it."
)
_PATIENT = (
    "The question describes {words}. Call the local emergency number or go to the nearest "
    "emergency department now. Do not wait for an answer from this page."
)
_SELF_HARM = (
    " If you are thinking of harming yourself, call a crisis line or emergency services now."
)

# A part of a pattern stands in angle brackets; a name of a group looks alike and is left.
_PART = re.compile(r"<([a-z]+)>")
# Parts may hold parts, no deeper than this.
_DEPTH = 3


@dataclass(frozen=True)
class _Rule:
    """The patterns of one kind of emergency, and how it is spoken of."""

    id: str
    words: str
    said: tuple[re.Pattern[str], ...]
    named: tuple[tuple[re.Pattern[str], ...], ...]
    unless: re.Pattern[str] | None

    def met(self, text: str, happening: bool, going_on: bool) -> bool:
        if self.unless and not happening and self.unless.search(text):
            return False
        if any(pattern.search(text) for pattern in self.said):
            return True
        return (
            bool(self.named)
            and going_on
            and all(any(pattern.search(text) for pattern in group) for group in self.named)
        )


@dataclass(frozen=True)
class _Signs:
    """All rules, and the words that tell an event from a question about such events."""

    rules: tuple[_Rule, ...]
    now: re.Pattern[str]
    case: re.Pattern[str]
    asks: re.Pattern[str]
    general: re.Pattern[str]
    past: re.Pattern[str]


@cache
def _signs() -> _Signs:
    data: dict[str, Any] = load("emergencies.yaml")
    parts: dict[str, str] = data["parts"]

    def compiled(pattern: str) -> re.Pattern[str]:
        for _ in range(_DEPTH):
            pattern = _PART.sub(lambda found: parts[found[1]], pattern)
        return re.compile(pattern, re.IGNORECASE)

    rules = tuple(
        _Rule(
            id=rule["id"],
            words=rule["words"],
            said=tuple(map(compiled, rule.get("said", ()))),
            named=tuple(tuple(map(compiled, group)) for group in rule.get("named", ())),
            unless=compiled(rule["unless"]) if "unless" in rule else None,
        )
        for rule in data["rules"]
    )
    return _Signs(rules, **{name: compiled(text) for name, text in data["going_on"].items()})


def emergency(question: str) -> Emergency | None:
    """The first sign of an emergency found in the question, with what to say to each reader."""
    text = question.replace("\u2019", "'")
    signs = _signs()
    now = bool(signs.now.search(text)) and not signs.past.search(text)
    general = bool(signs.general.search(text) or signs.asks.search(text))
    going_on = now or (bool(signs.case.search(text)) and not general)
    for rule in signs.rules:
        if rule.met(text, now, going_on):
            extra = _SELF_HARM if rule.id.startswith("self-harm") else ""
            return Emergency(
                id=rule.id,
                words=rule.words,
                clinician=_CLINICIAN.format(words=rule.words) + extra,
                patient=_PATIENT.format(words=rule.words) + extra,
            )
    return None
