"""Fuzz every parser for a while: `python -m fuzz.run [--seconds N] [FORMAT ...]`.

Starts from fuzz/seeds and from what earlier runs reached (fuzz/corpus). What goes wrong is left in
fuzz/found, and the status is then 1. Five seconds and 1 GB are the most that one input may take.
"""

import argparse
import importlib.util
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from fuzz.target import FORMATS

FOLDER = Path(__file__).parent
_SECONDS_PER_INPUT, _MEGABYTES, _LONGEST = 5, 1024, 16_384
# PDFium is not ours to mend, and what it reads is not seen by the fuzzer: a smaller share.
_SHARES = {"pdf": 0.3}
# libFuzzer looks at its clock between inputs; one that it cannot end is ended from here.
_SPARE, _TIMED_OUT = 120, 124
_COVERED = re.compile(r"cov: (\d+)")
_DONE = re.compile(r"Done (\d+) runs in (\d+) second")
_WORD = re.compile(rb"[A-Za-z][\w:.-]{2,30}")


@dataclass(frozen=True)
class Figures:
    """What one run came to."""

    format: str
    executions: int
    seconds: int
    covered: int
    found: tuple[str, ...]
    status: int

    def __str__(self) -> str:
        faults = ", ".join(self.found) or ("nothing" if not self.status else "see above")
        return (
            f"{self.format:8} {self.executions:>9,} inputs in {self.seconds:>4} s, "
            f"{self.covered:>6,} branches; found: {faults}"
        )


def fuzz(format: str, seconds: int) -> Figures:
    """One format for some seconds, in a process of its own, since it may crash natively."""
    corpus, found = FOLDER / "corpus" / format, FOLDER / "found" / format
    for folder in (corpus, found):
        folder.mkdir(parents=True, exist_ok=True)
    before = set(found.iterdir())
    words = FOLDER / "corpus" / f"{format}.words"
    words.write_text(_dictionary(FOLDER / "seeds" / format), encoding="ascii")
    command = [
        *(sys.executable, "-m", "fuzz.harness", format),
        f"-max_total_time={max(1, round(seconds * _SHARES.get(format, 1)))}",
        f"-timeout={_SECONDS_PER_INPUT}",
        f"-rss_limit_mb={_MEGABYTES}",
        f"-max_len={_LONGEST}",
        f"-dict={words}",
        f"-artifact_prefix={found}/",
        *(str(corpus), str(FOLDER / "seeds" / format)),
    ]
    try:
        ran = subprocess.run(  # noqa: S603 - our own program
            command, capture_output=True, cwd=FOLDER.parent, check=False, timeout=seconds + _SPARE
        )
        said, status = ran.stderr.decode("utf-8", "replace"), ran.returncode
    except subprocess.TimeoutExpired as error:
        said, status = (error.stderr or b"").decode("utf-8", "replace"), _TIMED_OUT
    if status:
        sys.stderr.write("\n".join(said.splitlines()[-40:]) + "\n")
    done = _DONE.search(said)
    new = sorted({path for path in found.iterdir() if path.suffix != ".txt"} - before)
    return Figures(
        format,
        int(done[1]) if done else 0,
        int(done[2]) if done else 0,
        max(map(int, _COVERED.findall(said)), default=0),
        tuple(str(path.relative_to(FOLDER.parent)) for path in new),
        status,
    )


def _dictionary(seeds: Path) -> str:
    """The words of the seeds, as libFuzzer takes them."""
    words = {word for path in seeds.iterdir() for word in _WORD.findall(path.read_bytes())}
    return "".join(f'"{word.decode()}"\n' for word in sorted(words))


def main() -> int:
    """Run the formats one after the other; 1 when anything was found."""
    options = argparse.ArgumentParser(prog="python -m fuzz.run", description=__doc__)
    options.add_argument("formats", nargs="*", metavar="FORMAT", help=", ".join(FORMATS))
    options.add_argument("--seconds", type=int, default=60, help="for each format (60)")
    asked = options.parse_args()
    if unknown := set(asked.formats) - set(FORMATS):
        options.error(f"no such format: {', '.join(sorted(unknown))}")
    if importlib.util.find_spec("atheris") is None:
        sys.stdout.write(
            "fuzz: nothing was run, as atheris is not installed (it has builds for "
            "Linux on x86-64 and Python below 3.14).\n"
        )
        return 0
    status = 0
    for format in asked.formats or FORMATS:
        figures = fuzz(format, asked.seconds)
        sys.stdout.write(f"fuzz: {figures}\n")
        sys.stdout.flush()
        if figures.found or figures.status:
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
