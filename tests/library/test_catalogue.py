"""The catalogue's file: made, refused, damaged or out of room, each with one sentence."""

import resource
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from probatum.library.catalogue import (
    FILE_NAME,
    SCHEMA_VERSION,
    CatalogueError,
    connect,
    meta,
    set_meta,
    transaction,
)
from probatum.library.documents import HeldDocuments
from probatum.library.writer import Writer
from tests.library.sample_documents import (
    beir,
    document,
    found,
    heed_permissions,
    hold,
    read_only,
    ready,
    sentence,
)

READ = (
    "import sys; from pathlib import Path; from tests.library.sample_documents import found; "
    "print(len(found(Path(sys.argv[1]), 'fistula')))"
)


def opened(folder: Path) -> sqlite3.Connection:
    connection = connect(folder, write=True)
    assert connection is not None
    return connection


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A library of three works."""
    folder = tmp_path / "library"
    hold(folder, *(document(f"beir:{n}") for n in range(3)))
    return folder


def as_reader(code: str, folder: Path) -> tuple[int, str, str]:
    """Run Python with no right to write in the library; its status and what it printed."""
    read_only(folder)
    done = subprocess.run(
        [sys.executable, "-B", "-c", code, str(folder)],
        capture_output=True,
        text=True,
        preexec_fn=heed_permissions,
        check=False,
        timeout=60,
    )
    for place in (folder, *folder.rglob("*")):
        place.chmod(0o755)
    return done.returncode, done.stdout.strip(), done.stderr.strip()


def test_it_is_made_once_with_its_layout(tmp_path: Path) -> None:
    with closing(opened(tmp_path / "a" / "b")) as connection, transaction(connection):
        set_meta(connection, "key", "value")
    with closing(opened(tmp_path / "a" / "b")) as connection:
        assert meta(connection, "key") == "value"
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_reading_makes_nothing(tmp_path: Path) -> None:
    assert connect(tmp_path) is None
    assert list(tmp_path.iterdir()) == []


def test_one_that_was_just_made_by_a_killed_process_holds_nothing_yet(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
    assert connect(tmp_path) is None
    assert HeldDocuments.open(tmp_path).counts() == (0, 0)
    hold(tmp_path, document())
    assert HeldDocuments.open(tmp_path).counts() == (1, 1)


def test_nothing_is_left_beside_it_when_the_last_process_closes_it(library: Path) -> None:
    assert sorted(path.name for path in library.glob("documents*")) == [FILE_NAME]


@pytest.mark.parametrize("write", [False, True])
def test_one_of_a_newer_version_is_refused_and_left_as_it_is(library: Path, write: bool) -> None:
    with closing(sqlite3.connect(library / FILE_NAME)) as connection:
        connection.execute(f"PRAGMA user_version={SCHEMA_VERSION + 1}")
    before = (library / FILE_NAME).read_bytes()
    with pytest.raises(CatalogueError) as refused:
        connect(library, write=write)
    assert str(refused.value) == (
        f"{library / FILE_NAME}: written by a newer version of the program (its layout is "
        f"{SCHEMA_VERSION + 1}, this program knows {SCHEMA_VERSION}); "
        "update the program or name another library."
    )
    assert (library / FILE_NAME).read_bytes() == before


@pytest.mark.parametrize("write", [False, True])
def test_what_is_no_database_is_damaged(tmp_path: Path, write: bool) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"this is no database" * 1000)
    with pytest.raises(CatalogueError) as refused:
        connect(tmp_path, write=write)
    assert str(refused.value) == (
        f"{tmp_path / FILE_NAME}: the library's file is damaged (file is not a database); "
        "restore it from an export, or remove it and add the documents again."
    )


def test_a_page_that_is_damaged_is_told_when_it_is_read_or_written(library: Path) -> None:
    content = bytearray((library / FILE_NAME).read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    (library / FILE_NAME).write_bytes(content)
    sentence = (
        f"{library / FILE_NAME}: the library's file is damaged (database disk image is malformed);"
        " restore it from an export, or remove it and add the documents again."
    )
    with pytest.raises(CatalogueError) as read:
        HeldDocuments.open(library).counts()
    with pytest.raises(CatalogueError) as written, Writer(library):
        pass
    assert {str(read.value), str(written.value)} == {sentence}


def test_a_file_that_ends_too_early_is_damaged(library: Path) -> None:
    content = (library / FILE_NAME).read_bytes()
    (library / FILE_NAME).write_bytes(content[: len(content) // 2])
    with pytest.raises(CatalogueError, match="the library's file is damaged"):
        list(HeldDocuments.open(library).all())


# -- no right to write -----------------------------------------------------------------------


def test_a_folder_that_cannot_be_written_is_read_and_searched(library: Path) -> None:
    assert as_reader(READ, library) == (0, "3", "")


def test_what_a_stopped_process_left_is_read_where_nothing_can_be_written(library: Path) -> None:
    """The log beside the file is not folded in, as after a kill, and holds the last work."""
    hold(library, document("beir:more"))
    with closing(opened(library)) as reader:
        reader.execute("SELECT 1 FROM document").fetchone()
        hold(library, document("beir:last"))
        status = as_reader(READ, library)
    assert status == (0, "5", "")


def test_a_log_that_cannot_be_read_here_is_told_and_not_passed_over(
    library: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    with closing(opened(library)):
        hold(library, document("beir:last"))
        shutil.copytree(library, copy)
    (copy / f"{FILE_NAME}-shm").unlink()
    status, _, error = as_reader(READ, copy)
    assert (status, error.splitlines()[-1]) == (
        1,
        f"probatum.library.catalogue.CatalogueError: {copy / FILE_NAME}: a process was stopped "
        "while it wrote this library, and what it wrote last cannot be read here; "
        "open it once where it can be written.",
    )
    assert len(found(copy, "fistula")) == 4


def test_adding_to_a_folder_that_cannot_be_written_is_one_sentence(library: Path) -> None:
    writing = (
        "import sys; from pathlib import Path; from probatum.library.writer import Writer; "
        "Writer(Path(sys.argv[1])).__enter__()"
    )
    status, _, error = as_reader(writing, library)
    assert (status, error.splitlines()[-1]) == (
        1,
        f"probatum.library.catalogue.CatalogueError: {library}: the library cannot be written "
        "here (Permission denied); name another folder with --library or PROBATUM_LIBRARY.",
    )


def test_a_file_where_the_folder_should_be_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(CatalogueError) as refused, Writer(tmp_path / "file"):
        pass
    assert str(refused.value) == (
        f"{tmp_path / 'file'}: the library cannot be written here (File exists); "
        "name another folder with --library or PROBATUM_LIBRARY."
    )


# -- no room ---------------------------------------------------------------------------------


def test_a_full_disk_keeps_what_was_there_and_goes_on_when_there_is_room(library: Path) -> None:
    large = document("beir:large", *(sentence(n) for n in range(20_000)))
    with Writer(library) as writer:
        pages = writer.connection.execute("PRAGMA page_count").fetchone()[0]
        writer.connection.execute(f"PRAGMA max_page_count={pages + 4}")
        before = writer.last
        with pytest.raises(CatalogueError) as refused:
            writer.take(ready(large), None, 0)
        assert writer.last == before
        writer.connection.execute("PRAGMA max_page_count=1000000")
        (small,) = writer.take(ready(document("beir:small")), None, 0)
        assert (small.fate, writer.last) == ("added", before + 1)
    assert str(refused.value) == (
        f"{library / FILE_NAME}: the disk is full; what was added before is kept. "
        "Make room and go on."
    )
    assert HeldDocuments.open(library).counts() == (4, 4)


LIMITED = """
import resource, sys
from pathlib import Path
from tests.library.sample_documents import take
resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))
take(Path(sys.argv[1]), Path(sys.argv[2]))
"""


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_FSIZE"), reason="the limit is POSIX's")
def test_a_file_that_may_not_grow_keeps_what_was_there(library: Path, tmp_path: Path) -> None:
    many = beir(tmp_path / "many.jsonl", range(2000))
    found(library, "fistula")
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(library), str(many)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr.strip().splitlines()[-1]) == (
        1,
        f"probatum.library.catalogue.CatalogueError: {library / FILE_NAME}: the disk could not be "
        "read or written (disk I/O error); what was added before is kept. "
        "Look at the disk, its room and its limits, and go on.",
    )
    with closing(opened(library)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert HeldDocuments.open(library).document("beir:0@" + _digest(library)) is not None


def _digest(library: Path) -> str:
    """The part of the first work's edition that comes from its content."""
    return next(HeldDocuments.open(library).all()).edition.partition("@")[2]


def test_an_interrupted_change_is_none(library: Path) -> None:
    with closing(opened(library)) as connection:
        change = transaction(connection)
        change.__enter__()
        set_meta(connection, "key", "value")
        assert not change.__exit__(KeyboardInterrupt, KeyboardInterrupt(), None)
        assert meta(connection, "key", "none") == "none"


def test_a_change_that_cannot_be_kept_at_its_end_is_none(library: Path) -> None:
    with closing(opened(library)) as connection:
        connection.execute("CREATE TABLE child (of INTEGER REFERENCES document (id) "
                           "DEFERRABLE INITIALLY DEFERRED)")  # fmt: skip
        connection.execute("PRAGMA foreign_keys=ON")
        with pytest.raises(CatalogueError), transaction(connection):
            connection.execute("INSERT INTO child VALUES (99)")
        assert not connection.in_transaction
        with transaction(connection):
            set_meta(connection, "key", "value")
        assert connection.execute("SELECT COUNT(*) FROM child").fetchone() == (0,)


def test_a_process_that_holds_the_file_is_one_sentence(library: Path) -> None:
    with closing(opened(library)) as one, closing(opened(library)) as other:
        other.execute("PRAGMA busy_timeout=50")
        one.execute("BEGIN IMMEDIATE")
        with pytest.raises(CatalogueError) as refused, transaction(other):
            pass
    assert str(refused.value) == (
        f"{library / FILE_NAME}: another process is writing to this library; "
        "try again when it is done."
    )
