"""Several questions in one text, and what is named only to be denied."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.engine import Ask, Engine
from probatum.questions.parts import parts
from probatum.questions.understand import understand


def test_questions_are_parted_at_marks_numbers_and_question_words() -> None:
    assert parts("What is the dose of X? And what are its side effects?") == (
        "What is the dose of X",
        "And what are its side effects",
    )
    assert parts("What is the dose of X, and how is it monitored?") == (
        "What is the dose of X",
        "how is it monitored",
    )
    assert parts("1) dose of examplimab 2) side effects of examplimab") == (
        "dose of examplimab",
        "side effects of examplimab",
    )


def test_one_question_stays_whole() -> None:
    for text in ("Is A better than B and C?", "dose of A and B", "Why?"):
        assert parts(text) == (text,)


@given(st.text(max_size=300))
def test_any_text_has_at_least_one_part(text: str) -> None:
    assert len(parts(text)) >= 1


def test_each_of_several_questions_is_asked_for(engine: Engine) -> None:
    need = understand(
        "What is the dose of cemiplimab in cervical cancer? And what are its side effects?",
        engine.library,
    )
    assert (need.parts, need.intent) == (2, "dose")
    assert "safety" in need.also
    answer = engine.ask(Ask(question=need.question))
    kinds = {section.kind for section in answer.sections}
    assert {"regimens", "safety"} <= kinds


def test_the_part_on_which_nothing_is_held_is_named(engine: Engine) -> None:
    answer = engine.ask(
        Ask(question="What is the dose of cemiplimab in cervical cancer? What causes it?")
    )
    assert [limit for limit in answer.limits if "several things" in limit] == [
        "The question asks several things; nothing that is held answers the one on causes."
    ]


@pytest.mark.parametrize(
    ("question", "field", "expected"),
    [
        ("Which opioid for low back pain if she is not pregnant?", "groups", ()),
        ("non-pregnant woman with low back pain, which opioid?", "groups", ()),
        ("low back pain without fever: treatment?", "conditions", ("low-back-pain",)),
        ("Denies fever. Options in cervical cancer?", "conditions", ("cervical-cancer",)),
        ("no history of pneumonitis, is pembrolizumab safe?", "events", ()),
        ("not metastatic cervical cancer, options?", "settings", ()),
        ("Is tramadol safe in pregnancy?", "groups", ("pregnancy",)),
    ],
)
def test_what_is_denied_is_no_fact(
    question: str, field: str, expected: tuple[str, ...], engine: Engine
) -> None:
    assert getattr(understand(question, engine.library), field) == expected


def test_a_drug_never_given_stays_known_as_such(engine: Engine) -> None:
    need = understand("recurrent cervical cancer, no prior bevacizumab, options?", engine.library)
    assert [(p.therapy, p.requirement) for p in need.prior] == [("bevacizumab", "excluded")]
