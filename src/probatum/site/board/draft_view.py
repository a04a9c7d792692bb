"""A draft as its author sees it: the outline, and each claim with its words and their faults."""

from dataclasses import dataclass

from probatum.checks.gate import examine
from probatum.checks.view import View
from probatum.engine import Engine
from probatum.evidence.answer import Answer
from probatum.evidence.claim import Verdict
from probatum.render.arrange import page
from probatum.render.card import Card
from probatum.render.characters import plain
from probatum.render.language import minute, told, told_error
from probatum.render.words import check_name
from probatum.review.rechecking import WordingError, draft_of, may_be_reworded, tried
from probatum.site.board.drafts import seen_of, shape_of, state_of, text_of, view_of
from probatum.site.board.ledger import Ledger, read_answer
from probatum.site.board.models import Working


@dataclass(frozen=True)
class Proposal:
    """What a reviewer decided on the claim's words in the version before."""

    who: str
    choice: str
    comment: str
    proposed: str | None


@dataclass(frozen=True)
class ClaimState:
    """Whether the words that stand in the box pass, and which state of the draft this is."""

    id: str
    seen: str
    passes: bool
    faults: tuple[str, ...]
    draft: str


@dataclass(frozen=True)
class ClaimEdit:
    """One claim in the editor."""

    id: str
    text: str
    editable: bool
    state: ClaimState
    proposals: tuple[Proposal, ...]
    card: Card
    listed: bool
    first: bool


@dataclass(frozen=True)
class SectionEdit:
    """One part of the outline with the claims that are first shown in it."""

    id: str
    title: str
    claims: tuple[ClaimEdit, ...]


@dataclass(frozen=True)
class DraftView:
    """The whole draft."""

    number: int
    seen: str
    shape: str
    changed: str
    sections: tuple[SectionEdit, ...]
    pending: int
    asked: str | None


def claim_state(working: Working, claim: str, view: View | None = None) -> ClaimState:
    """What the gate says of the words that the author last wrote."""
    answer = read_answer(working.content)
    view = view or view_of(answer)
    try:
        text = text_of(working, claim)
        own = answer.claims[claim]
        examined = examine(draft_of(own), view) if text == own.text else tried(own, text, view)
        faults = tuple(f"{check_name(c.name)}: {plain(c.detail)}" for c in examined.failures)
        passes = examined.verdict is Verdict.SUPPORTED
    except WordingError as error:
        passes, faults = False, (told_error(error),)
    return ClaimState(claim, seen_of(working, claim), passes, faults, state_of(working))


def draft_view(book: Ledger, working: Working, engine: Engine) -> DraftView:
    """The draft for its page."""
    answer = read_answer(working.content)
    view = view_of(answer)
    arranged = page(answer, engine)
    cards = dict(zip(answer.claims, arranged.cards, strict=True))
    based = book.record.versions[working.number].based_on
    sections, shown = [], set[str]()
    for id, title, claims, listed in outline(answer):
        edits = []
        for claim in claims:
            if claim in shown:
                continue
            shown.add(claim)
            edits.append(
                ClaimEdit(
                    id=claim,
                    text=text_of(working, claim),
                    editable=may_be_reworded(answer.claims[claim]),
                    state=claim_state(working, claim, view),
                    proposals=_proposals(book, based, claim),
                    card=cards[claim],
                    listed=claim in listed,
                    first=claim in answer.bottom_line,
                )
            )
        sections.append(SectionEdit(id, told(plain(title)), tuple(edits)))
    asked = book.record.versions[based].asked if based else None
    return DraftView(
        number=working.number,
        seen=state_of(working),
        shape=shape_of(working),
        changed=minute(working.changed.isoformat()),
        sections=tuple(sections),
        pending=len(working.pending),
        asked=plain(asked) if asked else None,
    )


def outline(answer: Answer) -> list[tuple[str, str, list[str], frozenset[str]]]:
    """Each section's id, title, claims in order of showing, and those in its movable list.

    Claims of the bottom line, of stances and of the decision path that no section lists come last.
    """
    found = []
    placed: set[str] = set()
    for section in answer.sections:
        rows = section.table.rows if section.table else ()
        claims = [cell.claim for row in rows for cell in row if cell.claim]
        claims += section.claims
        claims += [row.claim for row in (section.figure.rows if section.figure else ())]
        placed.update(claims)
        ordered = list(dict.fromkeys(claims))
        found.append((section.id, section.title, ordered, frozenset(section.claims)))
    rest = [claim for claim in answer.claims if claim not in placed]
    if rest:
        found.append(("", told("Bottom line, bodies and decision path"), rest, frozenset()))
    return found


def order(answer: Answer) -> list[str]:
    """Every claim once, in the order of the pages that show the outline."""
    return list(dict.fromkeys(claim for _, _, claims, _ in outline(answer) for claim in claims))


def _proposals(book: Ledger, based: int | None, claim: str) -> tuple[Proposal, ...]:
    if based is None or claim not in book.record.versions[based].claims:
        return ()
    given = book.record.decision(based, claim)
    if given is None or given.choice == "approve":
        return ()
    proposed = plain(given.proposed) if given.proposed else None
    return (Proposal(plain(given.name), given.choice, plain(given.comment), proposed),)
