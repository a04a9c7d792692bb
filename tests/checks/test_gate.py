"""The gate over the table of good and bad sentences, and what only it may do."""

import time

import pytest

from probatum.checks import gate
from probatum.checks.gate import CHECKS, NAMES, Examined, GateError, admit, claim_of, examine
from probatum.checks.view import View
from probatum.evidence.claim import CheckResult, Outcome, Verdict
from probatum.evidence.record import Strength
from probatum.evidence.source import Depth
from tests.checks.invented import LIBRARY, NEED, RECORDS, draft
from tests.checks.sentences import BAD, GOOD, Sentence


@pytest.mark.parametrize("good", GOOD, ids=lambda good: good.text[:60])
def test_a_sentence_that_says_what_its_records_say_passes_every_check(
    good: Sentence, asked: View
) -> None:
    examined = examine(good.draft(), asked)
    assert (examined.verdict, examined.failures) == (Verdict.SUPPORTED, ())


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: f"{bad.check}: {bad.text[:60]}")
def test_a_sentence_that_says_something_else_is_stopped_by_the_check_meant_for_it(
    bad: Sentence, view: View
) -> None:
    failed = {check.name for check in examine(bad.draft(), view).failures}
    assert bad.check in failed


def test_every_check_reports_once_in_the_order_of_the_gate(view: View) -> None:
    examined = examine(GOOD[0].draft(), view)
    assert tuple(check.name for check in examined.checks) == NAMES
    assert len(CHECKS) == len(NAMES) == len(set(NAMES))


@pytest.mark.parametrize("name", NAMES)
def test_each_check_stops_some_sentence_of_the_table(name: str) -> None:
    if name == "anchors":
        stopped = examine(draft("Examplimab is recommended."), View(LIBRARY)).failures
        assert "anchors" in {check.name for check in stopped}
    else:
        assert name in {bad.check for bad in BAD}


@pytest.mark.parametrize("name", NAMES)
def test_each_check_says_what_it_cannot_see(name: str) -> None:
    module = getattr(gate, name)
    assert "cannot see" in " ".join((module.__doc__ or "").split())


def test_a_record_statement_passes_unless_the_record_itself_is_barred(view: View) -> None:
    barred = {
        record.id
        for record in RECORDS
        if examine(draft(LIBRARY.statement(record.id), record.id), view).failures
    }
    assert barred == {
        "os-interim",
        "rec-old",
        "retracted-response",
        "her2-response",
        "unread-response",
    }


def test_another_held_value_makes_the_verdict_contradicted(view: View) -> None:
    text = "Median overall survival was 11.8 months with examplimab."
    assert examine(draft(text, "os-final"), view).verdict is Verdict.CONTRADICTED


def test_a_number_that_nothing_held_compares_with_makes_a_true_sentence_partly_supported(
    view: View,
) -> None:
    text = "Median overall survival was 11.7 months with examplimab at a weight of 70 kg."
    assert examine(draft(text, "os-final"), view).verdict is Verdict.PARTLY_SUPPORTED


def test_a_name_that_is_not_held_makes_the_verdict_not_enough_information(view: View) -> None:
    text = "ESMO recommends examplimab for recurrent or metastatic cervical cancer."
    assert examine(draft(text, "rec-second"), view).verdict is Verdict.NOT_ENOUGH_INFORMATION


def test_admitted_and_refused_keep_the_order_given(asked: View) -> None:
    good, bad = GOOD[:3], BAD[:3]
    mixed = [bad[0], good[0], bad[1], good[1], good[2], bad[2]]
    admitted, refused = admit([item.draft() for item in mixed], asked)
    assert [e.draft.text for e in admitted] == [item.text for item in good]
    assert [e.draft.text for e in refused] == [item.text for item in bad]


def test_a_claim_takes_depth_strength_and_population_from_its_records(asked: View) -> None:
    wanted = draft(
        "NCCN recommends examplimab for recurrent or metastatic cervical cancer after "
        "platinum-containing chemotherapy.",
        "rec-second",
        focus="rec-second",
    )
    claim = claim_of(examine(wanted, asked), "c1", (1,), asked)
    assert (claim.text, claim.anchors, claim.citations) == (wanted.text, wanted.anchors, (1,))
    assert claim.depth is Depth.CURATED_RECORD
    assert claim.strength == Strength(system="NCCN", grade="1", direction="for")
    assert claim.population == (
        "recurrent or metastatic cervical cancer after platinum-containing chemotherapy"
    )


def test_a_claim_is_as_deep_as_its_shallowest_record(view: View) -> None:
    text = (
        "NCCN recommends examplimab for recurrent cervical cancer; in HER2-positive (IHC 3+) solid "
        "tumours, hertuzin deruxane gave an objective response in 37.1%, as cited by a review."
    )
    claim = claim_of(examine(draft(text, "rec-second", "her2-response"), view), "c1", (1, 2), view)
    assert claim.depth is Depth.SECONDARY


def test_a_refused_draft_cannot_become_a_claim(asked: View) -> None:
    with pytest.raises(GateError, match=r"claim c1 did not pass the gate: .*11\.8"):
        claim_of(examine(BAD[0].draft(), asked), "c1", (1,), asked)


def test_a_forged_verdict_cannot_become_a_claim(asked: View) -> None:
    passes = tuple(CheckResult(name=n, outcome=Outcome.PASS, detail="ok") for n in NAMES)
    forged = Examined(BAD[0].draft(), passes, Verdict.SUPPORTED)
    with pytest.raises(GateError):
        claim_of(forged, "c1", (1,), asked)


def test_a_draft_that_passed_for_nobody_in_particular_is_examined_again_for_the_need(
    view: View, asked: View
) -> None:
    text = "Otherimab is recommended for recurrent or metastatic vulvar cancer."
    examined = examine(draft(text, "rec-vulvar"), view)
    assert examined.verdict is Verdict.SUPPORTED
    with pytest.raises(GateError):
        claim_of(examined, "c1", (1,), asked)


def test_an_answer_of_sixty_claims_is_examined_within_its_time(asked: View) -> None:
    # The aim is a millisecond a claim; five leave room for a busy machine.
    drafts = [good.draft() for good in GOOD]
    later = View(LIBRARY, NEED.model_copy(update={"question": "again"}), asked.as_of)
    for item in drafts:
        examine(item, asked)
    fresh = [item.model_copy(update={"text": f"{item.text} "}) for item in drafts]
    start = time.process_time()
    for item in fresh:
        examine(item, later)
    assert (time.process_time() - start) / len(fresh) < 0.005
