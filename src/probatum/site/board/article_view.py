"""An article as its page and its exports show it: the words, and who reviewed them."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from probatum.engine import Engine
from probatum.evidence.answer import Answer
from probatum.render.arrange import page
from probatum.render.characters import plain
from probatum.render.json import answer_document
from probatum.render.language import told
from probatum.render.markdown import escaped, markdown
from probatum.render.view import Page
from probatum.review.editing import without_claims
from probatum.review.people import Actor
from probatum.review.policy import Policy
from probatum.review.standing import Standing
from probatum.site.board.ledger import Ledger
from probatum.site.board.words import (
    SENTENCES,
    Happened,
    Step,
    code_of,
    day,
    happened,
    minute,
    status_words,
    steps,
)

SCHEMA = "probatum.article/1"


@dataclass(frozen=True)
class Reviewer:
    """Who signed, in which role, when, and what they declared."""

    name: str
    roles: str
    at: str
    statement: str
    conflict: str
    counts: bool


@dataclass(frozen=True)
class VersionRow:
    """A version that may be read."""

    number: int
    status: str
    submitted: str
    current: bool


@dataclass(frozen=True)
class ArticleView:
    """One version of an article for people."""

    slug: str
    title: str
    number: int
    code: str
    status: str
    sentence: str
    steps: tuple[Step, ...]
    reviewers: tuple[Reviewer, ...]
    scope: str
    causes: tuple[str, ...]
    withdrawn: tuple[str, ...]
    reason: str | None
    hash: str
    cite: str
    versions: tuple[VersionRow, ...]
    history: tuple[Happened, ...]
    before: int | None
    page: Page


def shown_answer(book: Ledger, standing: Standing) -> Answer:
    """A version's content as it may be shown: without claims that were withdrawn."""
    answer = book.answer(standing.number)
    gone = standing.withdrawn_claims
    if gone:
        answer = without_claims(answer, gone, empty=True)
    return answer.model_copy(update={"review": code_of(standing)})


def article_view(
    book: Ledger, standing: Standing, actor: Actor, policy: Policy, engine: Engine
) -> ArticleView:
    """Everything about one version. The address is not part of it: the page knows its own."""
    code = code_of(standing)
    return ArticleView(
        slug=book.article.slug,
        title=plain(book.article.title),
        number=standing.number,
        code=code,
        status=status_words(code),
        sentence=sentence(standing),
        steps=steps(standing),
        reviewers=reviewers(book, standing),
        scope=_scope(standing),
        causes=tuple(plain(cause.detail) for cause in standing.open_causes)
        if standing.causes
        else (),
        withdrawn=tuple(dict.fromkeys(plain(why) for why in standing.withdrawn_claims.values())),
        reason=plain(standing.reason) if standing.reason else None,
        hash=standing.content or "",
        cite=cite(book, standing),
        versions=readable(book, standing, actor, policy),
        history=tuple(
            happened(entry) for entry in book.entries if entry.event.version == standing.number
        ),
        before=before(book, standing, actor, policy),
        page=page(shown_answer(book, standing), engine),
    )


def sentence(standing: Standing) -> str:
    """The status in a sentence; of an approval it names who signed, and when."""
    code = code_of(standing)
    if code != "approved":
        return SENTENCES[code]
    return _("This exact version was signed by %(signers)s.") % {"signers": signers(standing)}


def signers(standing: Standing) -> str:
    """Who has signed this version and whose signature counts, each with the day."""
    return f" {_('and')} ".join(
        f"{plain(each.name)}, {day(each.at)}" for each in standing.signatures
    )


def _scope(standing: Standing) -> str:
    claims = len(standing.claims)
    words = _("All %(claims)s claims, each beside its source, and the article as a whole.")
    return words % {"claims": claims}


def reviewers(book: Ledger, standing: Standing) -> tuple[Reviewer, ...]:
    """Everybody who ever signed this version; whether it still counts is said of each."""
    counting = {each.entry for each in standing.signatures}
    said = {
        entry.actor: entry.event.statement
        for entry in book.entries
        if entry.event.kind == "declared" and entry.event.version == standing.number
    }
    return tuple(
        Reviewer(
            name=plain(each.name),
            roles=", ".join(told(role) for role in each.roles),
            at=minute(each.at),
            statement=plain(each.statement),
            conflict=plain(said.get(each.actor, "")) or _("No conflict of interest declared."),
            counts=each.entry in counting,
        )
        for each in book.record.past_signatures(book.entries, standing.number)
    )


def readable(
    book: Ledger, standing: Standing, actor: Actor, policy: Policy
) -> tuple[VersionRow, ...]:
    """The versions that this actor may read, the newest first."""
    return tuple(
        VersionRow(
            number,
            status_words(code_of(each)),
            day(each.submitted or each.began),
            number == standing.number,
        )
        for number, each in sorted(book.record.versions.items(), reverse=True)
        if each.content and policy.sees(actor, each.state, book.record.authors)
    )


def before(book: Ledger, standing: Standing, actor: Actor, policy: Policy) -> int | None:
    """The readable version before this one."""
    rows = readable(book, standing, actor, policy)
    return next((row.number for row in rows if row.number < standing.number), None)


def cite(book: Ledger, standing: Standing) -> str:
    """How to cite this version; the hash lets anybody see that it is the same."""
    if code_of(standing) == "approved":
        status = _("Reviewed by %(signers)s") % {"signers": signers(standing)}
    else:
        status = _("Not reviewed")
    words = _(
        "%(title)s Probatum, article %(slug)s, version %(version)s, %(day)s. %(status)s. "
        "Content SHA-256 %(content)s."
    )
    return words % {
        "title": plain(book.article.title),
        "slug": book.article.slug,
        "version": standing.number,
        "day": day(standing.submitted or standing.began),
        "status": status,
        "content": standing.content,
    }


def article_document(book: Ledger, standing: Standing) -> dict[str, Any]:
    """The article for programs: the answer document, and the review of this exact version."""
    answer = shown_answer(book, standing)
    return {
        "schema": SCHEMA,
        "slug": book.article.slug,
        "title": book.article.title,
        "version": standing.number,
        "status": code_of(standing),
        "content_hash": standing.content,
        "submitted": standing.submitted,
        "approved": standing.approved if code_of(standing) == "approved" else None,
        "signatures_needed": standing.needed,
        "signatures": [
            {
                "name": each.name,
                "roles": list(each.roles),
                "at": each.at,
                "statement": each.statement,
                "content_hash": each.content,
            }
            for each in standing.signatures
        ],
        "reopened": [
            {"trigger": c.trigger, "detail": c.detail, "edition": c.edition, "at": c.at}
            for c in standing.open_causes
        ],
        "withdrawn_claims": dict(standing.withdrawn_claims),
        "decisions": _decisions(book, standing),
        "log": [entry.model_dump(mode="json") for entry in book.entries],
        "cite": cite(book, standing),
        "answer": answer_document(answer),
    }


def _decisions(book: Ledger, standing: Standing) -> dict[str, dict[str, Any]]:
    found = {}
    for claim in standing.claims:
        given = book.record.decision(standing.number, claim)
        if given:
            found[claim] = {"choice": given.choice, "name": given.name, "at": given.at}
    return found


def article_markdown(book: Ledger, standing: Standing, engine: Engine) -> str:
    """The article as Markdown, its status before anything else."""
    code = code_of(standing)
    head = [f"**{escaped(status_words(code))}.** {escaped(sentence(standing))}"]
    head += [
        f"- {escaped(each.name)} ({escaped(each.roles)}), {escaped(each.at)}: "
        f"{escaped(each.statement)}"
        for each in reviewers(book, standing)
        if each.counts
    ]
    head += [f"- {escaped(cause.detail)}" for cause in standing.open_causes]
    body = markdown(shown_answer(book, standing), engine.name)
    title, _, rest = body.partition("\n\n")
    lines = "\n".join(head)
    return f"{title}\n\n{lines}\n\n{rest}\n{escaped(cite(book, standing))}\n"
