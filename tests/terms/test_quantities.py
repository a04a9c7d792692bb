"""Quantities: value, unit, comparator and role."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from probatum.terms.quantities import find_quantities, same_quantity
from probatum.terms.units import canonical_unit, unit_table

Row = tuple[str, str | None, str, str]


def read(text: str) -> list[Row]:
    return [(str(q.value), q.unit, q.comparator, q.role) for q in find_quantities(text)]


def value(number: str, unit: str | None = None, comparator: str = "=") -> Row:
    return number, unit, comparator, "value"


LEVEL: Row = ("95", "%", "=", "ci_level")


def bounds(low: str, high: str, unit: str | None = None) -> list[Row]:
    return [(low, unit, "=", "ci_low"), (high, unit, "=", "ci_high")]


SHARED = [
    ("11.7 vs 8.5 months", [value("11.7", "months"), value("8.5", "months")]),
    ("2.8 and 2.9 months", [value("2.8", "months"), value("2.9", "months")]),
    ("12.0 with drug A versus 8.5 months", [value("12.0", "months"), value("8.5", "months")]),
    ("45.0% versus 53.4%", [value("45.0", "%"), value("53.4", "%")]),
    ("two or three months", [value("2", "months"), value("3", "months")]),
    ("50/304 patients", [("50", "patients", "=", "n"), ("304", "patients", "=", "n")]),
    ("16 of 98 patients", [("16", "patients", "=", "n"), ("98", "patients", "=", "n")]),
]
EFFECTS = [
    ("HR 0.67", [("0.67", None, "=", "hr")]),
    ("hazard ratio of 0.67", [("0.67", None, "=", "hr")]),
    ("hazard ratio for death, 0.67", [("0.67", None, "=", "hr")]),
    ("odds ratio was 1.8", [("1.8", None, "=", "or")]),
    ("RR=0.8", [("0.8", None, "=", "rr")]),
    ("OR of two", []),
    ("95% CI 0.56 to 0.80", [LEVEL, *bounds("0.56", "0.80")]),
    ("95% CI, 0.56–0.80", [LEVEL, *bounds("0.56", "0.80")]),
    ("95% confidence interval: 0.56, 0.80", [LEVEL, *bounds("0.56", "0.80")]),
    ("HR 0.67 (0.56-0.84)", [("0.67", None, "=", "hr"), *bounds("0.56", "0.84")]),
    (
        "HR 0·67 (95% CI 0·56–0·80)",
        [("0.67", None, "=", "hr"), LEVEL, *bounds("0.56", "0.80")],
    ),
    ("16.4% (95% CI 12.5 to 21.1)", [value("16.4", "%"), LEVEL, *bounds("12.5", "21.1", "%")]),
    (
        "3.2 months (−1.2 to 4.5)",
        [value("3.2", "months"), *bounds("-1.2", "4.5", "months")],
    ),
    ("P<0.001", [("0.001", None, "<", "p")]),
    ("p = 0.006", [("0.006", None, "=", "p")]),
    ("P<.001", [("0.001", None, "<", "p")]),
]
GRADES = [
    ("grade ≥3", [("3", None, ">=", "grade")]),
    ("grade 3 or higher", [("3", None, ">=", "grade")]),
    ("Grade 3 or worse", [("3", None, ">=", "grade")]),
    ("grade 3-4", [("3", None, "=", "grade"), ("4", None, "=", "grade")]),
    ("grades 3 to 5", [("3", None, "=", "grade"), ("5", None, "=", "grade")]),
    ("PD-L1 ≥1%", [value("1", "%", ">=")]),
    ("CPS >=1", [("1", None, ">=", "cps")]),
    ("CPS of 10 or more", [("10", None, ">=", "cps")]),
    ("combined positive score (CPS) ≥1", [("1", None, ">=", "cps")]),
]
DOSES = [
    ("175 mg/m²", [value("175", "mg/m2")]),
    ("15 mg per square metre", [value("15", "mg/m2")]),
    ("2.0 mg/kg (up to 200 mg)", [value("2.0", "mg/kg"), value("200", "mg", "<=")]),
    ("AUC 5", [value("5", "AUC")]),
    ("carboplatin AUC5", [value("5", "AUC")]),
    ("area under the curve of 6", [value("6", "AUC")]),
    ("every 3 weeks", [("3", "weeks", "=", "interval")]),
    ("every three weeks", [("3", "weeks", "=", "interval")]),
    ("q3w", [("3", "weeks", "=", "interval")]),
    ("Q21D", [("21", "days", "=", "interval")]),
    ("for up to 96 weeks", [value("96", "weeks", "<=")]),
    ("over 30 minutes", [value("30", "minutes")]),
    ("six cycles", [value("6", "cycles")]),
    ("day 1", [("1", "days", "=", "ordinal")]),
    ("d1-3", [("1", "days", "=", "ordinal"), ("3", "days", "=", "ordinal")]),
    ("a 4-week washout", [value("4", "weeks")]),
    ("50 MME/day", [value("50", "MME/day")]),
]
LABORATORY = [
    ("≥1500", [value("1500", None, ">=")]),
    ("1.5 × 10⁹/L", [value("1.5", "x10^9/L")]),
    ("100 x 10^9/L", [value("100", "x10^9/L")]),
    ("1,500 cells/mm3", [value("1500", "cells/uL")]),
    ("<30 mL/min/1.73 m²", [value("30", "mL/min/1.73 m2", "<")]),
    ("60 mL/min", [value("60", "mL/min")]),
    ("3 × ULN", [value("3", "ULN")]),
    ("more than 5 times the upper limit of normal", [value("5", "ULN", ">")]),
    ("9.5 mg/dL", [value("9.5", "mg/dL")]),
    ("−5.2 points", [value("-5.2", "points")]),
]
COUNTS = [
    ("608 patients", [("608", "patients", "=", "n")]),
    ("n=304", [("304", "patients", "=", "n")]),
    ("1,060 women", [("1060", "patients", "=", "n")]),
    ("1\u2009060 women", [("1060", "patients", "=", "n")]),
    ("98 evaluable patients", [("98", "patients", "=", "n")]),
    ("16.4%", [value("16.4", "%")]),
    ("16.4 percent", [value("16.4", "%")]),
    ("16.4 per cent", [value("16.4", "%")]),
    ("at least 12 months", [value("12", "months", ">=")]),
    ("18 years or older", [value("18", "years", ">=")]),
    ("in 2021", [("2021", None, "=", "year")]),
    ("12 March 2024", [("2024", None, "=", "year")]),
    ("v2.2026", [("2.2026", None, "=", "version")]),
    ("version 1.2025", [("1.2025", None, "=", "version")]),
    ("phase 3", [("3", None, "=", "ordinal")]),
    ("1. first\n  2) then", [("1", None, "=", "ordinal"), ("2", None, "=", "ordinal")]),
    ("a 2nd-line trial", [("2", None, "=", "ordinal")]),
]
NAMES = [
    "KEYNOTE-826", "GOG-240", "GOG 240", "PD-L1", "PD-1", "HER2", "NCT03257267", "CheckMate 358",
    "CTLA-4", "FIGO stage III", "COVID-19", "EMPOWER-Cervical 1", "innovaTV 301", "stage IB3",
    "doi 10.1056/NEJMoa2112187", "PMID 12345678", "https://example.org/12/3", "IL-2", "one half",
    "category 2A", "reference [12]", "5-FU",
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"), SHARED + EFFECTS + GRADES + DOSES + LABORATORY + COUNTS
)
def test_a_quantity_is_read_with_unit_comparator_and_role(text: str, expected: list[Row]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize("text", NAMES)
def test_digits_of_a_name_are_not_numbers(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize("text", ["about 12 months", "~12 months", "approximately 12 months"])
def test_a_rounded_value_is_marked(text: str) -> None:
    assert [(q.value, q.approx) for q in find_quantities(text)] == [(Decimal(12), True)]


def only(text: str) -> object:
    found = find_quantities(text)
    assert len(found) == 1, text
    return found[0]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("HR 0.8", "HR 0.80", True),
        ("q3w", "every 21 days", True),
        ("2 years", "24 months", True),
        ("1 g", "1000 mg", True),
        ("1.5 x 10^9/L", "1500 cells/mm3", True),
        ("8.5", "8.5 months", False),
        ("8.5 weeks", "8.5 months", False),
        ("≥3 months", "3 months", False),
        ("200 mg", "200 mg/m2", False),
        ("16.4%", "16.4 percent", True),
        ("4 weeks", "1 month", False),
        ("120 mL/min", "120 mL/min/1.73 m2", False),
    ],
)
def test_quantities_are_the_same_only_after_exact_conversion(
    one: str, other: str, same: bool
) -> None:
    a, b = find_quantities(one)[0], find_quantities(other)[0]
    assert (same_quantity(a, b), same_quantity(b, a)) == (same, same)


def test_a_confidence_bound_without_its_unit_is_still_the_same_bound() -> None:
    bare = find_quantities("95% CI 12.5 to 21.1")[1]
    full = find_quantities("16.4% (95% CI 12.5 to 21.1)")[2]
    assert (bare.unit, full.unit, same_quantity(bare, full)) == (None, "%", True)


@pytest.mark.parametrize("name", [n for n in unit_table().units if n != "ULN"])
def test_every_canonical_unit_names_itself(name: str) -> None:
    assert canonical_unit(name) == name


def test_an_unknown_unit_has_no_canonical_name() -> None:
    assert [canonical_unit(text) for text in ("parsecs", "", "mg mg")] == [None, None, None]


@given(st.text())
@example("１²·5 %")
@example("9" * 400)
@example("q1-2w q٣w")
@example("95% CI -1 - -")
def test_any_text_gives_slices_in_order_and_never_an_error(text: str) -> None:
    found = find_quantities(text)
    assert [q.text for q in found] == [text[q.start : q.end] for q in found]
    assert [q.start for q in found] == sorted(q.start for q in found)
    assert all(same_quantity(q, q) for q in found)


PIECES = [
    "HR ", "0.67", "1,060", " (", ")", "95% CI ", "–", " to ", " vs ", " months", "mg/m²", "q3w",
    "grade ", "≥", "<", "P", "n=", "one ", " or higher", "%", "days 1", "AUC ", "-", "·", " ", "v",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_any_mixture_of_number_writing_gives_slices_apart(text: str) -> None:
    found = find_quantities(text)
    assert [q.text for q in found] == [text[q.start : q.end] for q in found]
    assert all(a.end <= b.start for a, b in pairwise(found))
