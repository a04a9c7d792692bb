"""`probatum mcp`: the tools for an assistant, on standard input and output or over HTTP."""

import importlib.util
import os
import time
from pathlib import Path
from typing import Annotated

import typer

from probatum.cli.options import LibraryFolder
from probatum.cli.request import UsageError

_MISSING = (
    "The Model Context Protocol needs the extra `mcp`, which is not installed: "
    "pip install 'probatum[mcp]'."
)
_DEFAULT_PORT = 8765
# Characters of a token; fewer could be guessed.
_SHORTEST = 16


def mcp(
    http: Annotated[
        bool, typer.Option("--http", help="Serve over HTTP instead of standard input and output.")
    ] = False,
    host: Annotated[str, typer.Option(help="Address to listen on, with --http.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(help="Port to listen on; 0 takes a free one.", min=0, max=65535)
    ] = _DEFAULT_PORT,
    licensed: Annotated[
        bool,
        typer.Option(
            "--licensed",
            help="Hand over words of texts whose licence is not open, too: the model reads them.",
        ),
    ] = False,
    library: LibraryFolder = None,
) -> int:
    """Serve ask, audit, verify, extract, search, sources and related to an assistant (MCP)."""
    if importlib.util.find_spec("mcp") is None or importlib.util.find_spec("mcp_types") is None:
        raise UsageError(_MISSING)
    if not http and (host, port) != ("127.0.0.1", _DEFAULT_PORT):
        raise UsageError("--host and --port go with --http.")
    from probatum.engine import Engine
    from probatum.service.assistant.server import on_stdio, server
    from probatum.service.current import Current

    if http:
        return _over_http(host, port, library, licensed)
    current = Current(lambda: Engine.open(library), time.monotonic)
    # Here rather than at the first call, so that a library that cannot be opened is told.
    current.get()
    on_stdio(server(current, library, licensed=licensed))
    return 0


def _over_http(host: str, port: int, library: Path | None, licensed: bool) -> int:
    import signal
    import sys

    from probatum.cli.serve import free_port
    from probatum.engine import Engine
    from probatum.service.assistant.server import on_http, server
    from probatum.service.current import Current
    from probatum.site.server import allowed_hosts, own_machine

    token = os.environ.get("PROBATUM_MCP_TOKEN") or None
    if token is not None and len(token) < _SHORTEST:
        raise UsageError(f"PROBATUM_MCP_TOKEN needs {_SHORTEST} characters at least.")
    if token is None and not own_machine(host):
        raise UsageError(
            f"{host} can be reached from other machines; set PROBATUM_MCP_TOKEN to a secret that "
            "callers send, or leave --host out."
        )
    port = free_port(host, port)
    names = os.environ.get("PROBATUM_ALLOWED_HOSTS") or allowed_hosts(host)
    hosts = [name.strip() for name in names.split(",") if name.strip()]
    current = Current(lambda: Engine.open(library), time.monotonic)
    current.get()
    shown = f"[{host}]" if ":" in host else host
    typer.echo(f"Serving the tools on http://{shown}:{port}/mcp (stop with Ctrl-C)")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    on_http(server(current, library, licensed=licensed), host, port, hosts, token)
    return 0
