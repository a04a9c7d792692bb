"""What `sources check --live` adds: services asked about what is held."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from probatum.cli.live import tell
from probatum.render.characters import plain

# Problems shown; one service that is not there gives one for all its works.
_SHOWN = 20


@dataclass(frozen=True)
class News:
    """What services say of held editions, each in a sentence, and what went wrong."""

    said: dict[str, list[str]]
    problems: tuple[str, ...]
    asked: bool = True

    def field(self, edition: str) -> dict[str, list[str]]:
        """What is said of an edition, as a field of its document."""
        return {"live": self.said.get(edition, [])} if self.asked else {}


NO_NEWS = News({}, (), asked=False)


def look(library: Path | None, live: str) -> News:
    """Ask the named services; LiveError for a name that none has."""
    from probatum.engine import Engine
    from probatum.library.store import default_folder
    from probatum.live.recheck import NAMES, recheck
    from probatum.sources.live.connectors import chosen
    from probatum.sources.live.settings import from_environment

    names = chosen(live, NAMES)
    settings = from_environment()
    engine = Engine.open(library)
    rows = engine.sources()
    engine.close()
    done = recheck(rows, names, settings, library or default_folder(), tell)
    said: dict[str, list[str]] = {}
    for each in done.happened:
        words = said.setdefault(each.edition, [])
        if each.said not in words:
            words.append(each.said)
    _tell_what_was_sent(done.asked, len(said), done.marked)
    return News(said, tuple(dict.fromkeys(done.problems)))


def _tell_what_was_sent(asked: dict[str, int], found: int, marked: Sequence[str]) -> None:
    for name, number in asked.items():
        tell(f"{name}: identifiers of {number:,} works were sent.")
    if marked:
        tell(f"Marked, so that they are not quoted as current: {', '.join(marked)}.")
    elif not found:
        tell("The services know of nothing new.")


def complain(news: News) -> None:
    """Say what could not be looked up: it is not known to be in order."""
    for problem in news.problems[:_SHOWN]:
        print(f"probatum: {plain(problem)}", file=sys.stderr)
