"""Commands of the contract that this release does not have yet: they say so, with status 2."""

from collections.abc import Callable

import typer

from probatum.evidence.base import ProbatumError

LATER = {
    "worker": "run queued work",
}


class NotInThisReleaseError(ProbatumError):
    """A command that is planned and not there yet."""


def _command(name: str) -> Callable[[typer.Context], None]:
    def run(context: typer.Context) -> None:
        raise NotInThisReleaseError(f"{name} is not in this release.")

    return run


def register(app: typer.Typer) -> None:
    """Add every later command to the program."""
    for name, what in LATER.items():
        app.command(
            name,
            help=f"Not in this release: {what}.",
            context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
        )(_command(name))
