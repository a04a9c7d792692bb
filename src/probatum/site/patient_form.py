"""The private field set of the ask form: facts about one patient, sent in a body and kept nowhere.

An address stands in histories, logs and bookmarks, so facts never become part of one: the form is
posted, and only a question without facts is sent on to an address of its own.
"""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from probatum.engine import Ask
from probatum.evidence.base import ProbatumError
from probatum.questions.facts.patient import Patient, PatientError
from probatum.questions.facts.sheet import fields, patient_of_sheet
from probatum.questions.facts.tree import Tree
from probatum.questions.switches import patient_facts_on
from probatum.render.language import Told, figure
from probatum.site.asking import asked

# Names in the form, so that they can be told from those of the question.
PREFIX = "patient-"
# All facts together; a sheet of every field is about a thousand letters.
_MOST = 8_000
_LABELS = Told(
    {
        "age": "Age",
        "sex": "Sex",
        "pregnant": "Pregnant",
        "height": "Height",
        "weight": "Weight",
        "performance_status": "ECOG performance status",
        "creatinine": "Serum creatinine",
        "gfr": "Measured GFR or creatinine clearance",
        "bilirubin": "Bilirubin",
        "albumin": "Albumin",
        "inr": "INR",
        "ascites": "Ascites",
        "encephalopathy": "Encephalopathy",
        "line": "Line of therapy",
        "conditions": "Diagnoses, with commas between",
        "biomarkers": "Biomarkers, with commas between",
        "prior_therapy": "Earlier therapy",
        "no_prior_therapy": "Never given",
        "drugs": "Current drugs",
    }
)
# Examples of what is read: the words are read in English only, so a translation keeps them.
_HINTS = Told(
    {
        "age": "62",
        "sex": "female or male",
        "pregnant": "yes or no",
        "height": "165 cm",
        "weight": "70 kg",
        "performance_status": "0 to 4",
        "creatinine": "80 umol/L",
        "gfr": "75 mL/min",
        "bilirubin": "1.0 mg/dL",
        "albumin": "40 g/L",
        "inr": "1.1",
        "ascites": "none, slight or moderate",
        "encephalopathy": "none or grade 1 to 4",
        "line": "second-line",
        "conditions": "recurrent cervical cancer",
        "biomarkers": "PD-L1 CPS: 5, HER2: 3+",
        "prior_therapy": "carboplatin, paclitaxel",
        "no_prior_therapy": "immunotherapy",
        "drugs": "warfarin",
    }
)


@dataclass(frozen=True)
class Field:
    """A field as the page shows it."""

    name: str
    label: str
    hint: str
    typed: str


def shown(query: QueryDict | None = None) -> tuple[Field, ...]:
    """The fields with what was typed; none where the operator has switched facts off."""
    if not patient_facts_on():
        return ()
    return tuple(
        Field(
            PREFIX + name, _LABELS[name], _HINTS[name], (query or {}).get(PREFIX + name, "")[:_MOST]
        )
        for name in _LABELS
    )


def posted(query: QueryDict) -> Ask:
    """The question with the facts that were typed, or one sentence that says what is wrong."""
    found = asked(query)
    patient = _patient(query)
    return found if patient is None else found.model_copy(update={"patient": patient})


def _patient(query: QueryDict) -> Patient | None:
    typed: dict[str, Tree] = {
        name: value for name in fields() if (value := query.get(PREFIX + name, "").strip())
    }
    if not typed:
        return None
    if sum(len(str(value)) for value in typed.values()) > _MOST:
        raise PatientError(
            _("The facts have more than %(most)s letters; please shorten them.")
            % {"most": figure(_MOST)}
        )
    patient = patient_of_sheet(typed)
    if patient.empty:
        raise ProbatumError(
            _("None of the facts can be read; please check them or leave them out.")
        )
    return patient
