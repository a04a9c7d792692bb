"""Keeping the index in step with the catalogue, after a crash or for a program with new terms."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from probatum.evidence.document import Document
from probatum.evidence.source import Depth, SourceType
from probatum.library.catalogue import connect, meta, set_meta, settle, transaction
from probatum.library.index import IndexEntry, PassageIndex
from probatum.library.library import Library
from probatum.library.passage_row import passage_of
from probatum.library.prepare import Prepared, entries_of
from probatum.library.rows import index_entry
from probatum.library.writer import Writer
from probatum.terms.finder import TermFinder

_DOCUMENTS_AT_ONCE = 500
# Passages of an index that is made anew in a few seconds.
_MADE_ANEW = 20_000
Told = Callable[[int, int], None]


def finder_of(folder: Path) -> TermFinder:
    """The terms that passages are filed under: the general ones and those of the packs."""
    library = Library.open(folder)
    # A reader that stays would keep the write-ahead log from being folded in at the end.
    library.documents.close()
    return TermFinder(library.vocabulary)


def indexed(writer: Writer) -> int:
    """The id of the last document that the index surely has."""
    return int(meta(writer.connection, "indexed", "0"))


def set_indexed(writer: Writer, last: int | None = None) -> None:
    """The index surely has every document up to this id; None for all that there are."""
    with transaction(writer.connection):
        if last is None:
            last = writer.connection.execute("SELECT MAX(id) FROM document").fetchone()[0] or 0
        set_meta(writer.connection, "indexed", str(last))


def behind(folder: Path) -> int:
    """How many documents the index does not have yet."""
    connection = connect(folder)
    if connection is None:
        return 0
    try:
        last = int(meta(connection, "indexed", "0"))
        count = connection.execute("SELECT COUNT(*) FROM document WHERE id > ?", (last,))
        return int(count.fetchone()[0])
    finally:
        connection.close()


def catch_up(writer: Writer, index: PassageIndex, told: Told = lambda done, all: None) -> int:
    """Index what an interrupted process left out; the number of documents that were.

    The index may already hold some of it, so each is removed before it is added; or all of it,
    when the process was killed between the index's commit and the note of it.
    """
    if index.count() == 0:
        # Removed, or of another layout.
        set_indexed(writer, 0)
    last = indexed(writer)
    if not _missing(writer, last):
        return 0
    if _complete(writer, index):
        set_indexed(writer)
        return 0
    return _index_after(writer, index, last, told)


def _missing(writer: Writer, last: int) -> int:
    """How many documents there are behind `last`."""
    count = writer.connection.execute("SELECT COUNT(*) FROM document WHERE id > ?", (last,))
    return int(count.fetchone()[0])


def _index_after(writer: Writer, index: PassageIndex, last: int, told: Told) -> int:
    """Index every document behind `last`; the number of them."""
    missing = _missing(writer, last)
    finder = finder_of(writer.folder)
    done = 0
    for ids, entries in _entries_after(writer, last, finder):
        index.remove(ids)
        index.add(entries)
        done += len(ids)
        told(done, missing)
    settle(writer.connection)
    index.commit()
    set_indexed(writer)
    return missing


def _complete(writer: Writer, index: PassageIndex) -> bool:
    """Whether the index, which never has what the catalogue has not, has all of it."""
    counts = (
        "SELECT (SELECT COUNT(*) FROM passage), (SELECT COUNT(*) FROM removed WHERE indexed = 1)"
    )
    passages, removed = writer.connection.execute(counts).fetchone()
    return not removed and index.count() == passages


def rebuild(writer: Writer, index: PassageIndex, told: Told = lambda done, all: None) -> int:
    """Make the index anew from the catalogue; the number of documents."""
    index.clear()
    set_indexed(writer, 0)
    with transaction(writer.connection):
        writer.connection.execute("UPDATE removed SET indexed = 0")
    # In one commit with what follows: nobody who searches meanwhile finds an empty index.
    return _index_after(writer, index, 0, told)


def drop_removed(writer: Writer, index: PassageIndex) -> None:
    """Forget the passages of documents that were removed since the last time.

    The engine goes on counting their words, which changes the scores of what is left: a small
    index is therefore made anew, and in a large one what is removed weighs little.
    """
    rows = writer.connection.execute("SELECT document FROM removed WHERE indexed = 1").fetchall()
    if rows:
        index.remove([id for (id,) in rows])
        index.commit()
        with transaction(writer.connection):
            writer.connection.executemany("UPDATE removed SET indexed = 0 WHERE document = ?", rows)
        if index.count() <= _MADE_ANEW:
            rebuild(writer, index)


def _entries_after(
    writer: Writer, last: int, finder: TermFinder
) -> Iterator[tuple[list[int], list[IndexEntry]]]:
    execute = writer.connection.execute
    while True:
        rows = execute(
            "SELECT id, source, digest, type, depth, title, body, year, detail "
            "FROM document WHERE id > ? ORDER BY id LIMIT ?",
            (last, _DOCUMENTS_AT_ONCE),
        ).fetchall()
        if not rows:
            return
        entries: list[IndexEntry] = []
        for id, source, digest, type, depth, title, body, year, detail in rows:
            known = json.loads(detail)
            document = Document(
                source=source,
                title=title,
                type=SourceType(type),
                depth=Depth(depth),
                blocks=(),
                format=known.get("format", ""),
                body=body,
                year=year,
            )
            about = (*known.get("subjects", ()), *known.get("conditions", ()))
            held = execute(
                'SELECT id, start, "end", detail, text FROM passage WHERE document = ? ORDER BY id',
                (id,),
            ).fetchall()
            text = "".join(row[4] for row in held)
            passages = tuple(passage_of(start, end, each) for _, start, end, each, _ in held)
            abbreviations = tuple((short, long) for short, long in known.get("abbreviations", ()))
            made = entries_of(text, passages, title, about, abbreviations, finder)
            prepared = Prepared(0, source, digest, document, detail, text, (), made, ())
            entries += [
                index_entry(prepared, entry, id, row[0])
                for entry, row in zip(made, held, strict=True)
            ]
        last = rows[-1][0]
        yield [row[0] for row in rows], entries
