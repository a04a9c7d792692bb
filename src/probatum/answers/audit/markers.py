"""Whether a test is needed for a treatment, or a study took only patients with a result of one.

"Regardless of PD-L1" and "only in PD-L1-positive disease" are told of drugs every day, and the
wrong one keeps a patient from a treatment or gives it in vain.
"""

from collections.abc import Sequence

from probatum.answers.audit.context import Said
from probatum.answers.audit.document import AuditVerdict
from probatum.answers.audit.judged import Judged, where
from probatum.answers.audit.tied import specific, studies_of
from probatum.answers.premise_words import NEGATED, NOT_REQUIRED, REQUIRES
from probatum.checks.held import Held
from probatum.checks.reading import read
from probatum.evidence.record import Eligibility, Status
from probatum.library.library import Library


def required(said: Said, ours: Sequence[Held], library: Library) -> Judged | None:
    """The verdict on "whatever the PD-L1" and "only with PD-L1": by eligibility and approvals."""
    own = said.text[said.own :]
    markers = read(said.text, library).terms("biomarker")
    if not markers or len(specific(said, library)) > 1:
        return None
    free = NOT_REQUIRED.search(own) is not None
    bound = not free and REQUIRES.search(own) is not None and NEGATED.search(own) is None
    if free == bound:
        return None
    rules = [each for each in ours if _rules(said, each, library)]
    opens = [each for each in rules if _free(each, markers, library)]
    binds = [each for each in rules if each not in opens and _bound(each, markers, library)]
    agree, differ = (opens, binds) if free else (binds, opens)
    if agree and not differ:
        reason = f"A record says the same ({where(agree[0].record, library)})."
        return Judged(AuditVerdict.SUPPORTED, (reason,), (agree[0],))
    if differ and not agree:
        what = "any result of it is allowed" if bound else "a result of it is required"
        reason = f"{where(differ[0].record, library)}: {what}."
        return Judged(AuditVerdict.CONTRADICTED, (reason,), (differ[0],), (differ[0].record,))
    return None


def _rules(said: Said, each: Held, library: Library) -> bool:
    """Eligibility of the study named, or an approval by the agency named of the drug named."""
    record = each.record
    if isinstance(record, Eligibility):
        return studies_of(each) in said.terms(library, "study")
    return isinstance(record, Status) and record.agency in said.terms(library, "body")


def _free(each: Held, markers: frozenset[str], library: Library) -> bool:
    """Whether the record says of the marker itself that any result will do."""
    text = each.statement.text
    vocabulary = library.vocabulary
    return any(
        m.term.id in vocabulary
        and any(vocabulary.relation(m.term.id, asked) != "other" for asked in markers)
        and NOT_REQUIRED.search(text[max(0, m.start - 40) : m.end + 40]) is not None
        for m in each.statement.of_kind("biomarker")
    )


def _bound(each: Held, markers: frozenset[str], library: Library) -> bool:
    vocabulary = library.vocabulary
    return any(
        vocabulary.relation(criterion.biomarker, asked) != "other"
        for criterion in each.record.population.biomarkers
        for asked in markers
    )
