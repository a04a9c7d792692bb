"""Fisher's exact test on counts of two groups."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.checks.registry.significance import differs, said_significant


@pytest.mark.parametrize(
    ("one", "two", "differ"),
    [
        # Fisher's own tea tasting: 3 of 4 against 1 of 4, P = 0.486.
        ((3, 4), (1, 4), False),
        # The criminals with twins: 10 of 13 against 2 of 17, P = 0.0005.
        ((10, 13), (2, 17), True),
        ((1, 98), (0, 101), False),
        ((900, 1000), (100, 1000), True),
        ((0, 10), (0, 12), False),
    ],
)
def test_shares_differ_where_the_exact_test_says_so(
    one: tuple[int, int], two: tuple[int, int], differ: bool
) -> None:
    assert differs(one, two) is differ


@pytest.mark.parametrize("one", [(1, 0), (5, 4), (50_000, 100_000)])
def test_impossible_and_huge_tables_are_not_tested(one: tuple[int, int]) -> None:
    assert differs(one, (50_000, 100_000)) is None


@given(*[st.integers(0, 40)] * 4)
def test_the_order_of_the_groups_does_not_matter(a: int, b: int, c: int, d: int) -> None:
    one, two = (a, a + b), (c, c + d)
    assert differs(one, two) == differs(two, one)


def test_only_words_of_significance_ask_for_the_test() -> None:
    assert said_significant("significantly more nausea")
    assert not said_significant("more nausea")
