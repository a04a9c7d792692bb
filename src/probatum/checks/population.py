"""A sentence is about the people its records are about, and about those who were asked for (D1).

It compares conditions, settings, lines, tumour types and groups named in the text with each
record's population, and the record's population with the need. Evidence from somebody else may only
be told as a contrast or as history, in words that name whose it is.

It cannot see a population that the sentence leaves unsaid, unless the record names a subgroup or a
biomarker; the page prints each claim's population beside it for that reason.
"""

from collections.abc import Iterable, Sequence

from probatum.checks.anchored import records_of
from probatum.checks.cover import directness, related
from probatum.checks.held import Held
from probatum.checks.outcome import conflicting, failed, not_applicable, passed
from probatum.checks.phrases import word_list
from probatum.checks.reading import Reading, read
from probatum.checks.view import View
from probatum.evidence.claim import CheckResult, Draft
from probatum.evidence.record import Recommendation, Result, Status

NAME = "population"
# Dimensions whose named terms must fit the record's, with the name used in reasons.
_DIMENSIONS = (
    ("setting", "settings"),
    ("line", "lines"),
    ("subtype", "subtypes"),
    ("group", "groups"),
)


def check(draft: Draft, view: View) -> CheckResult:
    """Fail when text, record and need are not about the same people."""
    records = records_of(draft, view)
    if not records:
        return failed(NAME, "no anchored record is held")
    reading = read(draft.text, view.library)
    for held in records:
        fault = _text_against(held, reading, draft, view) or _unsaid(held, reading)
        if fault:
            return conflicting(NAME, fault)
    fault = _unheld(records, reading, draft, view)
    if fault:
        return failed(NAME, fault)
    for held in records:
        fault = _need_against(held, reading, draft, view)
        if fault:
            return failed(NAME, fault)
    if not any(held.record.population.conditions for held in records) and view.need is None:
        return not_applicable(NAME, "the records are not restricted to a population")
    return passed(NAME, f"about: {records[0].record.population.text}")


def _own(held: Held, field: str) -> tuple[str, ...]:
    found: tuple[str, ...] = getattr(held.record.population, field)
    return found


def _text_against(held: Held, reading: Reading, draft: Draft, view: View) -> str | None:
    vocabulary = view.library.vocabulary
    named = _named(held, reading, "condition")
    own = _own(held, "conditions")
    if named and own:
        near = {n: related((n,), own, vocabulary) for n in named}
        if all(level == "other" for level in near.values()) and not named & held.terms:
            return _apart(named, own, held, view)
        # "same" or "narrower" names the record's own people, or a kind that it includes as such.
        exact = any(level == "same" for level in near.values()) or bool(named & held.terms)
        if isinstance(held.record, Result) and not exact:
            return f"{held.record.id} is about {_list(own, view)}, not {_list(named, view)} as such"
        if not exact and not any(level == "broader" for level in near.values()):
            return f"{held.record.id} is about {_list(own, view)} only"
    for kind, field in _DIMENSIONS:
        told = _named(held, reading, kind) - set(word_list("population")["everyone"])
        has = _own(held, field)
        if told and has and related(told, has, vocabulary) == "other" and not told & held.terms:
            return _apart(told, has, held, view)
    return _foreign_subtype(held, reading, view)


def _named(held: Held, reading: Reading, kind: str) -> frozenset[str]:
    """Terms of a kind that the text names, less words that the record has in another sense."""
    return frozenset(
        m.term.id for m in reading.of_kind(kind) if m.term.id in held.terms or not held.says(m.text)
    )


def _apart(told: Iterable[str], own: Iterable[str], held: Held, view: View) -> str:
    who, whose = _list(told, view), _list(own, view)
    return f"the sentence is about {who}, {held.record.id} about {whose}"


def _foreign_subtype(held: Held, reading: Reading, view: View) -> str | None:
    """One tumour type named of a result for all types: a value told of the wrong people."""
    record = held.record
    if not isinstance(record, Result):
        return None
    named = reading.terms("subtype")
    listed = held.statement.terms("subtype")
    own = set(record.population.subtypes) | read(record.subgroup or "", view.library).terms()
    if not named or (listed and listed <= named and not own):
        return None
    if own and related(named, own, view.library.vocabulary) != "other":
        return None
    return f"{record.id} is not about {_list(named, view)} alone"


def _unsaid(held: Held, reading: Reading) -> str | None:
    """A recommendation or approval that needs a biomarker, told as if it did not."""
    record = held.record
    if not isinstance(record, Recommendation | Status):
        return None
    vocabulary = held.library.vocabulary
    named = reading.terms("biomarker")
    for criterion in record.population.biomarkers:
        if related(named, (criterion.biomarker,), vocabulary) == "other":
            return f"{record.id} holds only with {criterion.biomarker}, which is not said"
    return None


def _unheld(records: Sequence[Held], reading: Reading, draft: Draft, view: View) -> str | None:
    """Terms of the text that fit none of the records."""
    vocabulary = view.library.vocabulary
    need = view.need
    spared: set[str] = set()
    if draft.role == "contrast" and need is not None:
        spared |= {
            *need.conditions,
            *need.settings,
            *need.subtypes,
            *((need.line,) if need.line else ()),
        }
    for kind, field in (("condition", "conditions"), *_DIMENSIONS):
        for term in reading.terms(kind) - spared - set(word_list("population")["everyone"]):
            words = [m.text for m in reading.of_kind(kind) if m.term.id == term]
            if any(term in held.terms or all(map(held.says, words)) for held in records):
                continue
            own = [value for held in records for value in _own(held, field)]
            if related((term,), own, vocabulary) == "other":
                return f"{_list([term], view)} is in no anchored record"
    return None


def _need_against(held: Held, reading: Reading, draft: Draft, view: View) -> str | None:
    apart = draft.role in ("contrast", "history")
    population = held.record.population
    if view.need is not None:
        cover = directness(population, view.need, view.library.vocabulary)
        if cover.level == "other":
            reason = "; ".join(cover.reasons)
            if not apart:
                return f"{held.record.id} is about other people ({reason})"
            if not _names_difference(held, reading, view):
                return f"the sentence does not say whose evidence it is ({reason})"
            return None
    if draft.role == "contrast" and not _names_people(held, reading, view):
        return "a contrast must name the population it comes from"
    return None


def _names_difference(held: Held, reading: Reading, view: View) -> bool:
    """Whether the text names, of the record's population, something the need does not share."""
    need = view.need
    if need is None:
        return _names_people(held, reading, view)
    vocabulary = view.library.vocabulary
    population = held.record.population
    named = reading.terms()
    for own, asked in (
        (population.conditions, need.conditions),
        (population.settings, need.settings),
        (population.lines, (need.line,) if need.line else ()),
        (population.subtypes, need.subtypes),
        (population.groups, need.groups),
    ):
        if own and asked and related(asked, own, vocabulary) == "other":
            return related(named, own, vocabulary) == "same"
    if population.groups and set(population.groups) <= set(need.not_groups):
        return related(named, population.groups, vocabulary) == "same"
    differing = [c.biomarker for c in population.biomarkers] + [p.therapy for p in population.prior]
    return related(named, differing, vocabulary) != "other"


def _names_people(held: Held, reading: Reading, view: View) -> bool:
    population = held.record.population
    own = (*population.conditions, *population.settings, *population.lines, *population.subtypes)
    return related(reading.terms(), own, view.library.vocabulary) == "same"


def _list(terms: Iterable[str], view: View) -> str:
    return ", ".join(sorted(view.library.name(term) for term in terms))
