"""`probatum search`: passages best first, filters, JSON, and run files for many queries."""

import json
from pathlib import Path
from typing import Any

import pytest

from probatum.library.library import Library
from tests.contract.program import Ran, probatum
from tests.contract.shelf import KNEE, one_document

EMPTY = "probatum: this library holds no texts yet; add some with probatum add.\n"
NOTHING = "Nothing held matches.\n"
FIELDS = [
    "source",
    "edition",
    "title",
    "type",
    "body",
    "year",
    "date",
    "depth",
    "currency",
    "replaced_by",
    "licence",
    "rights",
    "identifiers",
    "locator",
    "headings",
    "page",
    "start",
    "end",
    "text",
    "matches",
    "score",
]


def hits(ran: Ran) -> list[dict[str, Any]]:
    """The hits of a search that printed JSON, whatever its status."""
    assert ran.err == "", ran
    assert ran.status == (0 if json.loads(ran.out)["hits"] else 1)
    found: list[dict[str, Any]] = json.loads(ran.out)["hits"]
    return found


def search(shelf: Path, *arguments: str) -> list[dict[str, Any]]:
    return hits(probatum("search", *arguments, "--format", "json", "--library", shelf))


def sources(found: list[dict[str, Any]]) -> set[str]:
    return {hit["source"] for hit in found}


def test_a_passage_is_shown_with_its_work_its_place_and_the_words_that_matched(
    shelf: Path,
) -> None:
    ran = probatum("search", "dose of fictivir", "-k", "1", "--library", shelf)
    assert (ran.status, ran.err) == (0, "")
    assert [line.rstrip() for line in ran.out.splitlines()] == [
        "1. Guideline on blue knee",
        f"   guideline · Made-Up Knee Society · 2024 · current · {KNEE}",
        "   Dose",
        "   *Dose* The usual *dose* of *fictivir* for blue knee is 20 mg once daily.",
        "   Safety Stop *fictivir* if venous thromboembolism (VTE) occurs.",
        "",
    ]


def test_json_is_one_document_whose_texts_are_slices_of_what_is_held(shelf: Path) -> None:
    ran = probatum("search", "dose of fictivir", "--format", "json", "--library", shelf)
    document = one_document(ran)
    assert isinstance(document, dict)
    assert list(document) == ["query", "hits"]
    assert document["query"] == "dose of fictivir"
    assert sources(document["hits"]) == {"file:knee.md", "file:trial.md"}
    held = Library.open(shelf)
    for hit in document["hits"]:
        assert list(hit) == FIELDS
        text = held.text(hit["edition"])
        assert text is not None
        assert hit["text"] == text[hit["start"] : hit["end"]]
        matched = {hit["text"][start:end].lower() for start, end in hit["matches"]}
        assert matched <= {"dose", "fictivir"}
    first = {**document["hits"][0], "text": "", "matches": [], "score": 0}
    assert {name: first[name] for name in FIELDS[:13]} == {
        "source": "file:knee.md",
        "edition": KNEE,
        "title": "Guideline on blue knee",
        "type": "guideline",
        "body": "Made-Up Knee Society",
        "year": 2024,
        "date": None,
        "depth": "full_text",
        "currency": "current",
        "replaced_by": None,
        "licence": "CC BY 4.0",
        "rights": "A",
        "identifiers": {},
    }


def test_the_best_passage_comes_first_with_the_highest_score(shelf: Path) -> None:
    found = search(shelf, "rest cure")
    assert found[0]["source"] == "beir:MED-1"
    scores = [hit["score"] for hit in found]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (("blue knee",), {"file:knee.md", "file:trial.md", "beir:MED-1"}),
        (("blue knee", "--type", "guideline"), {"file:knee.md"}),
        (
            ("blue knee", "--type", "guideline", "--type", "randomized_trial"),
            {"file:knee.md", "file:trial.md"},
        ),
        (("blue knee", "--body", "made-up knee society"), {"file:knee.md"}),
        (("blue knee", "--body", "nobody"), set()),
        (("blue knee", "--year", "2020"), {"file:trial.md"}),
        (("blue knee", "--year", "2019:2021"), {"file:trial.md"}),
        (("blue knee", "--year", "2021:"), {"file:knee.md"}),
        (("blue knee", "--year", ":2021"), {"file:trial.md"}),
        (("cemiplimab", "--condition", "cervical cancer"), {"file:review.md"}),
        (("cemiplimab", "--condition", "cervical-cancer"), {"file:review.md"}),
        (("knee", "--condition", "cervical cancer"), set()),
        (('"rest cure" NOT adults',), {"beir:MED-1"}),
        (("knee AND fictivir",), {"file:knee.md", "file:trial.md"}),
        (("plums OR (fictivir AND adults)",), {"beir:x/2", "file:trial.md"}),
        (("cure -adults",), {"beir:MED-1"}),
        (("thromboembolism",), {"file:knee.md"}),
        (("VTE",), {"file:knee.md"}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_words_operators_and_filters_say_what_is_found(
    shelf: Path, arguments: tuple[str, ...], found: set[str]
) -> None:
    assert sources(search(shelf, *arguments)) == found


def test_no_more_passages_are_given_than_were_asked_for(shelf: Path) -> None:
    assert [len(search(shelf, "blue knee", "-k", k)) for k in ("1", "2", "50")] == [1, 2, 3]


def test_nothing_found_is_status_one_and_one_sentence(shelf: Path) -> None:
    assert probatum("search", "zebra", "--library", shelf) == Ran(1, "", NOTHING)
    ran = probatum("search", "zebra", "--format", "json", "--library", shelf)
    assert (ran.status, ran.err, json.loads(ran.out)) == (1, "", {"query": "zebra", "hits": []})


def test_a_library_without_texts_says_how_to_add_some(folder: Path) -> None:
    assert probatum("search", "knee", "--library", folder) == Ran(1, "", EMPTY)
    ran = probatum("search", "knee", "--format", "json", "--library", folder)
    assert (ran.status, ran.err, json.loads(ran.out)["hits"]) == (1, EMPTY, [])


def test_what_is_marked_is_found_only_when_it_is_asked_for(own_shelf: Path) -> None:
    assert probatum("sources", "mark", KNEE, "retracted", "--library", own_shelf).status == 0
    assert sources(search(own_shelf, "fictivir")) == {"file:trial.md"}
    found = search(own_shelf, "fictivir", "--outdated")
    assert {hit["source"]: hit["currency"] for hit in found} == {
        "file:knee.md": "retracted",
        "file:trial.md": "current",
    }


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), 'A query is missing: probatum search "…".'),
        (("",), "There is no word to search for."),
        (("?! -",), "There is no word to search for."),
        (
            ("knee", "--year", "later"),
            "--year takes 2020, 2018:2022, 2020: or :2015, not 'later'.",
        ),
        (("knee", "--year", ":"), "--year takes 2020, 2018:2022, 2020: or :2015, not ':'."),
        (
            ("knee", "--year", "2022:2020"),
            "--year 2022:2020: the first year is after the last.",
        ),
        (
            ("knee", "--condition", "blue knee"),
            "The condition 'blue knee' is not in the vocabulary; search for it as a word.",
        ),
        (
            ("knee", "--queries", "q", "--run", "r"),
            "--queries FILE and --run FILE go together, without a QUERY.",
        ),
        (("--run", "r"), "--queries FILE and --run FILE go together, without a QUERY."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_search_that_cannot_be_carried_out_is_refused_in_one_sentence(
    shelf: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    assert probatum("search", *arguments, "--library", shelf).refusal == sentence


@pytest.mark.parametrize("option", [("-k", "0"), ("-k", "x"), ("--type", "poem")])
def test_an_option_out_of_range_is_named(shelf: Path, option: tuple[str, str]) -> None:
    assert option[0] in probatum("search", "knee", *option, "--library", shelf).refusal


# -- many queries -------------------------------------------------------------------------------


def run_file(shelf: Path, queries: Path, *options: str) -> list[list[str]]:
    """The columns of the run that a batch of queries gives."""
    run = queries.with_name("run.txt")
    ran = probatum("search", "--queries", queries, "--run", run, *options, "--library", shelf)
    assert ran == Ran(0, "", "")
    assert [path.name for path in queries.parent.iterdir() if path.name.startswith(".")] == []
    return [line.split(" ") for line in run.read_text("utf-8").splitlines()]


TABLE = 'id\ttext\nq1\trest cure\n7\tblue knee\nq3\t?!\nq4\t(NOT "plums" AND\n'
LINES = (
    '{"_id": "q1", "text": "rest cure", "metadata": {}}\n'
    '\n{"id": 7, "text": "blue knee"}\n{"qid": "q3", "text": "?!"}\n'
    '{"query_id": "q4", "text": "(NOT \\"plums\\" AND"}\n'
)


@pytest.mark.parametrize("text", [TABLE, LINES], ids=["TSV", "JSONL"])
def test_a_run_has_trecs_columns_the_given_ids_and_each_document_once(
    shelf: Path, tmp_path: Path, text: str
) -> None:
    (tmp_path / "queries").write_text(text, encoding="utf-8")
    rows = run_file(shelf, tmp_path / "queries", "-k", "10")
    assert [(query, q0, rank, tag) for query, q0, _, rank, _, tag in rows] == [
        ("q1", "Q0", "1", "probatum"),
        ("q1", "Q0", "2", "probatum"),
        ("7", "Q0", "1", "probatum"),
        ("7", "Q0", "2", "probatum"),
        ("7", "Q0", "3", "probatum"),
        ("q4", "Q0", "1", "probatum"),
    ]
    documents = [(query, document) for query, _, document, *_ in rows]
    # The collection's own ids come back as it gave them.
    assert documents[:2] == [("q1", "MED-1"), ("q1", "file:trial.md")]
    assert {document for query, document in documents if query == "7"} == {
        "MED-1",
        "file:knee.md",
        "file:trial.md",
    }
    assert documents[5:] == [("q4", "x/2")]
    for query in ("q1", "7"):
        scores = [float(row[4]) for row in rows if row[0] == query]
        assert scores == sorted(scores, reverse=True)


def test_a_document_of_many_passages_stands_once_where_its_best_passage_stands(
    tmp_path: Path,
) -> None:
    part = "The knee is blue and it rests. " * 60
    long = "".join(f"# Part {number}\n\n{part}\n\n" for number in range(8))
    (tmp_path / "long.md").write_text(long + "# End\n\nPlums help.\n" * 40, encoding="utf-8")
    (tmp_path / "short.md").write_text("A knee without plums.\n", encoding="utf-8")
    library = tmp_path / "library"
    added = probatum("add", tmp_path / "long.md", tmp_path / "short.md", "--library", library)
    assert added.status == 0
    (tmp_path / "q").mkdir()
    queries = tmp_path / "q" / "queries.tsv"
    queries.write_text("a\tknee plums\n", encoding="utf-8")
    rows = run_file(library, queries, "-k", "2")
    assert sorted(row[2] for row in rows) == ["file:long.md", "file:short.md"]
    best: dict[str, float] = {}
    for hit in search(library, "knee plums", "-k", "100"):
        best.setdefault(hit["source"], hit["score"])
    assert [(row[2], round(float(row[4]), 4)) for row in rows] == list(best.items())


def test_filters_hold_for_a_run_too(shelf: Path, tmp_path: Path) -> None:
    (tmp_path / "queries.tsv").write_text("a\tblue knee\n", encoding="utf-8")
    rows = run_file(shelf, tmp_path / "queries.tsv", "--type", "guideline")
    assert [row[2] for row in rows] == ["file:knee.md"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "there are no queries in it."),
        ("q1 knee\n", "line 1: a query needs an id, a tab and its text."),
        ("q1\tknee\nq1\thip\n", "line 2: the id 'q1' occurs twice."),
        ("q 1\tknee\n", "line 1: the id 'q 1' is empty or has a space in it."),
        ("{\n", "line 1: it is not a JSON object."),
        ('{"_id": "a"}\n', "line 1: a query needs _id (or id) and text."),
    ],
    ids=["empty", "no tab", "twice", "a space", "no JSON", "no text"],
)
def test_a_file_of_queries_that_cannot_be_read_leaves_no_run(
    shelf: Path, tmp_path: Path, text: str, words: str
) -> None:
    queries, run = tmp_path / "queries", tmp_path / "run.txt"
    queries.write_text(text, encoding="utf-8")
    ran = probatum("search", "--queries", queries, "--run", run, "--library", shelf)
    assert ran.refusal.startswith(str(queries))
    assert ran.refusal.endswith(words)
    assert not run.exists()
