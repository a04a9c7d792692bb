"""Terms named in held text: whole names, in any spelling, abbreviations by their capitals."""

from collections.abc import Iterable

import pytest

from probatum.terms.finder import TermFinder
from probatum.terms.term import Term
from probatum.terms.vocabulary import Vocabulary


def finder(*terms: tuple[str, Iterable[str], Iterable[str]]) -> TermFinder:
    """Looks for terms given by name, synonyms and abbreviations; a name is the id too."""
    return TermFinder(
        Vocabulary(
            Term(
                id=name.lower().replace(" ", "-"),
                kind="condition",
                name=name,
                synonyms=tuple(synonyms),
                abbreviations=tuple(short),
            )
            for name, synonyms, short in terms
        )
    )


DISEASES = finder(
    ("Wilms tumour", ["nephroblastoma"], []),
    ("anemia", [], []),
    ("acute myeloid leukaemia", [], ["AML"]),
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A Wilms tumour was seen.", ("wilms-tumour",)),
        ("Treatment of Wilms Tumor", ("wilms-tumour",)),
        ("Wilms tumors recur.", ("wilms-tumour",)),
        ("(nephroblastoma)", ("wilms-tumour",)),
        ("Anaemia after acute myeloid leukemia", ("anemia", "acute-myeloid-leukaemia")),
        ("acute-myeloid leukaemia", ("acute-myeloid-leukaemia",)),
        ("AML was seen.", ("acute-myeloid-leukaemia",)),
        ("an aml server", ()),
        ("preanemia and anemias", ("anemia",)),
        ("", ()),
    ],
)
def test_a_name_is_found_whole_and_in_any_spelling(text: str, found: tuple[str, ...]) -> None:
    assert DISEASES.find(text) == found


def test_without_names_nothing_is_found() -> None:
    assert finder().find("anemia") == ()
