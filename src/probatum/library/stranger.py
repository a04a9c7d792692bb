"""A library that somebody else exported: looked at before anything of it is taken.

Its size, the layout of its database and every value of every row are checked, because what is
taken in is read, searched and quoted later by code that trusts what the library holds.
"""

import datetime
import json
import shutil
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from probatum.evidence.document import Document, Relation, RelationKind
from probatum.evidence.source import Depth, Identifiers, RightsTier, SourceType
from probatum.library.catalogue import FILE_NAME, SCHEMA, SCHEMA_VERSION, CatalogueError
from probatum.library.editions import edition_id, other_ids
from probatum.library.passage_row import passage_of
from probatum.library.prepare import Prepared, entries_of
from probatum.sources.limits import EXPANSION
from probatum.sources.passages import Passage
from probatum.terms.finder import TermFinder

MANIFEST = "manifest.json"
LAYOUT = "probatum.library/1"
_DOCUMENTS_AT_ONCE = 500
# A catalogue of all of PubMed is about 100 GB; what claims to be larger is a bomb.
_MOST_BYTES = 500_000_000_000
# However small a compressed library is, this much of it is unpacked.
_LEAST_BYTES = 100_000_000
_MANIFEST_BYTES = 10_000
# What reading a stranger's rows may raise when they are not what they should be.
UNSOUND = (sqlite3.DatabaseError, ValueError, TypeError, LookupError, OverflowError, RecursionError)


class TransferError(CatalogueError):
    """A file that is no exported library, or one that cannot be taken in."""


class _Detail(BaseModel):
    """What a document's row keeps as JSON; keys that are not known here are left alone."""

    model_config = ConfigDict(strict=True)

    format: str = ""
    label: str | None = None
    container: str | None = None
    authors: list[str] = []
    identifiers: Identifiers = Identifiers()
    subjects: list[str] = []
    publication_types: list[str] = []
    conditions: list[str] = []
    relations: list[tuple[RelationKind, str, str | None]] = []
    language: str | None = None
    licence: str | None = None
    tier: Annotated[RightsTier, Field(strict=False)] | None = None
    abbreviations: list[tuple[str, str]] = []


class _Row(BaseModel):
    """A document's row."""

    model_config = ConfigDict(strict=True)

    source: str = Field(min_length=1)
    edition: str
    digest: str = Field(pattern=r"^[0-9a-f]{32}$")
    type: Annotated[SourceType, Field(strict=False)]
    depth: Annotated[Depth, Field(strict=False)]
    title: str
    body: str | None
    year: int | None = Field(ge=0, le=9999)
    date: Annotated[datetime.date, Field(strict=False)] | None
    version: str | None
    retracted: int = Field(ge=0, le=1)
    detail: str


class Mark(BaseModel):
    """An operator's mark on an edition."""

    model_config = ConfigDict(strict=True)

    edition: str
    state: Literal["superseded", "retracted"]
    successor: str | None
    note: str | None


_SPAN = TypeAdapter(tuple[int, int, str], config=ConfigDict(strict=True))
_TEXT = TypeAdapter(str, config=ConfigDict(strict=True))


def unpack(file: Path, copy: Path) -> None:
    """Unpack an exported library's database to `copy`; TransferError for anything else."""
    foreign = f"{file}: this is no library that this program exported."
    try:
        with zipfile.ZipFile(file) as archive:
            with archive.open(MANIFEST) as packed:
                manifest = json.loads(packed.read(_MANIFEST_BYTES))
            if not isinstance(manifest, dict) or manifest.get("schema") != LAYOUT:
                raise TransferError(foreign)
            layout = manifest.get("catalogue")
            if not isinstance(layout, int):
                raise TransferError(foreign)
            if layout > SCHEMA_VERSION:
                raise TransferError(
                    f"{file}: exported by a newer version of the program; update this one."
                )
            info = archive.getinfo(FILE_NAME)
            if info.file_size > max(_LEAST_BYTES, info.compress_size * EXPANSION):
                raise TransferError(f"{file}: it grows beyond all measure when it is unpacked.")
            if info.file_size > min(_MOST_BYTES, shutil.disk_usage(copy.parent).free):
                raise TransferError(f"{file}: there is not enough room on the disk to unpack it.")
            with archive.open(info) as packed, copy.open("wb") as out:
                shutil.copyfileobj(packed, out, 1 << 20)
    except (zipfile.BadZipFile, KeyError, ValueError, EOFError, RuntimeError, zlib.error) as error:
        raise TransferError(foreign) from error
    except OSError as error:
        raise TransferError(f"{file}: it cannot be unpacked ({error.strerror}).") from error


def stranger(copy: Path, file: Path) -> sqlite3.Connection:
    """A connection to a database that somebody else made: our tables and nothing that runs."""
    connection = sqlite3.connect(f"{copy.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        connection.execute("PRAGMA trusted_schema=OFF")
        connection.execute("PRAGMA cell_size_check=ON")
        made = connection.execute(
            "SELECT sql FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
        )
        ours = {sql for (sql,) in made} == set(SCHEMA)
        # Not quick_check: SQLite 3.40's finds faults in sound tables without row ids.
        if not ours or connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
            raise sqlite3.DatabaseError("not a catalogue")
    except sqlite3.DatabaseError as error:
        connection.close()
        raise TransferError(f"{file}: the library in it is damaged.") from error
    return connection


def marks(connection: sqlite3.Connection) -> list[Mark]:
    """The operator's marks."""
    names = ("edition", "state", "successor", "note")
    rows = connection.execute(f"SELECT {', '.join(names)} FROM mark ORDER BY edition")  # noqa: S608
    return [Mark(**dict(zip(names, row, strict=True))) for row in rows]


def batches(
    connection: sqlite3.Connection, finder: TermFinder
) -> Iterator[list[tuple[Prepared, str]]]:
    """Documents in the order of their places among their sources' editions, with edition ids."""
    names = tuple(_Row.model_fields)
    rows = connection.execute(
        f"SELECT id, {', '.join(names)} FROM document ORDER BY file, id"  # noqa: S608 - our names
    )
    while some := rows.fetchmany(_DOCUMENTS_AT_ONCE):
        made = []
        for id, *values in some:
            row = _Row(**dict(zip(names, values, strict=True)))
            prepared = _prepared(row, *_passages(connection, id), finder)
            made.append((prepared, _edition(row.edition, prepared)))
        yield made


def _edition(edition: str, prepared: Prepared) -> str:
    own = edition_id(prepared)
    if edition not in (own, *other_ids(own, prepared.digest)):
        raise ValueError("an edition has the id of another")
    return edition


def _passages(
    connection: sqlite3.Connection, document: int
) -> tuple[str, list[tuple[tuple[int, int, str], Passage]]]:
    """The document's text and its passages; each has the text since the one before it."""
    rows = connection.execute(
        'SELECT start, "end", detail, text FROM passage WHERE document = ? ORDER BY id', (document,)
    ).fetchall()
    text = "".join(_TEXT.validate_python(row[3]) for row in rows)
    return text, [(span := _SPAN.validate_python(row[:3]), _passage(span, text)) for row in rows]


def _passage(row: tuple[int, int, str], text: str) -> Passage:
    """A passage whose every part lies within the text; else ValueError."""
    made = passage_of(*row)
    inside = 0 <= made.start < made.end <= len(text)
    sentences = all(made.start <= s < e <= made.end for s, e in made.sentences)
    items = all(0 <= item < len(made.sentences) for item in made.items)
    if not (inside and sentences and items and made.runs and all(map(_sound, made.runs))):
        raise ValueError("a passage does not fit its text")
    return made


def _sound(run: Any) -> bool:
    words = (*run.headings, *run.columns, run.code or "")
    numbers = (run.start, run.page or 0)
    return all(isinstance(w, str) for w in words) and all(type(n) is int for n in numbers)


def _prepared(
    row: _Row,
    text: str,
    passages: Sequence[tuple[tuple[int, int, str], Passage]],
    finder: TermFinder,
) -> Prepared:
    known = _Detail.model_validate_json(row.detail)
    document = Document(
        source=row.source,
        title=row.title,
        type=row.type,
        depth=row.depth,
        blocks=(),
        format=known.format,
        version=row.version,
        label=known.label,
        date=row.date,
        year=row.year,
        body=row.body,
        identifiers=known.identifiers,
        relations=tuple(Relation(*relation) for relation in known.relations),
        retracted=bool(row.retracted),
    )
    about = (*known.subjects, *known.conditions)
    abbreviations = tuple(known.abbreviations)
    whole = [passage for _, passage in passages]
    return Prepared(
        number=0,
        source=row.source,
        digest=row.digest,
        document=document,
        detail=row.detail,
        text=text,
        passages=tuple(span for span, _ in passages),
        entries=entries_of(text, whole, row.title, about, abbreviations, finder),
        abbreviations=abbreviations,
    )
