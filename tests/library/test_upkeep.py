"""The index follows the catalogue: whatever happened to it, the same is found afterwards."""

import shutil
from pathlib import Path

import pytest

from probatum.library import upkeep
from probatum.library.library import Library
from probatum.library.search import Request
from probatum.library.tantivy_index import FOLDER_NAME, TantivyIndex
from probatum.library.upkeep import behind, catch_up, drop_removed, finder_of, rebuild
from probatum.library.writer import Writer
from tests.library.sample_documents import (
    day,
    document,
    everything_found,
    found,
    hold,
    new,
    ready,
    sentence,
    snapshot,
)

WORKS = tuple(
    document(
        f"beir:{n}",
        *(sentence(n + m) for m in range(n % 4 + 1)),
        date=day("2020-01-01"),
        subjects=("Fistula",) if n % 3 else (),
    )
    for n in range(40)
)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A library of which everything is indexed."""
    hold(tmp_path / "library", *WORKS)
    return tmp_path / "library"


@pytest.fixture
def whole(library: Path) -> dict[str, list[tuple[str, int, float]]]:
    """What is found in it."""
    return everything_found(library)


def mend(folder: Path) -> int:
    """What the next process that writes does first."""
    with Writer(folder) as writer:
        index = TantivyIndex(folder, write=True)
        try:
            return catch_up(writer, index)
        finally:
            index.close()


def test_an_index_that_is_complete_is_left_alone(library: Path) -> None:
    assert (behind(library), mend(library)) == (0, 0)


def test_an_index_that_was_removed_is_made_again(
    library: Path, whole: dict[str, list[tuple[str, int, float]]]
) -> None:
    shutil.rmtree(library / FOLDER_NAME)
    assert mend(library) == 40
    assert everything_found(library) == whole


def test_what_was_committed_and_not_indexed_is_indexed_by_the_next(
    tmp_path: Path, whole: dict[str, list[tuple[str, int, float]]]
) -> None:
    folder = tmp_path / "behind"
    hold(folder, *WORKS[:25])
    with Writer(folder) as writer:
        writer.take(ready(*WORKS[25:]), None, 0)
    assert behind(folder) == 15
    assert mend(folder) == 15
    assert (behind(folder), everything_found(folder)) == (0, whole)


def test_what_was_indexed_and_not_noted_is_not_found_twice(
    tmp_path: Path,
    whole: dict[str, list[tuple[str, int, float]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = tmp_path / "unnoted"
    hold(folder, *WORKS[:25])
    with Writer(folder) as writer:
        writer.take(ready(*WORKS[25:]), None, 0)
        index = TantivyIndex(folder, write=True)
        with monkeypatch.context() as patch:
            patch.setattr(upkeep, "set_indexed", _killed)
            with pytest.raises(SystemExit):
                catch_up(writer, index)
        index.close()
    assert behind(folder) == 15
    assert mend(folder) == 0
    assert (behind(folder), everything_found(folder)) == (0, whole)


def _killed(*_: object) -> None:
    raise SystemExit


def test_a_catching_up_that_was_killed_is_done_again(
    tmp_path: Path,
    whole: dict[str, list[tuple[str, int, float]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = new(tmp_path / "killed")
    with Writer(folder) as writer:
        writer.take(ready(*WORKS), None, 0)
    with monkeypatch.context() as patch:
        patch.setattr(upkeep, "_DOCUMENTS_AT_ONCE", 15)
        with pytest.raises(SystemExit), Writer(folder) as writer:
            catch_up(writer, TantivyIndex(folder, write=True), _killed)
    assert mend(folder) == 40
    assert everything_found(folder) == whole


def test_rebuilding_finds_the_same(
    library: Path, whole: dict[str, list[tuple[str, int, float]]]
) -> None:
    told: list[tuple[int, int]] = []
    with Writer(library) as writer:
        index = TantivyIndex(library, write=True)
        assert rebuild(writer, index, lambda done, all: told.append((done, all))) == 40
        index.close()
    assert told == [(40, 40)]
    assert everything_found(library) == whole


def test_what_was_removed_is_not_found_even_before_the_index_forgets_it(library: Path) -> None:
    gone = {edition for edition, _, _ in found(library, "fistula")[:5]}
    opened = Library.open(library).documents
    ids = [each.id for each in opened.all() if each.edition in gone]
    opened.close()
    with Writer(library) as writer:
        writer.remove(ids)
        assert not {name for name, _, _ in found(library, "fistula")} & gone
        index = TantivyIndex(library, write=True)
        before = index.count()
        drop_removed(writer, index)
        drop_removed(writer, index)
        index.close()
        assert (len(gone), index.count()) == (5, before - 5)
    assert not {name for name, _, _ in found(library, "fistula")} & gone


def test_what_was_removed_leaves_no_trace_in_what_is_found(
    library: Path, tmp_path: Path, whole: dict[str, list[tuple[str, int, float]]]
) -> None:
    folder = tmp_path / "other"
    more = tuple(document(f"file:{n}", f"A fistula. {sentence(n)}", version="1") for n in range(40))
    hold(folder, *(each for pair in zip(WORKS, more, strict=True) for each in pair))
    with Writer(folder) as writer:
        writer.remove(range(2, 81, 2))
        index = TantivyIndex(folder, write=True)
        drop_removed(writer, index)
        index.close()
    assert (behind(folder), snapshot(folder)) == (0, snapshot(library))
    assert everything_found(folder) == whole


def test_a_search_beside_writing_sees_what_was_there_when_it_was_opened(library: Path) -> None:
    opened = Library.open(library)
    request = Request("fistula", k=100)
    before = len(opened.search.search(request))
    hold(library, document("beir:new", "Fistula once more."))
    assert len(opened.search.search(request)) == before
    assert len(Library.open(library).search.search(request)) == before + 1


def test_finding_terms_keeps_no_file_open(library: Path) -> None:
    finder_of(library)
    with Writer(library):
        pass
    assert not list(library.glob("*-wal"))
