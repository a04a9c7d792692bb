"""A claim against a free text: supported, contradicted, or not enough information, with reasons.

The checks beside this package ask whether a sentence says what a curated record says. Here there is
no record, only somebody's words and somebody's source, so both are read by the same code and laid
onto each other. A claim is supported only when nothing in it is unaccounted for.
"""

from dataclasses import dataclass

from probatum.checks.evidence.binding import bindings, side_findings
from probatum.checks.evidence.comparison import Comparison, compare
from probatum.checks.evidence.confidence import confidence
from probatum.checks.evidence.decision import LEAST, VERBATIM, decide
from probatum.checks.evidence.entailment import Entailment, Label
from probatum.checks.evidence.finding import Finding
from probatum.checks.evidence.lexicon import is_harmless
from probatum.checks.evidence.repeats import repeated_findings
from probatum.checks.evidence.slots import slot_findings
from probatum.checks.evidence.source import HeldSource
from probatum.checks.evidence.verdict import EvidenceVerdict, TextAnchor
from probatum.checks.phrases import pattern
from probatum.checks.registry.record import read_sections
from probatum.evidence.claim import CheckResult, Outcome
from probatum.evidence.source import Currency
from probatum.terms.general import general_vocabulary
from probatum.terms.vocabulary import Vocabulary

NAMES = ("numbers", "terms", "population", "direction", "currency", "overlap", "entailment")
# Characters of a claim that are read; a claim is a sentence or two, and what is longer is a text.
_LONGEST = 5_000
_OUTDATED = (Currency.RETRACTED, Currency.SUPERSEDED)


def verify(
    claim: str,
    evidence: str,
    *,
    vocabulary: Vocabulary | None = None,
    source: HeldSource | None = None,
    entailment: Entailment | None = None,
) -> EvidenceVerdict:
    """Judge one claim by one text.

    With `source` its state counts too, and what the claim says of the work itself (its title, body
    and year) is held against it; `evidence` is then normally ``source.text``.
    """
    found = examine(claim, evidence, vocabulary=vocabulary, source=source, entailment=entailment)
    partly = found.label == "not_enough_information" and found.share >= 0.5
    asked = found.judged is not None
    sure = confidence(found.label, found.placed, len(found.findings), asked=asked)
    if found.judged is not None and found.label == found.judged[0]:
        told = found.judged[1]
        sure = max(sure, told) if found.placed >= VERBATIM else told
    checks = _checks(found, asked=source is not None)
    return EvidenceVerdict(
        found.label, partly and found.anchor is not None, sure, checks, found.anchor
    )


@dataclass(frozen=True)
class Examination:
    """What was found of a claim: the faults, the label, and how much of its content is held.

    `share` of it is somewhere in the text, `placed` of it beside the same neighbours there, and
    `together` in one sentence.
    """

    label: Label
    findings: tuple[Finding, ...]
    share: float
    placed: float
    together: float
    judged: tuple[Label, float] | None
    anchor: TextAnchor | None


def examine(
    claim: str,
    evidence: str,
    *,
    vocabulary: Vocabulary | None = None,
    source: HeldSource | None = None,
    entailment: Entailment | None = None,
) -> Examination:
    """Everything that a verdict rests on."""
    about = f"{source.about}.\n\n" if source is not None and source.about else ""
    read = claim[:_LONGEST]
    comparison = compare(read, about + evidence, vocabulary or general_vocabulary())
    bound = bindings(comparison)
    findings = [
        *slot_findings(comparison, bound),
        *bound.findings,
        *side_findings(comparison),
        *repeated_findings(comparison),
    ]
    share, placed, together = shares(comparison)
    if len(claim) > _LONGEST:
        findings.append(Finding("terms", "foreign", f"only {_LONGEST:,} characters are checked"))
    anchor = _anchor(comparison, len(about)) if share > 0 else None
    outdated = _outdated(read, source, anchor) if source is not None else None
    if outdated is not None:
        findings.append(Finding("currency", "foreign", outdated))
    judged = entailment.judge(read, evidence) if entailment is not None else None
    table = judged is not None and bool(read_sections(evidence))
    label = decide(findings, share, placed, judged, outdated=outdated is not None, worked_out=table)
    return Examination(label, tuple(findings), share, placed, together, judged, anchor)


def shares(comparison: Comparison) -> tuple[float, float, float]:
    """The shares of the claim's content that the text has, that stand in their place there, and
    that one sentence has."""
    alignment = comparison.alignment
    wanted = held = placed = together = 0
    first, last = comparison.home
    for at, unit in enumerate(alignment.claim):
        if unit.kind == "versus" or is_harmless(unit.key):
            continue
        wanted += 1
        placed += alignment.placed[at]
        place = alignment.match[at]
        held += place is not None or comparison.holds(unit)
        together += place is not None and first <= place < last
    return (held / wanted, placed / wanted, together / wanted) if wanted else (0.0, 0.0, 0.0)


def _outdated(claim: str, source: HeldSource, anchor: TextAnchor | None) -> str | None:
    """Why the edition no longer counts, unless the claim itself says that it is the earlier one."""
    if source.currency is Currency.RETRACTED:
        return f"{source.edition} was retracted"
    if pattern("currency", "earlier").search(claim):
        return None
    if source.currency in _OUTDATED:
        by = f" by {source.replaced_by}" if source.replaced_by else ""
        return f"{source.edition} was replaced{by}"
    for start, end, newer in source.replaced if anchor is not None else ():
        if anchor is not None and start <= anchor.start < end:
            return f"the result was replaced by {newer}"
    return None


def _checks(found: Examination, *, asked: bool) -> tuple[CheckResult, ...]:
    return tuple(_check(name, found, asked=asked) for name in NAMES)


def _check(name: str, found: Examination, *, asked: bool) -> CheckResult:
    own = [finding.detail for finding in found.findings if finding.check == name]
    if own:
        return CheckResult(name=name, outcome=Outcome.FAIL, detail="; ".join(dict.fromkeys(own)))
    if name == "overlap":
        detail = f"{found.share:.0%} of the claim's content is in the text"
        outcome = Outcome.PASS if found.share >= LEAST else Outcome.FAIL
        return CheckResult(name=name, outcome=outcome, detail=detail)
    if name == "entailment":
        if found.judged is None:
            return _unasked(name, "no judge of meaning was asked")
        said, probability = found.judged
        outcome = Outcome.PASS if said == "supported" else Outcome.FAIL
        detail = f"{said.replace('_', ' ')}, probability {probability:.2f}"
        return CheckResult(name=name, outcome=outcome, detail=detail)
    if name == "currency" and not asked:
        return _unasked(name, "no edition was named")
    return CheckResult(name=name, outcome=Outcome.PASS, detail="nothing differs from the text")


def _unasked(name: str, detail: str) -> CheckResult:
    return CheckResult(name=name, outcome=Outcome.NOT_APPLICABLE, detail=detail)


def _anchor(comparison: Comparison, skip: int) -> TextAnchor | None:
    """The sentence onto which most of the claim is laid; not one that tells of the work itself."""
    used = comparison.alignment.used
    counted = [
        (sum(first <= place < last for place in used), -number)
        for number, (first, last) in enumerate(comparison.spans)
        if comparison.sentences[number].start >= skip
    ]
    if not counted:
        return None
    best = comparison.sentences[-max(counted)[1]]
    quote = comparison.text[best.start : best.end]
    return TextAnchor(best.start - skip, best.end - skip, quote)
