"""The tree keeps the promises the build makes: one version, no hosts, reasons for what is used.

These hold for files that nobody runs, so nothing else would notice when they break.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import probatum

ROOT = Path(__file__).resolve().parent.parent
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))

# In pieces, so that this file does not hold what it looks for.
REGISTRY_HOSTS = tuple(
    ".".join(pieces)
    for pieces in (
        ("py" + "pi", "org"),
        ("py" + "pi", "python", "org"),
        ("python" + "hosted", "org"),
        ("registry", "npm" + "js", "org"),
        ("deb", "debian", "org"),
        ("conda", "anaconda", "org"),
    )
)
MADE_BY_TOOLS = {".git", ".venv", "__pycache__", "build", "dist", "node_modules"}
CACHE = re.compile(r"\.\w+_cache|\.hypothesis|.*\.egg-info")
BUILD_BACK_END = {"hatchling", "editables"}


def files_of_the_tree(folder: Path = ROOT) -> Iterator[Path]:
    """Every file a person wrote; what tools make is left out, as in .gitignore."""
    for path in sorted(folder.iterdir()):
        if path.name in MADE_BY_TOOLS or CACHE.fullmatch(path.name):
            continue
        if path.is_dir():
            yield from files_of_the_tree(path)
        elif path.is_file():
            yield path


def name_of(requirement: str) -> str:
    """The package's name as an index compares it: `PyYAML>=6` and `pyyaml` are one."""
    found = re.match(r"[A-Za-z0-9][A-Za-z0-9._-]*", requirement)
    assert found, f"not a requirement: {requirement!r}"
    return re.sub(r"[-_.]+", "-", found.group()).lower()


def requirements(name: str) -> list[str]:
    """The direct requirements in one `.in` file, without comments and options."""
    lines = (ROOT / "requirements" / f"{name}.in").read_text("utf-8").splitlines()
    bare = (line.split("#")[0].strip() for line in lines)
    return [line for line in bare if line and not line.startswith("-")]


def imported_by(path: Path) -> set[str]:
    """The top-level packages a module imports, whether at its head or inside a function."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


def test_the_package_and_its_metadata_state_one_version() -> None:
    assert PROJECT["project"]["version"] == probatum.__version__


def test_no_file_names_a_package_registry() -> None:
    hosts = re.compile("|".join(map(re.escape, REGISTRY_HOSTS)).encode(), re.IGNORECASE)
    naming = [
        str(path.relative_to(ROOT))
        for path in files_of_the_tree()
        if hosts.search(path.read_bytes())
    ]
    assert naming == []


def test_there_is_no_second_lock_file() -> None:
    rivals = {"uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock", "pylock.toml"}
    assert [path for path in files_of_the_tree() if path.name in rivals] == []


def test_what_the_package_depends_on_is_what_is_pinned() -> None:
    declared = sorted(PROJECT["project"]["dependencies"])
    pinned = [
        requirement
        for requirement in requirements("main") + requirements("site")
        if name_of(requirement) not in BUILD_BACK_END
    ]
    assert sorted(pinned) == declared


def test_what_the_extra_dense_depends_on_is_what_is_pinned() -> None:
    declared = PROJECT["project"]["optional-dependencies"]["dense"]
    assert sorted(requirements("dense")) == sorted(declared)


def test_every_direct_requirement_has_an_exact_hashed_pin() -> None:
    pin = re.compile(r"^([A-Za-z0-9._-]+)==\S+.*\\\n +--hash=sha256:[0-9a-f]{64}", re.MULTILINE)
    for name in ("main", "site", "dev", "dense", "node"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
        pinned = {name_of(found) for found in pin.findall(text)}
        assert {name_of(requirement) for requirement in requirements(name)} - pinned == set()


def test_every_direct_requirement_is_explained_and_nothing_else_is() -> None:
    text = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in text.splitlines()
        if line.startswith("|") and not line.startswith(("|---", "| package |"))
    ]
    used = [
        name_of(each) for name in ("main", "site", "dev", "node") for each in requirements(name)
    ]
    extras = PROJECT["project"]["optional-dependencies"]
    used += [name_of(each) for extra in extras.values() for each in extra]
    assert sorted(name_of(row[0]) for row in rows) == sorted(used)
    assert [row for row in rows if len(row) != 5 or not all(row)] == []


def test_no_core_module_imports_a_web_framework_or_a_network_library() -> None:
    """import-linter follows chains of imports but can't name a room that may be missing."""
    contract = next(
        each for each in PROJECT["tool"]["importlinter"]["contracts"] if each["type"] == "forbidden"
    )
    forbidden = set(contract["forbidden_modules"])
    rooms = [module.split(".")[1] for module in contract["source_modules"]]
    breaches = {
        str(path.relative_to(ROOT)): names
        for room in rooms
        for path in sorted((ROOT / "src" / "probatum" / room).rglob("*.py"))
        if (names := imported_by(path) & forbidden)
    }
    assert breaches == {}
