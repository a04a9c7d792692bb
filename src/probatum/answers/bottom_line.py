"""The few sentences that come first, chosen by stated rules and never written for one question.

For treatment: the proven survival benefits, at most two a line of therapy, randomised and whole
populations first; then, where one intervention is asked about, its approvals. For other intents:
the first findings of the sections that matter to them.
"""

from collections.abc import Iterable, Sequence

from probatum.answers.asked_findings import on_events
from probatum.answers.earlier_steps import earlier_steps
from probatum.answers.gather import Evidence
from probatum.answers.main_question import of_main_question
from probatum.answers.outcome_order import ANALYSES
from probatum.answers.outline import changes_asked, sort_of_result
from probatum.answers.plan import PlanSection, PlanStance
from probatum.answers.ranges import fits
from probatum.answers.regimen_order import LISTED, MORTALITY
from probatum.answers.sentences import comparative, drafts_of
from probatum.answers.this_patient import after_given, after_same, by_result, is_low, of_kidney
from probatum.evidence.claim import Draft
from probatum.evidence.record import Record, Result, Status
from probatum.library.favours import favours

_LIMIT = 4
_PER_LINE = 2


def bottom_line(
    evidence: Evidence, sections: Iterable[PlanSection], stances: Sequence[PlanStance]
) -> tuple[Draft, ...]:
    """At most four drafts, all of which also stand in a section."""
    intent = evidence.need.intent
    shown = tuple(sections)
    if evidence.named and not any(evidence.concerns(record) for record in evidence.direct):
        return _contrast(shown)[:2]
    if intent in ("treatment_options", "intervention", "comparison"):
        # What was compared head to head is told, whichever way it went.
        survival = _results(evidence) if evidence.head_to_head else list(_survival(evidence))
        drafts = [*by_result(evidence, survival), *survival]
        asked = {stance.body for stance in stances} & set(evidence.need.bodies)
        if asked:
            drafts += _said([s for s in stances if s.body in asked], evidence)
        if evidence.need.interventions:
            drafts += _decided(evidence, shown)
        if intent != "comparison":
            drafts += _said(stances, evidence)[: 1 if drafts else 3]
    elif intent == "guideline_stance":
        drafts = _said(stances, evidence)
        if evidence.named:
            drafts += _statuses(evidence)[:1] + list(_survival(evidence))[:1]
    elif intent == "approval":
        elsewhere = [d for d in _contrast(shown) if d.form == "status.state"]
        then = list(earlier_steps(evidence))
        drafts = _statuses(evidence) or then or elsewhere or _statuses(evidence, anywhere=True)
    elif intent == "trial_result" or (intent == "prognosis" and evidence.named):
        drafts = _results(evidence)
    else:
        drafts = []
    if not drafts and intent not in ("guideline_stance", "approval"):
        drafts = _first_of(shown, evidence) if settings_held(evidence) else []
    if changes_asked(evidence.need):
        drafts = _with_earlier(drafts, shown, evidence)
    worked_out = [d for d in drafts if d.form == "formula.computed"]
    drafts = [*worked_out, *of_kidney(evidence, shown), *drafts]
    there = _texts(shown, stances)
    return tuple({d.text: d for d in drafts if d.text in there}.values())[:_LIMIT]


def _with_earlier(
    drafts: Sequence[Draft], sections: Iterable[PlanSection], evidence: Evidence
) -> list[Draft]:
    """Each result with what it replaced behind it: the two say together what changed."""
    records = evidence.library.records
    earlier = [d for s in sections if s.kind == "changes" for d in s.drafts if d.focus]

    def of(draft: Draft) -> tuple[object, ...] | None:
        record = records.get(draft.focus or "")
        return (
            (record.study, record.endpoint, record.subgroup) if isinstance(record, Result) else None
        )

    return [each for d in drafts for each in (d, *(e for e in earlier if of(e) and of(e) == of(d)))]


def _texts(sections: Iterable[PlanSection], stances: Iterable[PlanStance]) -> frozenset[str]:
    found = {draft.text for stance in stances for draft in stance.drafts}
    for section in sections:
        found |= {draft.text for draft in section.drafts}
        found |= {cell.draft.text for row in section.rows for cell in row if cell.draft}
    return frozenset(found)


def _survival(evidence: Evidence) -> tuple[Draft, ...]:
    """Proven benefits on mortality, the newest of each study, at most two a line."""
    library = evidence.library
    absent = any(is_low(criterion) for criterion in evidence.need.criteria)
    best: dict[str, Result] = {}
    for record in evidence.direct:
        if not isinstance(record, Result) or record.endpoint not in MORTALITY:
            continue
        if record.study is None or evidence.given_before(record):
            continue
        # A marker that is low or absent is asked about for what it takes away from the benefit.
        low = absent and evidence.of_named_subgroup(record)
        if favours(record, library.vocabulary) != "experimental" and not low:
            continue
        if record.study not in evidence.randomised:
            continue
        if evidence.named and not evidence.concerns(record):
            continue
        named = evidence.need.interventions
        if named and not evidence.need.studies and not evidence.tests(record, named):
            continue
        held = best.get(record.study)
        if held is None or _weight(record, evidence) < _weight(held, evidence):
            best[record.study] = record
    counts: dict[tuple[str, ...], int] = {}
    drafts = []
    for record in sorted(best.values(), key=lambda r: _weight(r, evidence)):
        line = record.population.lines
        counts[line] = counts.get(line, 0) + 1
        if counts[line] <= _PER_LINE:
            drafts += _telling(record, evidence)
    return tuple(drafts)


def _weight(record: Result, evidence: Evidence) -> tuple[object, ...]:
    """Whole populations, then those with values in both arms, then the newest edition."""
    return (
        min((0 if line == "first-line" else 1 for line in record.population.lines), default=1),
        not evidence.of_asked_result(record),
        not evidence.of_named_subgroup(record),
        record.subgroup is not None,
        any(arm.value is None for arm in record.arms) or not record.arms,
        record.analysis not in ("final", "updated", "primary"),
        -(evidence.library.editions[record.edition].year or 0),
        record.id,
    )


def _results(evidence: Evidence) -> list[Draft]:
    """The current results of what was named, those of the group named and mortality first.

    Of a group whose own value is not held, what else is held of it stands behind everybody's.
    """
    endpoints = evidence.need.endpoints
    outcomes = [
        record
        for record in evidence.direct
        if isinstance(record, Result)
        and evidence.concerns(record)
        and sort_of_result(record, evidence) == "outcome"
    ]
    groups = {r.id for r in outcomes if evidence.of_named_subgroup(r)}
    results = [r for r in outcomes if not endpoints or r.endpoint in endpoints]
    if groups and not any(r.id in groups for r in results):
        results += [r for r in outcomes if r.id in groups]
    if any(r.subgroup is None for r in results):
        # A group that nobody asked about says nothing beside everybody.
        results = [
            r for r in results if r.subgroup is None or r.id in groups or after_same(r, evidence)
        ]
    results.sort(
        key=lambda r: (
            bool(endpoints) and r.endpoint not in endpoints,
            not evidence.of_asked_result(r),
            not (r.id in groups or after_same(r, evidence)),
            r.subgroup is not None,
            r.endpoint not in MORTALITY,
            not of_main_question(r, evidence),
            ANALYSES.index(r.analysis),
            not comparative(r),
            r.id,
        )
    )
    return [draft for record in results[:3] for draft in _telling(record, evidence)]


def _telling(record: Result, evidence: Evidence) -> list[Draft]:
    """The result's sentence, and what was said in words where no figure was reported."""
    drafts = drafts_of(record, evidence.library)
    empty = record.effect is None and all(arm.value is None for arm in record.arms)
    reason = [draft for draft in drafts if draft.form == "result.explanation"]
    return [drafts[0], *(reason[:1] if empty else ())]


def _statuses(evidence: Evidence, *, anywhere: bool = False) -> list[Draft]:
    """Decisions on what was named: of the agencies and regions asked about, else of all."""
    need = evidence.need
    wanted = set(need.bodies) | set(need.regions)
    found = [
        record
        for record in evidence.direct
        if isinstance(record, Status) and (not evidence.named or evidence.concerns(record))
    ]
    places = {r.region for r in evidence.library.records.values() if isinstance(r, Status)}
    agencies = {r.agency for r in evidence.library.records.values() if isinstance(r, Status)}
    asked = [r for r in found if {r.agency, r.region} & wanted]
    chosen = asked if wanted & (places | agencies) and not anywhere else found
    # A decision on the one treatment says more than a list that names it among others.
    chosen.sort(key=lambda r: (len(r.interventions) > 2, r.region != "us", r.region != "eu", r.id))
    return [drafts_of(record, evidence.library)[0] for record in chosen]


def _decided(evidence: Evidence, sections: Iterable[PlanSection]) -> list[Draft]:
    """The decisions on the treatments named; where all are for another test result, one of those.

    A list that names a treatment among others decides nothing for the patient.
    """
    records = evidence.library.records
    own = [d for d in _statuses(evidence) if len(records[d.focus or ""].interventions) <= LISTED]
    if own or not evidence.need.criteria:
        return own[:2]
    return [draft for draft in _contrast(sections) if draft.form == "status.state"][:1]


def _said(stances: Iterable[PlanStance], evidence: Evidence) -> list[Draft]:
    """The first statement of each body that says something; of the bodies asked about, if any."""
    speaking = [stance for stance in stances if stance.state == "says"]
    asked = {stance.body for stance in speaking} & set(evidence.need.bodies)
    stances = [stance for stance in speaking if not asked or stance.body in asked]
    if not evidence.need.prior or evidence.named:
        return [stance.drafts[0] for stance in stances if stance.drafts]
    # What is for those who had the therapies that were given is about this patient, not about all.
    said = [
        min(stance.drafts, key=lambda draft: after_given(draft, evidence))
        for stance in stances
        if stance.drafts
    ]
    return sorted(said, key=lambda draft: after_given(draft, evidence))


def settings_held(evidence: Evidence) -> bool:
    """Whether anything is held that is particular to the settings named.

    It matters only where the held records tell settings apart at all.
    """
    conditions = {c for record in evidence.direct for c in record.population.conditions}
    direct = any(record.population.settings for record in evidence.direct)
    apart = any(
        record.population.settings and conditions & set(record.population.conditions)
        for record in evidence.contrast
    )
    return direct or not (evidence.need.settings and apart)


def _contrast(sections: Iterable[PlanSection]) -> tuple[Draft, ...]:
    """What is held on the intervention in another population, when nothing is held in this one."""
    drafts = [
        d
        for s in sections
        for d in s.drafts
        if d.role == "contrast" and d.form != "definition.text"
    ]
    return tuple(drafts)


def _first_of(sections: Iterable[PlanSection], evidence: Evidence) -> list[Draft]:
    """The first sentences of the first sections: what the outline put first matters most."""
    drafts: list[Draft] = []
    for section in sections:
        if section.kind == "changes":
            continue
        said = [d for d in section.drafts if d.form not in ("caution", "result.explanation")]
        # Where a harm is named, a rule on another harm is no first sentence.
        records = evidence.library.records
        said = [d for d in said if d.focus and on_events(records[d.focus], evidence)] or said
        if evidence.named and any(d.form == "formula.computed" for d in said):
            # The dose that was asked for, and not what it was worked out from.
            said = [d for d in said if d.focus and _own(records[d.focus], evidence)] or said
        drafts += _rows(section, evidence) if section.rows else said[:2]
        if len(drafts) >= 2 or any(d.form == "formula.computed" for d in drafts):
            break
    return drafts[:2]


def _own(record: Record, evidence: Evidence) -> bool:
    """Whether a record is on a treatment that the question names, and on nothing wider."""
    return bool(record.interventions) and evidence.concerns(record)


def _rows(section: PlanSection, evidence: Evidence) -> list[Draft]:
    """The first rows; of a table by weight or age the patient's row, and none where it is open."""
    measures = evidence.need.measures
    records, events = evidence.library.records, evidence.need.events
    titled = [(row[0].text, row[0].draft) for row in section.rows if row and row[0].draft]
    # Where a harm is named, its figures come before those of all harms.
    if events:
        titled.sort(
            key=lambda r: getattr(records.get(r[1].focus or ""), "endpoint", "") not in events
        )
    judged = [(fits(text, measures), draft) for text, draft in titled]
    mine = [draft for fit, draft in judged if fit and draft]
    if mine or any(fit is False for fit, _ in judged):
        return mine[:1]
    return [draft for _, draft in titled[:2] if draft]
