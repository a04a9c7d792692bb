"""Retrieval collections: the id comes back as it stands, and a bad line is named."""

import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.evidence.document import Block, Document, Item, Skipped
from probatum.evidence.source import Depth, Identifiers, SourceType
from probatum.sources import beir
from probatum.sources.file import SourceFile
from probatum.sources.layout.text import clean
from probatum.sources.limits import UnreadableError


def read(*lines: object) -> list[Item]:
    text = "\n".join(each if isinstance(each, str) else json.dumps(each) for each in lines)
    return list(beir.read(SourceFile("corpus.jsonl", content=text.encode())))


def document(id: str, title: str, *texts: str) -> Document:
    return Document(
        source=f"beir:{id}",
        title=title,
        type=SourceType.OTHER,
        depth=Depth.ABSTRACT,
        blocks=tuple(map(Block, texts)),
        format="beir",
        identifiers=Identifiers(other=id),
    )


def test_every_form_of_a_line_is_read() -> None:
    assert read(
        {"_id": "MED-10", "title": "A  title", "text": "One.\n\nTwo.", "metadata": {"x": [1]}},
        {"doc_id": "pmid:1", "text": "Text."},
        {"id": 7, "title": "Sentences", "sentences": ["One.", "Two."]},
        {"doc_id": 8, "title": "SciFact", "abstract": ["Three.", "Four."], "structured": False},
        {"_id": "9", "title": "Only a title", "text": ""},
    ) == [
        document("MED-10", "A title", "One.", "Two."),
        document("pmid:1", "", "Text."),
        document("7", "Sentences", "One. Two."),
        document("8", "SciFact", "Three. Four."),
        document("9", "Only a title"),
    ]


def test_a_bad_line_is_named_and_the_others_are_read() -> None:
    assert read(
        {"_id": "1", "text": "Good."},
        "",
        "{broken",
        "[1]",
        {"text": "No id."},
        {"_id": True, "text": "x"},
        {"_id": "a b", "text": "x"},
        {"_id": "\ud800", "text": "x"},
        {"_id": "2", "text": {"div": "x"}},
        {"_id": "3", "title": ["x"], "text": "x"},
        {"_id": "4"},
        '{"_id": "5", "text": ' + "[" * 100_000,
        {"_id": "6", "text": "Good too."},
    ) == [
        document("1", "", "Good."),
        Skipped("line 3", "it is not JSON"),
        Skipped("line 4", "it is not a JSON object"),
        Skipped("line 5", "it has no id"),
        Skipped("line 6", "it has no id"),
        Skipped("line 7", "its id has a space or a control character in it"),
        Skipped("line 8", "its id has a space or a control character in it"),
        Skipped("line 9", "its text is neither a text nor a list of sentences"),
        Skipped("line 10", "its title is not text"),
        Skipped("line 11", "it has neither a title nor a text"),
        Skipped("line 12", "it is not JSON"),
        document("6", "", "Good too."),
    ]


def test_a_file_without_any_document_is_refused() -> None:
    with pytest.raises(UnreadableError, match=r"^no line of it holds an id and a text$"):
        read({"query": "x"})


def test_lines_before_the_end_of_a_truncated_gzip_are_kept() -> None:
    lines = "".join(f'{{"_id": "{n}", "text": "text {n * n}"}}\n' for n in range(20_000))
    packed = gzip.compress(lines.encode())
    found: list[Item] = []
    with pytest.raises(UnreadableError) as caught:
        found.extend(beir.read(SourceFile("c.jsonl.gz", content=packed[: len(packed) // 2])))
    assert len(found) > 5_000
    assert found == [document(str(n), "", f"text {n * n}") for n in range(len(found))]
    assert str(caught.value) == (
        f"its compressed data end too early, after {len(found)} complete lines"
    )


@pytest.mark.parametrize(
    ("name", "head", "expected"),
    [
        ("corpus.jsonl", b'{"_id": "1", "title": "", "text": "x"}\n', True),
        ("corpus.jsonl", b'{"_id": "1", "title": "", "text": "x', True),
        ("a/corpus.jsonl.gz", b'{"doc_id": 4, "title": "x", "sentences": ["x', True),
        ("corpus.jsonl", b'{"_id": "1", "title": "' + b"x" * 4073, True),
        ("queries.jsonl", b'{"_id": "1", "text": "x"}\n', False),
        ("q.jsonl", b'{"query_id": "1", "text": "x"}\n', False),
        ("p.json", b'{"resourceType": "Patient", "id": "1", "text": {"div": "x"}}', False),
        ("c.json", b'{"id": "1", "text": {"div": "x"}}', False),
        ("c.json", b'{"cards": [{"id": "1", "text": "x"}]}', False),
        ("c.json", b'{\n  "id": "1",\n  "text": "x"\n}', False),
        ("c.json", b"[1]", False),
        ("c.json", b"", False),
    ],
)
def test_it_is_recognised_by_its_first_line(name: str, head: bytes, expected: bool) -> None:
    assert beir.recognise(name, head) is expected


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)
keys = st.sampled_from(["_id", "doc_id", "id", "title", "text", "sentences", "abstract"])


@given(
    st.binary(max_size=200)
    | st.dictionaries(keys, json_values).map(lambda v: json.dumps(v).encode())
)
def test_arbitrary_lines_never_crash(content: bytes) -> None:
    beir.recognise("c.jsonl", content)
    try:
        items = list(beir.read(SourceFile("c.jsonl", content=content)))
    except UnreadableError:
        return
    for item in items:
        if isinstance(item, Document):
            assert [each.text for each in item.blocks] == [clean(each.text) for each in item.blocks]
