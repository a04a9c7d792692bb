"""The card behind a citation: the held words with the quote marked, its source, and every check.

One card a claim, however often the claim is shown, so that a page carries each statement once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from probatum.checks.quotation import FORM as QUOTE
from probatum.evidence.answer import Answer, Reference
from probatum.evidence.claim import Anchor, Claim, Outcome, Verdict
from probatum.render.characters import part, plain
from probatum.render.cite import Link, line, links
from probatum.render.language import spoken, told, told_by, told_of
from probatum.render.names import Words
from probatum.render.passage import Piece, around, pieces, shown, source_address
from probatum.render.words import (
    CURRENCIES,
    CURRENCY_MARKS,
    DEPTH_MEANINGS,
    DEPTHS,
    DIRECTIONS,
    OUTCOME_MARKS,
    OUTCOMES,
    PHRASED_BY,
    ROLES,
    TYPES,
    VERDICTS,
    check_name,
)


@dataclass(frozen=True)
class ReferenceView:
    """A reference in words."""

    number: int
    title: str
    line: str
    type: str
    depth: str
    depth_meaning: str
    secondary: bool
    currency: str
    currency_code: str
    currency_mark: str
    links: tuple[Link, ...]
    edition: str
    replaced_by: str | None


@dataclass(frozen=True)
class Evidence:
    """One anchor: where the words stand and what they are.

    `address` is the page of the source: at the quote, where it is quoted from held text, whose
    `licence` is then given.
    """

    reference: ReferenceView
    locator: str
    pieces: tuple[Piece, ...]
    address: str
    licence: str | None = None


@dataclass(frozen=True)
class CheckView:
    """A check's name, outcome and reason in words."""

    name: str
    outcome: str
    mark: str
    code: str
    detail: str


@dataclass(frozen=True)
class Card:
    """All that stands behind one claim."""

    id: str
    label: str
    text: str
    tags: tuple[str, ...]
    strength: str | None
    population: str
    evidence: tuple[Evidence, ...]
    checks: tuple[CheckView, ...]
    summary: str


def reference_views(answer: Answer, words: Words) -> dict[str, ReferenceView]:
    """The references as a person reads them, by edition; a cited successor by its number."""
    numbers = {each.edition: f"[{each.number}]" for each in answer.references}
    return {each.edition: _view(each, numbers, words) for each in answer.references}


def _view(reference: Reference, numbers: dict[str, str], words: Words) -> ReferenceView:
    replaced_by = reference.replaced_by
    return ReferenceView(
        number=reference.number,
        title=plain(reference.title),
        line=line(reference, words.name),
        type=TYPES[reference.type],
        depth=DEPTHS[reference.depth],
        depth_meaning=DEPTH_MEANINGS[reference.depth],
        secondary=reference.depth.value == "secondary",
        currency=CURRENCIES[reference.currency],
        currency_code=reference.currency.value,
        currency_mark=CURRENCY_MARKS[reference.currency],
        links=links(reference.identifiers),
        edition=reference.edition,
        replaced_by=numbers.get(replaced_by, plain(replaced_by)) if replaced_by else None,
    )


def marked(statement: str | None, anchor: Anchor) -> tuple[Piece, ...]:
    """The whole held statement with the quote marked.

    Without the statement, or when it no longer holds the quote at its place, only the quote is
    shown: words around it that do not belong to it would be evidence nobody checked.
    """
    if statement is None or statement[anchor.start : anchor.end] != anchor.quote:
        return (Piece(plain(anchor.quote), marked=True),)
    pieces = (
        Piece(statement[: anchor.start], marked=False),
        Piece(anchor.quote, marked=True),
        Piece(statement[anchor.end :], marked=False),
    )
    return tuple(piece for piece in pieces if piece.text)


def _evidence(anchor: Anchor, reference: ReferenceView, words: Words) -> Evidence:
    """The anchor's words with what stands around them: of a record's statement, or of a text."""
    locator = plain(anchor.locator)
    if anchor.record is not None:
        statement = words.statement(anchor.record)
        return Evidence(
            reference, locator, marked(statement, anchor), source_address(anchor.edition)
        )
    passage = words.around(anchor)
    address = source_address(anchor.edition, (anchor.start, anchor.end))
    if passage is None or passage.slice(anchor.start, anchor.end) != anchor.quote:
        return Evidence(reference, locator, (Piece(part(anchor.quote), marked=True),), address)
    span = (anchor.start - passage.start, anchor.end - passage.start)
    within = around(passage.text, span) if shown(passage.document) else span
    return Evidence(
        reference,
        locator,
        pieces(passage.text, [span], within),
        address,
        plain(passage.document.rights.licence),
    )


def marks(claim: Claim) -> str:
    """The citation numbers as printed, for instance "1, 3"."""
    return ", ".join(str(number) for number in claim.citations)


def said(claim: Claim) -> str:
    """The sentence; a quote keeps the lines in which its source has it."""
    if claim.form != QUOTE:
        return plain(claim.text)
    return "\n".join(line for each in claim.text.split("\n") if (line := plain(each)))


def origin(claim: Claim, references: Mapping[str, ReferenceView]) -> str | None:
    """For a quote, the work and the place in it; None for what is said in our own words."""
    if claim.form != QUOTE:
        return None
    anchor = claim.anchors[0]
    place = plain(anchor.locator)
    reference = references.get(anchor.edition)
    return f"{reference.title}, {place}" if reference else place


def tags(claim: Claim) -> tuple[str, ...]:
    """What must be said beside the sentence: its role, and a verdict short of supported."""
    found = []
    if claim.role in ROLES:
        found.append(ROLES[claim.role])
    if claim.verdict is not Verdict.SUPPORTED:
        found.append(VERDICTS[claim.verdict])
    if claim.phrased_by:
        found.append(told(PHRASED_BY))
    return tuple(found)


def strength_words(claim: Claim) -> str | None:
    """The grade in the issuing body's own words; "for" is what a grade means unless said."""
    strength = claim.strength
    if strength is None:
        return None
    words = f"{strength.system} {strength.grade}" if strength.grade else strength.system
    if strength.direction != "for":
        words += f" ({DIRECTIONS[strength.direction]})"
    return plain(words)


def checks_summary(claim: Claim) -> str:
    """How the checks ended, in one line."""
    counted = [check for check in claim.checks if check.outcome is not Outcome.NOT_APPLICABLE]
    failed = [check for check in counted if check.outcome is Outcome.FAIL]
    if failed:
        words = told_by(
            len(counted),
            "%(failed)s of %(number)s check failed",
            "%(failed)s of %(number)s checks failed",
        )
        return words % {"failed": len(failed), "number": len(counted)}
    if not counted:
        return told("No check applied")
    return told_of(len(counted), "%(number)s check passed", "%(number)s checks passed")


@lru_cache(maxsize=4096)
def _check(name: str, outcome: Outcome, detail: str, language: str) -> CheckView:
    """What a check found, in the language in use; most say the same on every card."""
    del language
    return CheckView(
        name=check_name(name),
        outcome=OUTCOMES[outcome],
        mark=OUTCOME_MARKS[outcome],
        code=outcome.value,
        detail=plain(detail),
    )


def card(
    claim: Claim, identity: str, references: Mapping[str, ReferenceView], words: Words
) -> Card:
    """The card of one claim of the answer."""
    evidence, seen = [], set()
    for anchor in claim.anchors:
        key = (anchor.edition, anchor.record, anchor.start, anchor.end)
        if key in seen or anchor.edition not in references:
            continue
        seen.add(key)
        evidence.append(_evidence(anchor, references[anchor.edition], words))
    return Card(
        id=identity,
        label=marks(claim),
        text=said(claim),
        tags=tags(claim),
        strength=strength_words(claim),
        population=plain(claim.population),
        evidence=tuple(evidence),
        checks=tuple(
            _check(check.name, check.outcome, check.detail, spoken()) for check in claim.checks
        ),
        summary=checks_summary(claim),
    )
