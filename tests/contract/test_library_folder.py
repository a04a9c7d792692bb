"""The library's folder: made at first use, mended when broken, never left half written."""

import ctypes
import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.contract.program import COMMAND, Ran, environment, no_trace, probatum

QUESTION = "What is the dose of tisotumab vedotin in cervical cancer?"
FILE = "library.sqlite"


@pytest.fixture
def good(folder: Path, tmp_path: Path) -> Path:
    """A copy of a built library, to be broken."""
    (tmp_path / FILE).write_bytes((folder / FILE).read_bytes())
    return tmp_path


def status(library: Path, **env: str) -> int:
    """The exit status of a question put to the library; fails when a trace is shown."""
    ran = probatum("ask", QUESTION, "--format", "json", "--library", library, **env)
    assert no_trace(ran.err), ran.err
    assert ran.status == 2 or json.loads(ran.out)["claims"]
    return ran.status


def test_it_is_made_at_first_use_with_its_parents(tmp_path: Path) -> None:
    assert status(tmp_path / "a" / "b") == 0
    assert (tmp_path / "a" / "b" / FILE).is_file()


def test_the_environment_names_it_and_the_option_goes_before(tmp_path: Path) -> None:
    named, chosen = tmp_path / "named", tmp_path / "chosen"
    assert probatum("pack", "build", PROBATUM_LIBRARY=str(named)).status == 0
    assert probatum("pack", "build", "--library", chosen, PROBATUM_LIBRARY="/nowhere").status == 0
    assert [path.name for path in tmp_path.glob("*/" + FILE)] == [FILE, FILE]


def test_a_tilde_in_the_environment_is_the_home_folder(tmp_path: Path) -> None:
    ran = probatum("pack", "build", HOME=str(tmp_path), PROBATUM_LIBRARY="~/mine")
    assert (ran.status, (tmp_path / "mine" / FILE).is_file()) == (0, True)


def test_without_a_name_it_lies_in_the_users_data_folder(tmp_path: Path) -> None:
    assert probatum("pack", "build", HOME=str(tmp_path), XDG_DATA_HOME="").status in (0, 2)
    assert probatum("pack", "build", XDG_DATA_HOME=str(tmp_path / "data")).status == 0
    assert (tmp_path / "data" / "probatum" / FILE).is_file()


def _emptied(content: bytes) -> bytes:
    return b""


def _no_database(content: bytes) -> bytes:
    return b"this is no database" * 100


def _cut_in_half(content: bytes) -> bytes:
    return content[: len(content) // 2]


def _damaged_at_the_head(content: bytes) -> bytes:
    return b"\0" * 100 + content[100:]


def _damaged_in_the_middle(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + b"\xff" * 65_536 + content[middle + 65_536 :]


def _damaged_in_its_words(content: bytes) -> bytes:
    return content.replace(b'"edition"', b'"edxtion"')


@pytest.mark.parametrize(
    "damage",
    [
        _emptied,
        _no_database,
        _cut_in_half,
        _damaged_at_the_head,
        _damaged_in_the_middle,
        _damaged_in_its_words,
    ],
)
def test_a_corrupt_file_is_built_anew(good: Path, damage: Callable[[bytes], bytes]) -> None:
    (good / FILE).write_bytes(damage((good / FILE).read_bytes()))
    assert status(good) == 0


def test_a_corrupt_memory_of_recent_answers_costs_only_the_memory(good: Path) -> None:
    (good / "recent.sqlite").write_bytes(b"no database" * 1000)
    assert status(good) == 0
    assert probatum("ask", "q", "--follow", "f" * 16, "--library", good).refusal == (
        f"No earlier answer with the id '{'f' * 16}' is known here."
    )


def test_a_library_of_another_release_is_built_anew(good: Path) -> None:
    content = (good / FILE).read_bytes()
    (good / FILE).write_bytes(content)
    subprocess.run(
        [COMMAND[0], "-c", "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]);"
         "c.execute(\"UPDATE meta SET value = '0' WHERE key = 'schema'\"); c.commit()",
         str(good / FILE)],
        check=True,
    )  # fmt: skip
    assert (good / FILE).read_bytes() != content
    assert status(good) == 0


@pytest.mark.parametrize("name", ["file", "file/below", "x" * 300])
def test_a_name_that_is_no_folder_is_refused_in_one_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("something else", encoding="utf-8")
    sentence = probatum("ask", QUESTION, "--library", tmp_path / name).refusal
    assert sentence.startswith(f"{tmp_path / name}")
    assert (tmp_path / "file").read_text(encoding="utf-8") == "something else"


def test_processes_that_build_at_once_all_succeed(tmp_path: Path) -> None:
    command = [*COMMAND, "ask", QUESTION, "--format", "json", "--library", str(tmp_path)]
    started = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment())
        for _ in range(3)
    ]
    ended = [process.communicate(timeout=60) for process in started]
    assert [error for _, error in ended] == [b""] * 3
    assert len({json.loads(out)["id"] for out, _ in ended}) == 1
    assert sorted(path.name for path in tmp_path.glob("*.sqlite")) == [FILE, "recent.sqlite"]


@pytest.mark.parametrize("moment", ["started", "writing"])
def test_a_build_that_is_killed_leaves_a_library_that_opens(good: Path, moment: str) -> None:
    process = subprocess.Popen(
        [*COMMAND, "pack", "build", "--library", str(good)], env=environment()
    )
    deadline = time.monotonic() + 20
    while moment == "writing" and time.monotonic() < deadline:
        if process.poll() is not None or list(good.glob(".library-*")):
            break
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert status(good) == 0


_PR_CAPBSET_DROP = 24
_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH, _CAP_FOWNER = 1, 2, 3


def _heed_permissions() -> None:
    """In the new process: take from root the right to pass over a folder's permissions."""
    if os.geteuid() == 0:
        system = ctypes.CDLL(None, use_errno=True)
        for right in (_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH, _CAP_FOWNER):
            if system.prctl(_PR_CAPBSET_DROP, right, 0, 0, 0):
                raise OSError(ctypes.get_errno(), "root keeps its rights")


def unprivileged(*arguments: str | Path) -> Ran:
    """Run the program as someone to whom the folder's permissions mean something."""
    done = subprocess.run(
        [*COMMAND, *map(str, arguments)],
        capture_output=True,
        env=environment(),
        text=True,
        preexec_fn=_heed_permissions,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def locked(tmp_path: Path) -> Iterator[Path]:
    """A folder that the test may fill and then lock; it is opened again for the cleaning up."""
    made = tmp_path / "locked"
    made.mkdir()
    yield made
    made.chmod(0o755)


def test_a_folder_that_cannot_be_written_still_answers(folder: Path, locked: Path) -> None:
    (locked / FILE).write_bytes((folder / FILE).read_bytes())
    (locked / FILE).chmod(0o444)
    locked.chmod(0o555)
    ran = unprivileged("ask", QUESTION, "--format", "json", "--library", locked)
    assert (ran.status, ran.err) == (0, "")
    assert json.loads(ran.out)["status"] == "answered"
    assert [path.name for path in locked.iterdir()] == [FILE]
    ran = unprivileged("doctor", "--library", locked, "--format", "json")
    found = {finding["name"]: finding for finding in json.loads(ran.out)}
    assert found["library"]["severity"] == "warning"


def test_a_library_that_cannot_be_built_where_it_is_wanted_is_said_so(locked: Path) -> None:
    locked.chmod(0o555)
    assert unprivileged("ask", QUESTION, "--library", locked).refusal == (
        f"{locked}: the library cannot be written here (Permission denied); name another folder "
        "with --library or PROBATUM_LIBRARY"
    )


def test_a_library_that_cannot_be_read_is_said_so(folder: Path, locked: Path) -> None:
    (locked / FILE).write_bytes((folder / FILE).read_bytes())
    (locked / FILE).chmod(0)
    locked.chmod(0o555)
    assert "Permission denied" in unprivileged("ask", QUESTION, "--library", locked).refusal
