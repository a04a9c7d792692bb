"""How long a page takes to its first byte, and what it weighs, over a real connection.

The site runs in a process of its own, as `probatum serve` starts it. Warm means that the page was
asked for once before. Weight is that of the HTML; the style sheet, scripts and icon are counted
apart, because a browser keeps them. The baseline is the health address, which does no work.
"""

import http.client
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from bench._report import Row, middle, report

REGIONS = ("us", "eu", "uk", "japan")
RUNS = 15
SEEDS = (
    "What are the treatment options for recurrent metastatic cervical cancer?",
    (Path(__file__).with_name("questions.txt").read_text("utf-8").splitlines() or [""])[0],
)


@dataclass(frozen=True)
class Page:
    """One response: milliseconds to its first byte, and its body as sent."""

    first_byte: float
    body: bytes


def get(port: int, address: str, encoding: str = "identity") -> Page:
    """Ask for a page on a connection of its own; stops on anything but 200."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.connect()
    started = time.perf_counter()
    connection.request("GET", address, headers={"Accept-Encoding": encoding})
    response = connection.getresponse()
    first = response.read(1)
    elapsed = (time.perf_counter() - started) * 1000
    body = first + response.read()
    connection.close()
    if response.status != 200:
        raise SystemExit(f"bench: {address} gave {response.status}")
    return Page(elapsed, body)


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    """Until the site answers; stops when its process has ended or after half a minute."""
    for _ in range(300):
        if process.poll() is not None:
            raise SystemExit("bench: the site did not start")
        try:
            get(port, "/healthz")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("bench: the site did not answer")


def measure(port: int) -> list[Row]:
    """All rows, for a site that is up."""
    idle = middle([get(port, "/healthz").first_byte for _ in range(RUNS)])
    rows = [Row("baseline: /healthz, first byte, median", idle, "ms")]
    home = ""
    for name, address in (
        ("home", "/"),
        ("first seed answer", f"/ask?q={quote(SEEDS[0])}"),
        ("second seed answer", f"/ask?q={quote(SEEDS[1])}"),
    ):
        cold = get(port, address)
        home = home or cold.body.decode()
        warm = [get(port, address) for _ in range(RUNS)]
        packed = get(port, address, "gzip")
        # Other regions: pages that are not in memory yet, on a process that has warmed up.
        anew = [
            get(port, f"{address}&region={region}").first_byte
            for region in REGIONS
            if "?" in address
        ]
        first_byte = middle([page.first_byte for page in warm])
        rows += [
            Row(f"{name}, first byte warm, median", first_byte, "ms", 100),
            Row(f"{name}, first byte, first time asked", cold.first_byte, "ms"),
            Row(f"{name}, first byte warm / baseline", first_byte / idle, "times"),
            Row(f"{name}, weight as sent (gzip)", len(packed.body) / 1000, "kB", 200),
            Row(f"{name}, weight unpacked", len(warm[0].body) / 1000, "kB"),
        ]
        if anew:
            rows.append(Row(f"{name}, first byte, not asked before", middle(anew), "ms", 100))
    assets = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', home))
    for encoding, name in (("identity", ""), ("gzip", " with gzip")):
        weight = sum(len(get(port, each, encoding).body) for each in assets)
        rows.append(Row(f"style sheet, scripts and icon{name}", weight / 1000, "kB"))
    return rows


def main() -> None:
    """Serve, measure, stop and report."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(
            [sys.executable, "-m", "probatum", "serve", "--port", str(port)],
            env={**os.environ, "PROBATUM_LIBRARY": folder},
            stdout=subprocess.DEVNULL,
        )
        try:
            wait_for(port, process)
            rows = measure(port)
        finally:
            process.terminate()
            process.wait(10)
    report("page", " ".join((__doc__ or "").split()), f"{RUNS} requests a page", rows)


if __name__ == "__main__":
    main()
