"""Options that several commands share."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


def _folder(value: Path | None) -> Path | None:
    """The folder with ~ spelt out, as a setting in the environment may have it."""
    if value is None:
        return None
    if not str(value).strip() or str(value) == ".":
        raise typer.BadParameter("the library needs a folder of its own")
    try:
        return value.expanduser()
    except RuntimeError as error:
        raise typer.BadParameter(f"{value}: {error}") from error


LibraryFolder = Annotated[
    Path | None,
    typer.Option(
        "--library",
        envvar="PROBATUM_LIBRARY",
        help="Folder of the library; made from the shipped packs at first use.",
        show_default=False,
        callback=_folder,
    ),
]


class ListFormat(StrEnum):
    """How a listing is printed."""

    TEXT = "text"
    JSON = "json"


Listing = Annotated[ListFormat, typer.Option("--format", help="How to print the listing.")]
