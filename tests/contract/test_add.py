"""`probatum add`: what is taken in, what is skipped and why, and how it goes on."""

import json
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.contract.program import COMMAND, Ran, environment, probatum
from tests.contract.shelf import FILES, GUIDELINE, PATIENT, TRIAL, one_document, written

COUNTS = ("added", "replaced", "older", "renewed", "unchanged", "removed")


def summary(ran: Ran) -> dict[str, Any]:
    """The summary that was printed as JSON, without how long it took."""
    document: dict[str, Any] = json.loads(ran.out)
    assert document.pop("seconds") >= 0
    return document


def add(library: Path, *arguments: str | Path) -> Ran:
    return probatum("add", *arguments, "--format", "json", "--library", library)


def counted(ran: Ran) -> dict[str, int]:
    """What became of the documents, of the fates that occurred."""
    return {name: number for name in COUNTS if (number := summary(ran)[name])}


def editions(library: Path, source: str) -> dict[str, tuple[str, str | None]]:
    """The editions of a source with currency and successor."""
    rows: Any = one_document(
        probatum("sources", "show", source, "--format=json", "--library", library)
    )
    return {row["edition"]: (row["currency"], row["replaced_by"]) for row in rows}


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    return written(tmp_path / "papers", **FILES)


def test_a_folder_is_taken_in_and_the_summary_counts_it(library: Path, papers: Path) -> None:
    ran = add(library, papers)
    assert (ran.status, ran.err) == (0, "")
    assert summary(ran) == {
        "files": 4,
        "files_unchanged": 0,
        "added": 5,
        "replaced": 0,
        "older": 0,
        "renewed": 0,
        "unchanged": 0,
        "removed": 0,
        "passages": 5,
        "skipped": [],
        "skipped_count": 0,
        "notes": [],
    }


def test_as_text_the_summary_is_one_line(library: Path, papers: Path) -> None:
    ran = probatum("add", papers / "knee.md", papers / "trial.md", "--library", library)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.count("\n") == 1
    assert ran.out.startswith("2 documents from 2 files in ")
    assert ran.out.endswith(": 2 added. 2 new passages.\n")


def test_the_same_again_adds_nothing_and_leaves_the_snapshot(library: Path, papers: Path) -> None:
    add(library, papers)
    before = probatum("library", "snapshot", "--library", library)
    ran = add(library, papers)
    assert ran.status == 0
    assert (counted(ran), summary(ran)["files_unchanged"]) == ({}, 4)
    assert probatum("library", "snapshot", "--library", library) == before


def test_the_same_text_in_another_file_is_held_once(library: Path, tmp_path: Path) -> None:
    one, two = (written(tmp_path / name, knee__md=GUIDELINE) for name in ("one", "two"))
    assert counted(add(library, one)) == {"added": 1}
    assert counted(add(library, two)) == {"unchanged": 1}


def test_what_cannot_be_read_is_named_with_its_reason_and_the_rest_is_taken(
    library: Path, tmp_path: Path
) -> None:
    papers = written(
        tmp_path / "papers",
        broken__pdf="%PDF-1.4 broken",
        empty__txt="",
        knee__md=GUIDELINE,
        patient__json=PATIENT,
    )
    skipped = [
        (papers / "broken.pdf", "it is damaged: the PDF library cannot open it"),
        (papers / "empty.txt", "it is empty"),
        (
            papers / "patient.json",
            "it holds FHIR resources that may be a patient's data, which are never taken in: "
            "1 Patient",
        ),
    ]
    ran = add(library, papers)
    assert (ran.status, counted(ran)) == (1, {"added": 1})
    assert ran.err.splitlines() == [f"probatum: {path}: {why}." for path, why in skipped]
    found = summary(ran)
    assert found["skipped_count"] == 3
    assert found["skipped"] == [{"where": str(path), "reason": why} for path, why in skipped]
    text = probatum("add", papers, "--library", library)
    assert (text.status, text.err) == (1, ran.err)
    assert text.out.endswith(": 1 file read before, unchanged; 3 skipped. 0 new passages.\n")


def test_when_nothing_can_be_used_the_status_is_two(library: Path, tmp_path: Path) -> None:
    ran = add(library, written(tmp_path / "papers", patient__json=PATIENT))
    assert (ran.status, counted(ran)) == (2, {})
    assert ran.err.count("\n") == 1
    assert "Someone" not in ran.out + ran.err
    assert probatum("search", "Someone", "--library", library).status == 1


def test_a_file_that_was_mended_is_taken_the_next_time(library: Path, tmp_path: Path) -> None:
    papers = written(tmp_path / "papers", knee__md="", trial__md=TRIAL)
    assert add(library, papers).status == 1
    written(papers, knee__md=GUIDELINE)
    ran = add(library, papers)
    assert (ran.status, counted(ran)) == (0, {"added": 1})


def test_a_broken_line_of_a_collection_costs_that_line(library: Path, tmp_path: Path) -> None:
    lines = '{"_id": "a", "text": "Knees."}\n{"_id": "b", "te\n{"_id": "c", "text": "Hips."}\n'
    ran = add(library, written(tmp_path / "papers", corpus__jsonl=lines))
    assert (ran.status, counted(ran), summary(ran)["skipped_count"]) == (1, {"added": 2}, 1)
    assert "line 2" in ran.err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "Missing argument 'paths'. See probatum add --help."),
        (("nowhere",), "nowhere: there is no such file or folder."),
        (
            ("nowhere", "--as", "doc"),
            "--as doc: no such format; known are pubmed, jats, spl, ctgov, openfda, fhir, beir, "
            "pdf, html, medline, md.",
        ),
    ],
    ids=["no path", "no such path", "no such format"],
)
def test_bad_usage_is_answered_with_one_sentence(
    library: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    assert probatum("add", *arguments, "--library", library).refusal == sentence


def test_a_type_that_there_is_not_is_refused(library: Path, papers: Path) -> None:
    assert "'poem' is not one of" in add(library, papers, "--type", "poem").refusal


def test_what_the_user_says_goes_before_what_the_file_says(library: Path, papers: Path) -> None:
    settings = ("--body", "Another Society", "--edition", "3.2025", "--licence", "our contract")
    ran = add(library, papers / "knee.md", *settings, "--type", "narrative_review")
    assert counted(ran) == {"added": 1}
    ran = probatum("sources", "show", "file:knee.md", "--format=json", "--library", library)
    rows: Any = one_document(ran)
    names = ("edition", "label", "type", "body", "year", "licence", "rights")
    assert [{name: row[name] for name in names} for row in rows] == [
        {
            "edition": "file:knee.md@3.2025",
            "label": "3.2025",
            "type": "narrative_review",
            "body": "Another Society",
            "year": 2025,
            "licence": "our contract",
            "rights": "C",
        }
    ]


def test_a_format_that_is_named_is_not_guessed(library: Path, tmp_path: Path) -> None:
    text = '{"_id": "a", "text": "Knees are blue."}\n'
    papers = written(tmp_path / "papers", corpus__jsonl=text)
    assert counted(add(library, papers, "--as", "md")) == {"added": 1}
    assert list(editions(library, "file:corpus.jsonl").values()) == [("unknown", None)]


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (2, 0, 3, 1)])
def test_the_newest_edition_is_current_whatever_came_in_first(
    library: Path, papers: Path, order: tuple[int, ...]
) -> None:
    # The file itself says 2024 and no edition.
    said = (("--edition", "2.2023"), (), ("--edition", "9.2025"), ("--edition", "10.2025"))
    for place in order:
        assert add(library, papers / "knee.md", *said[place]).status == 0
    assert editions(library, "file:knee.md") == {
        "file:knee.md@2.2023": ("superseded", "file:knee.md@2024"),
        "file:knee.md@2024": ("superseded", "file:knee.md@9.2025"),
        "file:knee.md@9.2025": ("superseded", "file:knee.md@10.2025"),
        "file:knee.md@10.2025": ("current", None),
    }


def test_an_older_edition_is_said_to_be_history(library: Path, papers: Path) -> None:
    add(library, papers / "knee.md", "--edition", "1.2026")
    ran = add(library, papers / "knee.md", "--edition", "2.2025")
    note = "file:knee.md@2.2025 is older than the held file:knee.md@1.2026 and kept as history"
    assert (ran.status, counted(ran), summary(ran)["notes"]) == (0, {"older": 1}, [note])
    assert ran.err == f"probatum: {note}.\n"


def test_what_a_document_supersedes_is_superseded_also_in_a_pack(
    library: Path, papers: Path
) -> None:
    older = ("--supersedes", "nccn-cervical-2.2026", "--supersedes", "file:trial.md")
    add(library, papers / "trial.md")
    add(library, papers / "knee.md", *older)
    held = {**editions(library, "nccn-cervical-2.2026"), **editions(library, "file:trial.md")}
    assert held == {
        "nccn-cervical-2.2026": ("superseded", "file:knee.md@2024"),
        "file:trial.md@2020": ("superseded", "file:knee.md@2024"),
    }


def test_what_is_superseded_and_not_held_is_said_and_counts_when_it_comes(
    library: Path, papers: Path
) -> None:
    older = ("--supersedes", "file:trial.md", "--supersedes", "nccn-cervical-2.2026")
    ran = add(library, papers / "knee.md", *older, "--supersedes", "file:trial.md")
    assert (ran.status, counted(ran)) == (0, {"added": 1})
    assert ran.err == (
        "probatum: file:trial.md, which --supersedes names, is not held; it will count as replaced "
        "when it is.\n"
    )
    ran = add(library, papers / "trial.md", "--supersedes", "file:trial.md")
    assert (ran.status, ran.err) == (0, "")
    assert editions(library, "file:trial.md") == {
        "file:trial.md@2020": ("superseded", "file:knee.md@2024")
    }


def test_stopped_it_keeps_what_it_has_and_goes_on_from_there(library: Path, tmp_path: Path) -> None:
    count = 12_000
    papers = written(
        tmp_path / "papers",
        corpus__jsonl="".join(
            json.dumps({"_id": str(n), "text": f"The knee of number {n} is blue."}) + "\n"
            for n in range(count)
        ),
    )
    started = subprocess.Popen(
        [*COMMAND, "add", str(papers), "--library", str(library)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
    )
    _wait_for_documents(library)
    started.send_signal(signal.SIGINT)
    out, err = started.communicate(timeout=60)
    assert (started.returncode, out) == (130, "")
    assert err.splitlines()[0] == (
        "Stopped. What was added is kept; the same command goes on from there."
    )
    (kept,) = _held(library)
    assert 0 < kept < count
    ran = add(library, papers)
    assert (ran.status, counted(ran), _held(library)) == (0, {"added": count - kept}, (count,))


def _held(library: Path) -> tuple[int, ...]:
    """How many documents the catalogue holds; nothing where there is none yet."""
    path = library / "documents.sqlite"
    if not path.is_file():
        return ()
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        try:
            return tuple(connection.execute("SELECT COUNT(*) FROM document").fetchone())
        except sqlite3.OperationalError:
            return ()


def _wait_for_documents(library: Path) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and not sum(_held(library)):
        time.sleep(0.02)
