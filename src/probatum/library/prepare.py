"""From a document to the rows that the catalogue and the index take: pure, and in any process."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from probatum.evidence.document import Document
from probatum.library.analysis import analysis
from probatum.library.passage_row import detail_of
from probatum.sources.passages import Passage, lay_out
from probatum.terms.abbreviations import find_abbreviations
from probatum.terms.finder import TermFinder

# Definitions beyond this many in one work are its glossary, not its reading aid.
_MOST_ABBREVIATIONS = 200
# Relations that bear on whether a work may be quoted as current; comments are kept in the detail.
BEARING = frozenset(
    (
        "retracts",
        "retracted_by",
        "corrects",
        "corrected_by",
        "updates",
        "updated_by",
        "concerns",
        "concern_raised_by",
        "republishes",
        "republished_by",
        "supersedes",
        "superseded_by",
    )
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What the index holds of a passage beside the fields of its document."""

    words: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prepared:
    """One document, ready to be written. `number` counts the items of its file up to this one."""

    number: int
    source: str
    digest: str
    document: Document
    detail: str
    text: str
    passages: tuple[tuple[int, int, str], ...]
    entries: tuple[Entry, ...]
    abbreviations: tuple[tuple[str, str], ...]


def prepare(document: Document, number: int, finder: TermFinder) -> Prepared:
    """Lay the text out, find its sentences, abbreviations and terms, and describe it in JSON."""
    text, passages = lay_out(document)
    abbreviations = abbreviations_of(text)
    detail = json.dumps(_detail(document, abbreviations), ensure_ascii=False, sort_keys=True)
    rows = tuple((p.start, p.end, detail_of(p)) for p in passages)
    about = (*document.subjects, *document.conditions)
    return Prepared(
        number=number,
        source=document.source,
        digest=_digest(document, detail, text, rows),
        document=replace(document, blocks=()),
        detail=detail,
        text=text,
        passages=rows,
        entries=entries_of(text, passages, document.title, about, abbreviations, finder),
        abbreviations=abbreviations,
    )


def _digest(
    document: Document, detail: str, text: str, passages: Sequence[tuple[int, int, str]]
) -> str:
    """Another one whenever anything differs that is kept of a document."""
    described = (
        document.source,
        document.title,
        document.type,
        document.depth,
        document.body,
        document.year,
        document.date,
        document.version,
        document.retracted,
        detail,
        passages,
    )
    written = json.dumps(described, ensure_ascii=False, default=str)
    return hashlib.sha256(f"{written}\x1f{text}".encode()).hexdigest()[:32]


def abbreviations_of(text: str) -> tuple[tuple[str, str], ...]:
    """Short and long forms that the text defines, each short form once, by its first definition."""
    found: dict[str, str] = {}
    for short, long, _, _ in find_abbreviations(text):
        found.setdefault(short, long)
    return tuple(found.items())[:_MOST_ABBREVIATIONS]


def _detail(document: Document, abbreviations: Sequence[tuple[str, str]]) -> dict[str, object]:
    """Everything known of the document that has no column of its own; empty values left out."""
    known: dict[str, object] = {
        "format": document.format,
        "label": document.label,
        "container": document.container,
        "authors": document.authors,
        "identifiers": document.identifiers.present(),
        "subjects": document.subjects,
        "publication_types": document.publication_types,
        "conditions": document.conditions,
        "relations": [(r.kind, r.target, r.note) for r in document.relations],
        "language": document.language,
        "licence": document.licence,
        "tier": document.tier,
        "abbreviations": abbreviations,
    }
    return {key: value for key, value in known.items() if value}


def entries_of(
    text: str,
    passages: Sequence[Passage],
    title: str,
    about: Sequence[str],
    abbreviations: Sequence[tuple[str, str]],
    finder: TermFinder,
) -> tuple[Entry, ...]:
    """The index entries of a document's passages.

    A short form that the work defines elsewhere brings its long form along, so that a passage is
    found by the words that it stands for. Terms of the title and of the index terms hold for every
    passage.
    """
    indexed = analysis().text
    common = finder.find("\n".join((title, *about)))
    head, subjects = indexed(title), indexed("\n".join(about)) if about else ""
    made = []
    for passage in passages:
        words = text[passage.start : passage.end]
        headings = dict.fromkeys(h for run in passage.runs for h in run.headings)
        columns = dict.fromkeys(c for run in passage.runs for c in run.columns)
        long_forms = [long for short, long in abbreviations if short in words and long not in words]
        flat = "\n".join((*headings, words, *columns, *long_forms))
        parts = (head if passage.start else "", indexed(flat), subjects)
        terms = dict.fromkeys((*common, *finder.find(words)))
        made.append(Entry("\n".join(part for part in parts if part), tuple(terms)))
    return tuple(made)
