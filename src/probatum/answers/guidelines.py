"""What each body says on the question: says, silent (held and read) or not held, and never more.

The state is computed from what the library holds: a body says something when a current
recommendation of its fits the need; it is silent when the topic asked about is among those that a
curator has read in its newest held edition; otherwise its word on the question is not held.
"""

from probatum.answers.elsewhere import from_elsewhere
from probatum.answers.gather import Evidence
from probatum.answers.plan import PlanStance
from probatum.answers.sentences import drafts_of
from probatum.evidence.record import Recommendation, Status
from probatum.evidence.source import Checked, Edition, Source, SourceType
from probatum.library.library import Library
from probatum.terms.remembered import remembered

# Recommendations on these have a section of their own in an answer on treatment.
_OWN_SECTIONS = frozenset(("local-treatment", "surgery", "surveillance", "monitoring"))
_TREATMENT_TOPICS = frozenset(
    ("systemic-therapy", "local-treatment", "biomarker-testing", "surveillance", "safety", "dose")
)


def stances(evidence: Evidence) -> tuple[PlanStance, ...]:
    """One stance for each body asked about and each body that says something, asked ones first."""
    library = evidence.library
    relevant = _bodies_on_topic(evidence)
    asked = list(dict.fromkeys(_joint(body, relevant, evidence) for body in advisers(evidence)))
    named = [body for body in asked if body in relevant] + [
        body for body in asked if body not in relevant
    ]
    others = sorted(relevant - set(asked), key=library.name)
    found = [stance(body, evidence) for body in named]
    rest = [stance(body, evidence) for body in others]
    shown = [s for s in rest if s.state == "says"]
    shown += [s for s in rest if s.state == "silent" and s.drafts]
    shown += [s for s in rest if s not in shown and not asked]
    return (*found, *shown)


def advisers(evidence: Evidence) -> tuple[str, ...]:
    """The bodies asked about that give advice: an agency decides on approvals and gives none."""
    records = evidence.library.records.values()
    agencies = {record.agency for record in records if isinstance(record, Status)}
    return tuple(body for body in evidence.need.bodies if body not in agencies)


def _joint(body: str, relevant: set[str], evidence: Evidence) -> str:
    """A society that speaks on the condition only together with others stands for the group."""
    vocabulary = evidence.library.vocabulary
    if body in relevant:
        return body
    groups = [b for b in sorted(relevant) if b in vocabulary and body in vocabulary.get(b).parts]
    return groups[0] if groups else body


def _default_topics(evidence: Evidence) -> tuple[str, ...]:
    """Topics that make an edition's silence meaningful when the question names none: the pack's."""
    return tuple(
        dict.fromkeys(
            topic
            for manifest in evidence.library.manifests
            if set(manifest.conditions) & set(evidence.need.conditions)
            for topic in manifest.default_topics
        )
    )


def _bodies_on_topic(evidence: Evidence) -> set[str]:
    return {
        source.body
        for source in evidence.library.sources.values()
        if source.body and source.type is SourceType.GUIDELINE and _on_condition(source, evidence)
    }


def _on_condition(source: Source, evidence: Evidence) -> bool:
    need, vocabulary = evidence.need, evidence.library.vocabulary
    return any(
        mine in vocabulary
        and wanted in vocabulary
        and vocabulary.relation(mine, wanted) in ("same", "narrower", "broader")
        for mine in source.conditions
        for wanted in need.conditions
    )


def _editions(body: str, evidence: Evidence) -> list[tuple[Source, Edition]]:
    library = evidence.library
    recommending = _recommending(body, library)
    return [
        (source, edition)
        for source in library.sources.values()
        if source.body == body
        and (source.type is SourceType.GUIDELINE or source.id in recommending)
        and _on_condition(source, evidence)
        for edition in source.editions
        if library.known_by(edition.id, evidence.as_of)
    ]


@remembered("library", 256)
def _recommending(body: str, library: Library) -> frozenset[str]:
    """The sources that hold a recommendation of this body."""
    return frozenset(
        library.source_of(record.edition).id
        for record in library.records.values()
        if isinstance(record, Recommendation) and record.body == body
    )


def stance(body: str, evidence: Evidence) -> PlanStance:
    """The body's stance on the need, with its newest held edition."""
    library, need = evidence.library, evidence.need
    name = library.short(body)
    editions = _editions(body, evidence)
    if not editions:
        condition = " or ".join(library.name(c) for c in need.conditions) or "this question"
        return PlanStance(
            body, None, None, "not_held", None, (),
            f"No guideline of {name} on {condition} is held in this library.",
        )  # fmt: skip
    current = [e for _, e in editions if library.replaced_by(e.id, evidence.as_of) is None]
    newest = max(current or [e for _, e in editions], key=lambda e: (e.year or 0, e.id))
    mine = [
        record
        for record in evidence.direct
        if isinstance(record, Recommendation) and record.body == body
    ]
    focused = bool(need.interventions)
    topics = [t for t in need.topics if t in _TREATMENT_TOPICS]
    if not topics and (focused or need.line):
        topics = list(_default_topics(evidence))
    mine.sort(key=lambda record: not evidence.concerns(record))
    says = [r for r in mine if evidence.concerns(r)] if focused else mine
    if topics:
        mine = [record for record in mine if set(topics) & set(record.topics)]
        says = says if focused else mine
    elif need.intent == "treatment_options":
        mine = says = [r for r in mine if not r.topics or set(r.topics) - _OWN_SECTIONS]
    if focused and says:
        says = [*says, *(r for r in mine if r not in says and _on_class(r, evidence))]
    shown = tuple(draft for record in (says or mine) for draft in drafts_of(record, library)[:1])
    if says:
        edition = _newest_of([record.edition for record in says], evidence)
        others = {record.edition for record in says} - {edition.id}
        more = f" and {len(others)} more" if others else ""
        newest_read = set(library.editions[newest.id].read_topics)
        left = set(_default_topics(evidence)) - newest_read if newest_read else set()
        part = (
            f" Its recommendations on {', '.join(sorted(library.name(t) for t in left))} "
            "are not held."
            if left
            else ""
        )
        return PlanStance(
            body, edition.id, edition.year, "says",
            library.replaced_by(edition.id, evidence.as_of), shown,
            f"{name} ({edition.label}{more}) is held on this question.{part}",
        )  # fmt: skip
    if focused and (elsewhere := _for_others(body, evidence)):
        record = elsewhere[0]
        held = library.editions[record.edition]
        drafts = tuple(d for r in elsewhere for d in drafts_of(r, library, "contrast")[:1])
        return PlanStance(
            body, held.id, held.year, "says", library.replaced_by(held.id, evidence.as_of), drafts,
            f"{name} ({held.label}) is held, for another population than the one asked about.",
        )  # fmt: skip
    wanted = set(topics or _default_topics(evidence))
    # Silence needs the whole: an edition of the body that was not read may be the one that speaks.
    unread = [
        wanted - set(edition.read_topics) if wanted else not edition.read_topics
        for edition in current or [newest]
    ]
    what = " and ".join(library.name(i) for i in need.interventions) or "this question"
    if not any(unread):
        also = " What it says for this population is given beside it." if shown else ""
        text = (
            f"{name} ({newest.label}): held and {_how_read(newest.id, evidence)} on "
            f"{', '.join(sorted(library.name(t) for t in wanted))}, and silent on {what}.{also}"
        )
        return PlanStance(body, newest.id, newest.year, "silent", None, shown, text)
    left = {t for edition in current or [newest] for t in wanted - set(edition.read_topics)}
    on = f" on {', '.join(sorted(library.name(t) for t in left))}" if left else ""
    text = (
        f"{name}: {newest.label} is known to this library, but its recommendations{on} "
        f"are not held, so what it says on {what} is not known here."
    )
    if older := [e for _, e in editions if e not in current]:
        text += f" It replaces {', '.join(e.label for e in older)}."
    return PlanStance(body, newest.id, newest.year, "not_held", None, shown, text)


def _for_others(body: str, evidence: Evidence) -> list[Recommendation]:
    """What the body says on the intervention where the condition is the same and the rest is not.

    "Only without earlier immunotherapy" is an answer for a patient who had it, and not silence.
    """
    conditions = set(evidence.need.conditions)
    found = [
        record
        for record in evidence.contrast
        if isinstance(record, Recommendation)
        and record.body == body
        and conditions & set(record.population.conditions)
        and evidence.concerns(record)
        and not from_elsewhere(record, evidence)
        and evidence.library.current(record, evidence.as_of)
    ]
    # What speaks of the therapies that were given rules the patient in or out: it comes first.
    return sorted(found, key=lambda record: not _speaks_of_prior(record, evidence))


def _speaks_of_prior(record: Recommendation, evidence: Evidence) -> bool:
    vocabulary = evidence.library.vocabulary
    named = {m.term.id for m in vocabulary.match(record.text, kinds={"intervention"})}
    return any(
        prior.therapy in vocabulary and vocabulary.relation(prior.therapy, one) != "other"
        for prior in evidence.need.prior
        for one in named - set(record.interventions)
    )


def _how_read(edition: str, evidence: Evidence) -> str:
    """Whether the body's own page was read, or a summary of it only: silence weighs accordingly."""
    own = any(
        record.checked is Checked.OFFICIAL_PAGE
        for record in evidence.library.records.values()
        if record.edition == edition
    )
    return "read" if own else "read in a summary only"


def _on_class(record: Recommendation, evidence: Evidence) -> bool:
    """A statement on a class ("immunotherapy") is shown beside those on its member."""
    vocabulary = evidence.library.vocabulary
    return any(
        asked in vocabulary and mine in vocabulary and vocabulary.is_a(asked, mine)
        for asked in evidence.need.interventions
        for mine in record.interventions
    )


def _newest_of(ids: list[str], evidence: Evidence) -> Edition:
    editions = [evidence.library.editions[edition] for edition in ids]
    return max(editions, key=lambda e: (e.year or 0, e.id))
