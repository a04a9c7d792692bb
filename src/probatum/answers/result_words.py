"""What belongs to the number of a result, in words: endpoint, values, effect, analysis, study."""

from probatum.evidence.record import ArmValue, Result
from probatum.evidence.statement import ANALYSIS_NAMES, effect_text, number, with_unit
from probatum.library.library import Library


def place_words(record: Result, library: Library) -> str:
    """The study that a result is of; without one the body that tells it, or the work."""
    if record.study:
        return library.name(record.study)
    source = library.source_of(record.edition)
    return library.short(source.body) if source.body else f"\u201c{source.title}\u201d"


def analysis_words(record: Result) -> str:
    """The analysis and follow-up, for instance "final analysis, median follow-up 47.3 months"."""
    words = record.analysis_label or ANALYSIS_NAMES[record.analysis]
    if record.follow_up_months is not None:
        words += f", median follow-up {number(record.follow_up_months)} months"
    return words


def endpoint_words(record: Result, library: Library) -> str:
    """The endpoint with measure, grade and time, for instance "median overall survival"."""
    words = library.name(record.endpoint)
    if record.grade == "any":
        words += " of any grade"
    elif record.grade:
        words = f"grade {record.grade} {words}"
    if record.timepoint:
        words += f" at {record.timepoint}"
    if record.measure == "median":
        words = f"median {words}"
    elif record.measure == "mean":
        words = f"mean {words}"
    return words


def arm_value(arm: ArmValue, unit: str | None) -> str:
    """One arm's value, for instance "11.7 months" or "not reached"."""
    if arm.value is not None:
        return with_unit(number(arm.value), unit)
    if arm.events is not None and arm.n is not None:
        return f"{arm.events} of {arm.n}"
    return "not reached" if arm.state == "not_reached" else "not reported"


def effect_words(record: Result) -> str:
    """The effect with its interval and P value, and what an interval across the null means."""
    if record.effect is None:
        return ""
    return effect_text(record.effect)


def values_words(record: Result) -> str:
    """The arms' values, for instance "11.7 months with cemiplimab and 8.5 months with …"."""
    shown = [
        arm
        for arm in record.arms
        if arm.value is not None or arm.state == "not_reached" or arm.events is not None
    ]
    return " and ".join(_arm_words(arm, record) for arm in shown)


def share(arm: ArmValue) -> str:
    """The count behind a percentage, where both are known."""
    if arm.value is None or arm.events is None or arm.n is None:
        return ""
    return f" ({arm.events} of {arm.n})"


def _arm_words(arm: ArmValue, record: Result) -> str:
    text = arm_value(arm, record.unit)
    if len(record.arms) == 1 or record.effect is None:
        if arm.low is not None and arm.high is not None:
            level = f"{arm.ci_level}% " if arm.ci_level else ""
            text += f" ({level}CI {number(arm.low)} to {number(arm.high)})"
        else:
            text += share(arm)
        if len(record.arms) == 1 and arm.n is not None and arm.events is None:
            text += f" (n={arm.n})"
    return f"{text} with {arm.name}"
