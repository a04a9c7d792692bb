"""What an article's log says in short, for lists of thousands. Written with each entry of the log.

The log stays the truth: the page of one article reads and verifies it. A line of a list is believed
while library, policy and calendar are those that it was made with; else its log is read.
"""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from probatum.engine import Engine
from probatum.evidence.answer import Answer
from probatum.render.characters import plain
from probatum.review.content import Content, digest
from probatum.review.policy import Policy
from probatum.review.states import IN_QUEUE, State
from probatum.review.turns import Turn, turns
from probatum.site.board.models import Article, Summary
from probatum.site.board.words import code_of

if TYPE_CHECKING:
    from probatum.site.board.ledger import Ledger


@dataclass(frozen=True)
class VersionLine:
    """One version for the list of articles; `fixed` when it was submitted."""

    number: int
    state: State
    code: str
    at: str
    fixed: bool
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Listing:
    """An article for the list: who wrote it, the version for the public, and all versions."""

    authors: tuple[str, ...] = ()
    shown: int | None = None
    versions: tuple[VersionLine, ...] = ()


@dataclass(frozen=True)
class About:
    """What a version is about: its conditions, all its topics, and its kinds of section."""

    conditions: tuple[str, ...]
    topics: tuple[str, ...]
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class WaitingLine:
    """One version for the queue. `assigned` is an account's name and the printed one."""

    number: int
    code: str
    came: str
    open: int
    claims: int
    signed: int
    needed: int
    triggers: tuple[str, ...]
    assigned: tuple[str, str] | None


@dataclass(frozen=True)
class Detail:
    """What the queue and the statistics need. `about` is by version."""

    waiting: tuple[WaitingLine, ...] = ()
    turns: tuple[Turn, ...] = ()
    about: dict[int, About] | None = None


@lru_cache(maxsize=8)
def _basis(snapshot: str, policy: str) -> str:
    return digest([snapshot, policy])


def basis_of(engine: Engine, policy: Policy) -> str:
    """Names the library and the policy that a summary is made with."""
    return _basis(engine.library.snapshot, policy.model_dump_json())


def summary_of(book: "Ledger", engine: Engine, policy: Policy) -> Summary:
    """The summary of a ledger as it was read, not written yet."""
    read = _read(book)
    about = {
        number: About(tuple(answer.understood.conditions), content.topics, content.kinds)
        for number, (answer, content) in read.items()
    }
    listing = _listing(book, about)
    waiting = _waiting(book)
    shown = about.get(listing.shown or 0)
    names = " ".join(engine.name(topic) for topic in (shown.topics if shown else ()))
    return Summary(
        article=book.article,
        entries=len(book.entries),
        last=book.entries[-1].hash if book.entries else "",
        basis=basis_of(engine, policy),
        until=ages_at(book, policy),
        waiting=bool(waiting),
        words=plain(f"{book.article.title} {names}").casefold(),
        listing=asdict(listing),
        detail=asdict(Detail(waiting, turns(book.entries), about)),
    )


def _read(book: "Ledger") -> dict[int, tuple[Answer, Content]]:
    """The submitted versions. What is history and unreadable must not stop the rest."""
    from probatum.site.board.ledger import DamagedError

    found = {}
    for number, standing in book.record.versions.items():
        if not standing.content:
            continue
        try:
            found[number] = book.read(number)
        except DamagedError:
            if standing.state not in (State.SUPERSEDED, State.WITHDRAWN):
                raise
    return found


def damaged(article: Article, engine: Engine, policy: Policy) -> Summary:
    """The summary of an article whose record does not hold together: nothing of it counts."""
    return Summary(
        article=article,
        entries=0,
        last="",
        basis=basis_of(engine, policy),
        damaged=True,
        words=plain(article.title).casefold(),
        listing=asdict(Listing()),
        detail=asdict(Detail()),
    )


def _listing(book: "Ledger", about: dict[int, About]) -> Listing:
    versions = tuple(
        VersionLine(
            number,
            each.state,
            code_of(each),
            each.approved or each.submitted or each.began,
            each.content is not None,
            about[number].conditions if number in about else (),
        )
        for number, each in book.record.versions.items()
    )
    shown = book.record.shown
    return Listing(tuple(sorted(book.record.authors)), shown.number if shown else None, versions)


def _waiting(book: "Ledger") -> tuple[WaitingLine, ...]:
    return tuple(
        WaitingLine(
            number=number,
            code=code_of(each),
            came=each.came,
            open=len(book.record.unresolved(number)),
            claims=len(each.claims),
            signed=len(each.signatures),
            needed=each.needed,
            triggers=tuple(dict.fromkeys(c.trigger for c in each.open_causes)) or ("new",),
            assigned=(each.assigned.actor, each.assigned.name) if each.assigned else None,
        )
        for number, each in book.record.versions.items()
        if each.state in IN_QUEUE
    )


def ages_at(book: "Ledger", policy: Policy) -> datetime | None:
    """When the first approval of the article grows too old."""
    ends = []
    for number, each in book.record.versions.items():
        if each.state is State.APPROVED and each.approved:
            _, content = book.read(number)
            days = policy.max_age_for(content.topics, content.kinds)
            ends.append(datetime.fromisoformat(each.approved) + timedelta(days=days))
    return min(ends, default=None)


def next_ages_at() -> datetime | None:
    """When the next approval of any article grows too old, for what shows many of them."""
    ahead = Summary.objects.filter(until__gte=datetime.now(UTC))
    return ahead.order_by("until").values_list("until", flat=True).first()


def holds(summary: Summary, basis: str, now: datetime | None = None) -> bool:
    """Whether the summary still says what its log would say today."""
    now = now or datetime.now(UTC)
    return summary.basis == basis and (summary.until is None or now <= summary.until)


def may_wait(basis: str, now: datetime) -> Q:
    """Summaries that tell of something waiting or damaged, or that no longer hold."""
    return Q(waiting=True) | Q(damaged=True) | ~Q(basis=basis) | Q(until__lt=now)


def same(one: Summary, other: Summary) -> bool:
    """Whether two summaries say the same, whatever library they were made with."""
    return _said(one) == _said(other)


def _said(summary: Summary) -> str:
    names = ("entries", "last", "damaged", "waiting", "words", "listing", "detail")
    return digest([*(getattr(summary, name) for name in names), str(summary.until)])


def listing_of(kept: dict[str, Any]) -> Listing:
    """The listing out of its JSON."""
    versions = tuple(
        VersionLine(
            **{**each, "state": State(each["state"]), "conditions": tuple(each["conditions"])}
        )
        for each in kept["versions"]
    )
    return Listing(tuple(kept["authors"]), kept["shown"], versions)


def detail_of(kept: dict[str, Any]) -> Detail:
    """The details out of their JSON."""
    waiting = tuple(
        WaitingLine(
            **{
                **each,
                "triggers": tuple(each["triggers"]),
                "assigned": tuple(each["assigned"]) if each["assigned"] else None,
            }
        )
        for each in kept["waiting"]
    )
    about = {
        int(number): About(tuple(e["conditions"]), tuple(e["topics"]), tuple(e["kinds"]))
        for number, e in (kept["about"] or {}).items()
    }
    return Detail(waiting, tuple(Turn(**each) for each in kept["turns"]), about)
