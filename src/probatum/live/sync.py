"""Filling a library from a live source: find, leave out what is held, fetch and add in steps.

Each step is fetched, kept and added before the next, so that a run which is stopped has lost one
step at most, and the same run goes on from there because what is held is not fetched again.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from probatum.live.intake import Taken, holding_of, take_in
from probatum.sources.live.client import LONG, Client, Patience
from probatum.sources.live.connectors import connector
from probatum.sources.live.errors import LiveError, OfflineError, RefusedError
from probatum.sources.live.fetched import Fetched, Found
from probatum.sources.live.settings import LiveSettings

# Works of one step: a step's writing costs about a second, whatever is in it.
_STEP = {"pubmed": 500, "trials": 50, "labels": 20, "pmc": 20}


@dataclass
class Synced:
    """What a sync has done so far."""

    source: str
    found: int = 0
    chosen: int = 0
    held: int = 0
    fetched: int = 0
    taken: Taken = field(default_factory=Taken)
    problems: list[str] = field(default_factory=list)


def sync(
    name: str,
    what: Sequence[str],
    settings: LiveSettings,
    folder: Path,
    *,
    most: int = 100,
    since: date | None = None,
    told: Callable[[str], None] = lambda _: None,
    patience: Patience = LONG,
) -> Synced:
    """Fetch by ids or by a search in the source's own language, and add.

    Raises LiveError when nothing could be found out, CatalogueError when the library cannot be
    written; what goes wrong with single works is among the problems.
    """
    client = Client(settings, patience, told=told)
    source = connector(name, client)
    found = _found(name, what, client, most, since)
    done = Synced(name, found.total, len(found.works), problems=list(found.problems))
    told(f"{source.title}: {found.total:,} found, {len(found.works):,} looked at.")
    step = _STEP[name]
    for at in range(0, len(found.works), step):
        part = found.works[at : at + step]
        try:
            with holding_of(folder) as holding:
                wanted = source.unheld(part, holding)
        except LiveError as error:
            done.problems.append(str(error))
            break
        done.held += len(part) - len(wanted)
        ends = _fetch_and_take_in(done, source.fetch(wanted) if wanted else (), folder)
        told(
            f"{source.title}: {min(at + step, len(found.works)):,} of {len(found.works):,}: "
            f"{done.fetched:,} fetched, {done.held:,} held already."
        )
        if ends:
            break
    return done


def _found(name: str, what: Sequence[str], client: Client, most: int, since: date | None) -> Found:
    """The works named by ids where every word is one, else those that a search finds."""
    source = connector(name, client)
    named = [source.work(text) for text in what]
    works = tuple(dict.fromkeys(work for work in named if work is not None))
    if works and len(named) == sum(work is not None for work in named):
        return Found(works, len(works), ())
    return source.search(" ".join(what), most, since)


def _fetch_and_take_in(done: Synced, items: Iterable[Fetched | LiveError], folder: Path) -> bool:
    """Take in what comes; whether it is of no use to go on."""
    fetched: list[Fetched] = []
    ends = False
    try:
        for each in items:
            if isinstance(each, LiveError):
                done.problems.append(str(each))
                ends = ends or isinstance(each, (OfflineError, RefusedError))
            else:
                fetched.append(each)
    finally:
        # Also after Ctrl-C: what came whole is kept.
        if fetched:
            done.fetched += sum(len(each.works) for each in fetched)
            done.taken += take_in(folder, fetched, None)
    return ends
