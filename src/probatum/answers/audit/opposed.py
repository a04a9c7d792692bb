"""A recommendation or an approval told the other way round.

"Should be given" of what a body advises against, "approved" of what its agency has not approved:
the opposite of a held record, but only where body, treatment and disease are the same and the words
are nearly the same.
"""

from probatum.answers.audit.context import Said
from probatum.answers.audit.document import AuditVerdict
from probatum.answers.audit.judged import Judged, where
from probatum.answers.audit.telling import shared, telling
from probatum.answers.audit.tied import specific
from probatum.checks.direction import approval_states, stance
from probatum.checks.held import Held
from probatum.checks.overlap import connectives
from probatum.checks.reading import stems_of
from probatum.evidence.record import Recommendation, Status

# Of the words of a claim that say something, so many must be the record's for it to be the same
# advice: the project's own figure.
_SAME = 0.7
# And so many of the record's words the claim's.
_HALF = 0.5
_OPPOSITE = {"for": "against", "against": "for"}
_GRANTED = frozenset(("approved", "accelerated"))


def opposed(said: Said, each: Held) -> Judged | None:
    """Contradicted by a record of the same body on the same treatment that says the opposite."""
    record, library = each.record, each.library
    if not library.current(record):
        return None
    drugs = set(specific(said, library))
    issuer = (
        record.body
        if isinstance(record, Recommendation)
        else record.agency
        if isinstance(record, Status)
        else None
    )
    if issuer is None or issuer not in said.terms(library, "body"):
        return None
    if not drugs or not drugs <= each.terms:
        return None
    fault = None
    if isinstance(record, Recommendation):
        fault = _advice(said, each, record)
    elif isinstance(record, Status):
        fault = _approval(said, each, record)
    if fault is None:
        return None
    return Judged(
        AuditVerdict.CONTRADICTED, (f"{fault} ({where(record, library)}).",), (each,), (record,)
    )


def _advice(said: Said, each: Held, record: Recommendation) -> str | None:
    told = stance(said.text[said.own :])
    held = {stance(reading.text) for reading in each.wordings}
    if told not in _OPPOSITE or held != {_OPPOSITE[told]}:
        return None
    words = telling(said, each.library)
    if not words or shared(said, each) < _SAME * len(words):
        return None
    # Advice on another point has few words of its own here and many more elsewhere.
    own = stems_of(record.text) - connectives()
    if len(own & stems_of(said.text)) < _HALF * len(own):
        return None
    return f"The text is {told} it, and the body is {_OPPOSITE[told]} it"


def _approval(said: Said, each: Held, record: Status) -> str | None:
    library = each.library
    about = said.terms(library, "condition") or frozenset(said.near.get("condition", ()))
    if not about & set(record.population.conditions):
        return None
    if each.statement.terms("body") - {record.agency} or len(record.interventions) > 1:
        return None
    told = approval_states(said.text[said.own :])
    if record.state in _GRANTED and told == {"not_approved"}:
        return "The text says that it is not approved, and it is"
    if record.state == "not_approved" and told and told <= _GRANTED:
        return "The text says that it is approved, and it is not"
    if record.state == "withdrawn" and told and told <= _GRANTED:
        return "The text says that it is approved, and the approval was withdrawn"
    return None
