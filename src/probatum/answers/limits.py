"""How the question was dealt with, and what the answer does not know, said in whole sentences."""

from collections.abc import Collection, Sequence

from probatum.answers.assemble import Assembly
from probatum.answers.bottom_line import settings_held
from probatum.answers.compose import Plan
from probatum.answers.earlier_steps import told_later
from probatum.answers.gather import Evidence
from probatum.answers.outline import outlines
from probatum.answers.path import missing_facts
from probatum.answers.patient_limits import patient_limits
from probatum.answers.scope import Scope
from probatum.checks.across import across
from probatum.evidence.answer import AnswerStatus, Premise, ReaderName, Section
from probatum.evidence.claim import Claim
from probatum.evidence.record import Regimen, Result, Status
from probatum.evidence.source import Depth
from probatum.questions.need import Need

ONLY_HELD = "Only sources held in this library were used; what it does not hold was not searched."
# The same where a look-up added to what is held.
ONLY_HELD_THEN = "Only sources held in this library were used, with what the look-up added to it."


# What is missing, where nothing is held of what a kind of question is about.
_HEART = {
    "approval": "on its approval",
    "biomarker": "on this test",
    "dose": "on its dose",
    "eligibility": "on who was studied",
    "monitoring": "on what to monitor",
    "prevention": "on how to prevent it",
    "prognosis": "on the outlook",
    "trial_result": "on this result",
}


def status_of(
    need: Need,
    plan: Plan,
    premises: tuple[Premise, ...],
    sections: Sequence[Section],
    reader: ReaderName,
) -> tuple[AnswerStatus, str | None]:
    """How the question was dealt with, and the reason where it was not simply answered."""
    if need.emergency:
        patient = reader is ReaderName.PATIENT
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
    filled = {section.kind for section in sections}
    if need.intent == "guideline_stance" and not any(s.state == "says" for s in plan.stances):
        return (
            AnswerStatus.PARTIAL,
            "No recommendation of the bodies asked about is held on this question; "
            "what is held beside it is given.",
        )
    if need.intent == "guideline_stance" and (unheard := _unheard(need, plan)):
        return AnswerStatus.PARTIAL, unheard
    if missing := scope_missing(need, plan.evidence):
        return AnswerStatus.PARTIAL, missing
    if unsplit := _not_of_the_group(need, plan.evidence):
        return AnswerStatus.PARTIAL, unsplit
    if near := _neighbour(need, plan.evidence):
        return AnswerStatus.PARTIAL, near
    if not settings_held(plan.evidence):
        names = " or ".join(plan.evidence.library.name(term) for term in need.settings)
        return AnswerStatus.PARTIAL, (
            f"Nothing is held that is particular to {names} disease; "
            "what is held in general is given."
        )
    if not core & filled:
        return (
            AnswerStatus.PARTIAL,
            f"Nothing is held {_HEART.get(need.intent, 'that answers the heart of the question')}; "
            "what is held beside it is given.",
        )
    return AnswerStatus.ANSWERED, None


def _unheard(need: Need, plan: Plan) -> str | None:
    """The reason when none of the bodies that were asked about is held, and others are.

    Without this, what others say would be read as what was asked for.
    """
    asked = [stance for stance in plan.stances if stance.body in need.bodies]
    if not asked or any(stance.state != "not_held" for stance in asked):
        return None
    library = plan.evidence.library
    names = " and ".join(dict.fromkeys(library.short(stance.body) for stance in asked))
    verb = "say" if len(asked) > 1 else "says"
    return f"What {names} {verb} on this is not held; what others say is given."


def scope_missing(need: Need, evidence: Evidence) -> str | None:
    """The reason when nothing is held on any of the interventions that the question names."""
    if not need.interventions or any(evidence.concerns(record) for record in evidence.direct):
        return None
    names = " or ".join(evidence.library.name(term) for term in need.interventions)
    return (
        f"Nothing is held on {names} for this population; what is held for the population, "
        "or on it in others, is given."
    )


def _not_of_the_group(need: Need, evidence: Evidence) -> str | None:
    """The reason when a result is held of everybody, and not of the group of patients named."""
    if need.intent != "trial_result" or not (need.endpoints and (need.biomarkers or need.subtypes)):
        return None
    results = [
        record
        for record in evidence.direct
        if isinstance(record, Result)
        and record.endpoint in need.endpoints
        and evidence.concerns(record)
    ]
    if not results or any(evidence.of_named_subgroup(record) for record in results):
        return None
    if any(record.population.biomarkers or record.population.subtypes for record in results):
        return None  # the trial itself took such patients alone
    library = evidence.library
    what = " or ".join(library.name(endpoint) for endpoint in need.endpoints)
    whom = " and ".join(library.name(term) for term in (*need.biomarkers, *need.subtypes))
    return f"No {what} is held that is particular to {whom}; that of all patients is given."


def _neighbour(need: Need, evidence: Evidence) -> str | None:
    """The reason when a condition is held only to tell it from the one that a pack is about."""
    library, vocabulary = evidence.library, evidence.library.vocabulary
    own = [c for manifest in library.manifests for c in manifest.conditions]
    if not need.conditions or any(vocabulary.is_a(c, o) for c in need.conditions for o in own):
        return None
    names = " or ".join(library.name(c) for c in need.conditions)
    return f"Only little is held on {names}, to tell it apart from what this library is about."


def limits_of(
    scope: Scope, plan: Plan, assembly: Assembly, unanswered: Sequence[str] | None = None
) -> tuple[str, ...]:
    """What was assumed, not understood, not held or left out, in whole sentences.

    `unanswered` is what is said of the parts of a question, where each was answered by itself.
    """
    need = scope.need
    limits = list(scope.assumed)
    if need.corrected_words:
        pairs = ", ".join(f"\u201c{typed}\u201d as {name}" for typed, name in need.corrected_words)
        limits.append(f"Read by its likely spelling: {pairs}.")
    if need.not_understood:
        limits.append(f"Not understood in the question: {', '.join(need.not_understood)}.")
    limits += [s.statement for s in plan.stances if s.state == "not_held" and s.body in need.bodies]
    limits += plan.missing
    limits += patient_limits(need, missing_facts(plan.algorithm))
    limits += [
        f"Whether it is true that \u201c{c.premise.text}\u201d cannot be told from what is held."
        for c in plan.premises
        if c.verdict == "not_enough_information"
    ]
    limits += _unanswered_parts(need, plan) if unanswered is None else unanswered
    limits += scope.nothing_on(plan.evidence)
    limits += told_later(plan.evidence)
    limits += _given_before(plan.evidence)
    limits += _undecided(need, plan.evidence)
    limits += not_for_group(need, plan.evidence)
    if (
        need.intent == "comparison"
        and len(need.interventions) > 1
        and not plan.evidence.head_to_head
    ):
        names = " with ".join(plan.evidence.library.name(term) for term in need.interventions)
        limits.append(f"No study that compares {names} directly is held.")
    if assembly.refused:
        number = len(assembly.refused)
        noun = "sentence was" if number == 1 else "sentences were"
        limits.append(f"{number} {noun} left out because a check failed.")
    limits += _across(assembly)
    studies = {
        record.study
        for claim in assembly.claims.values()
        if isinstance(record := assembly.view.library.records.get(claim.focus or ""), Result)
    }
    if len(studies) > 1:
        limits.append("Figures from different trials must not be compared with each other.")
    limits += read_second_hand(assembly.claims.values())
    limits.append(ONLY_HELD)
    return tuple(dict.fromkeys(limits))


def read_second_hand(claims: Collection[Claim]) -> tuple[str, ...]:
    """How many of the claims rest on what others wrote of their source; nothing when none does.

    An article that was shortened must not keep the count of the whole answer.
    """
    secondary = sum(claim.depth is Depth.SECONDARY for claim in claims)
    if not secondary:
        return ()
    return (
        f"{secondary} of {len(claims)} statements rest on a secondary reading of "
        "their source (a transcription, news report or summary): "
        "check the source before relying on them.",
    )


_AGES = ("adults", "older-adults", "children", "adolescents", "infants")

# What the checks across claims find, in words for the reader; the claims themselves stay.
_ACROSS = {
    "discordance": "{what}: medians and ratio seem to disagree, and the reason is not held.",
    "double counting": "{what} is quoted from more than one publication: one study, not two.",
    "contradiction": "{what}: held values differ and are shown side by side.",
}


def _across(assembly: Assembly) -> list[str]:
    library = assembly.view.library
    found = []
    for finding in across(tuple(assembly.claims.values()), assembly.view):
        words = _ACROSS.get(finding.name.replace("_", " "))
        record = library.records.get(assembly.claims[finding.claims[0]].focus or "")
        if words and isinstance(record, Result) and record.study:
            what = f"{library.name(record.study)}, {library.name(record.endpoint)}"
            found.append(words.format(what=what))
    return list(dict.fromkeys(found))


def _given_before(evidence: Evidence) -> list[str]:
    """The drugs left out of the options because the patient has had them."""
    if evidence.named:
        return []
    left = [r for r in evidence.direct if isinstance(r, Regimen) and evidence.given_before(r)]
    drugs = {term: None for record in left for term in evidence.interventions_of(record)}
    names = " and ".join(evidence.library.name(term) for term in drugs)
    return [f"Left out of the options, because it was given before: {names}."] if names else []


def _undecided(need: Need, evidence: Evidence) -> list[str]:
    """Regions and agencies asked about whose decision on the treatment is not held."""
    if not need.interventions:
        return []
    held = [r for r in evidence.direct if isinstance(r, Status) and evidence.concerns(r)]
    agencies = {r.agency for r in evidence.library.records.values() if isinstance(r, Status)}
    asked = [*need.regions, *(body for body in need.bodies if body in agencies)]
    drugs = " or ".join(evidence.library.name(term) for term in need.interventions)
    return [
        f"No decision on {drugs} for this population is held for "
        f"{evidence.library.name(place)}; that does not say that there is none."
        for place in asked
        if not any(place in (record.region, record.agency) for record in held)
    ]


def not_for_group(need: Need, evidence: Evidence) -> list[str]:
    """Groups of the patient for which nothing particular is held on the treatment named."""
    if not need.groups or not need.interventions:
        return []
    library = evidence.library
    apart = {group for record in library.records.values() for group in record.population.groups}
    concerned = [record for record in evidence.direct if evidence.concerns(record)]
    drugs = " or ".join(library.name(term) for term in need.interventions)
    # An age given as a fact is no question about an age group.
    told = set(need.patient.groups) & set(_AGES) if need.patient else set()
    return [
        f"Nothing particular to {library.name(group)} is held on {drugs}."
        for group in need.groups
        if group in apart
        and group not in told
        and not any(group in record.population.groups for record in concerned)
    ]


def _unanswered_parts(need: Need, plan: Plan) -> list[str]:
    """Of several questions in one, those for which no section holds anything."""
    if need.parts < 2:
        return []
    kinds = {section.kind for section in plan.sections}
    return [
        f"The question asks several things; nothing that is held answers the one on "
        f"{intent.replace('_', ' ')}."
        for intent in need.also
        if not set(outlines()[intent].core) & kinds
    ]
