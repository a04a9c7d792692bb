"""A patient sheet: a flat list of facts, as YAML, as a JSON object or from the site's form."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

from probatum.questions.data_files import load
from probatum.questions.facts.measured import kinds, measured
from probatum.questions.facts.patient import Patient, PatientError
from probatum.questions.facts.plausible import checked
from probatum.questions.facts.tree import Tree

# Long enough for any name of a drug, a disease or a result.
_LONGEST: Final = 200
_MOST: Final = 200
_WORD: Final = re.compile(r"[\w .+-]{1,60}")


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = load("patient_sheet.yaml")
    return data


@cache
def _fields() -> dict[str, str]:
    """The field that each spelling stands for."""
    return {s: field for field, spellings in _data()["fields"].items() for s in spellings}


def fields() -> tuple[str, ...]:
    """The names of all fields of a sheet."""
    return tuple(_data()["fields"])


def patient_of_sheet(sheet: Tree) -> Patient:
    """The patient of a sheet; PatientError for an unknown field or a value that cannot be true."""
    if not isinstance(sheet, dict):
        raise PatientError(
            "A patient file is a list of fields such as \u201cage: 62\u201d, or a FHIR Bundle."
        )
    return checked(_read({_field(key): value for key, value in _once(sheet).items()}))


def _once(sheet: Mapping[str, Tree]) -> Mapping[str, Tree]:
    named: set[str] = set()
    for key in sheet:
        field = _field(key)
        if field in named:
            raise PatientError(
                "The patient file states %(field)s twice; leave one of the two.", field=field
            )
        named.add(field)
    return sheet


def _field(key: str) -> str:
    plain = re.sub(r"[\s-]+", "_", key.strip().lower())
    if plain in _fields():
        return _fields()[plain]
    if plain in _data()["identifying"]:
        raise PatientError(
            "The patient file has the field %(field)s, which says who the patient is and is not "
            "needed: give the age, and leave it out.",
            field=plain,
        )
    named = f"\u201c{plain}\u201d" if _WORD.fullmatch(plain) else "whose name cannot be read"
    raise PatientError(
        "The patient file has a field %(field)s that is not known; the fields are %(known)s.",
        field=named,
        known=", ".join(fields()),
    )


def _read(sheet: Mapping[str, Tree]) -> Patient:
    told = {field: value for field, value in sheet.items() if not _is_unknown(value)}
    return Patient(
        sex=_word(told, "sex", _data()["sex"]),
        pregnant=_word(told, "pregnant", _data()["truth"]),
        measures=tuple(measured(id, _text(told[id], id)) for id in kinds() if id in told),
        performance_status=_performance(told),
        ascites=_word(told, "ascites", _data()["ascites"]),
        encephalopathy=_word(told, "encephalopathy", _data()["encephalopathy"]),
        line=_text(told["line"], "line") if "line" in told else None,
        biomarkers=_results(told.get("biomarkers", [])),
        conditions=_list(told, "conditions"),
        therapies=_list(told, "prior_therapy"),
        never=_list(told, "no_prior_therapy"),
        drugs=_list(told, "drugs"),
    )


def _is_unknown(value: Tree) -> bool:
    return not value or (isinstance(value, str) and value.strip().lower() in _data()["unknown"])


def _text(value: Tree, field: str) -> str:
    if not isinstance(value, str):
        raise PatientError("The field %(field)s of the patient file takes one value.", field=field)
    if len(value) > _LONGEST:
        raise PatientError(
            "The field %(field)s of the patient file is longer than %(most)s letters.",
            field=field,
            most=_LONGEST,
        )
    return " ".join(value.split())


def _word(told: Mapping[str, Tree], field: str, words: Mapping[str, Any]) -> Any:
    """What a word of a small list stands for; None when the field is not there."""
    if field not in told:
        return None
    word = _text(told[field], field).lower()
    if word not in words:
        known = ", ".join(each for each in words if not each.isdigit())
        raise PatientError(
            "The field %(field)s of the patient file takes one of %(known)s.",
            field=field,
            known=known,
        )
    return words[word]


def _performance(told: Mapping[str, Tree]) -> int | None:
    if "performance_status" not in told:
        return None
    match = re.fullmatch(r"(?:ecog )?([0-4])", _text(told["performance_status"], "ecog").lower())
    if match is None:
        raise PatientError("The performance status is an ECOG grade from 0 to 4.")
    return int(match[1])


def _list(told: Mapping[str, Tree], field: str) -> tuple[str, ...]:
    value = told.get(field, [])
    # A form gives one text: entries are parted by line ends, commas or semicolons.
    entries: Sequence[Tree] = re.split(r"[\n,;]", value) if isinstance(value, str) else list(value)
    if isinstance(value, dict):
        raise PatientError(
            "The field %(field)s of the patient file takes a list of names.", field=field
        )
    if len(entries) > _MOST:
        raise PatientError(
            "The field %(field)s of the patient file has more than %(most)s entries.",
            field=field,
            most=_MOST,
        )
    found = [_text(entry, field) for entry in entries]
    return tuple(dict.fromkeys(entry for entry in found if not _is_unknown(entry)))


def _results(value: Tree) -> tuple[tuple[str, str], ...]:
    """Biomarkers with their results: a mapping, or lines such as "PD-L1 CPS: 5"."""
    if isinstance(value, dict):
        pairs = [(name, _text(result, "biomarkers")) for name, result in value.items()]
    else:
        entries = re.split(r"[\n,;]", value) if isinstance(value, str) else value
        pairs = []
        for entry in entries:
            if isinstance(entry, dict):
                pairs += [(name, _text(each, "biomarkers")) for name, each in entry.items()]
                continue
            name, _, result = _text(entry, "biomarkers").partition(":")
            pairs.append((name.strip(), result.strip()))
    if len(pairs) > _MOST or any(len(name) > _LONGEST for name, _ in pairs):
        raise PatientError("The biomarkers of the patient file are too many or too long.")
    return tuple(dict.fromkeys(pair for pair in pairs if pair[0]))
