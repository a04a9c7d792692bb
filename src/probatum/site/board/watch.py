"""The watch over articles: what evidence and calendar call for is written down, one by one.

A source that was retracted, superseded or corrected, a newer analysis or the age limit reopens an
article. Its page says so at once, because reading counts it; the watch puts it on record, so that
it lies in the queue with what changed. It also mends summaries that do not say what the log says.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from probatum.engine import Engine
from probatum.evidence.base import ProbatumError
from probatum.review.people import SYSTEM
from probatum.review.policy import Policy
from probatum.review.states import MoveError
from probatum.site.board.ledger import DamagedError, append, ledger
from probatum.site.board.models import Article, LogEntry, Summary
from probatum.site.board.people import policy
from probatum.site.board.summary import damaged, same, summary_of
from probatum.site.engine import engine


class WatchError(ProbatumError):
    """Some articles could not be looked at; the others were."""


@dataclass(frozen=True)
class Watched:
    """What a round found: articles looked at, reopened and damaged, and summaries mended.

    `halted` when it was stopped before the last of them.
    """

    looked: int = 0
    reopened: int = 0
    damaged: int = 0
    mended: int = 0
    halted: bool = False

    @property
    def said(self) -> str:
        """The round in a sentence."""
        return (
            f"{self.looked} articles looked at, {self.reopened} reopened, {self.damaged} damaged, "
            f"{self.mended} summaries mended."
        )


def _never() -> bool:
    return False


def watch(halted: Callable[[], bool] = _never) -> Watched:
    """Look at every article; WatchError when some could not be, once the others have been.

    `halted` is asked before each article: what is left is done by the next round.
    """
    looked = reopened = broken = mended = 0
    stopped = False
    failed: list[str] = []
    held, rules = engine(), policy()
    for pk in list(Article.objects.order_by("pk").values_list("pk", flat=True)):
        if halted():
            stopped = True
            break
        article = Article.objects.get(pk=pk)
        try:
            reopens, mends = look(article, held, rules)
            reopened += reopens
            mended += mends
        except DamagedError:
            broken += 1
            mended += _keep(damaged(article, held, rules))
        except Exception as error:
            # One article that cannot be looked at must not keep the rest from being watched.
            failed.append(type(error).__name__)
        looked += 1
    if failed:
        kinds = ", ".join(sorted(set(failed)))
        raise WatchError(f"{len(failed)} articles could not be looked at ({kinds}).")
    return Watched(looked, reopened, broken, mended, stopped)


def look(article: Article, held: Engine, rules: Policy) -> tuple[bool, bool]:
    """One article: whether it was reopened, and whether its summary was not right."""
    book = ledger(article, held, rules)
    if book.pending:
        try:
            append(article, SYSTEM, [], held, rules)
        except MoveError:
            # Somebody wrote at the same moment, which writes what is pending as well.
            return False, False
        return True, False
    return False, _keep(summary_of(book, held, rules))


def _keep(summary: Summary) -> bool:
    """Keep a summary; whether the one before said something else."""
    before = Summary.objects.filter(pk=summary.article_id).first()
    if before and before.basis == summary.basis and same(before, summary):
        return False
    with transaction.atomic():
        Article.objects.select_for_update().get(pk=summary.article_id)
        written = LogEntry.objects.filter(article=summary.article_id).count()
        if not summary.damaged and written != summary.entries:
            # Somebody wrote since it was read, and kept a newer summary.
            return False
        summary.save()
    return before is None or not same(before, summary)


def exact(article: Article) -> Summary:
    """The summary as the log gives it now, for a line that is not to be believed; not kept."""
    held, rules = engine(), policy()
    try:
        return summary_of(ledger(article, held, rules), held, rules)
    except DamagedError:
        return damaged(article, held, rules)


def rebuild(*, missing: bool = False) -> int:
    """Make every summary anew, or only those that are missing; how many were made."""
    held, rules = engine(), policy()
    wanted = Article.objects.filter(summary=None, log__isnull=False).distinct()
    made = 0
    for article in wanted if missing else Article.objects.all():
        try:
            summary = summary_of(ledger(article, held, rules), held, rules)
        except DamagedError:
            summary = damaged(article, held, rules)
        summary.save()
        made += 1
    return made
