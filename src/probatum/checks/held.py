"""What a record holds, parsed once: its values with their place, its terms, words, names and dates.

Typed fields are turned into values with the part they play (which arm, which bound, follow-up), so
that a number can be compared together with everything that belongs to it. The curated texts of a
record are read like any draft.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from probatum.checks.memory import memory_of
from probatum.checks.reading import Reading, quantities_of, read, stems_of
from probatum.evidence.record import (
    ArmValue,
    Definition,
    Effect,
    Eligibility,
    Recommendation,
    Record,
    Regimen,
    Result,
    SafetyRule,
    Status,
    Study,
)
from probatum.evidence.source import Edition, Source
from probatum.evidence.statement import number, p_value, with_unit
from probatum.library.library import Library

RATIO_ROLES = {"HR": "hr", "RR": "rr", "OR": "or", "RD": "rd", "MD": "value", "SMD": "value"}


@dataclass(frozen=True, slots=True)
class Value:
    """A number of a typed result, and the part it plays there."""

    value: Decimal
    unit: str | None
    comparator: str
    role: str
    part: str
    arm: int | None = None


@dataclass(frozen=True)
class Held:
    """A record with its source, as the checks need it."""

    record: Record
    edition: Edition
    source: Source
    library: Library

    @cached_property
    def statement(self) -> Reading:
        """The statement that anchors slice."""
        return read(self.library.statement(self.record.id), self.library)

    @cached_property
    def wordings(self) -> tuple[Reading, ...]:
        """The curator's own wordings: the statement and its plain twin with the caution."""
        record = self.record
        if not record.plain:
            return (self.statement,)
        caution = f" {record.caution}" if record.caution else ""
        return (self.statement, read(record.plain + caution, self.library))

    @cached_property
    def readings(self) -> tuple[Reading, ...]:
        """The wordings, and the population where the statement does not have it."""
        people = self.record.population.text
        if people in self.statement.text:
            return self.wordings
        return (*self.wordings, read(people, self.library))

    @cached_property
    def remarks(self) -> tuple[Reading, ...]:
        """What a result says besides its figures: explanation, caution and plain wording."""
        record = self.record
        texts = (getattr(record, "explanation", None), record.caution, record.plain)
        return tuple(read(text, self.library) for text in texts if text)

    @cached_property
    def _lower(self) -> str:
        return "\n".join(reading.text.lower() for reading in self.readings)

    def says(self, words: str) -> bool:
        """Whether the record has these very words, which context may have read as another term."""
        return words.lower() in self._lower

    @cached_property
    def title(self) -> Reading:
        """What the source and edition are called, with the issuing body."""
        parts = (self.source.title, self.edition.label, self.edition.citation or "")
        return read(". ".join(part for part in parts if part), self.library)

    @cached_property
    def terms(self) -> frozenset[str]:
        """Every term the record or its source names, typed or in words."""
        found: set[str] = set(typed_terms(self.record))
        plain = self.wordings[1:]
        for reading in (*(r for r in self.readings if r not in plain), self.title):
            found |= reading.terms()
        found |= set(self.source.conditions)
        if self.source.body:
            found.add(self.source.body)
            found |= read(self.source.body, self.library).terms("body")
        study = self.library.studies.get(getattr(self.record, "study", None) or "")
        if study is not None:
            found |= {study.id} | read(
                " ; ".join((study.name, *study.aliases)), self.library
            ).terms()
        return frozenset(found)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Proper names whose digits are no numbers: studies, editions, citations, identifiers."""
        names = {self.source.title, self.edition.label, self.source.id, self.edition.id}
        names |= set(self.edition.identifiers.present().values())
        if self.edition.citation:
            names.add(self.edition.citation)
        record = self.record
        if record.locator:
            names.add(record.locator)
        study = record if isinstance(record, Study) else None
        study = study or self.library.studies.get(getattr(record, "study", None) or "")
        if study is not None:
            names |= {study.name, *study.aliases}
        if isinstance(record, Regimen | Study):
            names |= {a for a in (record.name,) if a}
        return tuple(sorted((n for n in names if re.search(r"\d", n)), key=len, reverse=True))

    @cached_property
    def dates(self) -> frozenset[tuple[int, int | None, int | None]]:
        """Every date the record or its edition has."""
        found = {(d.year, d.month, d.day) for r in self.readings for d in r.dates}
        found |= {(d.year, d.month, d.day) for d in self.title.dates}
        if self.edition.year:
            found.add((self.edition.year, None, None))
        if self.edition.date:
            day = self.edition.date
            found.add((day.year, day.month, day.day))
        for label in re.findall(r"(?:19|20)\d\d", self.edition.label):
            found.add((int(label), None, None))
        return frozenset(found)

    @cached_property
    def values(self) -> tuple[Value, ...]:
        """The typed values of a result; empty for other kinds, which are compared by text."""
        return _result_values(self.record) if isinstance(self.record, Result) else ()

    @cached_property
    def stems(self) -> frozenset[str]:
        """The words of everything printable, for the overlap check."""
        vocabulary = self.library.vocabulary
        found = set(stems_of(self.title.text))
        for reading in self.readings:
            found |= stems_of(reading.text)
        for term in self.terms:
            if term in vocabulary:
                for name in (*vocabulary.surface_forms(term), vocabulary.get(term).plain or ""):
                    found |= stems_of(name)
        return frozenset(found)


def held(record_id: str, library: Library) -> Held:
    """The parsed record; it must be in the library."""
    memory = memory_of(library)
    known = memory.held.get(record_id)
    if known is None:
        record = library.records[record_id]
        source = library.source_of(record.edition)
        known = Held(record, library.editions[record.edition], source, library)
        memory.held[record_id] = known
    return known


def typed_terms(record: Record) -> tuple[str, ...]:
    """The term ids in a record's fields, whatever its kind."""
    population = record.population
    found = [*record.interventions, *population.conditions, *population.settings]
    found += [*population.lines, *population.subtypes, *population.groups]
    found += [criterion.biomarker for criterion in population.biomarkers]
    found += [prior.therapy for prior in population.prior]
    match record:
        case Recommendation():
            found.append(record.body)
        case Result():
            found.append(record.endpoint)
            found += [term for arm in record.arms for term in arm.interventions]
            found += [record.study] if record.study else []
        case Regimen():
            found += [*record.studies, *(c.intervention for c in record.components)]
        case SafetyRule():
            found += record.events
        case Eligibility():
            found.append(record.study)
        case Definition():
            found.append(record.term)
        case Status():
            found += [record.agency, record.region]
        case Study():
            found += [record.id, *(term for arm in record.arms for term in arm.interventions)]
            found += [record.primary_endpoint] if record.primary_endpoint else []
    return tuple(found)


def _parsed(text: str, part: str, arm: int | None = None) -> list[Value]:
    return [Value(q.value, q.unit, q.comparator, q.role, part, arm) for q in quantities_of(text)]


def _result_values(record: Result) -> tuple[Value, ...]:
    found: list[Value] = []
    for index, arm in enumerate(record.arms):
        found += _arm_values(arm, record.unit, index)
    if record.effect:
        found += _effect_values(record.effect, record.unit)
    if record.grade:
        found += _parsed(f"grade {record.grade}", "grade")
    if record.timepoint:
        found += _parsed(record.timepoint, "timepoint")
    if record.follow_up_months is not None:
        months = record.follow_up_months
        found.append(Value(months, "months", "=", "value", "follow_up"))
    words = (record.population.text, record.subgroup, record.explanation, record.caution)
    for text in (*words, record.analysis_label, record.assessed_by, *(a.name for a in record.arms)):
        if text:
            found += _parsed(text, "text")
    return tuple(found)


def _arm_values(arm: ArmValue, unit: str | None, index: int) -> list[Value]:
    found: list[Value] = []
    if arm.value is not None:
        found += _parsed(f"was {with_unit(number(arm.value), unit)}", "arm", index)
    for value, role in ((arm.low, "ci_low"), (arm.high, "ci_high"), (arm.ci_level, "ci_level")):
        if value is not None:
            found.append(Value(Decimal(value), None, "=", role, "arm", index))
    if arm.n is not None:
        found.append(Value(Decimal(arm.n), "patients", "=", "n", "size", index))
    if arm.events is not None:
        found.append(Value(Decimal(arm.events), "patients", "=", "n", "events", index))
    return found


def _effect_values(effect: Effect, unit: str | None) -> list[Value]:
    found: list[Value] = []
    role = RATIO_ROLES[effect.type]
    of_difference = unit if role in ("rd", "value") else None
    for value, part in (
        (effect.value, role),
        (effect.low, "ci_low"),
        (effect.high, "ci_high"),
        (effect.ci_level, "ci_level"),
    ):
        if value is not None:
            found.append(Value(Decimal(value), of_difference, "=", part, "effect"))
    found += [
        Value(v.value, None, v.comparator, "p", "effect")
        for v in _parsed(p_value(effect), "effect")
    ]
    if effect.margin is not None:
        found.append(Value(effect.margin, of_difference, "=", "value", "text"))
    return found
