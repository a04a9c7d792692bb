"""What `ask --live` does before it answers: the look-up, with its stages on stderr."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from probatum.cli.request import UsageError
from probatum.render.characters import plain

if TYPE_CHECKING:
    from probatum.engine import Ask, Engine


def live_sources(value: object) -> tuple[str, ...]:
    """The live sources of an option or field, none when it is not given; else LiveError."""
    if value is None:
        return ()
    if not isinstance(value, str):
        raise UsageError("live takes the names of live sources, with commas between them.")
    from probatum.sources.live.connectors import chosen

    return chosen(value)


def looked_up(
    engine: "Engine", library: Path | None, ask: "Ask", names: Sequence[str]
) -> "tuple[Engine, Ask]":
    """The question after the look-up, and the engine that knows what was found."""
    from probatum.library.store import default_folder
    from probatum.live.asking import with_look_up
    from probatum.sources.live.settings import from_environment

    folder = library or default_folder()
    return with_look_up(engine, folder, ask, names, from_environment(), tell)


def tell(words: str) -> None:
    """A stage, for whoever waits; what it quotes of a service cannot steer the terminal."""
    print(plain(words), file=sys.stderr, flush=True)
