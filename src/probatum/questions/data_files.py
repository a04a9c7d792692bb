"""The room's data files: cues, signs and word lists, read as YAML."""

from pathlib import Path
from typing import Any

import yaml

_DATA = Path(__file__).parent / "data"


def load(name: str) -> Any:
    """The content of one of this room's data files."""
    return yaml.load(
        (_DATA / name).read_text(encoding="utf-8"),
        Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader),  # noqa: S506 - safe loaders both
    )
