"""A patient file, whatever its form, as one patient."""

from datetime import date
from pathlib import Path
from typing import Final

from probatum.questions.facts.bundle import is_bundle, patient_of_bundle
from probatum.questions.facts.patient import Patient, PatientError
from probatum.questions.facts.sheet import patient_of_sheet
from probatum.questions.facts.tree import MOST_BUNDLE, Tree, as_tree, tree

# UTF-8 takes at most four bytes a character.
_MOST_BYTES: Final = 4 * MOST_BUNDLE


def patient_of_text(text: str, today: date) -> Patient:
    """The patient of a FHIR Bundle in JSON or of a sheet in YAML or JSON."""
    return _patient(tree(text), today)


def patient_of_value(value: object, today: date) -> Patient:
    """The same of an object that was JSON already."""
    return _patient(as_tree(value), today)


def patient_of_file(path: Path, today: date) -> Patient:
    """The same of a file; PatientError when it cannot be read."""
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise PatientError(f"The patient file cannot be read ({error.strerror}).") from error
    if len(data) > _MOST_BYTES:
        raise PatientError(f"The patient file is larger than {_MOST_BYTES // 1_000_000} MB.")
    try:
        return patient_of_text(data.decode("utf-8-sig"), today)
    except UnicodeDecodeError as error:
        raise PatientError("The patient file is not UTF-8 text.") from error


def _patient(root: Tree, today: date) -> Patient:
    found = patient_of_bundle(root, today) if is_bundle(root) else patient_of_sheet(root)
    if found.empty:
        raise PatientError("The patient file states no fact that is read here.")
    return found
