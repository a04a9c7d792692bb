"""A model behind OpenAI's chat protocol, on a real server; and models that cannot be had."""

import importlib.util
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from probatum.llm.budget import Budget, Spending, budget_from_environment
from probatum.llm.model import ModelError, ModelReply, ModelRequest
from probatum.llm.provider import choose, open_model
from probatum.llm.transcript import with_transcript
from tests.loops import finished


class Server(ThreadingHTTPServer):
    """Speaks the chat protocol: says one thing, or fails, or waits."""

    says = "{}"
    status = 200
    wait = 0.0

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.seen: list[tuple[str, str | None, dict[str, Any]]] = []


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.seen.append((self.path, self.headers["Authorization"], body))
        time.sleep(self.server.wait)
        choice = {
            "index": 0,
            "message": {"role": "assistant", "content": self.server.says},
            "finish_reason": "stop",
        }
        reply = {
            "id": "1",
            "object": "chat.completion",
            "created": 1,
            "model": body["model"],
            "choices": [choice],
            "usage": {"prompt_tokens": 10, "completion_tokens": 7, "total_tokens": 17},
        }
        data = json.dumps(reply).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    made = Server()
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    monkeypatch.setenv("PROBATUM_MODEL_URL", f"http://127.0.0.1:{made.server_port}/v1")
    monkeypatch.setenv("OPENAI_API_KEY", "of-the-provider")
    yield made
    made.shutdown()
    made.server_close()


REQUEST = ModelRequest(instructions="Be brief.", data="<data/>", max_tokens=50, seconds=5)


def test_a_server_is_asked_with_its_own_key_and_bounds(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROBATUM_MODEL_KEY", "of-the-server")
    server.says = '{"claims": []}'
    model = open_model("openai:small")
    assert (model.name, model.ask(REQUEST)) == (
        "openai:small",
        ModelReply(text='{"claims": []}', tokens=7),
    )
    [(path, key, body)] = server.seen
    assert (path, key, body["model"]) == ("/v1/chat/completions", "Bearer of-the-server", "small")
    assert [(each["role"], each["content"]) for each in body["messages"]] == [
        ("system", "Be brief."),
        ("user", "<data/>"),
    ]
    assert 50 in (body.get("max_tokens"), body.get("max_completion_tokens"))
    assert "tools" not in body


def test_the_key_of_a_provider_never_goes_to_another_server(server: Server) -> None:
    open_model("openai:small").ask(REQUEST)
    assert [key for _, key, _ in server.seen] == ["Bearer none"]


def test_a_caller_with_an_event_loop_of_its_own_is_answered(server: Server) -> None:
    async def within() -> ModelReply:
        return open_model("openai:small").ask(REQUEST)

    server.says = "ready"
    assert finished(within()).text == "ready"


def test_a_server_that_fails_is_a_sentence_without_its_words(server: Server) -> None:
    server.status, server.says = 400, "secret"
    with pytest.raises(ModelError, match=r"^The model failed \(\w+\)\.$"):
        Spending(open_model("openai:small"), Budget()).ask("i", "d")


def test_a_server_that_is_too_slow_is_left_behind(server: Server) -> None:
    server.wait = 60.0
    started = time.monotonic()
    with pytest.raises(ModelError):
        Spending(open_model("openai:small"), Budget(seconds=1)).ask("i", "d")
    # Far from both, so that a busy machine changes nothing.
    assert time.monotonic() - started < 30


def test_an_answer_is_worded_by_a_model_of_a_server(server: Server) -> None:
    from probatum.engine import Ask
    from tests.answers.conftest import ENGINE

    question = "What is the dose of tisotumab vedotin in cervical cancer?"
    built_in = ENGINE.ask(Ask(question=question))
    old = "For peripheral neuropathy of grade 2, tisotumab vedotin is held and its dose reduced."
    new = "Tisotumab vedotin is held and its dose reduced for peripheral neuropathy of grade 2."
    [claim] = [each for each in built_in.claims.values() if each.text == old]
    server.says = json.dumps({"claims": [{"id": claim.id, "text": new}]})
    made = ENGINE.ask(Ask(question=question), choose("openai:small"))
    assert (made.claims[claim.id].text, made.claims[claim.id].phrased_by, made.model) == (
        new,
        "openai:small",
        "openai:small",
    )


def test_without_the_extra_one_sentence_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ModelError, match=r"pip install 'probatum\[llm\]'"):
        open_model("openai:small")


@pytest.mark.parametrize("name", ["", "gpt", ":x", "x:", "openai:a\nb", "openai:" + "a" * 300])
def test_a_name_that_names_no_model_is_refused(name: str) -> None:
    with pytest.raises(ModelError, match="PROVIDER:MODEL"):
        open_model(name)


@pytest.mark.parametrize(
    "address",
    ["http://example.org/v1", "ftp://localhost", "https://user:pass@example.org", "x", "https://["],
)
def test_an_address_that_would_show_the_question_to_others_is_refused(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROBATUM_MODEL_URL", address)
    with pytest.raises(ModelError, match="PROBATUM_MODEL_URL must be"):
        open_model("openai:small")


def test_an_address_goes_with_the_protocol_that_it_speaks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROBATUM_MODEL_URL", "https://example.org/v1")
    with pytest.raises(ModelError, match="goes with openai:MODEL"):
        open_model("anthropic:small")


@pytest.mark.parametrize("value", ["0", "x", "-1", "nan", "inf", "1e9"])
@pytest.mark.parametrize("setting", ["PROBATUM_MODEL_SECONDS", "PROBATUM_MODEL_TOKENS"])
def test_a_budget_without_a_bound_is_refused(
    setting: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(setting, value)
    with pytest.raises(ModelError, match=f"{setting} must be a number from 1 to"):
        budget_from_environment()


class Echo:
    """A model that says what it is given."""

    name = "echo"

    def ask(self, request: ModelRequest) -> ModelReply:
        return ModelReply(text=request.data)


def test_a_transcript_is_kept_only_where_a_setting_says_so_and_for_its_owner(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert isinstance(with_transcript(Echo()), Echo)
    file = tmp_path / "kept.jsonl"
    monkeypatch.setenv("PROBATUM_MODEL_TRANSCRIPT", str(file))
    with_transcript(Echo()).ask(REQUEST)
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert [{k: v for k, v in line.items() if k != "at"} for line in lines] == [
        {"model": "echo", "request": REQUEST.model_dump()},
        {"model": "echo", "reply": {"text": "<data/>", "tokens": None}},
    ]
    assert file.stat().st_mode & 0o777 == 0o600


def test_nothing_is_sent_when_the_transcript_cannot_be_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROBATUM_MODEL_TRANSCRIPT", str(tmp_path / "no" / "such" / "file"))
    with pytest.raises(ModelError, match="cannot be written"):
        with_transcript(Echo()).ask(REQUEST)
