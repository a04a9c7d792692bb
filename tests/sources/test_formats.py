"""Which format a file is in: each knows its own, none claims another's, and the rest is named."""

import gzip
import io
import zipfile
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fuzz.target import feed
from probatum.evidence.document import Document, Relation, Skipped
from probatum.evidence.source import RightsTier, SourceType
from probatum.sources.file import SourceFile
from probatum.sources.formats import FORMATS, Settings, read, recognise, tier_of
from probatum.sources.limits import UnreadableError

SEEDS = Path(__file__).parents[2] / "fuzz" / "seeds"
SOUND = sorted(path for path in SEEDS.rglob("*.*") if path.is_file())
UNKNOWN = "its format is not known; name it with --as if it is one that is read"


def id(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def known(name: str, content: bytes) -> str:
    return recognise(SourceFile(name, content=content))


def why(name: str, content: bytes) -> str:
    with pytest.raises(UnreadableError) as error:
        known(name, content)
    return str(error.value)


# The smallest file of each format as its publisher or its users write it.
SMALL = {
    "pubmed": [
        b"<PubmedArticleSet></PubmedArticleSet>",
        b'<?xml version="1.0"?>\n<!-- x -->\n<PubmedBookArticleSet/>',
        b"\xef\xbb\xbf<MedlineCitationSet>",
    ],
    "jats": [
        b'<article article-type="letter">',
        b"<pmc-articleset><Reply/></pmc-articleset>",
        b'<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) v1.0" "x.dtd">\n<article>',
        '<article dtd-version="1.1">'.encode("utf-16"),
    ],
    "spl": [b'<document xmlns="urn:hl7-org:v3">', b'<v3:document xmlns:v3="urn:hl7-org:v3" a="b">'],
    "ctgov": [
        b'{"protocolSection": {',
        b'[{"protocolSection":{}}]',
        b'{"studies": [], "totalCount": 0}',
        b'{"protocolSection":{}}\n{"protocolSection":{}}\n',
    ],
    "openfda": [b'{"results": [{"openfda": {}, "set_id": "x"}], "meta": {}}'],
    "fhir": [
        b'{"resourceType": "Evidence"}',
        b'{"resourceType":"Bundle","entry":[]}',
        b'{\n "id": "x",\n "resourceType": "Citation"}',
    ],
    "beir": [
        b'{"_id": "1", "title": "", "text": "x"}',
        b'{"doc_id": 5, "title": "t", "abstract": ["a"]}\n{',
    ],
    "pdf": [b"%PDF-1.7\n%\xe2\xe3", b"\n\n  %PDF-1.0"],
    "html": [
        b"<!doctype html><p>x",
        b"<html>",
        b'<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml">',
        b"\n<!-- saved -->\n<HTML lang=en>",
    ],
    "medline": [
        b"PMID- 1\n",
        b"\n\nPMID- 12345678\nOWN - NLM\n",
        b"\xef\xbb\xbfPMID- 7\r\nTI  - x",
    ],
    "md": [
        b"# A title\n\nSome words of a text that goes on for a while.",
        b"---\ntitle: x\n---\nSome words of a text that goes on for a while.",
    ],
}
PAIRS = [(format, content) for format, contents in SMALL.items() for content in contents]


def test_there_is_a_sample_of_every_format() -> None:
    assert set(SMALL) == set(FORMATS)


@pytest.mark.parametrize(("format", "content"), PAIRS, ids=lambda each: str(each)[:40])
def test_a_format_is_told_by_its_bytes_whatever_the_name(format: str, content: bytes) -> None:
    assert known("download", content) == format
    assert known("download.gz", gzip.compress(content)) == format


@pytest.mark.parametrize(("format", "content"), PAIRS, ids=lambda each: str(each)[:40])
def test_no_format_claims_a_file_of_another(format: str, content: bytes) -> None:
    others = {
        name
        for name, module in FORMATS.items()
        if name != "md" and import_module(module).recognise("download", content)
    }
    assert others == {format} - {"md"}


@pytest.mark.parametrize("path", SOUND, ids=id)
def test_a_whole_file_is_claimed_by_its_own_format_alone(path: Path) -> None:
    head = path.read_bytes()[:4096]
    claimed = [
        name for name, module in FORMATS.items() if import_module(module).recognise(path.name, head)
    ]
    assert claimed in ([path.parent.name], [path.parent.name, "md"])


@pytest.mark.parametrize("path", SOUND, ids=id)
def test_a_head_that_is_cut_anywhere_raises_nothing_and_is_no_other_format(path: Path) -> None:
    content = path.read_bytes()[:4096]
    for end in range(1, len(content), 7):
        try:
            format = known("download", content[:end])
        except UnreadableError:
            continue
        assert format in (path.parent.name, "md", "openfda", "ctgov", "html"), end


def zipped(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return stream.getvalue()


WITHOUT_MARK = "it is text in UTF-16 without its byte order mark; save it as UTF-8"
REFUSED = {
    "empty": ("a.txt", b"", "it is empty"),
    "empty, called gzip": ("a.xml.gz", b"", "it is empty"),
    "gzip of nothing": ("a.xml.gz", gzip.compress(b""), "it is empty"),
    "blank": ("a.md", b" \r\n\t\n", "it is empty"),
    "gzip of gzip": (
        "a.xml.gz",
        gzip.compress(gzip.compress(b"<a/>")),
        "it is compressed twice; unpack it and add what is inside",
    ),
    "Word": (
        "a.docx",
        zipped("[Content_Types].xml", "word/document.xml"),
        "it is a Word document; save it as PDF or HTML and add that",
    ),
    "text in UTF-16": ("a.txt", "Words of a text.\n".encode("utf-16-le") * 9, WITHOUT_MARK),
    "JSON in UTF-16": ("a.json", '{"resourceType": "X"}'.encode("utf-16-be"), WITHOUT_MARK),
    "a picture": (
        "a.pdf",
        b"\x89PNG\r\n\x1a\n",
        "it is an image; text in it would have to be recognised first, for example as PDF",
    ),
    "bytes": ("a.bin", bytes(range(256)) * 9, UNKNOWN),
    "other XML": ("a.xml", b"<unknown/>", UNKNOWN),
    "other JSON": ("a.json", b'{"a": 1}', UNKNOWN),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_document_is_named(case: str) -> None:
    name, content, reason = REFUSED[case]
    assert why(name, content) == reason


NAMES = st.sampled_from(["a", "a.xml", "a.json", "a.html", "a.md", "a.txt"])


@given(st.binary(max_size=200), NAMES)
def test_any_bytes_are_of_a_format_or_refused(content: bytes, name: str) -> None:
    try:
        said = known(name, content)
    except UnreadableError as error:
        said = str(error)
    assert said in FORMATS or ("\n" not in said and said.startswith("it"))


@pytest.mark.parametrize("format", FORMATS)
def test_named_wrongly_a_format_refuses_binary_data_in_a_sentence(format: str) -> None:
    file = SourceFile("a.bin", content=bytes(range(256)) * 40)
    with pytest.raises(UnreadableError) as error:
        list(read(file, format, Settings()))
    assert str(error.value)


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("path", SOUND, ids=id)
def test_named_wrongly_a_file_is_read_as_promised_or_refused(format: str, path: Path) -> None:
    feed(format, path.read_bytes(), path.name)


SAID = Settings(
    licence="CC BY 4.0",
    body="  Our\x1b society ",
    edition="2.2025",
    supersedes=("file:old@1",),
    type=SourceType.GUIDELINE,
)


def test_what_the_user_says_goes_before_the_files_own_words_and_is_cleaned() -> None:
    file = SourceFile("a.md", content=b"---\nlicence: none\nedition: 1\n---\n# T\n\nWords here.\n")
    [document] = read(file, "md", SAID)
    assert isinstance(document, Document)
    assert (document.licence, document.tier) == ("CC BY 4.0", RightsTier.OPEN)
    assert (document.body, document.type) == ("Our society", SourceType.GUIDELINE)
    assert (document.version, document.label, document.year) == ("2.2025", "2.2025", 2025)
    assert document.relations == (Relation("supersedes", "file:old@1"),)


@pytest.mark.parametrize(
    ("licence", "tier"),
    [
        ("CC BY 4.0", RightsTier.OPEN),
        ("CC0 1.0", RightsTier.OPEN),
        ("public domain", RightsTier.OPEN),
        ("CC BY-NC 4.0", RightsTier.PRIVATE),
        ("CC BY-ND", RightsTier.PRIVATE),
        ("our contract of 2024", RightsTier.PRIVATE),
    ],
)
def test_only_an_open_licence_opens(licence: str, tier: RightsTier) -> None:
    assert tier_of(licence) is tier


def test_another_setting_has_another_fingerprint() -> None:
    prints = {Settings().fingerprint, SAID.fingerprint, Settings(format="md").fingerprint}
    assert len(prints) == 3
    assert Settings().fingerprint == Settings().fingerprint


def test_a_record_without_a_title_or_a_text_is_told() -> None:
    file = SourceFile("a.nbib", content=b"PMID- 1\nDP  - 2020\n\nPMID- 2\nTI  - T.\n")
    assert [item for item in read(file, "medline", Settings()) if isinstance(item, Skipped)] == [
        Skipped("pmid:1", "it has neither a title nor a text")
    ]
