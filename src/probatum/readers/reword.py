"""The same claim in the words of another reader: anchors, role, form and focus stay.

Typed records are told from their fields, curated texts by their plain twin, and everything else by
plain words. Whatever is written is compared with the clinician's sentence; a wording that lost or
added a number, a drug, a negation or a population is thrown away and the clinician's stands. That
guard matters most for packs written by others, whose `plain` nobody has checked.
"""

import re
from typing import NamedTuple

from probatum.answers.sentences import drafts_of
from probatum.checks.quotation import is_quotation
from probatum.evidence.answer import ReaderName
from probatum.evidence.claim import Draft
from probatum.evidence.record import (
    Definition,
    Eligibility,
    Recommendation,
    Record,
    Regimen,
    Result,
    SafetyRule,
    Status,
    Study,
)
from probatum.library.library import Library
from probatum.readers.fidelity import differences
from probatum.readers.outcome_words import explanation_words, result_words
from probatum.readers.plain_words import ended, plain, steps
from probatum.readers.record_words import (
    eligibility_words,
    regimen_reductions_words,
    regimen_selection_words,
    regimen_words,
    status_history_words,
    status_words,
    study_words,
)
from probatum.readers.trainee import trainee_words
from probatum.terms.remembered import remembered

_EARLIER = "Earlier, since superseded: "
_OTHER = re.compile(r"Other population \((.*?)\): ")
_UNFIT = re.compile(r"Set aside for this patient \((.*?)\): ")


class Rewording(NamedTuple):
    """A wording and what it changed; `lost` is empty when it may be shown."""

    text: str
    lost: tuple[str, ...]


def reword(draft: Draft, library: Library, reader: ReaderName) -> Draft:
    """The draft for this reader; the clinician's where no faithful wording is known.

    A quote is the same for everybody: other words would not be its source's.
    """
    if reader is ReaderName.CLINICIAN or is_quotation(draft):
        return draft
    wording = worded(draft, library, reader)
    return draft if wording.lost else draft.model_copy(update={"text": wording.text})


@remembered("library", 8192)
def worded(draft: Draft, library: Library, reader: ReaderName) -> Rewording:
    """The wording itself with what the guard says of it, for tests and curators."""
    if reader is ReaderName.TRAINEE:
        text = trainee_words(draft.text, library)
    else:
        text = _patient(draft, library)
    context = (
        library.statement(draft.focus) if draft.focus and draft.focus in library.records else ""
    )
    return Rewording(text, differences(draft.text, text, library.vocabulary, context))


def _patient(draft: Draft, library: Library) -> str:
    record = library.records.get(draft.focus or "")
    if record is not None:
        own = next((d.text for d in _clinician(record, library) if d.form == draft.form), None)
        if own is not None and draft.text.endswith(own):
            said = _of_record(draft.form, record, library)
            if said is not None:
                return _before(draft.text[: -len(own)], library) + said
    lead, rest = _lead(draft.text, library)
    return lead + steps(plain(rest, library))


def _clinician(record: Record, library: Library) -> tuple[Draft, ...]:
    drafts = drafts_of(record, library)
    if isinstance(record, Result):
        # The history of a result is its sentence with a prefix, so it is matched without it.
        return (*drafts, drafts[0].model_copy(update={"form": "result.history"}))
    return drafts


def _before(prefix: str, library: Library) -> str:
    lead, rest = _lead(prefix, library)
    return lead + (plain(rest, library).strip() + " " if rest.strip() else "")


def _lead(text: str, library: Library) -> tuple[str, str]:
    """The known openings in plain words, and what follows them."""
    lead, rest = "", text
    other = _OTHER.match(rest)
    if other:
        lead += f"About another group: {plain(other[1], library)}. "
        rest = rest[other.end() :]
    unfit = _UNFIT.match(rest)
    if unfit:
        lead += f"This does not fit the facts given ({plain(unfit[1], library)}). "
        rest = rest[unfit.end() :]
    if rest.startswith(_EARLIER):
        lead += "This is an earlier look, since replaced. "
        rest = rest[len(_EARLIER) :]
    return lead, rest


def _of_record(form: str, record: Record, library: Library) -> str | None:
    """The patient's wording of one form of a record; None when the form has no own wording."""
    if form in ("caution", "formula.display"):
        return None
    match record:
        case Result():
            explains = form == "result.explanation"
            return (explanation_words if explains else result_words)(record, library)
        case Regimen():
            words = {
                "regimen.dose": regimen_words,
                "regimen.selection": regimen_selection_words,
                "regimen.reductions": regimen_reductions_words,
            }.get(form)
            return words(record, library) if words else None
        case Status():
            history = form == "status.history"
            return (status_history_words if history else status_words)(record, library)
        case Study():
            return study_words(record, library)
        case Eligibility():
            return eligibility_words(record, library, form == "eligibility.excluded")
        case Recommendation():
            return _named(record, library) if record.plain else None
        case SafetyRule() | Definition():
            return ended(record.plain) if record.plain else None


def _named(record: Recommendation, library: Library) -> str:
    """A recommendation's plain text with the body that says so."""
    text = ended(record.plain or "")
    named = library.vocabulary.match(text, ("body",))
    if any(mention.term.id == record.body for mention in named):
        return text
    return f"{library.short(record.body)}: {text}"
