"""The verdict on a claim by the held texts, where no record speaks of it.

A passage supports a claim when nothing of the claim is unaccounted for in it. To contradict, it
must name the claim's own study, or all of its treatments and its end point; another passage that
supports the claim outweighs it.
"""

from dataclasses import dataclass

from probatum.answers.audit.context import Said
from probatum.answers.audit.document import AuditVerdict
from probatum.answers.audit.tied import specific
from probatum.checks.endpoints import ENDPOINTS
from probatum.checks.evidence.verdict import EvidenceVerdict, failed
from probatum.checks.evidence.verify import verify
from probatum.checks.reading import read
from probatum.evidence.claim import Anchor
from probatum.evidence.source import Currency
from probatum.library.library import Library
from probatum.library.search import Hit, Request

# Passages compared with one claim, and characters of the claim that are searched for.
_PASSAGES = 4
_SEARCHED = 400


@dataclass(frozen=True, slots=True)
class InPassage:
    """What held texts say of a claim."""

    verdict: AuditVerdict
    reasons: tuple[str, ...]
    hit: Hit
    anchor: Anchor


def by_passages(said: Said, library: Library) -> InPassage | None:
    """The verdict by the nearest passages; None when none can tell."""
    if library.documents.content is None:
        return None
    request = Request(said.text[-_SEARCHED:], _PASSAGES, plain=True, outdated=True, meaning=False)
    if not any(character.isalnum() for character in request.query):
        return None
    blamed: InPassage | None = None
    for hit in library.search.search(request):
        if hit.currency is Currency.RETRACTED:
            continue
        found = verify(said.text, hit.passage.text, vocabulary=library.vocabulary)
        anchor = _anchor(found, hit, library)
        if anchor is None:
            continue
        title = hit.passage.document.title or hit.passage.document.source
        if found.verdict == "supported":
            if hit.currency is Currency.SUPERSEDED:
                newer = f" by {hit.replaced_by}" if hit.replaced_by else ""
                reason = f"{title} says this, and was replaced{newer}."
                return InPassage(AuditVerdict.OUTDATED, (reason,), hit, anchor)
            return InPassage(AuditVerdict.SUPPORTED, (f"{title} says the same.",), hit, anchor)
        if found.verdict == "contradicted" and blamed is None and _sure(said, found, hit, library):
            details = [c.detail for c in found.checks if c.outcome.value == "fail"]
            reason = f"{title} says otherwise: {'; '.join(details)}."
            blamed = InPassage(AuditVerdict.CONTRADICTED, (reason,), hit, anchor)
    return blamed


def _anchor(found: EvidenceVerdict, hit: Hit, library: Library) -> Anchor | None:
    """The words of the passage that the verdict rests on."""
    if found.anchor is None or not found.anchor.quote.strip():
        return None
    start = hit.passage.start + found.anchor.start
    end = hit.passage.start + found.anchor.end
    return library.quote(hit.passage, start, end)


def _sure(said: Said, found: EvidenceVerdict, hit: Hit, library: Library) -> bool:
    """Whether a contradiction is surely about the same thing."""
    if hit.currency is not Currency.CURRENT or found.anchor is None:
        return False
    if not (failed(found.checks, "numbers") or failed(found.checks, "direction")):
        return False
    if failed(found.checks, "population") or failed(found.checks, "terms"):
        return False
    claim, passage = read(said.text, library), read(hit.passage.text, library)
    studies = claim.terms("study")
    if studies:
        return studies <= passage.terms("study")
    endpoints = claim.terms(*ENDPOINTS)
    drugs = frozenset(specific(said, library))
    words = read(found.anchor.quote, library)
    return bool(drugs and endpoints) and drugs <= passage.terms() and endpoints <= words.terms()
