"""Reading the catalogue: documents and passages as values, and whether each is current.

Currency is worked out when it is asked for, from what the works say of each other and what the
operator marked; nothing stores it, so nothing can be out of date.
"""

import json
import sqlite3
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from probatum.evidence.source import (
    Currency,
    Depth,
    Edition,
    Identifiers,
    Rights,
    RightsTier,
    Source,
    SourceType,
)
from probatum.library.catalogue import connect, failure, place
from probatum.library.passage_row import passage_of
from probatum.sources.passages import Passage

# From the gravest: what another held work, the work's own notes or the operator say.
_BY_RELATION = {
    "retracts": Currency.RETRACTED,
    "supersedes": Currency.SUPERSEDED,
    "updates": Currency.SUPERSEDED,
    "republishes": Currency.CORRECTED,
    "corrects": Currency.CORRECTED,
    "concerns": Currency.CORRECTED,
}
_OWN = {
    "retracted_by": Currency.RETRACTED,
    "superseded_by": Currency.SUPERSEDED,
    "updated_by": Currency.SUPERSEDED,
    "republished_by": Currency.CORRECTED,
    "corrected_by": Currency.CORRECTED,
    "concern_raised_by": Currency.CORRECTED,
}
_GRAVEST = (Currency.RETRACTED, Currency.SUPERSEDED, Currency.CORRECTED)
# SQLite's own limit on parameters is higher; this keeps statements short.
_AT_ONCE = 500
# Where `listed` looks for a word; one LIKE a column is quicker than one on all of them together.
_LOOKED_AT = ("title", "edition", "body", "year", "type")
# Works looked through for the bodies to choose from.
_LOOKED_THROUGH = 5_000


@dataclass(frozen=True)
class HeldDocument:
    """An edition that is held with its text (which is read apart)."""

    id: int
    source: str
    edition: str
    type: SourceType
    depth: Depth
    title: str
    body: str | None
    year: int | None
    date: date | None
    version: str | None
    superseded_by: str | None
    retracted: bool
    detail: Mapping[str, Any]

    @cached_property
    def rights(self) -> Rights:
        """The licence as it was read or told; text of no stated licence stays with its operator."""
        tier = RightsTier(self.detail.get("tier", RightsTier.PRIVATE))
        return Rights(tier=tier, licence=self.detail.get("licence", "not stated"))

    @cached_property
    def identifiers(self) -> Identifiers:
        """How the work is found elsewhere."""
        return Identifiers(**self.detail.get("identifiers", {}))

    @property
    def known_as(self) -> tuple[str, ...]:
        """Every name under which another work may refer to this one, in lower case."""
        names = [self.source, *(f"{k}:{v}" for k, v in self.identifiers.present().items())]
        return tuple(dict.fromkeys(name.lower() for name in names))

    @property
    def authors(self) -> str | None:
        """The authors in one line, three at most."""
        names = self.detail.get("authors", ())
        shown = ", ".join(names[:3])
        return (f"{shown}, et al." if len(names) > 3 else shown) or None

    def as_edition(self) -> Edition:
        """The edition as citations show it."""
        return Edition(
            id=self.edition,
            label=self.detail.get("label") or self.version or str(self.year or "undated"),
            year=self.year,
            date=self.date,
            citation=self.detail.get("container"),
            authors=self.authors,
            identifiers=self.identifiers,
        )

    def as_source(self) -> Source:
        """The work with this one edition."""
        return Source(
            id=self.source,
            type=self.type,
            title=self.title or self.source,
            body=self.body,
            rights=self.rights,
            editions=(self.as_edition(),),
        )


@dataclass(frozen=True)
class HeldPassage:
    """A passage with its words; offsets are those of the edition's held text."""

    id: int
    document: HeldDocument
    start: int
    end: int
    detail: str
    text: str

    @cached_property
    def passage(self) -> Passage:
        """Its sentences and headings, read when asked for: of a hundred found, few are."""
        return passage_of(self.start, self.end, self.detail)

    @property
    def headings(self) -> tuple[str, ...]:
        """The heading path at its start."""
        return self.passage.runs[0].headings if self.passage.runs else ()

    def slice(self, start: int, end: int) -> str:
        """Part of its words, by offsets of the held text."""
        return self.text[start - self.start : end - self.start]

    def locator(self, at: int | None = None) -> str:
        """Where a person finds it: page and heading path; else what of the work is held."""
        return locator(self.passage, self.document.depth, self.start if at is None else at)


def locator(passage: Passage, depth: Depth, at: int) -> str:
    """Page and heading path at an offset of the held text, in words."""
    run = next((run for run in reversed(passage.runs) if run.start <= at), None)
    parts = []
    if run is not None and run.page is not None:
        parts.append(f"p. {run.page}")
    if run is not None and run.headings:
        parts.append(" \u203a ".join(run.headings))
    if not parts or depth is Depth.ABSTRACT:
        parts.insert(0, depth.value.replace("_", " "))
    return ", ".join(parts)


class HeldDocuments:
    """Everything in the catalogue, read when asked for. Safe to use beside a writing process."""

    def __init__(self, connection: sqlite3.Connection | None) -> None:
        """Read through a connection; None for a library that holds no documents."""
        self._connection = connection

    @classmethod
    def open(cls, folder: Path) -> "HeldDocuments":
        """The documents of the library in `folder`; CatalogueError when they cannot be read."""
        return cls(connect(folder))

    def _rows(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        if self._connection is None:
            return []
        try:
            return self._connection.execute(statement, tuple(values)).fetchall()
        except sqlite3.DatabaseError as error:
            raise failure(place(self._connection), error) from error

    def _among(self, statement: str, values: Iterable[object]) -> Iterator[tuple[Any, ...]]:
        """Rows for many values; `{}` in the statement stands for their placeholders."""
        every = list(values)
        for at in range(0, len(every), _AT_ONCE):
            part = every[at : at + _AT_ONCE]
            yield from self._rows(statement.format(",".join("?" * len(part))), part)

    # -- counts -----------------------------------------------------------------------------

    @property
    def content(self) -> str | None:
        """A sum over everything held that is the same for the same content; None for nothing."""
        if self._connection is None:
            return None
        sum_ = self._kept("content")
        return None if sum_ == "0" else sum_

    def _kept(self, sum_: str) -> str:
        """A sum over everything held, which the writer keeps."""
        rows = self._rows("SELECT value FROM meta WHERE key = ?", (sum_,))
        return str(rows[0][0]) if rows else "0"

    @property
    def state(self) -> tuple[str, str] | None:
        """What is held and how much of it the index has; another value whenever either changes."""
        if self._connection is None:
            return None
        return self._kept("content"), self._kept("indexed")

    def counts(self) -> tuple[int, int]:
        """How many sources and passages are held."""
        sources = self._rows("SELECT COUNT(DISTINCT source) FROM document")
        return (sources[0][0] if sources else 0), self.passage_count

    @property
    def passage_count(self) -> int:
        """How many passages are held."""
        return int(self._kept("passages"))

    def editions(self) -> int:
        """How many editions are held with their text."""
        rows = self._rows("SELECT COUNT(*) FROM document")
        return int(rows[0][0]) if rows else 0

    # -- documents --------------------------------------------------------------------------

    def document(self, edition: str) -> HeldDocument | None:
        """The edition with this id, or None."""
        return next(iter(self._documents("edition = ?", (edition,))), None)

    def of_source(self, source: str) -> tuple[HeldDocument, ...]:
        """Every held edition of a source, in the order added."""
        return tuple(self._documents("source = ?", (source,)))

    def known_as(self, name: str) -> tuple[HeldDocument, ...]:
        """Every edition that goes by an identifier such as pmid:123 or doi:10.1/x."""
        where = "id IN (SELECT document FROM identifier WHERE value = ?)"
        return tuple(self._documents(where, (name.lower(),)))

    def all(self) -> Iterator[HeldDocument]:
        """Every edition, by source and edition id."""
        yield from self._documents("1 ORDER BY source, edition")

    def listed(
        self, words: Sequence[str] = (), most: int = 200
    ) -> tuple[tuple[HeldDocument, ...], int]:
        """The editions with all these words, the last added first, and how many they are.

        At most so many are given. A word may be part of the title, the edition's id, the body, the
        year or the type, or it is a whole identifier. Every edition is looked at once.
        """
        if not words or self._connection is None:
            return tuple(self._documents("1 ORDER BY id DESC LIMIT ?", (most,))), self.editions()
        where, values = _with_words(words)
        statement = f"SELECT id FROM document WHERE {where} ORDER BY id"  # noqa: S608
        last: deque[int] = deque(maxlen=most)
        found = 0
        try:
            for (id,) in self._connection.execute(statement, values):
                last.append(id)
                found += 1
        except sqlite3.DatabaseError as error:
            raise failure(place(self._connection), error) from error
        rows = self._among(f"SELECT {_COLUMNS} FROM document WHERE id IN ({{}})", last)  # noqa: S608
        documents = sorted((_document(row) for row in rows), key=lambda each: -each.id)
        return tuple(documents), found

    def bodies(self) -> tuple[str, ...]:
        """Issuing bodies of the last works added, for choosing from: not of a million works."""
        rows = self._rows(
            "SELECT DISTINCT body FROM (SELECT body FROM document ORDER BY id DESC LIMIT ?) "
            "WHERE body IS NOT NULL ORDER BY body",
            (_LOOKED_THROUGH,),
        )
        return tuple(body for (body,) in rows)

    def _documents(self, where: str, values: Sequence[object] = ()) -> Iterator[HeldDocument]:
        for row in self._rows(f"SELECT {_COLUMNS} FROM document WHERE {where}", values):  # noqa: S608
            yield _document(row)

    def text(self, edition: str) -> str | None:
        """The held text of an edition."""
        rows = self._rows(
            "SELECT p.text FROM document d LEFT JOIN passage p ON p.document = d.id "
            "WHERE d.edition = ? ORDER BY p.id",
            (edition,),
        )
        return "".join(piece or "" for (piece,) in rows) if rows else None

    # -- passages ---------------------------------------------------------------------------

    def passages(self, ids: Iterable[int]) -> dict[int, HeldPassage]:
        """Passages by id; one that is gone is left out."""
        found = list(
            self._among(
                'SELECT id, document, start, "end", detail, substr(text, start - "end") '
                "FROM passage WHERE id IN ({})",
                ids,
            )
        )
        documents = {
            row[0]: _document(row)
            for row in self._among(
                f"SELECT {_COLUMNS} FROM document WHERE id IN ({{}})",  # noqa: S608
                {row[1] for row in found},
            )
        }
        return {
            id: HeldPassage(id, documents[document], start, end, detail, text)
            for id, document, start, end, detail, text in found
            if document in documents
        }

    def of_document(
        self, document: HeldDocument, first: int = 0, most: int = -1
    ) -> tuple[HeldPassage, ...]:
        """The passages of an edition, in order: all, or so many from the `first` on (0 is one)."""
        rows = self._rows(
            "SELECT id FROM passage WHERE document = ? ORDER BY id LIMIT ? OFFSET ?",
            (document.id, most, first),
        )
        found = self.passages(id for (id,) in rows)
        return tuple(found[id] for (id,) in rows if id in found)

    def place_of(self, document: HeldDocument, at: int) -> int:
        """The number (from 0) of the edition's passage that an offset of its text lies in."""
        statement = 'SELECT COUNT(*) FROM passage WHERE document = ? AND "end" <= ?'
        rows = self._rows(statement, (document.id, at))
        return int(rows[0][0]) if rows else 0

    def around(self, edition: str, start: int, end: int) -> HeldPassage | None:
        """The passage of an edition that a span of its text lies in."""
        rows = self._rows(
            'SELECT id FROM passage WHERE start <= ? AND "end" >= ? '
            "AND document = (SELECT id FROM document WHERE edition = ?) ORDER BY id LIMIT 1",
            (start, end, edition),
        )
        found = self.passages(id for (id,) in rows)
        return next(iter(found.values()), None)

    def passage_ids(self) -> list[int]:
        """The ids of all passages, in order."""
        return [id for (id,) in self._rows("SELECT id FROM passage ORDER BY id")]

    def passage_counts(self, documents: Iterable[int]) -> dict[int, int]:
        """How many passages each document has."""
        statement = (
            "SELECT document, COUNT(*) FROM passage WHERE document IN ({}) GROUP BY document"
        )
        return {row[0]: row[1] for row in self._among(statement, documents)}

    # -- currency ---------------------------------------------------------------------------

    def currency(
        self, documents: Iterable[HeldDocument], as_of: date | None = None
    ) -> dict[str, tuple[Currency, str | None]]:
        """For each edition whether it may be quoted as current, and what replaces it.

        What appeared after `as_of` is not taken into account.
        """
        every = list(documents)
        told = self._told({each.edition: (*each.known_as, each.edition) for each in every}, as_of)
        newer = self._appeared_successors(every, as_of)
        found = {}
        for document in every:
            states = told.get(document.edition, {})
            if document.retracted:
                states.setdefault(Currency.RETRACTED, None)
            for kind, target, _ in document.detail.get("relations", ()):
                if kind in _OWN:
                    states.setdefault(_OWN[kind], target)
            if document.superseded_by in newer:
                states.setdefault(Currency.SUPERSEDED, document.superseded_by)
            dated = document.year or document.date
            found[document.edition] = _gravest(states) or (
                Currency.CURRENT if dated else Currency.UNKNOWN,
                None,
            )
        return found

    def told_of(
        self, names: Mapping[str, Sequence[str]], as_of: date | None = None
    ) -> dict[str, tuple[Currency, str | None]]:
        """What held documents and marks say of editions that go by these names; else nothing."""
        told = self._told(names, as_of)
        return {id: state for id, states in told.items() if (state := _gravest(states))}

    def _told(
        self, names: Mapping[str, Sequence[str]], as_of: date | None
    ) -> dict[str, dict[Currency, str | None]]:
        """Per edition, every state that other held works or the operator give it, and by what."""
        owners: dict[str, list[str]] = {}
        for edition, every in names.items():
            for name in every:
                owners.setdefault(name.lower(), []).append(edition)
        found: dict[str, dict[Currency, str | None]] = {}
        marks = self._among(
            "SELECT edition, state, successor FROM mark WHERE edition IN ({})", names
        )
        for edition, state, successor in marks:
            found.setdefault(edition, {})[Currency(state)] = successor
        statement = (
            "SELECT r.target, r.kind, d.edition, d.date, d.year FROM relation r "
            "JOIN document d ON d.id = r.document WHERE r.target IN ({}) "
            # A new edition that says it replaces its own work means the editions before it, and
            # those have it as their successor; it says nothing of the ones after it.
            "AND NOT EXISTS (SELECT 1 FROM identifier i "
            "WHERE i.value = r.target AND i.document = r.document) "
            "ORDER BY d.year, d.date, d.edition"
        )
        for target, kind, by, day, year in self._among(statement, sorted(owners)):
            if kind not in _BY_RELATION or not _appeared(day, year, as_of):
                continue
            for edition in owners[target]:
                if edition != by:
                    found.setdefault(edition, {}).setdefault(_BY_RELATION[kind], by)
        return found

    def _appeared_successors(
        self, documents: Iterable[HeldDocument], as_of: date | None
    ) -> frozenset[str]:
        """Which of the documents' successors had appeared by then."""
        named = {document.superseded_by for document in documents if document.superseded_by}
        rows = self._among("SELECT edition, date, year FROM document WHERE edition IN ({})", named)
        return frozenset(edition for edition, day, year in rows if _appeared(day, year, as_of))

    def removed(self) -> tuple[tuple[str, str, str], ...]:
        """Editions that were held once: edition, source, title."""
        return tuple(self._rows("SELECT edition, source, title FROM removed ORDER BY edition"))

    def long_forms(self, short: str) -> tuple[tuple[str, int], ...]:
        """What an abbreviation stands for in how many held works, the commonest first."""
        rows = self._rows(
            "SELECT long, documents FROM abbreviation WHERE short = ? "
            "ORDER BY documents DESC, long LIMIT 20",
            (short,),
        )
        return tuple((long, count) for long, count in rows)

    def close(self) -> None:
        """Give the file back."""
        if self._connection is not None:
            self._connection.close()


_COLUMNS = (
    "id, source, edition, type, depth, title, body, year, date, version, superseded_by, "
    "retracted, detail"
)


def _with_words(words: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The condition that a document has all of the words, with its parameters."""
    parts: list[str] = []
    values: list[str] = []
    columns = " OR ".join(f"{column} LIKE ?" for column in _LOOKED_AT)
    for word in words:
        # A % or _ in the word finds more than itself, which does no harm here.
        names = [word.lower(), *(f"{kind}:{word}".lower() for kind in Identifiers.model_fields)]
        known = ",".join("?" * len(names))
        parts.append(
            f"({columns} OR id IN "  # noqa: S608
            f"(SELECT document FROM identifier WHERE value IN ({known})))"
        )
        values += [*[f"%{word}%"] * len(_LOOKED_AT), *names]
    return " AND ".join(parts), tuple(values)


def _document(row: Sequence[Any]) -> HeldDocument:
    id, source, edition, type, depth, title, body, year, day, version, newer, retracted, detail = (
        row
    )
    return HeldDocument(
        id=id,
        source=source,
        edition=edition,
        type=SourceType(type),
        depth=Depth(depth),
        title=title,
        body=body,
        year=year,
        date=date.fromisoformat(day) if day else None,
        version=version,
        superseded_by=newer,
        retracted=bool(retracted),
        detail=json.loads(detail),
    )


def _appeared(day: str | None, year: int | None, as_of: date | None) -> bool:
    """Whether something dated so had surely appeared by then."""
    if as_of is None:
        return True
    if day:
        return date.fromisoformat(day) <= as_of
    return year is not None and year < as_of.year


def _gravest(states: Mapping[Currency, str | None]) -> tuple[Currency, str | None] | None:
    return next(((state, states[state]) for state in _GRAVEST if state in states), None)
