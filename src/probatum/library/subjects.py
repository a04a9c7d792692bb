"""What each record is about, worked out once a library: every question asks it of every record."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from probatum.evidence.record import Eligibility, Record, Regimen, Result, Study
from probatum.terms.vocabulary import Vocabulary


@dataclass(frozen=True)
class Subjects:
    """Lookups by a record's id.

    `people` is one key for all records whose populations are alike. `interventions` are those that
    a record is about; a study's findings inherit the tested ones. `named` is every term that a
    record names and all that these are kinds of, so that one look tells whether it is about a
    class; `defined` are the terms that a record explains.
    """

    people: Mapping[str, str]
    interventions: Mapping[str, tuple[str, ...]]
    named: Mapping[str, frozenset[str]]
    defined: frozenset[str]

    @classmethod
    def of(
        cls, records: Iterable[Record], studies: Mapping[str, Study], vocabulary: Vocabulary
    ) -> "Subjects":
        """The subjects of these records."""
        held = list(records)
        return cls(
            {record.id: record.population.model_dump_json() for record in held},
            {record.id: _interventions(record, studies) for record in held},
            {record.id: _with_kinds(_names(record), vocabulary) for record in held},
            frozenset(_term(record) for record in held) - {""},
        )


def study_of(record: Record) -> str | None:
    """The study that a record is, or that it is a finding of."""
    if isinstance(record, Study):
        return record.id
    return record.study if isinstance(record, Result | Eligibility) else None


def tested(record: Result) -> list[str]:
    """The interventions of the arms that are not the control."""
    return [term for arm in record.arms if arm.role != "control" for term in arm.interventions]


def _interventions(record: Record, studies: Mapping[str, Study]) -> tuple[str, ...]:
    terms = list(record.interventions)
    if isinstance(record, Regimen):
        terms += [part.intervention for part in record.components]
    if isinstance(record, Result):
        terms += tested(record)
    study = studies.get(study_of(record) or "")
    if study and not terms:
        terms += study.interventions
        terms += [term for arm in study.arms[:1] for term in arm.interventions]
    return tuple(dict.fromkeys(terms))


def _names(record: Record) -> set[str]:
    names = {record.id, *record.interventions, getattr(record, "study", None) or ""}
    names |= {criterion.biomarker for criterion in record.population.biomarkers}
    names |= {part.intervention for part in getattr(record, "components", ())}
    return names | {_term(record)}


def _term(record: Record) -> str:
    return getattr(record, "term", None) or ""


def _with_kinds(names: set[str], vocabulary: Vocabulary) -> frozenset[str]:
    known = [name for name in names if name in vocabulary]
    return frozenset(known).union(*(vocabulary.ancestors(name) for name in known))
