"""A library on its way to another machine: one file out, merged in on the other side.

The file is a zip of a manifest and the catalogue. What comes in goes through the same door as the
documents of `add`, so that what is held already stays one.
"""

import json
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from probatum import __version__
from probatum.evidence.source import RightsTier
from probatum.library.catalogue import (
    FILE_NAME,
    SCHEMA_VERSION,
    CatalogueError,
    connect,
    failure,
    settle,
)
from probatum.library.documents import HeldDocuments
from probatum.library.index import PassageIndex
from probatum.library.library import Library
from probatum.library.store import read
from probatum.library.stranger import (
    LAYOUT,
    MANIFEST,
    UNSOUND,
    TransferError,
    batches,
    marks,
    stranger,
    unpack,
)
from probatum.library.upkeep import catch_up, finder_of, set_indexed
from probatum.library.writer import Writer

Told = Callable[[int, int], None]


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
                _leave_out(out, bound if open_only else ())
                out.execute("PRAGMA journal_mode=DELETE")
                out.execute("VACUUM")
                count = int(out.execute("SELECT COUNT(*) FROM document").fetchone()[0])
                # Of the copy: another process may have gone on writing.
                packs_snapshot, packs = read(folder)
                snapshot = Library.of(packs, packs_snapshot, HeldDocuments(out)).snapshot
            manifest = {
                "schema": LAYOUT,
                "catalogue": SCHEMA_VERSION,
                "program": __version__,
                "snapshot": None if open_only and bound else snapshot,
                "documents": count,
            }
            with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
                archive.writestr(MANIFEST, json.dumps(manifest, indent=2))
                archive.write(copy, FILE_NAME)
        part.replace(target)
    except OSError as error:
        raise TransferError(f"{target}: the export failed ({error.strerror}).") from error
    except sqlite3.DatabaseError as error:
        raise failure(folder / FILE_NAME, error) from error
    finally:
        part.unlink(missing_ok=True)
    return Exported(count, len(bound), str(manifest["snapshot"] or ""))


def _bound(connection: sqlite3.Connection) -> list[int]:
    """Documents whose licence does not allow passing them on, or states none."""
    rows = connection.execute("SELECT id, detail FROM document").fetchall()
    return [id for id, detail in rows if json.loads(detail).get("tier") != RightsTier.OPEN]


def _leave_out(connection: sqlite3.Connection, ids: Sequence[int]) -> None:
    """Take out these documents, and in any case what is nobody else's business.

    That is which files lie where on this machine, what was held once, and what is counted anew on
    the other side.
    """
    connection.executemany(
        "DELETE FROM mark WHERE edition = (SELECT edition FROM document WHERE id = ?)",
        [(id,) for id in ids],
    )
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
    for table in ("file", "removed", "abbreviation"):
        connection.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names
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
        unpack(file, copy)
        with closing(stranger(copy, file)) as source, Writer(folder) as writer:
            opened = index()
            try:
                return _merge(source, writer, opened, told)
            except UNSOUND as error:
                raise TransferError(
                    f"{file}: this is no whole library ({type(error).__name__}); "
                    "what had been taken in before that is kept."
                ) from error
            finally:
                with suppress(CatalogueError):
                    catch_up(writer, opened)
                opened.close()


def _merge(source: sqlite3.Connection, writer: Writer, index: PassageIndex, told: Told) -> Imported:
    catch_up(writer, index)
    finder = finder_of(writer.folder)
    total = int(source.execute("SELECT COUNT(*) FROM document").fetchone()[0])
    counts = {"added": 0, "unchanged": 0}
    done = 0
    for batch in batches(source, finder):
        documents = [document for document, _ in batch]
        for result in writer.take(documents, None, 0, editions=[edition for _, edition in batch]):
            counts["unchanged" if result.fate == "unchanged" else "added"] += 1
            index.add(result.entries)
        done += len(batch)
        told(done, total)
    settle(writer.connection)
    index.commit()
    set_indexed(writer)
    # What this library's own operator says of an edition stays.
    fresh = [mark for mark in marks(source) if not writer.marked(mark.edition)]
    for mark in fresh:
        writer.mark(mark.edition, mark.state, mark.successor, mark.note)
    return Imported(counts["added"], counts["unchanged"], len(fresh))
