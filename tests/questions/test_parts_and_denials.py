"""Several questions in one text, and what is named only to be denied."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.engine import Ask, Engine
from probatum.evidence.answer import Answer, AnswerStatus
from probatum.questions.each_part import each_part
from probatum.questions.parts import parts
from probatum.questions.text import QuestionError
from probatum.questions.understand import understand
from tests.answers.conftest import ENGINE
from tests.questions.filed import fill


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
        "The question asks several things; no answer to “What causes it?” was found in what is "
        "held."
    ]


def parts_of(answer: Answer) -> dict[str, tuple[list[str], tuple[str, ...]]]:
    """The sections of the parts: what each quotes or states, and what is said of the library."""
    return {
        section.title: (
            [answer.claims[claim].focus or answer.claims[claim].text for claim in section.claims],
            section.statements,
        )
        for section in answer.sections
        if section.kind == "library"
    }


NOTHING = "No answer to this part of the question was found in what is held."


def test_each_part_has_its_own_section_with_its_first_sentences(engine: Engine) -> None:
    answer = engine.ask(
        Ask(
            question="What is the dose of cemiplimab in cervical cancer? What are its side effects "
            "and can it be taken in pregnancy?"
        )
    )
    found = parts_of(answer)
    assert list(found) == [
        "What is the dose of cemiplimab in cervical cancer?",
        "What are its side effects?",
        "Can it be taken in pregnancy?",
    ]
    records = engine.library.records
    kinds = [[records[each].kind for each in told] for told, _ in found.values()]
    assert (kinds[0][0], set(kinds[1]), kinds[2]) == ("regimen", {"safety_rule"}, [])
    assert [said for _, said in found.values()] == [
        (),
        (),
        (NOTHING, "Nothing particular to pregnancy is held on cemiplimab."),
    ]
    assert answer.status is AnswerStatus.PARTIAL
    assert answer.reason == (
        "Of 3 questions asked, 1 found no answer in what is held; each has its own part below."
    )
    firsts = tuple(section.claims[0] for section in answer.sections[:2])
    assert answer.bottom_line[:2] == firsts


def test_what_other_bodies_say_is_no_answer_for_those_asked_about(engine: Engine) -> None:
    answer = engine.ask(
        Ask(
            question="Is cemiplimab an option for recurrent cervical cancer, and what does NCCN "
            "say?"
        )
    )
    told, said = parts_of(answer)["What does NCCN say?"]
    assert (told, [each.startswith("NCCN: ") for each in said]) == ([], [True])


def test_another_end_point_is_no_answer_to_the_one_asked_for(engine: Engine) -> None:
    answer = engine.ask(
        Ask(
            question="What was overall survival in EMPOWER-Cervical 1? And what about the bone "
            "mineral density?"
        )
    )
    told, said = parts_of(answer)["And what about the bone mineral density?"]
    assert (told, said) == ([], (NOTHING,))


@pytest.mark.parametrize(
    "question",
    [
        "What is the dose of cemiplimab in cervical cancer, and how often is it given?",
        "Who was eligible for EMPOWER-Cervical 1 and who was excluded?",
    ],
)
def test_a_part_that_only_goes_on_is_no_question_of_its_own(question: str, engine: Engine) -> None:
    assert parts_of(engine.ask(Ask(question=question))) == {}


def test_one_question_has_no_parts(engine: Engine) -> None:
    answer = engine.ask(Ask(question="What is the dose of cemiplimab in cervical cancer?"))
    assert parts_of(answer) == {}


def test_parts_on_different_subjects_are_each_quoted_from_texts_on_theirs(tmp_path: Path) -> None:
    fill(tmp_path / "library", tmp_path / "files")
    engine = Engine.open(tmp_path / "library")
    answer = engine.ask(
        Ask(
            question="How is Prent palsy treated? What are the side effects of Dorvexa? Can it be "
            "taken in pregnancy?"
        )
    )
    engine.close()
    assert parts_of(answer) == {
        "How is Prent palsy treated?": (
            ["\u201cSplints at night help patients with Prent palsy.\u201d"],
            (),
        ),
        "What are the side effects of Dorvexa?": (
            ["\u201cHeadache and dry mouth are adverse reactions of Dorvexa.\u201d"],
            (),
        ),
        "Can it be taken in pregnancy?": ([], (NOTHING,)),
    }
    assert (answer.status, len(answer.bottom_line)) == (AnswerStatus.PARTIAL, 2)


@given(st.text(max_size=200))
def test_any_text_has_a_need_for_each_part_or_none(text: str) -> None:
    try:
        need = understand(f"What is pain? {text}?", ENGINE.library)
    except QuestionError:
        return
    assert len(each_part(need, ENGINE.library)) in (0, len(need.asked))


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
