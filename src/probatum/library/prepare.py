"""From a document to the rows that the catalogue and the index take: pure, and in any process."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from probatum.evidence.document import Document, Skipped
from probatum.library.analysis import BREAK, analysis
from probatum.library.passage_row import detail_of
from probatum.sources.limits import UnreadableError
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
    """One document, ready; UnreadableError for one that is too large."""
    return _prepared([(number, document, *lay_out(document))], finder)[0]


def prepare_all(
    documents: Iterable[tuple[int, Document]], finder: TermFinder
) -> tuple[list[Prepared], list[Skipped]]:
    """Documents with their numbers, ready; one that is too large costs itself, not the others.

    Each step is taken for all of them before the next one: every step has tables of its own (stems,
    names, patterns), and a processor that goes from one to the other with each document spends a
    third of the time on fetching them again.
    """
    laid, skipped = [], []
    for number, document in documents:
        try:
            laid.append((number, document, *lay_out(document)))
        except UnreadableError as error:
            skipped.append(Skipped(document.source, str(error)))
        except Exception as error:
            skipped.append(_fault(document, error))
    try:
        return _prepared(laid, finder), skipped
    except Exception:
        made = []
        for each in laid:
            try:
                made += _prepared([each], finder)
            except Exception as error:
                skipped.append(_fault(each[1], error))
        return made, skipped


def _fault(document: Document, error: Exception) -> Skipped:
    """A fault of ours in one document must not stop the others."""
    if isinstance(error, MemoryError):
        return Skipped(document.source, "reading it takes more memory than there is")
    reason = f"a fault in the program ({type(error).__name__}: {str(error)[:120]})"
    return Skipped(document.source, reason)


def _prepared(
    laid: Sequence[tuple[int, Document, str, tuple[Passage, ...]]], finder: TermFinder
) -> list[Prepared]:
    """Find sentences, abbreviations and terms, and describe each document in JSON."""
    abbreviations = [abbreviations_of(text) for _, _, text, _ in laid]
    terms = [
        _terms_of(text, passages, document.title, _about(document), finder)
        for _, document, text, passages in laid
    ]
    words = [
        _words_of(text, passages, document.title, _about(document), defined)
        for (_, document, text, passages), defined in zip(laid, abbreviations, strict=True)
    ]
    made = []
    for (number, document, text, passages), defined, found, indexed in zip(
        laid, abbreviations, terms, words, strict=True
    ):
        detail = json.dumps(_detail(document, defined), ensure_ascii=False, sort_keys=True)
        rows = tuple((p.start, p.end, detail_of(p)) for p in passages)
        made.append(
            Prepared(
                number=number,
                source=document.source,
                digest=_digest(document, detail, text, rows),
                # What the detail has need not go from process to process twice.
                document=replace(
                    document,
                    blocks=(),
                    authors=(),
                    subjects=(),
                    conditions=(),
                    publication_types=(),
                ),
                detail=detail,
                text=text,
                passages=rows,
                entries=tuple(map(Entry, indexed, found)),
                abbreviations=defined,
            )
        )
    return made


def _about(document: Document) -> tuple[str, ...]:
    return (*document.subjects, *document.conditions)


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
    """The index entries of a document's passages; `about` are its index terms, in words."""
    words = _words_of(text, passages, title, about, abbreviations)
    return tuple(map(Entry, words, _terms_of(text, passages, title, about, finder)))


def _words_of(
    text: str,
    passages: Sequence[Passage],
    title: str,
    about: Sequence[str],
    abbreviations: Sequence[tuple[str, str]],
) -> list[str]:
    """The index terms of each passage, with the title, its headings and what the work is about.

    A short form that the work defines elsewhere brings its long form along, so that a passage is
    found by the words that it stands for.
    """
    indexed = analysis().text
    head, subjects = indexed(title), BREAK.join(filter(None, map(_indexed, about)))
    made = []
    for passage in passages:
        words = text[passage.start : passage.end]
        headings = dict.fromkeys(h for run in passage.runs for h in run.headings)
        columns = dict.fromkeys(c for run in passage.runs for c in run.columns)
        long_forms = [long for short, long in abbreviations if short in words and long not in words]
        flat = "\n".join((*headings, words, *columns, *long_forms))
        parts = (head if passage.start else "", indexed(flat), subjects)
        made.append("\n".join(part for part in parts if part))
    return made


# Index terms come from lists of some ten thousand headings and stand in every abstract.
@lru_cache(maxsize=50_000)
def _indexed(heading: str) -> str:
    return analysis().text(heading)


def _terms_of(
    text: str,
    passages: Sequence[Passage],
    title: str,
    about: Sequence[str],
    finder: TermFinder,
) -> list[tuple[str, ...]]:
    """The vocabulary's terms of each passage; those of the title and of `about` hold for all."""
    common = dict.fromkeys(finder.find(title))
    for heading in about:
        common.update(dict.fromkeys(_found(finder, heading)))
    return [
        tuple(dict.fromkeys((*common, *finder.find(text[passage.start : passage.end]))))
        for passage in passages
    ]


@lru_cache(maxsize=50_000)
def _found(finder: TermFinder, heading: str) -> tuple[str, ...]:
    return finder.find(heading)
