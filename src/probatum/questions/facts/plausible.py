"""Facts that cannot all be true of one patient, told in one sentence."""

from decimal import Decimal
from typing import Final

from probatum.questions.facts.patient import Patient, PatientError

# Bounds against typing errors, chosen by the curator beyond every case on record: they say that a
# field is wrong, never what is normal. Years of age of a pregnant person; body-mass index in kg/m2.
_PREGNANT: Final = (Decimal(5), Decimal(74))
_BODY_MASS: Final = (Decimal(7), Decimal(210))


def checked(patient: Patient) -> Patient:
    """The patient, whose facts go together; PatientError with the first two that do not."""
    values: dict[str, Decimal] = {}
    for measure in patient.measures:
        value = Decimal(measure.value)
        if values.setdefault(measure.name, value) != value:
            raise PatientError(
                "The patient file gives two values of %(name)s; leave one.", name=measure.name
            )
    if patient.pregnant and patient.sex == "male":
        raise PatientError("The patient file says male and pregnant, which contradict each other.")
    age = values.get("age")
    if patient.pregnant and age is not None and not _PREGNANT[0] <= age <= _PREGNANT[1]:
        raise PatientError(
            "The patient file says pregnant at an age of %(age)s years; please check.",
            age=str(age),
        )
    height, weight = values.get("height"), values.get("weight")
    if height and weight:
        index = weight / (height / 100) ** 2
        if not _BODY_MASS[0] <= index <= _BODY_MASS[1]:
            raise PatientError(
                "A height of %(height)s cm and a weight of %(weight)s kg cannot both be right; "
                "please check both.",
                height=str(height),
                weight=str(weight),
            )
    both = {each.lower() for each in patient.therapies} & {each.lower() for each in patient.never}
    if both:
        raise PatientError(
            "The patient file names a therapy both as given and as never given; leave one."
        )
    return patient
