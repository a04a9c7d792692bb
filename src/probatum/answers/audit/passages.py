"""The verdict on a claim by the held texts, where no record speaks of it.

A passage supports a claim when nothing of the claim is unaccounted for in it, most of it stands in
one sentence, and no passage that is nearer says otherwise. To contradict, it must name the claim's
own study, or all of its treatments and its end point, or the claim must plainly be made of one of
its sentences.
"""

from dataclasses import dataclass

from probatum.answers.audit.context import Said
from probatum.answers.audit.document import AuditVerdict
from probatum.answers.audit.tied import specific
from probatum.checks.endpoints import ENDPOINTS
from probatum.checks.evidence.comparison import is_named
from probatum.checks.evidence.units import read_units
from probatum.checks.evidence.verify import Examination, examine
from probatum.checks.reading import read as read_terms
from probatum.evidence.claim import Anchor
from probatum.evidence.source import Currency
from probatum.library.library import Library
from probatum.library.search import Hit, Request

# Passages compared with one claim, and characters of the claim that are searched for.
_PASSAGES = 4
_SEARCHED = 400
# Of a claim's content, so much must stand in its place in a passage for the passage to support it,
# and so much in one sentence; words that are somewhere in a passage may say anything.
LEAST_PLACED, LEAST_TOGETHER = 0.5, 0.65
# And so much for the claim to be that sentence but for what was changed; or so much of it must be
# in the sentence, in whatever order. The project's own figures, chosen on one half of the claims of
# bench/planted.py, with the texts held that they come from.
MOSTLY = 0.65
NEARLY_ALL = 0.9


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
    hits = (_Read.of(said, hit, library) for hit in _hits(said, library))
    read = [each for each in hits if each is not None]
    read.sort(key=lambda each: -each.found.placed)
    nearest = next((each for each in read if each.found.label == "contradicted"), None)
    least = max(LEAST_PLACED, nearest.found.placed if nearest else 0.0)
    # A current passage says it better than one that was replaced, however near that is.
    for each in sorted(read, key=lambda each: each.hit.currency is Currency.SUPERSEDED):
        together = each.found.together >= LEAST_TOGETHER
        if each.found.label == "supported" and each.found.placed >= least and together:
            return _supported(each)
    if nearest is not None and _sure(said, nearest, library):
        details = "; ".join(dict.fromkeys(f.detail for f in nearest.found.findings))
        reason = f"{nearest.title} says otherwise: {details}."
        return InPassage(AuditVerdict.CONTRADICTED, (reason,), nearest.hit, nearest.anchor)
    return None


def _hits(said: Said, library: Library) -> list[Hit]:
    """The passages nearest to a claim; of one without a subject of its own, those of the work
    nearest to its paragraph.

    "The benefit was confined to younger women" is said of many a drug.
    """
    own = said.text[-_SEARCHED:]
    hits = _found(own, _PASSAGES, library)
    around = said.around.strip()[:_SEARCHED]
    if not around or _has_subject(said, library):
        return hits
    works = {hit.passage.document.edition for hit in _found(around, 1, library)}
    wider = _found(f"{own} {around}", 2 * _PASSAGES, library)
    of_it = [each for each in (*hits, *wider) if each.passage.document.edition in works]
    return list({each.passage.start: each for each in of_it}.values())


def _found(words: str, most: int, library: Library) -> list[Hit]:
    if not any(character.isalnum() for character in words):
        return []
    request = Request(words, most, plain=True, outdated=True, meaning=False)
    return list(library.search.search(request))


def _has_subject(said: Said, library: Library) -> bool:
    """Whether a claim names a treatment or a study, or something that only a name can be."""
    if said.terms(library, "intervention", "study"):
        return True
    units = read_units(said.text[said.own :], library.vocabulary)
    return any(unit.kind == "code" and not unit.text.isdigit() for unit in units)


def _supported(read: "_Read") -> InPassage:
    hit = read.hit
    if hit.currency is Currency.SUPERSEDED:
        newer = f" by {hit.replaced_by}" if hit.replaced_by else ""
        reason = f"{read.title} says this, and was replaced{newer}."
        return InPassage(AuditVerdict.OUTDATED, (reason,), hit, read.anchor)
    reason = f"{read.title} says the same."
    return InPassage(AuditVerdict.SUPPORTED, (reason,), hit, read.anchor)


@dataclass(frozen=True, slots=True)
class _Read:
    """A passage read for a claim, with its words that the verdict rests on."""

    hit: Hit
    found: Examination
    anchor: Anchor

    @classmethod
    def of(cls, said: Said, hit: Hit, library: Library) -> "_Read | None":
        """None for a retracted passage, and for one that has nothing of the claim."""
        if hit.currency is Currency.RETRACTED:
            return None
        found = examine(said.text, hit.passage.text, vocabulary=library.vocabulary)
        if found.anchor is None or not found.anchor.quote.strip():
            return None
        start = hit.passage.start + found.anchor.start
        end = hit.passage.start + found.anchor.end
        anchor = library.quote(hit.passage, start, end)
        return cls(hit, found, anchor) if anchor is not None else None

    @property
    def title(self) -> str:
        """The name of the work."""
        document = self.hit.passage.document
        return document.title or document.source


def _sure(said: Said, read: _Read, library: Library) -> bool:
    """Whether a contradiction is surely about the same thing."""
    if read.hit.currency is not Currency.CURRENT:
        return False
    findings = read.found.findings
    figures = any(each.check == "numbers" and each.weight == "conflict" for each in findings)
    telling = ("numbers", "direction", "population") if figures else ("direction",)
    if any(each.check not in telling or each.by_place for each in findings):
        return False
    claim, passage = read_terms(said.text, library), read_terms(read.hit.passage.text, library)
    studies = claim.terms("study")
    if studies:
        return studies <= passage.terms("study")
    endpoints = claim.terms(*ENDPOINTS)
    drugs = frozenset(specific(said, library))
    words = read_terms(read.anchor.quote, library)
    if drugs and endpoints and drugs <= passage.terms() and endpoints <= words.terms():
        return True
    return _of_the_sentence(said, read, library)


def _of_the_sentence(said: Said, read: _Read, library: Library) -> bool:
    """Whether a claim is plainly made of one sentence, whose names it has, and a figure.

    Either most of it stands there as it is, or nearly all of it with every figure. What it is about
    may be a name that no vocabulary has.
    """
    told = read_units(said.text[said.own :], library.vocabulary)
    held = read_units(read.anchor.quote, library.vocabulary)
    names = [unit for unit in told if is_named(unit)]
    theirs = {stem for unit in held for stem in (unit.key, *unit.stems)}
    if not names or not all(unit.key in theirs or {*unit.stems} <= theirs for unit in names):
        return False
    figures = {unit.key for unit in told if unit.kind == "number"}
    common = figures & {unit.key for unit in held}
    if read.found.placed >= MOSTLY:
        return not figures or bool(common)
    return len(figures) > 1 and common == figures and read.found.share >= NEARLY_ALL
