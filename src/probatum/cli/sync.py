"""`probatum sync`: works from a live service into the library, by ids or by a search."""

import json
import sys
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from probatum.cli.live import tell
from probatum.cli.options import LibraryFolder, ListFormat
from probatum.cli.request import UsageError
from probatum.render.characters import plain

if TYPE_CHECKING:
    from probatum.live.sync import Synced

# Reasons shown in the terminal; --format json has them all.
_SHOWN = 20
# As many as a search of PubMed reaches.
_MOST = 10_000


class LiveSource(StrEnum):
    """Where works are fetched from."""

    PUBMED = "pubmed"
    TRIALS = "trials"
    LABELS = "labels"
    PMC = "pmc"


def sync(
    source: Annotated[LiveSource, typer.Argument(help="Where to fetch from.", show_default=False)],
    what: Annotated[
        list[str],
        typer.Argument(
            help="Ids (PMIDs, NCT numbers, set ids of labels, PMC numbers), or a search in the "
            "service's own language.",
            show_default=False,
        ),
    ],
    most: Annotated[
        int, typer.Option(min=1, max=_MOST, help="Works to take of what a search finds.")
    ] = 100,
    since: Annotated[
        str | None,
        typer.Option(help="Only what was published or changed since this day (YYYY-MM-DD)."),
    ] = None,
    output: Annotated[
        ListFormat, typer.Option("--format", help="How to print the summary.")
    ] = ListFormat.TEXT,
    library: LibraryFolder = None,
) -> int:
    """Fetch works from a live service and add them. What is held in that version is not fetched.

    Goes on where it was when called again. This command goes to the network.
    """
    from probatum.library.store import default_folder
    from probatum.live.sync import sync as fetch_all
    from probatum.sources.live.settings import from_environment

    words = [word for word in what if word.strip()]
    if not words:
        raise UsageError("An id or a search is missing.")
    settings = from_environment()
    if settings.contact is None:
        tell("No contact is set; with PROBATUM_CONTACT a service can write before it blocks.")
    try:
        done = fetch_all(
            source.value,
            words,
            settings,
            library or default_folder(),
            most=most,
            since=_day(since),
            told=tell,
        )
    except KeyboardInterrupt:
        tell("Stopped. What was added is kept; the same command goes on from there.")
        raise
    for problem in (*done.problems, *done.taken.skipped)[:_SHOWN]:
        print(f"probatum: {plain(problem)}", file=sys.stderr)
    if output is ListFormat.JSON:
        typer.echo(json.dumps(_document(done), ensure_ascii=False, indent=2))
    else:
        typer.echo(_sentence(done))
    if done.problems or done.taken.skipped:
        return 1 if done.fetched or done.held else 2
    return 0


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        raise UsageError(f"--since takes a day as YYYY-MM-DD, not {value!r}.") from error


def _sentence(done: "Synced") -> str:
    return (
        f"{done.found:,} found, {done.chosen:,} looked at: {done.held:,} held already, "
        f"{done.fetched:,} fetched, {done.taken.new:,} added or renewed."
    )


def _document(done: "Synced") -> dict[str, object]:
    return {
        "source": done.source,
        "found": done.found,
        "chosen": done.chosen,
        "held": done.held,
        "fetched": done.fetched,
        "added": done.taken.new,
        "unchanged": done.taken.same,
        "skipped": list(done.taken.skipped),
        "problems": done.problems,
    }
