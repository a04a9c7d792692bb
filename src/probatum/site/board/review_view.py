"""A version as its reviewer sees it: each claim beside its source, with what was decided on it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from probatum.engine import Engine
from probatum.render.arrange import page
from probatum.render.card import Card
from probatum.render.characters import plain
from probatum.render.language import told
from probatum.review.people import Actor
from probatum.review.policy import Policy, Right
from probatum.review.rechecking import may_be_reworded
from probatum.review.standing import Given, Standing
from probatum.review.states import FROM, Move, State
from probatum.site.board.draft_view import order, outline
from probatum.site.board.ledger import Ledger
from probatum.site.board.words import CHOICES, Happened, code_of, happened, minute, status_words


@dataclass(frozen=True)
class DecisionView:
    """The decision that stands on the claim's exact words."""

    words: str
    choice: str
    who: str
    at: str
    reason: str
    comment: str
    proposed: str | None
    counts: bool


@dataclass(frozen=True)
class ClaimReview:
    """One claim on the left, its evidence on the right."""

    id: str
    hash: str
    text: str
    editable: bool
    card: Card
    seen: int
    decision: DecisionView | None
    withdrawn: str | None
    first: bool


@dataclass(frozen=True)
class SectionReview:
    """The claims that are first shown in one section."""

    title: str
    claims: tuple[ClaimReview, ...]


@dataclass(frozen=True)
class ReviewView:
    """Everything for the review page of one version."""

    slug: str
    title: str
    number: int
    code: str
    status: str
    authors: str
    based_on: int | None
    causes: tuple[str, ...]
    withdrawn: bool
    asked: str | None
    reason: str | None
    sections: tuple[SectionReview, ...]
    unresolved: tuple[str, ...]
    signed: tuple[str, ...]
    needed: int
    declared: str | None
    conflict: bool
    may_begin: bool
    may_declare: bool
    may_decide: bool
    may_sign: bool
    may_reopen: bool
    may_withdraw: bool
    barred: str | None
    history: tuple[Happened, ...]


def decision_view(given: Given, policy: Policy, authors: frozenset[str]) -> DecisionView:
    """A decision in words."""
    return DecisionView(
        words=CHOICES[given.choice],
        choice=given.choice,
        who=plain(given.name),
        at=minute(given.at),
        reason=told(policy.reasons.get(given.reason or "", given.reason or "")),
        comment=plain(given.comment),
        proposed=plain(given.proposed) if given.proposed else None,
        counts=given.actor not in authors,
    )


def review_view(
    book: Ledger, standing: Standing, actor: Actor, policy: Policy, engine: Engine
) -> ReviewView:
    """The version with what this person may do now."""
    record, number = book.record, standing.number
    own = actor.id in record.authors
    declared = standing.declarations.get(actor.id)
    conflict = bool(declared and declared.conflict)
    reviewing = standing.state is State.UNDER_REVIEW
    free = not own and declared is not None and not conflict
    rights = {right: policy.may(actor, right, record.authors) for right in Right}
    left = set(record.unresolved(number))
    unresolved = tuple(claim for claim in order(book.answer(number)) if claim in left)
    printed = {entry.actor: plain(entry.name) for entry in book.entries}
    waits = standing.state in (State.SUBMITTED, State.UNDER_REVIEW)
    signed_already = any(each.actor == actor.id for each in standing.signatures)
    return ReviewView(
        slug=book.article.slug,
        title=plain(book.article.title),
        number=number,
        code=code_of(standing),
        status=status_words(code_of(standing)),
        authors=", ".join(sorted(printed.get(each, each) for each in record.authors)),
        based_on=standing.based_on,
        causes=tuple(plain(each.detail) for each in standing.open_causes),
        withdrawn=waits and bool(standing.withdrawn_claims),
        asked=plain(standing.asked) if standing.asked else None,
        reason=plain(standing.reason) if standing.reason else None,
        sections=_sections(book, standing, policy, engine),
        unresolved=unresolved,
        signed=tuple(f"{plain(s.name)}, {minute(s.at)}" for s in standing.signatures),
        needed=standing.needed,
        declared=None if declared is None else (plain(declared.statement) or _("None declared.")),
        conflict=conflict,
        may_begin=standing.state is State.SUBMITTED and not own and rights[Right.TAKE],
        may_declare=reviewing and not own and declared is None and rights[Right.DECLARE],
        may_decide=reviewing and free and rights[Right.DECIDE],
        may_sign=reviewing
        and free
        and not unresolved
        and rights[Right.SIGN]
        and not signed_already,
        may_reopen=standing.state is State.APPROVED and rights[Right.REOPEN],
        may_withdraw=standing.state in FROM[Move.WITHDRAW] and rights[Right.WITHDRAW],
        barred=_barred(own, conflict) if waits else None,
        history=tuple(happened(entry) for entry in book.entries if entry.event.version == number),
    )


def _barred(own: bool, conflict: bool) -> str | None:
    if own:
        return _("You wrote or changed this article, so others review it.")
    if conflict:
        return _("You declared a conflict of interest, so others review this version.")
    return None


def _sections(
    book: Ledger, standing: Standing, policy: Policy, engine: Engine
) -> tuple[SectionReview, ...]:
    answer = book.answer(standing.number)
    cards = dict(zip(answer.claims, page(answer, engine).cards, strict=True))
    sections, shown = [], set[str]()
    for _id, title, claims, _listed in outline(answer):
        new = [claim for claim in claims if claim not in shown]
        shown.update(new)
        if not new:
            continue
        made = []
        for claim in new:
            given = book.record.decision(standing.number, claim)
            made.append(
                ClaimReview(
                    id=claim,
                    hash=standing.claims[claim],
                    text=cards[claim].text,
                    editable=may_be_reworded(answer.claims[claim]),
                    card=cards[claim],
                    seen=given.entry if given else 0,
                    decision=decision_view(given, policy, book.record.authors) if given else None,
                    withdrawn=plain(standing.withdrawn_claims.get(claim, "")) or None,
                    first=claim in answer.bottom_line,
                )
            )
        sections.append(SectionReview(told(plain(title)), tuple(made)))
    return tuple(sections)
