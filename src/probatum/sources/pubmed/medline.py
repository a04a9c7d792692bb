"""MEDLINE's tagged text, as PubMed saves it (.nbib, .txt): a four-letter field and "- " a line.

Lines that start with spaces go on with the field before. The format declares no encoding: UTF-8,
UTF-16 with a byte order mark, else Windows-1252 line by line. Structured abstracts are one field
with their labels in capitals, and are parted again where the abstract begins with such a label.
"""

import re
from collections.abc import Iterator
from typing import Final

from probatum.evidence.document import Block, Document, Item, Relation, Skipped
from probatum.evidence.source import Depth
from probatum.sources.binary import why_no_text
from probatum.sources.file import SourceFile
from probatum.sources.layout.lines import lines
from probatum.sources.layout.text import clean
from probatum.sources.limits import UnreadableError
from probatum.sources.pubmed.fields import ORIGINAL_TITLE
from probatum.sources.pubmed.languages import abstract_heading, language_of
from probatum.sources.works.citation_links import ref_type, ties
from probatum.sources.works.dates import day_in, published, year_in
from probatum.sources.works.ids import identifiers_of, source_id
from probatum.sources.works.publication_types import RETRACTED, source_type
from probatum.sources.xml.root import start_of_text

FORMAT: Final = "medline"
# Bytes of one line (some exports put a whole abstract on one) and lines of one record.
_LONGEST: Final = 1_000_000
_MOST_LINES: Final = 200_000

_START: Final = re.compile(r"\s*PMID- ?\d+\s*(?:\n|$)")
_FIELD: Final = re.compile(r"([A-Z][A-Z0-9]{1,3}) {0,2}- ?(.*)")
_LABEL: Final = re.compile(r"(?:^|(?<=[.?!)\]%;] ))([A-Z][A-Z ,/&()'-]{3,60}): ")
_PMID: Final = re.compile(r"PMID: (\d+)")
_NCT: Final = re.compile(r"ClinicalTrials\.gov/(NCT\d{8})", re.IGNORECASE)
_KIND: Final = re.compile(r"(.*?)\s*\[(\w+)\]")

Fields = dict[str, list[str]]


def recognise(name: str, head: bytes) -> bool:
    """Whether the text begins with a PMID field."""
    return _START.match(start_of_text(head)) is not None


def read(file: SourceFile) -> Iterator[Item]:
    """Each record in the file's order; one that breaks off with the file is not taken."""
    if reason := why_no_text(file.head()):
        raise UnreadableError(reason)
    count = 0
    try:
        for item in _records(file):
            count += isinstance(item, Document)
            yield item
    except UnreadableError as error:
        raise UnreadableError(f"{error}, after {count} complete records") from error
    if not count:
        raise UnreadableError("it holds no record in MEDLINE's tagged text")


def _records(file: SourceFile) -> Iterator[Item]:
    fields: Fields = {}
    last: list[str] | None = None
    started, size, told = 1, 0, False
    for number, line in lines(file, _LONGEST):
        if line is None or size > _MOST_LINES:
            raise UnreadableError(f"it is no longer tagged text at line {number}")
        found = _FIELD.match(line)
        if found and found[1] == "PMID" and fields:
            yield _document(fields, started)
            fields, started, size = {}, number, 0
        if found:
            started = number if not fields else started
            last = fields.setdefault(found[1], [])
            last.append(found[2])
        elif line[:1].isspace() and line.strip() and last is not None:
            last.append("\n" + line.strip())
        elif line.strip() and not told:
            told = True
            yield Skipped(f"line {number}", "it is no field of MEDLINE's tagged text")
        size += 1
    if fields:
        yield _document(fields, started)


def _values(lines_of_field: list[str]) -> list[str]:
    """The field's values; a line that goes on with the one before starts with a line break."""
    values: list[list[str]] = []
    for line in lines_of_field:
        if line.startswith("\n") and values:
            values[-1].append(line[1:])
        else:
            values.append([line])
    return [text for value in values if (text := clean(" ".join(value)))]


def _document(raw: Fields, line: int) -> Document | Skipped:
    fields = {tag: values for tag, found in raw.items() if (values := _values(found))}

    def first(*tags: str) -> str:
        return next((fields[tag][0] for tag in tags if tag in fields), "")

    doi = next((value for tag in ("AID", "LID") for value in _named(fields.get(tag), "doi")), "")
    ids = identifiers_of(first("PMID"), first("PMC"), doi)
    source = source_id(ids)
    if source is None:
        return Skipped(f"line {line}", "the record has neither a PMID nor a DOI")
    title = first("TI", "BTI", "CTI", "TT")
    headings = [value.split("/")[0].replace("*", "") for value in fields.get("MH", ())]
    issued = first("DP", "DRDT", "CTDT")
    date, year = published(day_in(issued), year_in(issued), day_in(first("DEP")))
    revised = day_in(first("LR", "DCOM", "DA"))
    types = fields.get("PT", [])
    relations = _relations(fields)
    return Document(
        source=source,
        title=title,
        type=source_type(types, title, headings),
        depth=Depth.ABSTRACT,
        blocks=_blocks(fields, title),
        format=FORMAT,
        version=revised.isoformat() if revised else None,
        date=date,
        year=year,
        body=first("PB") or None,
        container=first("JT", "TA") or (first("BTI") if title != first("BTI") else "") or None,
        authors=tuple(fields.get("AU", []) + fields.get("CN", [])),
        identifiers=ids,
        subjects=_subjects(fields, headings),
        publication_types=tuple(types),
        relations=relations,
        language=language_of(first("LA")),
        retracted=RETRACTED in types or any(each.kind == "retracted_by" for each in relations),
    )


def _named(values: list[str] | None, kind: str) -> Iterator[str]:
    """The values of "10.1186/1471-2105-7-10 [doi]" fields of one kind."""
    for value in values or ():
        found = _KIND.fullmatch(value)
        if found and found[2] == kind:
            yield found[1]


def _subjects(fields: Fields, headings: list[str]) -> tuple[str, ...]:
    mesh = [value.replace("*", "") for value in fields.get("MH", ())]
    named = [re.sub(r"^\S+ \((.*)\)$", r"\1", value) for value in fields.get("RN", ())]
    others = [
        value.lstrip("*") for tag in ("NM", "GS", "OT", "KW") for value in fields.get(tag, ())
    ]
    return tuple(dict.fromkeys(mesh + [each for each in named + others if each not in headings]))


def _blocks(fields: Fields, title: str) -> tuple[Block, ...]:
    blocks = [block for text in fields.get("AB", ()) for block in _parted(text, ())]
    for original in fields.get("TT", ()):
        if original != title:
            blocks.append(Block(original, "paragraph", (ORIGINAL_TITLE,)))
    languages = fields.get("OABL", [])
    for place, text in enumerate(fields.get("OAB", ())):
        heading = abstract_heading(languages[place] if place < len(languages) else "")
        # "Publisher: Abstract available from the publisher." stands where no text is held.
        if "available from the publisher" not in text[:80]:
            blocks.extend(_parted(text, (heading,)))
    return tuple(blocks)


def _parted(text: str, path: tuple[str, ...]) -> Iterator[Block]:
    """The sections of an abstract; one that does not begin with a label has none."""
    if not _LABEL.match(text):
        yield Block(text, "paragraph", path)
        return
    _, *parts = _LABEL.split(text)
    for label, part in zip(parts[::2], parts[1::2], strict=True):
        if part := part.strip():
            yield Block(part, "paragraph", (*path, label))
        else:
            yield Block(label, "heading", path)


def _relations(fields: Fields) -> tuple[Relation, ...]:
    found: list[Relation] = []
    for value in fields.get("SI", ()):
        if nct := _NCT.match(value):
            found.append(Relation("reports", f"nct:{nct[1].upper()}"))
    for tag, values in fields.items():
        if kind := ref_type(tag):
            for value in values:
                pmid = _PMID.search(value)
                citation = _PMID.sub("", value) if pmid else value
                found.extend(ties(kind, pmid[1] if pmid else "", citation))
    return tuple(dict.fromkeys(found))
