"""Which findings bear on a need: those whose population covers it, current ones first.

Nothing is thrown away silently: what a later analysis replaced is kept as history, and findings of
other populations that share the intervention are kept as contrast, so that the answer can say that
they exist and do not apply.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import pairwise

from probatum.answers.standing import standing
from probatum.checks.cover import directness
from probatum.evidence.record import (
    Eligibility,
    Record,
    Regimen,
    Result,
    Status,
    Study,
)
from probatum.library.library import Library
from probatum.library.subjects import study_of, tested
from probatum.questions.need import Need
from probatum.terms.remembered import remembered

# A part of the population asked about is as direct as the whole; a wider one is less so.
_LEVELS = {"same": 0, "narrower": 0, "broader": 1, "other": 2}

_OR = re.compile(r"\s*,?\s*(?:or|versus|vs\.?|rather than|instead of)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class Evidence:
    """What was gathered for one need.

    `told_later` are decisions whose source appeared after `as_of` and tells steps taken before it.
    """

    library: Library
    need: Need
    as_of: date | None
    direct: tuple[Record, ...] = ()
    history: tuple[Record, ...] = ()
    contrast: tuple[Record, ...] = ()
    told_later: tuple[Status, ...] = ()
    levels: Mapping[str, str] = field(default_factory=dict)

    @property
    def named(self) -> bool:
        """Whether the question names an intervention or a study at all."""
        return bool(self.need.interventions or self.need.studies)

    def concerns(self, record: Record) -> bool:
        """Whether the record is about an intervention or study that the question names."""
        if not self.named:
            return False
        known = self._concerned.get(record.id)
        if known is None or known[0] is not record:
            known = self._concerned[record.id] = record, self._is_named(record)
        return known[1]

    @cached_property
    def _concerned(self) -> dict[str, tuple[Record, bool]]:
        """What was found of each record: the sections of an answer ask it again and again."""
        return {}

    def _is_named(self, record: Record) -> bool:
        need, vocabulary = self.need, self.library.vocabulary
        study = study_of(record)
        if study and need.studies:
            # A drug named beside its trial narrows to that trial, not out to all trials of it.
            return study in need.studies
        if study and self.head_to_head:
            return study in self.head_to_head
        mine = [term for term in self.interventions_of(record) if term in vocabulary]
        hits = [any(vocabulary.is_a(term, asked) for term in mine) for asked in self._asked]
        combined = self._together and isinstance(record, Regimen | Result | Status | Study)
        if combined and any(hits) and isinstance(record, Status):
            # A decision on one drug with another is filed under the one that was decided on.
            beside = indicated(record.id, self.library)
            return all(
                hit or any(vocabulary.is_a(term, asked) for term in beside)
                for hit, asked in zip(hits, self._asked, strict=True)
            )
        return all(hits) if combined else any(hits)

    def mentions_one(self, record: Record) -> bool:
        """Whether the record is about any one of the interventions named, combined or not."""
        vocabulary = self.library.vocabulary
        return any(
            vocabulary.is_a(mine, asked)
            for mine in record.interventions
            for asked in self._asked
            if mine in vocabulary
        )

    def given_before(self, record: Record) -> bool:
        """Whether a treatment or its result is of nothing but drugs that the patient has had.

        A class that was given ("platinum") leaves its members open: a second one may be meant.
        """
        if not isinstance(record, Regimen | Result):
            return False
        given = {p.therapy for p in self.need.prior if p.requirement == "required"}
        vocabulary = self.library.vocabulary
        drugs = {i for i in given if i in vocabulary and not vocabulary.descendants(i) - {i}}
        mine = set(self.interventions_of(record))
        return bool(mine) and mine <= drugs

    def covers(self, record: Record) -> bool:
        """Whether a rule on a class is about the drug asked: opioids, where oxycodone is named."""
        if isinstance(record, Result | Regimen | Status | Study | Eligibility):
            return False
        vocabulary = self.library.vocabulary
        return any(
            vocabulary.is_a(asked, mine)
            for asked in self._asked
            for mine in record.interventions
            if mine in vocabulary
        )

    @cached_property
    def _together(self) -> bool:
        """Whether the interventions named are meant in combination: something is held on all."""
        vocabulary = self.library.vocabulary
        if len(self._asked) < 2 or self.need.intent == "comparison" or self._either:
            return False
        return any(
            all(
                any(vocabulary.is_a(term, asked) for term in self.interventions_of(record))
                for asked in self._asked
            )
            for record in self.library.records.values()
            if self.levels.get(record.id, "other") != "other"
        )

    @cached_property
    def _either(self) -> bool:
        """Whether two of the interventions named are alternatives: "cisplatin or carboplatin"."""
        question = self.need.question
        named = [
            mention
            for mention in self.library.vocabulary.match(question, kinds={"intervention"})
            if mention.term.id in self._asked
        ]
        return any(_OR.fullmatch(question[one.end : other.start]) for one, other in pairwise(named))

    @cached_property
    def _asked(self) -> tuple[str, ...]:
        """The interventions asked about; in a comparison a drug counts before a mere class."""
        need, vocabulary = self.need, self.library.vocabulary
        known = tuple(term for term in need.interventions if term in vocabulary)
        if need.intent != "comparison":
            return known
        drugs = tuple(i for i in known if not vocabulary.descendants(i) - {i})
        return drugs or known

    @cached_property
    def head_to_head(self) -> frozenset[str]:
        """The studies that set all interventions of a comparison against each other."""
        need, vocabulary = self.need, self.library.vocabulary
        if need.intent != "comparison" or len(need.interventions) < 2:
            return frozenset()

        def arms_with(study: Study, asked: str) -> frozenset[int]:
            return frozenset(
                index
                for index, arm in enumerate(study.arms)
                if any(vocabulary.is_a(term, asked) for term in arm.interventions)
            )

        def against(study: Study) -> bool:
            arms = [arms_with(study, asked) for asked in need.interventions]
            apart = any(one - other and other - one for one in arms for other in arms)
            return all(arms) and apart

        return frozenset(study.id for study in self.library.studies.values() if against(study))

    def interventions_of(self, record: Record) -> tuple[str, ...]:
        """The interventions a record is about; a study's findings inherit the tested ones."""
        held = self.library.records.get(record.id) is record
        subjects = self.library.subjects
        return subjects.interventions[record.id] if held else subjects.of_record(record)

    def tests(self, record: Result, wanted: Iterable[str]) -> bool:
        """Whether the result tests one of these: in the experimental arm, and not in both."""
        vocabulary = self.library.vocabulary
        asked = [term for term in wanted if term in vocabulary]

        def held(arms: Iterable[str], one: str) -> bool:
            return any(vocabulary.is_a(term, one) for term in arms if term in vocabulary)

        control = [t for arm in record.arms if arm.role == "control" for t in arm.interventions]
        mine = tested(record) or self.interventions_of(record)
        return any(held(mine, one) and not held(control, one) for one in asked)

    def of_asked_result(self, record: Record) -> bool:
        """Whether the record is for the threshold that the question names, and no wider one."""
        return any(
            mine.biomarker == asked.biomarker and mine.value == asked.value
            for mine in record.population.biomarkers
            for asked in self.need.criteria
            if asked.value is not None
        )

    def of_named_subgroup(self, record: Record) -> bool:
        """Whether a result is of the very subgroup that the question names."""
        if not isinstance(record, Result) or record.subgroup is None:
            return False
        need, vocabulary, people = self.need, self.library.vocabulary, record.population
        markers = {c.biomarker for c in need.criteria}
        if need.intent == "trial_result":
            # "By PD-L1 status" asks for every group of it.
            markers = markers or set(need.biomarkers)
        words = record.subgroup.casefold()
        return (
            bool(set(need.subtypes) & set(people.subtypes))
            or any(
                vocabulary.relation(mine.biomarker, asked) != "other"
                for mine in people.biomarkers
                for asked in markers
            )
            or any(self.library.name(region).casefold() in words for region in need.regions)
        )

    @cached_property
    def randomised(self) -> frozenset[str]:
        """The studies that were randomised."""
        return frozenset(s.id for s in self.library.studies.values() if s.randomised)

    def rank(self, record: Record) -> tuple[object, ...]:
        """The stated order: strength of recommendation, directness, design, recency, id."""
        strength, *others = standing(record.id, self.library)
        return strength, _LEVELS[self.levels[record.id]], *others


@remembered("library", 4096)
def indicated(status_id: str, library: Library) -> tuple[str, ...]:
    """The interventions that the indication of a decision names."""
    record = library.records[status_id]
    text = record.indication if isinstance(record, Status) else ""
    named = library.vocabulary.match(text, kinds={"intervention"})
    return tuple({mention.term.id: None for mention in named})


@remembered("library", 8)
def _by(as_of: date | None, library: Library) -> tuple[tuple[Record, bool, bool], ...]:
    """What had appeared or told of a step by a day: the record, whether known, whether current."""
    found = []
    for record in library.records.values():
        known = library.known_by(record.edition, as_of)
        if known or (isinstance(record, Status) and record.steps_by(as_of)):
            found.append((record, known, known and library.current(record, as_of)))
    return tuple(found)


def gather(need: Need, library: Library, as_of: date | None) -> Evidence:
    """Sort every record that had appeared by `as_of` into direct, history and contrast."""
    direct: list[Record] = []
    history: list[Record] = []
    contrast: list[Record] = []
    told_later: list[Status] = []
    levels: dict[str, str] = {}
    subjects = library.subjects
    among: dict[str, str] = {}
    for record, known, current in _by(as_of, library):
        people = subjects.people[record.id]
        level = among.get(people)
        if level is None:
            level = directness(record.population, need, library.vocabulary).level
            among[people] = level
        if not known:
            if level != "other" and isinstance(record, Status):
                told_later.append(record)
            continue
        levels[record.id] = level
        if level == "other":
            contrast.append(record)
        elif current:
            direct.append(record)
        else:
            history.append(record)
    unsorted = Evidence(library, need, as_of, levels=levels)
    return replace(
        unsorted,
        direct=tuple(sorted(direct, key=unsorted.rank)),
        history=tuple(sorted(history, key=unsorted.rank)),
        contrast=tuple(sorted(contrast, key=unsorted.rank)),
        told_later=tuple(told_later),
    )
