"""The gate: a draft becomes a claim here or nowhere.

All checks run on the plain text, never trusting how it was made: a template, a curator and a
language model pass the same gate.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from probatum.checks import (
    absence,
    anchors,
    attestation,
    currency,
    depth,
    direction,
    numbers,
    overlap,
    population,
    quotation,
    terms,
)
from probatum.checks.anchored import records_of
from probatum.checks.memory import memory_of, remember
from probatum.checks.outcome import Conflict, Partial
from probatum.checks.stated_strength import stated_strength
from probatum.checks.view import View
from probatum.evidence.base import ProbatumError
from probatum.evidence.claim import CheckResult, Claim, Draft, Outcome, Verdict
from probatum.evidence.record import Recommendation
from probatum.evidence.source import shallowest

CHECKS: tuple[Callable[[Draft, View], CheckResult], ...] = (
    anchors.check,
    numbers.check,
    terms.check,
    population.check,
    direction.check,
    currency.check,
    depth.check,
    overlap.check,
    absence.check,
    attestation.check,
)
NAMES: tuple[str, ...] = (
    anchors.NAME,
    numbers.NAME,
    terms.NAME,
    population.NAME,
    direction.NAME,
    currency.NAME,
    depth.NAME,
    overlap.NAME,
    absence.NAME,
    attestation.NAME,
)


class GateError(ProbatumError):
    """Something that did not pass was to be made a claim."""


@dataclass(frozen=True, slots=True)
class Examined:
    """A draft with what every check found."""

    draft: Draft
    checks: tuple[CheckResult, ...]
    verdict: Verdict

    @property
    def failures(self) -> tuple[CheckResult, ...]:
        """The checks that failed."""
        return tuple(check for check in self.checks if check.outcome is Outcome.FAIL)


def examine(draft: Draft, view: View) -> Examined:
    """Every check of one draft, in order, and the verdict."""
    memory = memory_of(view.library)
    key = (draft, view.need, view.as_of)
    results = memory.examined.get(key)
    if results is None:
        results = remember(memory.examined, key, _results(draft, view))
    return Examined(draft, results, verdict(results))


def _results(draft: Draft, view: View) -> tuple[CheckResult, ...]:
    """The results of all checks; those that no need can change are worked out once a draft."""
    if quotation.is_quotation(draft):
        return quotation.results(draft, view)
    if draft.role == "contrast":
        return tuple(check(draft, view) for check in CHECKS)
    kept = memory_of(view.library).steady
    key = (draft, view.as_of)
    steady = kept.get(key)
    if steady is None:
        found = tuple(check(draft, view) for check in CHECKS if check is not population.check)
        steady = remember(kept, key, found)
    place = CHECKS.index(population.check)
    return (*steady[:place], population.check(draft, view), *steady[place:])


def verdict(results: Iterable[CheckResult]) -> Verdict:
    """What the results say together; a contradiction outweighs what is merely missing."""
    failures = [result for result in results if result.outcome is Outcome.FAIL]
    if not failures:
        return Verdict.SUPPORTED
    if any(
        isinstance(result, Conflict) and result.name in (numbers.NAME, direction.NAME)
        for result in failures
    ):
        return Verdict.CONTRADICTED
    if all(isinstance(result, Partial) for result in failures):
        return Verdict.PARTLY_SUPPORTED
    return Verdict.NOT_ENOUGH_INFORMATION


def admit(drafts: Iterable[Draft], view: View) -> tuple[tuple[Examined, ...], tuple[Examined, ...]]:
    """Drafts that may be printed and drafts that may not, each in the order given."""
    examined = [examine(draft, view) for draft in drafts]
    admitted = tuple(e for e in examined if e.verdict is Verdict.SUPPORTED)
    refused = tuple(e for e in examined if e.verdict is not Verdict.SUPPORTED)
    return admitted, refused


def claim_of(examined: Examined, id: str, citations: tuple[int, ...], view: View) -> Claim:
    """The claim that a draft has become; a GateError for one that did not pass.

    The checks are run again, because an `Examined` is a plain value that anyone can build and the
    view may not be the one it was examined in.
    """
    draft = examined.draft
    if examined.verdict is not Verdict.SUPPORTED or examine(draft, view) != examined:
        reasons = "; ".join(check.detail for check in examined.failures) or "the checks differ"
        raise GateError(f"claim {id} did not pass the gate: {reasons}")
    if quotation.is_quotation(draft):
        return _quote(examined, id, citations, view)
    records = records_of(draft, view)
    focus = next((held for held in records if held.record.id == draft.focus), records[0])
    advice = [held.record for held in records if isinstance(held.record, Recommendation)]
    if isinstance(focus.record, Recommendation):
        strength = focus.record.strength
    else:
        strength = advice[0].strength if len(advice) == 1 else None
    return Claim(
        id=id,
        text=draft.text,
        anchors=draft.anchors,
        citations=citations,
        verdict=examined.verdict,
        checks=examined.checks,
        depth=shallowest(view.library.depth(held.record) for held in records),
        strength=strength,
        population=focus.record.population.text,
        role=draft.role,
        form=draft.form,
        focus=draft.focus,
    )


def _quote(examined: Examined, id: str, citations: tuple[int, ...], view: View) -> Claim:
    draft = examined.draft
    document = view.library.document(draft.anchors[0].edition)
    if document is None:
        raise GateError(f"claim {id} quotes a text that is not held")
    about = next(check for check in examined.checks if check.name == population.NAME)
    said = about.detail.removeprefix("about: ") if about.outcome is Outcome.PASS else None
    return Claim(
        id=id,
        text=draft.text,
        anchors=draft.anchors,
        citations=citations,
        verdict=examined.verdict,
        checks=examined.checks,
        depth=document.depth,
        strength=stated_strength(draft.anchors[0].quote, document),
        population=said or "as the source states it",
        role=draft.role,
        form=draft.form,
        focus=draft.focus,
    )
