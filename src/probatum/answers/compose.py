"""Fill an outline: each section presented from the findings it selects, then the bottom line."""

from dataclasses import dataclass, replace

from probatum.answers.bottom_line import bottom_line
from probatum.answers.dosing import computed
from probatum.answers.elsewhere import as_contrast
from probatum.answers.evidence_table import as_evidence
from probatum.answers.gather import Evidence
from probatum.answers.guidelines import advisers, stances
from probatum.answers.outline import changes_asked, parts_for
from probatum.answers.path import decision_path
from probatum.answers.patient_rules import patient_rules
from probatum.answers.plan import PlanAlgorithm, PlanSection, PlanSetAside, PlanStance
from probatum.answers.premise import CheckedPremise, check_premises
from probatum.answers.present import (
    as_changes,
    as_guidelines,
    as_list,
    as_regimens,
    as_statuses,
)
from probatum.answers.set_aside import set_aside
from probatum.evidence.claim import Draft

_PRESENTERS = {
    "list": as_list,
    "regimens": as_regimens,
    "evidence": as_evidence,
    "statuses": as_statuses,
    "contrast": as_contrast,
}


@dataclass(frozen=True)
class Plan:
    """Everything composed for one need, before the gate."""

    evidence: Evidence
    sections: tuple[PlanSection, ...]
    stances: tuple[PlanStance, ...]
    algorithm: PlanAlgorithm | None
    first: tuple[Draft, ...]
    premises: tuple[CheckedPremise, ...]
    missing: tuple[str, ...]
    set_aside: tuple[PlanSetAside, ...] = ()


def compose(evidence: Evidence) -> Plan:
    """Fill the outlines of the need's intents with drafts."""
    need = evidence.need
    parts = parts_for(need.intent, need.also)
    wanted = any(part.present == "guidelines" for part in parts) or advisers(evidence)
    said = stances(evidence) if wanted else ()
    doses, missing = computed(evidence)
    sections: list[PlanSection] = []
    path = None
    for part in parts:
        if part.present == "guidelines":
            section = as_guidelines(part, said, evidence)
        elif part.present == "computed":
            section = PlanSection(part.kind, part.title, drafts=doses)
        elif part.present == "algorithm":
            path = decision_path(evidence)
            steps = path.steps if path else ()
            section = PlanSection(
                part.kind, part.title, drafts=tuple(d for step in steps for d in step.then)
            )
        elif part.present == "changes":
            section = as_changes(part, evidence, _focus_of(sections))
        else:
            section = _PRESENTERS[part.present](part, evidence)
        sections.append(_without_repeats(section, sections))
    if changes_asked(need):
        sections.sort(key=lambda section: section.kind != "changes")
    first = bottom_line(evidence, sections, said)
    out = set_aside(evidence)
    sections += _of_the_patient(sections, doses, out, evidence)
    return Plan(
        evidence, tuple(sections), said, path, first, check_premises(evidence), missing, out
    )


def _of_the_patient(
    sections: list[PlanSection],
    doses: tuple[Draft, ...],
    out: tuple[PlanSetAside, ...],
    evidence: Evidence,
) -> list[PlanSection]:
    """What only a patient file brings: rules that name its facts, sums, what does not fit."""
    if evidence.need.patient is None:
        return []
    said = {draft.text for section in sections for draft in section.drafts}
    sums = tuple(draft for draft in doses if draft.text not in said)
    found = [
        PlanSection(
            "safety", "Rules that name what this patient has or takes", patient_rules(evidence)
        ),
        PlanSection("regimens", "Worked out for this patient", sums),
    ]
    made = [_without_repeats(section, sections) for section in found]
    aside = tuple(option.draft for option in out)
    return [*made, PlanSection("caveats", "Options that do not fit this patient", aside)]


def _focus_of(sections: list[PlanSection]) -> frozenset[str]:
    drafts = [draft for section in sections for draft in section.drafts]
    drafts += [c.draft for section in sections for row in section.rows for c in row if c.draft]
    return frozenset(draft.focus for draft in drafts if draft.focus)


def _without_repeats(section: PlanSection, earlier: list[PlanSection]) -> PlanSection:
    """Sentences that an earlier section already prints as sentences are not printed again."""
    if section.kind == "algorithm":
        return section
    said = {d.text for other in earlier if other.kind != "algorithm" for d in other.drafts}
    return replace(section, drafts=tuple(d for d in section.drafts if d.text not in said))
