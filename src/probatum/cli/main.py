"""The program: its commands, and one sentence on stderr with status 2 for what a user can mend."""

import os
import sys
import traceback
from pathlib import Path

import typer

from probatum import __version__
from probatum.cli import (
    add,
    ask,
    audit,
    doctor,
    extract,
    library,
    mcp,
    packs,
    related,
    search,
    serve,
    site,
    sources,
    sync,
    users,
    verify,
    worker,
)
from probatum.evidence.base import ProbatumError
from probatum.render.characters import plain

app = typer.Typer(
    name="probatum",
    help="Answers clinical questions; every sentence is anchored to a held source and checked.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("ask")(ask.ask)
app.command("add")(add.add)
app.command("sync")(sync.sync)
app.command("search")(search.search)
app.command("audit")(audit.audit)
app.command("extract")(extract.extract)
app.command("verify")(verify.verify)
app.command("related")(related.related)
app.command("serve")(serve.serve)
app.command("worker")(worker.worker)
app.command("mcp")(mcp.mcp)
app.command("doctor")(doctor.doctor)
app.add_typer(sources.app, name="sources")
app.add_typer(packs.app, name="pack")
app.add_typer(library.app, name="library")
app.add_typer(users.app, name="users")
app.add_typer(site.app, name="site")

# Typer brings Click's exceptions along under a name that differs between its releases, so they are
# taken from the one that it exports: BadParameter, UsageError, ClickException.
_UsageError: type[Exception] = typer.BadParameter.__mro__[1]
_ClickException: type[Exception] = typer.BadParameter.__mro__[2]
# What a shell reports of a program that Ctrl-C ended; Typer leaves with it too.
_INTERRUPTED = 130


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
    _ready_streams()
    status = _run()
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        status = _nobody_listens()
    except OSError as error:
        _silence(sys.stdout.fileno())
        status = _complain(f"The output cannot be written ({error.strerror}).")
    sys.exit(status)


def _ready_streams() -> None:
    """Text of any kind can be read and printed; a closed stream is as good as an empty one."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115
        stream = getattr(sys, name)
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _run() -> int:
    try:
        status = app(prog_name="probatum", standalone_mode=False)
    except ProbatumError as error:
        return _complain(str(error))
    except (typer.Abort, KeyboardInterrupt):
        return _stopped()
    except BrokenPipeError:
        return _nobody_listens()
    except SystemExit as error:
        # Typer leaves with status 1 when the reader of our output went away (a closed pager).
        if isinstance(error.__context__, BrokenPipeError):
            return _nobody_listens()
        return error.code if isinstance(error.code, int) else 2
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        return _complain(f"{where}{error.strerror or error}.")
    except _ClickException as error:
        return _complain_of_use(error)
    except Exception as error:
        return _complain_of_a_fault(error)
    if status == _INTERRUPTED:
        return _stopped()
    return status if isinstance(status, int) else 0


def _stopped() -> int:
    _complain("Stopped.")
    return _INTERRUPTED


def _nobody_listens() -> int:
    """What is still in the buffer goes nowhere, and Python's farewell flush does not complain."""
    _silence(sys.stdout.fileno())
    return 0


def _silence(stream: int) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream)
    os.close(nowhere)


def _complain_of_use(error: Exception) -> int:
    """Bad options in one sentence with where to look; a bare command shows its help instead."""
    message = str(getattr(error, "message", error))
    if message.startswith("Usage:"):
        print(message, file=sys.stderr)
        return 2
    words = " ".join(str(error.format_message()).split())  # type: ignore[attr-defined]
    context: typer.Context | None = getattr(error, "ctx", None)
    sentence = words.replace("Value error, ", "").rstrip(".") + "."
    return _complain(f"{sentence} See {context.command_path} --help." if context else sentence)


def _complain_of_a_fault(error: Exception) -> int:
    """A fault of ours, said in one line that is worth sending in; no trace frightens the user."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    what = " ".join(f"{type(error).__name__}: {error}".split())[:300]
    return _complain(f"This is a fault in the program, please report it: {what}{place}.")


def _complain(sentence: str) -> int:
    """One line on stderr; what it quotes of a file cannot steer the terminal."""
    print(f"probatum: {plain(sentence)}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    main()
