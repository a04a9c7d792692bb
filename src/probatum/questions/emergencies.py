"""Signs of an emergency, looked for in every question before anything is searched.

Tuned to miss almost nothing; a needless warning costs a sentence, a missed one may cost a life.
"""

import re
from functools import cache

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

# Words of something going on overrule what makes a question sound like a textbook's ("in a trial").
_HAPPENING = re.compile(
    r"\b(?:right now|just now|tonight|this (?:morning|evening|afternoon)|at the moment|"
    r"(?:minutes?|an hour|hours) ago|what (?:do|should) (?:i|we) do now)\b",
    re.IGNORECASE,
)


@cache
def _rules() -> tuple[tuple[str, str, tuple[re.Pattern[str], ...], re.Pattern[str] | None], ...]:
    return tuple(
        (
            rule["id"],
            rule["words"],
            tuple(re.compile(pattern, re.IGNORECASE) for pattern in rule["all"]),
            re.compile(rule["unless"], re.IGNORECASE) if "unless" in rule else None,
        )
        for rule in load("emergencies.yaml")
    )


def emergency(question: str) -> Emergency | None:
    """The first sign of an emergency found in the question, with what to say to each reader."""
    text = question.replace("\u2019", "'")
    for rule_id, words, patterns, unless in _rules():
        if unless and unless.search(text) and not _HAPPENING.search(text):
            continue
        if all(pattern.search(text) for pattern in patterns):
            extra = _SELF_HARM if rule_id.startswith("self-harm") else ""
            return Emergency(
                id=rule_id,
                words=words,
                clinician=_CLINICIAN.format(words=words) + extra,
                patient=_PATIENT.format(words=words) + extra,
            )
    return None


@cache
def _scope() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile(rule["pattern"], re.IGNORECASE), rule["reason"]) for rule in load("scope.yaml")
    )


def out_of_scope(question: str) -> str | None:
    """The reason why a question is declined before any search, if there is one."""
    return next((reason for pattern, reason in _scope() if pattern.search(question)), None)
