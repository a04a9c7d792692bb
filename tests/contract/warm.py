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

from tests.contract import warm_command
from tests.contract.warm_command import LENGTH, NUMBER, Run, exactly

_ROOT = Path(__file__).resolve().parents[2]
# What most runs need; the rest each imports for itself.
_IMPORTS = (
    "probatum.cli.main",
    "probatum.engine",
    "probatum.answers.held_advice",
    "probatum.answers.held_results",
    "probatum.library.intake",
    "probatum.library.recent",
    "probatum.packs.lint",
    "probatum.render.docx",
    "probatum.render.html",
    "probatum.render.json",
    "probatum.render.layout",
    "probatum.render.markdown",
    "probatum.render.pdf",
    "probatum.render.text",
    "probatum.service.asking",
    "probatum.sources.ctgov",
    "probatum.sources.fhir",
    "probatum.sources.jats",
    "probatum.sources.markdown",
    "probatum.sources.pdf",
    "probatum.sources.pubmed",
    "django.contrib.auth.hashers",
    "django.core.management",
    "django.db.backends.sqlite3.base",
    "django.db.migrations.executor",
    "django.core.asgi",
    "django.forms",
    "django.middleware.csrf",
    "django.views.generic",
)
_SETTINGS = ("PROBATUM_", "DATABASE_", "DJANGO_")
# Between them they read the shipped words, patterns and packs that an answer needs.
_QUESTIONS = {
    "clinician": "Since cemiplimab is FDA-approved for cervical cancer, what dose should I use?",
    "patient": "My cervical cancer has come back after chemotherapy. What can help me?",
    "trainee": "What carboplatin dose for AUC 5 with a GFR of 60 mL/min?",
}


@dataclass(frozen=True)
class Ended:
    """How a run ended, and what it printed."""

    status: int
    out: bytes
    err: bytes


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
        try:
            status = begun.status()
        except OSError:
            with suppress(ProcessLookupError):
                os.killpg(begun.pid, signal.SIGKILL)
            raise
        return Ended(status, *(each.result() for each in printed))


def command(folder: Path) -> Path:
    """An executable `probatum` in this folder that does what the installed one does, sooner."""
    file = folder / "probatum"
    words = [sys.executable, "-IS", warm_command.__file__, _server()[0]]
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
    gc.collect()
    gc.freeze()


def _serve(listening: socket.socket, end: int) -> None:
    """Fork for each order and tell how the fork ended. Returns in a fork only."""
    while True:
        ready, _, _ = select.select([listening, end], [], [])
        if end in ready:
            os._exit(0)
        way, _ = listening.accept()
        # One process for each run waits for it, so that several may run at once.
        if os.fork() == 0:
            listening.close()
            os.close(end)
            if _begun(way):
                return
            os._exit(0)
        way.close()
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass


def _begun(way: socket.socket) -> bool:
    """Fork for this order. True in the fork, False where its end was told."""
    length, streams, _, _ = socket.recv_fds(way, LENGTH.size, 3)
    order = loads(exactly(way, *LENGTH.unpack(length)))
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
    _, ended = os.waitpid(child, 0)
    with suppress(OSError):
        way.sendall(NUMBER.pack(os.waitstatus_to_exitcode(ended)))
    return False


if __name__ == "__main__":
    _listening, _end = (int(number) for number in sys.argv[1:])
    _prepare()
    _serve(socket.socket(fileno=_listening), _end)
    runpy.run_module("probatum", run_name="__main__", alter_sys=True)
