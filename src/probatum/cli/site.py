"""`probatum site`: a copy of the accounts and articles, and putting it back."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from probatum.cli.options import LibraryFolder

if TYPE_CHECKING:
    from probatum.site.backup import Kept

app = typer.Typer(help="The site's accounts and articles: backup, restore.", no_args_is_help=True)


def _settings(library: Path | None) -> None:
    """Django's settings, and no change to any database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "probatum.site.settings")
    if library is not None:
        os.environ["PROBATUM_LIBRARY"] = str(library)
    import django

    django.setup()


@app.command("backup")
def backup(
    file: Annotated[Path, typer.Argument(help="The file to write; it must not be there.")],
    library: LibraryFolder = None,
) -> int:
    """Copy accounts, articles and every log to one file while the site runs, and check the copy."""
    _settings(library)
    from probatum.site.backup import backup as copy

    kept = copy(file)
    typer.echo(f"{_amounts(kept)} copied to {file}.")
    return _told(kept)


@app.command("restore")
def restore(
    file: Annotated[Path, typer.Argument(help="A file that backup wrote.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Move aside what is there, and keep it.")
    ] = False,
    library: LibraryFolder = None,
) -> int:
    """Put a copy back and bring it up to this release. Stop the site and its workers first."""
    _settings(library)
    from probatum.site.backup import restore as put_back
    from probatum.site.server import prepare

    kept, aside = put_back(file, replace=replace)
    prepare()
    typer.echo(f"{_amounts(kept)} restored from {file}.")
    if aside:
        typer.echo(f"What was there before is {aside}.")
    return _told(kept)


def _amounts(kept: "Kept") -> str:
    return (
        f"{kept.accounts:,} accounts, {kept.articles:,} articles and {kept.entries:,} log entries"
    )


def _told(kept: "Kept") -> int:
    if kept.damaged:
        names = ", ".join(kept.damaged[:20])
        print(f"probatum: The record of these articles is damaged: {names}.", file=sys.stderr)
        return 1
    return 0
