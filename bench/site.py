"""How many requests a second the served site answers, how long they take, and whether its memory
stays what it is.

Pages are asked for warm, on connections that are kept, one, 8 and 32 at once, of `probatum serve`
with one and with two workers; the article is one of the demonstration's. Beside each rate stands
its ratio to that of `/healthz` of the same server under the same load, which passes through all of
the site and asks the library nothing but its state; and uvicorn's own least answer is measured
the same way. What every visitor may read is sent again from memory until something is written, so
the article is asked for as well while another process writes to the database ten times a second.
Client and server share the machine. The soak asks different questions and searches,
so that nothing is answered from memory, and compares the resident memory of the server's one
worker after a fifth of them and after all.
"""

import argparse
import itertools
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from bench._load import Load, load
from bench._report import Row, report
from bench.page import SEEDS, free_port, get, wait_for
from probatum.site.database import FILE_NAME

AT_ONCE = (1, 8, 32)
WORKERS = (1, 2)
HEALTH = "/healthz"
ARTICLE = "an article"
# What the most readers at once are to have of an article, on two workers and two cores: requests a
# second, and the milliseconds within which 95 % of them are answered.
LEAST_RATE = 200.0
MOST_WAIT = 150.0
# Seconds between two writes.
PAUSE = 0.1
REGIONS = ("us", "eu", "uk", "japan")


@contextmanager
def serving(arguments: list[str], folder: str) -> Iterator[tuple[int, int]]:
    """A server of our own: its port and its process."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", *arguments, "--port", str(port)],
        env={**os.environ, "PROBATUM_LIBRARY": folder},
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_for(port, process)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(30)


def pages(port: int) -> dict[str, str]:
    """What is asked for, by name."""
    listed = get(port, "/articles/").body.decode()
    article = re.search(r'href="(/articles/(?!new)[\w-]+)"', listed)
    if article is None:
        raise SystemExit("bench: the demonstration has no article")
    return {
        HEALTH: HEALTH,
        "home": "/",
        "an answer": f"/ask?q={quote(SEEDS[0])}",
        ARTICLE: article[1],
        "the list of articles": "/articles/",
        "a search": "/search?q=cemiplimab",
    }


@contextmanager
def writing(folder: str) -> Iterator[None]:
    """Somebody writes to the database again and again; what they write says nothing new."""
    done = threading.Event()

    def write() -> None:
        with closing(sqlite3.connect(Path(folder) / FILE_NAME, timeout=20)) as connection:
            while not done.wait(PAUSE):
                connection.execute("UPDATE board_article SET title = title")
                connection.commit()

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def measure(port: int, workers: int, seconds: float, folder: str) -> tuple[list[Row], int]:
    """A row for each page and load, and how many responses were not right."""
    asked = pages(port)
    for address in asked.values():
        load(port, itertools.repeat(address), 8 * workers, requests=16 * workers)
    rows, failed = [], 0
    for at_once in AT_ONCE:
        base: Load | None = None
        for name, address in asked.items():
            found = load(port, itertools.repeat(address), at_once, seconds)
            base = base or found
            failed += found.failed
            rows.append(_row(f"{_workers(workers)}, {name}", at_once, found, base))
            if name == ARTICLE and (workers, at_once) == (WORKERS[-1], AT_ONCE[-1]):
                rows += _targets(found)
    with writing(folder):
        found = load(port, itertools.repeat(asked[ARTICLE]), AT_ONCE[-1], seconds)
    failed += found.failed
    name = f"{_workers(workers)}, {ARTICLE} while something is written"
    rows.append(_row(name, AT_ONCE[-1], found, base))
    return rows, failed


def _targets(found: Load) -> list[Row]:
    return [
        Row("an article, as above", found.rate, "requests/s", LEAST_RATE, at_least=True),
        Row("an article, as above, 95 % within", found.within(0.95), "ms", MOST_WAIT),
    ]


def _workers(number: int) -> str:
    return "one worker" if number == 1 else f"{number} workers"


def _row(what: str, at_once: int, found: Load, base: Load | None) -> Row:
    ratio = f"; {found.rate / base.rate:.2g} of {HEALTH}" if base and found is not base else ""
    return Row(
        f"{what}, {at_once} at once: half within {found.within(0.5):.3g} ms, "
        f"95 % within {found.within(0.95):.3g} ms{ratio}",
        found.rate,
        "requests/s",
    )


def questions() -> Iterator[str]:
    """Addresses that differ: every question of the list, by region, and searches between them."""
    asked = Path(__file__).with_name("questions.txt").read_text("utf-8").splitlines()
    for number in itertools.count():
        for question in asked:
            yield f"/ask?q={quote(f'{question} ({number})')}&region={REGIONS[number % 4]}"
            yield f"/search?q={quote(question.split()[-1])}&page={number % 3 + 1}"


def resident(process: int) -> float | None:
    """Megabytes of a process in memory; None where the system does not tell."""
    try:
        status = Path(f"/proc/{process}/status").read_text("ascii")
    except OSError:
        return None
    found = re.search(r"VmRSS:\s*(\d+) kB", status)
    return int(found[1]) / 1000 if found else None


def soak(port: int, process: int, requests: int) -> list[Row]:
    """The memory of a server with one worker after a fifth of the requests, and after all."""
    addresses = questions()
    load(port, addresses, 8, requests=requests // 5)
    early = resident(process)
    found = load(port, addresses, 8, requests=requests - requests // 5)
    late = resident(process)
    if early is None or late is None:
        return []
    return [
        Row(f"soak: memory after {requests // 5:,} questions and searches", early, "MB"),
        Row(f"soak: memory after {requests:,} / that", late / early, "times", 1.1),
        Row("soak: responses that were not 200", found.failed, "", 0),
    ]


def main() -> None:
    """Serve, load, stop and report."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument("--seconds", type=float, default=4.0, help="for each page and load")
    parser.add_argument("--soak", type=int, default=10_000, help="requests of the soak")
    parser.add_argument("--write", action="store_true", help="keep the figures")
    options = parser.parse_args()
    rows: list[Row] = []
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        demo = [sys.executable, "-m", "probatum", "users", "demo", "--library", folder]
        subprocess.run(demo, check=True, stdout=subprocess.DEVNULL)
        for workers in WORKERS:
            several = ["--workers", str(workers)]
            with serving(["bench._hello", *several], folder) as (port, _):
                for at_once in AT_ONCE:
                    found = load(port, itertools.repeat("/"), at_once, options.seconds)
                    name = f"{_workers(workers)}, baseline: the least that uvicorn can answer"
                    rows.append(_row(name, at_once, found, None))
            with serving(["probatum", "serve", *several], folder) as (port, process):
                more, wrong = measure(port, workers, options.seconds, folder)
                rows += more
                failed += wrong
                if workers == 1 and options.soak:
                    rows += soak(port, process, options.soak)
    rows.append(Row("responses that were not 200", failed, "", 0))
    report("site", " ".join((__doc__ or "").split()), f"{options.seconds:g} s a row", rows)


if __name__ == "__main__":
    main()
