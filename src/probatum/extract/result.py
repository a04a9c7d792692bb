"""A result read from text: one comparison as one tuple, with the words that it stands in.

The same fields as a curated `evidence.record.Result` needs, but as read: nothing is repaired. What
does not fit together (an estimate outside its interval, a percentage that is not its count) is kept
as printed and named in `flags`.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

EffectType = Literal["HR", "RR", "OR", "RD", "MD", "SMD", "rate", "other"]
Direction = Literal["favours_intervention", "favours_control", "no_difference", "unclear"]
Kind = Literal["comparison", "association"]


@dataclass(frozen=True, slots=True)
class Arm:
    """One group's value as stated; `value` None is "not reached" or not given for this group.

    `low` and `high` bound the group's own value (`ci_level` in percent), `sd` is its standard
    deviation; all in the value's unit.
    """

    name: str | None = None
    value: Decimal | None = None
    unit: str | None = None
    n: int | None = None
    events: int | None = None
    state: Literal["not_reached"] | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    ci_level: Decimal | None = None
    sd: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """An estimate with its interval and P value as stated.

    `type` is "rate" where groups' values stand beside each other without an estimate, and "other"
    where `label` has the text's own words for it (percent reduction, fold increase). `p` is
    operator and number without spaces and without the zero before the point ("<.001", "=.03").
    `ci_level` is in percent.
    """

    type: EffectType
    value: Decimal | None = None
    ci_level: Decimal | None = None
    ci_low: Decimal | None = None
    ci_high: Decimal | None = None
    p: str | None = None
    label: str | None = None
    margin: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ExtractedResult:
    """A comparative result; `text[start:end]` holds its values and the words of its end point."""

    endpoint: str | None
    start: int
    end: int
    effect: Effect
    arms: tuple[Arm, ...] = ()
    direction: Direction = "unclear"
    population: str | None = None
    timepoint: str | None = None
    intervention: str | None = None
    comparator: str | None = None
    kind: Kind = "comparison"
    analysis: str | None = None
    flags: tuple[str, ...] = ()
