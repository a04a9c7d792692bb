"""How long `probatum ask` takes from a cold start, and how much memory it needs at its peak.

Wall time, processor time and peak resident memory of the whole process, as the kernel reports them.
Library and byte code are there from an earlier run, which is reported apart as the very first. The
baseline is starting the same Python to do nothing.
"""

import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench._report import Row, middle, report

RUNS = 9
QUESTION = "What are the treatment options for recurrent metastatic cervical cancer?"


@dataclass(frozen=True)
class Run:
    """Wall seconds, processor seconds and peak megabytes of one process."""

    wall: float
    processor: float
    memory: float


def run(arguments: list[str], library: str, byte_code: str) -> Run:
    """One process of this Python; what it prints is thrown away."""
    environment = {
        **os.environ,
        "PROBATUM_LIBRARY": library,
        # As on a user's machine: byte code is kept, here in a folder that is removed afterwards.
        "PYTHONPYCACHEPREFIX": byte_code,
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    started = time.perf_counter()
    sink = os.open(os.devnull, os.O_WRONLY)
    process = os.posix_spawn(
        sys.executable,
        [sys.executable, *arguments],
        environment,
        file_actions=[(os.POSIX_SPAWN_DUP2, sink, 1), (os.POSIX_SPAWN_DUP2, sink, 2)],
    )
    _, status, usage = os.wait4(process, 0)
    wall = time.perf_counter() - started
    os.close(sink)
    if os.waitstatus_to_exitcode(status):
        raise SystemExit(f"bench: {' '.join(arguments)} failed; run it by hand to see why")
    unit = 1 if sys.platform == "darwin" else 1024
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit / 1e6)


def main() -> None:
    """Measure and report."""
    ask = ["-m", "probatum", "ask", QUESTION]
    with tempfile.TemporaryDirectory() as folder:
        library, byte_code = str(Path(folder, "library")), str(Path(folder, "bytecode"))
        first = run(ask, library, byte_code)
        asked = [run(ask, library, byte_code) for _ in range(RUNS)]
        version = [run(["-m", "probatum", "--version"], library, byte_code) for _ in range(RUNS)]
        nothing = [run(["-c", "pass"], library, byte_code) for _ in range(RUNS)]
    wall, idle = middle([each.wall for each in asked]), middle([each.wall for each in nothing])
    report(
        "cold",
        " ".join((__doc__ or "").split()),
        f"{RUNS} runs, the first seed question",
        [
            Row("ask from a cold start, median", wall, "s", 1.2),
            Row("ask from a cold start, fastest", min(each.wall for each in asked), "s"),
            Row("ask from a cold start, slowest", max(each.wall for each in asked), "s"),
            Row("its processor time, median", middle([each.processor for each in asked]), "s"),
            Row("its peak memory", max(each.memory for each in asked), "MB", 200),
            Row("very first ask: no library, no byte code", first.wall, "s"),
            Row("probatum --version, median", middle([each.wall for each in version]), "s"),
            Row("baseline: python -c pass, median", idle, "s"),
            Row("baseline: python -c pass, peak memory", max(e.memory for e in nothing), "MB"),
            Row("ask / python -c pass", wall / idle, "times"),
        ],
    )


if __name__ == "__main__":
    main()
