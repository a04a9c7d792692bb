"""A demonstration: three accounts, and an article in every state, out of the shipped packs.

Nobody has reviewed anything: each signature says of itself that it is an example.
"""

from collections.abc import Iterator

from probatum.engine import Ask
from probatum.evidence.answer import Answer
from probatum.review.board import submission
from probatum.review.content import content_of
from probatum.review.editing import without_claims
from probatum.review.events import (
    ChangesRequested,
    Decided,
    Declared,
    Drafted,
    Event,
    Reopened,
    Signed,
    Taken,
    Withdrawn,
)
from probatum.review.people import Actor, Role
from probatum.site.board import drafts, members
from probatum.site.board.ledger import append
from probatum.site.board.models import Article, Working
from probatum.site.board.people import policy
from probatum.site.engine import engine

PEOPLE = (
    Actor(id="demo-author", name="Demo Author (no real person)", roles=(Role.AUTHOR,)),
    Actor(id="demo-reviewer", name="Demo Reviewer (no real person)", roles=(Role.REVIEWER,)),
    Actor(id="demo-editor", name="Demo Editor (no real person)", roles=(Role.EDITOR,)),
)
AUTHOR, REVIEWER, EDITOR = PEOPLE
STATEMENT = "An example of a signature, made by the demonstration. No person has reviewed this."
STATES = (
    "draft",
    "submitted",
    "under_review",
    "changes_requested",
    "approved",
    "reopened",
    "superseded",
    "withdrawn",
)


def accounts() -> dict[str, str]:
    """The three accounts that are not there yet, with the password of each."""
    there = {member.name for member in members.members()}
    return {
        each.id: members.add(each.id, each.name, each.roles)
        for each in PEOPLE
        if each.id not in there
    }


def articles() -> Iterator[tuple[str, str]]:
    """Make what is missing; each article's state and title, as it is there."""
    held = engine()
    answers = (held.ask(Ask(question=question)) for question in held.examples())
    fit = (answer for answer in answers if drafts.unfit(answer) is None)
    for state, answer in zip(STATES, fit, strict=False):
        if not Article.objects.filter(title=answer.question).exists():
            _make(state, answer)
        yield state, answer.question


def _make(state: str, answer: Answer) -> None:
    article = drafts.begin(AUTHOR, answer)
    if state == "draft":
        return
    _submit(article, answer, 1)
    if state == "submitted":
        return
    if state == "withdrawn":
        _does(article, EDITOR, Withdrawn(version=1, reason="An example of a withdrawal."))
        return
    _does(article, REVIEWER, Taken(version=1), Declared(version=1, conflict=False))
    if state == "under_review":
        _does(article, REVIEWER, *_approvals(answer, 1)[: len(answer.claims) // 2])
        return
    if state == "changes_requested":
        claim = next(iter(answer.claims))
        reject = Decided(
            version=1,
            claim=claim,
            claim_hash=content_of(answer).claims[claim].hash,
            choice="reject",
            reason="unclear",
            comment="An example of a rejection.",
        )
        asked = ChangesRequested(version=1, comment="An example: please say it more plainly.")
        _does(article, REVIEWER, reject, asked)
        return
    _sign(article, answer, 1)
    if state == "reopened":
        detail = "An example: an editor asks for another look."
        event = Reopened(
            version=1, trigger="editor", detail=detail, claims=tuple(answer.claims)[:1]
        )
        _does(article, EDITOR, event)
    if state == "superseded":
        shorter = without_claims(answer, {list(answer.claims)[-1]})
        _does(article, AUTHOR, Drafted(version=2, based_on=1))
        _submit(article, shorter, 2)
        _does(article, REVIEWER, Taken(version=2), Declared(version=2, conflict=False))
        _sign(article, shorter, 2)


def _does(article: Article, actor: Actor, *events: Event, content: Answer | None = None) -> None:
    append(article, actor, events, engine(), policy(), content)


def _submit(article: Article, answer: Answer, number: int) -> None:
    event = submission(number, content_of(answer), [AUTHOR.id], policy())
    _does(article, AUTHOR, event, content=answer)
    Working.objects.filter(article=article).delete()


def _approvals(answer: Answer, number: int) -> list[Decided]:
    return [
        Decided(version=number, claim=claim, claim_hash=each.hash, choice="approve")
        for claim, each in content_of(answer).claims.items()
    ]


def _sign(article: Article, answer: Answer, number: int) -> None:
    """As many sign as the policy asks, which for a decision path are two."""
    content = content_of(answer)
    event = Signed(version=number, content=content.hash, statement=STATEMENT)
    _does(article, REVIEWER, *_approvals(answer, number), event)
    if policy().signatures_for(content.topics, content.kinds) > 1:
        _does(article, EDITOR, Declared(version=number, conflict=False), event)
