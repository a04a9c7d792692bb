"""Evaluating a published formula, exactly and without running anyone's code.

A dose printed from a formula must be the formula's dose: inputs are capped as the source says, the
expression admits arithmetic only, and decimals keep rounding out of the way until the end.
"""

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, DecimalException
from functools import lru_cache

from probatum.evidence.base import ProbatumError
from probatum.evidence.record import Formula, Input

# Enough for a clinical formula; a power tower would run for ever. A base between 0 and 1 only gets
# smaller, so it may be raised to an age (CKD-EPI: 0.9938 to the power of the years).
_LARGEST_POWER = 10
_LARGEST_AGE = 150
_LARGEST_NUMBER = Decimal("1e12")


class FormulaError(ProbatumError):
    """A formula or its inputs cannot be computed; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Computed:
    """A result with the inputs as used (points, where the formula is a score).

    `capped` and `out_of_range` name inputs by id; `class_name` is the name of the result's range.
    """

    value: Decimal
    used: tuple[tuple[str, Decimal], ...]
    capped: tuple[str, ...]
    out_of_range: tuple[str, ...]
    class_name: str | None = None


def evaluate(formula: Formula, inputs: Mapping[str, Decimal]) -> Computed:
    """The formula's result, rounded half up to its decimals, with caps applied first.

    An input outside its range is still computed and named in `out_of_range`: whether to show such a
    result is the caller's decision. A missing or unknown input is a FormulaError.
    """
    known = {given.id for given in formula.inputs}
    if set(inputs) != known:
        odd = ", ".join(sorted(known ^ set(inputs)))
        raise FormulaError(f"{formula.name}: the inputs given and needed differ in {odd}")
    used: dict[str, Decimal] = {}
    capped: list[str] = []
    outside: list[str] = []
    for item in formula.inputs:
        value = inputs[item.id]
        if not value.is_finite():
            raise FormulaError(f"{formula.name}: {item.name} is not a number")
        if not item.low <= value <= item.high:
            outside.append(item.id)
        if item.cap is not None and value > item.cap:
            capped.append(item.id)
            value = item.cap
        used[item.id] = _points(item, value, formula) if item.bands else value
    try:
        exact = _value(_parsed(formula.expression), used)
        step = Decimal(1).scaleb(-formula.decimals)
        rounded = exact.quantize(step, rounding=ROUND_HALF_UP)
    except DecimalException as error:
        raise FormulaError(f"{formula.name}: cannot be computed with these inputs") from error
    named = next((each.name for each in formula.classes if each.low <= rounded <= each.high), None)
    return Computed(rounded, tuple(used.items()), tuple(capped), tuple(outside), named)


def _points(item: Input, value: Decimal, formula: Formula) -> Decimal:
    for band in item.bands:
        if band.holds(value):
            return Decimal(band.points)
    raise FormulaError(f"{formula.name}: {item.name} {value} lies in no band of the score")


def calculate(expression: str) -> Decimal:
    """The value of written arithmetic such as "5 * (60 + 25)"; a FormulaError for anything else."""
    try:
        return _value(_parsed(expression), {})
    except DecimalException as error:
        raise FormulaError(f"the expression {expression[:60]!r} has no value") from error


@lru_cache(maxsize=256)
def _parsed(expression: str) -> ast.expr:
    try:
        return ast.parse(expression, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise FormulaError(f"the expression {expression[:60]!r} is not arithmetic") from error


def _value(node: ast.expr, inputs: Mapping[str, Decimal]) -> Decimal:
    match node:
        case ast.Constant(value=bool()):
            pass
        case ast.Constant(value=int() | float() as number):
            return _bounded(Decimal(str(number)))
        case ast.Name(id=name) if name in inputs:
            return inputs[name]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand, inputs)
        case ast.UnaryOp(op=ast.UAdd(), operand=operand):
            return _value(operand, inputs)
        case ast.BinOp(left=left, op=operator, right=right):
            return _bounded(_combined(_value(left, inputs), operator, _value(right, inputs)))
        case ast.Call(func=ast.Name(id="sqrt"), args=[argument], keywords=[]):
            return _value(argument, inputs).sqrt()
        case ast.Call(func=ast.Name(id="min"), args=[one, other], keywords=[]):
            return min(_value(one, inputs), _value(other, inputs))
        case ast.Call(func=ast.Name(id="max"), args=[one, other], keywords=[]):
            return max(_value(one, inputs), _value(other, inputs))
        case _:
            pass
    raise FormulaError(f"the expression may not hold {ast.unparse(node)[:60]!r}")


def _combined(left: Decimal, operator: ast.operator, right: Decimal) -> Decimal:
    match operator:
        case ast.Add():
            return left + right
        case ast.Sub():
            return left - right
        case ast.Mult():
            return left * right
        case ast.Div():
            return left / right
        case ast.Pow() if abs(right) <= _LARGEST_POWER:
            return left**right
        case ast.Pow() if 0 < left <= 1 and 0 <= right <= _LARGEST_AGE:
            return left**right
        case _:
            raise FormulaError("the expression may hold + - * / ** sqrt, min and max only")


def _bounded(value: Decimal) -> Decimal:
    if abs(value) > _LARGEST_NUMBER:
        raise FormulaError("the expression leads to a number that is too large")
    return value


def constants(formula: Formula) -> frozenset[Decimal]:
    """The numbers that stand in the expression itself, such as the 25 of Calvert's formula."""
    return frozenset(
        Decimal(str(node.value))
        for node in ast.walk(_parsed(formula.expression))
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float)
    )
