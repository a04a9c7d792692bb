"""Read a pack from its folder of YAML files, and say exactly which line of it is wrong.

A pack folder holds `pack.yaml` (the manifest), `sources.yaml`, and optionally `terms.yaml`,
`populations.yaml` (name to population, so that records can refer to one by name),
`algorithms.yaml` and any number of files under `records/`, each a list of records.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from probatum.evidence.base import ProbatumError
from probatum.packs.model import Pack

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
SHIPPED = Path(__file__).parent
# A pack file is a few hundred kB of text; more is a mistake or an attack.
MAX_BYTES = 8_000_000


class PackError(ProbatumError):
    """A pack that cannot be read, with file and key path."""


def shipped_packs() -> tuple[Path, ...]:
    """The folders of the packs that ship with the program, by name."""
    return tuple(sorted(path.parent for path in SHIPPED.glob("*/pack.yaml")))


def pack_files(folder: Path) -> tuple[Path, ...]:
    """Every YAML file of a pack, in a stable order."""
    return tuple(sorted(folder.glob("*.yaml"))) + tuple(sorted(folder.glob("records/*.yaml")))


def fingerprint(folders: tuple[Path, ...]) -> str:
    """A hash over the bytes of the packs, to notice that a library was built from other ones."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in pack_files(folder):
            digest.update(f"{folder.name}/{path.relative_to(folder).as_posix()}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _read(path: Path) -> Any:
    if path.is_symlink() or path.stat().st_size > MAX_BYTES:
        raise PackError(f"{path}: a pack file must be a plain file of at most {MAX_BYTES} bytes")
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - safe one
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f" line {mark.line + 1}" if mark else ""
        raise PackError(f"{path}{line}: not valid YAML ({getattr(error, 'problem', error)})") from (
            error
        )
    except UnicodeDecodeError as error:
        raise PackError(f"{path}: not UTF-8 text ({error.reason})") from error
    except (ValueError, RecursionError) as error:
        # A date such as 2022-02-30, or nesting beyond any pack's need.
        raise PackError(f"{path}: a value cannot be read ({error})") from error


def _items(path: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    content = _read(path)
    if content is None:
        return
    if not isinstance(content, list):
        raise PackError(f"{path}: expected a list")
    for item in content:
        if not isinstance(item, dict):
            raise PackError(f"{path}: expected a list of mappings, found {item!r}")
        yield path, item


def _resolve(item: dict[str, Any], populations: dict[str, Any], path: Path) -> dict[str, Any]:
    name = item.get("population")
    if not isinstance(name, str):
        return item
    if name not in populations:
        raise PackError(f"{path}: record {item.get('id')}: no population is named {name!r}")
    return {**item, "population": populations[name]}


def load_pack(folder: Path) -> Pack:
    """Read and validate one pack; raises PackError with file and key path."""
    if not (folder / "pack.yaml").is_file():
        raise PackError(f"{folder}: no pack.yaml, so this is not a pack")

    def listed(name: str) -> list[tuple[Path, dict[str, Any]]]:
        path = folder / name
        return list(_items(path)) if path.is_file() else []

    populations_path = folder / "populations.yaml"
    populations = (_read(populations_path) if populations_path.is_file() else None) or {}
    if not isinstance(populations, dict):
        raise PackError(f"{populations_path}: expected names with a population each")
    records = [
        (path, _resolve(item, populations, path))
        for file in sorted(folder.glob("records/*.yaml"))
        for path, item in _items(file)
    ]
    algorithms = [
        (path, _resolve(item, populations, path)) for path, item in listed("algorithms.yaml")
    ]
    parts = {
        "terms": listed("terms.yaml"),
        "sources": listed("sources.yaml"),
        "records": records,
        "algorithms": algorithms,
    }
    try:
        return Pack.model_validate(
            {
                "manifest": _read(folder / "pack.yaml"),
                **{name: [item for _, item in items] for name, items in parts.items()},
            }
        )
    except ValidationError as error:
        raise PackError(_explain(error, folder, parts)) from error


def _explain(
    error: ValidationError, folder: Path, parts: dict[str, list[tuple[Path, dict[str, Any]]]]
) -> str:
    first = error.errors()[0]
    where = first["loc"]
    message = first["msg"]
    more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
    if len(where) > 1 and where[0] in parts and isinstance(where[1], int):
        path, item = parts[str(where[0])][where[1]]
        key = ".".join(str(part) for part in where[2:] if part != item.get("kind"))
        return f"{path}: {item.get('id', f'item {where[1] + 1}')}: {key}: {message}{more}"
    return f"{folder / 'pack.yaml'}: {'.'.join(str(part) for part in where[1:])}: {message}{more}"
