"""Each figure of a claim beside each record: held, held with other company, or not held.

The gate asks whether a sentence may be printed and refuses what it cannot settle. An audit must
also not blame what it cannot settle: an arm left unsaid, a rounded value or a weaker bound is no
error. So the gate's comparison comes first, and where it fails, this module says how.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from typing import Literal, cast

from probatum.answers.audit.context import Said
from probatum.checks import context
from probatum.checks.clusters import Cluster, clusters_of, is_follow_up, role_fits, unit_fits
from probatum.checks.endpoints import ENDPOINTS, fits, governing
from probatum.checks.figures import in_result
from probatum.checks.held import Held, Value
from probatum.checks.numbers import unnamed_numbers
from probatum.checks.reading import Reading, read
from probatum.checks.told import Sentence
from probatum.checks.wording import in_text
from probatum.evidence.record import Result
from probatum.library.library import Library
from probatum.terms.quantities import Quantity
from probatum.terms.quantity_patterns import Comparator
from probatum.terms.units import in_base

# How a figure stands to a record. "unsaid" fits it as far as the claim says; the kinds after it
# have the record's value in other company; "other" is the record's own, different value of the same
# thing; "none" is nothing that could be compared.
Fit = Literal[
    "held", "unsaid", "swapped", "interval", "grade", "timepoint", "subgroup", "analysis", "other",
    "none",
]  # fmt: skip
HELD: frozenset[Fit] = frozenset(("held", "unsaid"))
# Biomarker thresholds and categories of recommendation are no results.
_NO_RESULT = frozenset(("cps", "ci_level"))
# A mean month of the Gregorian calendar has 365.2425/12 days.
_MINUTES_OF_A_MONTH = Decimal(43829)
# Letters by which "response" and "responders" are told to be one word.
_STEM = 6
_BOUNDS: tuple[Comparator, ...] = (">=", "<=", "=")
_THRESHOLDS = (">=", "<=", "<", ">")


@dataclass(frozen=True, slots=True)
class Fitted:
    """How one figure of a claim, with its interval and P value, stands to one record."""

    cluster: Cluster
    held: Held
    fit: Fit
    detail: str = ""


@dataclass(frozen=True)
class Figures:
    """A claim's figures, each compared with every record looked at."""

    clusters: tuple[Cluster, ...]
    fitted: tuple[tuple[Fitted, ...], ...]
    reading: Reading
    sentence: Sentence

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
    fitted = tuple(
        tuple(_fit(cluster, held, sentence, around) for held in records) for cluster in clusters
    )
    return Figures(clusters, fitted, reading, sentence)


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


def _fit(cluster: Cluster, held: Held, sentence: Sentence, around: Reading) -> Fitted:
    if not isinstance(held.record, Result):
        if in_text(cluster, held, sentence) is None:
            return Fitted(cluster, held, "held")
        # "28 days before and 28 days after": the bound of the first is that of the second.
        bounds = (replace(cluster.head, comparator=sign) for sign in _BOUNDS)
        loose = any(in_text(Cluster(h, cluster.hanging), held, sentence) is None for h in bounds)
        return Fitted(cluster, held, "unsaid" if loose else "none")
    if in_result(cluster, held, sentence) is None:
        return Fitted(cluster, held, "held")
    fits_ = [_as_result(cluster, value, held, sentence, around) for value in held.values
             if compatible(value, cluster.head)]  # fmt: skip
    ranked = sorted(fits_, key=lambda f: _ORDER.index(f.fit))
    if ranked:
        return ranked[0]
    return Fitted(cluster, held, "other" if _rivals(cluster, held, sentence, around) else "none")


_ORDER: tuple[Fit, ...] = (
    "held", "unsaid", "grade", "interval", "swapped", "timepoint", "subgroup", "analysis", "other",
    "none",
)  # fmt: skip


def compatible(value: Value, quantity: Quantity) -> bool:
    """Whether a figure may be the record's value, rounded or told by a weaker bound."""
    if not role_fits(value.role, quantity) or not unit_fits(value.unit, quantity):
        return False
    if quantity.role == "p":
        return _same_p(value, quantity)
    if value.comparator != quantity.comparator:
        return False
    if quantity.approx:
        return abs(value.value - quantity.value) * 20 <= abs(value.value)
    return _rounds(value.value, quantity.value)


def _same_p(value: Value, quantity: Quantity) -> bool:
    held_below = value.comparator in ("<", "<=")
    told_below = quantity.comparator in ("<", "<=")
    if held_below and told_below:
        return value.value <= quantity.value
    if told_below:
        return value.value < quantity.value
    if held_below:
        return quantity.value < value.value
    return _rounds(value.value, quantity.value)


def _rounds(one: Decimal, two: Decimal) -> bool:
    """Whether two numbers are one, rounded to the fewer decimals of the two."""
    places = max(min(-_exponent(one), -_exponent(two)), 0)
    step = Decimal(1).scaleb(-places)
    if abs(one) > 10**12 or abs(two) > 10**12:
        return one == two
    halves = (ROUND_HALF_UP, ROUND_HALF_EVEN)
    return any(one.quantize(step, mode) == two.quantize(step, mode) for mode in halves)


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _as_result(
    cluster: Cluster, value: Value, held: Held, sentence: Sentence, around: Reading
) -> Fitted:
    """How a figure that could be this value of a result stands in the claim."""
    record = held.record
    assert isinstance(record, Result)  # noqa: S101 - the caller has looked
    reading = sentence.reading
    sign = cast(Comparator, value.comparator)
    head = replace(cluster.head, value=value.value, comparator=sign, unit=value.unit)
    exact = in_result(Cluster(head), held, sentence) is None
    away = [q for q in cluster.hanging if not _hangs(q, value, held)]
    if away:
        return Fitted(cluster, held, "interval", f"{cluster.head.text} does not go with "
                      f"{', '.join(q.text for q in away)}")  # fmt: skip
    if exact:
        return Fitted(cluster, held, "held")
    if value.part not in ("arm", "effect", "size", "events"):
        return Fitted(cluster, held, "none")
    place, vocabulary = cluster.head.start, held.library.vocabulary
    if context.wrong_endpoint(reading, place, sentence.places, record, vocabulary):
        if not _kin(reading, place, sentence, held):
            return Fitted(cluster, held, "none")
        told = context.grades_of(reading)
        if (
            told
            and record.grade
            and not context.wrong_grade(reading, cluster.head, sentence.places, held)
        ):
            return Fitted(cluster, held, "unsaid")
    for fit, reason in (
        ("grade", context.wrong_grade(reading, cluster.head, sentence.places, held)),
        ("timepoint", context.wrong_timepoint(reading, place, record)),
        ("subgroup", unnamed_subgroup(reading, held, around)),
        ("analysis", context.wrong_analysis(reading, place, held)),
    ):
        if reason:
            return Fitted(cluster, held, fit, reason)  # type: ignore[arg-type]
    if value.arm is None:
        # What is left is a ratio told the other way round, unless the subgroup was told in words
        # that the gate does not know.
        alike = context.unnamed_subgroup(reading, held) is not None
        return Fitted(cluster, held, "unsaid" if alike else "none")
    told_arm = sentence.arm(cluster.head, held, value.part)
    if told_arm == value.arm or told_arm is None or told_arm < 0:
        return Fitted(cluster, held, "unsaid")
    return Fitted(
        cluster, held, "swapped", f"{cluster.head.text} is of {record.arms[value.arm].name}"
    )


def unnamed_subgroup(reading: Reading, held: Held, around: Reading) -> str | None:
    """The subgroup's name, where neither the claim nor its paragraph or headings name it."""
    record = held.record
    assert isinstance(record, Result)  # noqa: S101 - the caller has looked
    for told in (reading, around):
        if not context.unnamed_subgroup(told, held):
            return None
        terms = read(record.subgroup or "", held.library).terms("region", "group", "subtype")
        if terms and terms <= told.terms():
            return None
    endpoint = held.library.name(record.endpoint).casefold().split()
    words = (record.subgroup or "").casefold().split()
    if any(a[:_STEM] == b[:_STEM] for a in endpoint for b in words if len(b) >= _STEM):
        # The duration of a response is that of the responders by its very meaning.
        return None
    return record.subgroup or record.population.text


def _hangs(quantity: Quantity, value: Value, held: Held) -> bool:
    """Whether an interval's bound or a P value may be this value's; unknown ones are let be."""
    part = "effect" if quantity.role == "p" else value.part
    own = [v for v in held.values if v.role == quantity.role and v.part == part]
    if quantity.role != "p":
        own = [v for v in own if v.arm == value.arm]
    return not own or any(compatible(v, quantity) for v in own)


def _kin(reading: Reading, place: int, sentence: Sentence, held: Held) -> bool:
    """Whether the event named is a kind of the record's by its very name: venous thromboembolism,
    of thromboembolism."""
    record = held.record
    assert isinstance(record, Result)  # noqa: S101 - the caller has looked
    mention = governing(reading, place, reading.of_kind(*ENDPOINTS), sentence.places)
    if mention is None:
        return True
    one, two = mention.term.name.casefold(), held.library.name(record.endpoint).casefold()
    shorter, longer = sorted((one, two), key=len)
    return longer.endswith(f" {shorter}")


def _rivals(cluster: Cluster, held: Held, sentence: Sentence, around: Reading) -> bool:
    """Whether the record has another value in the very place that the figure is told of."""
    record, head = held.record, cluster.head
    assert isinstance(record, Result)  # noqa: S101 - the caller has looked
    reading, vocabulary = sentence.reading, held.library.vocabulary
    if is_follow_up(reading, head):
        return False
    mention = governing(reading, head.start, reading.of_kind(*ENDPOINTS), sentence.places)
    if mention is None or not fits(mention.term.id, record.endpoint, vocabulary):
        return False
    typed = [
        v
        for v in held.values
        if v.part in ("arm", "effect")
        and v.role not in ("ci_low", "ci_high", "ci_level", "p")
        and role_fits(v.role, head)
        and v.unit == head.unit
        and (v.unit is not None or v.role in ("hr", "rr", "or"))
        and v.comparator == head.comparator
    ]
    if not typed:
        return False
    if (
        context.wrong_grade(reading, head, sentence.places, held)
        or context.wrong_timepoint(reading, head.start, record)
        or unnamed_subgroup(reading, held, around)
        or context.wrong_analysis(reading, head.start, held)
    ):
        return False
    arms = {v.arm for v in typed if v.arm is not None}
    if not arms:
        return True
    told = sentence.arm(head, held, "arm")
    return told is not None and told in arms
