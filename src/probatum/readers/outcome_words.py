"""A result told to a patient: each number in a short sentence that says what it measures.

The values, the interval, the P value, the grade, the time point, the analysis and the follow-up of
the typed record are all told; only the words around them change. Each sentence that holds a value
repeats the grade or time point that belongs to it, so that no value can be read alone.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml

from probatum.answers.result_words import analysis_words, arm_value, place_words
from probatum.evidence.record import ArmValue, Effect, Result
from probatum.evidence.statement import EFFECT_NAMES, number, p_text
from probatum.library.favours import includes_null
from probatum.library.library import Library
from probatum.readers.plain_words import plain, steps


@cache
def _outcomes() -> Mapping[str, Mapping[str, str]]:
    text = files("probatum.readers").joinpath("data/outcomes.yaml").read_text("utf-8")
    loaded: dict[str, dict[str, str]] = yaml.safe_load(text)
    return loaded


def result_words(record: Result, library: Library) -> str:
    """The whole result in short sentences."""
    parts: list[str] = []
    if record.subgroup:
        parts.append(f"This is about a part of the people only: {record.subgroup}.")
    shown = [arm for arm in record.arms if _is_told(arm)]
    for place, arm in enumerate(shown):
        parts.append(_value(record, arm, place == 0, library))
    if record.effect:
        if not shown:
            parts.append(_compared(record, library))
        parts += _effect(record, record.effect, library)
    elif not shown:
        parts.append(f"No value was reported for {_name(record, library)}{_at(record)}.")
    parts.append(_where(record, library))
    return " ".join(part for part in parts if part)


def _is_told(arm: ArmValue) -> bool:
    """Whether the clinician's sentence tells this arm's value."""
    counted = arm.events is not None and arm.n is not None
    return arm.value is not None or arm.state == "not_reached" or counted


def _where(record: Result, library: Library) -> str:
    """The study, the analysis and the follow-up, which tell how far to trust the number."""
    label = analysis_words(record).partition(", median follow-up")[0]
    text = f"This comes from {place_words(record, library)} ({label})."
    if record.follow_up_months is not None:
        text += f" People were followed for a median of {number(record.follow_up_months)} months."
    return text


def _who(arm: ArmValue) -> str:
    """The group; an arm that is a test result or everyone was given nothing."""
    if arm.interventions:
        return f"the people given {arm.name}"
    return arm.name if arm.name.startswith("all ") else f"the group with {arm.name}"


def _at(record: Result) -> str:
    return f" at {record.timepoint}" if record.timepoint else ""


def _grade(record: Result) -> str:
    match record.grade:
        case None:
            return ""
        case "any":
            return " of any grade"
        case grade if grade.startswith(("≥", ">=")):
            return f" of grade {grade.lstrip('≥>=').strip()} or worse"
        case grade:
            return f" of grade {grade}"


def _name(record: Result, library: Library) -> str:
    """The outcome by name; an adverse event with its plain words before its name."""
    name = library.name(record.endpoint)
    if not _is_event(record, library):
        return plain(name, library)
    if "adverse" in name:
        return plain(name, library)
    own = library.vocabulary.get(record.endpoint).plain
    if own is None or own == name:
        return name
    # Plain words that are the name of another event would tell the number as that event's.
    others = {m.term.id for m in library.vocabulary.match(own)} - {record.endpoint}
    return name if others else f"{own} ({name})"


def _value(record: Result, arm: ArmValue, first: bool, library: Library) -> str:
    value, who = arm_value(arm, record.unit) + _interval(record, arm), _who(arm)
    event = _grade(record)
    if arm.value is None and arm.events is None:
        return f"With {arm.name}, the half-way point{_at(record)}{event} was not reached."
    if not first:
        group = who if who.startswith("all ") else arm.name
        return f"With {group} it was {value}{_at(record)}{event}."
    template = _outcomes().get(record.endpoint, {}).get(record.measure)
    if template and not event:
        return _begun(template.format(value=value, who=who, arm=arm.name, at=_at(record)))
    if record.measure == "proportion" and _is_event(record, library):
        return _begun(f"{value} of {who} had {_name(record, library)}{event}{_at(record)}.")
    measure = {"median": "median for ", "mean": "mean for "}.get(record.measure, "")
    name = f"{measure}{_name(record, library)}{event}{_at(record)}"
    return f"The {name} was {value} with {arm.name}."


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]


def _is_event(record: Result, library: Library) -> bool:
    known = record.endpoint in library.vocabulary
    return known and library.vocabulary.get(record.endpoint).kind == "adverse_event"


def _interval(record: Result, arm: ArmValue) -> str:
    """The interval or count of an arm, where the clinician's sentence gives it too."""
    if arm.value is None or (len(record.arms) > 1 and record.effect is not None):
        return ""
    alone = len(record.arms) == 1 and arm.n is not None and arm.events is None
    size = f" (n={arm.n})" if alone else ""
    if arm.low is not None and arm.high is not None:
        level = f"{arm.ci_level}% " if arm.ci_level else ""
        return f" ({level}CI {number(arm.low)} to {number(arm.high)}){size}"
    if arm.events is not None and arm.n is not None:
        return f" ({arm.events} of {arm.n})"
    return size


def _effect(record: Result, effect: Effect, library: Library) -> list[str]:
    parts: list[str] = []
    event = _outcomes().get(record.endpoint, {}).get("event")
    about = f" for {event}" if event else _grade(record).replace(" of", " for", 1)
    p = p_text(effect)
    if effect.value is not None:
        inside = []
        if effect.low is not None and effect.high is not None:
            level = f"{effect.ci_level}% " if effect.ci_level else ""
            inside.append(f"{level}CI {number(effect.low)} to {number(effect.high)}")
        inside += [p] if p else []
        bracket = f" ({', '.join(inside)})" if inside else ""
        name = EFFECT_NAMES[effect.type]
        told = f"the {name}{about} was {number(effect.value)}{bracket}."
        parts.append(f"At {record.timepoint}, {told}" if record.timepoint else _begun(told))
    elif p:
        parts.append(f"The test of the difference gave {p}.")
    return [*parts, *_meaning(record, effect)]


def _compared(record: Result, library: Library) -> str:
    """What was compared, where only the comparison was published."""
    name = library.name(record.endpoint)
    arms = record.arms
    between = f" with {arms[0].name} and with {arms[1].name}" if len(arms) == 2 else ""
    return f"The study compared {name}{_grade(record)}{between}."


def _meaning(record: Result, effect: Effect) -> list[str]:
    """What the interval says; nothing without one, and nothing beyond it."""
    across = includes_null(effect)
    if across is None or effect.value is None or effect.low is None:
        return []
    if across:
        if effect.margin is not None:
            return []
        return ["The range includes no effect, so no clear difference was shown."]
    outcome = _outcomes().get(record.endpoint, {})
    if effect.type != "HR" or "fewer" not in outcome:
        return []
    less = effect.low < 1 and effect.value < 1
    side, what = ("below", outcome["fewer"]) if less else ("above", outcome["more"])
    group = f" with {record.arms[0].name}" if len(record.arms) == 2 else ""
    return [f"A ratio {side} one means {what}{group}."]


def explanation_words(record: Result, library: Library) -> str:
    """Why two figures of the result seem to disagree."""
    return steps(plain(record.explanation or "", library))
