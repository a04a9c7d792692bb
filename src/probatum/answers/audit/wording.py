"""Whether the words around a claim's figures, or a claim of words alone, say what records say."""

from collections.abc import Sequence

from probatum.answers.audit.context import Said
from probatum.answers.audit.document import AuditVerdict
from probatum.answers.audit.judged import Judged, named, where
from probatum.checks import absence, attestation, direction, terms
from probatum.checks.held import Held
from probatum.checks.outcome import Conflict
from probatum.checks.phrases import pattern
from probatum.checks.reading import read
from probatum.checks.view import View
from probatum.evidence.claim import Draft, Outcome
from probatum.evidence.record import Result
from probatum.library.library import Library


def draft_of(said: Said, records: Sequence[Held], text: str | None = None) -> Draft:
    """The claim as a draft anchored to records, for the checks of the gate."""
    library = records[0].library
    anchors = tuple(library.anchor(each.record.id) for each in records)
    return Draft(text=text or said.text, anchors=anchors)


def told_as_earlier(said: Said) -> bool:
    """Whether the text says that a value or an edition is not the newest."""
    own = said.text[said.own :]
    return any(pattern("currency", "earlier").search(words) for words in (own, said.above))


def worded(
    said: Said, cover: tuple[Held, ...], measured: Sequence[Held], library: Library
) -> Judged | None:
    """What is wrong with the words around figures that are all held; None when nothing is."""
    view = View(library)
    draft = draft_of(said, cover)
    results = [each for each in measured if isinstance(each.record, Result)]
    told = direction.check(draft_of(said, results), view) if results else None
    if isinstance(told, Conflict):
        reason = f"The figures are held, but they do not show this: {plain(told.detail, library)}."
        right = tuple(each.record for each in results[:1])
        return Judged(AuditVerdict.CONTRADICTED, (reason,), cover, right)
    for check in (absence.check, attestation.check):
        result = check(draft, view)
        if result.outcome is Outcome.FAIL:
            return Judged(AuditVerdict.NOT_FOUND, (f"{result.detail}.",), cover)
    named = terms.check(draft, view)
    if named.outcome is Outcome.FAIL and _names_more(said, cover, library):
        reason = f"The figures are held ({where(cover[0].record, library)}); {named.detail}."
        return Judged(AuditVerdict.NOT_FOUND, (reason,), cover)
    return None


def _names_more(said: Said, cover: Sequence[Held], library: Library) -> bool:
    """Whether the claim's own words name a drug, study or body that no record has."""
    reading = read(said.text, library)
    vocabulary = library.vocabulary
    held = {term for each in cover for term in each.terms}
    return any(
        mention.start >= said.own
        and mention.term.id not in held
        and not any(t in vocabulary and vocabulary.is_a(t, mention.term.id) for t in held)
        for mention in reading.of_kind("intervention", "study", "body")
    )


def plain(detail: str, library: Library) -> str:
    """A check's reason with record ids replaced by the works that they were read from."""
    words = []
    for word in detail.split(" "):
        bare = word.strip(",.;:()")
        record = library.records.get(bare)
        words.append(word.replace(bare, named(record, library)) if record else word)
    return " ".join(words)
