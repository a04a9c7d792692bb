"""How a result sentence is divided into groups, outcomes and measures, and what ties them."""

from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.extract.comparison.linking import Layout, Link, linked
from probatum.extract.comparison.rows import read_sentence
from probatum.extract.comparison.segments import (
    INTERVENTION,
    MEASURE,
    OUTCOME,
    Segment,
    candidates,
)
from probatum.extract.comparison.sentence_tokens import read_tokens
from probatum.extract.comparison.sights import seen_between
from probatum.extract.comparison.tagging import TagWeights, tagged

NOTHING: Final = TagWeights({}, [[0.0] * 4] * 4, {})


def named(text: str, weights: TagWeights | None = None) -> list[tuple[str, int]]:
    tokens = read_tokens(text)
    return [(" ".join(tokens.words[s.first : s.last]), s.label) for s in tagged(tokens, weights)]


def test_groups_outcomes_and_measures_of_a_plain_sentence_are_told_apart() -> None:
    assert named("Relapse occurred in 12% of the drug group and 19% of the placebo group.") == [
        ("Relapse", OUTCOME),
        ("12 %", MEASURE),
        ("drug group", INTERVENTION),
        ("19 %", MEASURE),
        ("placebo group", INTERVENTION),
    ]


def test_without_weights_no_stretch_is_better_than_none() -> None:
    assert named("Relapse occurred in 12% of the drug group.", NOTHING) == []


def test_a_stretch_is_taken_when_what_is_seen_of_it_speaks_for_it() -> None:
    weights = TagWeights({"1f drug": 1.0, "1l group": 1.0, "3f 00": 1.0}, [[0.0] * 4] * 4, {})
    assert named("12 in the drug group", weights) == [("12", MEASURE), ("drug group", INTERVENTION)]


# Every stretch costs 5, whatever its label, so that only what is named below is worth taking.
DEAR: Final = {"1b": -5.0, "2b": -5.0, "3b": -5.0, "3f 00": 6.0}


def test_the_words_between_two_neighbours_count() -> None:
    near = [0.0] * 16
    near[MEASURE * 4 + INTERVENTION] = 2.0
    weights = TagWeights({**DEAR, "1f drug": 4.0}, [[0.0] * 4] * 4, {"words in the": near})
    assert named("12 in the drug", weights) == [("12", MEASURE), ("drug", INTERVENTION)]
    assert named("12 for the drug", weights) == [("12", MEASURE)]


def test_what_lies_further_apart_goes_by_labels_only() -> None:
    follows = [[0.0] * 4 for _ in range(4)]
    follows[MEASURE][INTERVENTION] = -3.0
    weights = TagWeights({**DEAR, "1f drug": 6.0}, follows, {})
    assert named("12 in the drug", weights) == [("12", MEASURE), ("drug", INTERVENTION)]
    assert named("12 was seen at last in drug", weights) == [("12", MEASURE)]


def test_no_candidate_begins_in_a_statistic() -> None:
    tokens = read_tokens("41% v 22% (P = 0.01)")
    assert {tokens.words[s.first] for s in candidates(tokens)} == {"41", "22"}


def test_no_candidate_ends_inside_brackets() -> None:
    tokens = read_tokens("8 (57%) of 14 patients")
    held = [
        " ".join(tokens.words[s.first : s.last])
        for s in candidates(tokens)
        if s.first == 0 and s.label == MEASURE
    ]
    assert held == ["8", "8 ( 57 % )", "8 ( 57 % ) of 14", "8 ( 57 % ) of 14 patients"]


def test_tokens_between_are_named_by_number_words_and_kinds() -> None:
    tokens = read_tokens("12 in the drug group")
    assert seen_between(tokens, 1, 3) == ["2 apart", "words in the", "kinds preposition determiner"]


def test_each_measure_has_one_group_and_its_outcome() -> None:
    tokens = read_tokens("Relapse occurred in 12% of the drug group and 19% of the placebo group.")
    outcome, first, drug, second, placebo = (
        Segment(0, 1, OUTCOME),
        Segment(3, 5, MEASURE),
        Segment(7, 9, INTERVENTION),
        Segment(10, 12, MEASURE),
        Segment(14, 16, INTERVENTION),
    )
    assert linked(Layout(tokens, [outcome, first, drug, second, placebo])) == [
        Link(outcome, first, "OC_RES"),
        Link(drug, first, "A1_RES"),
        Link(outcome, second, "OC_RES"),
        Link(placebo, second, "A2_RES"),
    ]


def test_measures_on_either_side_of_a_semicolon_are_two_runs() -> None:
    tokens = read_tokens("41 v 22; 7 v 3")
    measures = [Segment(at, at + 1, MEASURE) for at in (0, 2, 4, 6)]
    layout = Layout(tokens, measures)
    assert [(layout.place[m], layout.run[m]) for m in measures] == [(0, 2), (1, 2), (0, 2), (1, 2)]


WORDS: Final = [
    "rate",
    "12%",
    "in",
    "the",
    "drug group",
    "(",
    ")",
    "3 of 8",
    ";",
    "and",
    "was",
    "P",
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join))
def test_stretches_never_overlap_and_links_join_only_what_was_found(sentence: str) -> None:
    reading = read_sentence(sentence)
    assert all(
        one.last <= other.first
        for one, other in zip(reading.segments, reading.segments[1:], strict=False)
    )
    assert {link.measure for link in reading.links} <= set(reading.segments)
    assert {link.head for link in reading.links} <= set(reading.segments)
    assert all(link.measure.label == MEASURE != link.head.label for link in reading.links)
