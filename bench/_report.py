"""How a benchmark reports: a table beside its targets, and what it was measured on.

A figure without its command, data, machine and date can't be compared with a later one, so they are
always written together.
"""

import os
import platform
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

RESULTS = Path(__file__).with_name("RESULTS.md")
HEAD = """# Benchmark results

Written by `make bench WRITE=--write`, one part a benchmark; without WRITE it only prints. Targets
are the project's own. Figures of one machine say little of another: compare the ratios.
"""


@dataclass(frozen=True)
class Row:
    """One measured quantity; `limit` is None for what is given for comparison only.

    The limit is the most that the value may be, or with `at_least` the least.
    """

    what: str
    value: float
    unit: str
    limit: float | None = None
    at_least: bool = False

    def cells(self) -> tuple[str, str, str, str]:
        """Quantity, value, target and whether it is met."""
        value = f"{self.value:,.4g} {self.unit}".rstrip()
        if self.limit is None:
            return self.what, value, "", ""
        met = self.value >= self.limit if self.at_least else self.value <= self.limit
        sign = "≥" if self.at_least else "≤"
        limit = f"{sign} {self.limit:,g} {self.unit}".rstrip()
        return self.what, value, limit, "yes" if met else "no"


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which that share of the values lies (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, round(share * len(ordered)) - 1))]


def middle(values: Sequence[float]) -> float:
    """The median."""
    return median(values)


def machine() -> str:
    """Processor, cores, memory, system and Python, as far as the system tells."""
    processor = platform.processor() or platform.machine()
    memory = ""
    try:
        info = Path("/proc/cpuinfo").read_text("utf-8")
        found = re.search(r"model name\s*: (.+)", info)
        processor = found.group(1) if found else processor
        kilobytes = re.search(r"MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text("utf-8"))
        memory = f", {int(kilobytes.group(1)) / 1024**2:.0f} GiB" if kilobytes else ""
    except OSError:
        pass
    return (
        f"{processor}, {os.cpu_count()} cores{memory}, {platform.system()}, "
        f"Python {platform.python_version()}"
    )


def report(name: str, what: str, data: str, rows: Sequence[Row]) -> None:
    """Print the table; with --write, put it into its part of RESULTS.md."""
    table = [
        "| measured | value | target | met |",
        "| --- | --- | --- | --- |",
        *("| " + " | ".join(row.cells()) + " |" for row in rows),
    ]
    print("\n".join(table))
    if "--write" not in sys.argv:
        return
    part = "\n".join(
        (
            f"## {name}",
            "",
            what,
            "",
            *table,
            "",
            f"Command `python -m bench.{name}`; {data}; {machine()}; "
            f"{datetime.now(UTC).date().isoformat()}.",
        )
    )
    text = RESULTS.read_text("utf-8") if RESULTS.is_file() else HEAD
    parts = re.split(r"(?m)^(?=## )", text)
    kept = [each.rstrip() for each in parts[1:] if not each.startswith(f"## {name}\n")]
    RESULTS.write_text("\n\n".join([HEAD.rstrip(), *sorted([*kept, part])]) + "\n", "utf-8")
