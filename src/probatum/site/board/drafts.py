"""Drafts: begun out of an answer, edited sentence by sentence, submitted when all of it passes.

An edit says which state of the draft it was made on. Sent twice, it changes nothing the second
time; made on a state that somebody else has changed since, it is refused and both texts are kept.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from probatum.answers.scope import in_scope
from probatum.checks.view import View
from probatum.engine import Ask
from probatum.evidence.answer import Answer, AnswerStatus
from probatum.evidence.base import ProbatumError
from probatum.evidence.claim import Verdict
from probatum.render.characters import plain
from probatum.review.board import submission
from probatum.review.content import content_of, digest
from probatum.review.editing import reworded, without_claims
from probatum.review.events import Drafted
from probatum.review.people import Actor
from probatum.review.rechecking import Fault, admitted, faults, tried
from probatum.site.board.ledger import Ledger, append, ledger, read_answer, written
from probatum.site.board.models import Article, Working
from probatum.site.board.people import policy
from probatum.site.engine import engine

# Addresses below /articles/ that are no article's.
_TAKEN = frozenset(("new",))
_SLUG = 60


class DraftError(ProbatumError):
    """Something that cannot be done to a draft, in one sentence."""


class StaleError(DraftError):
    """The draft was changed after the form was given out."""


@dataclass(frozen=True)
class Clash:
    """Two texts for one claim: what stands there now, and what was sent."""

    claim: str
    theirs: str
    yours: str
    seen: str


def view_of(answer: Answer) -> View:
    """What the gate compares an article's sentences with: the library of now, and the question."""
    held = engine()
    need = held.need(Ask(question=answer.question, reader=answer.reader, region=answer.region))
    region = answer.region
    if region and region in held.library.vocabulary and region not in need.regions:
        need = need.model_copy(update={"regions": (*need.regions, region)})
    return View(held.library, in_scope(need, held.library).need)


def unfit(answer: Answer) -> str | None:
    """Why an answer cannot become an article; None when it can."""
    if answer.status not in (AnswerStatus.ANSWERED, AnswerStatus.PARTIAL):
        return _(
            "Only a plain answer can become an article: ask without the wrong premise, the "
            "emergency or what is not held."
        )
    return None if answer.claims else _("The answer has no claim to keep.")


def begin(actor: Actor, answer: Answer) -> Article:
    """An article out of an answer; the same person's draft of the same question is gone on with."""
    reason = unfit(answer)
    if reason:
        raise DraftError(reason)
    with transaction.atomic():
        for each in Article.objects.filter(title=answer.question, working__isnull=False):
            if actor.id in each.working.writers:
                return each
        article = Article.objects.create(slug=_slug(answer.question), title=answer.question)
        append(article, actor, [Drafted(version=1)], engine(), policy())
        _keep(article, 1, answer, actor)
    return article


def _slug(question: str) -> str:
    base = slugify(question)[:_SLUG].strip("-") or "article"
    slug, again = base, 1
    while slug in _TAKEN or Article.objects.filter(slug=slug).exists():
        again += 1
        slug = f"{base}-{again}"
    return slug


def _keep(article: Article, number: int, answer: Answer, actor: Actor) -> None:
    Working.objects.create(
        article=article, number=number, content=written(answer), writers=[actor.id]
    )


def begin_again(book: Ledger, actor: Actor, base: int, *, renew: bool) -> None:
    """A next version: out of an earlier one, or out of what the library answers now."""
    answer = book.answer(base)
    standing = book.record.versions[base]
    if renew:
        ask = Ask(question=answer.question, reader=answer.reader, region=answer.region)
        answer = engine().ask(ask)
        reason = unfit(answer)
        if reason:
            raise DraftError(reason)
    elif standing.withdrawn_claims:
        answer = without_claims(answer, standing.withdrawn_claims)
    number = len(book.record.versions) + 1
    with transaction.atomic():
        event = Drafted(version=number, based_on=base)
        append(book.article, actor, [event], engine(), policy())
        _keep(book.article, number, answer, actor)


def seen_of(working: Working, claim: str) -> str:
    """The state of one claim of a draft, for a form to name."""
    answer = read_answer(working.content)
    text = answer.claims[claim].text if claim in answer.claims else ""
    return digest([text, working.pending.get(claim)])[:16]


def state_of(working: Working) -> str:
    """The state of the whole draft."""
    return digest([working.content, working.pending])[:16]


def shape_of(working: Working) -> str:
    """The outline of the draft, whatever its words: what buttons that move things name."""
    answer = read_answer(working.content)
    outline = [[s.id, s.claims] for s in answer.sections]
    return digest([outline, answer.bottom_line, sorted(answer.claims)])[:16]


def text_of(working: Working, claim: str) -> str:
    """What the author last wrote for a claim, whether it passes or not."""
    pending: str | None = working.pending.get(claim)
    return pending or read_answer(working.content).claims[claim].text


def reword(article: Article, actor: Actor, claim: str, text: str, seen: str) -> Clash | None:
    """Other words for a claim. What passes becomes the claim; what does not is kept as pending."""
    words = " ".join(plain(text).split())
    with transaction.atomic():
        working = _locked(article)
        answer = read_answer(working.content)
        if claim not in answer.claims:
            raise DraftError(_("The draft has no claim %(claim)s.") % {"claim": claim})
        held = text_of(working, claim)
        if words == held:
            return None
        if seen != seen_of(working, claim):
            return Clash(claim, held, words, seen_of(working, claim))
        view = view_of(answer)
        examined = tried(answer.claims[claim], words, view)
        pending = dict(working.pending)
        if examined.verdict is Verdict.SUPPORTED:
            made = admitted(answer.claims[claim], examined, view)
            working.content = written(reworded(answer, made))
            pending.pop(claim, None)
        else:
            pending[claim] = words
        working.pending = pending
        _changed(working, actor)
    return None


def reshape(article: Article, actor: Actor, seen: str, change: Callable[[Answer], Answer]) -> None:
    """Another order, or less: StaleError when the draft is no longer what the form showed."""
    with transaction.atomic():
        working = _locked(article)
        if seen != shape_of(working):
            raise StaleError(_("The draft was changed after this page was made; look at it again."))
        answer = change(read_answer(working.content))
        working.content = written(answer)
        working.pending = {c: t for c, t in working.pending.items() if c in answer.claims}
        _changed(working, actor)


def in_the_way(working: Working) -> tuple[Fault, ...]:
    """Why a draft cannot be submitted: words that did not pass, and claims that no longer do."""
    answer = read_answer(working.content)
    view = view_of(answer)
    found = [
        Fault(claim, text, tuple(check.detail for check in examined.failures))
        for claim, text in working.pending.items()
        if (examined := tried(answer.claims[claim], text, view))
    ]
    return (*found, *faults(answer, view))


def submit(article: Article, actor: Actor, seen: str) -> tuple[Fault, ...]:
    """Fix the draft as a version, or say what is in the way. Sent twice, it is submitted once."""
    with transaction.atomic():
        working = Working.objects.select_for_update().filter(article=article).first()
        if working is None:
            return ()
        if seen != state_of(working):
            raise StaleError(_("The draft was changed after this page was made; look at it again."))
        found = in_the_way(working)
        if found:
            return found
        answer = read_answer(working.content)
        rules = policy()
        book = ledger(article, engine(), rules)
        writers = {*working.writers, book.record.versions[working.number].author}
        event = submission(working.number, content_of(answer), writers, rules)
        append(article, actor, [event], engine(), rules, content=answer)
        working.delete()
    return ()


def discard(article: Article) -> None:
    """Let a withdrawn draft's words go; that it was begun and withdrawn stays on record."""
    Working.objects.filter(article=article).delete()


def _locked(article: Article) -> Working:
    working = Working.objects.select_for_update().filter(article=article).first()
    if working is None:
        raise DraftError(_("There is no draft of this article; begin a new version first."))
    return working


def _changed(working: Working, actor: Actor) -> None:
    if actor.id not in working.writers:
        working.writers = [*working.writers, actor.id]
    working.save()
