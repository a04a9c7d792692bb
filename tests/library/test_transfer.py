"""A library on its way to another machine: the same there, and a stranger's file harms nothing."""

import json
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from probatum.evidence.document import Relation
from probatum.evidence.source import Currency, Depth, RightsTier, SourceType
from probatum.library.catalogue import FILE_NAME, SCHEMA_VERSION
from probatum.library.documents import HeldDocuments
from probatum.library.library import Library
from probatum.library.stranger import UNSOUND, TransferError, batches, stranger
from probatum.library.tantivy_index import TantivyIndex
from probatum.library.transfer import Exported, Imported, export, import_
from probatum.library.writer import Writer
from tests.library.sample_documents import (
    asked,
    beir,
    day,
    document,
    editions,
    everything_found,
    finder,
    hold,
    new,
    ready,
    sentence,
    snapshot,
    take,
)

QUESTION = "How are fistulas after bevacizumab and radiation treated in cervical cancer?"


def works() -> list:
    """Works of every kind that bear on each other."""
    open_ = {"tier": RightsTier.OPEN, "licence": "CC BY 4.0"}
    return [
        document("pmid:1", *(sentence(n) for n in range(9)), date=day("2020-05-01"), **open_),
        document("pmid:2", relations=(Relation("corrects", "pmid:1", "a note"),), year=2021),
        document(
            "nice:ng1",
            "Recurrent cervical cancer: a fistula after bevacizumab (BEV) is treated by surgery.",
            "BEV is not given after radiation.",
            version="2021",
            year=2021,
            body="NICE",
            type=SourceType.GUIDELINE,
            subjects=("Fistula",),
            licence="our contract",
            tier=RightsTier.PRIVATE,
        ),
        document("nice:ng1", "An older text.", version="2017", year=2017, **open_),
        document("beir:3", depth=Depth.ABSTRACT, authors=("Ada A",), **open_),
    ]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library, to be left as it is."""
    folder = tmp_path_factory.mktemp("made") / "library"
    hold(folder, *works())
    with Writer(folder) as writer:
        writer.mark("beir:3@" + _digest(folder), "superseded", "nice:ng1", "a letter")
        writer.mark("nice:ng1@2017", "retracted", None, None)
    return folder


def _digest(folder: Path) -> str:
    held = HeldDocuments.open(folder)
    (document,) = held.of_source("beir:3")
    held.close()
    return document.edition.partition("@")[2]


@pytest.fixture(scope="module")
def file(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """That library as a file."""
    target = tmp_path_factory.mktemp("file") / "library.zip"
    export(made, target)
    return target


@pytest.fixture
def there(tmp_path: Path) -> Path:
    """A library on another machine."""
    return new(tmp_path / "there")


def bring(folder: Path, file: Path) -> Imported:
    return import_(folder, file, lambda: TantivyIndex(folder, write=True))


# -- there and back --------------------------------------------------------------------------


def test_an_empty_library_becomes_the_same(made: Path, file: Path, there: Path) -> None:
    assert bring(there, file) == Imported(added=5, unchanged=0, marks=2)
    assert (snapshot(there), editions(there)) == (snapshot(made), editions(made))
    assert everything_found(there) == everything_found(made)
    one, two = (Library.open(folder).documents for folder in (made, there))
    assert one.currency(one.all()) == two.currency(two.all())
    assert [one.text(each.edition) for each in one.all()] == [
        two.text(each.edition) for each in two.all()
    ]
    assert one.long_forms("BEV") == two.long_forms("BEV") == (("bevacizumab", 1),)


def test_the_same_question_gets_the_same_bytes(made: Path, file: Path, there: Path) -> None:
    bring(there, file)
    answer = asked(made, QUESTION)
    assert "is treated by surgery" in answer
    assert asked(there, QUESTION) == answer


def test_called_twice_it_adds_nothing(made: Path, file: Path, there: Path) -> None:
    bring(there, file)
    assert bring(there, file) == Imported(added=0, unchanged=5, marks=0)
    assert snapshot(there) == snapshot(made)


def test_the_export_says_what_it_holds(made: Path, tmp_path: Path) -> None:
    target = tmp_path / "a.zip"
    assert export(made, target) == Exported(documents=5, bound=2, snapshot=snapshot(made))
    with zipfile.ZipFile(target) as archive:
        manifest = json.loads(archive.read("manifest.json"))
    assert {key: manifest[key] for key in ("schema", "catalogue", "snapshot", "documents")} == {
        "schema": "probatum.library/1",
        "catalogue": SCHEMA_VERSION,
        "snapshot": snapshot(made),
        "documents": 5,
    }
    assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]


def test_what_is_held_already_stays_and_the_editions_line_up(
    made: Path, file: Path, there: Path
) -> None:
    newest = document("nice:ng1", "The newest text.", version="2024", year=2024)
    hold(there, newest, document("file:mine", version="1"))
    with Writer(there) as writer:
        writer.mark("nice:ng1@2017", "superseded", "nice:ng1@2024", None)
    assert bring(there, file) == Imported(added=5, unchanged=0, marks=1)
    assert {name: newer for name, newer in editions(there).items() if "nice" in name} == {
        "nice:ng1@2017": "nice:ng1@2021",
        "nice:ng1@2021": "nice:ng1@2024",
        "nice:ng1@2024": None,
    }
    held = HeldDocuments.open(there)
    assert held.currency(held.of_source("nice:ng1"))["nice:ng1@2017"] == (
        Currency.SUPERSEDED,
        "nice:ng1@2024",
    )
    assert len(editions(there)) == len(editions(made)) + 2


def test_an_edition_keeps_its_id_when_the_one_before_it_was_removed(
    tmp_path: Path, there: Path
) -> None:
    folder = new(tmp_path / "library")
    one, two = (document("file:a", text, version="1") for text in ("One.", "Two."))
    hold(folder, one)
    hold(folder, two)
    with Writer(folder) as writer:
        writer.remove([1])
    export(folder, tmp_path / "a.zip")
    bring(there, tmp_path / "a.zip")
    assert editions(there) == {f"file:a@1~{ready(two)[0].digest[:6]}": None}
    assert snapshot(there) == snapshot(folder)


def test_only_what_is_open_is_passed_on_and_nothing_of_the_rest(
    made: Path, tmp_path: Path, there: Path
) -> None:
    target = tmp_path / "open.zip"
    assert export(made, target, open_only=True) == Exported(documents=3, bound=2, snapshot="")
    assert bring(there, target) == Imported(added=3, unchanged=0, marks=2)
    assert sorted(name.partition("@")[0] for name in editions(there)) == [
        "beir:3",
        "nice:ng1",
        "pmid:1",
    ]
    with zipfile.ZipFile(target) as archive:
        content = archive.read(FILE_NAME)
    for word in (b"is treated by surgery", b"our contract", b"pmid:2"):
        assert word not in content


def test_an_export_says_nothing_of_the_machine_that_made_it(tmp_path: Path) -> None:
    folder = new(tmp_path / "library")
    take(folder, beir(tmp_path / "patients-of-ward-7.jsonl", [1, 2, 3]))
    with Writer(folder) as writer:
        writer.remove([2])
    export(folder, tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        content = archive.read(FILE_NAME)
    assert b"patients-of-ward-7" not in content
    assert b"Work 2" not in content
    assert b"Work 3" in content


def test_files_of_an_imported_library_can_be_added_again(tmp_path: Path, there: Path) -> None:
    folder = new(tmp_path / "library")
    many = beir(tmp_path / "many.jsonl", [1, 2, 3])
    take(folder, many)
    export(folder, tmp_path / "a.zip", open_only=True)
    bring(there, tmp_path / "a.zip")
    assert take(there, many).documents == {"added": 3}


# -- what cannot be written ------------------------------------------------------------------


def test_nothing_to_export_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(TransferError) as refused:
        export(tmp_path, tmp_path / "a.zip")
    assert str(refused.value) == f"{tmp_path}: this library holds no documents to export."


def test_an_export_to_where_nothing_can_be_written_leaves_nothing(
    made: Path, tmp_path: Path
) -> None:
    (tmp_path / "folder").mkdir()
    for target, words in (
        (tmp_path / "nowhere" / "a.zip", "No such file or directory"),
        (tmp_path / "folder", "Is a directory"),
    ):
        with pytest.raises(TransferError) as refused:
            export(made, target)
        assert str(refused.value) == f"{target}: the export failed ({words})."
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


# -- a stranger's file -----------------------------------------------------------------------


def repack(file: Path, target: Path, change: Callable[[sqlite3.Connection], object]) -> Path:
    """The exported library with something changed in its database."""
    with zipfile.ZipFile(file) as archive:
        database, manifest = archive.read(FILE_NAME), archive.read("manifest.json")
    copy = target.with_suffix(".sqlite")
    copy.write_bytes(database)
    with closing(sqlite3.connect(copy)) as connection:
        change(connection)
        connection.commit()
    return packed(target, manifest, copy.read_bytes())


def packed(target: Path, manifest: bytes, database: bytes) -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", manifest)
        archive.writestr(FILE_NAME, database)
    return target


def manifest(**changed: object) -> bytes:
    given = {"schema": "probatum.library/1", "catalogue": SCHEMA_VERSION, **changed}
    return json.dumps(given).encode()


@pytest.fixture(scope="module")
def mine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library into which nothing is taken."""
    folder = tmp_path_factory.mktemp("mine") / "library"
    hold(folder, document("file:mine", version="1"))
    return folder


def refusal(folder: Path, file: Path) -> str:
    """Why the file is refused; fails when that changed anything in the library."""
    before = (snapshot(folder), editions(folder))
    with pytest.raises(TransferError) as refused:
        bring(folder, file)
    assert (snapshot(folder), editions(folder)) == before == (before[0], {"file:mine@1": None})
    return str(refused.value).removeprefix(f"{file}: ")


FOREIGN = "this is no library that this program exported."
DAMAGED = "the library in it is damaged."


def test_what_is_no_zip_is_refused(tmp_path: Path, mine: Path) -> None:
    file = tmp_path / "a.zip"
    file.write_bytes(b"PK\x03\x04 not really")
    assert refusal(mine, file) == FOREIGN


def test_a_file_that_is_not_there_is_refused(tmp_path: Path, mine: Path) -> None:
    assert (
        refusal(mine, tmp_path / "none.zip") == "it cannot be unpacked (No such file or directory)."
    )


@pytest.mark.parametrize(
    "content",
    [
        b"[]",
        b"{",
        b"null",
        b"[" * 9000,
        b'"' + b"x" * 20_000 + b'"',
        manifest(schema="other/1"),
        manifest(catalogue="1"),
        manifest(catalogue=None),
        b'{"schema": "probatum.library/1", "catalogue": 1e999}',
        b"\xff\xfe",
    ],
)
def test_another_manifest_is_refused(tmp_path: Path, mine: Path, content: bytes) -> None:
    assert refusal(mine, packed(tmp_path / "a.zip", content, b"x")) == FOREIGN


def test_a_zip_without_the_library_is_refused(tmp_path: Path, mine: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("manifest.json", manifest())
    assert refusal(mine, tmp_path / "a.zip") == FOREIGN


def test_a_zip_that_was_cut_or_changed_on_its_way_is_refused(
    file: Path, tmp_path: Path, mine: Path
) -> None:
    content = file.read_bytes()
    (tmp_path / "cut.zip").write_bytes(content[: len(content) // 2])
    assert refusal(mine, tmp_path / "cut.zip") == FOREIGN
    middle = len(content) // 2
    for place, byte in ((middle, content[middle] ^ 0xFF), (middle + 99, 0)):
        changed = content[:place] + bytes([byte]) + content[place + 1 :]
        (tmp_path / "changed.zip").write_bytes(changed)
        if changed != content:
            assert refusal(mine, tmp_path / "changed.zip") == FOREIGN


def test_one_of_a_newer_program_is_refused(tmp_path: Path, mine: Path) -> None:
    file = packed(tmp_path / "a.zip", manifest(catalogue=SCHEMA_VERSION + 1), b"x")
    assert refusal(mine, file) == "exported by a newer version of the program; update this one."


def test_a_bomb_is_refused_by_what_it_says_of_its_size(tmp_path: Path, mine: Path) -> None:
    file = packed(tmp_path / "a.zip", manifest(), bytes(110_000_000))
    assert file.stat().st_size < 1_000_000
    assert refusal(mine, file) == "it grows beyond all measure when it is unpacked."


def test_one_that_no_disk_could_hold_is_refused(
    file: Path, tmp_path: Path, mine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)._replace(free=1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    assert refusal(mine, file) == "there is not enough room on the disk to unpack it."


def test_a_manifest_that_is_a_bomb_is_not_read_whole(tmp_path: Path, mine: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", b" " * 60_000_000)
    assert refusal(mine, tmp_path / "a.zip") == FOREIGN


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER t AFTER INSERT ON document BEGIN DELETE FROM document; END",
        "CREATE VIEW v AS SELECT * FROM document",
        "CREATE TABLE more (a)",
        "CREATE VIRTUAL TABLE v USING fts5(a)",
        "CREATE INDEX i ON document (lower(title))",
        "DROP TABLE mark",
        "ALTER TABLE document ADD COLUMN more TEXT",
        "ALTER TABLE document RENAME COLUMN title TO name",
    ],
)
def test_a_database_with_anything_but_our_tables_is_damaged(
    file: Path, tmp_path: Path, mine: Path, statement: str
) -> None:
    changed = repack(file, tmp_path / "a.zip", lambda database: database.execute(statement))
    assert refusal(mine, changed) == DAMAGED


def test_a_damaged_page_is_damaged(file: Path, tmp_path: Path, mine: Path) -> None:
    with zipfile.ZipFile(file) as archive:
        database = bytearray(archive.read(FILE_NAME))
    middle = len(database) // 4096 // 2 * 4096
    database[middle : middle + 4096] = b"\xa5" * 4096
    assert refusal(mine, packed(tmp_path / "a.zip", manifest(), bytes(database))) == DAMAGED


def test_what_is_no_database_is_damaged(tmp_path: Path, mine: Path) -> None:
    assert refusal(mine, packed(tmp_path / "a.zip", manifest(), b"not one" * 999)) == DAMAGED


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE document SET detail = '[]'",
        "UPDATE document SET detail = 'x'",
        "UPDATE document SET detail = '" + "[" * 5000 + "'",
        """UPDATE document SET detail = '{"tier": "Z"}'""",
        """UPDATE document SET detail = '{"authors": [1]}'""",
        """UPDATE document SET detail = '{"authors": "Ada"}'""",
        """UPDATE document SET detail = '{"relations": [["kills", "pmid:1", null]]}'""",
        """UPDATE document SET detail = '{"relations": [["retracts", 5, null]]}'""",
        """UPDATE document SET detail = '{"identifiers": {"pmid": "x"}}'""",
        "UPDATE document SET detail = x'00ff'",
        "UPDATE document SET type = 'poem'",
        "UPDATE document SET depth = 'deep'",
        "UPDATE document SET year = 'then'",
        "UPDATE document SET year = -1",
        "UPDATE document SET year = 99999999999",
        "UPDATE document SET date = 'then'",
        "UPDATE document SET title = x'80'",
        "UPDATE document SET title = CAST(x'ff80' AS TEXT)",
        "UPDATE passage SET text = x'80'",
        "UPDATE passage SET text = CAST(x'ff80' AS TEXT)",
        "UPDATE document SET digest = '../..'",
        "UPDATE document SET source = ''",
        "UPDATE document SET edition = 'nice:ng1@2021' || id",
        "UPDATE document SET body = x'80'",
        "UPDATE passage SET text = 'short'",
        "UPDATE passage SET start = -1",
        "UPDATE passage SET start = 'a'",
        'UPDATE passage SET "end" = 99999999',
        "UPDATE passage SET detail = '[]'",
        "UPDATE passage SET detail = '[[0, 999999], [[0, [], null, [], null]]]'",
        "UPDATE passage SET detail = '[[0, 1], [[0, [5], null, [], null]]]'",
        "UPDATE passage SET detail = '[[0, 1], [[0, [], \"p\", [], null]]]'",
        "UPDATE passage SET detail = '[[0, 1], [[0, [], null, [], null]], [7]]'",
        "UPDATE passage SET detail = '[[0, 1], []]'",
    ],
)
def test_rows_that_are_not_what_they_should_be_are_refused(database: Path, statement: str) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute(statement)
        connection.commit()
    with closing(stranger(database, database)) as connection, pytest.raises(UNSOUND):
        list(batches(connection, finder()))


@pytest.fixture
def database(file: Path, tmp_path: Path) -> Path:
    """The database of the exported library."""
    with zipfile.ZipFile(file) as archive:
        archive.extract(FILE_NAME, tmp_path)
    return tmp_path / FILE_NAME


def test_rows_as_they_should_be_are_those_of_the_works(database: Path) -> None:
    with closing(stranger(database, database)) as connection:
        ((*came, last),) = batches(connection, finder())
    assert [each.digest for each, _ in (*came, last)] == [each.digest for each in ready(*works())]
    assert [each.text for each, _ in (*came, last)] == [each.text for each in ready(*works())]


def test_a_mark_that_says_what_no_mark_can_is_refused(
    file: Path, tmp_path: Path, there: Path
) -> None:
    changed = repack(
        file,
        tmp_path / "a.zip",
        lambda database: database.execute("UPDATE mark SET state = 'burnt'"),
    )
    with pytest.raises(TransferError) as refused:
        bring(there, changed)
    assert str(refused.value) == (
        f"{changed}: this is no whole library (ValidationError); "
        "what had been taken in before that is kept."
    )
    assert bring(there, file) == Imported(added=0, unchanged=5, marks=2)


def test_what_comes_in_before_the_fault_is_kept_whole_and_found(
    file: Path, tmp_path: Path, there: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("probatum.library.stranger._DOCUMENTS_AT_ONCE", 2)
    changed = repack(
        file,
        tmp_path / "a.zip",
        lambda database: database.execute("UPDATE document SET year = 'then' WHERE id = 5"),
    )
    with pytest.raises(TransferError):
        bring(there, changed)
    assert len(editions(there)) == 4
    names = {name for hits in everything_found(there).values() for name, _, _ in hits}
    assert "pmid:1@2020-05-01" in names
    assert bring(there, file) == Imported(added=1, unchanged=4, marks=2)
