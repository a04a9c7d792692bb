"""A look-up for one question: every source at once, each on its own, within a limited time.

A source that fails costs only itself; what it was asked for, and why it gave nothing, is told.
"""

import queue
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from probatum.evidence.base import ProbatumError
from probatum.live.intake import holding_of
from probatum.sources.live.client import BRIEF, Client, Patience
from probatum.sources.live.connectors import NAMES, connector
from probatum.sources.live.errors import LiveError
from probatum.sources.live.fetched import Fetched
from probatum.sources.live.settings import LiveSettings
from probatum.sources.live.topic import Topic

# Seconds beyond its time in which a source may still say how it ended.
_GRACE = 0.5
Told = Callable[[str], None]
# What the threads have to say, in their order; None when one is done.
_Words = queue.Queue[str | None]


@dataclass
class LookedUp:
    """What one source gave: what it was asked, how much it has, what was chosen and fetched."""

    name: str
    title: str
    sent: tuple[str, ...] = ()
    found: int | None = None
    chosen: tuple[str, ...] = ()
    fetched: list[Fetched] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    over: bool = False


def look_up(
    topic: Topic,
    names: Sequence[str],
    settings: LiveSettings,
    folder: Path,
    told: Told = lambda _: None,
    patience: Patience = BRIEF,
) -> tuple[LookedUp, ...]:
    """Ask the named sources on a topic; what is held in the library in `folder` is not fetched.

    Never raises for what a service does. Ctrl-C ends every source's work.
    """
    stop = threading.Event()
    words: _Words = queue.Queue()
    client = Client(settings, patience, stop, told=words.put)
    looks = [LookedUp(name, connector(name, client).title) for name in names]

    def work(look: LookedUp) -> None:
        try:
            _look(look, topic, client, folder, words)
        except ProbatumError as error:
            look.problems.append(str(error))
        except Exception as error:  # a fault of ours in one source must not stop the others
            look.problems.append(f"{look.title}: a fault in the program ({type(error).__name__}).")
        finally:
            look.over = True
            words.put(None)

    for look in looks:
        threading.Thread(target=work, args=(look,), daemon=True).start()
    running = len(looks)
    end = time.monotonic() + min(patience.in_all, threading.TIMEOUT_MAX / 2)
    try:
        while running:
            # A system that looks for a name on a dead network can't be interrupted: it is left.
            said = words.get(timeout=max(_GRACE, end + _GRACE - time.monotonic()))
            if said is None:
                running -= 1
            else:
                told(said)
    except queue.Empty:
        return tuple(look if look.over else _given_up(look, patience) for look in looks)
    finally:
        stop.set()
    return tuple(looks)


def _given_up(look: LookedUp, patience: Patience) -> LookedUp:
    """In the place of a look-up that still goes on."""
    reason = f"{look.title} did not answer within {patience.in_all:.0f} seconds."
    return LookedUp(look.name, look.title, problems=[reason])


def _look(look: LookedUp, topic: Topic, client: Client, folder: Path, words: _Words) -> None:
    """One source: find, leave out what is held, fetch."""
    source = connector(look.name, client)
    found = source.look(topic, NAMES[look.name])
    look.sent, look.found = found.sent, found.total
    look.chosen = tuple(work.id for work in found.works)
    look.problems += found.problems
    if not found.sent:
        return
    words.put(f"{look.title}: asked for {'; '.join(found.sent)}: {found.total:,} found.")
    with holding_of(folder) as holding:
        wanted = source.unheld(found.works, holding)
    held = len(found.works) - len(wanted)
    for each in source.fetch(wanted) if wanted else ():
        if isinstance(each, LiveError):
            look.problems.append(str(each))
        else:
            look.fetched.append(each)
    if found.works:
        came = sum(len(each.works) for each in look.fetched)
        same = f", {held} held already" if held else ""
        words.put(f"{look.title}: {came} fetched{same}.")


def sentences(looks: Sequence[LookedUp], held: frozenset[str], today: date) -> tuple[str, ...]:
    """For the answer's limits: what was looked up, with which words, and what failed.

    `held` are the works that the library has after the look-up. The same for the same state of
    services and library, whatever was fetched just now.
    """
    said: list[str] = []
    for look in looks:
        if look.sent and look.found is not None:
            number = len(held & frozenset(look.chosen))
            words = "\u201d, \u201c".join(look.sent)
            said.append(
                f"{look.title} was searched on {today.isoformat()} for \u201c{words}\u201d: "
                f"{_count(look.found, number)}."
            )
        elif not look.problems:
            said.append(f"{look.title} was not asked: the question names nothing to ask it for.")
        if look.problems:
            said.append(f"Look-up incomplete: {' '.join(dict.fromkeys(look.problems))}")
    return tuple(said)


def _count(found: int, held: int) -> str:
    if not found:
        return "nothing found, which does not say that there is nothing"
    return f"{found:,} found, {held or 'none'} of them held here"
