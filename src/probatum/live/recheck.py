"""What happened elsewhere to what is held: retractions, corrections, newer versions.

A retraction or replacement that a service knows is marked on every held edition of the work, so
that it is no longer quoted as current; the mark names the service and the notice, and can be taken
away by hand. What is only corrected, or has a newer version to fetch, is reported and not changed.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from probatum.evidence.document import Document
from probatum.evidence.source import Currency
from probatum.library.library import Library
from probatum.library.source_rows import SourceRow
from probatum.library.writer import Writer
from probatum.live.intake import holding_of
from probatum.sources.live.client import LONG, Client, Patience
from probatum.sources.live.crossref import Crossref
from probatum.sources.live.errors import LiveError, OfflineError, RefusedError
from probatum.sources.live.fetched import Work
from probatum.sources.live.labels import Labels
from probatum.sources.live.pubmed import PubMed
from probatum.sources.live.settings import LiveSettings
from probatum.sources.live.trials import Trials

NAMES: Final = ("pubmed", "crossref", "trials", "labels")
# What a record in PubMed says of itself, in the words of a report, and what that makes of it.
_SAID: Final = {
    "retracted_by": (Currency.RETRACTED, "retracted"),
    "updated_by": (Currency.SUPERSEDED, "updated"),
    "superseded_by": (Currency.SUPERSEDED, "replaced"),
    "corrected_by": (Currency.CORRECTED, "corrected"),
    "republished_by": (Currency.CORRECTED, "corrected and republished"),
    "concern_raised_by": (Currency.CORRECTED, "called into question"),
}
_MARKED: Final = (Currency.RETRACTED, Currency.SUPERSEDED)
# How the notes of these marks are written: one of these may be replaced by a graver one.
_OURS: Final = re.compile(r"\d{4}-\d\d-\d\d: .* according to (?:PubMed|Crossref)\b")
_NCT: Final = re.compile(r"nct:(NCT\d{8})", re.IGNORECASE)
Told = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that a service says of a held edition. `newer` is a version to fetch."""

    edition: str
    state: Currency
    by: str | None
    said: str
    newer: bool = False


@dataclass
class Rechecked:
    """What came of it."""

    happened: list[Happened] = field(default_factory=list)
    asked: dict[str, int] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    marked: list[str] = field(default_factory=list)


def recheck(
    rows: Sequence[SourceRow],
    names: Sequence[str],
    settings: LiveSettings,
    folder: Path,
    told: Told = lambda _: None,
    patience: Patience = LONG,
) -> Rechecked:
    """Ask the named services about these editions, and mark what is retracted or replaced.

    Only identifiers of works are sent. A service that fails is among the problems.
    """
    client = Client(settings, patience, told=told)
    done = Rechecked()
    ask = {"pubmed": _pubmed, "crossref": _crossref, "trials": _trials, "labels": _labels}
    for name in names:
        told(f"Asking {name} about what is held.")
        try:
            ask[name](done, rows, client, folder)
        except LiveError as error:
            done.problems.append(str(error))
    _mark(done, rows, folder)
    return done


def _pubmed(done: Rechecked, rows: Sequence[SourceRow], client: Client, _: Path) -> None:
    editions = _by(rows, lambda row: row.identifiers.pmid)
    done.asked["pubmed"] = len(editions)
    for document in PubMed(client).flagged(sorted(editions, key=int)):
        for edition in editions.get(document.identifiers.pmid or "", ()):
            done.happened += _said_by(document, edition)


def _said_by(document: Document, edition: str) -> Iterator[Happened]:
    """What a record says of its own work."""
    relations = [each for each in document.relations if each.kind in _SAID]
    for each in relations:
        state, word = _SAID[each.kind]
        where = ", ".join(filter(None, (each.target, each.note)))
        yield Happened(edition, state, each.target, f"{word} according to PubMed ({where})")
    if document.retracted and not any(each.kind == "retracted_by" for each in relations):
        yield Happened(edition, Currency.RETRACTED, None, "retracted according to PubMed")


def _crossref(done: Rechecked, rows: Sequence[SourceRow], client: Client, _: Path) -> None:
    editions = _by(rows, lambda row: row.identifiers.doi)
    done.asked["crossref"] = len(editions)
    crossref = Crossref(client)
    for doi, known in editions.items():
        try:
            updates = crossref.updates(doi)
        except (OfflineError, RefusedError):
            raise
        except LiveError as error:
            done.problems.append(str(error))
            continue
        for update in updates:
            notice = f"doi:{update.by.lower()}" if update.by else None
            where = ", ".join(filter(None, (notice, update.day, update.source)))
            said = f"{update.kind} according to Crossref ({where})"
            done.happened += [
                Happened(edition, Currency(update.bearing), notice, said) for edition in known
            ]


def _trials(done: Rechecked, rows: Sequence[SourceRow], client: Client, folder: Path) -> None:
    _newer(done, "trials", [row for row in rows if _NCT.fullmatch(row.source)], client, folder)


def _labels(done: Rechecked, rows: Sequence[SourceRow], client: Client, folder: Path) -> None:
    held = [row for row in rows if row.source.startswith("spl:")]
    _newer(done, "labels", held, client, folder)


def _newer(
    done: Rechecked, name: str, rows: Sequence[SourceRow], client: Client, folder: Path
) -> None:
    """Held texts of which the service has another version than is held."""
    source = Trials(client) if name == "trials" else Labels(client)
    current = {row.source: row.edition for row in rows if row.currency is not Currency.SUPERSEDED}
    done.asked[name] = len(current)
    latest = source.latest([Work(id) for id in current])
    with holding_of(folder) as holding:
        changed = [work for work in latest if work.version and not holding.has(work)]
    for work in changed:
        id = work.id.partition(":")[2]
        said = f"{source.title} has a newer version; probatum sync {name} {id} fetches it"
        done.happened.append(
            Happened(current[work.id], Currency.SUPERSEDED, None, said, newer=True)
        )


def _by(rows: Sequence[SourceRow], name: Callable[[SourceRow], str | None]) -> dict[str, list[str]]:
    """Editions by an identifier; those known to be retracted need not be asked about."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if row.currency is not Currency.RETRACTED and (id := name(row)):
            found[id].append(row.edition)
    return found


def _mark(done: Rechecked, rows: Sequence[SourceRow], folder: Path) -> None:
    """Mark what is retracted or replaced and does not count as that yet, the gravest last."""
    known = {row.edition: row.currency for row in rows}
    news = [
        each
        for each in done.happened
        if not each.newer
        and each.state in _MARKED
        and known[each.edition] not in (each.state, Currency.RETRACTED)
    ]
    if not news:
        return
    news.sort(key=lambda each: each.state is Currency.RETRACTED)
    library = Library.open(folder)
    notes = {each.edition: library.documents.note(each.edition) for each in news}
    own = {edition for edition, note in notes.items() if note and not _OURS.match(note)}
    library.documents.close()
    today = date.today().isoformat()
    with Writer(folder) as writer:
        for each in news:
            # A mark that the operator set with a reason stays as it is.
            if each.edition not in own:
                writer.mark(each.edition, each.state.value, each.by, f"{today}: {each.said}")
                with suppress(ValueError):
                    done.marked.remove(each.edition)
                done.marked.append(each.edition)
