"""Whether a record is about what a claim names: its study, its drugs, its issuing body.

Digits agree by chance; a record counts only when the names agree as well.
"""

from probatum.answers.audit.context import Said
from probatum.answers.audit.people import diseases
from probatum.checks.held import Held, typed_terms
from probatum.evidence.record import Eligibility, Recommendation, Regimen, Result, Status, Study
from probatum.library.library import Library


def studies_of(held: Held) -> str | None:
    """The study that a record is about."""
    record = held.record
    if isinstance(record, Study):
        return record.id
    return record.study if isinstance(record, Result | Eligibility) else None


def tied(said: Said, held: Held) -> bool:
    """Whether the record can be what the claim speaks of."""
    library = held.library
    record = held.record
    named = said.terms(library, "study")
    study = studies_of(held)
    if named and study is not None and study not in named:
        return False
    bodies = said.terms(library, "body")
    if isinstance(record, Recommendation) and bodies and record.body not in bodies:
        return False
    if isinstance(record, Status) and bodies and record.agency not in bodies:
        return False
    if named and study in named:
        return True
    drugs = specific(said, library)
    about = diseases(said, library)
    if drugs:
        vocabulary = library.vocabulary
        if not about and any(vocabulary.descendants(drug) for drug in drugs if drug in vocabulary):
            # "Chemotherapy" of no disease that is known can be anybody's.
            return False
        return all(_holds(held, drug) for drug in drugs)
    if not about:
        return False
    events = said.terms(library, "adverse_event", "biomarker", "body")
    return bool(events & held.terms) or bool(set(about) & set(typed_terms(record)))


def specific(said: Said, library: Library) -> tuple[str, ...]:
    """The drugs and procedures named, without mere classes; those near where it names none."""
    vocabulary = library.vocabulary
    own = tuple(sorted(said.terms(library, "intervention")))
    every = own or said.near.get("intervention", ())
    single = tuple(each for each in every if not vocabulary.descendants(each))
    return single or every


def distance(said: Said, held: Held) -> int:
    """How many treatments only one of claim and record names; a regimen's record comes first."""
    told = set(specific(said, held.library))
    record = held.record
    if isinstance(record, Regimen):
        own = {part.intervention for part in record.components if not part.optional}
    else:
        own = set(record.interventions)
    return len(told ^ own) if told and own else len(told | own)


def _holds(held: Held, drug: str) -> bool:
    vocabulary = held.library.vocabulary
    return drug in held.terms or any(
        term in vocabulary and vocabulary.is_a(term, drug) for term in held.terms
    )
