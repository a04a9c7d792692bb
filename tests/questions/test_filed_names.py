"""Conditions and drugs that only held texts are filed under are understood from them."""

import base64
import json
from collections.abc import Callable, Iterator

import pytest

from probatum.engine import Ask, Engine
from probatum.evidence.answer import Answer, AnswerStatus
from probatum.questions.text import QuestionError
from tests.questions.filed import fill

Asker = Callable[[str], Answer]


@pytest.fixture(scope="module")
def filed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    folder = tmp_path_factory.mktemp("filed")
    fill(folder / "library", folder / "files")
    engine = Engine.open(folder / "library")
    yield engine
    engine.close()


@pytest.fixture
def ask(filed: Engine) -> Asker:
    return lambda question: filed.ask(Ask(question=question))


def told(answer: Answer) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    said = answer.understood
    return said.conditions, said.interventions, said.not_understood


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "Does zelbritazine cure Marrowick fever?",
            (("Marrowick Fever",), ("Zelbritazine",), ()),
        ),
        ("How is Prent palsy treated?", (("Prent Palsy",), (), ())),
        ("What are the side effects of Dorvexa?", ((), ("Dorvexa",), ())),
        ("Is orlavane used in Brenndal lung?", (("Brenndal Lung",), ("Orlavane",), ())),
    ],
)
def test_names_of_headings_labels_and_registries_are_understood(
    ask: Asker, question: str, expected: object
) -> None:
    assert told(ask(question)) == expected


def test_headings_of_other_kinds_are_neither_conditions_nor_drugs(ask: Asker) -> None:
    assert told(ask("How is the Quorvian population treated?"))[:2] == ((), ())
    assert told(ask("Who works at Westmere Hospital?"))[:2] == ((), ())


def test_an_ordinary_word_is_no_name_whatever_is_filed_under_it(ask: Asker) -> None:
    assert told(ask("What time does recovery from Marrowick fever take?"))[0] == (
        "Marrowick Fever",
    )


def test_a_form_of_a_known_drug_or_disease_is_that_drug_or_disease(ask: Asker) -> None:
    answer = ask("What is the usual dose of morphine dorvate for cancer pain?")
    assert told(answer) == (("cancer-pain",), ("morphine",), ())
    assert not any("No curated record" in each for each in answer.limits)


def test_quotes_come_from_texts_on_it_and_it_is_said_what_is_held(ask: Asker) -> None:
    answer = ask("Does zelbritazine cure Marrowick fever?")
    assert answer.status is AnswerStatus.PARTIAL
    assert {a.source for claim in answer.claims.values() for a in claim.anchors} == {"pmid:101"}
    assert (
        "No curated record is held on Marrowick Fever; it is known as a condition from an added "
        "text that is filed under it." in answer.limits
    )


def test_a_drug_of_the_packs_does_not_answer_for_a_disease_that_only_texts_name(
    ask: Asker,
) -> None:
    answer = ask("Does pembrolizumab help in Marrowick fever?")
    assert told(answer)[0] == ("Marrowick Fever",)
    assert not [a for claim in answer.claims.values() for a in claim.anchors if a.record]


def test_what_nothing_held_names_is_declined_as_before(ask: Asker) -> None:
    answer = ask("How is Ottermoor wasting treated?")
    assert answer.status is AnswerStatus.DECLINED
    assert told(answer) == ((), (), ("Ottermoor", "wasting"))


def followed(engine: Engine, first: str, then: str) -> Answer:
    token = engine.context(Ask(question=first))
    return engine.ask(Ask(question=then, context=token))


@pytest.mark.parametrize(
    ("first", "then", "expected"),
    [
        ("What is Dorvexa?", "And its side effects?", ((), ("Dorvexa",))),
        (
            "Does zelbritazine cure Marrowick fever?",
            "And what are the side effects?",
            (("Marrowick Fever",), ("Zelbritazine",)),
        ),
        # Another treatment for the same disease, and another disease.
        (
            "Does zelbritazine cure Marrowick fever?",
            "And orlavane?",
            (("Marrowick Fever",), ("Orlavane",)),
        ),
        ("How is Prent palsy treated?", "What about Brenndal lung?", (("Brenndal Lung",), ())),
        ("How is Prent palsy treated?", "And in cervical cancer?", (("cervical-cancer",), ())),
        (
            "How is cervical cancer treated?",
            "And Marrowick fever?",
            (("Marrowick Fever",), ()),
        ),
    ],
)
def test_a_follow_up_keeps_a_subject_that_only_held_texts_name(
    filed: Engine, first: str, then: str, expected: object
) -> None:
    assert told(followed(filed, first, then))[:2] == expected


def test_a_follow_up_is_answered_from_texts_on_the_subject_it_leaves_unsaid(
    filed: Engine,
) -> None:
    answer = followed(filed, "What is Dorvexa?", "And its side effects?")
    assert [claim.text for claim in answer.claims.values()] == [
        "\u201cHeadache and dry mouth are adverse reactions of Dorvexa.\u201d"
    ]
    assert answer.question == "And its side effects?"


def test_a_token_holds_the_name_and_no_word_of_the_question(filed: Engine) -> None:
    token = filed.context(Ask(question="Will Dorvexa help my neighbour Quentin?"))
    raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)).decode()
    assert json.loads(raw)["filed"] == ["Dorvexa"]
    assert "Quentin" not in raw
    assert filed.chips(token) == ("Dorvexa",)


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        (["<b>Quorvian</b>"], "The follow-up refers to terms that this library does not hold."),
        (["Quorvian Population"], "The follow-up refers to terms that this library does not hold."),
        (["Zelbritazine cures"], "The follow-up refers to terms that this library does not hold."),
        (["x" * 5000], "The follow-up refers to terms that this library does not hold."),
        ("Dorvexa", "The follow-up refers to no answer that is known here."),
        ([{"name": "Dorvexa"}], "The follow-up refers to no answer that is known here."),
    ],
)
def test_a_forged_name_is_refused(filed: Engine, names: object, sentence: str) -> None:
    raw = json.dumps({"intent": "safety", "filed": names}).encode()
    token = base64.urlsafe_b64encode(raw).decode()
    with pytest.raises(QuestionError) as refused:
        filed.ask(Ask(question="And its side effects?", context=token))
    assert str(refused.value) == sentence
