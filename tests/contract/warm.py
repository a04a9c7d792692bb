"""Starts the program in processes that have imported it already: most of a start is imports.

One server for each process of the tests imports the program, reads the data that ships with it and
then forks for every run. The fork gets arguments, folder, surroundings and its three streams from
whoever asks, runs what `python -m probatum` runs, and ends as any interpreter does. What decides
about an interpreter before its first line (`PYTHON…`, the locale) can't be changed in a fork;
`program.probatum` starts a new one for that.
"""

import atexit
import gc
import os
import runpy
import select
import shlex
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from json import loads
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory, TemporaryFile, mkdtemp
from typing import Any

from tests.contract import warm_command
from tests.contract.warm_command import END, LENGTH, NUMBER, Run, exactly

_ROOT = Path(__file__).resolve().parents[2]
# What most runs need.
_IMPORTS = (
    "probatum.cli.main",
    "probatum.engine",
    "probatum.answers.held_advice",
    "probatum.answers.held_results",
    "probatum.render.docx",
    "probatum.render.html",
    "probatum.render.json",
    "probatum.render.layout",
    "probatum.render.markdown",
    "probatum.render.pdf",
    "probatum.render.text",
    "probatum.service.asking",
)
_DJANGO = (
    "django.contrib.auth.hashers",
    "django.core.asgi",
    "django.core.management",
    "django.db.backends.sqlite3.base",
    "django.db.migrations.executor",
    "django.forms",
    "django.middleware.csrf",
    "django.views.generic",
)
# What some commands need besides, imported when the first such run is asked for; a part that is
# not installed is missed by the run itself.
_LATER = {
    "add": (
        "probatum.library.intake",
        "probatum.sources.ctgov",
        "probatum.sources.fhir",
        "probatum.sources.jats",
        "probatum.sources.markdown",
        "probatum.sources.pdf",
        "probatum.sources.pubmed",
    ),
    "mcp": ("mcp", "uvicorn", "probatum.service.assistant.server"),
    "pack": ("probatum.packs.lint",),
    **dict.fromkeys(("serve", "site", "users", "worker"), _DJANGO),
}
_SETTINGS = ("PROBATUM_", "DATABASE_", "DJANGO_")
# Between them they read the shipped words, patterns and packs that an answer needs.
_QUESTIONS = {
    "clinician": "Since cemiplimab is FDA-approved for cervical cancer, what dose should I use?",
    "patient": "My cervical cancer has come back after chemotherapy. What can help me?",
    "trainee": "What carboplatin dose for AUC 5 with a GFR of 60 mL/min?",
}


@dataclass(frozen=True)
class Ended:
    """How a run ended, what it printed, and the seconds that it kept a processor busy."""

    status: int
    out: bytes
    err: bytes
    seconds: float


@lru_cache(maxsize=1)
def _server() -> tuple[str, subprocess.Popen[bytes], int]:
    """This process's server, started when first needed: its address, itself and what ends it.

    It ends when the last number is closed, so with this process at the latest.
    """
    folder = mkdtemp(prefix="warm")
    atexit.register(rmtree, folder, ignore_errors=True)
    address = f"{folder}/server"
    seen, held = os.pipe()
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(address)
        listening.listen(64)
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.contract.warm", str(listening.fileno()), str(seen)],
            pass_fds=[listening.fileno(), seen],
            cwd=_ROOT,
            # What is read before a run must not depend on the settings of one.
            env={k: v for k, v in os.environ.items() if not k.startswith(_SETTINGS)},
            # As those of a run: a stream remembers whether it can be wound back.
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    os.close(seen)
    return address, process, held


def run(arguments: list[str], stdin: bytes, env: dict[str, str], seconds: float) -> Ended:
    """Run the program to its end; TimeoutError when it takes longer."""
    address, _, _ = _server()
    with TemporaryFile() as given, ThreadPoolExecutor(2) as readers:
        given.write(stdin)
        given.seek(0)
        out, into_out = os.pipe()
        err, into_err = os.pipe()
        try:
            begun = Run(address, arguments, (given.fileno(), into_out, into_err), env, seconds)
        finally:
            os.close(into_out)
            os.close(into_err)
        printed = [readers.submit(_all, each) for each in (out, err)]
        status, worked = begun.ended()
        return Ended(status, *(each.result() for each in printed), worked)


@lru_cache(maxsize=1)
def command() -> Path:
    """An executable `probatum`, alone in its folder, that does what the installed one does."""
    address, _, _ = _server()
    file = Path(address).with_name("bin") / "probatum"
    file.parent.mkdir()
    words = [sys.executable, "-IS", warm_command.__file__, address]
    file.write_text(f'#!/bin/sh\nexec {shlex.join(words)} "$@"\n', encoding="utf-8")
    file.chmod(0o755)
    return file


def _all(pipe: int) -> bytes:
    with open(pipe, "rb") as stream:
        return stream.read()


def _prepare() -> None:
    """Import the program and read what ships with it, as any run would; nothing runs on."""
    for name in _IMPORTS:
        import_module(name)
    from probatum.checks.entailment.judge import entailment_judge
    from probatum.engine import Ask, Engine
    from probatum.questions.likeness import likeness
    from probatum.render.html import standalone
    from probatum.render.json import answer_json
    from probatum.render.markdown import markdown
    from probatum.render.text import answer_text

    with TemporaryDirectory() as folder:
        engine = Engine.open(Path(folder))
        for reader, question in _QUESTIONS.items():
            answer = engine.ask(Ask.model_validate({"question": question, "reader": reader}))
            for written in (answer_json, answer_text, markdown, standalone):
                written(answer)
        engine.close()
    # These remember what the surroundings say, which each run has of its own.
    entailment_judge.cache_clear()
    likeness.cache_clear()
    # Else the first collection in every fork copies all of it.
    gc.freeze()


def _serve(listening: socket.socket, end: int) -> None:
    """Fork for each order and tell how the fork ended. Returns in a fork only."""
    while True:
        ready, _, _ = select.select([listening, end], [], [])
        if end in ready:
            os._exit(0)
        way, _ = listening.accept()
        length, streams, _, _ = socket.recv_fds(way, LENGTH.size, 3)
        order = loads(exactly(way, *LENGTH.unpack(length)))
        for name in _LATER.get(order["argv"][0] if order["argv"] else "", ()):
            with suppress(ImportError):
                import_module(name)
        # A process for each run waits for it, so that several may run at once.
        if os.fork() == 0:
            listening.close()
            os.close(end)
            if _begun(way, streams, order):
                return
            os._exit(0)
        way.close()
        for stream in streams:
            os.close(stream)
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass


def _begun(way: socket.socket, streams: list[int], order: dict[str, Any]) -> bool:
    """Fork for this order. True in the fork, False where its end was told."""
    child = os.fork()
    if child == 0:
        way.close()
        os.setpgid(0, 0)
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
            os.close(stream)
        os.environ.clear()
        os.environ.update(order["env"])
        os.chdir(order["cwd"])
        sys.argv[1:] = order["argv"]
        return True
    for stream in streams:
        os.close(stream)
    way.sendall(NUMBER.pack(child))
    ended = os.pidfd_open(child)
    if ended not in select.select([way, ended], [], [])[0]:
        # Whoever asked has gone, and with them what they would have killed.
        with suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)
    _, status, used = os.wait4(child, 0)
    with suppress(OSError):
        worked = used.ru_utime + used.ru_stime
        way.sendall(END.pack(os.waitstatus_to_exitcode(status), worked))
    return False


if __name__ == "__main__":
    _listening, _end = (int(number) for number in sys.argv[1:])
    _prepare()
    _serve(socket.socket(fileno=_listening), _end)
    runpy.run_module("probatum", run_name="__main__", alter_sys=True)
