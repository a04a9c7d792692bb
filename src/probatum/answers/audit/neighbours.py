"""A treatment told of one disease, of which everything held is about its neighbour (D1).

A pack names the diseases that are easily taken for its own. Where a text recommends for the pack's
disease what is held only for such a neighbour, its evidence is the neighbour's.
"""

import re

from probatum.answers.audit.context import Said
from probatum.answers.audit.document import AuditVerdict
from probatum.answers.audit.judged import Judged
from probatum.answers.audit.people import diseases
from probatum.answers.audit.shelf import Shelf
from probatum.answers.audit.tied import specific
from probatum.checks.cover import related
from probatum.checks.held import held
from probatum.evidence.record import Recommendation, Record
from probatum.library.library import Library

# Words of advice, in the claim or above it: only what is recommended is blamed, not what was tried.
_ADVICE = re.compile(
    r"\b(?:recommend\w*|options?|prefer\w*|regimens?|indicated|should|may be|can be|consider\w*"
    r"|treatments?|therap(?:y|ies)|category|standard)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:not|no|never|neither|without|against|failed|studied|tested|trials?)\b",
    re.IGNORECASE,
)


def neighbours_only(said: Said, shelf: Shelf) -> Judged | None:
    """A mismatch when all that is held on the treatment is about a neighbouring disease."""
    library = shelf.library
    own = said.text[said.own :]
    if not _ADVICE.search(f"{said.text} {said.above}") or _DENIED.search(own):
        return None
    about = diseases(said, library)
    drugs = said.terms(library, "intervention") & set(specific(said, library))
    for drug in sorted(drugs):
        records = shelf.on(drug)
        foreign = _all_foreign(records, about, library)
        if foreign is None:
            continue
        advice = next((r for r in records if isinstance(r, Recommendation)), records[0])
        ours = " or ".join(library.name(each) for each in about)
        theirs = " or ".join(library.name(each) for each in foreign)
        reason = (
            f"All that is held on {library.name(drug)} is about {theirs}, and the text is "
            f"about {ours}."
        )
        shown = tuple(held(record.id, library) for record in dict.fromkeys((advice, *records)))
        return Judged(AuditVerdict.POPULATION_MISMATCH, (reason,), shown[:3], (advice,))
    return None


def _all_foreign(
    records: tuple[Record, ...], about: tuple[str, ...], library: Library
) -> tuple[str, ...] | None:
    """The neighbouring diseases that all the records are about; None when it is not so."""
    vocabulary = library.vocabulary
    packs = [
        manifest
        for manifest in library.manifests
        if about and related(about, manifest.conditions, vocabulary) != "other"
    ]
    if not records or not packs:
        return None
    neighbours = {each for manifest in packs for each in manifest.neighbours}
    found: dict[str, None] = {}
    for record in records:
        conditions = record.population.conditions
        if not conditions or related(about, conditions, vocabulary) != "other":
            return None
        if not set(conditions) <= neighbours:
            return None
        found.update(dict.fromkeys(conditions))
    return tuple(found)
