"""A library on its way to another machine: one file out, merged in on the other side.

The file is a zip of a manifest and the catalogue. On the way in it is a stranger's file: its size,
its layout and the kinds of things in its database are looked at before anything is taken, and
documents go through the same door as those of `add`, so that what is held already stays one.
"""

import json
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from probatum import __version__
from probatum.evidence.document import Document, Relation
from probatum.evidence.source import Depth, Identifiers, RightsTier, SourceType
from probatum.library.catalogue import (
    FILE_NAME,
    SCHEMA_VERSION,
    CatalogueError,
    connect,
    transaction,
)
from probatum.library.index import PassageIndex
from probatum.library.library import Library
from probatum.library.passage_row import passage_of
from probatum.library.prepare import Prepared, entries_of
from probatum.library.upkeep import catch_up, finder_of, set_indexed
from probatum.library.writer import Writer
from probatum.terms.finder import TermFinder

SCHEMA = "probatum.library/1"
_MANIFEST = "manifest.json"
_DOCUMENTS_AT_ONCE = 500
# A catalogue of all of PubMed is about 100 GB; what claims to be larger is a bomb.
_MOST_BYTES = 500_000_000_000
Told = Callable[[int, int], None]


class TransferError(CatalogueError):
    """A file that is no exported library, or one that cannot be taken in."""


@dataclass(frozen=True)
class Exported:
    """What an export holds; `bound` counts documents whose licence binds their holder."""

    documents: int
    bound: int
    snapshot: str


def export(folder: Path, target: Path, *, open_only: bool = False) -> Exported:
    """Write the library's documents to `target`; a failed export leaves no file behind.

    With `open_only`, documents whose licence does not allow passing on are left out.
    """
    connection = connect(folder)
    if connection is None:
        raise TransferError(f"{folder}: this library holds no documents to export.")
    part = target.with_name(f".{target.name}.part")
    try:
        with closing(connection), tempfile.TemporaryDirectory(dir=target.parent) as work:
            copy = Path(work) / FILE_NAME
            with closing(sqlite3.connect(copy)) as out:
                connection.backup(out)
                bound = _bound(out)
                if open_only:
                    _leave_out(out, bound)
                out.execute("PRAGMA journal_mode=DELETE")
                out.execute("VACUUM")
                count = int(out.execute("SELECT COUNT(*) FROM document").fetchone()[0])
            snapshot = Library.open(folder).snapshot
            manifest = {
                "schema": SCHEMA,
                "catalogue": SCHEMA_VERSION,
                "program": __version__,
                "snapshot": None if open_only and bound else snapshot,
                "documents": count,
            }
            with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
                archive.writestr(_MANIFEST, json.dumps(manifest, indent=2))
                archive.write(copy, FILE_NAME)
        part.replace(target)
    except OSError as error:
        raise TransferError(f"{target}: the export failed ({error.strerror}).") from error
    finally:
        part.unlink(missing_ok=True)
    return Exported(count, len(bound), str(manifest["snapshot"] or ""))


def _bound(connection: sqlite3.Connection) -> list[int]:
    """Documents whose licence does not allow passing them on, or states none."""
    rows = connection.execute("SELECT id, detail FROM document").fetchall()
    return [id for id, detail in rows if json.loads(detail).get("tier") != RightsTier.OPEN]


def _leave_out(connection: sqlite3.Connection, ids: Sequence[int]) -> None:
    for table, column in (
        ("passage", "document"),
        ("relation", "document"),
        ("identifier", "document"),
        ("document", "id"),
    ):
        connection.executemany(
            f"DELETE FROM {table} WHERE {column} = ?",  # noqa: S608 - our own names
            [(id,) for id in ids],
        )
    connection.commit()


@dataclass(frozen=True)
class Imported:
    """What an import has done: documents taken and left as they were, marks taken."""

    added: int
    unchanged: int
    marks: int


def import_(
    folder: Path, file: Path, index: Callable[[], PassageIndex], told: Told = lambda done, all: None
) -> Imported:
    """Merge an exported library into the one in `folder`; called twice it adds nothing."""
    with tempfile.TemporaryDirectory(prefix="probatum-import-") as work:
        copy = Path(work) / FILE_NAME
        _unpack(file, copy)
        with closing(_stranger(copy, file)) as source, Writer(folder) as writer:
            opened = index()
            try:
                return _merge(source, writer, opened, told)
            except (sqlite3.DatabaseError, ValueError, TypeError, KeyError) as error:
                raise TransferError(
                    f"{file}: this is no whole library ({type(error).__name__}); "
                    "what had been taken in before that is kept."
                ) from error
            finally:
                with suppress(CatalogueError):
                    catch_up(writer, opened)
                opened.close()


def _unpack(file: Path, copy: Path) -> None:
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = json.loads(archive.read(_MANIFEST)[:10_000])
            if not isinstance(manifest, dict) or manifest.get("schema") != SCHEMA:
                raise TransferError(f"{file}: this is no library that this program exported.")
            if int(manifest.get("catalogue", 0)) > SCHEMA_VERSION:
                raise TransferError(
                    f"{file}: exported by a newer version of the program; update this one."
                )
            info = archive.getinfo(FILE_NAME)
            if info.file_size > min(_MOST_BYTES, shutil.disk_usage(copy.parent).free):
                raise TransferError(f"{file}: there is not enough room on the disk to unpack it.")
            with archive.open(info) as packed, copy.open("wb") as out:
                shutil.copyfileobj(packed, out, 1 << 20)
    except (zipfile.BadZipFile, KeyError, ValueError, EOFError, RuntimeError) as error:
        raise TransferError(f"{file}: this is no library that this program exported.") from error


def _stranger(copy: Path, file: Path) -> sqlite3.Connection:
    """A connection to a database that somebody else made: tables only, nothing that runs."""
    connection = sqlite3.connect(f"{copy.as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        connection.execute("PRAGMA trusted_schema=OFF")
        connection.execute("PRAGMA cell_size_check=ON")
        kinds = {kind for (kind,) in connection.execute("SELECT DISTINCT type FROM sqlite_master")}
        whole = connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
        if not whole or not kinds <= {"table", "index"}:
            raise sqlite3.DatabaseError("not a catalogue")
    except sqlite3.DatabaseError as error:
        connection.close()
        raise TransferError(f"{file}: the library in it is damaged.") from error
    return connection


def _merge(source: sqlite3.Connection, writer: Writer, index: PassageIndex, told: Told) -> Imported:
    catch_up(writer, index)
    finder = finder_of(writer.folder)
    total = int(source.execute("SELECT COUNT(*) FROM document").fetchone()[0])
    counts = {"added": 0, "unchanged": 0}
    done = 0
    for batch in _batches(source, finder):
        for result in writer.take(batch, None, 0):
            counts["unchanged" if result.fate == "unchanged" else "added"] += 1
            index.add(result.entries)
        done += len(batch)
        told(done, total)
    index.commit()
    set_indexed(writer)
    files = source.execute(
        "SELECT name, sha256, settings, format, taken, done FROM file"
    ).fetchall()
    with transaction(writer.connection):
        writer.connection.executemany(
            "INSERT OR IGNORE INTO file (name, sha256, settings, format, taken, done) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            files,
        )
    marks = source.execute("SELECT edition, state, successor, note FROM mark").fetchall()
    for edition, state, successor, note in marks:
        writer.mark(str(edition), str(state), successor, note)
    return Imported(counts["added"], counts["unchanged"], len(marks))


def _batches(source: sqlite3.Connection, finder: TermFinder) -> Iterator[list[Prepared]]:
    last = 0
    while True:
        rows = source.execute(
            "SELECT id, source, digest, type, depth, title, body, year, date, version, retracted, "
            "detail, text FROM document WHERE id > ? ORDER BY id LIMIT ?",
            (last, _DOCUMENTS_AT_ONCE),
        ).fetchall()
        if not rows:
            return
        yield [_prepared(row, source, finder) for row in rows]
        last = rows[-1][0]


def _prepared(row: Sequence[Any], connection: sqlite3.Connection, finder: TermFinder) -> Prepared:
    id, source, digest, type, depth, title, body, year, day, version, retracted, detail, text = row
    known = json.loads(detail)
    document = Document(
        source=str(source),
        title=str(title),
        type=SourceType(type),
        depth=Depth(depth),
        blocks=(),
        format=str(known.get("format", "")),
        version=version,
        label=known.get("label"),
        date=date.fromisoformat(day) if day else None,
        year=year,
        body=body,
        identifiers=Identifiers(**known.get("identifiers", {})),
        relations=tuple(Relation(k, t, n) for k, t, n in known.get("relations", ())),
        retracted=bool(retracted),
    )
    held = connection.execute(
        'SELECT start, "end", detail FROM passage WHERE document = ? ORDER BY id', (id,)
    ).fetchall()
    passages = tuple(passage_of(start, end, each) for start, end, each in held)
    if any(not 0 <= p.start < p.end <= len(text) for p in passages):
        raise ValueError("a passage lies outside its text")
    about = (*known.get("subjects", ()), *known.get("conditions", ()))
    abbreviations = tuple((short, long) for short, long in known.get("abbreviations", ()))
    return Prepared(
        number=0,
        source=document.source,
        digest=str(digest),
        document=document,
        detail=detail,
        text=text,
        passages=tuple((start, end, each) for start, end, each in held),
        entries=entries_of(text, passages, title, about, abbreviations, finder),
        abbreviations=abbreviations,
    )
