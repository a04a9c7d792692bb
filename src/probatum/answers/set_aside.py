"""Options that would be shown for the question and do not fit the patient, with each reason why.

An option that silently disappears can't be questioned. So it stays, marked as not fitting, with the
condition of its own population that the patient does not meet; nothing else may set it aside.
"""

from probatum.answers.conditions import judged
from probatum.answers.gather import Evidence
from probatum.answers.plan import PlanSetAside
from probatum.answers.sentences import drafts_of
from probatum.checks.cover import contradict, directness, related
from probatum.evidence.claim import Draft
from probatum.evidence.population import Population
from probatum.evidence.record import Recommendation, Regimen
from probatum.library.library import Library
from probatum.questions.facts.known import without_patient
from probatum.questions.need import Need

# Enough for every option of a disease; more would bury those that fit.
_MOST = 24
# Without a "not", which would read as if the source denied something.
LEAD = "Set aside for this patient"


def set_aside(evidence: Evidence) -> tuple[PlanSetAside, ...]:
    """Regimens and recommendations that the patient's facts, and nothing else, rule out."""
    need, library = evidence.need, evidence.library
    if need.patient is None:
        return ()
    asked = without_patient(need)
    found = []
    for record in evidence.contrast:
        if not isinstance(record, Regimen | Recommendation):
            continue
        if not library.current(record, evidence.as_of):
            continue
        if directness(record.population, asked, library.vocabulary).level == "other":
            continue
        if evidence.named and not evidence.concerns(record):
            continue
        reasons = judged(record.population, need, library).against
        if not reasons:
            continue
        lead = f"{LEAD} ({_differing(record.population, need, library)}): "
        first = drafts_of(record, library)[0]
        draft = Draft(
            text=lead + first.text,
            anchors=first.anchors,
            role="contrast",
            form=first.form,
            focus=record.id,
        )
        name = record.name if isinstance(record, Regimen) else library.name(record.body)
        found.append(PlanSetAside(draft, record.kind, name, reasons))
    return tuple(found[:_MOST])


def _differing(population: Population, need: Need, library: Library) -> str:
    """The names of the conditions that the patient does not meet, for the sentence itself."""
    vocabulary = library.vocabulary
    names: list[str] = []
    for own, asked in (
        (population.settings, need.settings),
        (population.lines, (need.line,) if need.line else ()),
        (population.subtypes, need.subtypes),
        (population.groups, need.groups),
    ):
        if own and asked and related(asked, own, vocabulary) == "other":
            names += [library.name(each) for each in own]
    if population.groups and set(population.groups) <= set(need.not_groups):
        names += [library.name(each) for each in population.groups]
    for criterion in population.biomarkers:
        if any(
            contradict(criterion, c) for c in need.criteria if c.biomarker == criterion.biomarker
        ):
            names.append(library.name(criterion.biomarker))
    for prior in population.prior:
        against = {"required": "excluded", "excluded": "required"}.get(prior.requirement)
        if any(
            p.requirement == against
            and related((p.therapy,), (prior.therapy,), vocabulary) != "other"
            for p in need.prior
        ):
            names.append(library.name(prior.therapy))
    return ", ".join(dict.fromkeys(names)) or population.text
