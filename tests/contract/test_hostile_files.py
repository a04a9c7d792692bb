"""Files from strangers, through the program: a sentence each, and nothing else lost by them."""

import gzip
import json
import os
import subprocess
import threading
import zipfile
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.contract.program import COMMAND, Ran, environment, no_trace, probatum
from tests.contract.shelf import one_document
from tests.sources.pdf_file import Page, pdf

ARTICLE = (
    "<PubmedArticle><MedlineCitation><PMID>{0}</PMID><Article>"
    "<ArticleTitle>Work {0}.</ArticleTitle>"
    "<Abstract><AbstractText>Words of work {0}: {1}.</AbstractText></Abstract>"
    "</Article></MedlineCitation></PubmedArticle>"
)
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
NOISE = Random(1).randbytes(5_000)
# A Markdown file stands among the others, and must be there in the end.
GOOD = "# The good one\n\nThese are its words, and they are kept.\n"


def article_set(*articles: str, before: str = "") -> bytes:
    return f"{before}<PubmedArticleSet>{''.join(articles)}</PubmedArticleSet>".encode()


def entities(root: str, definition: str) -> bytes:
    article = ARTICLE.format(1, "&a11;")
    return article_set(article, before=f"<!DOCTYPE {root} [{definition}]>")


GROWS = "it grows beyond all measure when it is decompressed or read"
UNKNOWN = "its format is not known; name it with --as if it is one that is read"
ENCODED = "it is text in UTF-16 without its byte order mark; save it as UTF-8"
FILES: dict[str, tuple[bytes, str]] = {
    "bomb-one-text.xml.gz": (
        gzip.compress(b"<PubmedArticleSet>" + b"a" * 12_000_000),
        "one record in it is larger than 8 MB",
    ),
    "bomb-lines.md.gz": (gzip.compress(b"# T\n\n" + b"a\n" * 6_000_000), GROWS),
    "bomb-values.json.gz": (
        gzip.compress(b'{"protocolSection": {"a": [' + b"[]," * 2_200_000, 1),
        "one record has more than 2,000,000 values",
    ),
    "bomb-tags.html.gz": (
        gzip.compress(b"<html><body>" + b"<i>x</i>" * 300_000),
        "it has more than 500,000 tags",
    ),
    "entities-laughing.xml": (
        entities("PubmedArticleSet", f'<!ENTITY a0 "ha">{LAUGHS}'),
        "it is nested too deep or grows beyond all measure, at line 1",
    ),
    "entity-of-a-file.xml": (
        entities("PubmedArticleSet", '<!ENTITY a11 SYSTEM "file:///etc/passwd">'),
        "its document type defines entities, which is not safe",
    ),
    "encoding-declared-wrongly.xml": (
        article_set(ARTICLE.format(1, "naïve")).decode().encode("cp1252"),
        "its bytes are not in the encoding that it declares, at line 1",
    ),
    "encoding-without-mark.txt": ("Words of a text. ".encode("utf-16-le") * 20, ENCODED),
    "encoding-without-mark.json": ('{"resourceType": "X"}'.encode("utf-16-be"), ENCODED),
    "pdf-broken.pdf": (
        b"%PDF-1.4\n" + NOISE,
        "it is damaged: the PDF library cannot open it",
    ),
    "pdf-locked.pdf": (
        pdf([Page().text(72, 700, "Secret words")], password="x"),
        "it is encrypted and needs a password",
    ),
    "pdf-scanned.pdf": (
        pdf([Page().picture(), Page().picture()]),
        "its pages are images: it holds no text (run OCR first)",
    ),
    "nothing.xml.gz": (gzip.compress(b""), "it is empty"),
    "garbage.json": (NOISE, UNKNOWN),
    "garbage.md": (NOISE, UNKNOWN),
    "garbage.xml.gz": (NOISE, UNKNOWN),
    "garbage.xml.gz.gz": (b"\x1f\x8b" + NOISE, "its compressed data are damaged"),
    "garbage.zip": (b"PK\x03\x04" + NOISE, "it is a damaged zip archive"),
    "json-deep.json": (b'{"protocolSection": ' + b"[" * 200_000, ""),
}


def add(library: Path, *arguments: str | Path) -> Ran:
    return probatum("add", *arguments, "--library", library, "--format", "json")


def skipped(ran: Ran) -> dict[str, str]:
    assert no_trace(ran.err), ran.err
    document: dict[str, Any] = json.loads(ran.out)
    return {Path(each["where"]).name: each["reason"] for each in document["skipped"]}


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "m-good.md").write_text(GOOD)
    return folder


def held(library: Path) -> list[str]:
    listed = probatum("sources", "list", "--format", "json", "--library", library)
    rows: list[dict[str, Any]] = json.loads(listed.out)
    found = [str(row.get("title")) for row in rows]
    return [title for title in found if title.startswith(("The good", "Work", "Page"))]


def test_each_of_many_hostile_files_has_its_sentence_and_the_good_one_is_kept(
    library: Path, place: Path
) -> None:
    for name, (content, _) in FILES.items():
        (place / name).write_bytes(content)
    ran = add(library, place)
    assert ran.status == 1
    found = skipped(ran)
    deep = found.pop("json-deep.json")
    assert deep in (
        "its objects are nested too deeply",
        "its JSON is damaged or cut off (expecting value)",
    )
    wanted = {name: reason for name, (_, reason) in FILES.items() if reason}
    assert found == wanted
    assert ran.err.count("\n") == len(FILES)
    assert held(library) == ["The good one"]


def test_a_gzip_that_is_cut_off_keeps_what_was_whole(library: Path, place: Path) -> None:
    words = Random(2)
    articles = [ARTICLE.format(n, words.randbytes(600).hex()) for n in range(1, 201)]
    content = gzip.compress(article_set(*articles))
    (place / "cut.xml.gz").write_bytes(content[: len(content) // 2])
    ran = add(library, place)
    reason = skipped(ran)["cut.xml.gz"]
    kept = [title for title in held(library) if title.startswith("Work")]
    assert ran.status == 1
    assert 50 < len(kept) < 150
    assert reason == f"its compressed data end too early, after {len(kept)} complete records"
    (place / "cut.xml.gz").write_bytes(content)
    again = add(library, place)
    assert (again.status, len(held(library))) == (0, 201)


@pytest.mark.parametrize("name", ["/dev/zero", "/dev/null", "fifo", "broken-link"])
def test_what_is_no_file_is_named_and_never_waited_for(
    library: Path, place: Path, name: str
) -> None:
    os.mkfifo(place / "fifo")
    (place / "broken-link").symlink_to(place / "nowhere")
    ran = add(library, place / name)
    reason = "it is a link to a file that is not there" if "link" in name else None
    assert ran.status == 2
    assert skipped(ran) == {Path(name).name: reason or "it is no regular file"}
    assert add(library, place).status == 1
    assert held(library) == ["The good one"]


def test_names_that_are_no_text_are_kept_apart_and_shown_in_one_line(
    library: Path, place: Path
) -> None:
    for number, name in enumerate((b"bad\xff.md", b"bad\xfe.md", b"a\nb\x1b[31m.md", b"-x.md")):
        path = os.fsencode(place) + b"/" + name
        Path(os.fsdecode(path)).write_text(f"# Page {number}\n\nWords of page {number}.\n")
    done = subprocess.run(
        [*COMMAND, "add", str(place), "--library", str(library)],
        capture_output=True,
        env=environment(),
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert sorted(held(library)) == ["Page 0", "Page 1", "Page 2", "Page 3", "The good one"]
    listed = probatum("sources", "list", "--format", "json", "--library", library)
    sources = {row["source"] for row in json.loads(listed.out)}
    names = ("bad\\xff.md", "bad\\xfe.md", "a\\nb\\x1b[31m.md", "-x.md", "m-good.md")
    assert {source for source in sources if source.startswith("file:")} == {
        f"file:{name}" for name in names
    }


def test_an_archive_of_strangers_writes_nothing_and_costs_only_its_bad_members(
    library: Path, place: Path
) -> None:
    with zipfile.ZipFile(place / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../outside.md", "# Page 1\n\nWords of page one.\n")
        archive.writestr("/etc/outside.md", "# Page 2\n\nWords of page two.\n")
        archive.writestr("bomb.txt", b"a b " * 4_000_000)
        archive.writestr("inner.zip", b"PK\x03\x04" + NOISE)
    before = sorted(place.parent.rglob("*"))
    ran = add(library, place)
    assert ran.status == 1
    assert skipped(ran) == {
        "bomb.txt": GROWS,
        "inner.zip": "it is a zip archive inside another or a damaged one; "
        "unpack it and add what is inside",
    }
    made = set(place.parent.rglob("*")) - set(before)
    assert {path for path in made if library not in (path, *path.parents)} == set()
    assert sorted(held(library))[-1] == "The good one"


@pytest.mark.parametrize("form", ["pubmed", "md", "beir"])
def test_a_format_that_is_named_wrongly_is_refused_in_a_sentence(
    library: Path, place: Path, form: str
) -> None:
    (place / "x.bin").write_bytes(NOISE)
    ran = add(library, place / "x.bin", "--as", form)
    assert (ran.status, ran.err.count("\n"), list(skipped(ran))) == (2, 1, ["x.bin"])


def test_the_same_id_with_other_content_keeps_both_and_says_so(library: Path, place: Path) -> None:
    (place / "a.xml").write_bytes(article_set(ARTICLE.format(7, "first")))
    (place / "b.xml").write_bytes(article_set(ARTICLE.format(7, "second")))
    ran = add(library, place)
    assert (ran.status, held(library).count("Work 7.")) == (0, 2)
    listed = probatum("sources", "show", "pmid:7", "--format", "json", "--library", library)
    rows: Any = one_document(listed)
    assert sorted(row["currency"] for row in rows) == ["superseded", "unknown"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all")
def test_what_may_not_be_read_is_named(library: Path, place: Path) -> None:
    (place / "closed").mkdir(mode=0)
    (place / "closed.md").write_text(GOOD)
    (place / "closed.md").chmod(0)
    ran = add(library, place)
    denied = "it cannot be read (Permission denied)"
    assert (ran.status, skipped(ran)) == (1, {"closed": denied, "closed.md": denied})
    (place / "closed").chmod(0o700)


def test_a_file_that_grows_while_it_is_read_ends(library: Path, place: Path) -> None:
    path = place / "growing.jsonl"
    stop = threading.Event()

    def grow() -> None:
        with path.open("a") as out:
            for number in range(100_000):
                if stop.wait(0.001):
                    return
                out.write(json.dumps({"_id": str(number), "text": f"Words {number}."}) + "\n")
                out.flush()

    path.write_text('{"_id": "x", "text": "Work words."}\n')
    thread = threading.Thread(target=grow)
    thread.start()
    ran = add(library, place)
    stop.set()
    thread.join()
    assert ran.status in (0, 1)
    assert "The good one" in held(library)
