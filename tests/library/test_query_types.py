"""What kind of answer a question asks for."""

import re

import pytest
import yaml

from probatum.library import query_types
from probatum.library.analysis import Analysis
from probatum.library.query_types import answer_terms, asked


def kinds(question: str) -> list[str]:
    return [each.id for each in asked(question)]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What is cervical ectropion?", ["definition"]),
        ("What are the symptoms of cervical cancer?", ["symptoms"]),
        ("What are the treatments for vaginal melanoma?", ["treatment"]),
        ("What causes vulvodynia?", ["cause"]),
        ("Is Lynch syndrome inherited?", ["inheritance"]),
        ("How many people are affected by lichen sclerosus?", ["frequency"]),
        ("How is cervical cancer diagnosed?", ["diagnosis"]),
        ("What is the outlook for stage III disease?", ["outlook"]),
        ("What are the side effects of tisotumab vedotin?", ["side_effects"]),
    ],
)
def test_a_question_says_what_kind_of_answer_it_wants(question: str, expected: list[str]) -> None:
    found = kinds(question)
    assert [kind for kind in expected if kind in found] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Treatment of cervical cancer with pembrolizumab improves survival.",
        "cervical cancer treatment",
        "",
    ],
)
def test_a_statement_or_keywords_ask_for_no_kind(text: str) -> None:
    assert kinds(text) == []


def test_a_definite_kind_takes_the_place_of_the_general_one() -> None:
    assert kinds("What is the treatment of vulvar cancer?") == ["treatment"]


def test_the_words_that_ask_are_known_from_the_subject() -> None:
    (only,) = asked("Is Lynch syndrome inherited?")
    assert only.asking == ("inherited",)


def test_every_kind_has_patterns_and_words_of_its_own() -> None:
    data = yaml.safe_load(query_types._DATA.read_text(encoding="utf-8"))
    assert len({item["id"] for item in data}) == len(data)
    for item in data:
        assert set(item) == {"id", "asks", "said"}
        assert all(isinstance(re.compile(pattern), re.Pattern) for pattern in item["asks"])
        assert len(set(item["said"])) == len(item["said"]) > 0


def test_the_words_of_an_answer_are_index_terms() -> None:
    analysis = Analysis(lambda word: word.removesuffix("s"))
    (only,) = answer_terms(asked("Is Lynch syndrome inherited?"), analysis)
    assert {"autosomal", "recessive", "dominant"} <= only
