"""The page about the commands, from the commands themselves."""

from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any, get_origin

import typer

from scripts.reference.page import HEAD, table


def commands() -> Iterator[tuple[str, Any]]:
    """Every command with its full name, the program itself first."""
    from probatum.cli.main import app

    def walk(name: str, command: Any) -> Iterator[tuple[str, Any]]:
        yield name, command
        for each in getattr(command, "commands", {}).values():
            yield from walk(f"{name} {each.name}", each)

    yield from walk("probatum", typer.main.get_command(app))


def _type_of(parameter: Any) -> str:
    kind = parameter.type_descriptor.annotation
    if get_origin(kind) is list:
        return "any number of texts"
    if issubclass(kind, Enum):
        return ", ".join(f"`{each.value}`" for each in kind)
    if parameter.min is not None:
        least, most = parameter.min, parameter.max
        return f"{least} or more" if most is None else f"{least} to {most}"
    return {bool: "switch", Path: "path"}.get(kind, "text")


def _default_of(parameter: Any) -> str:
    value = getattr(parameter.default, "value", parameter.default)
    return "" if value is None or value is False else f"`{value}`"


def cli() -> str:
    """Every command and option."""
    parts = [
        HEAD,
        "# Commands\n",
        "Output on stdout is only what was asked for; warnings and errors go to stderr. The exit "
        "status is 0 when done, 1 when done with something the caller must see (a declined "
        "question, a file that was skipped, a search that found nothing, an error found by "
        "`pack lint` or `doctor`), and 2 for bad usage or input, with one sentence that says what "
        "and where.\n",
    ]
    for name, command in commands():
        help_text = " ".join((command.help or "").split())
        parts.append(f"## {name}\n")
        parts.append(help_text + "\n")
        if help_text.startswith("Not in this release"):
            continue
        rows = []
        for parameter in command.params:
            if parameter.opts[0].startswith("-"):
                shown = f"`{', '.join(parameter.opts)}`"
                text = parameter.help or ""
            else:
                shown, text = f"`{parameter.name.upper()}`", parameter.help or ""
            if isinstance(parameter.envvar, str):
                text += f" Or set `{parameter.envvar}`."
            rows.append([shown, text.strip(), _type_of(parameter), _default_of(parameter)])
        if rows:
            parts.append(table(["option or argument", "does", "value", "default"], rows))
    return "\n".join(parts)
