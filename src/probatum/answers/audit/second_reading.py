"""A second reading of a claim that records seem to support, beside their own words.

The first reading asks whether a record holds the claim's figures or words. It does not see a drug
put in another's place, a phase or an analysis changed, a comparison turned round: what a claim says
besides. So claim and records are laid onto each other as `verify` lays a claim onto a text, and
what is surely exchanged takes the support away. It accuses nobody.
"""

from collections.abc import Iterator

from probatum.answers.audit.context import Said
from probatum.answers.audit.judged import Judged, where
from probatum.answers.sentences import drafts_of
from probatum.checks.evidence.decision import OWN_WORDS, firm
from probatum.checks.evidence.verify import examine
from probatum.checks.held import Held
from probatum.library.library import Library


def exchanged(said: Said, found: Judged, library: Library) -> str | None:
    """What the claim has where its records have something else, in one sentence; None if nothing.

    Of a claim in words of its own a difference tells little, and none is looked for.
    """
    if not found.records:
        return None
    text = "\n\n".join(part for each in found.records for part in _words(each))
    read = examine(said.text[said.own :], text, vocabulary=library.vocabulary)
    if read.label != "contradicted" and read.placed < OWN_WORDS:
        return None
    fault = next((each for each in read.findings if firm([each])), None)
    if fault is None:
        return None
    source = where(found.records[0].record, library)
    return f"A record is near, but does not say just this ({source}): {fault.detail}."


def _words(held: Held) -> Iterator[str]:
    """All that a record says: its statement, what answers say of it, its people and its work."""
    record, library = held.record, held.library
    yield library.statement(record.id)
    for draft in drafts_of(record, library):
        yield draft.text
    edition = library.editions[record.edition]
    names = (library.name(term) for term in sorted(held.terms) if term in library.vocabulary)
    about = (record.population.text, held.source.title, edition.label, edition.citation, *names)
    yield ". ".join(each for each in about if each) + "."
