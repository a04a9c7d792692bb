import pytest

from probatum.library.library import Library
from probatum.readers.glossary import entries, glossary
from probatum.readers.plain_words import plain, steps
from probatum.terms.quantities import find_quantities


@pytest.mark.parametrize(
    ("hard", "easy"),
    [
        (
            "Recurrent or metastatic cervical cancer that progressed.",
            "Cervical cancer that has come back or spread and grew.",
        ),
        (
            "untreated metastatic (stage IVB), persistent or recurrent cervical cancer",
            "untreated metastatic (stage IVB), persistent or recurrent cervical cancer",
        ),
        ("Prior chemotherapy was administered.", "Earlier chemotherapy was given."),
        (
            "Immune-related adverse events occurred.",
            "Side effects caused by the immune system occurred.",
        ),
    ],
)
def test_common_words_stand_for_hard_ones(hard: str, easy: str, library: Library) -> None:
    assert plain(hard, library) == easy


def test_clauses_become_sentences_except_inside_brackets() -> None:
    assert steps("one thing (a; b); then another") == "One thing (a; b). Then another."


def test_drugs_tests_and_statistics_of_a_text_are_explained(library: Library) -> None:
    text = "With cisplatin the hazard ratio was 0.67 (95% CI 0.56 to 0.80)."
    assert [term for term, _ in glossary(text, library)] == [
        "cisplatin",
        "hazard ratio",
        "confidence interval (CI)",
    ]


def test_no_explanation_of_a_statistic_brings_a_figure() -> None:
    assert [entry.term for entry in entries() if find_quantities(entry.plain)] == []
