"""Small works of our own making, as documents and as files, and libraries that hold them."""

import ctypes
import datetime
import json
import os
import tempfile
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from probatum.engine import Ask, Engine
from probatum.evidence.document import Block, Document
from probatum.evidence.source import Depth, SourceType
from probatum.library import store
from probatum.library.documents import HeldDocuments
from probatum.library.intake import Summary, add
from probatum.library.library import Library
from probatum.library.prepare import Prepared, prepare
from probatum.library.search import Request
from probatum.library.tantivy_index import TantivyIndex
from probatum.library.upkeep import catch_up
from probatum.library.writer import Taken, Writer
from probatum.sources.formats import Settings
from probatum.terms.finder import TermFinder
from probatum.terms.general import general_vocabulary

NOTHING_SAID = Settings()
# Words that the sample texts are made of, so that every search finds several of them.
WORDS = ("bevacizumab", "fistula", "cisplatin", "radiation", "hypertension", "survival")


def document(source: str = "beir:one", *texts: str, **more: Any) -> Document:
    """A work with a paragraph for each text."""
    given = {
        "title": f"About {source}",
        "type": SourceType.OTHER,
        "depth": Depth.FULL_TEXT,
        "format": "beir",
        **more,
    }
    blocks = tuple(Block(text) for text in texts or (f"A fistula was seen in {source}.",))
    return Document(source=source, blocks=blocks, **given)


@cache
def finder() -> TermFinder:
    """The general terms."""
    return TermFinder(general_vocabulary())


def ready(*documents: Document) -> list[Prepared]:
    """Documents as the writer takes them."""
    return [prepare(each, number, finder()) for number, each in enumerate(documents, 1)]


@cache
def _packs() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        store.read(Path(folder))
        return (Path(folder) / store.FILE_NAME).read_bytes()


def new(folder: Path) -> Path:
    """The folder of a library, with the packs' part in it, which takes half a second to make."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / store.FILE_NAME).exists():
        (folder / store.FILE_NAME).write_bytes(_packs())
    return folder


def hold(folder: Path, *documents: Document) -> list[Taken]:
    """Take documents into the library in `folder`, with the index."""
    new(folder)
    with Writer(folder) as writer:
        taken = writer.take(ready(*documents), None, 0)
        index = TantivyIndex(folder, write=True)
        try:
            catch_up(writer, index)
        finally:
            index.close()
    return taken


def take(
    folder: Path, *paths: Path, settings: Settings = NOTHING_SAID, workers: int = 0
) -> Summary:
    """What `probatum add` does with these paths."""
    return add(new(folder), paths or [folder.with_name("files")], settings, workers=workers)


def day(text: str) -> datetime.date:
    """A date."""
    return datetime.date.fromisoformat(text)


# -- files ----------------------------------------------------------------------------------


def beir(path: Path, ids: Iterable[object], words: str = "") -> Path:
    """A collection in BEIR's format."""
    lines = (
        {"_id": str(id), "title": f"Work {id}", "text": f"{words or sentence(n)} Said in {id}."}
        for n, id in enumerate(ids)
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def sentence(number: int) -> str:
    """One of a few sentences, in turn."""
    one, other = WORDS[number % len(WORDS)], WORDS[(number * 5 + 1) % len(WORDS)]
    return f"After {one} came {other} in {number % 7} of 9 patients."


def markdown(path: Path, text: str, **header: str) -> Path:
    """A page with a header."""
    lines = "".join(f"{key}: {value}\n" for key, value in header.items())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\n{lines}---\n{text}\n" if lines else f"{text}\n", encoding="utf-8")
    return path


def article(pmid: int, title: str = "", *, relations: str = "", types: Sequence[str] = ()) -> str:
    """An article as PubMed writes it."""
    kinds = "".join(f"<PublicationType>{kind}</PublicationType>" for kind in types)
    return (
        f"<PubmedArticle><MedlineCitation><PMID Version='1'>{pmid}</PMID>"
        "<Article><Journal><JournalIssue><PubDate><Year>2021</Year><Month>Mar</Month>"
        "<Day>4</Day></PubDate></JournalIssue><Title>J Inv</Title></Journal>"
        f"<ArticleTitle>{title or f'Article {pmid}'}</ArticleTitle>"
        f"<Abstract><AbstractText>{sentence(pmid)}</AbstractText></Abstract>"
        f"<PublicationTypeList>{kinds}</PublicationTypeList></Article>"
        f"<CommentsCorrectionsList>{relations}</CommentsCorrectionsList>"
        "</MedlineCitation></PubmedArticle>"
    )


def relation(kind: str, pmid: int) -> str:
    """What an article says of another, as PubMed writes it."""
    return (
        f"<CommentsCorrections RefType='{kind}'><RefSource>J Inv. 2022</RefSource>"
        f"<PMID Version='1'>{pmid}</PMID></CommentsCorrections>"
    )


def pubmed(path: Path, *articles: str, deleted: Sequence[int] = ()) -> Path:
    """A file of PubMed's."""
    gone = "".join(f"<PMID Version='1'>{pmid}</PMID>" for pmid in deleted)
    end = f"<DeleteCitation>{gone}</DeleteCitation>" if gone else ""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f"<?xml version='1.0'?><PubmedArticleSet>{''.join(articles)}{end}</PubmedArticleSet>",
        encoding="utf-8",
    )
    return path


# -- what a library gives --------------------------------------------------------------------


def found(folder: Path, query: str, k: int = 100) -> list[tuple[str, int, float]]:
    """Edition, start and score of each passage found."""
    library = Library.open(folder)
    try:
        return _found(library, query, k)
    finally:
        library.documents.close()


def _found(library: Library, query: str, k: int) -> list[tuple[str, int, float]]:
    hits = library.search.search(Request(query, k=k))
    return [(h.passage.document.edition, h.passage.start, round(h.score, 3)) for h in hits]


def everything_found(folder: Path) -> dict[str, list[tuple[str, int, float]]]:
    """What is found by each of the words, in an order that does not hang on ids."""
    library = Library.open(folder)
    try:
        return {
            word: sorted(_found(library, word, 10_000), key=lambda hit: (-hit[2], *hit[:2]))
            for word in WORDS
        }
    finally:
        library.documents.close()


def editions(folder: Path) -> dict[str, str | None]:
    """Every held edition with its successor."""
    held = HeldDocuments.open(folder)
    found = {each.edition: each.superseded_by for each in held.all()}
    held.close()
    return found


def snapshot(folder: Path) -> str:
    """The library's snapshot."""
    library = Library.open(folder)
    library.documents.close()
    return library.snapshot


def asked(folder: Path, question: str) -> str:
    """The answer as JSON, without what is of the moment."""
    engine = Engine.open(folder)
    answer = engine.ask(Ask(question=question))
    engine.library.documents.close()
    return answer.model_dump_json(exclude={"created", "elapsed_ms"})


# -- other processes -------------------------------------------------------------------------

# Numbers of Linux: what root has and others have not, and the call that takes it away.
_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH, _CAP_FOWNER = 1, 2, 3
_PR_CAPBSET_DROP = 24


def heed_permissions() -> None:
    """In a new process: take from root the right to pass over a folder's permissions."""
    if os.geteuid() == 0:
        system = ctypes.CDLL(None, use_errno=True)
        for right in (_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH, _CAP_FOWNER):
            if system.prctl(_PR_CAPBSET_DROP, right, 0, 0, 0):
                raise OSError(ctypes.get_errno(), "root keeps its rights")


def read_only(folder: Path) -> None:
    """Let nobody write in a folder."""
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
