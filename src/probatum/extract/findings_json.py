"""The findings of a document as JSON: the results document, and the other kinds beside it.

Numbers are JSON numbers with the digits as read; offsets are characters of the held text, and
`quote` is that very slice.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from probatum.extract.document import Findings
from probatum.extract.guidance.eligibility import Criterion
from probatum.extract.guidance.recommendations import ExtractedRecommendation
from probatum.extract.guidance.regimens import Dose
from probatum.extract.located import LocatedResult, SafetyRate
from probatum.extract.result import Arm, Effect, ExtractedResult

# A quote that goes on and on helps nobody; its end is said by the offsets.
_QUOTED = 2_000


def findings_json(id: str, found: Findings, text: str) -> dict[str, Any]:
    """The results document of a whole document."""
    return {
        "id": id,
        "results": [located_json(each, text) for each in found.results],
        "recommendations": [_recommendation(each, text) for each in found.recommendations],
        "doses": [_dose(each, text) for each in found.doses],
        "eligibility": [_criterion(each, text) for each in found.eligibility],
        "safety": [_rate(each, text) for each in found.safety],
    }


def located_json(each: LocatedResult, text: str) -> dict[str, Any]:
    """A result with where it stands."""
    return {
        **result_json(each.result),
        "where": each.locator,
        "origin": each.origin,
        "quotes": [_span(start, end, text) for start, end in each.spans],
    }


def result_json(result: ExtractedResult) -> dict[str, Any]:
    """A result as the contract has it, with what else was read."""
    return {
        "endpoint": result.endpoint,
        "timepoint": result.timepoint,
        "population": result.population,
        "arms": _arms(result.arms),
        "effect": _effect(result.effect),
        "direction": result.direction,
        "kind": result.kind,
        "intervention": result.intervention,
        "comparator": result.comparator,
        "analysis": result.analysis,
        "flags": list(result.flags),
        "start": result.start,
        "end": result.end,
    }


def _arms(arms: Iterable[Arm]) -> list[dict[str, Any]]:
    return [
        {
            "name": arm.name,
            "n": arm.n,
            "value": number(arm.value),
            "unit": arm.unit,
            "events": arm.events,
            "state": arm.state,
            "low": number(arm.low),
            "high": number(arm.high),
            "ci_level": number(arm.ci_level),
            "sd": number(arm.sd),
        }
        for arm in arms
    ]


def _effect(effect: Effect) -> dict[str, Any]:
    return {
        "type": effect.type,
        "value": number(effect.value),
        "ci_level": number(effect.ci_level),
        "ci_low": number(effect.ci_low),
        "ci_high": number(effect.ci_high),
        "p": effect.p,
        "label": effect.label,
        "margin": number(effect.margin),
    }


def number(value: Decimal | None) -> int | float | None:
    """A decimal as a JSON number."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _span(start: int, end: int, text: str) -> dict[str, Any]:
    return {"start": start, "end": end, "quote": text[start : min(end, start + _QUOTED)]}


def _recommendation(each: ExtractedRecommendation, text: str) -> dict[str, Any]:
    grade = each.grade
    return {
        "body": each.body,
        "direction": each.direction,
        "wording": each.wording,
        "strength": {
            "system": grade.system,
            "grade": grade.grade,
            "evidence": grade.evidence,
            "start": grade.start,
            "end": grade.end,
        }
        if grade
        else None,
        "population": each.population,
        "intervention": each.intervention,
        "where": each.locator,
        **_span(each.start, each.end, text),
    }


def _dose(each: Dose, text: str) -> dict[str, Any]:
    return {
        "drug": each.drug,
        "amount": number(each.low),
        "amount_high": number(each.high),
        "unit": each.unit,
        "route": each.route,
        "schedule": each.schedule,
        "duration": each.duration,
        "cap": each.cap,
        "where": each.locator,
        **_span(each.start, each.end, text),
    }


def _criterion(each: Criterion, text: str) -> dict[str, Any]:
    return {"side": each.side, "where": each.locator, **_span(each.start, each.end, text)}


def _rate(each: SafetyRate, text: str) -> dict[str, Any]:
    return {
        "event": each.event,
        "grade": each.grade,
        "serious": each.serious,
        "related": each.related,
        "arms": _arms(each.arms),
        "where": each.locator,
        "origin": each.origin,
        **_span(each.start, each.end, text),
    }
