"""Asks a server of `warm` for a run. As a script it stands for `probatum` on a search path.

It imports only what is quick to import: as a script it is started for every command.
"""

import json
import os
import signal
import socket
import struct
import sys
from collections.abc import Mapping, Sequence

LENGTH = struct.Struct("!I")
NUMBER = struct.Struct("!i")
# An exit status, or the signal that ended a run as a negative number; its processor seconds.
END = struct.Struct("!id")


class Run:
    """A run of the program that has begun; `pid` leads a group of processes of its own."""

    def __init__(
        self,
        server: str,
        arguments: Sequence[str],
        streams: Sequence[int],
        env: Mapping[str, str],
        seconds: float | None = None,
    ) -> None:
        """Begin it; what waits longer than `seconds` raises TimeoutError."""
        place = os.getcwd()  # noqa: PTH109 - pathlib takes longer to import than all else here
        order = json.dumps({"argv": [*arguments], "env": {**env}, "cwd": place}).encode()
        self._way = socket.socket(socket.AF_UNIX)
        self._way.settimeout(seconds)
        self._way.connect(server)
        socket.send_fds(self._way, [LENGTH.pack(len(order))], streams)
        self._way.sendall(order)
        self.pid: int = NUMBER.unpack(exactly(self._way, NUMBER.size))[0]

    def ended(self) -> tuple[int, float]:
        """How it ended (see `END`), once it has.

        A TimeoutError ends the run too: its server kills what nobody waits for.
        """
        try:
            status, seconds = END.unpack(exactly(self._way, END.size))
            return status, seconds
        finally:
            self._way.close()


def exactly(way: socket.socket, number: int) -> bytes:
    """So many bytes; ConnectionError when the other side sends fewer."""
    found = b""
    while len(found) < number:
        more = way.recv(number - len(found))
        if not more:
            raise ConnectionError("the other side has gone")
        found += more
    return found


def main(server: str) -> int:
    """Do what `probatum` with the same arguments, surroundings and streams does."""
    run = Run(server, sys.argv[1:], (0, 1, 2), os.environ)
    for each in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda number, _: os.killpg(run.pid, number))
    status, _ = run.ended()
    if status < 0:
        signal.signal(-status, signal.SIG_DFL)
        os.kill(os.getpid(), -status)
    return status


if __name__ == "__main__":
    os._exit(main(sys.argv.pop(1)))
