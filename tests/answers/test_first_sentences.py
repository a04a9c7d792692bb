"""What the shipped packs say first, for questions in a clinician's words."""

from collections.abc import Callable

import pytest

from probatum.evidence.answer import Answer

Asker = Callable[..., Answer]


def first(answer: Answer) -> list[str | None]:
    """The findings that the bottom line tells, in its order."""
    return [answer.claims[id].focus for id in answer.bottom_line]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        # A test result that rules a treatment out never leads to it.
        (
            "PD-L1 negative recurrent cervical cancer, never had chemotherapy: what first line?",
            ["beatcc.os.cps-below-1.interim", "compassion-16.os.cps-below-1"],
        ),
        # The type of tumour that stands inside the name of the disease.
        (
            "Does cemiplimab work in adenocarcinoma of the cervix?",
            ["empower-cervical-1.os.adenocarcinoma.final"],
        ),
        # Who never had platinum is no second-line patient, and has a subgroup of her own.
        (
            "carboplatin vs cisplatin in cervical cancer, no prior platinum",
            ["jcog0505.os.no-prior-cisplatin", "jcog0505.os.final"],
        ),
        # Results by a marker are those of its groups, and then of everybody.
        (
            "What was overall survival with cemiplimab by PD-L1 status?",
            [
                "empower-cervical-1.os.pd-l1-tc-1-or-more.final",
                "empower-cervical-1.os.pd-l1-tc-below-1.final",
                "empower-cervical-1.os.final",
            ],
        ),
        # The contrast that a factorial trial was done for.
        ("What was the median overall survival in GOG-240?", ["gog-240.os.final"]),
    ],
)
def test_what_is_told_first_is_for_whom_and_what_was_asked(
    ask: Asker, question: str, expected: list[str]
) -> None:
    assert first(ask(question))[: len(expected)] == expected


def test_a_result_that_is_not_held_of_the_group_named_is_told_of_all_and_said_to_be(
    ask: Asker,
) -> None:
    answer = ask("What was the response rate with cemiplimab in PD-L1 negative tumours?")
    assert (answer.status.value, answer.reason) == (
        "partial",
        "No objective response rate is held that is particular to PD-L1; that of all patients is "
        "given.",
    )
    assert first(answer)[0] == "empower-cervical-1.orr.final"
    assert not any("Japan" in answer.claims[id].text for id in answer.bottom_line)
    held = ask("What was the response rate with pembrolizumab in PD-L1 positive cervical cancer?")
    assert held.status.value == "answered"


def test_a_harm_that_is_named_is_told_by_its_own_figures(ask: Asker) -> None:
    answer = ask("Can I give bevacizumab to a patient who had pelvic radiation and a fistula?")
    assert all("fistula" in answer.claims[id].text for id in answer.bottom_line)


def test_the_dose_asked_for_comes_first_and_not_what_it_was_worked_out_from(ask: Asker) -> None:
    answer = ask(
        "What dose of carboplatin AUC 5 for a 58-year-old woman, 162 cm, 60 kg, GFR 40 mL/min?"
    )
    said = [answer.claims[id].text for id in answer.bottom_line]
    assert said[0].startswith(
        "Calvert formula: with target AUC 5 and glomerular filtration rate 40"
    )


def test_a_flat_dose_brings_no_formula_of_body_surface(ask: Asker) -> None:
    answer = ask("What is the dose of pembrolizumab in cervical cancer?")
    assert [section.title for section in answer.sections if section.kind == "definitions"] == []


def test_bodies_that_are_asked_about_and_not_held_are_told_as_such(ask: Asker) -> None:
    answer = ask("Do NCCN and ESMO disagree on second-line treatment of cervical cancer?")
    assert (answer.understood.intent, answer.status, answer.reason) == (
        "guideline_stance",
        "partial",
        "What NCCN and ESMO say on this is not held; what others say is given.",
    )


def test_when_to_call_a_doctor_is_answered_by_the_rule_that_says_it(ask: Asker) -> None:
    answer = ask("When should I call the doctor for a child with a fever?")
    assert "a doctor asked" in answer.claims[answer.bottom_line[0]].text


@pytest.mark.parametrize(
    ("question", "drug"),
    [
        ("What should I monitor on tisotumab vedotin?", "tisotumab vedotin"),
        ("Does innovaTV 204 show a response benefit?", "tisotumab vedotin"),
    ],
)
def test_related_questions_stay_with_the_drug_that_was_named(
    ask: Asker, question: str, drug: str
) -> None:
    related = ask(question).related
    assert related != ()
    assert [q for q in related if drug not in q and "innovaTV" not in q] == []


def test_the_table_of_options_has_the_contrast_that_a_trial_was_done_for(ask: Asker) -> None:
    answer = ask("What are the treatment options for recurrent metastatic cervical cancer?")
    rows = [
        row
        for section in answer.sections
        if section.title == "Trial evidence" and section.table
        for row in section.table.rows
        if (row[0].text, row[2].text) == ("GOG-240", "Median overall survival")
    ]
    assert [row[3].text for row in rows] == [
        "16.8 months with chemotherapy + bevacizumab and 13.3 months with chemotherapy"
    ]
