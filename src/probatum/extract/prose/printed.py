"""Numbers and P values out of their printed forms."""

import re
from decimal import Decimal, InvalidOperation
from typing import Final


def p_value(groups: dict[str, str | None]) -> str:
    """Operator and digits as printed, but for the zero before the point, as in tables."""
    sign = {"less than": "<", "greater than": ">"}.get(
        groups["psign"] or "", (groups["psign"] or "").replace(" ", "")
    )
    return canonical_p(sign + (groups["pnumber"] or ""))


# Two ways of writing one sign.
_SIGNS: Final = {"==": "=", "<=": "≤", "=<": "≤", ">=": "≥", "=>": "≥"}
# Powers of ten, which may have lost the sign of raised digits; a P value has no positive one.
_POWER: Final = re.compile(r"(?P<digits>[\d.]+)(?:[x×]10\^?|[eE])-?(?P<power>\d{1,3})")


def canonical_p(words: str) -> str:
    """A P value in one form whoever printed it: "<.001", "=.03", "=.000002", no spaces.

    AMA Manual of Style, 11th edition, section 19.5: P without a zero before the decimal point.
    """
    found = re.fullmatch(r"([=<>≤≥]{0,2})(.*)", "".join(words.split()))
    if found is None:
        return words
    sign = _SIGNS.get(found[1], found[1]) or "="
    number = found[2]
    raised = _POWER.fullmatch(number)
    digits = decimal(raised["digits"]) if raised is not None else None
    if raised is not None and digits is not None:
        number = format(digits.scaleb(-int(raised["power"])), "f")
    return sign + (number.lstrip("0") if re.match(r"0+\.", number) else number)


def decimal(digits: str) -> Decimal | None:
    """The number that digits with commas between thousands spell."""
    try:
        return Decimal(digits.replace(",", "").replace("+", ""))
    except InvalidOperation:
        return None
