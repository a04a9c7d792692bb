"""Each figure of a claim beside each record: held, held with other company, or not held.

The gate asks whether a sentence may be printed and refuses what it cannot settle. An audit must
also not blame what it cannot settle: an arm left unsaid, a rounded value or a weaker bound is no
error.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from probatum.answers.audit.context import Said
from probatum.answers.audit.fit import HELD, Fitted, fitted
from probatum.checks.clusters import Cluster, clusters_of
from probatum.checks.held import Held
from probatum.checks.numbers import unnamed_numbers
from probatum.checks.reading import Reading, read
from probatum.checks.told import Sentence
from probatum.library.library import Library
from probatum.terms.quantities import Quantity
from probatum.terms.units import in_base, unit_is_time

# Biomarker thresholds and categories of recommendation are no results.
_NO_RESULT = frozenset(("cps", "ci_level"))
# A mean month of the Gregorian calendar has 365.2425/12 days.
_MINUTES_OF_A_MONTH = Decimal(43829)
_THRESHOLDS = (">=", "<=", "<", ">")


@dataclass(frozen=True)
class Figures:
    """A claim's figures, each compared with every record looked at."""

    clusters: tuple[Cluster, ...]
    fitted: tuple[tuple[Fitted, ...], ...]
    reading: Reading
    sentence: Sentence

    def of(self, place: int, held: Held) -> Fitted:
        """How the figure at a place stands to a record."""
        return next(f for f in self.fitted[place] if f.held.record.id == held.record.id)

    @property
    def distinctive(self) -> bool:
        """Whether they could hardly be someone else's: two of them, or one with decimals."""
        heads = [c.head for c in self.clusters if c.head.role not in ("grade", "p", "n")]
        return len(heads) > 1 or any(
            h.value != h.value.to_integral_value() or len(h.text) > 4 for h in heads
        )

    def tells(self, held: Held) -> bool:
        """Whether a value of the record, and no size, P or follow-up alone, is among them."""
        return any(
            is_value(cluster.head, held) and self.of(place, held).fit in HELD
            for place, cluster in enumerate(self.clusters)
        )

    def covering(self, records: Sequence[Held]) -> tuple[Held, ...] | None:
        """The fewest of the records that hold every figure between them; None when they do not."""
        allowed = {each.record.id for each in records}
        open_ = {
            place: {f.held.record.id for f in each if f.fit in HELD} & allowed
            for place, each in enumerate(self.fitted)
        }
        if not all(open_.values()):
            return None
        chosen: list[Held] = []
        exact = {
            place: {f.held.record.id for f in each if f.fit == "held"}
            for place, each in enumerate(self.fitted)
        }
        while open_:
            best = max(
                records,
                key=lambda each: (
                    sum(each.record.id in ids for ids in open_.values()),
                    sum(each.record.id in exact[place] for place in open_),
                    -records.index(each),
                ),
            )
            done = [place for place, ids in open_.items() if best.record.id in ids]
            if not done:
                return None
            chosen.append(best)
            for place in done:
                del open_[place]
        return tuple(chosen)


def is_value(head: Quantity, held: Held) -> bool:
    """Whether a figure can be a value of the result: no size, grade, time point or follow-up."""
    if head.role in ("n", "grade", "p"):
        return False
    unit = getattr(held.record, "unit", None)
    return head.unit is None or not unit_is_time(head.unit) or head.unit == unit


def figures_of(said: Said, records: Sequence[Held], library: Library) -> Figures:
    """The figures of a claim's own words and how each stands to each record."""
    reading = read(said.text, library)
    every = unnamed_numbers(reading, records)
    quantities = [
        q
        for q in every
        if q.start >= said.own
        and q.role not in _NO_RESULT
        and not _is_threshold(reading, q)
        and not _is_label(q)
    ]
    quantities = [q for q in quantities if not _restates(q, quantities)]
    sentence = Sentence(reading, quantities)
    clusters = clusters_of(reading, quantities)
    around = read(said.around, library)
    beside = tuple(
        tuple(fitted(cluster, held, sentence, around) for held in records) for cluster in clusters
    )
    return Figures(clusters, beside, reading, sentence)


def _is_threshold(reading: Reading, quantity: Quantity) -> bool:
    """The cut-off of a biomarker: "PD-L1-positive (≥1%)"."""
    if quantity.comparator not in _THRESHOLDS or quantity.role not in ("value", "cps"):
        return False
    before = [m for m in reading.of_kind("biomarker") if m.end <= quantity.start]
    return bool(before) and quantity.start - before[-1].end <= 25


def _is_label(quantity: Quantity) -> bool:
    """A bare number ("category 1", "ECOG 0-1") measures nothing that could be held."""
    return quantity.unit is None and quantity.role in ("value", "ordinal")


def _restates(quantity: Quantity, others: Sequence[Quantity]) -> bool:
    """ "96 weeks (approximately 2 years)": the second is the first in another unit."""
    if quantity.unit is None:
        return False
    value, base = _base(quantity)
    for other in others:
        gap = quantity.start - other.end
        if not 0 < gap <= 20 or other.unit is None or other.unit == quantity.unit:
            continue
        size, same = _base(other)
        if same == base and abs(size - value) * 10 <= abs(size):
            return True
    return False


def _base(quantity: Quantity) -> tuple[Decimal, str | None]:
    """Value and dimension; calendar months in minutes, for comparing roughly with weeks."""
    value, base = in_base(quantity.value, quantity.unit)
    return (value * _MINUTES_OF_A_MONTH, "time") if base == "calendar" else (value, base)
