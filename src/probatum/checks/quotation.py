"""The checks of a verbatim quote from a held text: the same names, asked of words not our own.

A quote says what a source says, in its words and marked as its words, so numbers, terms, direction
and overlap are kept by being the quote and nothing else. What can still be wrong is whose words
they are: another disease's (D1), those of a work that was retracted or replaced (D4), or words that
would pass for a review of this answer (D6).
"""

from collections.abc import Callable, Iterable
from functools import partial

from probatum.checks import (
    absence,
    anchors,
    attestation,
    currency,
    depth,
    direction,
    numbers,
    overlap,
    population,
    terms,
)
from probatum.checks.cover import related
from probatum.checks.outcome import conflicting, failed, not_applicable, passed
from probatum.checks.phrases import pattern
from probatum.checks.reading import read
from probatum.checks.view import View
from probatum.evidence.claim import Anchor, CheckResult, Draft
from probatum.evidence.source import Currency
from probatum.library.held import HeldDocument
from probatum.terms.vocabulary import Vocabulary

FORM = "quote"
_OUTDATED = (Currency.RETRACTED, Currency.SUPERSEDED)


def is_quotation(draft: Draft) -> bool:
    """Whether a draft rests on held text rather than on records."""
    return draft.form == FORM or any(anchor.record is None for anchor in draft.anchors)


def quoted(words: str) -> str:
    """The words of a source, marked as such."""
    return f"\u201c{words}\u201d"


def results(draft: Draft, view: View) -> tuple[CheckResult, ...]:
    """Every check of a quote, in the gate's order."""
    return tuple(check(draft, view) for check in _CHECKS)


def _anchor(draft: Draft) -> Anchor | None:
    alone = len(draft.anchors) == 1 and draft.anchors[0].record is None
    return draft.anchors[0] if alone else None


def _anchors(draft: Draft, view: View) -> CheckResult:
    anchor = _anchor(draft)
    if anchor is None:
        return failed(anchors.NAME, "a quote rests on one place of one held text")
    document = view.library.document(anchor.edition)
    if document is None:
        return failed(anchors.NAME, f"no text of edition {anchor.edition} is held")
    if document.source != anchor.source:
        return failed(anchors.NAME, f"edition {anchor.edition} is not of source {anchor.source}")
    text = view.library.text(anchor.edition) or ""
    if text[anchor.start : anchor.end] != anchor.quote:
        return failed(anchors.NAME, f"the quote does not stand at that place of {anchor.edition}")
    return passed(anchors.NAME, "the quote stands in the held text where the anchor points")


def _verbatim(name: str, draft: Draft, view: View) -> CheckResult:
    anchor = _anchor(draft)
    if anchor is None or draft.text != quoted(anchor.quote):
        return conflicting(name, "the sentence is not the quoted words and nothing else")
    return passed(name, "the source's own words, marked as a quote")


def _population(draft: Draft, view: View) -> CheckResult:
    anchor = _anchor(draft)
    document = view.library.document(anchor.edition) if anchor else None
    if anchor is None or document is None:
        return failed(population.NAME, "no held text")
    asked = view.need.conditions if view.need else ()
    if not asked:
        return not_applicable(population.NAME, "the question names no disease")
    vocabulary = view.library.vocabulary
    above = (anchor.locator, document.title, *_conditions(document))
    fits = any(
        related(read(words, view.library).terms("condition"), asked, vocabulary) != "other"
        for words in above
    )
    said: set[str] = set()
    # What the quote, its section or its work says it is about must all be (D1): "used as for
    # cervical cancer" in a work on vaginal cancer is about vaginal cancer. Only what its own words
    # name beside the disease of its work, and no rival of it, is that disease's complication.
    for words in (anchor.quote, *above):
        named = read(words, view.library).terms("condition")
        aside = words is anchor.quote and fits and not _rivals(named, asked, vocabulary)
        if named and not aside and related(named, asked, vocabulary) == "other":
            return failed(population.NAME, f"the words are about {_names(named, view)}")
        said |= named
    if said:
        return passed(population.NAME, f"about: {_names(said, view)}")
    return not_applicable(population.NAME, "neither the quote nor its work names a disease")


def _rivals(named: Iterable[str], asked: Iterable[str], vocabulary: Vocabulary) -> bool:
    """Whether any of the diseases is near one asked about: two cancers, or two of one organ."""

    def marks(term: str) -> set[str]:
        held = vocabulary.get(term)
        return {*vocabulary.ancestors(term), *held.name.casefold().replace("-", " ").split()}

    near = {mark for each in asked if each in vocabulary for mark in marks(each)}
    return any(not near.isdisjoint(marks(each)) for each in named)


def _conditions(document: HeldDocument) -> tuple[str, ...]:
    """The diseases that a registry entry lists: all of them are its subject, any may fit."""
    return ("; ".join(document.detail.get("conditions", ())),)


def _names(terms: Iterable[str], view: View) -> str:
    return ", ".join(sorted(view.library.name(term) for term in terms))


def _currency(draft: Draft, view: View) -> CheckResult:
    anchor = _anchor(draft)
    document = view.library.document(anchor.edition) if anchor else None
    if document is None:
        return failed(currency.NAME, "no held text")
    found, newer = view.library.documents.currency([document], view.as_of)[document.edition]
    if found in _OUTDATED:
        by = f" by {newer}" if newer else ""
        return failed(currency.NAME, f"{document.edition} is {found.value}{by}")
    if not view.library.known_by(document.edition, view.as_of):
        return failed(currency.NAME, f"{document.edition} had not appeared by {view.as_of}")
    return passed(currency.NAME, "nothing newer is held")


def _depth(draft: Draft, view: View) -> CheckResult:
    anchor = _anchor(draft)
    document = view.library.document(anchor.edition) if anchor else None
    if document is None:
        return failed(depth.NAME, "no held text")
    return passed(depth.NAME, f"quoted from: {document.depth.value}")


def _attestation(draft: Draft, view: View) -> CheckResult:
    found = pattern("attestation", "attested").search(draft.text)
    if found:
        return failed(attestation.NAME, f'"{found.group()}" attests what only a signed review may')
    return passed(attestation.NAME, "attests nothing")


def _own_words(name: str, reason: str, draft: Draft, view: View) -> CheckResult:
    return not_applicable(name, reason)


_CHECKS: tuple[Callable[[Draft, View], CheckResult], ...] = (
    _anchors,
    partial(_verbatim, numbers.NAME),
    partial(_verbatim, terms.NAME),
    _population,
    partial(_own_words, direction.NAME, "the direction is the source's own"),
    _currency,
    _depth,
    partial(_verbatim, overlap.NAME),
    partial(_own_words, absence.NAME, "what it says not to exist, the source says"),
    _attestation,
)
