"""What must hold for every sentence: small falsehoods fail, and no text breaks a check."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.checks.gate import CHECKS, examine
from probatum.checks.view import View
from probatum.evidence.claim import Outcome, Verdict
from tests.checks.invented import LIBRARY, NEED, RECORDS, draft
from tests.checks.mutations import changed_numbers, renamed, swapped_arms, turned_round
from tests.checks.sentences import GOOD, Sentence

ASKED = View(LIBRARY, NEED, date(2026, 11, 21))
sentences = st.sampled_from(GOOD)


def refused(sentence: Sentence, text: str) -> bool:
    item = draft(text, *sentence.records, **dict(sentence.more))
    return examine(item, ASKED).verdict is not Verdict.SUPPORTED


@given(sentences, st.integers(1, 40), st.booleans())
@settings(deadline=None)
def test_a_sentence_with_one_number_changed_is_refused(
    sentence: Sentence, by: int, down: bool
) -> None:
    passed = [
        text
        for text in changed_numbers(sentence.text, Decimal(-by if down else by))
        if not refused(sentence, text)
    ]
    assert passed == []


@pytest.mark.parametrize("sentence", GOOD, ids=lambda sentence: sentence.text[:60])
def test_a_sentence_with_its_arms_exchanged_or_turned_round_is_refused(
    sentence: Sentence,
) -> None:
    changed = [*swapped_arms(sentence.text), *turned_round(sentence.text)]
    assert [text for text in changed if not refused(sentence, text)] == []


@pytest.mark.parametrize("sentence", GOOD, ids=lambda sentence: sentence.text[:60])
def test_a_sentence_with_another_drug_condition_body_or_study_is_refused(
    sentence: Sentence,
) -> None:
    assert [text for text in renamed(sentence.text) if not refused(sentence, text)] == []


def test_the_changes_are_made_to_enough_sentences_to_mean_something() -> None:
    counts = {
        "numbers": sum(1 for s in GOOD for _ in changed_numbers(s.text, Decimal(1))),
        "arms": sum(1 for s in GOOD for _ in swapped_arms(s.text)),
        "direction": sum(1 for s in GOOD for _ in turned_round(s.text)),
        "names": sum(1 for s in GOOD for _ in renamed(s.text)),
    }
    assert all(count >= 15 for count in counts.values()), counts


@given(
    st.text(max_size=300),
    st.lists(st.sampled_from([record.id for record in RECORDS]), max_size=3, unique=True),
    st.sampled_from(["statement", "history", "contrast", "correction"]),
    st.sampled_from(["free", "formula.computed"]),
)
@settings(deadline=None, max_examples=150)
def test_no_text_breaks_a_check(text: str, records: list[str], role: str, form: str) -> None:
    item = draft(text, *records, role=role, form=form)
    for check in CHECKS:
        assert check(item, ASKED).outcome in Outcome


_pieces = st.sampled_from(
    [
        "examplimab",
        "chemotherapy",
        "11.7",
        "months",
        "v",
        "8.5",
        "(95%",
        "CI",
        "0.56",
        "to",
        "0.80)",
        "grade",
        "≥3",
        ";",
        ",",
        ".",
        "not",
        "no",
        "than",
        "longer",
        "with",
        "without",
        "from",
        "to",
        "squamous",
        "cervical-cancer",
        "2022",
        "March",
        "hazard",
        "ratio",
        "PD-L1",
        "CPS",
        "≥1",
        "recommended",
        "against",
        "approved",
        "withdrawn",
        "withhold",
        "interim",
        "final",
        "follow-up",
        "n=304",
        "P<0.001",
    ]
)


@given(
    st.lists(_pieces, max_size=25).map(" ".join),
    st.lists(st.sampled_from([record.id for record in RECORDS]), min_size=1, max_size=3),
)
@settings(deadline=None, max_examples=150)
def test_no_heap_of_clinical_words_breaks_a_check(text: str, records: list[str]) -> None:
    item = draft(text, *records)
    assert all(check(item, ASKED).outcome in Outcome for check in CHECKS)


@given(sentences)
def test_the_same_draft_in_the_same_view_is_always_judged_the_same(sentence: Sentence) -> None:
    assert examine(sentence.draft(), ASKED) == examine(sentence.draft(), ASKED)
