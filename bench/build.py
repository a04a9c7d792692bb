"""How long the first library build takes: every shipped pack read, validated and written.

Measured as a user meets it, as a whole `probatum pack build` process into an empty folder, and in
this process without the start of Python. The baseline is parsing the same YAML files with the same
C loader and doing nothing with them.
"""

import tempfile
import time
from pathlib import Path

import yaml

from bench._report import Row, middle, report
from bench.cold import run
from probatum.library.store import FILE_NAME, build
from probatum.packs.loader import pack_files, shipped_packs

RUNS = 5


def main() -> None:
    """Measure and report."""
    packs = shipped_packs()
    files = [path for pack in packs for path in pack_files(pack)]
    whole, inside, parsing = [], [], []
    command = ["-m", "probatum", "pack", "build"]
    with tempfile.TemporaryDirectory() as parent:
        byte_code = str(Path(parent, "bytecode"))
        first = run(command, str(Path(parent, "first")), byte_code)
        size = Path(parent, "first", FILE_NAME).stat().st_size / 1e6
        for number in range(RUNS):
            whole.append(run(command, str(Path(parent, f"whole-{number}")), byte_code))
            started = time.perf_counter()
            build(Path(parent, f"inside-{number}"), packs)
            inside.append(time.perf_counter() - started)
    for _ in range(RUNS):
        started = time.perf_counter()
        for path in files:
            yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
        parsing.append(time.perf_counter() - started)
    report(
        "build",
        " ".join((__doc__ or "").split()),
        f"{RUNS} runs, {len(files)} files of {sum(p.stat().st_size for p in files) / 1e6:.2f} MB",
        [
            Row("build, whole process, median", middle([each.wall for each in whole]), "s", 3),
            Row("build, whole process, slowest", max(each.wall for each in whole), "s"),
            Row("build, whole process, no byte code yet", first.wall, "s", 3),
            Row("build, peak memory", max(each.memory for each in whole), "MB"),
            Row("build, inside the process, median", middle(inside), "s"),
            Row("size of the library file", size, "MB"),
            Row("baseline: parsing the YAML only, median", middle(parsing), "s"),
            Row("inside the process / parsing only", middle(inside) / middle(parsing), "times"),
        ],
    )


if __name__ == "__main__":
    main()
