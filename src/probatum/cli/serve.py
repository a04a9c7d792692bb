"""`probatum serve`: the site on this machine."""

from typing import Annotated

import typer

from probatum.cli.options import LibraryFolder
from probatum.evidence.base import ProbatumError


class PortTakenError(ProbatumError):
    """The address is in use."""


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.", min=0, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(help="Processes.", min=1, max=64)] = 1,
    library: LibraryFolder = None,
) -> int:
    """Serve the site until stopped with Ctrl-C."""
    import socket

    from probatum.engine import Engine
    from probatum.site.server import serve as run

    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PortTakenError(
                f"{host}:{port} cannot be used ({error.strerror}); choose another with --port."
            ) from error
    state = Engine.open(library).library_state
    shown = f"[{host}]" if ":" in host else host
    typer.echo(
        f"Serving {state.records} records from {state.sources} sources "
        f"on http://{shown}:{port}/ (stop with Ctrl-C)"
    )
    run(host, port, workers, library)
    return 0
