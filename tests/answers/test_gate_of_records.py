"""Every sentence that the shipped records give passes the gate that it must pass to be printed."""

from collections import defaultdict

import pytest

from probatum.answers.sentences import drafts_of
from probatum.checks.gate import examine
from probatum.checks.view import View
from probatum.evidence.claim import Role, Verdict
from probatum.evidence.record import Record, Regimen, Result
from probatum.evidence.source import Checked, SourceType
from probatum.library.library import Library
from tests.answers.conftest import LIBRARY

KINDS = sorted({record.kind for record in LIBRARY.records.values()})


def refused(records: list[Record], role: Role, library: Library) -> list[str]:
    view = View(library)
    return [
        f"{record.id} ({draft.form}): {'; '.join(check.detail for check in examined.failures)}"
        for record in records
        for draft in drafts_of(record, library, role)
        if (examined := examine(draft, view)).verdict is not Verdict.SUPPORTED
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_no_sentence_of_a_current_record_is_refused(library: Library, kind: str) -> None:
    records = [r for r in library.records.values() if r.kind == kind and library.current(r)]
    assert refused(records, "statement", library) == []


def test_no_sentence_of_a_replaced_result_is_refused_as_history(library: Library) -> None:
    records: list[Record] = [
        record
        for record in library.records.values()
        if isinstance(record, Result) and not library.current(record)
    ]
    assert records
    assert refused(records, "history", library) == []


def test_every_sentence_of_a_replaced_record_is_refused_as_current(library: Library) -> None:
    view = View(library)
    passed = [
        record.id
        for record in library.records.values()
        if not library.current(record)
        for draft in drafts_of(record, library)
        if draft.role == "statement" and examine(draft, view).verdict is Verdict.SUPPORTED
    ]
    assert passed == []


def test_no_record_that_nobody_read_ships(library: Library) -> None:
    unread = [r.id for r in library.records.values() if r.checked is Checked.UNCHECKED]
    assert unread == []


def test_a_trial_regimen_outlives_its_interim_publication(library: Library) -> None:
    """A later report of a trial replaces figures, not the treatment that was given in it."""
    trials = (SourceType.RANDOMIZED_TRIAL, SourceType.SINGLE_ARM_TRIAL)
    lost = [
        record.id
        for record in library.records.values()
        if isinstance(record, Regimen)
        and library.source_of(record.edition).type in trials
        and record.superseded_by is None
        and not library.current(record)
    ]
    assert lost == []


def test_no_two_records_of_one_population_give_the_same_sentence(library: Library) -> None:
    said: dict[tuple[str, str], list[str]] = defaultdict(list)
    for record in library.records.values():
        main = drafts_of(record, library)[0]
        said[main.text, record.population.text].append(record.id)
    assert [ids for ids in said.values() if len(ids) > 1] == []
