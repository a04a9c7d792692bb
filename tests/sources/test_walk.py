"""From paths to files: nothing hangs, nothing leads in circles, and what is left out is said."""

import errno
import os
import signal
import socket
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from probatum.evidence.document import Skipped
from probatum.sources import file as file_module
from probatum.sources import walk as walk_module
from probatum.sources.file import SourceFile
from probatum.sources.walk import NoSuchPathError, shown, walk


@pytest.fixture(autouse=True)
def _within_a_minute() -> Iterator[None]:
    """A walk that waits for a FIFO would wait for ever."""

    def give_up(*_: object) -> None:
        raise TimeoutError("the walk waits for something")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(60)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def found(*paths: Path) -> list[tuple[str, str | None]]:
    """Names of files, with the reason where they were left out."""
    return [
        (each.where, each.reason) if isinstance(each, Skipped) else (each.name, None)
        for each in walk(paths)
    ]


def packed(path: Path, *names: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, f"{name} holds words")
    return path


def test_folders_come_in_the_order_of_names_and_named_files_as_they_are_named(
    tmp_path: Path,
) -> None:
    for name in ("b/2.txt", "b/10.txt", "a/z.md", "c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("words")
    assert found(tmp_path / "c.txt", tmp_path) == [
        (str(tmp_path / name), None) for name in ("c.txt", "a/z.md", "b/10.txt", "b/2.txt", "c.txt")
    ]


def test_a_path_that_is_not_there_is_an_error() -> None:
    with pytest.raises(NoSuchPathError) as error:
        found(Path("/nowhere/at\nall"))
    assert str(error.value) == "/nowhere/at\\nall: there is no such file or folder."


def test_hidden_files_are_left_out_unless_they_are_named(tmp_path: Path) -> None:
    for name in (".hidden/a.txt", ".b.txt", "c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("words")
    assert found(tmp_path) == [(str(tmp_path / "c.txt"), None)]
    assert found(tmp_path / ".b.txt", tmp_path / ".hidden") == [
        (str(tmp_path / ".b.txt"), None),
        (str(tmp_path / ".hidden/a.txt"), None),
    ]


def test_links_never_lead_in_circles_and_a_broken_one_is_told(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_text("words")
    (tmp_path / "in/up").symlink_to(tmp_path)
    (tmp_path / "in/self").symlink_to(tmp_path / "in/self")
    (tmp_path / "in/gone").symlink_to(tmp_path / "nowhere")
    (tmp_path / "in/file").symlink_to(tmp_path / "in/a.txt")
    broken = "it is a link to a file that is not there"
    assert found(tmp_path) == [
        (str(tmp_path / "in/a.txt"), None),
        (str(tmp_path / "in/file"), None),
        (str(tmp_path / "in/gone"), broken),
        (str(tmp_path / "in/self"), broken),
    ]
    assert found(tmp_path / "in/gone") == [(str(tmp_path / "in/gone"), broken)]
    assert [name for name, _ in found(tmp_path / "in/up")] == [
        str(tmp_path / "in/up/in" / name) for name in ("a.txt", "file", "gone", "self")
    ]


def test_what_is_no_file_is_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "socket"))
        no_file = "it is no regular file"
        paths = [tmp_path / "fifo", tmp_path / "socket"]
        assert found(tmp_path) == [(str(path), no_file) for path in paths]
        paths += [Path("/dev/zero"), Path("/dev/null")]
        assert found(*paths) == [(str(path), no_file) for path in paths]


def test_what_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "closed").mkdir()
    (tmp_path / "file.txt").write_text("words")

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refused)
    monkeypatch.setattr(Path, "open", refused)
    reason = "it cannot be read (Permission denied)"
    paths = (tmp_path / "closed", tmp_path / "file.txt")
    assert found(*paths) == [(str(path), reason) for path in paths]


def test_a_name_that_is_too_long_is_told() -> None:
    [(_, reason)] = found(Path("/tmp") / ("x" * 300))
    assert reason == "it cannot be read (File name too long)"


def test_folders_without_end_are_given_up(tmp_path: Path) -> None:
    home = Path.cwd()
    try:
        os.chdir(tmp_path)
        for _ in range(300):
            Path("d").mkdir()
            os.chdir("d")
    finally:
        os.chdir(home)
    assert [reason for _, reason in found(tmp_path)] == ["it lies more than 250 folders deep"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (b"plain.txt", "plain.txt"),
        ("é ü.txt".encode(), "é ü.txt"),
        (b"line\nbreak.txt", "line\\nbreak.txt"),
        (b"\x1b[31mred.txt", "\\x1b[31mred.txt"),
        (b"bad\xff\xfe.txt", "bad\\xff\\xfe.txt"),
        ("\u202etxt.exe".encode(), "\\u202etxt.exe"),
    ],
)
def test_a_name_is_shown_in_characters_that_can_be_printed(
    tmp_path: Path, name: bytes, said: str
) -> None:
    path = tmp_path / os.fsdecode(name)
    path.write_text("words")
    [file] = walk([tmp_path])
    assert isinstance(file, SourceFile)
    assert file.name == f"{tmp_path}/{said}"
    assert file.whole() == b"words"
    assert shown(file.name) == file.name


def test_an_archive_is_taken_apart_and_its_hidden_members_left_out(tmp_path: Path) -> None:
    names = ("b/a.txt", "a.txt", "__MACOSX/._a.txt", "x/.git/config", ".DS_Store", "empty/")
    path = packed(tmp_path / "a.zip", *names)
    assert found(path) == [(f"{path}/a.txt", None), (f"{path}/b/a.txt", None)]


def test_a_members_name_is_shown_and_never_used_as_a_path(tmp_path: Path) -> None:
    outside = tmp_path / "secret.txt"
    outside.write_text("the secret")
    path = packed(tmp_path / "a.zip", "../secret.txt", str(outside), "bad\x1b\n.txt", "C:\\a.txt")
    files = [each for each in walk([path]) if isinstance(each, SourceFile)]
    assert [(file.name, file.whole().decode()) for file in files] == [
        (f"{path}/../secret.txt", "../secret.txt holds words"),
        (f"{path}/{outside}", f"{outside} holds words"),
        (f"{path}/C:\\a.txt", "C:\\a.txt holds words"),
        (f"{path}/bad\\x1b\\n.txt", "bad\x1b\n.txt holds words"),
    ]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_of_two_members_of_one_name_the_earlier_is_told(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", "a.txt", "a.txt")
    assert found(path) == [
        (f"{path}/a.txt", "the archive has another member of this name behind it"),
        (f"{path}/a.txt", None),
    ]


def test_an_archive_inside_another_is_not_taken_apart(tmp_path: Path) -> None:
    inner = packed(tmp_path / "inner.zip", "a.txt").read_bytes()
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("inner.zip", inner)
    [file] = walk([path])
    assert isinstance(file, SourceFile)
    assert file.whole() == inner


def test_an_encrypted_member_is_told(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", "a.txt", "b.txt")
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    assert found(path) == [
        (f"{path}/a.txt", "it is encrypted in its archive"),
        (f"{path}/b.txt", None),
    ]


def test_an_archive_is_told_by_its_bytes_and_office_documents_are_none(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.bin", "a.txt")
    report = packed(tmp_path / "report.docx", "word/document.xml")
    assert found(path, report) == [(f"{path}/a.txt", None), (str(report), None)]


def test_a_damaged_archive_is_told_and_the_next_file_is_read(tmp_path: Path) -> None:
    whole = packed(tmp_path / "whole.zip", "a.txt").read_bytes()
    for number, content in enumerate((whole[:-30], whole[:4], b"PK\x03\x04" + b"\xff" * 500)):
        (tmp_path / f"{number}.zip").write_bytes(content)
    (tmp_path / "last.txt").write_text("words")
    (tmp_path / "whole.zip").unlink()
    damaged = "it is a damaged zip archive"
    assert found(tmp_path) == [
        *((str(tmp_path / f"{number}.zip"), damaged) for number in range(3)),
        (str(tmp_path / "last.txt"), None),
    ]


def test_archives_that_grow_without_measure_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(10):
            archive.writestr(f"{number}.txt", b"\0" * 200_000)
    assert len(found(path)) == 10
    monkeypatch.setattr(walk_module, "WHOLE_BYTES", 100_000)
    assert {reason for _, reason in found(path)} == {"it is larger than 0 MB in its archive"}
    monkeypatch.setattr(walk_module, "_LEAST_EXPANDED", 1_000_000)
    assert found(path) == [(str(path), "it grows beyond all measure when it is taken apart")]
    monkeypatch.setattr(walk_module, "_MOST_MEMBERS", 9)
    assert found(path) == [(str(path), "the archive has more than 9 members")]


def test_a_member_that_says_it_is_small_and_is_not_ends_at_what_it_said(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"\0" * 5_000_000)
    content = path.read_bytes()
    size = (5_000_000).to_bytes(4, "little")
    path.write_bytes(content.replace(size, (10).to_bytes(4, "little")))
    file_module.archive.cache_clear()
    [file] = walk([path])
    assert isinstance(file, SourceFile)
    with pytest.raises(Exception, match="its compressed data are damaged"):
        file.whole()


def test_a_folder_that_changes_while_it_is_read_ends_in_names_or_reasons(tmp_path: Path) -> None:
    for number in range(200):
        (tmp_path / f"{number:03}.txt").write_text("words")

    def remove() -> None:
        for path in sorted(tmp_path.iterdir(), reverse=True):
            path.unlink()

    walking = walk([tmp_path])
    first = next(walking)
    thread = threading.Thread(target=remove)
    thread.start()
    rest = list(walking)
    thread.join()
    assert isinstance(first, SourceFile)
    reasons = {each.reason for each in rest if isinstance(each, Skipped)}
    assert reasons <= {"it is no regular file", "it cannot be read (No such file or directory)"}
