"""The articles that the board has approved and that anybody may read: what the world is told of.

What is under review has a page that says so, and is announced nowhere.
"""

from dataclasses import dataclass

from probatum.render.characters import plain
from probatum.review.people import Actor
from probatum.review.states import State
from probatum.site.board.article_view import sentence
from probatum.site.board.ledger import DamagedError, Ledger, ledger
from probatum.site.board.models import Article
from probatum.site.board.people import policy
from probatum.site.board.words import code_of, status_words
from probatum.site.engine import engine


@dataclass(frozen=True)
class Topic:
    """A condition that articles are about."""

    id: str
    name: str


@dataclass(frozen=True)
class Published:
    """An approved version; `first` and `approved` are the times of the first and this approval."""

    slug: str
    title: str
    number: int
    status: str
    sentence: str
    first: str
    approved: str
    topics: tuple[Topic, ...]


def published() -> tuple[Published, ...]:
    """Every approved article that a visitor may read, the newest approval first."""
    found = [each for article in Article.objects.all() if (each := _published(article))]
    return tuple(sorted(found, key=lambda each: (each.approved, each.slug), reverse=True))


def _published(article: Article) -> Published | None:
    """None for what is not approved, not for everybody, or whose record is damaged."""
    try:
        book = ledger(article, engine(), policy())
        return _approved(book)
    except DamagedError:
        return None


def _approved(book: Ledger) -> Published | None:
    standing = book.record.shown
    if standing is None or standing.approved is None or standing.state is not State.APPROVED:
        return None
    if not policy().sees(Actor.reader(), standing.state, book.record.authors):
        return None
    need = book.answer(standing.number).understood
    approvals = [each.approved for each in book.record.versions.values() if each.approved]
    return Published(
        slug=book.article.slug,
        title=plain(book.article.title),
        number=standing.number,
        status=status_words(code_of(standing)),
        sentence=sentence(standing),
        first=min(approvals),
        approved=standing.approved,
        topics=tuple(Topic(id, plain(engine().name(id))) for id in need.conditions),
    )
