"""What was understood of a question, as an answer tells it."""

import re
from collections.abc import Iterable

from probatum.evidence.answer import Premise, Understood
from probatum.questions.need import FiledKind, Measure, Need


def understood(need: Need, premises: tuple[Premise, ...] = ()) -> Understood:
    """The need in the fields that a reader is shown, so that a misreading can be seen."""
    patient = dict(need.patient.told) if need.patient else {}
    patient |= {measure.name: _measure_words(measure) for measure in need.measures}
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
        conditions=(*need.conditions, *_filed(need, "condition")),
        settings=need.settings,
        line=need.line,
        interventions=(*need.interventions, *_filed(need, "intervention")),
        biomarkers=need.biomarkers,
        bodies=need.bodies,
        patient=patient,
        premises=premises,
        confidence=need.confidence,
        not_understood=need.not_understood,
    )


def met_in(need: Need, texts: Iterable[str]) -> Need:
    """The need without the words that an answer's quotes and titles say themselves.

    A word that no vocabulary has was understood well enough where held texts on it were found.
    """
    if not need.not_understood:
        return need
    said = {word for text in texts for word in re.findall(r"[\w'-]+", text.casefold())}
    unmet = tuple(word for word in need.not_understood if word.casefold() not in said)
    return need.model_copy(update={"not_understood": unmet})


def _filed(need: Need, kind: FiledKind) -> tuple[str, ...]:
    return tuple(each.name for each in need.filed if each.kind == kind)


def _measure_words(measure: Measure) -> str:
    value = f"{measure.value} {measure.unit}".strip()
    return f"{value} (given as {measure.given})" if measure.given else value
