"""From files to a library: what was taken and what was not, the same however it is done."""

import os
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from probatum.evidence.document import Skipped
from probatum.evidence.source import Currency, RightsTier, SourceType
from probatum.library import worker
from probatum.library.catalogue import CatalogueError
from probatum.library.documents import HeldDocuments
from probatum.library.held import HeldDocument
from probatum.library.intake import Progress, add
from probatum.library.library import Library
from probatum.library.reading import Batch, Ended, Job, Reading
from probatum.library.tantivy_index import TantivyIndex
from probatum.library.writer import Writer
from probatum.sources.file import SourceFile
from probatum.sources.formats import Settings
from tests.library.sample_documents import (
    NOTHING_SAID,
    article,
    beir,
    editions,
    everything_found,
    found,
    markdown,
    new,
    pubmed,
    relation,
    snapshot,
    take,
)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder of files of several formats, good and bad."""
    folder = tmp_path / "files"
    beir(folder / "collection.jsonl", range(1, 6))
    markdown(folder / "guide.md", "A fistula is rare.", title="Guide", date="2021-05-06")
    pubmed(folder / "more" / "articles.xml", article(11), article(12))
    (folder / "broken.jsonl").write_text(
        '{"_id": "20", "title": "A", "text": "Good."}\n{"_id": "21", "title": "B", "te\n'
        '{"_id": "22", "title": "C", "text": "Good too."}\n',
        encoding="utf-8",
    )
    (folder / "cut.xml").write_text("<PubmedArticleSet><PubmedArticle>", encoding="utf-8")
    (folder / "empty.md").write_bytes(b"")
    (folder / "picture.bin").write_bytes(bytes(range(256)) * 8)
    return folder


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return new(tmp_path / "library")


@contextmanager
def held(folder: Path) -> Iterator[HeldDocuments]:
    documents = HeldDocuments.open(folder)
    try:
        yield documents
    finally:
        documents.close()


def one(folder: Path, source: str) -> HeldDocument:
    """The only held edition of a source."""
    with held(folder) as documents:
        (document,) = documents.of_source(source)
    return document


def counts(**given: int) -> Counter[str]:
    return Counter(given)


# -- a folder of files -----------------------------------------------------------------------


def test_a_folder_of_mixed_files_is_taken_and_what_is_not_has_its_reason(
    files: Path, library: Path
) -> None:
    summary = take(library, files)
    assert (summary.files, summary.files_held, summary.notes) == (7, 0, [])
    assert summary.documents == counts(added=10)
    assert summary.passages == 10
    assert {each.where.removeprefix(f"{files}/"): each.reason for each in summary.skipped} == {
        "broken.jsonl, line 2": "it is not JSON",
        "cut.xml": "it breaks off in the middle, at line 1",
        "empty.md": "it is empty",
        "picture.bin": "its format is not known; name it with --as if it is one that is read",
    }
    with held(library) as documents:
        assert sorted(each.source for each in documents.all()) == [
            *(f"beir:{n}" for n in (1, 2, 20, 22, 3, 4, 5)),
            "file:guide.md",
            "pmid:11",
            "pmid:12",
        ]


def test_the_same_again_adds_nothing(files: Path, library: Path) -> None:
    take(library, files)
    before = snapshot(library)
    again = take(library, files)
    assert (again.files, again.files_held, again.documents) == (7, 4, counts())
    assert len(again.skipped) == 3
    assert snapshot(library) == before


def test_a_file_that_was_mended_is_read_when_called_again(files: Path, library: Path) -> None:
    take(library, files)
    pubmed(files / "cut.xml", article(13))
    assert take(library, files).documents == counts(added=1)


def test_a_file_that_moved_adds_nothing(files: Path, library: Path) -> None:
    take(library, files / "more")
    (files / "more").rename(files / "elsewhere")
    assert take(library, files / "elsewhere").documents == counts(unchanged=2)


def test_a_file_added_again_with_more_said_of_it_is_described_anew(
    files: Path, library: Path
) -> None:
    take(library, files)
    said = Settings(body="ESMO", licence="CC BY 4.0")
    again = take(library, files / "guide.md", settings=said)
    assert (again.documents, again.passages) == (counts(renewed=1), 1)
    assert one(library, "file:guide.md").body == "ESMO"
    assert [hit for hit, *_ in found(library, "fistula rare")].count(
        "file:guide.md@2021-05-06"
    ) == 1
    assert take(library, files / "guide.md", settings=said).files_held == 1
    take(library, files / "guide.md")
    assert one(library, "file:guide.md").body is None


def test_what_is_added_is_found(files: Path, library: Path) -> None:
    take(library, files)
    assert found(library, "fistula rare")[0][0] == "file:guide.md@2021-05-06"


def test_progress_ends_with_all_bytes_and_all_documents(files: Path, library: Path) -> None:
    said: list[Progress] = []
    add(library, [files / "collection.jsonl", files / "more"], NOTHING_SAID, said.append, 0)
    assert (said[-1].read, said[-1].documents) == (said[-1].total, 7)
    assert [now.read for now in said] == sorted(now.read for now in said)


def test_what_cannot_be_read_is_told_and_the_others_are_taken(
    tmp_path: Path, library: Path
) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    good = beir(tmp_path / "good.jsonl", [1])
    summary = take(library, tmp_path / "pipe.md", good)
    assert (summary.documents, summary.skipped) == (
        counts(added=1),
        [Skipped(str(tmp_path / "pipe.md"), "it is no regular file")],
    )


# -- what the user says ----------------------------------------------------------------------


def test_what_the_user_says_replaces_what_the_file_says(tmp_path: Path, library: Path) -> None:
    page = markdown(tmp_path / "files" / "guide.md", "# Doses\n\nGive it.", title="Doses")
    said = Settings(
        body="NICE",
        edition="2.2024",
        licence="our contract",
        supersedes=("beir:9",),
        type=SourceType.LABEL,
    )
    beir(tmp_path / "files" / "old.jsonl", [9])
    take(library, tmp_path / "files" / "old.jsonl")
    take(library, page, settings=said)
    document = one(library, "file:guide.md")
    assert (document.edition, document.version, document.year, document.body) == (
        "file:guide.md@2.2024",
        "2.2024",
        2024,
        "NICE",
    )
    assert (document.type, document.rights.licence, document.rights.tier) == (
        SourceType.LABEL,
        "our contract",
        RightsTier.PRIVATE,
    )
    with held(library) as documents:
        old = documents.of_source("beir:9")
        assert documents.currency(old) == {
            old[0].edition: (Currency.SUPERSEDED, "file:guide.md@2.2024")
        }


def test_a_body_makes_a_guideline_of_what_has_no_type(tmp_path: Path, library: Path) -> None:
    page = markdown(tmp_path / "plan.md", "Give it.")
    take(library, page, settings=Settings(body="NICE", licence="CC BY 4.0"))
    document = one(library, "file:plan.md")
    assert (document.type, document.rights.tier) == (SourceType.GUIDELINE, RightsTier.OPEN)


def test_a_format_that_is_named_is_not_guessed(tmp_path: Path, library: Path) -> None:
    page = markdown(tmp_path / "page.xml", "Just words.")
    assert take(library, page, settings=Settings(format="md")).documents == counts(added=1)


def test_other_settings_read_a_file_again(tmp_path: Path, library: Path) -> None:
    page = markdown(tmp_path / "guide.md", "Give it.")
    take(library, page, settings=Settings(edition="2023"))
    summary = take(library, page, settings=Settings(edition="2024"))
    assert summary.documents == counts(replaced=1)
    assert editions(library) == {
        "file:guide.md@2023": "file:guide.md@2024",
        "file:guide.md@2024": None,
    }


def test_a_changed_file_replaces_what_it_gave_before(tmp_path: Path, library: Path) -> None:
    page = markdown(tmp_path / "guide.md", "The dose is 10 mg.", date="2021-01-01")
    take(library, page)
    markdown(page, "The dose is 20 mg.", date="2021-01-01")
    summary = take(library, page)
    assert summary.documents == counts(replaced=1)
    assert summary.notes == [
        "file:guide.md@2021-01-01 was held with other content; both are kept, this one is quoted"
    ]
    assert [name.partition("~")[0] for name, _, _ in found(library, "dose mg")] == [
        "file:guide.md@2021-01-01"
    ]
    assert found(library, "dose 20 mg")[0][0].startswith("file:guide.md@2021-01-01~")


# -- deletions -------------------------------------------------------------------------------


def deletion(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    pubmed(folder / "1.xml", article(11), article(12))
    pubmed(folder / "2.xml", article(13), deleted=[12, 99])
    return folder


def test_a_deleted_citation_is_removed_and_stays_so(tmp_path: Path, library: Path) -> None:
    folder = deletion(tmp_path)
    summary = take(library, folder)
    assert summary.documents == counts(added=3, removed=1)
    assert [name.partition("@")[0] for name in editions(library)] == ["pmid:11", "pmid:13"]
    again = take(library, folder)
    assert (again.files_held, again.documents) == (2, counts())
    hits = [hit for hits in everything_found(library).values() for hit in hits]
    assert {name.partition("@")[0] for name, _, _ in hits} == {"pmid:11", "pmid:13"}


def test_a_deletion_that_is_read_before_its_citation_removes_it_too(
    tmp_path: Path, library: Path
) -> None:
    folder = deletion(tmp_path)
    (folder / "1.xml").rename(folder / "3.xml")
    assert take(library, folder).documents == counts(added=3, removed=1)
    assert [name.partition("@")[0] for name in editions(library)] == ["pmid:11", "pmid:13"]


def test_a_deletion_that_was_not_carried_out_is_read_again(
    tmp_path: Path, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = deletion(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(Writer, "remove", _stop)
        with pytest.raises(KeyboardInterrupt):
            take(library, folder)
    assert len(editions(library)) == 3
    assert take(library, folder).documents == counts(unchanged=1, removed=1)


def _stop(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


# -- interrupted -----------------------------------------------------------------------------


def test_ctrl_c_at_any_step_loses_nothing_and_the_next_call_completes_it(
    files: Path, tmp_path: Path, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(new(tmp_path / "whole"), files)
    plain = TantivyIndex.add
    stopped, left = 0, 0

    def add_or_stop(index: TantivyIndex, entries: object) -> None:
        nonlocal left
        if not left:
            raise KeyboardInterrupt
        left -= 1
        plain(index, entries)  # type: ignore[arg-type]

    monkeypatch.setattr(TantivyIndex, "add", add_or_stop)
    while left < 12:
        before, left = stopped, stopped
        try:
            take(library, files)
        except KeyboardInterrupt:
            stopped += 1
        if stopped == before:
            break
    assert stopped > 2
    take(library, files)
    assert snapshot(library) == snapshot(tmp_path / "whole")
    assert everything_found(library) == everything_found(tmp_path / "whole")


def test_a_library_that_cannot_be_written_says_what_went_wrong_first(
    files: Path, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise CatalogueError("The disk is full.")

    monkeypatch.setattr(Writer, "take", full)
    monkeypatch.setattr("probatum.library.intake.set_indexed", full)
    with pytest.raises(CatalogueError, match=r"^The disk is full\.$"):
        take(library, files)


# -- worker processes ------------------------------------------------------------------------


def test_workers_give_the_same_library(files: Path, tmp_path: Path, library: Path) -> None:
    pubmed(files / "a-deletion.xml", article(14), deleted=[12])
    for part in range(4):
        beir(files / f"part-{part}.jsonl", range(100 * (part + 1), 100 * (part + 1) + 20))
    alone = take(new(tmp_path / "alone"), files)
    shared = take(library, files, workers=2)
    assert (shared.documents, shared.passages) == (alone.documents, alone.passages)
    assert sorted(each.where for each in shared.skipped) == [
        each.where for each in sorted(alone.skipped, key=lambda each: each.where)
    ]
    assert snapshot(library) == snapshot(tmp_path / "alone")
    assert editions(library) == editions(tmp_path / "alone")
    assert everything_found(library) == everything_found(tmp_path / "alone")


def jobs(*paths: Path) -> list[Job]:
    return [
        Job(number, SourceFile(str(path), path), NOTHING_SAID, number, 0, 1)
        for number, path in enumerate(paths)
    ]


def messages(reading: Reading) -> dict[str, list[object]]:
    """What was said of each file: ids of its documents, and how it ended."""
    said: dict[str, list[object]] = {}
    for job, message in reading:
        each = said.setdefault(Path(job.file.name).name, [])
        if isinstance(message, Batch):
            each += [document.source for document in message.documents]
        else:
            each.append(message)
    return said


@pytest.fixture
def stuck(tmp_path: Path) -> Path:
    """A file that never ends: whoever opens it waits for somebody to write into it."""
    os.mkfifo(tmp_path / "stuck.jsonl")
    return tmp_path / "stuck.jsonl"


def test_a_file_that_makes_no_progress_is_given_up_and_costs_only_itself(
    tmp_path: Path, library: Path, stuck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "SILENCE", 3)
    before, after = beir(tmp_path / "a.jsonl", [1, 2]), beir(tmp_path / "b.jsonl", [3])
    with Reading(library, jobs(before, stuck, after), 1) as reading:
        assert messages(reading) == {
            "a.jsonl": ["beir:1", "beir:2", Ended(2)],
            "stuck.jsonl": [Ended(0, "it was given up after 3 seconds without progress")],
            "b.jsonl": ["beir:3", Ended(1)],
        }


def test_a_parser_that_dies_costs_only_its_file(tmp_path: Path, library: Path, stuck: Path) -> None:
    """Killed from outside, as the system does when memory runs out."""
    before, after = beir(tmp_path / "a.jsonl", [1, 2]), beir(tmp_path / "b.jsonl", [3])
    with Reading(library, jobs(before, stuck, after), 1) as reading:

        def kill() -> None:
            while not any(w.job and w.job.file.path == stuck for w in reading._running):
                time.sleep(0.01)
            reading._running[0]._process.kill()

        threading.Thread(target=kill, daemon=True).start()
        assert messages(reading) == {
            "a.jsonl": ["beir:1", "beir:2", Ended(2)],
            "stuck.jsonl": [Ended(0, "its parser stopped unexpectedly")],
            "b.jsonl": ["beir:3", Ended(1)],
        }


def test_a_parser_that_dies_in_the_middle_of_what_it_says_stops_nobody(
    tmp_path: Path, library: Path
) -> None:
    """Its batches are larger than a pipe holds, so the kill hits it while it sends one."""
    large = beir(tmp_path / "a.jsonl", range(5_000), "Many words are said here. " * 30)
    after = beir(tmp_path / "b.jsonl", [-1])
    with Reading(library, jobs(large, after), 1) as reading:
        ends = {}
        for job, message in reading:
            if isinstance(message, Ended):
                ends[Path(job.file.name).name] = message
            elif job.number == 0 and message.taken > 0 and not ends:
                reading._running[0]._process.kill()
                time.sleep(0.05)
    assert (ends["a.jsonl"].error, ends["b.jsonl"]) == (
        "its parser stopped unexpectedly",
        Ended(1),
    )
    assert ends["a.jsonl"].taken % 500 == 0


def test_a_file_that_was_given_up_goes_on_behind_what_was_kept(
    tmp_path: Path, library: Path
) -> None:
    many = beir(tmp_path / "many.jsonl", range(1200))
    with Writer(library) as writer:
        journal, _, _ = writer.file(str(many), SourceFile("", many).sha256(), "x", "beir")
    job = Job(0, SourceFile(str(many), many), NOTHING_SAID, journal, 1000, 1)
    with Reading(library, [job], 0) as reading:
        said = messages(reading)["many.jsonl"]
    assert (said[0], len(said), said[-1]) == ("beir:1000", 201, Ended(1200))


def test_relations_of_a_file_bear_on_what_was_held_before(tmp_path: Path, library: Path) -> None:
    take(library, pubmed(tmp_path / "a.xml", article(11)))
    take(library, pubmed(tmp_path / "b.xml", article(12, relations=relation("RetractionOf", 11))))
    opened = Library.open(library)
    (retracted,) = opened.documents.of_source("pmid:11")
    assert opened.documents.currency([retracted])[retracted.edition][0] is Currency.RETRACTED
    opened.documents.close()
