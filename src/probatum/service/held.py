"""What is held, for programs: the list, part by part, and one edition with what rests on it."""

from collections.abc import Iterable
from typing import Any

from probatum.engine import Engine
from probatum.library.source_rows import SourceRow
from probatum.render.characters import plain
from probatum.render.passage import shown
from probatum.render.source_json import source_document
from probatum.render.words import CURRENCIES, TYPES
from probatum.service.arguments import ListArguments, ShowArguments
from probatum.service.refusal import RefusedError

# Words of the filter that are looked at; nobody types more.
_MOST_WORDS = 10
# Passages of one edition's text that are shown; `search` finds the others.
_MOST_PASSAGES = 200


def wanted_words(typed: str) -> list[str]:
    """The words of a filter that are looked at."""
    return plain(typed).split()[:_MOST_WORDS]


def matching(rows: Iterable[SourceRow], words: Iterable[str]) -> list[SourceRow]:
    """Rows that hold every word of the filter somewhere, letter case aside."""
    wanted = [word.casefold() for word in words]
    found = []
    for row in rows:
        values = (
            row.title,
            row.label,
            row.body or "",
            str(row.year or ""),
            row.edition,
            TYPES[row.type],
            CURRENCIES[row.currency],
            *row.identifiers.present().values(),
        )
        text = " ".join(values).casefold()
        if all(word in text for word in wanted):
            found.append(row)
    return found


def listed(given: ListArguments, engine: Engine) -> dict[str, Any]:
    """Editions with all words of the filter: what packs describe by title, then the last added.

    `next` is the offset of the further ones, null where there are none.
    """
    words = wanted_words(given.filter)
    curated = matching(engine.curated(), words)
    end = given.offset + given.limit
    texts = engine.texts(words, max(1, end - len(curated)))
    found = len(curated) + texts.found
    rows = (*curated, *texts.rows)[given.offset : end]
    return {
        "count": found,
        "next": end if end < found else None,
        "sources": [source_document(row) for row in rows],
    }


def editions(id: str, engine: Engine) -> list[dict[str, Any]]:
    """The editions that an id names: one edition, or all of a source."""
    return [source_document(row) for row in _rows(id, engine)]


def with_content(given: ShowArguments, engine: Engine) -> list[dict[str, Any]]:
    """The same, each with the statements of its records or the passages of its text.

    Words of a text that may only be linked to are left out, as on its page.
    """
    return [
        {**source_document(row), "note": engine.note(row.edition), **_content(row, engine)}
        for row in _rows(given.id, engine)
    ]


def _rows(id: str, engine: Engine) -> tuple[SourceRow, ...]:
    rows = engine.source(id)
    if not rows:
        raise RefusedError("not_found", "No source with this id is held.", "id")
    return rows


def _content(row: SourceRow, engine: Engine) -> dict[str, Any]:
    document = engine.library.document(row.edition)
    if document is None:
        records = [r for r in engine.library.records.values() if r.edition == row.edition]
        return {"statements": {r.id: engine.statement(r.id) for r in records}}
    if not shown(document):
        return {"text": []}
    passages = engine.library.documents.of_document(document, 0, _MOST_PASSAGES)
    return {
        "text": [
            {"locator": p.locator(), "start": p.start, "end": p.end, "text": p.text}
            for p in passages
        ]
    }
