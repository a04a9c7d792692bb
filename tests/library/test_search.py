"""Searching a small library: what is found, what is left out, and in which order."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import bm25s
import pytest
import Stemmer
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.evidence.document import Relation
from probatum.evidence.source import Currency, SourceType
from probatum.library.library import Library
from probatum.library.search import MOST, Request, Search, SearchError, documents_of
from probatum.terms.words import STOPWORDS
from tests.library.sample_documents import day, document, hold, new

DOCUMENTS = (
    document(
        "file:guide",
        "Bevacizumab may cause a fistula after pelvic radiation.",
        "Stop bevacizumab before surgery.",
        title="Cervical cancer guideline",
        type=SourceType.GUIDELINE,
        body="ESMO",
        date=day("2021-05-04"),
        year=2021,
    ),
    document(
        "file:label",
        "The label warns of fistula and of bleeding under bevacizumab.",
        title="Bevacizumab label",
        type=SourceType.LABEL,
        body="FDA",
        year=2018,
    ),
    document(
        "file:adeno",
        "Adenocarcinoma of the colon was treated with oxaliplatin.",
        title="Colon cancer trial",
        type=SourceType.RANDOMIZED_TRIAL,
        year=2020,
    ),
    document(
        "pmid:9001",
        "Retracted work on vincristine and neuropathy.",
        title="A withdrawn trial",
        year=2019,
    ),
    document(
        "pmid:9002",
        "The earlier work is withdrawn.",
        title="Notice",
        year=2022,
        relations=(Relation("retracts", "pmid:9001"),),
    ),
    document("file:undated", "Undated words on lidocaine patches.", title="Undated"),
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("search")
    hold(folder, *DOCUMENTS)
    held = Library.open(folder)
    yield held
    held.documents.close()


@pytest.fixture(scope="module")
def search(library: Library) -> Search:
    return library.search


def sources(search: Search, query: str, **more: Any) -> list[str]:
    """The works found, best first."""
    return [source for source, _ in documents_of(search.search(Request(query, **more)))]


# -- filters -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, {"file:guide", "file:label"}),
        ({"types": (SourceType.LABEL,)}, {"file:label"}),
        ({"types": (SourceType.LABEL, SourceType.GUIDELINE)}, {"file:guide", "file:label"}),
        ({"body": "esmo"}, {"file:guide"}),
        ({"years": (2020, None)}, {"file:guide"}),
        ({"years": (None, 2018)}, {"file:label"}),
        ({"years": (2018, 2021)}, {"file:guide", "file:label"}),
        ({"years": (2019, 2020)}, set()),
        ({"types": (SourceType.LABEL,), "years": (2020, None)}, set()),
    ],
)
def test_filters_narrow_what_is_found(
    search: Search, more: dict[str, Any], expected: set[str]
) -> None:
    assert set(sources(search, "bevacizumab fistula", **more)) == expected


@pytest.mark.parametrize("condition", ["cervical-cancer", "cervical cancer", "cervix cancer"])
def test_a_condition_is_an_id_or_any_of_its_names(search: Search, condition: str) -> None:
    assert sources(search, "bevacizumab", condition=condition) == ["file:guide"]


def test_a_condition_stands_for_every_kind_of_it(search: Search) -> None:
    found = set(sources(search, "bevacizumab oxaliplatin", condition="cancer"))
    assert found == {"file:guide", "file:adeno"}
    assert sources(search, "oxaliplatin", condition="colorectal cancer") == ["file:adeno"]


def test_a_kind_does_not_stand_for_the_whole(search: Search) -> None:
    assert sources(search, "bevacizumab", condition="small-cell lung cancer") == []


def test_an_unknown_condition_is_one_sentence_with_what_to_do(search: Search) -> None:
    with pytest.raises(SearchError) as error:
        search.search(Request("bevacizumab", condition="zorblax disease"))
    assert str(error.value) == (
        "The condition 'zorblax disease' is not in the vocabulary; search for it as a word."
    )


@pytest.mark.parametrize("plain", [True, False])
@pytest.mark.parametrize("query", ["", "  ", "?!", '""'])
def test_a_query_without_a_word_is_one_sentence(search: Search, query: str, plain: bool) -> None:
    with pytest.raises(SearchError, match=r"^There is no word to search for\.$"):
        search.search(Request(query, plain=plain))


# -- what is current ------------------------------------------------------------------------------


def test_a_retracted_work_is_found_only_when_asked_for_and_says_so(search: Search) -> None:
    assert sources(search, "vincristine neuropathy") == []
    (hit,) = search.search(Request("vincristine neuropathy", outdated=True))
    assert (hit.currency, hit.replaced_by) == (Currency.RETRACTED, "pmid:9002@2022")


def test_a_retraction_that_had_not_appeared_yet_hides_nothing(search: Search) -> None:
    assert sources(search, "vincristine neuropathy", as_of=day("2021-06-01")) == ["pmid:9001"]
    assert sources(search, "vincristine neuropathy", as_of=day("2023-01-01")) == []


def test_as_of_leaves_out_what_had_not_surely_appeared(search: Search) -> None:
    def known(by: str) -> set[str]:
        return set(sources(search, "bevacizumab", as_of=day(by)))

    assert known("2021-05-04") == {"file:guide", "file:label"}
    assert known("2021-05-03") == {"file:label"}
    # The year alone counts from its end on.
    assert (known("2019-01-01"), known("2018-12-31")) == ({"file:label"}, set())
    assert sources(search, "lidocaine", as_of=day("2030-01-01")) == []
    assert sources(search, "lidocaine") == ["file:undated"]


# -- words ----------------------------------------------------------------------------------------


def test_a_phrase_is_found_in_its_order_only(search: Search) -> None:
    assert sources(search, '"after pelvic radiation"') == ["file:guide"]
    assert sources(search, '"radiation after pelvic"') == []


def test_a_phrase_does_not_run_from_a_title_into_the_text(search: Search) -> None:
    assert sources(search, '"label warns of fistula"') == ["file:label"]
    assert sources(search, '"bevacizumab label"') == ["file:label"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("bevacizumab AND bleeding", {"file:label"}),
        ("bevacizumab -bleeding", {"file:guide"}),
        ("bevacizumab NOT bleeding", {"file:guide"}),
        ("bevacizumab AND NOT bleeding", {"file:guide"}),
        ("(bleeding OR oxaliplatin)", {"file:label", "file:adeno"}),
        ("bevacizumab AND oxaliplatin", set()),
    ],
)
def test_operators_are_carried_out(search: Search, query: str, expected: set[str]) -> None:
    assert set(sources(search, query)) == expected


@pytest.mark.parametrize("query", ['bevacizumab -"bleeding', "(bevacizumab AND NOT bleeding)", "?"])
def test_a_plain_query_is_words_whatever_signs_are_in_it(search: Search, query: str) -> None:
    if query == "?":
        with pytest.raises(SearchError):
            search.search(Request(query, plain=True))
    else:
        assert set(sources(search, query, plain=True)) == {"file:guide", "file:label"}


def test_british_and_american_spellings_and_word_forms_meet(tmp_path: Path) -> None:
    hold(tmp_path, document("file:a", "Haemorrhages of oesophageal tumours were randomised."))
    library = Library.open(tmp_path)
    assert sources(library.search, "esophageal tumor hemorrhage randomized") == ["file:a"]
    library.documents.close()


def test_the_words_asked_for_are_marked_in_any_of_their_forms(search: Search) -> None:
    text = "Tumours bled; the tumor was treated. The end."
    spans = search.marks(text, "the tumors, treating")
    assert [text[start:end] for start, end in spans] == ["Tumours", "tumor", "treated"]


@given(st.text(max_size=80), st.text(max_size=30))
@settings(max_examples=60, deadline=None)
def test_marks_are_whole_words_in_order(search: Search, text: str, query: str) -> None:
    spans = search.marks(text, query)
    assert spans == sorted(spans)
    assert all(text[start:end].isalnum() for start, end in spans)


# -- order and number -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("many")
    words = ("fistula", "pain", "dose", "bleeding", "nausea", "rash", "fever")
    texts = (
        " ".join((words[n % 7], words[n // 7 % 7], *["filler"] * (n % 5), "ending."))
        for n in range(160)
    )
    hold(folder, *(document(f"file:{n:03}", text, title="") for n, text in enumerate(texts)))
    held = Library.open(folder)
    yield held
    held.documents.close()


@pytest.mark.parametrize("query", ["fistula", "fistula pain", "what is fistula?", '"fistula pain"'])
def test_scores_fall_beyond_those_that_are_ranked_again_too(many: Library, query: str) -> None:
    scores = [hit.score for hit in many.search.search(Request(query, k=100))]
    assert len(scores) > 1
    assert scores == sorted(scores, reverse=True)
    assert min(scores) > 0.0


def test_k_is_how_many_are_given_and_a_larger_k_only_adds(many: Library) -> None:
    def found(k: int) -> list[int]:
        return [hit.passage.id for hit in many.search.search(Request("fistula pain", k=k))]

    assert [len(found(k)) for k in (-1, 0, 1, 7)] == [1, 1, 1, 7]
    assert found(7) == found(25)[:7]
    assert len(found(MOST * 2)) == len(found(100))


def test_the_same_search_gives_the_same_result(many: Library) -> None:
    first = many.search.search(Request("fistula pain dose", k=50))
    assert many.search.search(Request("fistula pain dose", k=50)) == first


def test_what_is_hidden_does_not_cost_a_place(tmp_path: Path) -> None:
    gone = [
        document(f"pmid:{n}", "fistula fistula fistula", title="fistula", year=2020, retracted=True)
        for n in range(1, 61)
    ]
    hold(tmp_path, *gone, document("file:last", "A fistula was seen.", year=2020))
    library = Library.open(tmp_path)
    assert sources(library.search, "fistula", k=1) == ["file:last"]
    library.documents.close()


def test_an_empty_library_finds_nothing_and_still_says_what_is_wrong(tmp_path: Path) -> None:
    library = Library.open(new(tmp_path))
    assert library.search.search(Request("fistula")) == []
    with pytest.raises(SearchError):
        library.search.search(Request("?"))
    library.documents.close()


def test_a_search_says_in_which_work_each_passage_is_best(search: Search) -> None:
    hits = search.search(Request("bevacizumab fistula"))
    works = [hit.passage.document.source for hit in hits]
    assert [source for source, _ in documents_of(hits)] == list(dict.fromkeys(works))


# -- beside an independent BM25 -------------------------------------------------------------------

COMMON = ("cell", "growth", "blood", "vessel", "organ", "signal", "protein", "nerve", "muscle")


@given(st.lists(st.sampled_from(COMMON), min_size=1, max_size=4, unique=True))
@settings(max_examples=25, deadline=None)
def test_what_is_found_is_what_bm25s_gives_a_score(biology: Library, words: list[str]) -> None:
    texts, retriever = _independent(biology)
    stemmer = Stemmer.Stemmer("english")
    tokens = bm25s.tokenize(
        " ".join(words), stopwords=list(STOPWORDS), stemmer=stemmer, show_progress=False
    )
    found, scores = retriever.retrieve(tokens, k=len(texts), show_progress=False)
    theirs = {texts[place] for place, score in zip(found[0], scores[0], strict=True) if score > 0.0}
    hits = biology.search.search(Request(" ".join(words), k=100, plain=True))
    assert {hit.passage.text for hit in hits} == theirs


@pytest.fixture(scope="module")
def biology(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("biology")
    forms = {"cell": "cells", "vessel": "vessels", "signal": "signalling", "nerve": "nerves"}
    works = []
    for n in range(40):
        one, other = COMMON[n % 9], COMMON[n * 5 % 7]
        text = f"Work {n}x on {forms.get(one, one)} and the {other} of mice."
        works.append(document(f"file:{n:02}", text, title=""))
    hold(folder, *works)
    held = Library.open(folder)
    yield held
    held.documents.close()


def _independent(library: Library) -> tuple[list[str], bm25s.BM25]:
    held = library.documents
    texts = [passage.text for passage in held.passages(held.passage_ids()).values()]
    tokens = bm25s.tokenize(
        texts,
        stopwords=list(STOPWORDS),
        stemmer=Stemmer.Stemmer("english"),
        show_progress=False,
    )
    retriever = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
    retriever.index(tokens, show_progress=False)
    return texts, retriever
