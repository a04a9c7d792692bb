"""Findings of a document as rows to show: words and figures as read, and where they stand."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from probatum.evidence.statement import number, with_unit
from probatum.extract.document import Findings
from probatum.extract.guidance.recommendations import ExtractedRecommendation
from probatum.extract.guidance.regimens import Dose
from probatum.extract.located import LocatedResult
from probatum.extract.result import Arm, Effect

Rows = Iterator[tuple[str, ...]]
# Cells of a terminal: a longer text is read where it stands.
_SHORT = 160


def tables(found: Findings, text: str) -> Iterator[tuple[str, tuple[str, ...], Rows]]:
    """A title, columns and rows for each kind of finding that was read."""
    columns: tuple[str, ...]
    if found.results:
        columns = ("End point", "Arms", "Effect", "Direction", "Where")
        yield "Results", columns, (_result(each) for each in found.results)
    if found.recommendations:
        columns = ("Advice", "For", "Strength", "Direction", "Where")
        rows = (_recommendation(each, text) for each in found.recommendations)
        yield "Recommendations", columns, rows
    if found.doses:
        columns = ("Drug", "Dose", "Route", "Schedule", "Duration", "Where")
        yield "Doses", columns, (_dose(each) for each in found.doses)
    if found.eligibility:
        yield (
            "Eligibility",
            ("Side", "Criterion", "Where"),
            (
                (each.side, _cut(text[each.start : each.end]), each.locator)
                for each in found.eligibility
            ),
        )
    if found.safety:
        columns = ("Event", "Grade", "Arms", "Where")
        yield (
            "Safety",
            columns,
            (
                (each.event, each.grade or "", arms_text(each.arms), each.locator)
                for each in found.safety
            ),
        )


def _result(each: LocatedResult) -> tuple[str, ...]:
    result = each.result
    what = result.endpoint or "not named"
    if result.timepoint:
        what += f" ({_cut(result.timepoint, 60)})"
    direction = result.direction.replace("_", " ")
    return what, arms_text(result.arms), effect_text(result.effect), direction, each.locator


def arms_text(arms: Iterable[Arm]) -> str:
    """The groups with their values: "drug A 11.7 months (n = 304); drug B 8.5 months"."""
    return "; ".join(filter(None, map(_arm, arms)))


def _arm(arm: Arm) -> str:
    value = ""
    if arm.state == "not_reached":
        value = "not reached"
    elif arm.value is not None:
        value = with_unit(number(arm.value), arm.unit)
    parts = []
    if arm.events is not None and arm.unit != "patients":
        parts.append(f"{arm.events} of {arm.n}" if arm.n is not None else f"{arm.events} events")
    elif arm.n is not None:
        parts.append(f"n = {arm.n}")
    if arm.sd is not None:
        parts.append(f"SD {number(arm.sd)}")
    if arm.low is not None and arm.high is not None:
        parts.append(f"{number(arm.low)} to {number(arm.high)}")
    told = f"({', '.join(parts)})" if parts else ""
    return " ".join(filter(None, (arm.name, value, told)))


def effect_text(effect: Effect) -> str:
    """The estimate, its interval and its P value as read."""
    parts = []
    if effect.value is not None:
        name = effect.label if effect.type == "other" and effect.label else effect.type
        parts.append(f"{name} {number(effect.value)}")
    elif effect.label:
        parts.append(effect.label)
    if effect.ci_low is not None or effect.ci_high is not None:
        level = f"{_bare(effect.ci_level)}% " if effect.ci_level is not None else ""
        low, high = _bound(effect.ci_low), _bound(effect.ci_high)
        parts.append(f"({level}CI {low} to {high})")
    if effect.p:
        parts.append(f"P{effect.p}")
    if effect.margin is not None:
        parts.append(f"margin {number(effect.margin)}")
    return " ".join(parts)


def _bound(value: Decimal | None) -> str:
    return "not given" if value is None else number(value)


def _bare(value: Decimal) -> str:
    return number(value.normalize()) if value == value.to_integral_value() else number(value)


def _recommendation(each: ExtractedRecommendation, text: str) -> tuple[str, ...]:
    grade = each.grade
    strength = text[grade.start : grade.end] if grade else ""
    body = f"{each.body}: " if each.body else ""
    words = f"{body}{_cut(text[each.start : each.end])}"
    return words, each.population or "", strength, each.direction, each.locator


def _dose(each: Dose) -> tuple[str, ...]:
    amount = number(each.low) + (f"–{number(each.high)}" if each.high is not None else "")
    dose = f"AUC {amount}" if each.unit == "AUC" else f"{amount} {each.unit}"
    if each.cap:
        dose += f" ({each.cap})"
    schedule, duration = each.schedule or "", each.duration or ""
    return each.drug, dose, each.route or "", schedule, duration, each.locator


def _cut(text: str, most: int = _SHORT) -> str:
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]} …"
