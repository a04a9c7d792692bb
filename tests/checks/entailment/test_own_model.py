"""A model of entailment of one's own: what a folder must hold, and how such a model is asked.

The refusals of the loader are tested everywhere; the rest needs the extra `dense`, and a model with
a table of scores for each word is made here, so that its answer is known.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from probatum.checks.entailment import judge as judge_module
from probatum.checks.entailment.judge import entailment_judge, joined
from probatum.checks.entailment.model_folder import (
    EntailmentModelError,
    Meaning,
    own_share,
    read_folder,
)

THREE = {"0": "CONTRADICTION", "1": "Neutral", "2": "entailment"}


def folder(path: Path, **config: object) -> Path:
    """A folder with the right files, whose model and words are no such thing."""
    (path / "model.onnx").write_bytes(b"no model")
    (path / "tokenizer.json").write_text("{}")
    (path / "config.json").write_text(json.dumps({"id2label": THREE, **config}))
    return path


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "config.json"])
def test_a_folder_without_a_part_is_refused_by_the_name_of_the_part(
    tmp_path: Path, name: str
) -> None:
    folder(tmp_path)
    (tmp_path / name).unlink()
    with pytest.raises(EntailmentModelError, match=f"it lacks {name}; put it there"):
        read_folder(tmp_path)


def test_a_folder_that_is_not_there_lacks_everything(tmp_path: Path) -> None:
    with pytest.raises(EntailmentModelError, match=r"model\.onnx and tokenizer\.json and config"):
        read_folder(tmp_path / "nowhere")


def test_an_export_with_the_model_in_a_folder_of_its_own_is_found(tmp_path: Path) -> None:
    folder(tmp_path)
    (tmp_path / "onnx").mkdir()
    (tmp_path / "model.onnx").rename(tmp_path / "onnx" / "model.onnx")
    assert read_folder(tmp_path).model == tmp_path / "onnx" / "model.onnx"


@pytest.mark.parametrize(
    ("labels", "meanings"),
    [
        (THREE, ("contradicted", "neutral", "entailed")),
        ({"0": "SUPPORTS", "1": "REFUTES", "2": "NOT ENOUGH INFO"},
         ("entailed", "contradicted", "neutral")),
        ({"0": "entailment", "1": "not_entailment"}, ("entailed", "other")),
        ({"0": "contradiction", "1": "entailment"}, ("other", "entailed")),
    ],
)  # fmt: skip
def test_labels_are_read_by_their_names_not_by_their_order(
    tmp_path: Path, labels: Mapping[str, str], meanings: tuple[Meaning, ...]
) -> None:
    assert read_folder(folder(tmp_path, id2label=labels)).meanings == meanings


@pytest.mark.parametrize(
    "labels",
    [
        None,
        [],
        {},
        {"0": "LABEL_0", "1": "LABEL_1", "2": "LABEL_2"},
        {"0": "entailment"},
        {"0": "entailment", "1": "entailment"},
        {"0": "entailment", "1": "entailed", "2": "neutral"},
        {"0": "entailment", "2": "neutral", "3": "contradiction"},
        {"0": "entailment", "1": {"a": 1}, "2": "contradiction"},
    ],
)
def test_labels_that_do_not_say_what_they_mean_are_refused(tmp_path: Path, labels: object) -> None:
    with pytest.raises(EntailmentModelError, match="id2label must give each label's number"):
        read_folder(folder(tmp_path, id2label=labels))


@pytest.mark.parametrize("content", [b"\xff\xfe", b"{", b"[" * 100_000, b"[]", b'"text"'])
def test_settings_that_are_no_json_object_are_refused(tmp_path: Path, content: bytes) -> None:
    folder(tmp_path)
    (tmp_path / "config.json").write_bytes(content)
    with pytest.raises(EntailmentModelError, match=r"config\.json is not (a )?JSON"):
        read_folder(tmp_path)


def test_settings_too_large_to_be_settings_are_refused(tmp_path: Path) -> None:
    folder(tmp_path, more="x" * 1_000_001)
    with pytest.raises(EntailmentModelError, match="too large for a model's settings"):
        read_folder(tmp_path)


@pytest.mark.parametrize(
    ("places", "length", "tokens"),
    [(514, 512, 512), (512, 10**30, 510), (128, 512, 126), (None, None, 512), (-5, 8, 32)],
)
def test_as_much_is_read_at_once_as_the_model_has_places_for(
    tmp_path: Path, places: int | None, length: int | None, tokens: int
) -> None:
    folder(tmp_path, max_position_embeddings=places)
    (tmp_path / "tokenizer_config.json").write_text(json.dumps({"model_max_length": length}))
    assert read_folder(tmp_path).most_tokens == tokens


@pytest.mark.parametrize("said", ["0", "-1", "1.1", "nan", "half"])
def test_a_share_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    monkeypatch.setenv("PROBATUM_ENTAILMENT_SHARE", said)
    with pytest.raises(EntailmentModelError, match="set it above 0 and up to 1"):
        own_share()


def test_two_opinions_are_joined_by_the_share_of_each() -> None:
    own: dict[Meaning, float] = {"entailed": 0.8, "contradicted": 0.1, "neutral": 0.1}
    assert joined([0.1, 0.8, 0.1], own, 1.0) == pytest.approx([0.8, 0.1, 0.1])
    assert joined([0.1, 0.8, 0.1], own, 0.5) == pytest.approx([0.4249, 0.4249, 0.1502], abs=1e-4)


def test_a_model_of_two_labels_leaves_the_rest_to_the_packaged_judge() -> None:
    own: dict[Meaning, float] = {"entailed": 0.2, "other": 0.8}
    assert joined([0.6, 0.1, 0.3], own, 1.0) == pytest.approx([0.2, 0.2, 0.6])


@pytest.fixture
def fresh() -> Iterator[None]:
    """The judge is made once in a process; here it is made anew."""
    entailment_judge.cache_clear()
    yield
    entailment_judge.cache_clear()


@pytest.mark.usefixtures("fresh")
def test_a_folder_named_that_holds_no_model_is_an_error_not_another_judge(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROBATUM_ENTAILMENT_MODEL", str(folder(tmp_path)))
    with pytest.raises(EntailmentModelError, match=r"cannot be used \(|probatum\[dense\]"):
        entailment_judge()


WORDS = {"[CLS]": 0, "[SEP]": 1, "[UNK]": 2, "helps": 3, "harms": 4, ".": 5}
# Scores of contradiction, neutral and entailment for each word.
SCORES = [[0, 0, 0], [0, 0, 0], [0, 0.01, 0], [0, 0, 1], [4, 0, 0], [0, 0, 0]]


def model(
    path: Path,
    scores: list[list[float]] = SCORES,
    length: int | str = "tokens",
    name: str = "input_ids",
    **settings: Any,
) -> Path:
    """A folder with a model that adds up the scores of the words it is given."""
    import numpy as np
    import onnx
    from onnx import TensorProto, helper, numpy_helper
    from tokenizers import Tokenizer, models, pre_tokenizers, processors

    folder(path, **settings)
    words = Tokenizer(models.WordLevel(WORDS, unk_token="[UNK]"))
    words.pre_tokenizer = pre_tokenizers.Whitespace()
    words.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", 0), ("[SEP]", 1)],
    )
    words.save(str(path / "tokenizer.json"))
    given = [
        helper.make_tensor_value_info(each, TensorProto.INT64, ["pairs", length])
        for each in (name, "attention_mask")
    ]
    out = helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["pairs", "labels"])
    table = numpy_helper.from_array(np.array(scores, np.float32), "table")
    axis = numpy_helper.from_array(np.array([1]), "axis")
    nodes = [
        helper.make_node("Gather", ["table", name], ["each"]),
        helper.make_node("ReduceSum", ["each", "axis"], ["logits"], keepdims=0),
    ]
    graph = helper.make_graph(nodes, "sum", given, [out], [table, axis])
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.save(made, path / "model.onnx")
    return path


@pytest.mark.dense
@pytest.mark.usefixtures("fresh")
def test_the_model_named_judges_in_place_of_the_packaged_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROBATUM_ENTAILMENT_MODEL", str(model(tmp_path)))
    judge = entailment_judge()
    label, probability = judge.judge("Zentrol helps", "Zentrol helps.")
    assert (label, round(probability, 2)) == ("supported", 0.79)
    assert judge.judge("Zentrol helps", "Zentrol harms.")[0] == "contradicted"
    table = "Adverse Events 1:\n  Total: 2/10 (20.00%)\n  Nausea 2/10 (20.00%)"
    worked_out = ("contradicted", 0.82)
    assert judge.judge("There were 3 cases of nausea in the primary trial", table) == worked_out


@pytest.mark.dense
def test_of_a_long_text_the_stretch_that_tells_most_decides(tmp_path: Path) -> None:
    from probatum.checks.entailment.own_model import own_model

    asked = own_model(read_folder(model(tmp_path, max_position_embeddings=40)))
    filler = "Forty adults took part in this part of the work over two long years. "
    text = f"{filler * 20}Zentrol harms.{filler * 20}"
    found = asked.read("Zentrol works", text)
    assert max(found, key=found.__getitem__) == "contradicted"


@pytest.mark.dense
@pytest.mark.parametrize(
    ("claim", "text"),
    [("helps " * 500, "helps."), ("Zentrol", "harms " * 3000), ("a", "§"), ("\x00", "\x00")],
)
def test_what_is_longer_than_the_model_reads_is_cut(tmp_path: Path, claim: str, text: str) -> None:
    from probatum.checks.entailment.own_model import own_model

    asked = own_model(read_folder(model(tmp_path, max_position_embeddings=66)))
    assert sum(asked.read(claim, text).values()) == pytest.approx(1)


@pytest.mark.dense
def test_a_model_that_takes_rows_of_one_length_gets_them_filled_up(tmp_path: Path) -> None:
    from probatum.checks.entailment.own_model import own_model

    asked = own_model(read_folder(model(tmp_path, length=40)))
    assert asked.most_tokens == 40
    found = asked.read("Zentrol helps", "Zentrol harms. " * 30)
    assert max(found, key=found.__getitem__) == "contradicted"


@pytest.mark.dense
@pytest.mark.parametrize("wrong", [{"length": 7}, {"name": "pixel_values"}])
def test_a_model_of_something_else_than_pairs_of_texts_is_refused(
    tmp_path: Path, wrong: dict[str, Any]
) -> None:
    from probatum.checks.entailment.own_model import own_model

    with pytest.raises(EntailmentModelError, match="cannot be used"):
        own_model(read_folder(model(tmp_path, **wrong)))


@pytest.mark.dense
@pytest.mark.parametrize(
    "scores",
    [[[0.0, 0.0]] * 6, [[0.0] * 4] * 6, [[float("nan")] * 3] * 6, [[float("inf")] * 3] * 6],
)
def test_a_model_whose_scores_are_not_one_a_label_is_refused(
    tmp_path: Path, scores: list[list[float]]
) -> None:
    from probatum.checks.entailment.own_model import own_model

    with pytest.raises(EntailmentModelError, match="not a score for each of its 3 labels"):
        own_model(read_folder(model(tmp_path, scores)))


@pytest.mark.dense
def test_a_file_that_is_no_model_is_refused_with_the_reason(tmp_path: Path) -> None:
    from probatum.checks.entailment.own_model import own_model

    with pytest.raises(EntailmentModelError, match="cannot be used"):
        own_model(read_folder(folder(tmp_path)))


@pytest.mark.dense
def test_a_model_that_reads_files_outside_its_folder_is_refused(tmp_path: Path) -> None:
    import onnx

    from probatum.checks.entailment.own_model import own_model

    (tmp_path / "secret").write_bytes(bytes(6 * 3 * 4))
    inner = tmp_path / "inner"
    inner.mkdir()
    made = onnx.load(model(inner) / "model.onnx")
    table = made.graph.initializer[0]
    table.ClearField("raw_data")
    table.data_location = onnx.TensorProto.EXTERNAL
    table.external_data.add(key="location", value="../secret")
    (inner / "model.onnx").write_bytes(made.SerializeToString())
    with pytest.raises(EntailmentModelError, match="cannot be used"):
        own_model(read_folder(inner))


def test_the_judge_of_features_alone_never_asks_another_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROBATUM_ENTAILMENT_MODEL", str(tmp_path))
    assert judge_module.entailment_judge(False).own is None
