"""Every sentence that the shipped records give passes the gate that it must pass to be printed."""

from collections import defaultdict

import pytest

from probatum.answers.gather import gather
from probatum.answers.sentences import drafts_of
from probatum.checks.gate import examine
from probatum.checks.view import View
from probatum.engine import Ask
from probatum.evidence.claim import Role, Verdict
from probatum.evidence.record import Record, Regimen, Result
from probatum.evidence.source import Checked, SourceType
from probatum.library.library import Library
from tests.answers.conftest import ENGINE, LIBRARY

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


def test_no_sentence_that_may_correct_a_premise_is_refused(library: Library) -> None:
    kinds = ("status", "recommendation", "regimen", "result", "study")
    view = View(library)
    lost = [
        f"{record.id}: {'; '.join(check.detail for check in examined.failures)}"
        for record in library.records.values()
        if record.kind in kinds and library.current(record)
        for draft in drafts_of(record, library, "correction")[:1]
        if (examined := examine(draft, view)).verdict is not Verdict.SUPPORTED
    ]
    assert lost == []


@pytest.mark.parametrize(
    "question",
    [
        "What are the treatment options for recurrent or metastatic cervical cancer?",
        "How is locally advanced cervical cancer treated?",
        "When should opioids be considered for chronic pain?",
        "When should opioids be considered for acute pain?",
    ],
)
def test_no_main_sentence_of_another_population_is_refused_as_a_contrast(
    library: Library, question: str
) -> None:
    need = ENGINE.need(Ask(question=question))
    view = View(library, need)
    elsewhere = [r for r in gather(need, library, None).contrast if library.current(r)]
    assert elsewhere
    lost = [
        f"{record.id}: {'; '.join(check.detail for check in examined.failures)}"
        for record in elsewhere
        for draft in drafts_of(record, library, "contrast")[:1]
        if (examined := examine(draft, view)).verdict is not Verdict.SUPPORTED
    ]
    assert lost == []


@pytest.mark.parametrize(
    "question",
    [
        "What are the treatment options for recurrent or metastatic cervical cancer?",
        "When should opioids be considered for chronic pain?",
    ],
)
def test_no_sentence_of_another_population_passes_as_a_statement(
    library: Library, question: str
) -> None:
    need = ENGINE.need(Ask(question=question))
    view = View(library, need)
    passed = [
        record.id
        for record in gather(need, library, None).contrast
        for draft in drafts_of(record, library)[:1]
        if examine(draft, view).verdict is Verdict.SUPPORTED
    ]
    assert passed == []
