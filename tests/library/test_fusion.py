"""Two rankings made into one: shares, floors and what one list does not know."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.library.fusion import fused, normalised

LISTS = st.dictionaries(st.integers(1, 30), st.floats(0, 1e6), max_size=12).map(
    lambda d: sorted(d.items(), key=lambda item: (-item[1], item[0]))
)


def test_a_score_is_its_share_of_the_highest() -> None:
    assert normalised([(1, 4.0), (2, 3.0), (3, 0.0)]) == {1: 1.0, 2: 0.75, 3: 0.0}
    assert normalised([]) == {}


def test_a_score_below_nought_is_nought() -> None:
    assert normalised([(1, 0.5), (2, -0.25)]) == {1: 1.0, 2: 0.0}
    assert normalised([(1, -0.5), (2, -0.25)]) == {1: 0.0, 2: 0.0}


def test_each_list_counts_by_its_weight() -> None:
    words = [(1, 10.0), (2, 5.0)]
    meaning = [(2, 1.0), (1, 0.5)]
    assert fused(words, meaning, 0.5) == [(1, 0.75), (2, 0.75)]
    assert fused(words, meaning, 0.75) == [(2, 0.875), (1, 0.625)]


def test_a_passage_that_only_meaning_found_gets_nothing_for_its_words() -> None:
    assert fused([(1, 8.0)], [(1, 0.8), (2, 0.4)], 0.5) == [(1, 1.0), (2, 0.25)]


def test_a_passage_that_only_words_found_is_as_near_as_the_last_one_found_by_meaning() -> None:
    assert fused([(1, 8.0)], [(2, 0.8), (3, 0.4)], 0.5) == [(1, 0.75), (2, 0.5), (3, 0.25)]


def test_one_list_alone_keeps_its_order() -> None:
    assert fused([(1, 8.0), (2, 4.0)], [], 0.5) == [(1, 0.5), (2, 0.25)]
    assert fused([], [(3, 0.8), (2, 0.4)], 0.5) == [(3, 0.5), (2, 0.25)]


def test_a_passage_without_a_vector_keeps_its_place_by_words() -> None:
    words = [(1, 10.0), (2, 5.0)]
    meaning = [(2, 0.8), (3, 0.4)]
    assert fused(words, meaning, 0.5, unread={1}) == [(1, 1.0), (2, 0.75), (3, 0.25)]


def test_ties_stand_in_the_order_of_their_ids() -> None:
    assert [p for p, _ in fused([(9, 1.0), (4, 1.0), (7, 1.0)], [], 0.5)] == [4, 7, 9]


@pytest.mark.parametrize("weight", [-0.1, 1.1, math.nan])
def test_a_weight_outside_nought_to_one_is_refused(weight: float) -> None:
    with pytest.raises(ValueError, match="a weight is a share from 0 to 1"):
        fused([], [], weight)


@given(LISTS, LISTS, st.floats(0, 1), st.sets(st.integers(1, 30)))
def test_every_passage_of_both_lists_is_there_once_with_a_share(
    words: list[tuple[int, float]],
    meaning: list[tuple[int, float]],
    weight: float,
    unread: set[int],
) -> None:
    result = fused(words, meaning, weight, unread)
    assert sorted(p for p, _ in result) == sorted({p for p, _ in [*words, *meaning]})
    assert all(0.0 <= score <= 1.0 + 1e-9 for _, score in result)
    assert result == sorted(result, key=lambda item: (-item[1], item[0]))
