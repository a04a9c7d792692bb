"""`probatum serve`: starts, says where, answers, and stops when it is told to."""

import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.contract.program import COMMAND, environment, no_trace, probatum


@contextmanager
def serving(folder: Path, *options: str, **env: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The running process and the line that it printed when it started."""
    process = subprocess.Popen(
        [*COMMAND, "serve", "--library", str(folder), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(**env),
        start_new_session=True,
    )
    assert process.stdout
    try:
        yield process, process.stdout.readline()
    finally:
        # Its workers with it: left alone they would hold the pipes open for ever.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def address(line: str) -> str:
    return next(word for word in line.split() if word.startswith("http"))


def fetch(url: str) -> tuple[int, str]:
    """Status and body of a page, waiting for a server that has announced itself to listen."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(url, timeout=20) as page:
                return page.status, page.read().decode("utf-8")
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode("utf-8")
        except urllib.error.URLError:
            time.sleep(0.1)
    raise AssertionError(f"{url} did not answer")


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_it_announces_its_address_answers_and_stops_when_told(
    folder: Path, sign: signal.Signals
) -> None:
    with serving(folder, "--port", "0") as (process, line):
        assert line.startswith("Serving ")
        assert line.endswith(" (stop with Ctrl-C)\n")
        home = address(line)
        assert fetch(home)[0] == 200
        status, page = fetch(home + "ask?q=dose+of+tisotumab+vedotin+in+cervical+cancer")
        assert (status, "tisotumab vedotin" in page) == (200, True)
        process.send_signal(sign)
        out, err = process.communicate(timeout=20)
        assert (process.returncode, out, err) == (0, "", "")


def test_several_workers_start_and_stop_together(folder: Path) -> None:
    with serving(folder, "--port", "0", "--workers", "2") as (process, line):
        assert fetch(address(line))[0] == 200
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=30)
        assert process.returncode == 0
        assert no_trace(err), err


def test_a_large_body_is_refused_before_it_is_sent(folder: Path) -> None:
    """Else anybody could fill the disk, whatever address they send to."""
    with serving(folder, "--port", "0") as (_, line):
        home = address(line)
        assert fetch(home)[0] == 200
        told = []
        for path in ("/login", "/api/ask"):
            connection = HTTPConnection(urlsplit(home).netloc, timeout=60)
            connection.putrequest("POST", path)
            connection.putheader("Content-Length", "100000000")
            connection.endheaders(b"x=")
            response = connection.getresponse()
            told.append((response.status, response.headers["X-Frame-Options"], response.read()))
            connection.close()
    assert [each[:2] for each in told] == [(413, "DENY")] * 2
    assert json.loads(told[1][2])["error"]["code"] == "too_large"


def test_a_port_that_is_taken_is_named_in_one_sentence(folder: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        ran = probatum("serve", "--port", str(port), "--library", folder)
    assert ran.refusal == (
        f"127.0.0.1:{port} cannot be used ({os.strerror(98)}); "
        "choose another with --host or --port."
    )


@pytest.mark.parametrize("host", ["no.such.host.invalid", "é..x", "300.1.1.1", "a:b"])
def test_a_host_that_is_none_is_named_in_one_sentence(folder: Path, host: str) -> None:
    sentence = probatum("serve", "--host", host, "--port", "0", "--library", folder).refusal
    assert sentence.startswith(f"{host}:0 cannot be used (")


@pytest.mark.parametrize("option", [("--port", "70000"), ("--port", "x"), ("--workers", "0")])
def test_numbers_out_of_range_are_refused(option: tuple[str, str]) -> None:
    assert option[0] in probatum("serve", *option).refusal


def test_one_process_watches_over_articles_and_writes_down_what_it_finds(
    demonstration: Path,
) -> None:
    """Without any other command running, beside the pages and while they are asked."""
    folder = demonstration
    database = folder / "site.sqlite"

    def causes() -> list[str]:
        with closing(sqlite3.connect(database)) as connection:
            rows = connection.execute("SELECT entry FROM board_logentry ORDER BY id").fetchall()
        events = [json.loads(row)["event"] for (row,) in rows]
        return [e["trigger"] for e in events if e["kind"] == "reopened" and e["edition"]]

    assert causes() == []
    with serving(folder, "--port", "0") as (process, line):
        home = address(line)
        listed = fetch(home + "articles/?status=approved")[1]
        slug = re.search(r'<a href="/articles/([\w-]+)">', listed)
        assert slug
        article = json.loads(fetch(f"{home}articles/{slug.group(1)}.json")[1])
        edition = article["answer"]["references"][0]["edition"]
        marked = probatum("sources", "mark", edition, "retracted", "--library", str(folder))
        assert marked.status == 0
        for _ in range(300):
            if causes():
                break
            time.sleep(0.1)
        assert "source_retracted" in causes()
        assert fetch(home)[0] == 200
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=20)
        assert (process.returncode, err) == (0, "")


def test_several_processes_add_their_figures_up_and_leave_nothing_behind(
    folder: Path, tmp_path: Path
) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    with serving(folder, "--port", "0", "--workers", "2", TMPDIR=str(shared)) as (process, line):
        home = address(line)
        for _ in range(20):
            assert fetch(home + "about")[0] == 200
        name = 'probatum_requests_total{method="GET",route="about",status="200"}'
        told = fetch(home + "metrics")[1]
        assert [row for row in told.splitlines() if row.startswith(name)] == [f"{name} 20.0"]
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)
    assert list(shared.glob("probatum-metrics-*")) == []
