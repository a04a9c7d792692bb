"""Starts the program in processes that have imported it already: two thirds of a start is imports.

One server for each process of the tests imports the program and then forks for every run. The fork
gets arguments, folder, surroundings and its three streams from whoever asks, runs what
`python -m probatum` runs, and ends as any interpreter does. What decides about an interpreter
before its first line (`PYTHON…`, the locale) can't be changed in a fork; `program.probatum` starts
a new one for that.
"""

import json
import os
import runpy
import signal
import socket
import struct
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryFile

_ROOT = Path(__file__).resolve().parents[2]
_LENGTH = struct.Struct("!I")
# What most runs need; the rest each imports for itself.
_IMPORTS = (
    "probatum.cli.main",
    "probatum.engine",
    "probatum.render.json",
    "probatum.render.markdown",
    "probatum.render.text",
    "probatum.service.asking",
)


@dataclass(frozen=True)
class Ended:
    """How a run ended, and what it printed."""

    status: int
    out: bytes
    err: bytes


@lru_cache(maxsize=1)
def _server() -> tuple[socket.socket, subprocess.Popen[bytes]]:
    """The way to this process's server, started when first needed; it ends with this process."""
    ours, theirs = socket.socketpair()
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.contract.warm", str(theirs.fileno())],
        pass_fds=[theirs.fileno()],
        cwd=_ROOT,
        # As those of a run: a stream remembers whether it can be wound back.
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    theirs.close()
    return ours, process


def run(arguments: list[str], stdin: bytes, env: dict[str, str], seconds: float) -> Ended:
    """Run the program to its end; TimeoutError when it takes longer."""
    order = json.dumps({"argv": arguments, "env": env, "cwd": str(Path.cwd())}).encode()
    way, _ = _server()
    way.settimeout(seconds)
    with TemporaryFile() as given, ThreadPoolExecutor(2) as readers:
        given.write(stdin)
        given.seek(0)
        out, into_out = os.pipe()
        err, into_err = os.pipe()
        streams = [given.fileno(), into_out, into_err]
        socket.send_fds(way, [_LENGTH.pack(len(order))], streams)
        os.close(into_out)
        os.close(into_err)
        printed = [readers.submit(_all, each) for each in (out, err)]
        try:
            way.sendall(order)
            (status,) = struct.unpack("!i", _exactly(way, 4))
        except OSError:
            # What is left of the run ends with its server, and the next run gets a new one.
            _stop()
            raise
        return Ended(status, *(each.result() for each in printed))


def _all(pipe: int) -> bytes:
    with open(pipe, "rb") as stream:
        return stream.read()


def _stop() -> None:
    way, server = _server()
    _server.cache_clear()
    way.close()
    os.killpg(server.pid, signal.SIGKILL)
    server.wait()


def _exactly(way: socket.socket, number: int) -> bytes:
    found = b""
    while len(found) < number:
        more = way.recv(number - len(found))
        if not more:
            raise ConnectionError("the other side has gone")
        found += more
    return found


def _serve(way: socket.socket) -> None:
    """Fork for each order and tell how the fork ended. Returns in a fork only."""
    while True:
        length, streams, _, _ = socket.recv_fds(way, _LENGTH.size, 3)
        if not length:
            os._exit(0)
        order = json.loads(_exactly(way, *_LENGTH.unpack(length)))
        child = os.fork()
        if child == 0:
            way.close()
            for number, stream in enumerate(streams):
                os.dup2(stream, number)
                os.close(stream)
            os.environ.clear()
            os.environ.update(order["env"])
            os.chdir(order["cwd"])
            sys.argv[1:] = order["argv"]
            return
        for stream in streams:
            os.close(stream)
        _, ended = os.waitpid(child, 0)
        way.sendall(struct.pack("!i", os.waitstatus_to_exitcode(ended)))


if __name__ == "__main__":
    for name in _IMPORTS:
        __import__(name)
    _serve(socket.socket(fileno=int(sys.argv[1])))
    runpy.run_module("probatum", run_name="__main__", alter_sys=True)
