"""The embedded index keeps the contract, and so does a plain second engine."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.library.index import Filters, IndexEntry, Node, PassageIndex, Words
from probatum.library.tantivy_index import (
    FOLDER_NAME,
    SearchIndexError,
    TantivyIndex,
    remove_index,
)
from tests.library.index_contract import BODY_OF_TEXT, IndexContract, entry, ids
from tests.library.memory_index import MemoryIndex


class TestTantivyIndex(IndexContract):
    """The engine that ships."""

    def open(self, folder: Path, *, write: bool = True) -> PassageIndex:
        return TantivyIndex(folder, write=write)


class TestMemoryIndex(IndexContract):
    """The engine that shows that the contract asks for nothing of tantivy's own."""

    def open(self, folder: Path, *, write: bool = True) -> PassageIndex:
        return MemoryIndex(folder)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(BODY_OF_TEXT.map(" ".join), min_size=1, max_size=12),
    BODY_OF_TEXT.map(" ".join).map(Words),
)
def test_scores_are_the_bm25_of_the_books(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], query: Node
) -> None:
    entries: list[IndexEntry] = [entry(number, text) for number, text in enumerate(texts, 1)]
    scores = []
    for engine in (
        TantivyIndex(tmp_path_factory.mktemp("one"), write=True),
        MemoryIndex(tmp_path_factory.mktemp("other")),
    ):
        engine.add(entries)
        engine.commit()
        found = engine.search(query, Filters(), 100)
        scores.append({match.passage: match.score for match in found})
        engine.close()
    assert scores[0] == pytest.approx(scores[1], rel=1e-3)


def test_an_index_that_is_not_there_is_one_sentence_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(SearchIndexError) as error:
        TantivyIndex(tmp_path)
    assert str(error.value).endswith("run probatum library rebuild.")
    assert "\n" not in str(error.value)


def test_a_damaged_index_is_one_sentence_and_can_be_removed_and_made_anew(tmp_path: Path) -> None:
    index = TantivyIndex(tmp_path, write=True)
    index.add([entry(1, "pain")])
    index.commit()
    index.close()
    (tmp_path / FOLDER_NAME / "1" / "meta.json").write_text("{")
    with pytest.raises(SearchIndexError, match=r"run probatum library rebuild\.$"):
        TantivyIndex(tmp_path, write=True)
    remove_index(tmp_path)
    again = TantivyIndex(tmp_path, write=True)
    assert (ids(again, Words("pain")), again.count()) == ([], 0)


def test_two_writers_at_once_are_refused_with_one_sentence(tmp_path: Path) -> None:
    one, other = TantivyIndex(tmp_path, write=True), TantivyIndex(tmp_path, write=True)
    one.add([entry(1, "pain")])
    with pytest.raises(SearchIndexError, match="the search index cannot be written"):
        other.add([entry(2, "pain")])
    one.commit()
    one.close()
    other.refresh()
    assert ids(other, Words("pain")) == [1]
