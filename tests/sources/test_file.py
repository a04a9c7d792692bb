"""A file on its way to a parser: unpacked, measured, and never trusted."""

import gzip
import hashlib
import tempfile
import zipfile
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.sources import file as file_module
from probatum.sources.file import SourceFile
from probatum.sources.limits import UnreadableError

TEXT = b"One line of words.\n" * 200
NOISE = Random(1).randbytes(40_000)


def of(content: bytes) -> SourceFile:
    return SourceFile("a.txt", content=content)


def why(file: SourceFile) -> str:
    with pytest.raises(UnreadableError) as error:
        file.whole()
    return str(error.value)


def bytes_or_reason(file: SourceFile) -> bytes | str:
    try:
        return file.whole()
    except UnreadableError as error:
        return str(error)


def packed(path: Path, method: int = zipfile.ZIP_DEFLATED, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def test_bytes_come_as_they_are_and_gzip_is_unpacked() -> None:
    assert of(TEXT).whole() == TEXT
    assert of(gzip.compress(TEXT)).whole() == TEXT
    assert of(gzip.compress(TEXT) + gzip.compress(TEXT)).whole() == TEXT + TEXT
    assert of(b"").whole() == b""
    assert of(gzip.compress(b"")).whole() == b""


def test_the_head_is_of_what_is_inside() -> None:
    assert of(gzip.compress(TEXT)).head(8) == TEXT[:8]
    assert of(b"ab").head() == b"ab"
    assert of(b"").head() == b""


def test_gzip_that_is_cut_off_gives_what_there_is_and_then_says_so() -> None:
    file = of(gzip.compress(NOISE)[:-300])
    with file.open() as stream:
        pieces = iter(lambda: stream.read(5_000), b"")
        first = next(pieces)
        with pytest.raises(UnreadableError) as error:
            list(pieces)
    assert first == NOISE[:5_000]
    assert str(error.value) == "its compressed data end too early"


@pytest.mark.parametrize("length", [2, 4, 9])
def test_a_gzip_header_alone_ends_too_early(length: int) -> None:
    assert why(of(gzip.compress(TEXT)[:length])) == "its compressed data end too early"


def test_gzip_that_is_damaged_says_so() -> None:
    content = bytearray(gzip.compress(TEXT))
    content[12] ^= 0xFF
    assert why(of(bytes(content))) == "its compressed data are damaged"
    assert why(of(b"\x1f\x8b\x07" + b"\0" * 40)) == "its compressed data are damaged"
    checksum = gzip.compress(TEXT)[:-8] + b"\0" * 8
    assert why(of(checksum)) == "its compressed data are damaged"


def test_gzip_grows_to_two_hundred_times_its_size_and_no_further(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bomb = gzip.compress(b"\0" * 1_000_000)
    monkeypatch.setattr(file_module, "_LEAST_EXPANDED", 1_000_000)
    assert len(of(bomb).whole()) == 1_000_000
    monkeypatch.setattr(file_module, "_LEAST_EXPANDED", 999_999)
    assert why(of(bomb)) == "it grows beyond all measure when it is decompressed or read"


def test_a_file_that_has_to_be_in_memory_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_module, "WHOLE_BYTES", 2_000_000)
    assert len(of(b"a" * 2_000_000).whole()) == 2_000_000
    assert why(of(b"a" * 2_000_001)) == "it is larger than 2 MB"


def test_a_file_that_is_streamed_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_module, "STREAMED_BYTES", 1_000)
    assert why(of(b"a" * 1_001)) == "it grows beyond all measure when it is decompressed or read"


@pytest.mark.parametrize(
    "method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
)
def test_a_member_is_read_and_hashed_by_what_it_holds(tmp_path: Path, method: int) -> None:
    path = packed(tmp_path / "a.zip", method, **{"in/a.txt": TEXT})
    member = SourceFile("a.zip/in/a.txt", path, "in/a.txt")
    assert member.whole() == TEXT
    assert member.sha256() == hashlib.sha256(TEXT).hexdigest()


@pytest.mark.parametrize(
    "method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
)
@pytest.mark.parametrize("at", [0, 20, 200])
def test_a_damaged_member_is_refused_in_a_sentence(tmp_path: Path, method: int, at: int) -> None:
    path = packed(tmp_path / "a.zip", method, **{"a.txt": NOISE})
    content = bytearray(path.read_bytes())
    start = content.index(b"a.txt") + 5 + at
    content[start : start + 8] = bytes(each ^ 0xFF for each in content[start : start + 8])
    path.write_bytes(content)
    member = SourceFile("a.zip/a.txt", path, "a.txt")
    assert why(member) in (
        "its compressed data are damaged",
        "its compressed data end too early",
        "it cannot be taken out of its damaged archive",
    )
    with pytest.raises(UnreadableError):
        member.sha256()


def test_a_member_that_grows_without_measure_is_refused_before_it_is_hashed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = packed(tmp_path / "a.zip", **{"a.txt": b"\0" * 3_000_000})
    member = SourceFile("a.zip/a.txt", path, "a.txt")
    monkeypatch.setattr(file_module, "_LEAST_EXPANDED", 1_000_000)
    for read in (member.whole, member.sha256, member.head):
        if read == member.head:
            assert member.head() == b"\0" * 4096
            continue
        with pytest.raises(UnreadableError, match="grows beyond all measure"):
            read()


def test_gzip_inside_a_zip_is_unpacked_too(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", **{"a.txt.gz": gzip.compress(TEXT)})
    assert SourceFile("a.zip/a.txt.gz", path, "a.txt.gz").whole() == TEXT


def test_a_member_behind_a_password_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", zipfile.ZIP_STORED, **{"a.txt": TEXT})
    content = bytearray(path.read_bytes())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + flags] |= 1
    path.write_bytes(content)
    assert why(SourceFile("a.zip/a.txt", path, "a.txt")) == (
        "it cannot be taken out of its damaged archive"
    )


def test_a_file_that_grew_since_it_was_seen_is_read_as_it_is_now(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT)
    file = SourceFile("a.txt", path)
    with file.open() as stream:
        assert stream.read(10) == TEXT[:10]
        with path.open("ab") as more:
            more.write(TEXT)
        assert len(stream.read()) == 2 * len(TEXT) - 10
    assert file.size == 2 * len(TEXT)


def test_a_file_that_is_gone_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        SourceFile("a.txt", tmp_path / "a.txt").whole()


def test_progress_is_told_in_bytes_as_stored() -> None:
    seen: list[int] = []
    content = gzip.compress(NOISE * 9)
    with SourceFile("a.gz", content=content, watch=seen.append).open() as stream:
        while stream.read(10_000):
            pass
    assert seen == sorted(seen)
    assert seen[-1] == len(content)


def test_nothing_to_read_is_said() -> None:
    assert why(SourceFile("a.txt")) == "there is no content"


@given(st.binary(max_size=300), st.sampled_from([b"", b"\x1f\x8b", b"\x1f\x8b\x08\x00\0\0\0\0"]))
def test_no_bytes_end_in_anything_but_bytes_or_a_sentence(content: bytes, start: bytes) -> None:
    said = bytes_or_reason(of(start + content))
    assert isinstance(said, bytes) or said in (
        "its compressed data are damaged",
        "its compressed data end too early",
    )


@given(st.integers(0, 400), st.binary(min_size=1, max_size=4))
def test_a_member_of_a_damaged_archive_ends_in_bytes_or_a_sentence(at: int, put: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = packed(Path(folder) / "a.zip", **{"a.txt": TEXT, "b.txt": b"words " * 9})
        content = bytearray(path.read_bytes())
        content[at : at + len(put)] = put
        path.write_bytes(content)
        file_module.archive.cache_clear()
        for name in ("a.txt", "b.txt"):
            said = bytes_or_reason(SourceFile(name, path, name))
            assert isinstance(said, bytes) or "\n" not in said
        file_module.archive.cache_clear()
