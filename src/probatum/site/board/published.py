"""The articles that the board has approved and that anybody may read: what the world is told of.

What is under review has a page that says so, and is announced nowhere.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from probatum.render.characters import plain
from probatum.review.people import Actor
from probatum.review.states import State
from probatum.site.board.article_view import sentence
from probatum.site.board.ledger import DamagedError, ledger
from probatum.site.board.listing import version_for
from probatum.site.board.models import Article, Summary
from probatum.site.board.people import policy
from probatum.site.board.summary import VersionLine, basis_of, holds, listing_of
from probatum.site.board.watch import exact
from probatum.site.board.words import day, status_words
from probatum.site.engine import engine


@dataclass(frozen=True)
class Topic:
    """A condition that articles are about."""

    id: str
    name: str


@dataclass(frozen=True)
class Published:
    """An approved version; `approved` is the time of this approval."""

    slug: str
    title: str
    number: int
    status: str
    approved: str
    topics: tuple[Topic, ...]

    @property
    def approved_day(self) -> str:
        """The day of this approval."""
        return day(self.approved)


@dataclass(frozen=True)
class Record:
    """What only the log tells of an approved version: who signed it, and the first approval."""

    sentence: str
    first: str


def published() -> tuple[Published, ...]:
    """Every approved article that a visitor may read, the newest approval first.

    Read from summaries; where one is not to be believed any more, from the log.
    """
    rules, now = policy(), datetime.now(UTC)
    basis = basis_of(engine(), rules)
    found = []
    for kept in Summary.objects.select_related("article").defer("detail"):
        summary = kept if holds(kept, basis, now) else exact(kept.article)
        if summary.damaged:
            continue
        line = version_for(listing_of(summary.listing), Actor.reader(), rules)
        if line is not None and line.code == "approved":
            found.append(_published(kept.article, line))
    return tuple(sorted(found, key=lambda each: (each.approved, each.slug), reverse=True))


def _published(article: Article, line: VersionLine) -> Published:
    return Published(
        slug=article.slug,
        title=plain(article.title),
        number=line.number,
        status=status_words(line.code),
        approved=line.at,
        topics=tuple(Topic(id, plain(engine().name(id))) for id in line.conditions),
    )


def on_record(each: Published) -> Record | None:
    """What the log says of it; None when it says that this is no approved version."""
    try:
        book = ledger(Article.objects.get(slug=each.slug), engine(), policy())
    except DamagedError:
        return None
    standing = book.record.shown
    if standing is None or standing.state is not State.APPROVED or standing.number != each.number:
        return None
    approvals = [other.approved for other in book.record.versions.values() if other.approved]
    return Record(sentence(standing), min(approvals))
