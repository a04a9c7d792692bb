"""How the checks read dates, arms, effects and negation."""

from decimal import Decimal

import pytest

from probatum.checks.arms import arms_of, named_arms
from probatum.checks.dates import Dated, find_dates
from probatum.checks.direction import approval_states, stance
from probatum.checks.effects import Shown, clear, shown
from probatum.checks.negation import polarity
from probatum.checks.reading import quantities_of, read
from probatum.evidence.record import Effect, Result
from tests.checks.invented import LIBRARY


def result(id: str) -> Result:
    record = LIBRARY.records[id]
    assert isinstance(record, Result)
    return record


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("in 2022", [(2022, None, None)]),
        ("on 20 April 2023", [(2023, 4, 20)]),
        ("April 20, 2023", [(2023, 4, 20)]),
        ("in Nov 2021 and 2021-11", [(2021, 11, None), (2021, 11, None)]),
        ("2023-04-20", [(2023, 4, 20)]),
        ("2000 mg, 2022 patients, 2022.5 and version 2.2026", []),
    ],
)
def test_dates_are_read_as_precisely_as_they_are_written(
    text: str, dates: list[tuple[int, int | None, int | None]]
) -> None:
    assert [(d.year, d.month, d.day) for d in find_dates(text)] == dates


def test_a_date_may_be_told_less_precisely_than_it_is_held_but_not_more() -> None:
    day, month, year = (
        Dated(0, 0, 2023, 4, 20),
        Dated(0, 0, 2023, 4, None),
        Dated(0, 0, 2023, None, None),
    )
    assert [one.fits(day) for one in (day, month, year)] == [True, True, True]
    assert [day.fits(one) for one in (day, month, year)] == [True, False, False]


@pytest.mark.parametrize(
    ("text", "arms"),
    [
        ("11.7 months with examplimab and 8.5 months with chemotherapy", (0, 1)),
        ("examplimab 11.7 months; chemotherapy 8.5 months", (0, 1)),
        ("Examplimab v chemotherapy: 11.7 v 8.5 months", (0, 1)),
        ("Chemotherapy v examplimab: 8.5 v 11.7 months", (1, 0)),
        ("8.5 versus 11.7 months with chemotherapy versus examplimab", (1, 0)),
        ("longer with examplimab (11.7 months) than with chemotherapy (8.5 months)", (0, 1)),
        ("With chemotherapy, survival was 8.5 months; with examplimab, 11.7 months", (1, 0)),
        ("survival rose from 8.5 to 11.7 months", (1, 0)),
        ("Examplimab, compared with chemotherapy, gave 11.7 months", (0,)),
        ("11.7 months with the experimental arm and 8.5 months in the control arm", (0, 1)),
        ("after platinum, survival was 11.7 months", (None,)),
    ],
)
def test_values_are_given_to_arms_by_the_way_the_sentence_is_built(
    text: str, arms: tuple[int | None, ...]
) -> None:
    own = result("os-final").arms
    reading = read(text, LIBRARY)
    named = named_arms(reading, own, LIBRARY)
    assert arms_of(reading, quantities_of(text), named, own) == arms


@pytest.mark.parametrize(
    ("id", "expected"),
    [
        ("os-final", Shown(benefit=1, value=1, median=1, clear=True)),
        ("pfs", Shown(benefit=1, value=1, median=-1, clear=True)),
        ("os-negative", Shown(benefit=1, value=1, median=None, clear=False)),
        ("response", Shown(benefit=1, value=1, median=1, clear=True)),
        ("ae-3", Shown(benefit=1, value=-1, median=-1, clear=None)),
        ("skin-response", Shown(benefit=None, value=None, median=None, clear=None)),
    ],
)
def test_a_result_shows_benefit_by_ratio_polarity_and_interval(id: str, expected: Shown) -> None:
    assert shown(result(id), LIBRARY.vocabulary) == expected


@pytest.mark.parametrize(
    ("effect", "expected"),
    [
        (Effect(type="HR", value=Decimal("0.9"), low=Decimal("0.8"), high=Decimal("1.0")), False),
        (Effect(type="RD", value=Decimal(5), low=Decimal(1), high=Decimal(9)), True),
        (Effect(type="RD", value=Decimal(5), low=Decimal(-1), high=Decimal(9)), False),
        (Effect(type="HR", p="<0.001"), True),
        (Effect(type="HR", p="0.06"), False),
        (Effect(type="HR", p=">0.05"), False),
        (Effect(type="HR", p="<0.001", p_kind="non_inferiority"), None),
        (Effect(type="HR", value=Decimal("0.9")), None),
        (None, None),
    ],
)
def test_a_comparison_is_clear_when_its_interval_or_p_value_excludes_no_difference(
    effect: Effect | None, expected: bool | None
) -> None:
    assert clear(effect) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NCCN recommends examplimab", "for"),
        ("NCCN advises against examplimab", "against"),
        ("Examplimab is not recommended", "against"),
        ("Use A; avoid B; B should not be given", "against"),
        ("A is preferred and B is contraindicated", "both"),
        ("Examplimab is a drug", None),
    ],
)
def test_a_recommendation_is_for_or_against(text: str, expected: str | None) -> None:
    assert stance(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The FDA approved it", {"approved"}),
        ("It is not approved", {"not_approved"}),
        ("It hasn't been approved", {"not_approved"}),
        ("It got accelerated approval", {"accelerated"}),
        ("The approval was withdrawn", {"approved", "withdrawn"}),
        ("There is no US approval", {"not_approved"}),
    ],
)
def test_states_of_approval_are_told_apart(text: str, expected: set[str]) -> None:
    assert approval_states(text) == expected


def test_a_denial_covers_the_words_behind_it_up_to_the_next_clause() -> None:
    found = polarity(read("Testing is not required, but imaging without contrast is.", LIBRARY))
    assert found.negators == 2
    assert found.denied == frozenset({"requir", "contrast"})
    assert {"test", "imag"} <= found.asserted
