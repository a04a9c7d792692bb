"""What of a question may leave the machine: names of things, and not one word more."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.library.library import Library
from probatum.packs.loader import load_pack, shipped_packs
from probatum.questions.need import FiledKind, FiledName
from probatum.questions.search_terms import topic_of
from probatum.questions.text import QuestionError
from probatum.questions.understand import understand
from probatum.sources.live.topic import Named, Topic

LIBRARY = Library.of(load_pack(folder) for folder in shipped_packs())


def topic(question: str) -> Topic:
    return topic_of(understand(question, LIBRARY), LIBRARY)


def first_names(part: tuple[Named, ...]) -> list[str]:
    return [named.names[0] for named in part]


def test_diseases_treatments_tests_and_trials_are_looked_up() -> None:
    found = topic("In PD-L1 positive cervical cancer, what did pembrolizumab show in KEYNOTE-826?")
    assert first_names(found.conditions) == ["cervical cancer"]
    assert first_names(found.interventions) == ["pembrolizumab"]
    assert first_names(found.biomarkers) == ["PD-L1"]
    assert first_names(found.studies) == ["KEYNOTE-826"]


def test_a_class_of_drugs_is_no_drug_that_has_a_label() -> None:
    found = topic("Is chemotherapy or cemiplimab better in cervical cancer?")
    assert first_names(found.drugs) == ["cemiplimab"]


@pytest.mark.parametrize(
    ("word", "sent"),
    [
        ("fictumab", True),
        ("fictatinib", True),
        ("fictagliptin", True),
        ("Fictumab", False),
        ("mumab", False),
        ("kovalenko", False),
        ("somewhere", False),
    ],
)
def test_a_word_that_is_not_known_is_sent_only_when_it_ends_as_a_drugs_name(
    word: str, sent: bool
) -> None:
    found = topic(f"Does {word} help in psoriasis?")
    assert first_names(found.interventions) == ([word] if sent else [])


def test_of_names_that_held_texts_are_filed_under_only_a_drugs_name_is_sent() -> None:
    need = understand("What helps in psoriasis?", LIBRARY)
    names: tuple[tuple[str, FiledKind], ...]
    names = (("Fictumab", "intervention"), ("Kovalenko", "intervention"), ("Fever X", "condition"))
    filed = tuple(FiledName(name=n, kind=k, works=1, start=0, end=4) for n, k in names)
    found = topic_of(need.model_copy(update={"filed": filed}), LIBRARY)
    assert first_names(found.interventions) == ["fictumab"]
    assert first_names(found.conditions) == ["psoriasis"]


def test_the_day_that_is_asked_for_goes_along() -> None:
    need = understand("What helps in psoriasis?", LIBRARY)
    assert topic_of(need, LIBRARY, date(2022, 6, 1)).until == date(2022, 6, 1)


@given(st.text(max_size=60))
@settings(max_examples=60, deadline=None)
def test_no_word_of_a_question_that_the_vocabulary_does_not_have_is_sent(words: str) -> None:
    try:
        found = topic(f"Does {words} help in psoriasis?")
    except QuestionError:
        return
    named = {
        name
        for part in (found.conditions, found.interventions, found.biomarkers, found.studies)
        for each in part
        for name in each.names
    }
    known = {
        name
        for term in LIBRARY.vocabulary.terms()
        for name in (term.name, *term.synonyms, *term.brands)
    }
    assert {name for name in named - known if not name.isalpha() or not name.islower()} == set()


@given(st.lists(st.text(max_size=30), min_size=1, max_size=6))
def test_a_name_holds_no_sign_of_a_services_language(names: list[str]) -> None:
    for name in Named(tuple(names)).plain:
        assert not set(name) & set('"()[]{}*:|&=<>\n\r\t')
        assert name not in ("AND", "OR", "NOT")
