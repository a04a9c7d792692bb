"""What held texts add to an answer: recommendations, results and quotes, none of them twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from probatum.answers.fitting import fit
from probatum.answers.labelled import labels
from probatum.answers.plan import PlanSection, PlanStance
from probatum.answers.quotes import Quotation, as_quotes, repeats
from probatum.checks.reading import stems_of
from probatum.evidence.answer import ReaderName
from probatum.evidence.claim import Anchor, Draft
from probatum.evidence.source import SourceType
from probatum.library.library import Library
from probatum.questions.need import Need
from probatum.terms.words import STOPWORDS

if TYPE_CHECKING:
    from probatum.answers.held_advice import HeldAdvice

# Questions whose first answer is what a guideline says, before any other quote.
_ADVICE_FIRST = frozenset(("treatment_options", "guideline_stance"))
# What questions say of advice and of treatment at large.
_ASKING = ("recommend", "recommended", "treat", "treated", "treatment", "therapy", "drug", "used")


@dataclass(frozen=True)
class HeldTexts:
    """Sections out of held texts, what each body says in them, and what answers first."""

    first: Draft | None
    sections: tuple[PlanSection, ...]
    stances: tuple[PlanStance, ...]
    quotes: tuple[Quotation, ...]


def held_texts(
    need: Need,
    library: Library,
    found: Sequence[Quotation],
    reader: ReaderName,
    as_of: date | None = None,
) -> HeldTexts:
    """The sections in order; grades and ratios in a source's words are no answer for a patient."""
    if reader is ReaderName.PATIENT or not library.documents.editions():
        return HeldTexts(found[0].draft if found else None, _quoted(found), (), tuple(found))
    # Loaded once a text is held: an answer from the packs alone would wait for it in vain.
    from probatum.answers.held_advice import advising, as_section, held_advice
    from probatum.answers.held_results import held_results

    advice = held_advice(need, library, as_of)
    results = held_results(need, library, as_of)
    taken = [each.anchor for each in advice]
    rows = _told(results, library) if results else []
    fitting = tuple(
        each
        for each in found
        if not any(repeats(each.anchor, one) for one in taken)
        and not (advice and _for_another(each.anchor, need, library))
    )
    first = fitting[0].draft if fitting else None
    kept = tuple(q for q in fitting if not any(repeats(q.anchor, one) for one in rows))
    if advice and (need.intent in _ADVICE_FIRST or first is None):
        first = _to_the_point(advice, need, library).draft
    sections = (
        *((as_section(advice),) if advice else ()),
        *((results,) if results else ()),
        *_quoted(kept),
    )
    return HeldTexts(first, sections, advising(advice, library), kept)


def _to_the_point(advice: Sequence["HeldAdvice"], need: Need, library: Library) -> "HeldAdvice":
    """The one that says most of what only the question adds to the disease; the strongest of such.

    "After revascularisation" is not answered by stronger advice for all who have the disease.
    """
    known = " ".join((*STOPWORDS, *_ASKING, *map(library.name, need.conditions)))
    asked = stems_of(need.question) - stems_of(known)
    return max(advice, key=lambda each: len(asked & stems_of(each.anchor.quote)))


def with_held(read: Sequence[PlanStance], held: Sequence[PlanStance]) -> tuple[PlanStance, ...]:
    """A pack's stances, with those of held texts where a pack says nothing of the body."""
    said = {each.body for each in read if each.state != "not_held"}
    more = [each for each in held if each.body not in said]
    replaced = {each.body for each in more}
    return (*(each for each in read if each.body not in replaced), *more)


def _told(results: PlanSection, library: Library) -> list[Anchor]:
    """What the rows quote from guidelines, which tell of trials as they tell of everything."""
    found = dict.fromkeys(
        cell.draft.anchors[0] for row in results.rows for cell in row if cell.draft
    )
    documents = {anchor.edition: library.document(anchor.edition) for anchor in found}
    return [
        anchor
        for anchor in found
        if (document := documents[anchor.edition]) and document.type is SourceType.GUIDELINE
    ]


def _for_another(anchor: Anchor, need: Need, library: Library) -> bool:
    """Whether a guideline says it under another stage, setting or line than was asked about."""
    document = library.document(anchor.edition)
    if document is None or document.type is not SourceType.GUIDELINE:
        return False
    headings = (document.title, *anchor.locator.split(" \u203a "))
    return fit(anchor.quote, headings, need, labels(need.question), library) == "other"


def _quoted(found: Sequence[Quotation]) -> tuple[PlanSection, ...]:
    """A section for each disease that quotes were chosen for."""
    subjects = dict.fromkeys(each.subject for each in found)
    return tuple(as_quotes([q for q in found if q.subject == each]) for each in subjects)
