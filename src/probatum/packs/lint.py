"""Check a pack against itself and the vocabulary, before any answer can quote it.

The models refuse a record that is malformed; the lint finds one that is well-formed and wrong: an
id that names nothing, a number that contradicts its neighbour, a chain of editions that runs
backwards. Each rule prevents a claim that would look supported and not be.
"""

from collections.abc import Iterator

from probatum.evidence.record import Definition, Recommendation, Result, SafetyRule, Status, Study
from probatum.evidence.source import Checked, SourceType
from probatum.packs.lint_links import link_problems
from probatum.packs.lint_numbers import number_problems
from probatum.packs.lint_terms import term_problems
from probatum.packs.model import Pack
from probatum.packs.problem import Problem, error, warning
from probatum.terms.term import VocabularyError
from probatum.terms.vocabulary import Vocabulary

__all__ = ["Problem", "lint"]


def lint(pack: Pack, vocabulary: Vocabulary) -> tuple[Problem, ...]:
    """Every problem of a pack, errors first, each group by place.

    `vocabulary` is the one in use; the pack's own terms are added where it lacks them.
    """
    missing = [t for t in pack.terms if t.id not in vocabulary or vocabulary.get(t.id) != t]
    try:
        known = vocabulary.extended(missing)
    except VocabularyError as clash:
        problem = error("terms.yaml", str(clash), "give each name and id to one term of a kind")
        return (problem,)
    found = [
        *term_problems(pack, known),
        *link_problems(pack, known),
        *number_problems(pack),
        *_records(pack),
        *_editions(pack),
    ]
    return tuple(sorted(found, key=lambda p: (p.severity, p.where, p.message)))


def _records(pack: Pack) -> Iterator[Problem]:
    with_results = {record.study for record in pack.records if isinstance(record, Result)}
    for record in pack.records:
        where = f"record {record.id}"
        if record.checked is Checked.UNCHECKED:
            yield error(
                where,
                "nobody has read this value in its source, so it must never become a claim",
                "read it and say where, or leave the record out",
            )
        if isinstance(record, Recommendation | SafetyRule | Definition) and not record.plain:
            yield warning(
                where, "has no wording for a patient", "write `plain` with the same facts"
            )
        if isinstance(record, Study) and record.id not in with_results:
            yield warning(where, "the study has no result", "add a result or leave the study out")
        if isinstance(record, Status):
            yield from _status(record, where)


def _status(record: Status, where: str) -> Iterator[Problem]:
    if not record.region:
        yield error(where, "a decision without a region", "name the region it holds for")
    if record.state in ("approved", "accelerated", "withdrawn") and not record.date:
        yield warning(where, "a decision without a date", "give the date, or as much as was read")


def _editions(pack: Pack) -> Iterator[Problem]:
    cited = {record.edition for record in pack.records}
    replaced = {
        id for source in pack.sources for edition in source.editions for id in edition.supersedes
    }
    for source in pack.sources:
        for edition in source.editions:
            where = f"edition {edition.id}"
            # A guideline may be held as an entry only, to say "held, not read" of its body.
            bibliographic = source.type is SourceType.GUIDELINE or edition.id in replaced
            if edition.id not in cited and not bibliographic:
                yield warning(where, "no record cites this edition", "cite it or remove it")
            if not edition.identifiers.present():
                yield error(
                    where, "has no identifier, so a citation leads nowhere", "add PMID, DOI or URL"
                )
