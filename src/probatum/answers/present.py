"""How the findings of a section are laid out: sentences, or rows of a table."""

from collections.abc import Sequence

from probatum.answers.earlier_steps import earlier_steps
from probatum.answers.gather import Evidence
from probatum.answers.outcome_order import outcome_place
from probatum.answers.outline import Part
from probatum.answers.plan import PlanCell, PlanSection, PlanStance, once
from probatum.answers.regimen_order import regimen_order
from probatum.answers.selection import chosen
from probatum.answers.sentences import STATUS_WORDS, capital, drafts_of
from probatum.evidence.claim import Draft
from probatum.evidence.record import Regimen, Result, Status
from probatum.evidence.statement import components_text


def as_list(part: Part, evidence: Evidence) -> PlanSection:
    """One or more sentences a finding."""
    drafts = [
        draft
        for record in chosen(part.select, evidence)
        for draft in drafts_of(record, evidence.library)
    ]
    return PlanSection(part.kind, part.title, drafts=once(drafts))


def as_regimens(part: Part, evidence: Evidence) -> PlanSection:
    """A row a regimen: name, doses and schedule, for whom."""
    library = evidence.library
    rows, notes = [], []
    studied: set[frozenset[str]] = set()
    regimens = [r for r in chosen(part.select, evidence) if isinstance(r, Regimen)]
    for record in sorted(regimens, key=lambda r: regimen_order(r, evidence)):
        by_form = {draft.form: draft for draft in drafts_of(record, library)}
        notes += [
            draft for form, draft in by_form.items() if form in ("regimen.reductions", "caution")
        ]
        drugs = frozenset(part.intervention for part in record.components)
        if drugs in studied and not record.studies:
            continue
        if record.studies:
            studied.add(drugs)
        dose = by_form["regimen.dose"]
        schedule = components_text(record, library.name)
        if record.cycle_days:
            schedule += f"; cycle of {record.cycle_days} days"
        if record.duration:
            schedule += f"; {record.duration}"
        rows.append(
            (
                PlanCell(capital(record.name), dose),
                PlanCell(schedule, dose),
                PlanCell(capital(record.selection or record.population.text), dose),
            )
        )
    return PlanSection(
        part.kind,
        part.title,
        drafts=once(notes),
        columns=("Regimen", "Doses and schedule", "For whom"),
        rows=tuple(rows),
    )


def as_statuses(part: Part, evidence: Evidence) -> PlanSection:
    """A row a decision: region, agency, decision, indication and date."""
    library, need = evidence.library, evidence.need
    wanted = set(need.regions) | set(need.bodies)

    def asked_first(record: Status) -> tuple[object, ...]:
        return not ({record.region, record.agency} & wanted), record.region != "us", record.id

    statuses = [r for r in chosen(part.select, evidence) if isinstance(r, Status)]
    rows, history = [], list[Draft]()
    for record in sorted(statuses, key=asked_first):
        drafts = drafts_of(record, library)
        state = capital(STATUS_WORDS[record.state])
        rows.append(
            (
                PlanCell(
                    f"{library.name(record.region)} ({library.short(record.agency)})", drafts[0]
                ),
                PlanCell(
                    capital(", ".join(library.name(i) for i in record.interventions)), drafts[0]
                ),
                PlanCell(state + (f", {record.date}" if record.date else ""), drafts[0]),
                PlanCell(capital(record.indication), drafts[0]),
            )
        )
        if evidence.concerns(record):
            history += drafts[1:]
    return PlanSection(
        part.kind,
        part.title,
        drafts=once((*earlier_steps(evidence), *history)),
        columns=("Region (agency)", "Treatment", "Status", "For"),
        rows=tuple(rows),
    )


def as_guidelines(part: Part, said: Sequence[PlanStance], evidence: Evidence) -> PlanSection:
    """A row a statement of a body, and one for each body that is silent or not held."""
    rows = []
    words = {"says": "Says", "silent": "Silent", "not_held": "Not held"}
    unread = [s for s in said if s.state == "not_held" and s.body not in evidence.need.bodies]
    for stance in (s for s in said if s not in unread or s.drafts):
        name = evidence.library.name(stance.body)
        edition = evidence.library.editions[stance.edition].label if stance.edition else "-"
        state = words[stance.state]
        if stance.state != "says":
            rows.append(
                (PlanCell(name), PlanCell(edition), PlanCell(state), PlanCell(stance.statement))
            )
        for draft in stance.drafts:
            record = evidence.library.records[draft.focus or ""]
            strength = getattr(record, "strength", None)
            label = evidence.library.editions[record.edition].label
            text = draft.text + (
                f" (strength: {strength.system} {strength.grade})"
                if strength and strength.grade
                else ""
            )
            rows.append(
                (
                    PlanCell(name),
                    PlanCell(label),
                    PlanCell("Says" if stance.state == "says" else "Says on others"),
                    PlanCell(text, draft),
                )
            )
    return PlanSection(
        part.kind,
        part.title,
        columns=("Body", "Edition", "State", "What it says"),
        rows=tuple(rows),
        statements=_unread(unread, evidence),
    )


def _unread(stances: Sequence[PlanStance], evidence: Evidence) -> tuple[str, ...]:
    """One sentence for the editions that are known and were not read on this question."""
    if not stances:
        return ()
    names = ", ".join(
        f"{evidence.library.short(s.body)} ({evidence.library.editions[s.edition].label})"
        for s in stances
        if s.edition
    )
    return (
        f"Known to this library but not held on this question: {names}. "
        "What they say on it is not known here.",
    )


def as_changes(part: Part, evidence: Evidence, shown: frozenset[str]) -> PlanSection:
    """Earlier results that a shown one replaced, as history."""
    library = evidence.library
    drafts = []
    earlier = [record for record in evidence.history if isinstance(record, Result)]
    for record in sorted(earlier, key=_weightiest_first):
        if not record.superseded_by:
            continue
        if _last(record, evidence) in shown:
            drafts.append(drafts_of(record, library, "history")[0])
    return PlanSection(part.kind, part.title, drafts=once(drafts))


def _weightiest_first(record: Result) -> tuple[bool, int]:
    outcome = outcome_place(record.endpoint)
    return record.subgroup is not None, outcome


def _last(record: Result, evidence: Evidence) -> str:
    seen = {record.id}
    current = record.superseded_by
    while current and current not in seen:
        seen.add(current)
        later = evidence.library.records[current].superseded_by
        if not later:
            break
        current = later
    return current or record.id
