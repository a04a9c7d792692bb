"""What an operator can switch off: calculators, and facts about one patient.

Both change what the product is under the rules for medical devices, each for itself, so each has a
setting of its own that nothing in a question, a file or an address can undo.
"""

import os

_OFF = ("0", "off", "no", "false")


def calculators_on() -> bool:
    """Whether formulas are worked out."""
    return _on(os.environ.get("PROBATUM_CALCULATORS"))


def patient_facts_on() -> bool:
    """Whether facts about one patient are taken."""
    return _on(os.environ.get("PROBATUM_PATIENT_FACTS"))


def _on(value: str | None) -> bool:
    return (value or "").strip().lower() not in _OFF
