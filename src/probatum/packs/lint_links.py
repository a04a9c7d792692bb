"""What points at what: editions, records and studies must exist, and time must run forwards.

A supersession that points backwards or in a circle makes the program quote the older figure as the
newest one (defect D4).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from probatum.evidence.record import Eligibility, Record, Regimen, Result, Study
from probatum.evidence.source import Edition
from probatum.packs.model import Pack, PackAlgorithm
from probatum.packs.problem import Problem, error
from probatum.terms.vocabulary import Vocabulary


def link_problems(pack: Pack, vocabulary: Vocabulary) -> Iterator[Problem]:
    """References that lead nowhere, in a circle, backwards in time or to other people."""
    editions = {edition.id: edition for source in pack.sources for edition in source.editions}
    records = {record.id: record for record in pack.records}
    yield from _twice("source", [source.id for source in pack.sources])
    yield from _twice("edition", [e.id for source in pack.sources for e in source.editions])
    yield from _twice("record", [record.id for record in pack.records])
    yield from _twice("algorithm", [algorithm.id for algorithm in pack.algorithms])
    for edition in editions.values():
        yield from _edition(edition, editions)
    for record in pack.records:
        yield from _record(record, records, editions)
    for algorithm in pack.algorithms:
        yield from _algorithm(algorithm, records, pack.manifest.conditions, vocabulary)


def _twice(noun: str, ids: list[str]) -> Iterator[Problem]:
    for id, count in Counter(ids).items():
        if count > 1:
            yield error(f"{noun} {id}", f"{count} of them have this id", "give each its own id")


def _edition(edition: Edition, editions: Mapping[str, Edition]) -> Iterator[Problem]:
    where = f"edition {edition.id}: supersedes"
    for id in edition.supersedes:
        if id not in editions:
            yield error(where, f"there is no edition {id!r}", "correct the id or add the edition")
        elif _is_before(edition, editions[id]):
            yield error(where, f"{id!r} is newer than this edition", "swap the two or the dates")
    above = {id: edition.supersedes for id, edition in editions.items()}
    if _returns(edition.id, above):
        yield error(where, "the chain comes back to this edition", "remove one link of it")


def _record(
    record: Record, records: Mapping[str, Record], editions: Mapping[str, Edition]
) -> Iterator[Problem]:
    where = f"record {record.id}"
    if record.edition not in editions:
        yield error(f"{where}: edition", f"there is no edition {record.edition!r}", "correct it")
    for study in _studies_of(record):
        if not isinstance(records.get(study), Study):
            yield error(f"{where}: study", f"there is no study record {study!r}", "add the study")
    if record.superseded_by is None:
        return
    where = f"{where}: superseded_by"
    newer = records.get(record.superseded_by)
    if newer is None:
        yield error(where, f"there is no record {record.superseded_by!r}", "correct the id")
    elif _is_older(newer, record, editions):
        yield error(where, f"{newer.id!r} is older than this record", "point to the newer one")
    chain = {id: (r.superseded_by,) if r.superseded_by else () for id, r in records.items()}
    if _returns(record.id, chain):
        yield error(where, "the chain comes back to this record", "remove one link of it")


def _studies_of(record: Record) -> tuple[str, ...]:
    match record:
        case Result():
            return (record.study,) if record.study else ()
        case Eligibility():
            return (record.study,)
        case Regimen():
            return record.studies
    return ()


def _is_older(target: Record, record: Record, editions: Mapping[str, Edition]) -> bool:
    if isinstance(target, Result) and isinstance(record, Result):
        one, other = target.follow_up_months, record.follow_up_months
        if one is not None and other is not None and one < other:
            return True
    first, second = editions.get(target.edition), editions.get(record.edition)
    return first is not None and second is not None and _is_before(first, second)


def _is_before(one: Edition, other: Edition) -> bool:
    if one.date is not None and other.date is not None:
        return one.date < other.date
    return one.year is not None and other.year is not None and one.year < other.year


def _returns(start: str, onward: Mapping[str, tuple[str, ...]]) -> bool:
    seen: set[str] = set()
    queue = list(onward.get(start, ()))
    while queue:
        current = queue.pop()
        if current == start:
            return True
        if current not in seen:
            seen.add(current)
            queue.extend(onward.get(current, ()))
    return False


def _algorithm(
    algorithm: PackAlgorithm,
    records: Mapping[str, Record],
    subjects: tuple[str, ...],
    vocabulary: Vocabulary,
) -> Iterator[Problem]:
    # A step may reach another subject of the pack (a complication), never a neighbour of it.
    allowed = {*algorithm.population.conditions, *subjects}
    for step in algorithm.steps:
        where = f"algorithm {algorithm.id}: step {step.id}"
        for id in step.then:
            record = records.get(id)
            if record is None:
                yield error(where, f"there is no record {id!r}", "correct the id")
            elif not _related(allowed, record.population.conditions, vocabulary):
                yield error(
                    where,
                    f"record {id!r} is about other people ({record.population.text})",
                    "use a record of the algorithm's population (defect D1)",
                )


def _related(ours: Iterable[str], theirs: Iterable[str], vocabulary: Vocabulary) -> bool:
    known = [id for id in theirs if id in vocabulary]
    return any(
        vocabulary.is_a(one, other) or vocabulary.is_a(other, one)
        for one in ours
        if one in vocabulary
        for other in known
    )
