"""`probatum serve`: the site on this machine."""

import sys
from typing import Annotated

import typer

from probatum.cli.options import LibraryFolder
from probatum.evidence.base import ProbatumError


class PortTakenError(ProbatumError):
    """The address is in use."""


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(help="Port to listen on; 0 takes a free one.", min=0, max=65535)
    ] = 8000,
    workers: Annotated[int, typer.Option(help="Processes.", min=1, max=64)] = 1,
    library: LibraryFolder = None,
) -> int:
    """Serve the site until stopped with Ctrl-C."""
    import signal

    from probatum.engine import Engine
    from probatum.site.server import serve as run

    port = free_port(host, port)
    state = Engine.open(library).library_state
    shown = f"[{host}]" if ":" in host else host
    typer.echo(
        f"Serving {state.records} records from {state.sources} sources "
        f"on http://{shown}:{port}/ (stop with Ctrl-C)"
    )
    # Uvicorn hands the signal on once it has stopped; being asked to stop is no failure.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    run(host, port, workers, library)
    return 0


def free_port(host: str, port: int) -> int:
    """The port, or a free one for 0; said to be taken before anything is announced."""
    import socket

    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, UnicodeError, TypeError) as error:
            reason = getattr(error, "strerror", None) or "no such address"
            raise PortTakenError(
                f"{host}:{port} cannot be used ({reason}); choose another with --host or --port."
            ) from error
        return int(probe.getsockname()[1])
