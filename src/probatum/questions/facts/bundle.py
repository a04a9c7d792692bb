"""One patient's facts out of a FHIR Bundle (R4 or R5): only what is clinical is ever looked at.

Names, identifiers, addresses and contacts are never read; of the date of birth only the age is
kept. Resources that say they are wrong, refuted or planned are no facts.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, Final

from probatum.questions.data_files import load
from probatum.questions.facts.observation import observed
from probatum.questions.facts.patient import Patient, PatientError, Sex
from probatum.questions.facts.plausible import checked
from probatum.questions.facts.resource import Resource, mapping, mappings, state, text, words
from probatum.questions.facts.tree import Tree
from probatum.questions.need import Measure

_MOST: Final = 20_000
_KEPT: Final = 500
_DAY: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_SEXES: Final[dict[str, Sex]] = {"female": "female", "male": "male"}


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = load("fhir_facts.yaml")
    return data


def is_bundle(root: Tree) -> bool:
    """Whether the content calls itself a FHIR resource."""
    return isinstance(root, dict) and "resourceType" in root


def patient_of_bundle(root: Tree, today: date) -> Patient:
    """The patient that the Bundle is about; PatientError for several, or for contradictions."""
    entries = _entries(mapping(root))
    resources = [resource for _, resource in entries]
    _one_patient(entries)
    person = next((each for each in resources if _type(each) == "Patient"), {})
    age = _age(text(person.get("birthDate")), today)
    found = observed([each for each in resources if _type(each) == "Observation"], today)
    measures = [each for each in found.measures if not (age and each.name == "age")]
    drugs, given = _drugs(resources)
    return checked(
        Patient(
            sex=_SEXES.get(text(person.get("gender"))),
            pregnant=found.pregnant,
            measures=(*((age,) if age else ()), *measures),
            performance_status=found.performance_status,
            biomarkers=found.results[:_KEPT],
            conditions=_few(_conditions(resources)),
            therapies=_few([*given, *_procedures(resources)]),
            drugs=_few(drugs),
        )
    )


def _few(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))[:_KEPT]


def _type(resource: Resource) -> str:
    return text(resource.get("resourceType"))


def _entries(root: Resource) -> list[tuple[str, Resource]]:
    """Each resource with the address that others may call it by."""
    if _type(root) != "Bundle":
        return [("", root)]
    entries = list(mappings(root.get("entry")))
    if len(entries) > _MOST:
        raise PatientError(f"The Bundle has more than {_MOST:,} entries, so it was not read.")
    found = [(text(each.get("fullUrl")), mapping(each.get("resource"))) for each in entries]
    if not any(resource for _, resource in found):
        raise PatientError("The Bundle holds no resource.")
    return found


def _one_patient(entries: Sequence[tuple[str, Resource]]) -> None:
    """Refuse a Bundle that is about several people: one's creatinine is not the other's."""
    people = [(address, each) for address, each in entries if _type(each) == "Patient"]
    ids = {text(each.get("id")) or address for address, each in people}
    if len(people) > 1 and len(ids) > 1:
        raise PatientError(f"The Bundle holds {len(ids)} patients; give a Bundle of one patient.")
    own = {_last(address) for address, _ in people} | {_last(each) for each in ids}
    others = {
        _last(reference)
        for _, resource in entries
        for reference in _subjects(resource)
        if reference.startswith("Patient/") or "/Patient/" in reference or "urn:" in reference
    }
    if (people and others - own) or (not people and len(others) > 1):
        raise PatientError(
            "The Bundle holds facts about another patient; give a Bundle of one patient."
        )


def _subjects(resource: Resource) -> Iterator[str]:
    for field in ("subject", "patient"):
        if reference := text(mapping(resource.get(field)).get("reference")):
            yield reference


def _last(reference: str) -> str:
    """The id at the end of a reference, without a version."""
    plain = reference.split("/_history/", maxsplit=1)[0]
    return re.split(r"[/:]", plain)[-1]


def _age(born: str, today: date) -> Measure | None:
    """Completed years of a full date of birth; a year alone could be one off and gives nothing."""
    match = _DAY.fullmatch(born)
    if match is None:
        return None
    try:
        day = date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError as error:
        raise PatientError("The date of birth in the Bundle is no day.") from error
    years = today.year - day.year - ((today.month, today.day) < (day.month, day.day))
    # The same bound as in measures.yaml; the date itself is never repeated.
    if not 0 <= years <= 122:
        raise PatientError("The date of birth in the Bundle cannot be right; please check it.")
    return Measure(name="age", value=str(years), unit="years")


def _conditions(resources: Sequence[Resource]) -> list[str]:
    rules = _data()["condition"]
    found = []
    for each in resources:
        if _type(each) != "Condition":
            continue
        clinical = state(each, "clinicalStatus")
        if (
            clinical in rules["left_out"]
            or state(each, "verificationStatus") in rules["unverified"]
        ):
            continue
        name = words(each.get("code"))
        if name and clinical in rules["again"]:
            name = f"recurrent {name}"
        stages = [words(stage.get("summary")) for stage in mappings(each.get("stage"))]
        found.append(", ".join(part for part in (name, *stages[:1]) if part))
    return found


def _drugs(resources: Sequence[Resource]) -> tuple[list[str], list[str]]:
    """Drugs that are taken now, and drugs that were given before."""
    rules = _data()["medication"]
    named = {text(each.get("id")): each for each in resources if _type(each) == "Medication"}
    now, before = [], []
    for each in resources:
        kind, status = _type(each), state(each, "status")
        planned = text(each.get("intent")) in rules["only_planned"]
        if planned or text(each.get("doNotPerform")) == "true":
            continue
        if status in rules["now"].get(kind, ()):
            now.append(_drug(each, named))
        elif status in rules["before"].get(kind, ()):
            before.append(_drug(each, named))
    return now, before


def _drug(resource: Resource, named: Mapping[str, Resource]) -> str:
    """The drug's name: stated, in a resource inside this one, or in one of the Bundle."""
    own = mapping(resource.get("medication"))
    told = words(resource.get("medicationCodeableConcept")) or words(own.get("concept"))
    if told:
        return told
    link = mapping(resource.get("medicationReference")) or mapping(own.get("reference"))
    reference = text(link.get("reference"))
    inside = {text(each.get("id")): each for each in mappings(resource.get("contained"))}
    target = inside.get(reference.removeprefix("#")) or named.get(_last(reference)) or {}
    return words(target.get("code")) or text(link.get("display"))


def _procedures(resources: Sequence[Resource]) -> list[str]:
    return [
        words(each.get("code"))
        for each in resources
        if _type(each) == "Procedure" and state(each, "status") in _data()["procedure"]
    ]
