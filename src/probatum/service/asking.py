"""A question from elsewhere and its answer, with what the operator lets others have done for it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from probatum.engine import Ask, Engine
from probatum.evidence.answer import Answer
from probatum.questions.facts.patient import Patient, PatientError
from probatum.questions.switches import patient_facts_on
from probatum.service.arguments import AskArguments
from probatum.service.permits import permitted_live, permitted_model
from probatum.service.refusal import RefusedError
from probatum.service.room import Room

if TYPE_CHECKING:
    from probatum.llm.chosen import Chosen

# Look-ups and language models take seconds each and hold a thread for it.
_slow = Room(2, "Others are being looked up for; please try again soon.")


def question_of(given: AskArguments, engine: Engine, folder: Path | None) -> Ask:
    """The question with its options; RefusedError names the first that cannot be used."""
    from probatum.library.recent import recall

    if given.region is not None and given.region not in engine.regions():
        known = ", ".join(engine.regions())
        raise RefusedError(
            "invalid", "The region is not known; use one of %(known)s.", "region", known=known
        )
    context = recall(folder, given.follow) if given.follow else None
    if given.follow and context is None:
        raise RefusedError("not_found", "No earlier answer with this id is known here.", "follow")
    return Ask(
        question=given.question,
        reader=given.reader,
        region=given.region,
        as_of=given.as_of,
        context=context,
        question_id=None if given.id is None else str(given.id),
        patient=_patient(given.patient, given.as_of),
    )


def _patient(value: dict[str, Any] | None, as_of: date | None) -> Patient | None:
    """The patient of a Bundle or of an object of facts."""
    from probatum.questions.facts.reading import patient_of_value

    if value is None:
        return None
    if not patient_facts_on():
        raise RefusedError(
            "forbidden", "Facts about a patient are switched off on this installation.", "patient"
        )
    try:
        return patient_of_value(value, as_of or datetime.now(UTC).date())
    except PatientError as error:
        raise RefusedError("invalid", str(error), "patient") from error


@dataclass(frozen=True)
class Wanted:
    """A question that may be answered, with the look-ups and the model that were allowed for it."""

    ask: Ask
    live: tuple[str, ...] = ()
    model: "Chosen | None" = None


def wanted(given: AskArguments, engine: Engine, folder: Path | None) -> Wanted:
    """What is to be done; RefusedError says what of it is not possible or not allowed."""
    return Wanted(
        question_of(given, engine, folder),
        permitted_live([each.value for each in given.live]),
        permitted_model(given.model),
    )


def answered(what: Wanted, engine: Engine, folder: Path | None) -> Answer:
    """The answer; QuestionError says why there is none, RefusedError that others come first.

    What was understood is kept for a follow-up, in terms only. Of a question about one patient
    nothing is kept: which editions its answer cites may tell of the patient.
    """
    if not what.live and what.model is None:
        return _kept(engine, what.ask, engine.ask(what.ask), folder)
    with _slow.taken():
        if what.live:
            return looked_up(what, folder)
        return _kept(engine, what.ask, engine.ask(what.ask, what.model), folder)


def looked_up(what: Wanted, folder: Path | None) -> Answer:
    """The answer after a look-up, by an engine of its own: others go on using the one before."""
    from probatum.library.store import default_folder
    from probatum.live.asking import with_look_up
    from probatum.sources.live.settings import from_environment

    engine, ask = with_look_up(
        Engine.open(folder), folder or default_folder(), what.ask, what.live, from_environment()
    )
    try:
        return _kept(engine, ask, engine.ask(ask, what.model), folder)
    finally:
        engine.close()


def _kept(engine: Engine, ask: Ask, answer: Answer, folder: Path | None) -> Answer:
    from probatum.library.recent import remember

    if answer.claims and ask.patient is None:
        editions = [reference.edition for reference in answer.references]
        remember(folder, answer.id, engine.context(ask), editions)
    return answer
