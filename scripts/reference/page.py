"""What the pages share: the meanings of names, and a table.

Names, types, defaults and help texts come from the code; what a field means comes from
meanings.yaml. A field without a meaning, or a meaning without a field, is an error.
"""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCE = ROOT / "src" / "probatum"
HEAD = "<!-- Written by `make reference` from the code and scripts/reference/meanings.yaml. -->\n"


class MismatchError(Exception):
    """The code and meanings.yaml do not name the same things."""


def meanings(part: str) -> dict[str, Any]:
    """One part of meanings.yaml."""
    found: dict[str, Any] = _all()[part]
    return found


@cache
def _all() -> dict[str, Any]:
    text = Path(__file__).with_name("meanings.yaml").read_text("utf-8")
    held: dict[str, Any] = yaml.safe_load(text)
    return held


def same(what: str, code: set[str], explained: set[str]) -> None:
    """Stop when the code names something that is not explained, or the other way round."""
    if code != explained:
        raise MismatchError(
            f"{what}: not explained in meanings.yaml: {sorted(code - explained)}; "
            f"explained and not in the code: {sorted(explained - code)}"
        )


def table(columns: list[str], rows: list[list[str]]) -> str:
    """A Markdown table; a bar inside a cell would end it."""
    lines = [columns, ["---"] * len(columns), *([c.replace("|", "\\|") for c in r] for r in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"
