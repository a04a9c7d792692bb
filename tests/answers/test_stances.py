"""Premises get the verdict that the records give them; bodies are in one of three states."""

from collections.abc import Callable

import pytest

from probatum.evidence.answer import Answer

Asker = Callable[..., Answer]


@pytest.mark.parametrize(
    ("question", "verdict", "status"),
    [
        (
            "Since cemiplimab is FDA-approved for cervical cancer, what dose should I use?",
            "contradicted",
            "corrected_premise",
        ),
        (
            "Since cemiplimab is approved in the EU for cervical cancer, how long is it given?",
            "supported",
            "answered",
        ),
        (
            "Since tisotumab vedotin is FDA-approved for recurrent cervical cancer, what dose?",
            "supported",
            "answered",
        ),
        (
            "Because cemiplimab did not improve overall survival in recurrent cervical cancer, "
            "what else is there?",
            "contradicted",
            "corrected_premise",
        ),
        (
            "Because cemiplimab improves overall survival in recurrent cervical cancer, should I "
            "use it?",
            "supported",
            "answered",
        ),
        (
            "Given that cemiplimab is given at 200 mg in cervical cancer, how often is that?",
            "contradicted",
            "corrected_premise",
        ),
        (
            "Given that cemiplimab is given at 350 mg in cervical cancer, how often is that?",
            "supported",
            "answered",
        ),
        (
            "Since EMPOWER-Cervical 1 was in first-line cervical cancer, what were its results?",
            "contradicted",
            "corrected_premise",
        ),
        (
            "Since median overall survival with cemiplimab was 20 months in cervical cancer, what "
            "is the hazard ratio?",
            "contradicted",
            "corrected_premise",
        ),
        (
            "Given that ESMO recommends cemiplimab for cervical cancer, when should I start it?",
            "not_enough_information",
            "answered",
        ),
        (
            "Since the moon is made of cheese, what are options for recurrent cervical cancer?",
            "not_enough_information",
            "answered",
        ),
    ],
)
def test_a_premise_is_judged_by_the_records(
    ask: Asker, question: str, verdict: str, status: str
) -> None:
    answer = ask(question)
    (premise,) = answer.understood.premises
    assert (premise.verdict, answer.status) == (verdict, status)
    assert (premise.claim in answer.claims) is (verdict != "not_enough_information")
    assert premise.text in question


def test_a_premise_that_cannot_be_told_is_said_so_in_the_limits(ask: Asker) -> None:
    answer = ask(
        "Since the moon is made of cheese, what are options for recurrent cervical cancer?"
    )
    assert (
        "Whether it is true that \u201cthe moon is made of cheese\u201d cannot be told from what "
        "is held."
    ) in answer.limits


def test_a_wrong_premise_is_named_in_the_reason_and_corrected_by_a_claim(ask: Asker) -> None:
    answer = ask("Since cemiplimab is FDA-approved for cervical cancer, what dose should I use?")
    (premise,) = answer.understood.premises
    assert answer.reason is not None
    assert f"\u201c{premise.text}\u201d" in answer.reason
    claim = answer.claims[premise.claim or ""]
    assert (claim.role, claim.verdict) == ("correction", "supported")


def states(answer: Answer) -> dict[str, str]:
    return {stance.body: stance.state for stance in answer.guidelines}


def test_the_three_states_of_a_guideline_are_told_apart(ask: Asker) -> None:
    answer = ask("What do NICE, SITC, ESMO and ASCO say on cemiplimab in cervical cancer?")
    assert {body: states(answer)[body] for body in ("nice", "sitc", "esmo", "asco")} == {
        "nice": "says",
        "sitc": "silent",
        "esmo": "not_held",
        "asco": "not_held",
    }


def test_no_state_claims_that_something_does_not_exist(ask: Asker, example: str) -> None:
    for stance in ask(example).guidelines:
        assert "not exist" not in stance.statement
        assert "no guideline exists" not in stance.statement.lower()
        if stance.state == "not_held":
            assert "held" in stance.statement


def test_a_silent_body_was_held_and_read(ask: Asker) -> None:
    answer = ask("What does SITC say on cemiplimab in recurrent cervical cancer?")
    (stance,) = (s for s in answer.guidelines if s.body == "sitc")
    assert stance.edition is not None
    assert "held and read in a summary only on systemic therapy" in stance.statement
    assert "silent on cemiplimab" in stance.statement


def test_bodies_asked_about_come_first_in_the_order_asked(ask: Asker) -> None:
    answer = ask("What do ESMO and NCCN say on cemiplimab in recurrent cervical cancer?")
    assert [stance.body for stance in answer.guidelines][:2] == ["esmo", "nccn"]


def test_a_body_that_takes_part_in_a_held_guideline_is_not_said_to_have_none(ask: Asker) -> None:
    answer = ask("What does ESGO say on cemiplimab in recurrent cervical cancer?")
    assert answer.guidelines[0].edition is not None


def test_a_pack_of_another_field_is_not_spoken_of_in_the_words_of_cancer(ask: Asker) -> None:
    answer = ask("What does the CDC recommend about cannabis in chronic pain?")
    said = [stance.statement for stance in answer.guidelines] + [*answer.limits]
    assert [sentence for sentence in said if "systemic therapy" in sentence] == []


@pytest.mark.parametrize(
    ("region", "first"),
    [
        (None, "United States"),
        ("eu", "European Union"),
        ("japan", "Japan"),
        ("us", "United States"),
    ],
)
def test_the_decisions_of_the_region_asked_for_come_first(
    ask: Asker, region: str | None, first: str
) -> None:
    answer = ask("Where is cemiplimab approved for cervical cancer?", region=region)
    (table,) = (s.table for s in answer.sections if s.title == "Approval status by region")
    assert table is not None
    assert table.rows[0][0].text.startswith(first)
    assert (
        answer.claims[answer.bottom_line[0]].focus
        == answer.claims[table.rows[0][0].claim or ""].focus
    )


@pytest.mark.parametrize("region", ["uk", "canada", "australia"])
def test_a_region_without_a_held_decision_still_gets_an_answer(ask: Asker, region: str) -> None:
    answer = ask("Where is cemiplimab approved for cervical cancer?", region=region)
    assert answer.bottom_line
