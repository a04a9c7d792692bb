"""Formulas are computed exactly, capped as published, and run nothing else."""

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.checks.arithmetic import Computed, FormulaError, constants, evaluate
from probatum.evidence.record import Definition, Formula, Input
from tests.checks.invented import LIBRARY

_CALVERT = LIBRARY.records["calvert"]
assert isinstance(_CALVERT, Definition)
assert _CALVERT.formula is not None
CALVERT: Formula = _CALVERT.formula


def formula(expression: str, decimals: int = 2, **ids: str) -> Formula:
    inputs = tuple(
        Input(id=id, name=name, unit="", low=Decimal(-1000), high=Decimal(1000))
        for id, name in (ids or {"a": "a", "b": "b"}).items()
    )
    return Formula(
        name="test",
        expression=expression,
        display=expression,
        inputs=inputs,
        unit="",
        decimals=decimals,
    )


def test_calvert_gives_its_dose() -> None:
    assert evaluate(CALVERT, {"auc": Decimal(5), "gfr": Decimal(60)}) == Computed(
        Decimal(425), (("auc", Decimal(5)), ("gfr", Decimal(60))), (), ()
    )


def test_an_input_above_its_cap_is_capped_and_named() -> None:
    assert evaluate(CALVERT, {"auc": Decimal(5), "gfr": Decimal(180)}) == Computed(
        Decimal(750), (("auc", Decimal(5)), ("gfr", Decimal(125))), ("gfr",), ()
    )


def test_an_input_out_of_range_is_named() -> None:
    assert evaluate(CALVERT, {"auc": Decimal(9), "gfr": Decimal(10)}).out_of_range == ("auc", "gfr")


@given(
    st.decimals("0.1", "99", places=1),
    st.decimals("0.1", "99", places=1),
)
def test_the_four_operations_powers_and_roots_agree_with_floating_point(
    a: Decimal, b: Decimal
) -> None:
    computed = evaluate(formula("sqrt(a * b) + a ** 2 / b - -1.5", decimals=6), {"a": a, "b": b})
    x, y = float(a), float(b)
    assert math.isclose(float(computed.value), math.sqrt(x * y) + x**2 / y + 1.5, abs_tol=1e-5)


def test_a_half_is_rounded_up_as_a_dose_would_be() -> None:
    assert evaluate(formula("a / b", decimals=1), {"a": Decimal(1), "b": Decimal(4)}).value == (
        Decimal("0.3")
    )


@pytest.mark.parametrize(
    "expression",
    [
        "__import__('os')",
        "a.real",
        "a if b else 1",
        "[a]",
        "a < b",
        "a // b",
        "a % b",
        "sqrt(a, b)",
        "exp(a)",
        "c",
        "'a'",
        "True",
        "a ** 99",
        "9 ** 9 ** 9",
        "(lambda: a)()",
        "a +",
        "",
        "1j",
    ],
)
def test_nothing_but_arithmetic_is_evaluated(expression: str) -> None:
    with pytest.raises(FormulaError):
        evaluate(formula(expression), {"a": Decimal(7), "b": Decimal(9)})


@pytest.mark.parametrize(
    ("expression", "a"), [("a / b", "1"), ("sqrt(a - 5)", "1"), ("a", "NaN"), ("a", "Infinity")]
)
def test_what_cannot_be_computed_is_said_in_a_sentence(expression: str, a: str) -> None:
    with pytest.raises(FormulaError, match="test: "):
        evaluate(formula(expression), {"a": Decimal(a), "b": Decimal(0)})


def test_missing_and_unknown_inputs_are_named() -> None:
    with pytest.raises(FormulaError, match="differ in b, c"):
        evaluate(formula("a + b"), {"a": Decimal(1), "c": Decimal(1)})


def test_the_constants_of_an_expression_are_known() -> None:
    assert constants(CALVERT) == frozenset([Decimal(25)])
