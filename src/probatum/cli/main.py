"""The program: its commands, and one sentence on stderr with status 2 for what a user can mend."""

import sys

import click
import typer

from probatum import __version__
from probatum.cli import ask, doctor, later, packs, serve, sources
from probatum.evidence.base import ProbatumError

app = typer.Typer(
    name="probatum",
    help="Answers clinical questions; every sentence is anchored to a held source and checked.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("ask")(ask.ask)
app.command("serve")(serve.serve)
app.command("doctor")(doctor.doctor)
app.add_typer(sources.app, name="sources")
app.add_typer(packs.app, name="pack")
later.register(app)


def _version(value: bool) -> None:
    if value:
        typer.echo(f"probatum {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Print the version and stop."
    ),
) -> None:
    """Answers clinical questions; every sentence is anchored to a held source and checked."""


def main() -> None:
    """Run the command line; exit status 0 done, 1 done with findings to see, 2 bad use or input."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        status = app(standalone_mode=False)
    except click.ClickException as error:
        _complain(" ".join(error.format_message().split()))
        sys.exit(2)
    except ProbatumError as error:
        _complain(str(error))
        sys.exit(2)
    except click.Abort:
        _complain("Stopped.")
        sys.exit(130)
    except BrokenPipeError:
        # The reader of our output went away (a pager was closed): nothing is left to say to it.
        sys.stderr.close()
        sys.exit(0)
    sys.exit(status if isinstance(status, int) else 0)


def _complain(sentence: str) -> None:
    print(f"probatum: {sentence}", file=sys.stderr)


if __name__ == "__main__":
    main()
