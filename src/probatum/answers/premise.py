"""Premises checked against the library, like claims: a wrong one is corrected before the answer.

A premise is read for what it asserts (an approval, a recommendation, a result, a requirement, a
setting of a trial) and compared with the records about the same intervention, body or study. What
the records do not speak about stays "not enough information": silence contradicts nothing.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from probatum.answers.gather import Evidence
from probatum.answers.premise_dose import dose
from probatum.answers.premise_reading import Judged, PremiseReading, PremiseVerdict
from probatum.answers.premise_rulings import (
    approval,
    denial,
    outside_result,
    recommendation,
    requirement,
)
from probatum.answers.premise_trials import admitted, result, setting, tested
from probatum.answers.sentences import drafts_of
from probatum.evidence.claim import Draft, Role
from probatum.evidence.record import Record, Study
from probatum.questions.need import PremiseText
from probatum.terms.quantities import find_quantities

# The first that comes to a verdict gives it.
_JUDGES: tuple[Callable[[PremiseReading], Judged], ...] = (
    approval,
    denial,
    recommendation,
    setting,
    admitted,
    tested,
    requirement,
    dose,
    result,
)


@dataclass(frozen=True)
class CheckedPremise:
    """A premise, its verdict, and the drafts that say what is held instead (or in support).

    `study` is the trial that a premise misplaced: the answer is then given for the trial's own
    population. `without_result` says that an approval was put with a test result that is outside
    it: the answer is then given for the approval's own patients.
    """

    premise: PremiseText
    verdict: PremiseVerdict
    drafts: tuple[Draft, ...] = ()
    study: Study | None = None
    without_result: bool = False


def check_premises(evidence: Evidence) -> tuple[CheckedPremise, ...]:
    """Every premise of the question with its verdict, in order."""
    return tuple(_check(premise, evidence) for premise in evidence.need.premises)


def _check(premise: PremiseText, evidence: Evidence) -> CheckedPremise:
    mentions = tuple(evidence.library.vocabulary.match(premise.text, typos=True))
    reading = PremiseReading(premise.text, mentions, tuple(find_quantities(premise.text)), evidence)
    for judge in _JUDGES:
        verdict, records = judge(reading)
        if verdict != "not_enough_information":
            misplaced = records[0] if judge is setting and isinstance(records[0], Study) else None
            freed = judge is approval and records == outside_result(reading)
            drafts = _sentences(records, reading, verdict, own=freed)
            return CheckedPremise(premise, verdict, drafts, misplaced, freed)
    return CheckedPremise(premise, "not_enough_information")


def _sentences(
    records: Iterable[Record], reading: PremiseReading, verdict: PremiseVerdict, *, own: bool
) -> tuple[Draft, ...]:
    """What is held, each record's main sentence; of another population only as a contrast.

    `own` says that the answer is given for the records' own population.
    """
    evidence = reading.evidence
    terms = frozenset(reading.ids("biomarker"))
    elsewhere = set() if own else {record.id for record in evidence.contrast}
    drafts: list[Draft] = []
    for record in records:
        role: Role = (
            "contrast"
            if record.id in elsewhere
            else ("correction" if verdict == "contradicted" else "statement")
        )
        drafts.append(_telling(drafts_of(record, evidence.library, role), terms, evidence))
    return tuple(drafts[:3])


def _telling(drafts: Sequence[Draft], terms: frozenset[str], evidence: Evidence) -> Draft:
    """The sentence that speaks of what the premise is about, else the main one."""
    vocabulary = evidence.library.vocabulary
    for draft in drafts:
        named = {mention.term.id for mention in vocabulary.match(draft.text)}
        if any(vocabulary.relation(a, b) != "other" for a in terms for b in named):
            return draft
    return drafts[0]
