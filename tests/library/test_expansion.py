"""Other names of what is asked for: those of the vocabulary, and those that held works define."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.library.expansion import other_names, same_names
from probatum.library.library import Library
from probatum.library.search import Request, documents_of
from tests.library.sample_documents import document, hold


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Callable[..., Library]]:
    """A library of these texts, a work each."""
    opened: list[Library] = []

    def put(*texts: str) -> Library:
        hold(tmp_path, *(document(f"file:{n}", text) for n, text in enumerate(texts)))
        opened.append(Library.open(tmp_path))
        return opened[-1]

    yield put
    for library in opened:
        library.documents.close()


def names(library: Library, query: str) -> list[tuple[str, str]]:
    return list(same_names(query, library.vocabulary, library.documents))


def found(library: Library, query: str) -> list[str]:
    return [source for source, _ in documents_of(library.search.search(Request(query)))]


ZED = "Zonal epithelial dropout (ZED) was seen."


def test_a_brand_brings_the_generic_name_and_is_told_beside_it(
    held: Callable[..., Library],
) -> None:
    library = held("Nothing of it.")
    assert ("Keytruda", "pembrolizumab") in names(library, "rash on Keytruda")


def test_a_brand_finds_what_names_the_drug_only(held: Callable[..., Library]) -> None:
    library = held("A rash was seen with ibuprofen.", "Pembrolizumab was given for a year.")
    assert found(library, "Keytruda") == ["file:1"]


def test_the_name_that_was_typed_is_worth_more_than_another(held: Callable[..., Library]) -> None:
    library = held("Pembrolizumab was given.", "Keytruda was given.")
    assert found(library, "Keytruda") == ["file:1", "file:0"]


def test_an_abbreviation_brings_what_the_held_works_say_it_stands_for(
    held: Callable[..., Library],
) -> None:
    library = held(ZED, "Zonal epithelial dropout was rare.", "Something else.")
    assert names(library, "risk of ZED") == [("ZED", "zonal epithelial dropout")]
    assert set(found(library, "ZED")) == {"file:0", "file:1"}


def test_a_short_form_with_several_meanings_brings_none(held: Callable[..., Library]) -> None:
    library = held(ZED, "Zinc enzyme deficiency (ZED) was seen.")
    assert names(library, "ZED") == []


def test_a_meaning_that_most_works_give_is_taken_for_meant(held: Callable[..., Library]) -> None:
    library = held(ZED, f"Again: {ZED}", f"And {ZED}", "Zinc enzyme deficiency (ZED) was seen.")
    assert names(library, "ZED") == [("ZED", "zonal epithelial dropout")]


def test_what_the_query_says_itself_is_not_added(held: Callable[..., Library]) -> None:
    library = held(ZED)
    assert names(library, "ZED or zonal epithelial dropout") == []
    given_twice = names(library, "pembrolizumab (Keytruda)")
    assert [name for _, name in given_twice if name in ("pembrolizumab", "Keytruda")] == []


def test_a_small_word_is_no_short_form(held: Callable[..., Library]) -> None:
    assert names(held(ZED), "zed Zed a I") == []


def test_a_term_brings_a_few_names_and_a_page_none(held: Callable[..., Library]) -> None:
    library = held(ZED)
    assert 0 < len(names(library, "cervical cancer")) <= 3
    assert names(library, "cervical cancer ZED " * 100) == []


def test_the_other_names_are_those_of_the_pairs(held: Callable[..., Library]) -> None:
    library = held(ZED)
    for query in ("Keytruda for ZED", "cervical cancer", "nothing known"):
        only = list(other_names(query, library.vocabulary, library.documents))
        assert only == [name for _, name in names(library, query)]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("expansion")
    hold(folder, document("file:0", ZED))
    held = Library.open(folder)
    yield held
    held.documents.close()


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120))
def test_any_query_may_be_asked_and_says_what_it_says(library: Library, query: str) -> None:
    for said, name in names(library, query):
        assert said in query
        assert name.casefold() not in query.casefold()
