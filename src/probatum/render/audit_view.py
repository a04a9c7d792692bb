"""An audit as a reader sees it: one view for the terminal, the page and the saved file."""

from collections.abc import Iterator
from dataclasses import dataclass

from probatum.answers.audit.document import Audit, AuditClaim, AuditEvidence, AuditVerdict
from probatum.evidence.source import Currency
from probatum.render.characters import part, plain
from probatum.render.language import Told, noop, told
from probatum.render.words import CURRENCIES, CURRENCY_MARKS, DEPTHS

VERDICTS = Told(
    {
        AuditVerdict.CONTRADICTED: "Contradicted",
        AuditVerdict.POPULATION_MISMATCH: "About other people",
        AuditVerdict.OUTDATED: "Outdated",
        AuditVerdict.NOT_FOUND: "Not found",
        AuditVerdict.SUPPORTED: "Supported",
    }
)
# A shape beside each word, so that nothing is told by colour alone.
MARKS = {
    AuditVerdict.CONTRADICTED: "✕",
    AuditVerdict.POPULATION_MISMATCH: "≠",
    AuditVerdict.OUTDATED: "↻",
    AuditVerdict.NOT_FOUND: "?",
    AuditVerdict.SUPPORTED: "✓",
}
MEANINGS = Told(
    {
        AuditVerdict.CONTRADICTED: "A held source states something else about the same thing.",
        AuditVerdict.POPULATION_MISMATCH: "What is held on this is about other people.",
        AuditVerdict.OUTDATED: "True of an earlier analysis or edition; a newer one is held.",
        AuditVerdict.NOT_FOUND: "Nothing held says this or otherwise; that does not make it wrong.",
        AuditVerdict.SUPPORTED: "A held source says the same.",
    }
)
FINDINGS = Told(
    {
        "contradiction": "The text contradicts itself",
        "double_counting": "One study told as two",
        "discordance": "Figures that seem to disagree",
        "lone_subgroup": "A subgroup without the whole",
        "citations": "Citations that lead nowhere",
        "review": "A review that is claimed and denied",
    }
)


# What a text is called that came without a name; documents for programs keep it in English.
PASTED = noop("the pasted text")


@dataclass(frozen=True)
class EvidenceView:
    """The words that a verdict rests on, with the work they are from."""

    quote: str
    title: str
    locator: str
    edition: str
    depth: str
    currency: str
    currency_mark: str
    currency_code: str
    replaced_by: str | None
    url: str | None


@dataclass(frozen=True)
class ClaimView:
    """One claim; `words` are the text's own, `text` the claim as it can be read alone."""

    number: int
    words: str
    text: str
    verdict: str
    mark: str
    code: str
    reasons: tuple[str, ...]
    corrected: str | None
    evidence: tuple[EvidenceView, ...]
    place: str

    @property
    def resolved(self) -> bool:
        """Whether reading it alone took words that the text has elsewhere."""
        return self.text.rstrip(".") not in self.words


@dataclass(frozen=True)
class FindingView:
    """A finding about the text as a whole."""

    title: str
    detail: str
    claims: tuple[int, ...]


@dataclass(frozen=True)
class CountView:
    """How many claims have a verdict."""

    name: str
    mark: str
    code: str
    number: int
    meaning: str


@dataclass(frozen=True)
class AuditView:
    """An audit for reading: the grave claims first, then all in the order of the text."""

    name: str
    question: str | None
    summary: str
    counts: tuple[CountView, ...]
    claims: tuple[ClaimView, ...]
    findings: tuple[FindingView, ...]
    limits: tuple[str, ...]
    snapshot: str
    characters: int

    @property
    def grave(self) -> tuple[ClaimView, ...]:
        """The claims that have a fault, in the order of the text."""
        return tuple(c for c in self.claims if c.code not in ("not_found", "supported"))

    @property
    def other(self) -> tuple[ClaimView, ...]:
        """The claims without one."""
        return tuple(c for c in self.claims if c.code in ("not_found", "supported"))


def audit_view(audit: Audit, text: str) -> AuditView:
    """The view of an audit of `text`, which gives the claims their own words."""
    return AuditView(
        name=told(PASTED) if audit.name == PASTED else plain(audit.name),
        question=plain(audit.question) if audit.question else None,
        summary=plain(audit.summary),
        counts=tuple(_count(verdict, audit) for verdict in AuditVerdict),
        claims=tuple(_claims(audit, text)),
        findings=tuple(
            FindingView(
                FINDINGS[finding.name],
                plain(finding.detail),
                tuple(number + 1 for number in finding.claims),
            )
            for finding in audit.findings
        ),
        limits=tuple(map(plain, audit.limits)),
        snapshot=audit.library.snapshot,
        characters=audit.characters,
    )


def _count(verdict: AuditVerdict, audit: Audit) -> CountView:
    return CountView(
        name=VERDICTS[verdict],
        mark=MARKS[verdict],
        code=verdict.value,
        number=audit.counts[verdict.value],
        meaning=MEANINGS[verdict],
    )


def _claims(audit: Audit, text: str) -> Iterator[ClaimView]:
    line, seen = 1, 0
    for number, claim in enumerate(audit.claims, 1):
        if claim.start >= seen:
            line += text.count("\n", seen, claim.start)
            seen = claim.start
        yield _claim(claim, number, text, told("line %(number)s") % {"number": line})


def _claim(claim: AuditClaim, number: int, text: str, place: str) -> ClaimView:
    return ClaimView(
        number=number,
        words=plain(text[claim.start : claim.end]),
        text=plain(claim.text),
        verdict=VERDICTS[claim.verdict],
        mark=MARKS[claim.verdict],
        code=claim.verdict.value,
        reasons=tuple(map(plain, claim.reasons)),
        corrected=plain(claim.corrected) if claim.corrected else None,
        evidence=tuple(map(_evidence, claim.evidence)),
        place=place,
    )


def _evidence(evidence: AuditEvidence) -> EvidenceView:
    currency = Currency(evidence.currency)
    return EvidenceView(
        quote=part(evidence.quote),
        title=plain(evidence.title),
        locator=plain(evidence.locator),
        edition=evidence.edition,
        depth=DEPTHS[evidence.depth],
        currency=CURRENCIES[currency],
        currency_mark=CURRENCY_MARKS[currency],
        currency_code=currency.value,
        replaced_by=evidence.replaced_by,
        url=evidence.url,
    )
