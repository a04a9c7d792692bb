"""The way of an answer: understand, gather, compose, check, assemble."""

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from probatum.answers.assemble import Assembly, Reword
from probatum.answers.bottom_line import bottom_line
from probatum.answers.dosing import computed
from probatum.answers.gather import Evidence, gather
from probatum.answers.guidelines import stances
from probatum.answers.outline import Part, outlines, parts_for
from probatum.answers.path import decision_path
from probatum.answers.plan import PlanAlgorithm, PlanCell, PlanSection, PlanStance
from probatum.answers.premise import CheckedPremise, check_premises
from probatum.answers.present import (
    as_changes,
    as_contrast,
    as_evidence,
    as_list,
    as_regimens,
    as_statuses,
)
from probatum.answers.related import related
from probatum.answers.scope import Scope, in_scope
from probatum.checks.across import across
from probatum.checks.view import View
from probatum.evidence.answer import Answer, AnswerStatus, Premise, ReaderName, Understood
from probatum.evidence.claim import Draft
from probatum.library.library import Library
from probatum.questions.need import Need

_PRESENTERS = {
    "list": as_list,
    "regimens": as_regimens,
    "evidence": as_evidence,
    "statuses": as_statuses,
    "contrast": as_contrast,
}


@dataclass(frozen=True)
class Voice:
    """How a reader is spoken to: name, notice, section titles and the rewording of sentences."""

    reader: ReaderName
    notice: str
    title: Callable[[str, str], str] = lambda kind, title: title
    reword: Reword = lambda draft: draft


def answer(
    need: Need,
    library: Library,
    voice: Voice,
    region: str | None = None,
    as_of: date | None = None,
) -> Answer:
    """The answer to a need, every sentence of it past the gate. Deterministic but for the clock."""
    started = time.perf_counter()
    today = as_of or max(manifest.as_of for manifest in library.manifests)
    if region and region in library.vocabulary and region not in need.regions:
        need = need.model_copy(update={"regions": (*need.regions, region)})
    scope = in_scope(need, library)
    if scope.declined:
        made = _declined(scope, library, voice, region, today)
    else:
        made = _answered(scope, library, voice, region, today)
    return _stamped(made, started)


def _stamped(made: Answer, started: float) -> Answer:
    content = made.model_dump_json(exclude={"id", "created", "elapsed_ms"})
    return made.model_copy(
        update={
            "id": hashlib.sha256(content.encode()).hexdigest()[:16],
            "created": datetime.now(UTC).isoformat(timespec="seconds"),
            "elapsed_ms": round((time.perf_counter() - started) * 1000),
        }
    )


def _understood(need: Need, premises: tuple[Premise, ...] = ()) -> Understood:
    patient = {measure.name: f"{measure.value} {measure.unit}".strip() for measure in need.measures}
    for criterion in need.criteria:
        value = criterion.state or f"{criterion.comparator} {criterion.value}{criterion.unit or ''}"
        patient[criterion.biomarker] = value
    for prior in need.prior:
        patient[f"prior {prior.therapy}"] = prior.requirement.replace("required", "given").replace(
            "excluded", "never given"
        )
    for group in need.groups:
        patient[group] = "yes"
    return Understood(
        intent=need.intent,
        conditions=need.conditions,
        settings=need.settings,
        line=need.line,
        interventions=need.interventions,
        biomarkers=need.biomarkers,
        bodies=need.bodies,
        patient=patient,
        premises=premises,
        confidence=need.confidence,
        not_understood=need.not_understood,
    )


def _declined(
    scope: Scope, library: Library, voice: Voice, region: str | None, today: date
) -> Answer:
    urgent = scope.need.emergency
    reason = scope.declined
    status = AnswerStatus.DECLINED
    if urgent:
        words = urgent.patient if voice.reader is ReaderName.PATIENT else urgent.clinician
        status, reason = AnswerStatus.URGENT, f"{words} {reason}"
    held = ", ".join(manifest.title for manifest in library.manifests)
    return Answer(
        id="",
        library=library.state,
        question=scope.need.question,
        reader=voice.reader,
        region=region,
        as_of=today.isoformat(),
        created="",
        elapsed_ms=0,
        status=status,
        reason=reason,
        understood=_understood(scope.need),
        related=tuple(m.examples[0] for m in library.manifests if m.examples),
        limits=(f"Held in this library: {held}.",),
        notice=voice.notice,
    )


@dataclass(frozen=True)
class _Plan:
    evidence: Evidence
    parts: tuple[Part, ...]
    sections: tuple[PlanSection, ...]
    stances: tuple[PlanStance, ...]
    algorithm: PlanAlgorithm | None
    first: tuple[Draft, ...]
    premises: tuple[CheckedPremise, ...]
    missing: tuple[str, ...]


def _compose(evidence: Evidence) -> _Plan:
    need = evidence.need
    parts = parts_for(need.intent, need.also)
    said = stances(evidence)
    doses, missing = computed(evidence)
    sections: list[PlanSection] = []
    path = None
    for part in parts:
        if part.present == "guidelines":
            section = _guideline_section(part, said, evidence)
        elif part.present == "computed":
            section = PlanSection(part.kind, part.title, drafts=doses)
        elif part.present == "algorithm":
            path = decision_path(evidence)
            section = PlanSection(part.kind, part.title)
        elif part.present == "changes":
            section = as_changes(part, evidence, _focus_of(sections))
        else:
            section = _PRESENTERS[part.present](part, evidence)
        sections.append(_without_repeats(section, sections))
    first = bottom_line(evidence, sections, said)
    return _Plan(
        evidence, parts, tuple(sections), said, path, first, check_premises(evidence), missing
    )


def _focus_of(sections: list[PlanSection]) -> frozenset[str]:
    drafts = [draft for section in sections for draft in section.drafts]
    drafts += [c.draft for section in sections for row in section.rows for c in row if c.draft]
    return frozenset(draft.focus for draft in drafts if draft.focus)


def _without_repeats(section: PlanSection, earlier: list[PlanSection]) -> PlanSection:
    """Sentences that an earlier section already prints as sentences are not printed again."""
    said = {draft.text for other in earlier for draft in other.drafts}
    return replace(section, drafts=tuple(d for d in section.drafts if d.text not in said))


def _guideline_section(part: Part, said: tuple[PlanStance, ...], evidence: Evidence) -> PlanSection:
    rows = []
    words = {"says": "Says", "silent": "Silent", "not_held": "Not held"}
    for stance in said:
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
    )


def _answered(
    scope: Scope, library: Library, voice: Voice, region: str | None, today: date
) -> Answer:
    need = scope.need
    plan = _compose(gather(need, library, today))
    assembly = Assembly(View(library, need, today), voice.reword)
    first = assembly.ids(plan.first)
    premises = tuple(_premise(checked, assembly) for checked in plan.premises)
    sections = []
    for number, section in enumerate(plan.sections, start=1):
        made = assembly.section(section, number, voice.title(section.kind, section.title))
        if made:
            sections.append(made)
    bodies = tuple(assembly.stance(stance) for stance in plan.stances)
    algorithm = assembly.algorithm(plan.algorithm) if plan.algorithm else None
    status, reason = _status(need, plan, premises, sections, voice)
    references = assembly.references()
    years = [library.editions[r.edition].date or r.year for r in references]
    return Answer(
        id="",
        library=library.state,
        question=need.question,
        reader=voice.reader,
        region=region,
        as_of=today.isoformat(),
        created="",
        elapsed_ms=0,
        status=status,
        reason=reason,
        understood=_understood(need, premises),
        applies_to=scope.applies_to,
        does_not_apply_to=scope.does_not_apply_to,
        bottom_line=first,
        sections=tuple(sections),
        claims=assembly.claims,
        references=references,
        guidelines=bodies,
        algorithm=algorithm,
        related=related(plan.evidence),
        limits=_limits(scope, plan, assembly, library),
        updated=max(m.as_of for m in library.manifests).isoformat() if years else None,
        notice=voice.notice,
    )


def _premise(checked: CheckedPremise, assembly: Assembly) -> Premise:
    claims = assembly.ids(checked.drafts[:1])
    verdict = checked.verdict if claims or not checked.drafts else "not_enough_information"
    return Premise(text=checked.premise.text, verdict=verdict, claim=claims[0] if claims else None)


def _status(
    need: Need,
    plan: _Plan,
    premises: tuple[Premise, ...],
    sections: list[object],
    voice: Voice,
) -> tuple[AnswerStatus, str | None]:
    if need.emergency:
        patient = voice.reader is ReaderName.PATIENT
        return AnswerStatus.URGENT, need.emergency.patient if patient else need.emergency.clinician
    wrong = [premise.text for premise in premises if premise.verdict == "contradicted"]
    if wrong:
        return (
            AnswerStatus.CORRECTED_PREMISE,
            "What is held here contradicts something that the question takes for granted: "
            + "; ".join(f"\u201c{text}\u201d" for text in wrong)
            + ".",
        )
    core = set(outlines()[need.intent].core)
    filled = {section.kind for section in sections}  # type: ignore[attr-defined]
    if need.intent == "guideline_stance" and not any(s.state == "says" for s in plan.stances):
        return (
            AnswerStatus.PARTIAL,
            "No recommendation of the bodies asked about is held on this question; "
            "what is held beside it is given.",
        )
    if not core & filled:
        return (
            AnswerStatus.PARTIAL,
            "Nothing that is held answers the heart of the question; what is held beside it is given.",
        )
    return AnswerStatus.ANSWERED, None


def _limits(scope: Scope, plan: _Plan, assembly: Assembly, library: Library) -> tuple[str, ...]:
    """What was assumed, not understood, not held or left out, in whole sentences."""
    need = scope.need
    limits = list(scope.assumed)
    if need.corrected_words:
        pairs = ", ".join(f"\u201c{typed}\u201d as {name}" for typed, name in need.corrected_words)
        limits.append(f"Read by its likely spelling: {pairs}.")
    if need.not_understood:
        limits.append(f"Not understood in the question: {', '.join(need.not_understood)}.")
    limits += [s.statement for s in plan.stances if s.state == "not_held"]
    limits += plan.missing
    limits += [
        f"Whether it is true that \u201c{c.premise.text}\u201d cannot be told from what is held."
        for c in plan.premises
        if c.verdict == "not_enough_information"
    ]
    limits += scope.nothing_on(plan.evidence)
    if assembly.refused:
        number = len(assembly.refused)
        noun = "sentence was" if number == 1 else "sentences were"
        limits.append(f"{number} {noun} left out because a check failed.")
    limits += [
        finding.detail
        for finding in across(tuple(assembly.claims.values()), assembly.view)
        if finding.outcome == "fail"
    ]
    secondary = sum(claim.depth.value == "secondary" for claim in assembly.claims.values())
    if secondary:
        limits.append(
            f"{secondary} of {len(assembly.claims)} statements rest on a secondary reading of their "
            "source (a transcription, news report or summary): check the source before relying on them."
        )
    limits.append(
        "Only sources held in this library were used; what it does not hold was not searched."
    )
    return tuple(dict.fromkeys(limits))
