"""A patient's facts as an answer shows them back: clinical ones only, by their terms' names."""

from collections.abc import Iterable

from probatum.library.library import Library
from probatum.questions.facts.patient import Patient


def told(
    patient: Patient,
    conditions: Iterable[str],
    drugs: Iterable[str],
    line: str | None,
    library: Library,
) -> tuple[tuple[str, str], ...]:
    """The facts by name; measures, results and earlier therapy are shown with the need's own."""
    name = library.name
    found: list[tuple[str, str]] = []
    if patient.sex:
        found.append(("sex", patient.sex))
    if patient.pregnant is not None:
        found.append(("pregnancy", "yes" if patient.pregnant else "no"))
    if patient.performance_status is not None:
        found.append(("performance status", f"ECOG {patient.performance_status}"))
    if line:
        found.append(("line of therapy", name(line)))
    found += [(f"condition {name(each)}", "yes") for each in conditions]
    found += [(f"current drug {name(each)}", "yes") for each in drugs]
    return tuple(found)
