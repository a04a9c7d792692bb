"""The tools behind the Model Context Protocol, with the protocol's own package.

Nothing that is asked or answered is logged: the package's loggers, which quote messages that they
cannot read, have no outlet, and its telemetry is taken off.
"""

import json
import logging
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import anyio
import mcp_types as types
from mcp import MCPError
from mcp.server import Server

from probatum import __version__
from probatum.evidence.base import ProbatumError
from probatum.render.characters import plain
from probatum.service.assistant.tools import BY_NAME, TOOLS, At, Reply, call
from probatum.service.current import Current

# Tools at work at the same time: each takes a core while it runs.
_AT_ONCE = 2
_INSTRUCTIONS = (
    "Clinical answers whose every sentence is anchored to a held source and checked. Use `ask` for "
    "a question, `audit` for a text, `search` and `sources_list` for what is held. What these "
    "tools return supports a professional's own judgement and is no medical advice; quote it with "
    "its citations and limits. Send no names or other identifiers of patients."
)
_OUR_FAULT = "Something went wrong on our side; it was noted without your text."
Tell = Callable[[str], None]


def server(current: Current, folder: Path | None, *, licensed: bool) -> "Server[Any]":
    """A server of the tools, answering from the engine of now.

    `licensed` gives words of texts whose licence is not open as well.
    """
    room = anyio.Semaphore(_AT_ONCE)

    async def listed(_: Any, __: Any) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[_described(tool.name) for tool in TOOLS])

    async def called(_: Any, params: types.CallToolRequestParams) -> types.CallToolResult:
        tool = BY_NAME.get(params.name)
        if tool is None:
            known = ", ".join(BY_NAME)
            raise MCPError(types.INVALID_PARAMS, f"There is no such tool; known are {known}.")

        def work() -> Reply:
            return call(tool, params.arguments or {}, At(current.get(), folder, licensed))

        try:
            async with room:
                reply = await anyio.to_thread.run_sync(work)
        except ProbatumError as error:
            return _told(plain(str(error)))
        except Exception as error:
            # Only what kind it was: its words may quote the question.
            sys.stderr.write(f"probatum: a fault in {tool.name}: {type(error).__name__}\n")
            return _told(_OUR_FAULT)
        return _result(reply)

    made = Server(
        "probatum",
        version=__version__,
        title="Probatum",
        instructions=_INSTRUCTIONS,
        on_list_tools=listed,
        on_call_tool=called,
    )
    made.middleware.clear()
    return made


def _described(name: str) -> types.Tool:
    tool = BY_NAME[name]
    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=tool.arguments.model_json_schema(),
        annotations=types.ToolAnnotations(
            # A look-up that the operator allows adds to the library.
            read_only_hint=tool.name != "ask",
            destructive_hint=False,
            open_world_hint=tool.name == "ask",
        ),
    )


def _result(reply: Reply) -> types.CallToolResult:
    if reply.document is None:
        return types.CallToolResult(content=[types.TextContent(text=reply.text or "")])
    # The text as well, for clients that know no structured content.
    text = json.dumps(reply.document, ensure_ascii=False, separators=(",", ":"))
    content = [types.TextContent(text=text)]
    return types.CallToolResult(content=content, structured_content=reply.document)


def _told(sentence: str) -> types.CallToolResult:
    """An error that the assistant reads, so that it can send better arguments."""
    return types.CallToolResult(content=[types.TextContent(text=sentence)], is_error=True)


def silence() -> None:
    """No outlet for the packages' logs, which quote what was sent."""
    for name in ("mcp", "sse_starlette", "uvicorn"):
        logger = logging.getLogger(name)
        logger.handlers = [logging.NullHandler()]
        logger.propagate = False


def on_stdio(made: "Server[Any]") -> None:
    """Serve whoever started this process until they close its standard input."""
    from mcp.server.stdio import stdio_server

    async def run() -> None:
        async with stdio_server() as (read, write):
            await made.run(read, write, made.create_initialization_options())

    silence()
    anyio.run(run)


def on_http(
    made: "Server[Any]", host: str, port: int, hosts: Sequence[str], token: str | None
) -> None:
    """Serve on an address under /mcp, to browsers' pages of these hosts and to programs."""
    import uvicorn

    from probatum.service.assistant.door import guarded

    silence()
    uvicorn.run(
        guarded(made, hosts, token),
        host=host,
        port=port,
        access_log=False,
        log_config=None,
        server_header=False,
        h11_max_incomplete_event_size=65_536,
        timeout_graceful_shutdown=5,
    )
