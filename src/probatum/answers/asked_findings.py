"""Which findings are on the harms and tests that a question names.

A drug has rules on many harms: where one is named, the rules on the others only hide the answer.
"""

from collections.abc import Callable, Sequence

from probatum.answers.gather import Evidence
from probatum.answers.outline import sort_of_result
from probatum.answers.relevance import relevance
from probatum.checks.reading import stems_of
from probatum.evidence.record import Definition, Recommendation, Record, Result, SafetyRule
from probatum.library.library import Library
from probatum.terms.remembered import remembered

# Words in the names of many endpoints, which tell none of them apart.
_OF_ANY_EVENT = stems_of("adverse event events grade any related treatment")
# For display, the project's own: how close to the best match another record's words must come
# to be shown beside it.
_NEARLY = 0.35


def about_asked(records: list[Record], evidence: Evidence) -> list[Record]:
    """When the question names adverse events or tests, what is about those comes alone, if held."""
    need = evidence.need
    narrowed = _narrowed(records, evidence)
    if not narrowed:
        # A rule on all harms of a drug stands where none is on the one that was named.
        question, library = need.question, evidence.library
        narrowed = [
            record
            for record in records
            if isinstance(record, SafetyRule)
            or (isinstance(record, Result) and _says_endpoint(record, question, library))
        ]
    if need.intent not in ("biomarker", "definition"):
        return narrowed
    return [r for r in narrowed if _matches(r, need.biomarkers, evidence, _markers)] or narrowed


def _narrowed(records: list[Record], evidence: Evidence) -> list[Record]:
    """Records on the events named, and others as close to the question's words as those."""
    library, events = evidence.library, evidence.need.events
    # The drug's name is in all of its rules and tells none of them apart.
    question = evidence.need.question
    if evidence.need.parts < 2:
        question = _without_drugs(question, library)
    matching = {r.id for r in records if _matches(r, events, evidence, _events)}
    if not events or len(matching) == len(records):
        return records
    close = [relevance(r, question, library) for r in records if r.id in matching]
    bar = max(close, default=0.0) * _NEARLY
    return [
        record
        for record in records
        if record.id in matching
        or (
            _says_endpoint(record, question, library)
            and relevance(record, question, library) > bar > 0
        )
    ]


def _says_endpoint(record: Record, question: str, library: Library) -> bool:
    """Whether a result's endpoint shares a word with the question; of other findings always."""
    if not isinstance(record, Result):
        return True
    return bool(stems_of(library.name(record.endpoint)) & stems_of(question) - _OF_ANY_EVENT)


def on_events(record: Record, evidence: Evidence) -> bool:
    """Whether the record is on one of the adverse events that the question names."""
    events = evidence.need.events
    told = _events(record, evidence) is not None
    return bool(events) and told and _matches(record, events, evidence, _events)


@remembered("library", 256)
def _without_drugs(question: str, library: Library) -> str:
    for mention in reversed(library.vocabulary.match(question, kinds={"intervention"})):
        question = f"{question[: mention.start]} {question[mention.end :]}"
    return question


def _matches(
    record: Record,
    asked: Sequence[str],
    evidence: Evidence,
    of: Callable[[Record, Evidence], Sequence[str] | None],
) -> bool:
    named = of(record, evidence)
    vocabulary = evidence.library.vocabulary
    return (
        not asked
        or named is None
        or any(
            vocabulary.relation(one, mine) != "other"
            for one in asked
            for mine in named
            if mine in vocabulary and one in vocabulary
        )
    )


def _events(record: Record, evidence: Evidence) -> Sequence[str] | None:
    if isinstance(record, SafetyRule):
        return record.events
    if isinstance(record, Result) and sort_of_result(record, evidence) == "event":
        return (record.endpoint,)
    if isinstance(record, Recommendation):
        named = _harms_named(record.id, evidence.library)
        return named if named or evidence.need.intent == "safety" else None
    return None


@remembered("library", 4096)
def _harms_named(record_id: str, library: Library) -> tuple[str, ...]:
    found = library.vocabulary.match(library.statement(record_id), kinds={"adverse_event"})
    return tuple({mention.term.id: None for mention in found})


def _markers(record: Record, evidence: Evidence) -> Sequence[str] | None:
    """The tests that a definition or a prevalence speaks of."""
    if isinstance(record, Definition) or (
        isinstance(record, Result) and sort_of_result(record, evidence) == "prevalence"
    ):
        return _spoken_of(record.id, evidence.library)
    return None


@remembered("library", 4096)
def _spoken_of(record_id: str, library: Library) -> tuple[str, ...]:
    mentions = library.vocabulary.match(library.statement(record_id), kinds={"biomarker"})
    return tuple({mention.term.id for mention in mentions})
