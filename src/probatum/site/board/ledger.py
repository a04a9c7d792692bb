"""The one way to read and to lengthen an article's log.

Whoever reads gets the record worked out anew and the chain of hashes verified, with what evidence
and calendar call for now already counted. Whoever writes does it in one transaction with the
article's row locked, so that two at once come one after the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache

from django.db import IntegrityError, transaction

from probatum.engine import Engine
from probatum.evidence.answer import Answer
from probatum.evidence.base import ProbatumError
from probatum.evidence.source import Currency
from probatum.review.board import propose
from probatum.review.content import Content, content_of
from probatum.review.events import Event, Reopened
from probatum.review.fold import after, record_of
from probatum.review.log import Entry, next_entry, verify
from probatum.review.people import SYSTEM, Actor
from probatum.review.policy import Policy
from probatum.review.record import Record
from probatum.review.standing import Standing
from probatum.review.states import FROM, Move, MoveError, State
from probatum.review.triggers import Evidence, found
from probatum.site.board.models import Article, LogEntry, Version
from probatum.site.board.summary import summary_of

# Answers as they were read from their JSON; a version never changes, so its key is its text.
_READ = 64
_CHANGED = "The text of version {} was changed after it was submitted."


class DamagedError(ProbatumError):
    """What is kept was changed after it was written; nothing of it counts as reviewed."""


@dataclass(frozen=True)
class Ledger:
    """An article's log and what follows from it. `pending` is found and not yet written."""

    article: Article
    entries: tuple[Entry, ...]
    record: Record
    pending: tuple[Reopened, ...] = ()
    # Versions as this ledger has read them: one request asks for the same ones again and again.
    _held: dict[int, tuple[Answer, Content]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def answer(self, number: int) -> Answer:
        """A version's answer, which must be what its submission named."""
        return self.read(number)[0]

    def read(self, number: int) -> tuple[Answer, Content]:
        """The same with its content, which is worked out but once."""
        if number in self._held:
            return self._held[number]
        kept = Version.objects.filter(article=self.article, number=number)
        try:
            answer, content = _read(kept.values_list("content", flat=True).first() or "")
        except ValueError as error:
            raise DamagedError(_CHANGED.format(number)) from error
        if content.hash != self.record.versions[number].content:
            raise DamagedError(_CHANGED.format(number))
        self._held[number] = answer, content
        return answer, content


@lru_cache(maxsize=_READ)
def _read(text: str) -> tuple[Answer, Content]:
    answer = Answer.model_validate_json(text)
    return answer, content_of(answer)


def read_answer(text: str) -> Answer:
    """An answer out of the JSON that is kept of it."""
    return _read(text)[0]


def written(answer: Answer) -> str:
    """The JSON that is kept of an answer."""
    return answer.model_dump_json()


def ledger(article: Article, engine: Engine, policy: Policy) -> Ledger:
    """The article's log, verified, with what its evidence calls for now."""
    rows = tuple(article.log.values_list("entry", flat=True))
    entries, record = _folded(article.slug, rows)
    read = Ledger(article, entries, record)
    pending, effective = _pending(read, engine, policy)
    return replace(read, record=effective, pending=pending)


@lru_cache(maxsize=_READ)
def _folded(slug: str, rows: tuple[str, ...]) -> tuple[tuple[Entry, ...], Record]:
    """The entries and the record of exactly these rows; other rows are verified anew."""
    try:
        entries = tuple(Entry.model_validate_json(row) for row in rows)
    except ValueError as error:
        raise DamagedError("An entry of the log cannot be read.") from error
    broken = verify(slug, entries)
    if broken:
        raise DamagedError(f"The log was changed: {broken.reason}.")
    try:
        return entries, record_of(entries)
    except MoveError as error:
        raise DamagedError(f"The log tells of what cannot have happened: {error}") from error


def _pending(read: Ledger, engine: Engine, policy: Policy) -> tuple[tuple[Reopened, ...], Record]:
    """What is to be reopened and is not on record, and the record as if it were."""
    now = datetime.now(UTC)
    record, events = read.record, []
    for standing in read.record.versions.values():
        if not _may_reopen(standing):
            continue
        evidence = evidence_of(engine)
        number = standing.number
        answer, content = read.read(number)
        for event in found(number, answer, standing, evidence, policy, now, content):
            entry = next_entry(read.article.slug, record.last, SYSTEM, event, now)
            record = after(record, entry)
            events.append(event)
    return tuple(events), record


def _may_reopen(standing: Standing) -> bool:
    return standing.content is not None and standing.state in FROM[Move.REOPEN] - {State.DRAFT}


def evidence_of(engine: Engine) -> Evidence:
    """What the engine's library says now of editions and records."""
    library = engine.library

    def edition(id: str) -> tuple[Currency, str | None]:
        try:
            return library.currency(id), library.replaced_by(id)
        except KeyError:
            # Held no more: nothing is known of it, which is no news about its evidence.
            return Currency.UNKNOWN, None

    def newer(id: str) -> str | None:
        record = library.records.get(id)
        return record.superseded_by if record else None

    return Evidence(edition, newer)


def append(
    article: Article,
    actor: Actor,
    events: Sequence[Event],
    engine: Engine,
    policy: Policy,
    content: Answer | None = None,
) -> Record:
    """Write events, after what evidence and calendar call for; MoveError when one is not allowed.

    The summary for lists is written with them.

    `content` is the answer that a submission fixes; it is written with it or not at all.
    """
    try:
        with transaction.atomic():
            locked = Article.objects.select_for_update().get(pk=article.pk)
            now = datetime.now(UTC)
            read = ledger(locked, engine, policy)
            record = record_of(read.entries)
            entries = list(read.entries)
            steps: list[tuple[Actor, Event]] = [(SYSTEM, event) for event in read.pending]
            steps += [(actor, event) for event in events]
            for who, event in steps:
                entry, record = propose(locked.slug, record, who, event, policy, now)
                entries.append(entry)
                LogEntry(article=locked, number=entry.number, entry=entry.model_dump_json()).save()
                if content is not None and event.kind == "submitted":
                    Version(article=locked, number=event.version, content=written(content)).save()
            summary_of(Ledger(locked, tuple(entries), record), engine, policy).save()
            return record
    except IntegrityError as error:
        raise MoveError("Somebody else wrote at the same moment; please try again.") from error
