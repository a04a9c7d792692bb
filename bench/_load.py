"""Many requests at once against one server, from one process, on connections that are kept.

The client is small on purpose: it shares the machine with the server, and its own work counts
against both the page and the baseline.
"""

import asyncio
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass

from bench._report import percentile

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding: *chunked", re.IGNORECASE)
_PATIENCE = 60


@dataclass(frozen=True)
class Load:
    """What a load came to: requests a second, and milliseconds that they took."""

    answered: int
    failed: int
    seconds: float
    times: tuple[float, ...]

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.answered / self.seconds

    def within(self, share: float) -> float:
        """Milliseconds within which that share of the requests was answered."""
        return percentile(self.times, share)


def load(
    port: int, addresses: Iterator[str], at_once: int, seconds: float = 0.0, requests: int = 0
) -> Load:
    """Ask for the addresses in turn, for so many seconds or so many times."""
    return asyncio.run(_load(port, addresses, at_once, seconds, requests))


async def _load(
    port: int, addresses: Iterator[str], at_once: int, seconds: float, requests: int
) -> Load:
    times: list[float] = []
    failed = begun = 0
    started = time.perf_counter()

    async def visitor() -> None:
        nonlocal failed, begun
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**20)
        try:
            while begun < requests if requests else time.perf_counter() - started < seconds:
                begun += 1
                asked = time.perf_counter()
                request = f"GET {next(addresses)} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
                writer.write(request.encode("ascii"))
                status = await asyncio.wait_for(_answer(reader), _PATIENCE)
                times.append((time.perf_counter() - asked) * 1000)
                failed += status != 200
        finally:
            writer.close()

    await asyncio.gather(*(visitor() for _ in range(at_once)))
    return Load(len(times), failed, time.perf_counter() - started, tuple(times))


async def _answer(reader: asyncio.StreamReader) -> int:
    """The status of one response, read to its end."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = _LENGTH.search(head)
    if length:
        await reader.readexactly(int(length[1]))
    elif _CHUNKED.search(head):
        while size := int((await reader.readline()).split(b";")[0], 16):
            await reader.readexactly(size + 2)
        await reader.readline()
    else:
        raise SystemExit("bench: a response whose end cannot be told")
    return int(head.split(b" ", 2)[1])
