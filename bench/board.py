"""The lists of a board with thousands of articles, and a round of the watch over all of them.

Every article is an answer of its own, submitted, and half of them signed, through the doors that
the pages use. Pages are asked for in this process, so that no network is in the figure. The
baseline reads and verifies each article's log, as a list without summaries would have to.
"""

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench._report import Row, middle, report

ARTICLES = 2000
RUNS = 7
QUESTION = "When should bevacizumab be withheld or stopped?"


def fill() -> None:
    """Articles, their versions and their logs."""
    from probatum.engine import Ask
    from probatum.review.board import submission
    from probatum.review.content import content_of
    from probatum.review.events import Decided, Declared, Drafted, Event, Signed, Taken
    from probatum.review.people import Actor, Role
    from probatum.site.board.ledger import append
    from probatum.site.board.models import Article
    from probatum.site.board.people import policy
    from probatum.site.engine import engine

    held, rules = engine(), policy()
    author = Actor(id="anna", name="Anna Author", roles=(Role.AUTHOR,))
    reviewer = Actor(id="ruth", name="Dr Ruth Reviewer", roles=(Role.REVIEWER,))
    answer = held.ask(Ask(question=QUESTION))
    for number in range(ARTICLES):
        mine = answer.model_copy(update={"question": f"{QUESTION} Number {number}."})
        content = content_of(mine)
        article = Article.objects.create(slug=f"article-{number}", title=mine.question)
        submits: list[Event] = [
            Drafted(version=1),
            submission(1, content, [author.id], rules),
        ]
        append(article, author, submits, held, rules, mine)
        if number % 2:
            continue
        decisions: list[Event] = [
            Decided(version=1, claim=claim, claim_hash=each.hash, choice="approve")
            for claim, each in content.claims.items()
        ]
        signs: list[Event] = [
            Taken(version=1),
            Declared(version=1, conflict=False),
            *decisions,
            Signed(version=1, content=content.hash, statement="An example."),
        ]
        append(article, reviewer, signs, held, rules)


def milliseconds(run: Callable[[], Any], times: int = RUNS) -> float:
    """The median of some runs, after one that is not counted."""
    run()
    found = []
    for _ in range(times):
        started = time.perf_counter()
        run()
        found.append((time.perf_counter() - started) * 1000)
    return middle(found)


def measured() -> Iterator[Row]:
    """All rows, on a site that is filled."""
    from django.contrib.auth.models import Group, User
    from django.test import Client

    from probatum.site.board.ledger import ledger
    from probatum.site.board.models import Article, Summary
    from probatum.site.board.people import policy
    from probatum.site.board.watch import watch
    from probatum.site.engine import engine

    def every_log() -> None:
        for article in Article.objects.all():
            book = ledger(article, engine(), policy())
            book.answer(1)

    started = time.perf_counter()
    every_log()
    logs = (time.perf_counter() - started) * 1000
    yield Row("baseline: every log read and verified", logs, "ms")
    visitor, editor = Client(), Client()
    user = User.objects.create_user("edda", password="a long enough password")
    user.groups.add(Group.objects.get(name="editor"))
    editor.force_login(user)

    def get(browser: Client, address: str) -> Callable[[], None]:
        def run() -> None:
            status = browser.get(address).status_code
            if status != 200:
                raise SystemExit(f"bench: {address} gave {status}")

        return run

    for name, browser, address, target in (
        ("the list, first page", visitor, "/articles/", 300),
        ("the list, last page", visitor, f"/articles/?page={ARTICLES}", 300),
        ("the list, a search", visitor, "/articles/?filter=number+1999", 300),
        ("the queue, first page", editor, "/review/", 500),
        ("the statistics", editor, "/review/statistics", None),
    ):
        took = milliseconds(get(browser, address))
        yield Row(f"{name}, median", took, "ms", target)
        yield Row(f"{name} / baseline", took / logs, "times")
    started = time.perf_counter()
    watch()
    yield Row("a round of the watch without news", time.perf_counter() - started, "s")
    Summary.objects.update(basis="before")
    yield Row(
        "the list when the library has just changed",
        milliseconds(get(visitor, "/articles/"), 3),
        "ms",
    )
    yield Row("an article", milliseconds(get(visitor, "/articles/article-10")), "ms")


def main() -> None:
    """Fill a site, measure and report."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PROBATUM_LIBRARY"] = folder
        os.environ["DATABASE_URL"] = f"sqlite:///{Path(folder) / 'site.sqlite'}"
        os.environ["DJANGO_SETTINGS_MODULE"] = "probatum.site.settings"
        from probatum.site.server import prepare

        prepare()
        from django.conf import settings

        settings.ALLOWED_HOSTS = ["testserver"]
        fill()
        rows = list(measured())
    words = " ".join((__doc__ or "").split())
    report("board", words, f"{ARTICLES:,} articles, {RUNS} runs a page", rows)


if __name__ == "__main__":
    main()
