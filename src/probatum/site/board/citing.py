"""How one version of an article is cited, by people and by programs.

A citation names the version and says what became of it: whoever follows it later must find the same
words, and nobody may cite as reviewed what was not.
"""

from probatum.render.bibliography import Entry, keyed
from probatum.render.characters import plain
from probatum.render.language import ENGLISH
from probatum.render.paper import Front
from probatum.review.standing import Standing
from probatum.site.board.article_view import (
    cite,
    reviewers,
    sentence,
    signers,
)
from probatum.site.board.ledger import Ledger
from probatum.site.board.words import code_of, status_words
from probatum.site.language import speaking

# The NLM's "Citing Medicine", appendix A: months in English take three letters and no full stop.
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def pinned(book: Ledger, standing: Standing) -> str:
    """The address within the site that always shows this version, whatever comes later."""
    return f"/articles/{book.article.slug}/versions/{standing.number}"


def dated(standing: Standing) -> str:
    """The day on which the version was submitted; its words have not changed since."""
    return (standing.submitted or standing.began)[:10]


def vancouver(book: Ledger, standing: Standing, address: str) -> str:
    """A line for a reference list, as "Citing Medicine" (chapter 25) has it for a web page."""
    year, month, at = dated(standing).split("-")
    title = plain(book.article.title).rstrip(". ")
    code = code_of(standing)
    with speaking(ENGLISH):
        words = status_words(code)
        status = f"reviewed by {signers(standing)}" if code == "approved" else words
    when = f"{year} {_MONTHS[int(month) - 1]} {int(at)}"
    return (
        f"{title} [Internet]. Probatum; {when}. Version {standing.number}: "
        f"{status}. Available from: {address}"
    )


def article_entry(book: Ledger, standing: Standing, address: str) -> Entry:
    """The version itself for a reference manager; its notes say whether it was reviewed."""
    return Entry(
        key=f"probatum-{keyed(book.article.slug)}-v{standing.number}",
        kind="webpage",
        title=plain(book.article.title),
        body="Probatum",
        year=int(dated(standing)[:4]),
        date=dated(standing),
        version=str(standing.number),
        url=address,
        notes=(
            f"Review status: {status_words(code_of(standing))}. {sentence(standing)}",
            f"Content SHA-256 {standing.content}.",
        ),
    )


def front(book: Ledger, standing: Standing, address: str) -> Front:
    """What stands before the words on paper, and at the foot of each page."""
    status = status_words(code_of(standing))
    lines = [
        f"{each.name} ({each.roles}), {each.at}: {each.statement}"
        for each in reviewers(book, standing)
        if each.counts
    ]
    lines += [plain(cause.detail) for cause in standing.open_causes]
    return Front(
        status=status,
        sentence=sentence(standing),
        lines=tuple(lines),
        foot=f"{status}. Version {standing.number}, {dated(standing)}.",
        date=dated(standing),
        cite=cite(book, standing),
        address=address,
    )
