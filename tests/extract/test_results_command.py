"""`probatum extract` of lines of texts: JSONL in, the results document out."""

import json
from pathlib import Path

import pytest

from probatum.cli.extract import is_jsonl, read_items
from probatum.cli.request import UsageError
from tests.contract.program import probatum

TITLE = "A trial of zaltinib"
ABSTRACT = (
    "The median OS was 21.3 months in the zaltinib group and 15.8 months in the placebo group"
    " (HR, 0.72; 95% CI, 0.58-0.89; P = .002)."
)


def item(**fields: object) -> str:
    return json.dumps(fields) + "\n"


def test_title_and_abstract_give_a_document_with_offsets_into_both() -> None:
    ran = probatum("extract", "-", stdin=item(id="a", title=TITLE, abstract=ABSTRACT))
    assert (ran.status, ran.err) == (0, "")
    document = json.loads(ran.out)
    text = f"{TITLE}\n{ABSTRACT}"
    (result,) = document["results"]
    assert document["id"] == "a"
    assert text[result["start"] : result["end"]] == ABSTRACT[11:-2]
    assert result["effect"] == {
        "type": "HR",
        "value": 0.72,
        "ci_level": 95,
        "ci_low": 0.58,
        "ci_high": 0.89,
        "p": "=.002",
        "label": None,
        "margin": None,
    }
    assert [(arm["name"], arm["value"], arm["unit"]) for arm in result["arms"]] == [
        ("zaltinib", 21.3, "months"),
        ("placebo", 15.8, "months"),
    ]


def test_each_line_gives_a_line_in_the_order_given(tmp_path: Path) -> None:
    path = tmp_path / "texts.jsonl"
    path.write_text(item(id=1, text="Nothing here.") + "\n" + item(id=2, text=ABSTRACT), "utf-8")
    ran = probatum("extract", path)
    documents = [json.loads(line) for line in ran.out.splitlines()]
    assert [(each["id"], len(each["results"])) for each in documents] == [(1, 0), (2, 1)]


def test_many_lines_are_shared_out_and_come_back_in_order() -> None:
    lines = "".join(item(id=number, text=ABSTRACT) for number in range(450))
    ran = probatum("extract", "-", stdin=lines)
    assert [json.loads(line)["id"] for line in ran.out.splitlines()] == list(range(450))


def test_json_is_one_document_of_all() -> None:
    ran = probatum("extract", "-", "--format", "json", stdin=item(id="a", text=ABSTRACT))
    assert [each["id"] for each in json.loads(ran.out)["documents"]] == ["a"]


def test_a_table_has_a_row_a_result() -> None:
    ran = probatum(
        "extract", "-", "--format", "table", stdin=item(id="a", text=ABSTRACT), COLUMNS="160"
    )
    assert [line.split() for line in ran.out.splitlines()][1][:4] == [
        "a",
        "overall",
        "survival",
        "zaltinib:",
    ]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("{", "standard input line 2: not valid JSON."),
        ("[1]", "standard input line 2: needs an object with id and text, or title and abstract."),
        (
            '{"id": 2}',
            "standard input line 2: needs a text field text, or title and abstract.",
        ),
        ('{"text": 5}', "standard input line 2: text must be a text."),
        ('{"id": [], "text": ""}', "standard input line 2: the id must be a text or a number."),
    ],
)
def test_a_bad_line_is_one_sentence_with_its_number(line: str, sentence: str) -> None:
    content = (item(id=1, text="x") + line).encode()
    with pytest.raises(UsageError) as refused:
        read_items(content, "standard input")
    assert str(refused.value) == sentence


def test_a_bad_line_stops_the_run_before_anything_is_printed() -> None:
    ran = probatum("extract", "-", stdin=item(id=1, text="x") + "{\n")
    assert ran.refusal == "standard input line 2: not valid JSON."


def test_bytes_that_are_no_text_are_named_by_their_line() -> None:
    with pytest.raises(UsageError) as refused:
        read_items(b'{"text": "a"}\n{"text": "\xff"}\n', "x.jsonl")
    assert str(refused.value) == "x.jsonl line 2: is not UTF-8 text."


def test_lines_of_texts_are_told_from_documents() -> None:
    assert is_jsonl(item(id=1, text="x").encode(), "-")
    assert is_jsonl(b"anything", "texts.jsonl")
    assert is_jsonl(b"", "-")
    assert not is_jsonl(b"<article/>", "article.xml")
    assert not is_jsonl(b'{"resourceType": "Bundle", "id": "x"}', "bundle.json")
    assert not is_jsonl(b"# A guideline", "-")
