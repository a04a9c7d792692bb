"""Options that several commands share."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

LibraryFolder = Annotated[
    Path | None,
    typer.Option(
        "--library",
        envvar="PROBATUM_LIBRARY",
        help="Folder of the library; made from the shipped packs at first use.",
        show_default=False,
    ),
]


class ListFormat(StrEnum):
    """How a listing is printed."""

    TEXT = "text"
    JSON = "json"


Listing = Annotated[ListFormat, typer.Option("--format", help="How to print the listing.")]
