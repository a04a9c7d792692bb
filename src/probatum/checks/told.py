"""A sentence's numbers with what is worked out once for all of them: places and arms."""

from collections.abc import Sequence
from dataclasses import dataclass

from probatum.checks.arms import Named, arms_of, named_arms
from probatum.checks.clusters import is_follow_up, unit_fits
from probatum.checks.held import Held, Value
from probatum.checks.reading import Reading
from probatum.evidence.record import Result
from probatum.terms.quantities import Quantity


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a value does not belong to a record; a conflict when the record holds another."""

    reason: str
    conflict: bool


class Sentence:
    """A draft's text with what is worked out once for all its clusters."""

    def __init__(self, reading: Reading, quantities: Sequence[Quantity]) -> None:
        self.reading = reading
        self.quantities = quantities
        self.measured = [
            q
            for q in quantities
            if q.role in ("value", "rd", "n", "hr", "rr", "or") and not is_follow_up(reading, q)
        ]
        self.places = [q.start for q in self.measured]
        self._arms: dict[tuple[str, str], dict[int, int | None]] = {}
        self._named: dict[str, tuple[Named, ...]] = {}

    def arm(self, quantity: Quantity, held: Held, part: str) -> int | None:
        """The arm that the text gives this value, seen from one result."""
        record = held.record
        assert isinstance(record, Result)  # noqa: S101 - the caller's contract
        key = (record.id, part)
        if key not in self._arms:
            own = [v for v in held.values if v.part == part]
            like = [q for q in self.measured if any(_same_kind(v, q) for v in own)]
            like = [q for q in like if q.role not in ("hr", "rr", "or")]
            named = self.named(held)
            given = arms_of(self.reading, like, named, record.arms)
            self._arms[key] = {q.start: arm for q, arm in zip(like, given, strict=True)}
        return self._arms[key].get(quantity.start)

    def named(self, held: Held) -> tuple[Named, ...]:
        """Where the text names an arm of this result."""
        record = held.record
        assert isinstance(record, Result)  # noqa: S101 - the caller's contract
        if record.id not in self._named:
            self._named[record.id] = named_arms(self.reading, record.arms, held.library)
        return self._named[record.id]


def _same_kind(value: Value, quantity: Quantity) -> bool:
    return value.role not in ("ci_low", "ci_high", "ci_level") and unit_fits(value.unit, quantity)
