"""`probatum worker`: background work of the site."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from probatum.cli.options import LibraryFolder


def worker(
    once: Annotated[
        bool, typer.Option("--once", help="Do what is due, then stop; status 1 when some failed.")
    ] = False,
    rebuild: Annotated[
        bool,
        typer.Option("--rebuild", help="Make the summaries behind the lists anew, then stop."),
    ] = False,
    library: LibraryFolder = None,
) -> int:
    """Watch over articles, and do what else is due, until stopped with Ctrl-C.

    The job in hand is finished first. Any number of workers may run beside each other.
    """
    import signal

    _ready(library)
    from probatum.site.work.duties import duties
    from probatum.site.work.worker import Worker

    if rebuild:
        from probatum.site.board.watch import rebuild as again

        typer.echo(f"{again()} summaries made.")
        return 0
    working = Worker(duties(), _tell)
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: working.stop())
    if not once:
        _tell("Working (stop with Ctrl-C).")
    working.run(once=once)
    return 1 if once and working.failures else 0


def _ready(library: Path | None) -> None:
    """Django, with its database brought up to this version."""
    from probatum.site.server import prepare

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "probatum.site.settings")
    if library is not None:
        os.environ["PROBATUM_LIBRARY"] = str(library)
    prepare()


def _tell(line: str) -> None:
    print(f"probatum: {line}", file=sys.stderr, flush=True)
