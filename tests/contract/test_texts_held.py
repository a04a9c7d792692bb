"""`probatum sources` and `probatum library` where texts are held, and answers that quote them."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from probatum.library.library import Library
from tests.contract.program import Ran, probatum
from tests.contract.shelf import FILES, KNEE, one_document, written
from tests.questions.filed import fill

QUESTION = "What is the usual dose of fictivir for blue knee?"
TEXTS = {"file:knee.md", "file:trial.md", "file:review.md", "beir:MED-1", "beir:x/2"}


def rows(*arguments: str | Path, library: Path) -> list[dict[str, Any]]:
    found: Any = one_document(probatum(*arguments, "--format", "json", "--library", library))
    return list(found)


def info(library: Path) -> dict[str, Any]:
    found: Any = one_document(probatum("library", "info", "--format", "json", "--library", library))
    return dict(found)


def snapshot(library: Path) -> str:
    ran = probatum("library", "snapshot", "--library", library)
    assert (ran.status, ran.err, ran.out.count("\n")) == (0, "", 1)
    return ran.out.strip()


def found(library: Path, query: str = "fictivir") -> set[str]:
    ran = probatum("search", query, "--format", "json", "--library", library)
    return {hit["source"] for hit in json.loads(ran.out)["hits"]}


# -- sources ------------------------------------------------------------------------------------


def test_the_list_holds_texts_beside_the_packs_editions(shelf: Path) -> None:
    listed = rows("sources", "list", library=shelf)
    assert {row["source"] for row in listed if row["passages"]} == TEXTS
    packs = {row["edition"] for row in listed if not row["passages"]}
    assert packs == set(Library.open(shelf).editions)
    (knee,) = (row for row in listed if row["source"] == "file:knee.md")
    assert knee == {
        "source": "file:knee.md",
        "edition": KNEE,
        "title": "Guideline on blue knee",
        "label": "2024",
        "type": "guideline",
        "body": "Made-Up Knee Society",
        "year": 2024,
        "currency": "current",
        "replaced_by": None,
        "licence": "CC BY 4.0",
        "rights": "A",
        "records": 0,
        "passages": 1,
        "read_topics": [],
        "identifiers": {},
    }


def test_a_text_is_shown_in_passages_that_are_slices_of_it(shelf: Path) -> None:
    (row,) = rows("sources", "show", KNEE, library=shelf)
    text = Library.open(shelf).text(KNEE)
    assert text is not None
    (passage,) = row["text"]
    assert passage["text"] == text[passage["start"] : passage["end"]]
    assert sorted(passage) == ["end", "locator", "start", "text"]
    assert probatum("sources", "show", KNEE, "--library", shelf) == Ran(
        0,
        f"{KNEE}: Guideline on blue knee (2024)\n"
        "  guideline, 2024, current; licence: CC BY 4.0\n"
        "  - Dose: Dose The usual dose of fictivir for blue knee is 20 mg once daily. Safety "
        "Stop fictivir if venous thromboembolism (VTE) occurs.\n",
        "",
    )


@pytest.mark.parametrize("id", [KNEE, "file:knee.md"])
def test_a_text_is_removed_without_asking_off_a_terminal(own_shelf: Path, id: str) -> None:
    ran = probatum("sources", "remove", id, "--library", own_shelf)
    assert ran == Ran(0, "Removed 1 edition. To have them again, add their files again.\n", "")
    assert found(own_shelf) == {"file:trial.md"}
    assert probatum("sources", "show", id, "--library", own_shelf).status == 2


def test_a_text_that_was_removed_comes_back_when_its_file_is_added_again(
    own_shelf: Path, tmp_path: Path
) -> None:
    before = snapshot(own_shelf)
    probatum("sources", "remove", "file:trial.md", "beir:MED-1", "--library", own_shelf)
    assert snapshot(own_shelf) != before
    papers = written(tmp_path / "papers", **FILES)
    assert probatum("add", papers, "--library", own_shelf).status == 0
    assert snapshot(own_shelf) == before


def test_removing_names_the_recent_answers_that_quoted_it(own_shelf: Path) -> None:
    answer = json.loads(probatum("ask", QUESTION, "--format", "json", "--library", own_shelf).out)
    ran = probatum("sources", "remove", KNEE, "--library", own_shelf)
    assert ran.out.splitlines()[1:] == [f"1 recent answer used them: {answer['id']}."]


@pytest.mark.parametrize("command", ["remove", "mark"])
def test_what_is_not_held_can_be_neither_removed_nor_marked(shelf: Path, command: str) -> None:
    state = ("retracted",) if command == "mark" else ()
    ran = probatum("sources", command, "nothing", *state, "--library", shelf)
    assert ran.refusal == "No source or edition with the id 'nothing' is held."


def test_what_comes_with_a_pack_can_be_marked_but_not_removed(own_shelf: Path) -> None:
    edition = "nccn-cervical-2.2026"
    assert probatum("sources", "remove", edition, "--library", own_shelf).refusal == (
        f"{edition} comes with a pack and cannot be removed; it can be marked."
    )
    marked = probatum("sources", "mark", edition, "retracted", "--library", own_shelf)
    assert marked == Ran(0, f"{edition} is retracted.\n", "")


def test_a_mark_is_told_kept_and_taken_away(own_shelf: Path) -> None:
    by = ("--by", "file:trial.md", "--note", "a better one")
    ran = probatum("sources", "mark", KNEE, "superseded", *by, "--library", own_shelf)
    assert ran == Ran(0, f"{KNEE} is superseded, see file:trial.md.\n", "")
    (row,) = rows("sources", "show", KNEE, library=own_shelf)
    assert (row["currency"], row["replaced_by"]) == ("superseded", "file:trial.md")
    ran = probatum("sources", "mark", KNEE, "current", "--library", own_shelf)
    assert ran == Ran(0, f"{KNEE} is current.\n", "")
    assert "poem" in probatum("sources", "mark", KNEE, "poem", "--library", own_shelf).refusal


@pytest.mark.parametrize("edition", [KNEE, "nccn-cervical-2.2026"])
def test_the_note_of_a_mark_is_shown_with_the_edition(own_shelf: Path, edition: str) -> None:
    note = ("--note", "see the\x1b[2J\nletter")
    probatum("sources", "mark", edition, "retracted", *note, "--library", own_shelf)
    (row,) = rows("sources", "show", edition, library=own_shelf)
    assert row["note"] == "see the\x1b[2J\nletter"
    shown = probatum("sources", "show", edition, "--library", own_shelf).out.splitlines()
    assert shown[2] == "  note: see the[2J letter"
    probatum("sources", "mark", edition, "current", "--library", own_shelf)
    (row,) = rows("sources", "show", edition, library=own_shelf)
    assert row["note"] is None
    assert "note:" not in probatum("sources", "show", edition, "--library", own_shelf).out


@pytest.mark.parametrize(
    ("by", "err"),
    [
        ("file:trial.md", ""),
        ("file:trial.md@2020", ""),
        ("nccn-cervical-2.2026", ""),
        ("file:gone.md", "probatum: file:gone.md, which --by names, is not held.\n"),
    ],
)
def test_a_mark_may_name_what_is_not_held_and_says_so(own_shelf: Path, by: str, err: str) -> None:
    ran = probatum("sources", "mark", KNEE, "superseded", "--by", by, "--library", own_shelf)
    assert ran == Ran(0, f"{KNEE} is superseded, see {by}.\n", err)


def test_check_lists_what_is_outdated_with_status_one(own_shelf: Path) -> None:
    probatum("sources", "mark", KNEE, "retracted", "--library", own_shelf)
    ran = probatum("sources", "check", "--format", "json", "--library", own_shelf)
    assert (ran.status, ran.err) == (1, "")
    held = Library.open(own_shelf)
    listed = {row["edition"]: row["currency"] for row in json.loads(ran.out)}
    outdated = {e: held.currency(e) for e in (*held.editions, KNEE)}
    fine = ("current", "unknown")
    assert listed == {e: currency for e, currency in outdated.items() if currency not in fine}
    assert listed[KNEE] == "retracted"
    text = probatum("sources", "check", "--library", own_shelf)
    assert text.status == 1
    assert len(text.out.splitlines()) == len(listed)
    assert text.err == (
        f"{len(listed)} held editions are retracted, corrected, interim or replaced by what is "
        "held; nothing was looked up elsewhere.\n"
    )


# -- the library --------------------------------------------------------------------------------


def test_info_counts_what_is_held(shelf: Path) -> None:
    content = info(shelf)
    assert content.pop("bytes") > 0
    held = Library.open(shelf)
    assert content == {
        "folder": str(shelf),
        "snapshot": held.snapshot,
        "packs": [manifest.id for manifest in held.manifests],
        "records": len(held.records),
        "sources": len(held.sources) + 5,
        "editions": 5,
        "passages": 5,
        "not_indexed": 0,
    }
    text = probatum("library", "info", "--library", shelf)
    assert (text.status, text.err) == (0, "")
    assert text.out.splitlines()[0] == f"{shelf}, snapshot {held.snapshot}"


def test_the_snapshot_is_of_the_content_and_not_of_its_order_or_place(
    shelf: Path, folder: Path, tmp_path: Path
) -> None:
    papers = written(tmp_path / "papers", **FILES)
    for name in sorted(FILES, reverse=True):
        assert probatum("add", papers / name, "--library", tmp_path / "other").status == 0
    assert snapshot(tmp_path / "other") == snapshot(shelf)
    assert snapshot(folder) != snapshot(shelf)


def test_an_answer_names_the_librarys_snapshot_and_counts(shelf: Path) -> None:
    answer = json.loads(probatum("ask", QUESTION, "--format", "json", "--library", shelf).out)
    counts = info(shelf)
    assert answer["library"] == {
        name: counts[name] for name in ("snapshot", "sources", "passages", "records")
    }


def _lost(index: Path) -> None:
    shutil.rmtree(index)


def _damaged(index: Path) -> None:
    for path in index.rglob("*"):
        if path.is_file():
            path.write_bytes(b"no index")


@pytest.mark.parametrize("harm", [_lost, _damaged])
def test_an_index_that_is_lost_or_damaged_is_made_anew(
    own_shelf: Path, harm: Callable[[Path], None]
) -> None:
    before = snapshot(own_shelf)
    harm(own_shelf / "index")
    assert probatum("library", "rebuild", "--library", own_shelf) == Ran(
        0, "", f"Built the library in {own_shelf}; 5 documents indexed.\n"
    )
    assert found(own_shelf) == {"file:knee.md", "file:trial.md"}
    assert snapshot(own_shelf) == before


def test_a_library_goes_to_another_place_whole_and_only_once(
    own_shelf: Path, tmp_path: Path
) -> None:
    probatum("sources", "mark", "file:trial.md", "retracted", "--library", own_shelf)
    file, there = tmp_path / "library.zip", tmp_path / "there"
    ran = probatum("library", "export", file, "--library", own_shelf)
    assert (ran.status, ran.out) == (0, f"5 documents written to {file}.\n")
    assert ran.err == (
        "probatum: 4 of them have no open licence; keep the file to yourself, or leave them out "
        "with --open-only.\n"
    )
    same = snapshot(own_shelf)
    for added, held in ((5, 0), (0, 5)):
        assert probatum("library", "import", file, "--library", there) == Ran(
            0, f"{added} documents added, {held} held already; snapshot {same}.\n", ""
        )
    assert found(there) == {"file:knee.md"}
    (row,) = rows("sources", "show", "file:trial.md", library=there)
    assert row["currency"] == "retracted"


def test_open_only_leaves_out_what_may_not_be_passed_on(shelf: Path, tmp_path: Path) -> None:
    file, there = tmp_path / "library.zip", tmp_path / "there"
    assert probatum("library", "export", file, "--open-only", "--library", shelf) == Ran(
        0, f"1 document written to {file}.\n", ""
    )
    assert probatum("library", "import", file, "--library", there).status == 0
    assert [row["source"] for row in rows("sources", library=there) if row["passages"]] == [
        "file:knee.md"
    ]


def test_what_is_no_exported_library_is_refused_and_changes_nothing(
    own_shelf: Path, tmp_path: Path
) -> None:
    (tmp_path / "some.txt").write_text("some text", encoding="utf-8")
    before = snapshot(own_shelf)
    ran = probatum("library", "import", tmp_path / "some.txt", "--library", own_shelf)
    assert ran.refusal == f"{tmp_path / 'some.txt'}: this is no library that this program exported."
    assert snapshot(own_shelf) == before


def test_a_library_without_texts_has_nothing_to_export(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "library.zip"
    assert probatum("library", "export", file, "--library", folder).refusal == (
        f"{folder}: this library holds no documents to export."
    )
    assert list(tmp_path.iterdir()) == []


def test_without_the_extra_embed_names_it(shelf: Path, tmp_path: Path) -> None:
    # As on a machine without it, whatever this one has.
    (tmp_path / "onnxruntime.py").write_text("raise ImportError", encoding="utf-8")
    ran = probatum("library", "embed", "--library", shelf, PYTHONPATH=str(tmp_path))
    assert ran.refusal == (
        "searching by meaning needs an optional part that is not installed; add it with: "
        "pip install 'probatum[dense]'"
    )
    assert not (shelf / "vectors").exists()


# -- answers ------------------------------------------------------------------------------------


def test_a_question_that_only_a_text_answers_is_answered_in_its_own_words(shelf: Path) -> None:
    ran = probatum("ask", QUESTION, "--format", "json", "--library", shelf)
    answer = json.loads(ran.out)
    assert (ran.status, answer["status"]) == (0, "partial")
    (section,) = answer["sections"]
    assert section["kind"] == "quotes"
    claim = answer["claims"][answer["bottom_line"][0]]
    (anchor,) = claim["anchors"]
    assert claim["text"] == (
        "\u201cThe usual dose of fictivir for blue knee is 20 mg once daily.\u201d"
    )
    assert (anchor["edition"], anchor["record"]) == (KNEE, None)
    text = Library.open(shelf).text(KNEE)
    assert text is not None
    assert text[anchor["start"] : anchor["end"]] == anchor["quote"]
    assert {check["outcome"] for check in claim["checks"]} == {"pass", "not_applicable"}


def test_what_is_retracted_is_not_quoted(own_shelf: Path) -> None:
    probatum("sources", "mark", KNEE, "retracted", "--library", own_shelf)
    ran = probatum("ask", QUESTION, "--format", "json", "--library", own_shelf)
    cited = {reference["edition"] for reference in json.loads(ran.out)["references"]}
    assert KNEE not in cited


def test_a_follow_up_keeps_a_drug_that_only_held_texts_name(tmp_path: Path) -> None:
    library = tmp_path / "library"
    fill(library, tmp_path / "files")

    def answer(*arguments: str) -> dict[str, Any]:
        ran = probatum("ask", *arguments, "--format", "json", "--library", library)
        return dict(json.loads(ran.out))

    first = answer("What are the side effects of Dorvexa?")
    later = answer("And its adverse reactions?", "--follow", first["id"])
    assert later["understood"]["interventions"] == ["Dorvexa"]
    assert [each["text"] for each in later["claims"].values()] == [
        "\u201cHeadache and dry mouth are adverse reactions of Dorvexa.\u201d"
    ]
    assert "Dorvexa" not in later["question"]
