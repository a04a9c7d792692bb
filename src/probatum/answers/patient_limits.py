"""What of a patient file was not used, is missing or is old, in whole sentences."""

from collections.abc import Iterable

from probatum.questions.facts.measured import kinds
from probatum.questions.need import Need

# Figures of body and blood change; from when on that is worth a word is a choice of the curator.
_OLD_DAYS = 30
_MANY = {
    "diagnosis": "diagnoses",
    "biomarker": "biomarker results",
    "therapy": "therapies",
    "drug": "drugs",
}
_ONE = {"biomarker": "biomarker result"}


def patient_limits(need: Need, missing: Iterable[str]) -> list[str]:
    """Sentences on the patient's facts; none without a patient file."""
    facts = need.patient
    if facts is None:
        return []
    said = []
    lacking = list(missing)
    if lacking:
        said.append(
            f"To decide the open steps of the path these facts are missing: {'; '.join(lacking)}."
        )
    for kind, number in facts.unknown:
        words = _ONE.get(kind, kind) if number == 1 else _MANY[kind]
        verb = "is not a term" if number == 1 else "are not terms"
        said.append(
            f"{number} {words} of the patient file {verb} of this library, and so not weighed."
        )
    unweighed = [
        name
        for name, there in (
            ("current drugs", facts.drugs),
            ("other conditions", facts.comorbidities),
        )
        if there
    ]
    if unweighed:
        said.append(
            f"The {' and '.join(unweighed)} of the patient were compared with the held safety "
            "rules only; whether they go together with a treatment was not checked further."
        )
    said += [
        f"The {kinds()[m.name].name} was measured {m.days_old} days before."
        for m in facts.measures
        if m.days_old is not None and m.days_old > _OLD_DAYS and m.name in kinds()
    ]
    said.append(
        "The patient's facts were taken as given: whether they are this patient's, recent and "
        "complete was not checked."
    )
    return said
