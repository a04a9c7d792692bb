"""Killed at any moment, the library opens with whole documents, and the next run completes it."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from probatum.library.catalogue import FILE_NAME
from probatum.library.documents import HeldDocuments
from probatum.library.library import Library
from probatum.library.search import Request
from tests.contract.program import COMMAND, environment
from tests.library.sample_documents import beir, everything_found, new, snapshot, take

# Told with every failure, so that its moments can be had again.
SEED = 20_260_101


@dataclass(frozen=True)
class Whole:
    """A folder of files, and what an undisturbed run makes of it."""

    files: Path
    ids: dict[str, list[str]]
    texts: dict[str, str | None]
    snapshot: str
    found: dict[str, list[tuple[str, int, float]]]


def whole(place: Path, files: int, works: int) -> Whole:
    """Files of collections; with 40 or more of them they are read by worker processes."""
    ids: dict[str, list[str]] = {}
    for n in range(files):
        ids[f"{n:02}"] = [f"{n:02}-{work:04}" for work in range(works)]
        beir(place / "files" / f"{n:02}.jsonl", ids[f"{n:02}"])
    library = new(place / "whole")
    take(library, place / "files")
    held = HeldDocuments.open(library)
    texts = {each.source: held.text(each.edition) for each in held.all()}
    held.close()
    return Whole(place / "files", ids, texts, snapshot(library), everything_found(library))


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    """Files that one process reads."""
    return whole(tmp_path_factory.mktemp("few"), 3, 800)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    """Files that worker processes read."""
    return whole(tmp_path_factory.mktemp("many"), 44, 25)


def adding(library: Path, files: Path) -> subprocess.Popen[str]:
    """`probatum add` in a process group of its own."""
    return subprocess.Popen(
        [*COMMAND, "add", str(files), "--library", str(library)],
        env=environment(),
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def begun(library: Path, process: subprocess.Popen[str]) -> int:
    """Wait until the first documents are in; how many there are."""
    while process.poll() is None:
        held = HeldDocuments.open(library)
        count = held.editions() if held.content else 0
        held.close()
        if count:
            return count
        time.sleep(0.005)
    raise AssertionError(f"it ended by itself: {process.communicate()}")


def seconds(place: Path, files: Path) -> float:
    """How long an undisturbed run takes from its first documents on."""
    library = new(place)
    with adding(library, files) as process:
        begun(library, process)
        started = time.monotonic()
        process.communicate(timeout=120)
        return time.monotonic() - started


def sound(library: Path, expected: Whole) -> int:
    """Look at what a kill has left; the number of documents."""
    if not (library / FILE_NAME).exists():
        return 0
    with closing(sqlite3.connect(library / FILE_NAME)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    opened = Library.open(library)
    held = opened.documents
    sources = {each.source for each in held.all()}
    for file, ids in expected.ids.items():
        there = [f"beir:{id}" in sources for id in ids]
        assert there == sorted(there, reverse=True), f"{file} is not held from its beginning on"
    for document in held.all():
        text = held.text(document.edition)
        assert text == expected.texts[document.source]
        assert text is not None
        passages = held.of_document(document)
        assert passages
        for passage in passages:
            assert passage.text == text[passage.start : passage.end]
    assert held.passage_count == sum(held.passage_counts(d.id for d in held.all()).values())
    for hit in opened.search.search(Request("bevacizumab", k=50)):
        assert hit.passage.document.source in sources
    held.close()
    return len(sources)


def completes(library: Path, expected: Whole) -> None:
    """The next run completes it, as if nothing had been."""
    take(library, expected.files)
    assert (snapshot(library), everything_found(library)) == (expected.snapshot, expected.found)


def killed(place: Path, expected: Whole, times: int) -> list[int]:
    """Kill a run at a random moment, look, and have it completed; how much each had taken in."""
    chance = random.Random(SEED)
    span = seconds(place / "measured", expected.files) * 1.1
    held = []
    for n in range(times):
        library = new(place / f"killed-{n}")
        for _ in range(chance.randint(1, 3)):
            process = adding(library, expected.files)
            seen = begun(library, process) if chance.random() < 0.9 else 0
            time.sleep(chance.uniform(0, span))
            process.kill()
            said = process.communicate()
            held.append(sound(library, expected))
            assert held[-1] >= seen, f"of {seen} works seen {held[-1]} are left; it said {said}"
        completes(library, expected)
    return held


def test_a_killed_run_leaves_whole_documents_and_the_next_completes_it(
    few: Whole, tmp_path: Path
) -> None:
    library = new(tmp_path / "library")
    chance = random.Random(SEED)
    held = []
    for _ in range(3):
        process = adding(library, few.files)
        seen = begun(library, process)
        time.sleep(chance.uniform(0, 0.15))
        process.kill()
        said = process.communicate()
        held.append(sound(library, few))
        assert held[-1] >= seen > 0, f"of {seen} works seen {held[-1]} are left; it said {said}"
    assert held == sorted(held)
    completes(library, few)


@pytest.mark.slow
def test_a_run_that_is_killed_at_twenty_moments_loses_nothing(few: Whole, tmp_path: Path) -> None:
    held = killed(tmp_path, few, 20)
    # Some were killed in the middle, or this test shows nothing.
    assert any(0 < count < len(few.texts) for count in held), held


@pytest.mark.slow
def test_a_run_with_worker_processes_that_is_killed_loses_nothing(
    many: Whole, tmp_path: Path
) -> None:
    held = killed(tmp_path, many, 10)
    assert any(0 < count < len(many.texts) for count in held), held


STOPPED = (
    "Stopped. What was added is kept; the same command goes on from there.\nprobatum: Stopped.\n"
)


@pytest.mark.parametrize("which", ["few", pytest.param("many", marks=pytest.mark.slow)])
def test_ctrl_c_keeps_what_was_added(
    which: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    expected: Whole = request.getfixturevalue(which)
    library = new(tmp_path / "library")
    process = adding(library, expected.files)
    begun(library, process)
    # As a terminal does: to the program and to every process that it has started.
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, "", STOPPED)
    held = sound(library, expected)
    assert 0 < held < len(expected.texts)
    names = {name for hits in everything_found(library).values() for name, _, _ in hits}
    assert len(names) == held
    completes(library, expected)


@pytest.mark.slow
@pytest.mark.parametrize("which", ["few", "many"])
def test_ctrl_c_at_any_moment_is_one_sentence(
    which: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    expected: Whole = request.getfixturevalue(which)
    chance = random.Random(SEED)
    span = seconds(tmp_path / "measured", expected.files)
    for n in range(8):
        library = new(tmp_path / f"stopped-{n}")
        process = adding(library, expected.files)
        begun(library, process)
        time.sleep(chance.uniform(0, span))
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=60)
        if out:
            # It had finished and said so; a shell reads 130 in an end by SIGINT too.
            assert (process.returncode in (0, -signal.SIGINT), err) == (True, "")
        else:
            assert (process.returncode, err) == (130, STOPPED)
        sound(library, expected)
        completes(library, expected)


READER = """
import sys
from pathlib import Path
from probatum.library.library import Library
from probatum.library.search import Request
folder, done = Path(sys.argv[1]), Path(sys.argv[2])
times, most = 0, 0
while not done.exists():
    library = Library.open(folder)
    held = library.documents
    count = library.state.passages
    hits = library.search.search(Request("bevacizumab fistula", k=20))
    for hit in hits:
        text = held.text(hit.passage.document.edition)
        assert hit.passage.text == text[hit.passage.start : hit.passage.end]
    assert count >= most, "what was there is gone"
    most = count
    held.close()
    times += 1
print(times, most)
"""


def test_reading_never_fails_while_another_process_writes(few: Whole, tmp_path: Path) -> None:
    library, done = new(tmp_path / "library"), tmp_path / "done"
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", READER, str(library), str(done)],
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for _ in range(3)
    ]
    # Each file is a run of its own, so that the library is opened and closed for writing too.
    for file in sorted(few.files.iterdir()):
        with adding(library, file) as process:
            process.communicate(timeout=120)
            assert process.returncode == 0
    done.touch()
    said = [(*reader.communicate(timeout=60), reader.returncode) for reader in readers]
    assert [(err, status) for _, err, status in said] == [("", 0)] * 3
    assert all(int(out.split()[0]) > 0 for out, _, _ in said)
    assert (snapshot(library), everything_found(library)) == (few.snapshot, few.found)
