"""What is advised, for or against, how strongly, by whom, for whom: in the sentence's own words."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.evidence.document import Block
from probatum.evidence.source import SourceType
from probatum.extract.guidance.grades import grades
from tests.extract.works import read


def advice(*texts: str | Block, **more: Any) -> list[dict[str, Any]]:
    found, text = read(*texts, type=more.pop("type", SourceType.GUIDELINE), **more)
    return [
        {
            "text": text[each.start : each.end],
            "direction": each.direction,
            "grade": each.grade and (each.grade.system, each.grade.grade, each.grade.evidence),
            "body": each.body,
            "population": each.population,
            "intervention": each.intervention,
        }
        for each in found.recommendations
    ]


def one(text: str, **more: Any) -> dict[str, Any]:
    (found,) = advice(text, **more)
    return found


@pytest.mark.parametrize(
    ("text", "direction", "population", "intervention"),
    [
        (
            "We recommend zinc for children with acute diarrhoea.",
            "for",
            "children with acute diarrhoea",
            "zinc",
        ),
        ("Routine imaging is not recommended.", "against", None, "Routine imaging"),
        ("Do not offer opioids to patients with low back pain.", "against",
         "patients with low back pain", "opioids"),
        ("Consider a statin for adults aged 40 to 75 years.", "for",
         "adults aged 40 to 75 years", "statin"),
        ("Women aged 50 to 74 years should undergo mammography.", "for",
         "Women aged 50 to 74 years", "mammography"),
        ("Clinicians should avoid codeine in children.", "against", "children", "codeine"),
        ("Clinicians should prescribe the lowest effective dose.", "for", None,
         "lowest effective dose"),
    ],
)  # fmt: skip
def test_direction_population_and_intervention_are_the_sentences_own(
    text: str, direction: str, population: str | None, intervention: str | None
) -> None:
    found = one(text)
    assert (found["direction"], found["population"], found["intervention"]) == (
        direction,
        population,
        intervention,
    )


@pytest.mark.parametrize(
    ("printed", "grade"),
    [
        ("(strong recommendation, moderate-quality evidence)", ("GRADE", "strong", "moderate")),
        ("(Grade 1B)", ("GRADE", "1", "B")),
        ("[I, A]", ("ESMO", "A", "I")),
        ("(category 2A)", ("NCCN", "2A", None)),
        ("(B recommendation)", ("USPSTF", "B", None)),
        ("(Class IIa, Level of Evidence: B-R)", ("ACC/AHA", "IIa", "B-R")),
        ("(recommendation category: A; evidence type: 3)", ("CDC", "A", "3")),
        ("(Type: evidence based; benefits outweigh harms; evidence quality: high; "
         "strength of recommendation: strong)", ("ASCO", "strong", "high")),
        ("(Strength of recommendation: strong; quality of evidence: low)",
         ("ASTRO", "strong", "low")),
        ("[Level of evidence: A1]", ("PDQ", None, "A1")),
    ],
)  # fmt: skip
def test_a_strength_is_kept_in_its_own_system(
    printed: str, grade: tuple[str, str | None, str | None]
) -> None:
    assert one(f"Drug A should be offered to adults with gout {printed}.")["grade"] == grade


def test_a_strength_right_behind_the_sentence_is_its_own() -> None:
    found = one("Drug A should be offered to adults with gout. (Grade 2C)")
    assert found["grade"] == ("GRADE", "2", "C")


def test_a_grade_may_itself_advise_against() -> None:
    found = one("The USPSTF recommends screening for gout in adults (D recommendation).")
    assert found["direction"] == "against"


def test_too_little_evidence_is_neither() -> None:
    found = one("There is insufficient evidence to recommend for or against drug A.")
    assert found["direction"] == "neither"


def test_the_first_thing_advised_gives_the_direction() -> None:
    found = one("Clinicians should offer drug A and should not stop it abruptly.")
    assert found["direction"] == "for"


def test_a_named_body_goes_before_the_works_own() -> None:
    texts = ("NCCN recommends drug A for adults with gout.", "Drug B should be used in adults.")
    assert [each["body"] for each in advice(*texts, body="Our society")] == ["NCCN", "Our society"]


@pytest.mark.parametrize(
    "text",
    [
        "Future studies should include more women.",
        "It should be noted that few were enrolled.",
        "The recommended dose was 5 mg.",
        "Should drug A be used?",
        "The sky is blue.",
    ],
)
def test_what_advises_nothing_is_no_recommendation(text: str) -> None:
    assert advice(text) == []


def test_a_trial_report_that_says_should_gives_no_recommendation() -> None:
    text = "Drug A should be the new standard for adults."
    assert advice(text, type=SourceType.RANDOMIZED_TRIAL) == []


def test_a_body_that_recommends_is_heard_in_any_work() -> None:
    found = one("NICE recommends drug A for adults with gout.", type=SourceType.OTHER)
    assert (found["body"], found["direction"]) == ("NICE", "for")


@given(st.text(alphabet="recommndshulgaGI,AB12[]() .Cct:;", max_size=200))
def test_grades_lie_in_their_text_and_apart(text: str) -> None:
    end = 0
    for grade in grades(text):
        assert end <= grade.start < grade.end <= len(text)
        end = grade.end


@given(st.text(max_size=300))
def test_no_text_stops_the_reader(text: str) -> None:
    advice(" ".join(text.split()) or "x")
