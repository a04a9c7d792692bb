"""From options, typed or out of a JSONL line, to one question that the engine can take."""

import re
import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from probatum.evidence.answer import ReaderName
from probatum.evidence.base import ProbatumError

if TYPE_CHECKING:
    from probatum.engine import Ask, Engine
    from probatum.questions.facts.patient import Patient

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ANSWER_ID = re.compile(r"[0-9a-f]{16}")


class UsageError(ProbatumError):
    """Options or input that cannot be used, in one sentence."""


def readable(text: str) -> str:
    """The text without halves of characters, which no document can hold and no encoder takes."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def request_of(engine: "Engine", library: Path | None, item: Mapping[str, Any]) -> "Ask":
    """One question with its options; UsageError names the first option that cannot be used."""
    from probatum.engine import Ask

    return Ask(
        question=readable(item["question"]),
        reader=_reader(item.get("reader")),
        region=_region(engine, item.get("region")),
        as_of=_day(item.get("as_of")),
        context=_context(library, item.get("follow")),
        question_id=item.get("id"),
        patient=_patient(item.get("patient"), _day(item.get("as_of"))),
    )


def _patient(value: object, as_of: date | None) -> "Patient | None":
    """The patient of a file, or of an object that stands in a line; what is wrong in a sentence."""
    from probatum.questions.facts.patient import PatientError
    from probatum.questions.facts.reading import patient_of_file, patient_of_value
    from probatum.questions.switches import patient_facts_on

    if value is None:
        return None
    if not patient_facts_on():
        raise UsageError("Facts about a patient are switched off on this installation.")
    today = as_of or datetime.now(UTC).date()
    try:
        if isinstance(value, str):
            return patient_of_file(Path(value), today)
        return patient_of_value(value, today)
    except PatientError as error:
        raise UsageError(str(error)) from error


def _reader(value: object) -> ReaderName:
    if value is None:
        return ReaderName.CLINICIAN
    if isinstance(value, str) and value in tuple(ReaderName):
        return ReaderName(value)
    raise UsageError(f"The reader {value!r} is not known; use one of {', '.join(ReaderName)}.")


def _region(engine: "Engine", value: object) -> str | None:
    """The id of a region, however its letters were typed."""
    if value is None:
        return None
    region = value.strip().lower() if isinstance(value, str) else ""
    if region in engine.regions():
        return region
    known = ", ".join(engine.regions())
    raise UsageError(f"The region {value!r} is not known; use one of {known}.")


def _day(value: object) -> date | None:
    if value is None:
        return None
    try:
        if isinstance(value, str) and _DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise UsageError(f"--as-of takes a day as YYYY-MM-DD, not {value!r}.")


def _context(library: Path | None, value: object) -> str | None:
    from probatum.library.recent import recall, removed_under

    if value is None:
        return None
    known = isinstance(value, str) and _ANSWER_ID.fullmatch(value)
    if known and (gone := removed_under(library, str(value))):
        print(
            f"probatum: the earlier answer {value} rested on {', '.join(gone)}, "
            "removed from this library since.",
            file=sys.stderr,
        )
    context = recall(library, str(value)) if known else None
    if context is None:
        raise UsageError(f"No earlier answer with the id {value!r} is known here.")
    return context
