"""A premise as it is read: the terms and figures that it names, beside the evidence held."""

from dataclasses import dataclass
from typing import Literal

from probatum.answers.gather import Evidence
from probatum.evidence.record import Record, Result
from probatum.terms.mentions import Mention
from probatum.terms.quantities import Quantity

PremiseVerdict = Literal["supported", "contradicted", "not_enough_information"]
Judged = tuple[PremiseVerdict, tuple[Record, ...]]
OPEN: Judged = ("not_enough_information", ())


@dataclass(frozen=True)
class Reading:
    """What a premise mentions, by kind of term."""

    text: str
    mentions: tuple[Mention, ...]
    quantities: tuple[Quantity, ...]
    evidence: Evidence

    def ids(self, kind: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(m.term.id for m in self.mentions if m.term.kind == kind))

    def about(self, record: Record) -> bool:
        """Whether the record is about an intervention the premise names (or the question's)."""
        vocabulary = self.evidence.library.vocabulary
        if studies := self.ids("study"):
            return getattr(record, "study", record.id) in studies
        wanted = self.ids("intervention") or self.evidence.need.interventions
        mine = self.evidence.interventions_of(record)
        return any(
            vocabulary.is_a(one, other)
            for one in mine
            for other in wanted
            if one in vocabulary and other in vocabulary
        )

    def tests(self, record: Result) -> bool:
        """Whether the result tests an intervention that the premise (or the question) names."""
        wanted = self.ids("intervention") or self.evidence.need.interventions
        return self.evidence.tests(record, wanted)

    def tests_all(self, record: Result) -> bool:
        """Whether the arms under test hold every intervention that the premise names."""
        vocabulary = self.evidence.library.vocabulary
        arms = [t for a in record.arms if a.role != "control" for t in a.interventions]
        mine = [term for term in arms if term in vocabulary]
        return all(
            any(vocabulary.is_a(term, one) for term in mine) for one in self.ids("intervention")
        )
