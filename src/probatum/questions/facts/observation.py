"""Observations of one patient: measures by their LOINC code, and results in words.

Of several values of one measure the latest counts; two values of the same time that differ are a
contradiction, which nobody here can settle.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from probatum.questions.data_files import load
from probatum.questions.facts.measured import Kind, in_own_unit, kinds
from probatum.questions.facts.patient import PatientError
from probatum.questions.facts.resource import Resource, codes, mapping, mappings, state, text, words
from probatum.questions.need import Measure


@dataclass(frozen=True)
class Observed:
    """What all observations of one patient say."""

    measures: tuple[Measure, ...]
    results: tuple[tuple[str, str], ...]
    performance_status: int | None
    pregnant: bool | None


@dataclass(frozen=True)
class _Value:
    when: str
    value: Any


@cache
def _rules() -> dict[str, Any]:
    return dict(load("fhir_facts.yaml"))


@cache
def _measured() -> dict[str, Kind]:
    """What each LOINC code measures."""
    return {code: kind for kind in kinds().values() for code in kind.loinc}


def observed(resources: Sequence[Resource], today: date) -> Observed:
    """The latest value of each measure and every other result with its name."""
    rules = _rules()["observation"]
    values: dict[str, list[_Value]] = {}
    results: dict[str, tuple[str, list[tuple[str, str]]]] = {}
    for resource in resources:
        if state(resource, "status") in rules["left_out"]:
            continue
        for part in _parts(resource):
            for name, value in _read(part, rules):
                if name == "result":
                    _keep_latest(results, _when(resource), value)
                else:
                    values.setdefault(name, []).append(_Value(_when(resource), value))
    latest = {name: _latest(name, found) for name, found in values.items()}
    measures = [
        latest[id].value.model_copy(update={"days_old": _days(latest[id].when, today)})
        for id in kinds()
        if id in latest
    ]
    return Observed(
        measures=tuple(measures),
        results=tuple(pair for _, found in results.values() for pair in dict.fromkeys(found)),
        performance_status=latest["performance"].value if "performance" in latest else None,
        pregnant=latest["pregnancy"].value if "pregnancy" in latest else None,
    )


def _keep_latest(
    results: dict[str, tuple[str, list[tuple[str, str]]]], when: str, pair: tuple[str, str]
) -> None:
    """Keep the last results of a name; of the same time all, for whoever knows what they mean."""
    key = pair[0].lower()
    last, found = results.get(key, ("", []))
    if key not in results or when > last:
        results[key] = (when, [pair])
    elif when == last:
        found.append(pair)


def _parts(resource: Resource) -> Iterator[Resource]:
    yield resource
    yield from mappings(resource.get("component"))


def _read(part: Resource, rules: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """What one code and its value say; nothing where there is no value that can be read."""
    system = _rules()["loinc"]
    own = codes(part.get("code"), system)
    for code in own:
        if code in _measured():
            if measure := _measure(_measured()[code], part):
                yield measure.name, measure
            return
        if code in rules["pregnancy"]:
            answers = codes(part.get("valueCodeableConcept"), system)
            yield from (
                ("pregnancy", rules["pregnant"][each])
                for each in answers
                if each in rules["pregnant"]
            )
            return
        if code in rules["performance"]:
            grade = _grade(part, rules, system)
            if grade is not None:
                yield "performance", grade
            return
    name, value = words(part.get("code")), _said(part)
    if name and value:
        yield "result", (name, value)


def _measure(kind: Kind, part: Resource) -> Measure | None:
    quantity = mapping(part.get("valueQuantity"))
    # "less than 0.2" is no figure that a formula may take.
    if not quantity or text(quantity.get("comparator")):
        return None
    value = _decimal(text(quantity.get("value")))
    if value is None:
        return None
    unit = text(quantity.get("code"))
    # A unit that was coded in another system than UCUM is told by its text.
    if unit.lower() not in kind.scales:
        unit = text(quantity.get("unit")) or unit
    return in_own_unit(kind, value, unit)


def _decimal(value: str) -> Decimal | None:
    try:
        found = Decimal(value) if len(value) <= 20 else None
    except InvalidOperation:
        return None
    return found if found is not None and found.is_finite() and abs(found) < 10**7 else None


def _grade(part: Resource, rules: Mapping[str, Any], system: str) -> int | None:
    told = text(part.get("valueInteger")) or text(mapping(part.get("valueQuantity")).get("value"))
    answers = codes(part.get("valueCodeableConcept"), system)
    grades = [rules["grades"][each] for each in answers if each in rules["grades"]]
    if told:
        value = _decimal(told)
        if value is None or value not in range(5):
            raise PatientError("The performance status is an ECOG grade from 0 to 4.")
        return int(value)
    return grades[0] if grades else None


def _said(part: Resource) -> str:
    """The result in words, with its comparison and unit, as a question would say it."""
    quantity = mapping(part.get("valueQuantity"))
    if quantity:
        unit = text(quantity.get("unit")) or text(quantity.get("code"))
        percent = "%" if unit == "%" else ""
        return f"{text(quantity.get('comparator'))}{text(quantity.get('value'))}{percent}"
    concept = words(part.get("valueCodeableConcept"))
    return concept or text(part.get("valueString")) or text(part.get("valueInteger"))


def _when(resource: Resource) -> str:
    for field in ("effectiveDateTime", "effectiveInstant"):
        if told := text(resource.get(field)):
            return told
    period = mapping(resource.get("effectivePeriod"))
    return text(period.get("end")) or text(period.get("start")) or text(resource.get("issued"))


def _latest(name: str, values: Sequence[_Value]) -> _Value:
    last = max(each.when for each in values)
    found = [each for each in values if each.when == last]
    if any(each.value != found[0].value for each in found):
        label = kinds()[name].name if name in kinds() else f"{name} status"
        raise PatientError(
            f"The Bundle gives two different values of the {label} at the same time; "
            "leave the one that counts."
        )
    return found[0]


def _days(when: str, today: date) -> int | None:
    try:
        return max(0, (today - date.fromisoformat(when[:10])).days)
    except ValueError:
        return None
