"""How one figure of a claim stands to one record: held, in other company, or another value.

The gate's comparison comes first; where it fails, this says how, so that an arm left unsaid is told
from an arm that is wrong.
"""

from dataclasses import dataclass, replace
from typing import Final, Literal, cast

from probatum.answers.audit.agreement import compatible
from probatum.checks import context
from probatum.checks.clusters import Cluster, is_follow_up, role_fits
from probatum.checks.endpoints import ENDPOINTS, fits, governing
from probatum.checks.figures import in_result
from probatum.checks.held import Held, Value
from probatum.checks.reading import Reading, read
from probatum.checks.told import Sentence
from probatum.checks.wording import in_text
from probatum.evidence.record import Result
from probatum.terms.quantities import Quantity
from probatum.terms.quantity_patterns import Comparator

# How a figure stands to a record. "unsaid" fits it as far as the claim says; the kinds after it
# have the record's value in other company; "other" is the record's own, different value of the same
# thing; "none" is nothing that could be compared. The first in this order is the kindest.
Fit = Literal[
    "held", "unsaid", "grade", "interval", "swapped", "timepoint", "subgroup", "analysis", "other",
    "none",
]  # fmt: skip
_ORDER: Final[tuple[Fit, ...]] = (
    "held", "unsaid", "grade", "interval", "swapped", "timepoint", "subgroup", "analysis", "other",
    "none",
)  # fmt: skip
HELD: Final[frozenset[Fit]] = frozenset(("held", "unsaid"))
# Letters by which "response" and "responders" are told to be one word.
_STEM: Final = 6
_BOUNDS: Final[tuple[Comparator, ...]] = (">=", "<=", "=")


@dataclass(frozen=True, slots=True)
class Fitted:
    """How one figure of a claim, with its interval and P value, stands to one record."""

    cluster: Cluster
    held: Held
    fit: Fit
    detail: str = ""


def fitted(cluster: Cluster, held: Held, sentence: Sentence, around: Reading) -> Fitted:
    """A figure beside a record; `around` is what stands near the claim, and may name a subgroup."""
    record = held.record
    if isinstance(record, Result):
        fit, detail = _Beside(cluster, held, record, sentence, around).fit()
        return Fitted(cluster, held, fit, detail)
    if in_text(cluster, held, sentence) is None:
        return Fitted(cluster, held, "held")
    # "28 days before and 28 days after": the bound of the first is that of the second.
    bounds = (replace(cluster.head, comparator=sign) for sign in _BOUNDS)
    loose = any(in_text(Cluster(h, cluster.hanging), held, sentence) is None for h in bounds)
    return Fitted(cluster, held, "unsaid" if loose else "none")


@dataclass(frozen=True, slots=True)
class _Beside:
    """A figure of a sentence beside one result."""

    cluster: Cluster
    held: Held
    record: Result
    sentence: Sentence
    around: Reading

    @property
    def head(self) -> Quantity:
        return self.cluster.head

    @property
    def reading(self) -> Reading:
        return self.sentence.reading

    def fit(self) -> tuple[Fit, str]:
        if in_result(self.cluster, self.held, self.sentence) is None:
            return "held", ""
        ways = [self._as(value) for value in self.held.values if compatible(value, self.head)]
        if ways:
            return min(ways, key=lambda way: _ORDER.index(way[0]))
        return ("other" if self._rivals() else "none"), ""

    def _as(self, value: Value) -> tuple[Fit, str]:
        """How the figure stands in the claim if it is this value of the result."""
        sign = cast(Comparator, value.comparator)
        head = replace(self.head, value=value.value, comparator=sign, unit=value.unit)
        away = [q for q in self.cluster.hanging if not self._hangs(q, value)]
        if away:
            others = ", ".join(q.text for q in away)
            return "interval", f"{self.head.text} does not go with {others}"
        if in_result(Cluster(head), self.held, self.sentence) is None:
            return "held", ""
        if value.part not in ("arm", "effect", "size", "events"):
            return "none", ""
        if self._endpoint_differs():
            if not self._kin():
                return "none", ""
            if context.grades_of(self.reading) and self.record.grade and not self._wrong_grade():
                return "unsaid", ""
        place = self.head.start
        faults: tuple[tuple[Fit, str | None], ...] = (
            ("grade", self._wrong_grade()),
            ("timepoint", context.wrong_timepoint(self.reading, place, self.record)),
            ("subgroup", self._unnamed_subgroup()),
            ("analysis", context.wrong_analysis(self.reading, place, self.held)),
        )
        for fit, reason in faults:
            if reason:
                return fit, reason
        if value.arm is None:
            # What is left is a ratio told the other way round, unless the subgroup was told in
            # words that the gate does not know.
            alike = context.unnamed_subgroup(self.reading, self.held) is not None
            return ("unsaid" if alike else "none"), ""
        told = self.sentence.arm(self.head, self.held, value.part)
        if told == value.arm or told is None or told < 0:
            return "unsaid", ""
        return "swapped", f"{self.head.text} is of {self.record.arms[value.arm].name}"

    def _endpoint_differs(self) -> bool:
        vocabulary, places = self.held.library.vocabulary, self.sentence.places
        place = self.head.start
        return bool(context.wrong_endpoint(self.reading, place, places, self.record, vocabulary))

    def _wrong_grade(self) -> str | None:
        return context.wrong_grade(self.reading, self.head, self.sentence.places, self.held)

    def _unnamed_subgroup(self) -> str | None:
        """The subgroup's name, where neither the claim nor what is around it names it."""
        library, subgroup = self.held.library, self.record.subgroup or ""
        for told in (self.reading, self.around):
            if not context.unnamed_subgroup(told, self.held):
                return None
            terms = read(subgroup, library).terms("region", "group", "subtype")
            if terms and terms <= told.terms():
                return None
        endpoint = library.name(self.record.endpoint).casefold().split()
        words = subgroup.casefold().split()
        if any(a[:_STEM] == b[:_STEM] for a in endpoint for b in words if len(b) >= _STEM):
            # The duration of a response is that of the responders by its very meaning.
            return None
        return subgroup or self.record.population.text

    def _hangs(self, quantity: Quantity, value: Value) -> bool:
        """Whether an interval's bound or a P value may be this value's; unknown ones may."""
        part = "effect" if quantity.role == "p" else value.part
        own = [v for v in self.held.values if v.role == quantity.role and v.part == part]
        if quantity.role != "p":
            own = [v for v in own if v.arm == value.arm]
        return not own or any(compatible(v, quantity) for v in own)

    def _kin(self) -> bool:
        """Whether the event named is a kind of the record's by its very name: venous
        thromboembolism, of thromboembolism."""
        mention = governing(
            self.reading,
            self.head.start,
            self.reading.of_kind(*ENDPOINTS),
            self.sentence.places,
        )
        if mention is None:
            return True
        held = self.held.library.name(self.record.endpoint).casefold()
        shorter, longer = sorted((mention.term.name.casefold(), held), key=len)
        return longer.endswith(f" {shorter}")

    def _rivals(self) -> bool:
        """Whether the record has another value in the very place that the figure is told of."""
        head, reading, places = self.head, self.reading, self.sentence.places
        if is_follow_up(reading, head):
            return False
        mention = governing(reading, head.start, reading.of_kind(*ENDPOINTS), places)
        vocabulary = self.held.library.vocabulary
        if mention is None or not fits(mention.term.id, self.record.endpoint, vocabulary):
            return False
        typed = [
            v
            for v in self.held.values
            if v.part in ("arm", "effect")
            and v.role not in ("ci_low", "ci_high", "ci_level", "p")
            and role_fits(v.role, head)
            and v.unit == head.unit
            and (v.unit is not None or v.role in ("hr", "rr", "or"))
            and v.comparator == head.comparator
        ]
        if not typed or (
            self._wrong_grade()
            or context.wrong_timepoint(reading, head.start, self.record)
            or self._unnamed_subgroup()
            or context.wrong_analysis(reading, head.start, self.held)
        ):
            return False
        arms = {v.arm for v in typed if v.arm is not None}
        if not arms:
            return True
        told = self.sentence.arm(head, self.held, "arm")
        return told is not None and told in arms
