"""From an address to an article and the version that the visitor may read."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from probatum.review.policy import Right
from probatum.review.standing import Standing
from probatum.review.states import State
from probatum.site.board.ledger import Ledger, ledger
from probatum.site.board.models import Article
from probatum.site.board.people import actor_of, policy
from probatum.site.engine import engine


def opened(slug: str) -> Ledger:
    """The article's ledger; 404 when there is no such article."""
    return ledger(get_object_or_404(Article, slug=slug), engine(), policy())


def version_of(book: Ledger, number: int) -> Standing:
    """A submitted version; 404 when there is none of this number."""
    standing = book.record.versions.get(number)
    if standing is None or standing.content is None:
        raise Http404
    return standing


def may_read(request: HttpRequest, book: Ledger, standing: Standing) -> bool:
    """Whether the visitor may read the words of the version."""
    return policy().sees(actor_of(request), standing.state, book.record.authors)


def may_write(request: HttpRequest, book: Ledger) -> bool:
    """Whether the visitor may edit the article's draft, or begin one."""
    return policy().may(actor_of(request), Right.EDIT, book.record.authors)


def for_visitor(request: HttpRequest, book: Ledger) -> Standing | None:
    """The version for the list: the public one, else a draft for those who may see it."""
    shown = book.record.shown
    if shown and (may_read(request, book, shown) or shown.state is State.WITHDRAWN):
        return shown
    readable = [
        each
        for each in book.record.versions.values()
        if (each.content or each.state is State.DRAFT) and may_read(request, book, each)
    ]
    return readable[-1] if readable else None
