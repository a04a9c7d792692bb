"""The log: entries in order, each holding the hash of the one before, so that a change shows.

`verify` names the first entry that does not fit. It cannot see that the newest entries were cut
off: for that, a hash noted elsewhere is needed, such as the one in a citation of the article.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from pydantic import Field

from probatum.evidence.base import Frozen
from probatum.review.content import digest
from probatum.review.events import Event, Hash
from probatum.review.people import Actor, Role


class Entry(Frozen):
    """One event with who did it and when, tied to the entry before."""

    article: str
    number: int = Field(ge=1)
    at: str
    actor: str
    name: str
    roles: tuple[Role, ...]
    event: Event
    previous: Hash
    hash: Hash


@dataclass(frozen=True)
class Broken:
    """The first entry that does not fit, and what is wrong with it."""

    number: int
    reason: str


def start_of(article: str) -> str:
    """What the first entry holds in place of a hash before it: the article's own."""
    return digest({"article": article})


def next_entry(article: str, last: Entry | None, actor: Actor, event: Event, at: datetime) -> Entry:
    """The entry that would follow the last one. `at` in any zone; it is kept in UTC."""
    fields = {
        "article": article,
        "number": last.number + 1 if last else 1,
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": actor.id,
        "name": actor.name,
        "roles": [role.value for role in actor.roles],
        "event": event.model_dump(mode="json"),
        "previous": last.hash if last else start_of(article),
    }
    return Entry.model_validate({**fields, "hash": digest(fields)})


def hash_of(entry: Entry) -> str:
    """The hash that an entry with these values must have."""
    return digest(entry.model_dump(mode="json", exclude={"hash"}))


def verify(article: str, entries: Iterable[Entry]) -> Broken | None:
    """None when every entry is what it was when it was written; else the first that is not."""
    previous = start_of(article)
    for number, entry in enumerate(entries, start=1):
        if entry.number != number:
            return Broken(number, f"entry {number} is missing: the next one is {entry.number}")
        if entry.article != article:
            return Broken(number, f"entry {number} belongs to another article")
        if entry.previous != previous:
            return Broken(number, f"entry {number} does not follow the entry before it")
        if hash_of(entry) != entry.hash:
            return Broken(number, f"entry {number} was changed after it was written")
        previous = entry.hash
    return None
