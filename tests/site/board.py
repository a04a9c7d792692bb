"""Accounts and articles for the tests of the board, made through the doors that the pages use."""

from typing import Any

from probatum.review.people import Actor, Role

PASSWORD = "correct horse battery staple"
QUESTION = "When should bevacizumab be withheld or stopped?"
PEOPLE = {
    "anna": ("Anna Author", "author"),
    "alan": ("Alan Author", "author"),
    "ruth": ("Dr Ruth Reviewer", "reviewer"),
    "rene": ("Dr Rene Reviewer", "reviewer"),
    "edda": ("Edda Editor", "editor"),
    "adam": ("Adam Administrator", "administrator"),
    "rita": ("Rita Reader", ""),
}


def accounts() -> None:
    """Everybody, with their roles."""
    from django.contrib.auth.models import Group, User

    for name, (printed, role) in PEOPLE.items():
        first, _, last = printed.rpartition(" ")
        user = User.objects.create_user(name, password=PASSWORD, first_name=first, last_name=last)
        if role:
            user.groups.add(Group.objects.get(name=role))


def signed_in(name: str) -> Any:
    """A browser of somebody who has signed in."""
    from django.test import Client

    client = Client(raise_request_exception=False)
    assert client.login(username=name, password=PASSWORD)
    return client


def actor(name: str) -> Actor:
    """The same person for the review room."""
    printed, role = PEOPLE[name]
    return Actor(id=name, name=printed, roles=(Role(role),) if role else ())


def answer(question: str = QUESTION) -> Any:
    """An answer out of the shipped packs."""
    from probatum.engine import Ask
    from probatum.site.engine import engine

    return engine().ask(Ask(question=question))


def begin(slug: str = "bevacizumab", made: Any = None) -> Any:
    """Anna begins an article."""
    from probatum.review.events import Drafted
    from probatum.site.board.models import Article

    article = Article.objects.create(slug=slug, title=(made or answer()).question)
    does(article, "anna", Drafted(version=1))
    return article


def does(article: Any, name: str, *events: Any, content: Any = None) -> Any:
    """Somebody does something, through the one way to the log."""
    from probatum.site.board.ledger import append
    from probatum.site.board.people import policy
    from probatum.site.engine import engine

    return append(article, actor(name), events, engine(), policy(), content)


def submit(article: Any, made: Any, version: int = 1) -> Any:
    """Anna submits a content."""
    from probatum.review.board import submission
    from probatum.review.content import content_of
    from probatum.site.board.people import policy

    event = submission(version, content_of(made), ["anna"], policy())
    return does(article, "anna", event, content=made)


def review(article: Any, made: Any, name: str = "ruth", version: int = 1) -> Any:
    """Somebody reviews all of it and signs."""
    from probatum.review.content import content_of
    from probatum.review.events import Decided, Declared, Signed, Taken

    content = content_of(made)
    decisions = [
        Decided(version=version, claim=claim, claim_hash=each.hash, choice="approve")
        for claim, each in content.claims.items()
    ]
    return does(
        article,
        name,
        Taken(version=version),
        Declared(version=version, conflict=False),
        *decisions,
        Signed(version=version, content=content.hash, statement="I reviewed every claim."),
    )


def does_decide(name: str, slug: str, claim: str, made: Any, proposed: str) -> Any:
    """Somebody proposes other words, straight to the log."""
    from probatum.review.content import content_of
    from probatum.review.events import Decided
    from probatum.site.board.models import Article

    hash = content_of(made).claims[claim].hash
    event = Decided(version=1, claim=claim, claim_hash=hash, choice="amend", proposed=proposed)
    return does(Article.objects.get(slug=slug), name, event)


def unguard(table: str) -> None:
    """Take away what refuses changes to a table, as somebody who tampers with it would."""
    from django.db import connection

    place = f" ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {table}_no_update{place}")
