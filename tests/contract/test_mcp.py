"""`probatum mcp`: the commands' documents for an assistant, and nothing but the protocol."""

import http.client
import importlib.util
import json
import subprocess
import urllib.error
import urllib.request
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.contract import warm
from tests.contract.program import COMMAND, environment, no_trace, probatum
from tests.loops import finished

QUESTION = "Is cemiplimab an option after platinum in cervical cancer?"
RESULT = (
    "Median overall survival was 17.0 months with examplimab and 13.3 months with placebo "
    "(hazard ratio for death, 0.71; 95% CI, 0.54 to 0.95; P=0.004)."
)
TOOLS = [
    "ask",
    "audit",
    "verify",
    "extract",
    "search",
    "sources_list",
    "sources_show",
    "related",
]
INITIALIZE = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    },
}
READY = {"jsonrpc": "2.0", "method": "notifications/initialized"}
TOKEN = "a-secret-of-many-letters"

needs_the_extra = pytest.mark.skipif(
    importlib.util.find_spec("mcp") is None, reason="the extra `mcp` is not installed"
)


def test_without_the_extra_one_sentence_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from probatum.cli import mcp
    from probatum.cli.request import UsageError

    monkeypatch.setattr(mcp.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(UsageError) as refused:
        mcp.mcp()
    assert str(refused.value) == (
        "The Model Context Protocol needs the extra `mcp`, which is not installed: "
        "pip install 'probatum[mcp]'."
    )


def with_client(
    folder: Path,
    use: Callable[[Any], Awaitable[Any]],
    flags: tuple[str, ...] = (),
    **options: Any,
) -> Any:
    """What `use` gives, done with the protocol's own client on a server of its own."""
    from mcp import Client, StdioServerParameters

    async def run() -> Any:
        server = StdioServerParameters(
            command=str(warm.command()),
            args=["mcp", "--library", str(folder), *flags],
            env=environment(),
        )
        async with Client(server, **options) as client:
            return await use(client)

    return finished(run())


@needs_the_extra
@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_the_tools_are_named_described_and_take_no_unknown_argument(
    folder: Path, mode: str
) -> None:
    async def use(client: Any) -> Any:
        return (await client.list_tools()).tools

    tools = with_client(folder, use, mode=mode)
    assert [tool.name for tool in tools] == TOOLS
    assert [tool.name for tool in tools if not (tool.title and tool.description)] == []
    assert {tool.input_schema["additionalProperties"] for tool in tools} == {False}


@needs_the_extra
def test_each_tool_gives_what_its_command_prints(folder: Path) -> None:
    calls: list[tuple[str, dict[str, Any]]] = [
        ("ask", {"question": QUESTION}),
        ("ask", {"question": QUESTION, "format": "json"}),
        ("related", {"question": QUESTION}),
        ("verify", {"id": 7, "claim": "Examplimab works.", "evidence": RESULT}),
        ("extract", {"id": "x", "text": RESULT}),
        ("search", {"q": "examploma"}),
        ("sources_list", {"limit": 2}),
        ("audit", {"text": "Quennels cure examploma in 40% of adults."}),
    ]

    async def use(client: Any) -> Any:
        return [await client.call_tool(name, given) for name, given in calls]

    page, answer, related, verdict, results, hits, sources, audit = with_client(folder, use)
    library = ("--library", folder)
    asked = probatum("ask", QUESTION, "--format", "md", *library)
    assert page.content[0].text == asked.out.rstrip("\n") or page.content[0].text == asked.out
    printed = json.loads(probatum("ask", QUESTION, "--format", "json", *library).out)
    for document in (printed, answer.structured_content):
        document.pop("created")
        document.pop("elapsed_ms")
    assert answer.structured_content == printed
    found = probatum("related", QUESTION, "--format", "json", *library)
    assert related.structured_content == {"related": json.loads(found.out)}
    line = json.dumps(calls[3][1])
    assert verdict.structured_content == json.loads(probatum("verify", "-", stdin=line).out)
    line = json.dumps(calls[4][1])
    assert results.structured_content == json.loads(probatum("extract", "-", stdin=line).out)
    assert hits.structured_content == {"query": "examploma", "hits": []}
    assert sources.structured_content["next"] == 2
    assert audit.structured_content["schema"] == "probatum.audit/1"
    assert json.loads(audit.content[0].text) == audit.structured_content


@needs_the_extra
def test_words_of_texts_whose_licence_is_not_open_are_given_only_when_asked_for(
    shelf: Path,
) -> None:
    calls: list[tuple[str, dict[str, Any]]] = [
        ("search", {"q": "fictivir OR rest", "k": 50}),
        ("sources_list", {"filter": "", "limit": 200}),
        ("ask", {"question": "Does a rest cure help in blue knee?"}),
    ]

    async def use(client: Any) -> Any:
        search, listed, asked = [await client.call_tool(name, given) for name, given in calls]
        held = [s["edition"] for s in listed.structured_content["sources"] if s["passages"]]
        shown = [
            edition
            for id in held
            for edition in (await client.call_tool("sources_show", {"id": id})).structured_content[
                "editions"
            ]
        ]
        return search.structured_content["hits"], shown, asked.content[0].text

    hits, shown, page = with_client(shelf, use)
    assert "A rest cure does not help" not in page
    assert "1 quote was left out" in page
    assert {hit["rights"] for hit in hits} >= {"C"}
    assert {hit["text"] for hit in hits if hit["rights"] != "A"} == {None}
    assert {len(edition["text"]) for edition in shown if edition["rights"] != "A"} == {0}
    assert all(hit["text"] for hit in hits if hit["rights"] == "A")
    hits, shown, page = with_client(shelf, use, flags=("--licensed",))
    assert "A rest cure does not help" in page
    assert all(hit["text"] for hit in hits if hit["rights"] != "D")
    assert all(edition["text"] for edition in shown if edition["rights"] != "D")


@needs_the_extra
def test_what_a_tool_cannot_use_is_told_in_a_sentence_that_names_it(folder: Path) -> None:
    calls: list[tuple[str, dict[str, Any]]] = [
        ("ask", {"question": 5}),
        ("ask", {"question": "x" * 4_001}),
        ("ask", {"question": QUESTION, "readr": "patient"}),
        ("ask", {"question": QUESTION, "live": ["pubmed"]}),
        ("ask", {"question": QUESTION, "model": "openai:any"}),
        ("ask", {"question": QUESTION, "patient": {}}),
        ("verify", {"claim": "It works.", "source": "no-such-source"}),
        ("sources_show", {"id": "nothing"}),
        ("search", {"q": '"', "k": 0}),
    ]

    async def use(client: Any) -> Any:
        return [await client.call_tool(name, given) for name, given in calls]

    told = with_client(folder, use)
    assert [each.is_error for each in told] == [True] * len(calls)
    assert [each.content[0].text for each in told] == [
        "question: Input should be a valid string.",
        "question: String should have at most 4000 characters.",
        "readr: Extra inputs are not permitted.",
        "Live look-ups are switched off on this installation.",
        "This installation does not allow that language model.",
        "The patient file states no fact that is read here.",
        "The source 'no-such-source' is not held in this library.",
        "No source with this id is held.",
        "k: Input should be greater than or equal to 1.",
    ]


@needs_the_extra
def test_a_tool_that_is_not_there_is_an_error_of_the_protocol(folder: Path) -> None:
    from mcp import MCPError

    async def use(client: Any) -> Any:
        with pytest.raises(MCPError) as refused:
            await client.call_tool("delete_everything", {})
        return refused.value

    error = with_client(folder, use)
    assert (error.code, error.message) == (
        -32602,
        f"There is no such tool; known are {', '.join(TOOLS)}.",
    )


@needs_the_extra
def test_hostile_lines_end_nothing_and_standard_output_holds_the_protocol_alone(
    folder: Path,
) -> None:
    def call(id: int, name: str, arguments: Any) -> bytes:
        params = {"name": name, "arguments": arguments}
        message = {"jsonrpc": "2.0", "id": id, "method": "tools/call", "params": params}
        return json.dumps(message).encode()

    lines = [
        b"{not json",
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b"[]",
        call(2, "ask", {"question": "before the handshake"}),
        json.dumps(INITIALIZE).encode(),
        json.dumps(READY).encode(),
        call(3, "ask", {"question": "secret " * 700_000}),
        call(4, "ask", ["no", "object"]),
        b'{"jsonrpc":"2.0","id":5,"method":"no/such/method"}',
        b'{"jsonrpc":"2.0","id":6,"method":"tools/call","params":{"name":"verify",'
        b'"arguments":{"claim":"a","evidence":"b","id":NaN}}}',
        b'{"jsonrpc":"2.0","id":7,"method":"ping"}',
    ]
    process = subprocess.Popen(
        [*COMMAND, "mcp", "--library", str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    assert process.stdin
    assert process.stdout
    assert process.stderr
    process.stdin.write(b"\n".join(lines) + b"\n")
    process.stdin.flush()
    answers = {}
    while 7 not in answers or 3 not in answers or 6 not in answers:
        message = json.loads(process.stdout.readline())
        assert message["jsonrpc"] == "2.0"
        answers[message["id"]] = message
    process.stdin.close()
    assert process.wait(20) == 0
    assert process.stdout.read() == b""
    errors = process.stderr.read().decode("utf-8")
    assert no_trace(errors)
    assert "secret" not in errors
    assert answers[2]["error"]["code"] == answers[4]["error"]["code"] == -32602
    assert answers[5]["error"]["code"] == -32601
    assert answers[3]["result"]["content"][0]["text"] == (
        "question: String should have at most 4000 characters."
    )
    assert answers[6]["result"]["isError"] is True
    assert answers[7]["result"] == {}


# -- over HTTP ----------------------------------------------------------------------------------


@contextmanager
def served(folder: Path, *options: str, **env: str) -> Iterator[str]:
    """The address of a server over HTTP."""
    process = subprocess.Popen(
        [warm.command(), "mcp", "--http", "--port", "0", "--library", str(folder), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(**env),
    )
    assert process.stdout
    try:
        line = process.stdout.readline()
        address = next(word for word in line.split() if word.startswith("http"))
        _wait_for(address)
        yield address
    finally:
        process.kill()
        process.communicate()


def _wait_for(address: str) -> None:
    import time

    for _ in range(100):
        try:
            urllib.request.urlopen(address, timeout=20)
        except urllib.error.HTTPError:
            return
        except urllib.error.URLError:
            time.sleep(0.1)
    raise AssertionError(f"{address} did not answer")


def status(address: str, body: bytes, **headers: str) -> int:
    usual = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
    request = urllib.request.Request(address, body, {**usual, **headers})
    try:
        with urllib.request.urlopen(request, timeout=20) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        return error.code


def announced(address: str, size: int) -> int:
    """The status for a body of this size, of which nothing is sent."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=20)
    connection.putrequest("POST", "/mcp")
    connection.putheader("Content-Type", "application/json")
    connection.putheader("Content-Length", str(size))
    connection.endheaders()
    found = connection.getresponse().status
    connection.close()
    return found


@needs_the_extra
def test_over_http_other_sites_and_other_names_are_refused(folder: Path) -> None:
    body = json.dumps(INITIALIZE).encode()
    with served(folder) as address:
        own = address.removesuffix("/mcp")
        assert status(address, body) == 200
        assert status(address, body, Origin=own) == 200
        assert status(address, body, Origin="https://elsewhere.example") == 403
        assert status(address, body, Host="elsewhere.example") == 421
        assert status(address, body, **{"Content-Type": "text/plain"}) in (400, 415)
        assert announced(address, 5_000_000) == 413
        assert status(address, b"{") == 400


@needs_the_extra
def test_over_http_the_same_client_gets_the_same_tools(folder: Path) -> None:
    from mcp import Client

    async def run(address: str) -> Any:
        async with Client(address) as client:
            tools = (await client.list_tools()).tools
            return tools, await client.call_tool("related", {"question": QUESTION})

    with served(folder) as address:
        tools, related = finished(run(address))
    assert [tool.name for tool in tools] == TOOLS
    assert len(related.structured_content["related"]) > 0


@needs_the_extra
def test_an_address_that_others_can_reach_needs_a_token(folder: Path) -> None:
    refused = probatum("mcp", "--http", "--host", "0.0.0.0", "--library", folder).refusal
    assert refused == (
        "0.0.0.0 can be reached from other machines; set PROBATUM_MCP_TOKEN to a secret that "
        "callers send, or leave --host out."
    )
    short = probatum("mcp", "--http", "--library", folder, PROBATUM_MCP_TOKEN="short").refusal
    assert short == "PROBATUM_MCP_TOKEN needs 16 characters at least."
    body = json.dumps(INITIALIZE).encode()
    with served(folder, PROBATUM_MCP_TOKEN=TOKEN) as address:
        assert status(address, body) == 401
        assert status(address, body, Authorization="Bearer wrong") == 401
        assert status(address, body, Authorization=f"Bearer {TOKEN}") == 200


@needs_the_extra
def test_host_and_port_go_with_http(folder: Path) -> None:
    refused = probatum("mcp", "--port", "9000", "--library", folder).refusal
    assert refused == "--host and --port go with --http."
