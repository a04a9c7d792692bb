"""What is known of a work, cleaned where the items of every parser pass.

An id, an author or a relation's note goes into the catalogue, the terminal and the pages as much as
the text does. Each parser cleans what it reads; this keeps the one field that a parser forgets, and
the words that a user says of a file, from carrying a control character or half a character there.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from probatum.evidence.document import Block, Deletion, Document, Item, Relation, Skipped
from probatum.sources.layout.text import clean

# An id is printed as it came, so it is not normalised; but it stays one line that can be written.
_UNPRINTABLE: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+")
_WORDS: Final = ("title", "version", "label", "body", "container", "language", "licence")
_LISTS: Final = ("authors", "subjects", "publication_types", "conditions")
# A space where none belongs, in texts with bars between them.
_EDGE: Final = re.compile(r"[ |] | \|")
# The evidence model and the index take years of four figures.
_YEARS: Final = range(1, 10_000)
# A title of several pages, or authors and subjects as long as a book, are a file's mistake.
_LONGEST_TITLE: Final = 20_000
_LONGEST_DESCRIPTION: Final = 2_000_000
# A longer id is no id, and a broken file may have anything in its place.
_LONGEST_ID: Final = 500


def tidy(item: Item) -> Item:
    """The item with clean metadata; Skipped in place of a document that nothing is known of."""
    if isinstance(item, Deletion):
        return item if _is_id(item.source) else Deletion(_id(item.source))
    if isinstance(item, Skipped):
        clear = _is_clean(item.where) and _is_clean(item.reason)
        return item if clear else Skipped(clean(item.where), clean(item.reason))
    if len(item.title) > _LONGEST_TITLE:
        return Skipped(_id(item.source), f"its title is longer than {_LONGEST_TITLE:,} characters")
    if sum(len(text) for name in _LISTS for text in getattr(item, name)) > _LONGEST_DESCRIPTION:
        reason = f"its authors and subjects are longer than {_LONGEST_DESCRIPTION:,} characters"
        return Skipped(_id(item.source), reason)
    document = item if _is_tidy(item) else _tidied(item)
    if not document.source.partition(":")[2]:
        return Skipped(document.title or document.source, "its id has no character to be read")
    if not document.title and not document.blocks:
        return Skipped(document.source, "it has neither a title nor a text")
    return document


def _is_clean(text: str) -> bool:
    if text.isascii() and text.isprintable() and "  " not in text:
        return text[:1] != " " and text[-1:] != " "
    return text == clean(text)


def _are_clean(texts: tuple[str, ...]) -> bool:
    """Whether each is clean; in one look at all of them together where nothing is doubtful."""
    together = "|".join(texts)
    plain = together.isascii() and together.isprintable()
    if plain and not _EDGE.search(f"|{together}|"):
        return True
    return all(map(_is_clean, texts))


def _is_id(text: str) -> bool:
    return text.isprintable() and text.strip() == text and len(text) <= _LONGEST_ID


def _id(text: str) -> str:
    return _UNPRINTABLE.sub("", text).strip()[:_LONGEST_ID].rstrip()


def _is_tidy(document: Document) -> bool:
    one = (getattr(document, name) for name in _WORDS)
    if not all(_is_clean(text) for text in one if text is not None):
        return False
    if not all(_are_clean(getattr(document, name)) for name in _LISTS):
        return False
    if document.year is not None and document.year not in _YEARS:
        return False
    if not _is_id(document.source):
        return False
    for each in document.relations:
        if not _is_id(each.target) or not (each.note is None or _is_clean(each.note)):
            return False
    return all(map(_is_clean, _around(document.blocks)))


def _around(blocks: Iterable[Block]) -> set[str]:
    """Headings, columns and codes, each once however many rows stand under it."""
    found: set[str] = set()
    path: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    for block in blocks:
        if block.headings is not path:
            path = block.headings
            found.update(path)
        if block.columns is not columns:
            columns = block.columns
            found.update(columns)
        if block.code is not None:
            found.add(block.code)
    return found


def _tidied(document: Document) -> Document:
    return replace(
        document,
        source=_id(document.source),
        title=clean(document.title),
        version=_word(document.version),
        label=_word(document.label),
        body=_word(document.body),
        container=_word(document.container),
        language=_word(document.language),
        licence=_word(document.licence),
        authors=_list(document.authors),
        subjects=_list(document.subjects),
        publication_types=_list(document.publication_types),
        conditions=_list(document.conditions),
        year=document.year if document.year in _YEARS else None,
        relations=tuple(_relation(each) for each in document.relations if _id(each.target)),
        blocks=tuple(map(_block, document.blocks)),
    )


def _word(text: str | None) -> str | None:
    return (clean(text) or None) if text is not None else None


def _list(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(text for each in texts if (text := clean(each)))


def _relation(relation: Relation) -> Relation:
    return Relation(relation.kind, _id(relation.target), _word(relation.note))


def _block(block: Block) -> Block:
    return Block(
        block.text,
        block.kind,
        _list(block.headings),
        block.page,
        tuple(map(clean, block.columns)),
        _word(block.code),
    )
