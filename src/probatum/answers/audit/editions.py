"""Editions that a text names and that later ones replaced (D4), and bodies it calls the only ones.

An old edition quoted as if it were the newest is true of its day and wrong for the reader's; the
audit names the edition that took its place and says nothing about what that one holds unless it is
held.
"""

import re

from probatum.answers.audit.context import Said
from probatum.answers.audit.document import AuditVerdict
from probatum.answers.audit.judged import Judged
from probatum.answers.audit.people import diseases
from probatum.answers.audit.tied import specific
from probatum.answers.audit.wording import told_as_earlier
from probatum.checks.cover import related
from probatum.checks.held import held
from probatum.checks.phrases import pattern
from probatum.evidence.record import Recommendation
from probatum.evidence.source import Edition, Source, SourceType
from probatum.library.library import Library

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# An older edition named beside what replaced it is history, well told.
_REPLACED = re.compile(r"\b(?:replac|supersed|updat|newer|since then|no longer)\w*", re.IGNORECASE)


def outdated_edition(said: Said, library: Library) -> Judged | None:
    """The claim rests on an edition of a guideline that a later one replaced."""
    own = said.text[said.own :]
    bodies = said.terms(library, "body")
    years = set(_YEAR.findall(own)) or set(_YEAR.findall(said.above))
    if not bodies or not years or told_as_earlier(said) or _REPLACED.search(own):
        return None
    about = diseases(said, library)
    named = list(_named(bodies, years, about, library))
    if not named or any(library.replaced_by(edition.id) is None for _, edition in named):
        return None
    source, edition = named[0]
    newer = library.edition(library.replaced_by(edition.id) or "")
    if newer is None or str(newer.year or "") in years:
        return None
    reason = (
        f"{source.title}: {edition.label} was replaced by {newer.label}"
        f"{f' ({newer.date})' if newer.date else ''}."
    )
    on_topic = [
        record
        for record in library.records.values()
        if record.edition == newer.id and set(specific(said, library)) & set(record.interventions)
    ]
    if not on_topic:
        reason += " What it says on this is not held."
    shown = [held(record.id, library) for record in on_topic[:1]]
    return Judged(AuditVerdict.OUTDATED, (reason,), tuple(shown), tuple(on_topic[:1]))


def _named(
    bodies: frozenset[str], years: set[str], about: tuple[str, ...], library: Library
) -> list[tuple[Source, Edition]]:
    """The editions of the bodies' guidelines on these diseases that have one of the years."""
    return [
        (source, edition)
        for source in library.sources.values()
        if source.type is SourceType.GUIDELINE and source.body in bodies
        if not about
        or not source.conditions
        or related(about, source.conditions, library.vocabulary) != "other"
        for edition in source.editions
        if str(edition.year) in years
    ]


def not_the_only(said: Said, library: Library) -> Judged | None:
    """A body is called the only one to recommend something that another recommends as well."""
    own = said.text[said.own :]
    if not pattern("absence", "only").search(own):
        return None
    bodies = said.terms(library, "body")
    drugs = set(specific(said, library))
    about = diseases(said, library)
    if len(bodies) != 1 or len(drugs) != 1:
        return None
    for record in library.records.values():
        if not isinstance(record, Recommendation) or record.body in bodies:
            continue
        against = record.strength is not None and record.strength.direction != "for"
        if against or set(record.interventions) != drugs or not library.current(record):
            continue
        if about and related(about, record.population.conditions, library.vocabulary) == "other":
            continue
        edition = library.editions[record.edition]
        years = [int(year) for year in _YEAR.findall(own)]
        later = bool(years) and (edition.year or 0) > max(years)
        verdict = AuditVerdict.OUTDATED if later else AuditVerdict.CONTRADICTED
        since = "has since recommended" if later else "recommends"
        reason = f"{library.short(record.body)} {since} it as well ({edition.label})."
        return Judged(verdict, (reason,), (held(record.id, library),), (record,))
    return None
