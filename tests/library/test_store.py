"""The library's file: derived from the packs, renewed when they change, never half written."""

import sqlite3
from pathlib import Path

import pytest

from probatum.library import store
from probatum.library.store import FILE_NAME, LibraryError
from probatum.packs.loader import PackError, fingerprint, shipped_packs

TINY = {
    "pack.yaml": "id: tiny\ntitle: A tiny pack\nversion: 0.1.0\nas_of: 2026-01-01\n"
    "licence: Apache-2.0\nsummary: Nothing much.\nconditions: [cervical-cancer]\n",
    "sources.yaml": "- id: work\n  type: guideline\n  title: A work\n"
    "  editions: [{id: work-2020, label: '2020', year: 2020}]\n",
}


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small pack that the store takes for the only one that ships."""
    folder = tmp_path / "packs" / "tiny"
    folder.mkdir(parents=True)
    for name, text in TINY.items():
        (folder / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(store, "shipped_packs", lambda: (folder,))
    return folder


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Where the library is to be."""
    return tmp_path / "library"


def inode(library: Path) -> int:
    return (library / FILE_NAME).stat().st_ino


def test_it_is_built_at_first_reading_and_then_left_alone(pack: Path, library: Path) -> None:
    snapshot, (held,) = store.read(library)
    assert held.manifest.id == "tiny"
    first = inode(library)
    assert store.read(library) == (snapshot, (held,))
    assert inode(library) == first


def test_a_changed_pack_makes_it_stale(pack: Path, library: Path) -> None:
    before, _ = store.read(library)
    sources = pack / "sources.yaml"
    sources.write_text(sources.read_text().replace("A work", "Another work"), encoding="utf-8")
    after, (held,) = store.read(library)
    assert held.sources[0].title == "Another work"
    assert after != before


def test_a_new_file_and_a_renamed_one_make_it_stale(pack: Path) -> None:
    first = fingerprint((pack,))
    (pack / "records").mkdir()
    (pack / "records" / "a.yaml").write_text("[]", encoding="utf-8")
    second = fingerprint((pack,))
    (pack / "records" / "a.yaml").rename(pack / "records" / "b.yaml")
    assert len({first, second, fingerprint((pack,))}) == 3


def test_touching_a_file_does_not_make_it_stale(pack: Path, library: Path) -> None:
    store.read(library)
    first = inode(library)
    for path in pack.iterdir():
        path.touch()
    store.read(library)
    assert inode(library) == first


def test_the_snapshot_is_the_same_wherever_the_library_lies(pack: Path, library: Path) -> None:
    assert store.read(library)[0] == store.read(library.with_name("elsewhere"))[0]


def test_the_snapshot_of_the_shipped_packs_is_stable(tmp_path: Path) -> None:
    one, two = store.read(tmp_path / "one"), store.read(tmp_path / "two")
    assert one == two
    assert one[0] == fingerprint(shipped_packs())[:16]


def test_a_file_of_another_schema_is_built_anew(pack: Path, library: Path) -> None:
    store.read(library)
    first = inode(library)
    connection = sqlite3.connect(library / FILE_NAME)
    with connection:
        connection.execute("UPDATE meta SET value = '0' WHERE key = 'schema'")
    connection.close()
    store.read(library)
    assert inode(library) != first


def test_a_failed_build_leaves_the_old_library_and_no_litter(pack: Path, library: Path) -> None:
    store.read(library)
    content = (library / FILE_NAME).read_bytes()
    (pack / "sources.yaml").write_text("- {id: 5}\n", encoding="utf-8")
    with pytest.raises(PackError):
        store.read(library)
    assert (library / FILE_NAME).read_bytes() == content
    assert [path.name for path in library.iterdir()] == [FILE_NAME]


def test_a_crash_while_writing_leaves_the_old_library_and_no_litter(
    pack: Path, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.read(library)
    content = (library / FILE_NAME).read_bytes()

    def crash(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store, "_write", crash)
    with pytest.raises(OSError, match="No space left"):
        store.build(library, (pack,))
    assert (library / FILE_NAME).read_bytes() == content
    assert [path.name for path in library.iterdir()] == [FILE_NAME]


def test_a_folder_that_cannot_be_made_is_a_library_error(pack: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(LibraryError, match="the library cannot be written here"):
        store.read(tmp_path / "file" / "below")


def test_the_environment_names_the_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PROBATUM_LIBRARY", str(tmp_path / "named"))
    assert store.default_folder() == tmp_path / "named"
    monkeypatch.delenv("PROBATUM_LIBRARY")
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert store.default_folder() == tmp_path / "probatum"
