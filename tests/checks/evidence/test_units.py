"""Units: what must meet in one key, and what must not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.checks.evidence.units import read_units
from probatum.terms.general import general_vocabulary


def keys(text: str) -> tuple[str, ...]:
    return tuple(unit.key for unit in read_units(text, general_vocabulary()))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("24 months", "2 years"),
        ("21 days", "3 weeks"),
        ("1,114 patients", "1114 patients"),
        ("progression-free survival", "PFS"),
        ("fluorouracil", "5-FU"),
        ("half of them", "50% of them"),
        ("0.93", ".93"),
        ("three trials", "3 trials"),
    ],
)
def test_ways_of_writing_one_thing_have_one_key(one: str, other: str) -> None:
    assert keys(one) == keys(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("3 mg", "3 g"),
        ("114 women", "114 men"),
        ("at least 3 months", "at most 3 months"),
        ("stage I", "stage II"),
        ("low-grade squamous intraepithelial lesion", "high-grade squamous intraepithelial lesion"),
        ("95% CI 0.35 to 0.55", "95% CI 0.35 to 0.65"),
        ("anastrozole", "exemestane"),
    ],
)
def test_different_things_have_different_keys(one: str, other: str) -> None:
    assert keys(one) != keys(other)


@given(st.text(max_size=400))
def test_units_are_in_order_and_hold_their_words(text: str) -> None:
    units = read_units(text, general_vocabulary())
    assert all(text[unit.start : unit.end] == unit.text for unit in units)
    assert [unit.start for unit in units] == sorted(unit.start for unit in units)
