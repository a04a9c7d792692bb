"""Pages of articles as visitors see them, in memory until what they are made of changes.

The log is read and verified all the same; only what is made of it is not made twice. So a write
that has nothing to do with an article, after which no response holds that was kept, costs its
readers little.
"""

from collections.abc import Callable

from django.http import HttpRequest

import probatum
from probatum.render.language import spoken
from probatum.review.content import digest
from probatum.review.standing import Standing
from probatum.site.board.forms import FORMS
from probatum.site.board.ledger import Ledger
from probatum.site.board.people import policy
from probatum.site.board.summary import basis_of
from probatum.site.engine import engine
from probatum.site.shelf import SHELF

Make = Callable[[HttpRequest, Ledger, Standing, bool], str]


def for_visitors(
    request: HttpRequest, book: Ledger, standing: Standing, public: bool, make: Make
) -> bytes:
    """The page as everybody sees it who has not signed in."""
    if standing.content:
        # Compared with what was signed, whether a page is kept or not.
        book.answer(standing.number)
    key = _key(request, book, standing, public)
    page = SHELF.get(key)
    if not isinstance(page, bytes):
        page = make(request, book, standing, public).encode()
        SHELF.put(key, page, len(page))
    return page


def _key(request: HttpRequest, book: Ledger, standing: Standing, public: bool) -> str:
    made_of = (
        probatum.__version__,
        basis_of(engine(), policy()),
        book.article.slug,
        book.entries[-1].hash,
        [event.model_dump_json() for event in book.pending],
        standing.number,
        [code for code, form in FORMS.items() if form.available()],
        public,
        spoken(),
        request.build_absolute_uri("/"),
    )
    return digest(list(made_of))
