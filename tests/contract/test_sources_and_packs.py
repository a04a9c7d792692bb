"""`probatum sources`, `pack` and `doctor`: what is held, whether it is sound, what is wrong."""

import json
from pathlib import Path
from typing import Any

import pytest

from probatum.library.library import Library
from tests.contract.program import Ran, probatum


def document(ran: Ran) -> Any:
    assert (ran.status, ran.err) == (0, ""), ran
    return json.loads(ran.out)


@pytest.mark.parametrize("command", [("sources",), ("sources", "list")])
def test_sources_lists_every_edition(folder: Path, held: Library, command: tuple[str, ...]) -> None:
    rows = document(probatum(*command, "--format", "json", "--library", folder))
    assert {row["edition"] for row in rows} == set(held.editions)
    assert sum(row["records"] for row in rows) == len(held.records)
    for row in rows:
        assert row["currency"] == held.currency(row["edition"])
        assert row["replaced_by"] == held.replaced_by(row["edition"])


def test_sources_as_text_names_every_edition_at_eighty_columns(folder: Path, held: Library) -> None:
    ran = probatum("sources", "--library", folder)
    assert (ran.status, ran.err) == (0, "")
    assert [line for line in ran.out.splitlines() if len(line) > 80] == []
    words = "".join(ran.out.split())
    assert "\u2026" not in ran.out
    assert len(words) > 50 * len(held.editions)


def test_an_edition_is_shown_with_the_statements_that_rest_on_it(
    folder: Path, held: Library
) -> None:
    edition = next(iter({record.edition for record in held.records.values()}))
    (row,) = document(probatum("sources", "show", edition, "--format=json", "--library", folder))
    assert row["edition"] == edition
    assert row["statements"] == {
        record.id: held.statement(record.id)
        for record in held.records.values()
        if record.edition == edition
    }
    shown = probatum("sources", "show", edition, "--library", folder)
    assert (shown.status, shown.err) == (0, "")
    for statement in row["statements"].values():
        assert statement in shown.out


def test_a_source_is_shown_with_all_its_editions(folder: Path, held: Library) -> None:
    source = max(held.sources.values(), key=lambda source: len(source.editions))
    rows = document(probatum("sources", "show", source.id, "--format=json", "--library", folder))
    assert {row["edition"] for row in rows} == {edition.id for edition in source.editions}


def test_a_source_that_is_not_held_is_refused(folder: Path) -> None:
    assert probatum("sources", "show", "nothing", "--library", folder).refusal == (
        "No source or edition with the id 'nothing' is held."
    )


def test_the_packs_are_listed_with_their_size(held: Library) -> None:
    rows = document(probatum("pack", "list", "--format", "json"))
    assert [(row["id"], row["records"], row["sources"]) for row in rows] == [
        (pack.manifest.id, len(pack.records), len(pack.sources)) for pack in held.packs
    ]
    lines = probatum("pack", "list").out.splitlines()
    assert [line.split()[0] for line in lines] == [row["id"] for row in rows]


def test_a_pack_is_shown_whole(held: Library) -> None:
    for pack in held.packs:
        shown = document(probatum("pack", "show", pack.manifest.id, "--format", "json"))
        assert shown == json.loads(pack.model_dump_json(by_alias=True))
        text = probatum("pack", "show", pack.manifest.id).out
        assert text.startswith(f"{pack.manifest.title} ({pack.manifest.id} ")


def test_the_shipped_packs_have_no_error() -> None:
    ran = probatum("pack", "lint", "--format", "json")
    assert ran.status == 0
    assert [row for row in json.loads(ran.out) if row["severity"] == "error"] == []


def test_a_faulty_pack_gives_findings_and_status_one(tmp_path: Path) -> None:
    files = {
        "pack.yaml": "id: own\ntitle: Own\nversion: 0.1.0\nas_of: 2026-01-01\nlicence: CC0-1.0\n"
        "summary: s\nconditions: [cervical-cancer]\n",
        "sources.yaml": "- id: w\n  type: guideline\n  title: W\n  editions: [{id: w1, label: x}]",
        "records.yaml": "",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "a.yaml").write_text(
        "- {id: a, kind: definition, edition: nowhere, checked: official_page, term: nothing,\n"
        "   text: Words., population: {conditions: [no-such-condition], text: nobody}}\n",
        encoding="utf-8",
    )
    ran = probatum("pack", "lint", tmp_path, "--format", "json")
    assert (ran.status, ran.err) == (1, "")
    rows = json.loads(ran.out)
    assert {"pack", "severity", "where", "message", "remedy"} == set(rows[0])
    text = probatum("pack", "lint", tmp_path)
    assert text.status == 1
    assert len(text.out.splitlines()) == len(rows)
    assert text.err.startswith("1 packs, ")


def test_the_doctor_finds_a_sound_installation_sound(folder: Path) -> None:
    rows = document(probatum("doctor", "--format", "json", "--library", folder))
    assert [row["name"] for row in rows] == ["version", "packs", "library", "answer", "site"]
    assert {row["severity"] for row in rows} == {"ok"}
    assert {frozenset(row) for row in rows} == {
        frozenset(("name", "severity", "message", "remedy"))
    }
    text = probatum("doctor", "--library", folder)
    assert (text.status, text.err) == (0, "")
    assert [line.split()[0] for line in text.out.splitlines()] == ["ok"] * 5


def test_the_doctor_names_what_is_broken_and_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    ran = probatum("doctor", "--format", "json", "--library", tmp_path / "file")
    assert (ran.status, ran.err) == (1, "")
    broken = [row for row in json.loads(ran.out) if row["severity"] == "error"]
    assert [row["name"] for row in broken] == ["library", "answer"]
    assert [row["name"] for row in broken if not row["remedy"]] == []


def test_building_says_where_and_prints_nothing_else(tmp_path: Path) -> None:
    ran = probatum("pack", "build", "--library", tmp_path)
    assert ran == Ran(0, "", f"Built the library in {tmp_path}.\n")
