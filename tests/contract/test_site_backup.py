"""`probatum site backup` and `restore`: what comes back is what was there, and it is checked."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.contract.program import Ran, probatum


@pytest.fixture
def site(demonstration: Path) -> Path:
    """A site's folder with the demonstration in it."""
    return demonstration


def run(*words: object, at: Path) -> Ran:
    return probatum("site", *map(str, words), "--library", str(at))


def dump(file: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of what is never lost."""
    with closing(sqlite3.connect(file)) as connection:
        return {
            table: connection.execute(f"SELECT * FROM {table} ORDER BY id").fetchall()
            for table in ("auth_user", "board_article", "board_version", "board_logentry")
        }


def test_a_copy_is_taken_while_somebody_writes_and_comes_back_whole(
    site: Path, tmp_path: Path
) -> None:
    held = dump(site / "site.sqlite")
    copy = tmp_path / "copy.sqlite"
    with closing(sqlite3.connect(site / "site.sqlite", isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("INSERT INTO auth_group (name) VALUES ('half written')")
        ran = run("backup", copy, at=site)
        writer.execute("ROLLBACK")
    entries = len(held["board_logentry"])
    assert ran == Ran(
        0, f"3 accounts, 8 articles and {entries} log entries copied to {copy}.\n", ""
    )
    assert os.name != "posix" or copy.stat().st_mode & 0o077 == 0
    elsewhere = tmp_path / "elsewhere"
    ran = run("restore", copy, at=elsewhere)
    assert (ran.status, ran.err) == (0, "")
    assert dump(elsewhere / "site.sqlite") == held
    assert "demo-editor" in probatum("users", "list", "--library", str(elsewhere)).out
    # The log is still kept by the database itself.
    with (
        closing(sqlite3.connect(elsewhere / "site.sqlite")) as connection,
        pytest.raises(sqlite3.IntegrityError, match="never changed"),
    ):
        connection.execute("DELETE FROM board_logentry")


def test_what_is_there_is_never_overwritten(site: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite"
    run("backup", copy, at=site)
    again = run("backup", copy, at=site)
    assert again.refusal == f"{copy} is there already; choose another name."
    probatum("users", "add", "late", "--printed", "Late Comer", "--library", str(site))
    target = site / "site.sqlite"
    refused = run("restore", copy, at=site)
    assert refused.refusal == f"{target} is there already; --replace moves it aside."
    assert "late" in probatum("users", "list", "--library", str(site)).out
    ran = run("restore", copy, "--replace", at=site)
    assert ran.status == 0
    assert "late" not in probatum("users", "list", "--library", str(site)).out
    (aside,) = site.glob("site.sqlite.before-*")
    assert f"What was there before is {aside}.\n" in ran.out
    assert [row[4] for row in dump(aside)["auth_user"]][-1] == "late"


def test_what_is_no_copy_or_broken_is_refused_and_nothing_is_changed(
    site: Path, tmp_path: Path
) -> None:
    held = dump(site / "site.sqlite")
    copy = tmp_path / "copy.sqlite"
    run("backup", copy, at=site)
    other = tmp_path / "other.sqlite"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE note (words TEXT)")
    half = tmp_path / "half.sqlite"
    half.write_bytes(copy.read_bytes()[: copy.stat().st_size // 2])
    text = tmp_path / "text.sqlite"
    text.write_text("not a database")
    for file in (other, half, text, tmp_path / "missing.sqlite"):
        ran = run("restore", file, "--replace", at=site)
        assert (ran.status, ran.out) == (2, ""), file
        assert str(file) in ran.err
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('board', '9999_x', '')"
        )
        connection.commit()
    ran = run("restore", copy, "--replace", at=site)
    assert ran.refusal == (f"{copy} was made by a newer release (board 9999_x); update first.")
    assert dump(site / "site.sqlite") == held


def test_a_copy_with_a_changed_log_says_so(site: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(site / "site.sqlite")) as connection:
        connection.execute("DROP TRIGGER board_logentry_no_update")
        connection.execute(
            "UPDATE board_logentry SET entry = replace(entry, 'Demo Reviewer', 'Dr Somebody') "
            "WHERE article_id = 5"
        )
        connection.commit()
    ran = run("backup", tmp_path / "copy.sqlite", at=site)
    assert ran.status == 1
    assert ran.err == (
        "probatum: The record of these articles is damaged: "
        "what-does-a-pd-l1-cps-of-1-or-more-mean-in-cervical-cancer.\n"
    )


def test_a_site_of_an_older_release_comes_up_with_its_articles(site: Path, tmp_path: Path) -> None:
    """Without the tables and fields of later migrations, as a release before them left it."""
    with closing(sqlite3.connect(site / "site.sqlite")) as connection:
        connection.execute("DROP TABLE board_summary")
        connection.execute("ALTER TABLE board_working DROP COLUMN undo")
        connection.execute("DROP TABLE work_job")
        connection.execute(
            "DELETE FROM django_migrations WHERE app = 'work' OR name = '0003_summaries'"
        )
        connection.commit()
    held = dump(site / "site.sqlite")
    copy = tmp_path / "old.sqlite"
    assert run("backup", copy, at=site).status == 0
    assert run("restore", copy, at=tmp_path / "new").status == 0
    new = tmp_path / "new" / "site.sqlite"
    assert dump(new) == held
    with closing(sqlite3.connect(new)) as connection:
        assert connection.execute("SELECT COUNT(*) FROM board_summary").fetchone() == (8,)
