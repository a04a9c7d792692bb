"""Reading the room's YAML files with the C parser, because every command waits for it."""

from typing import Any

import yaml

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load_yaml(text: str) -> Any:
    """Parse YAML of plain data."""
    return yaml.load(text, Loader=_LOADER)  # noqa: S506 (a safe loader, in C where there is one)
