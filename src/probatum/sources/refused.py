"""What a file is that is not read, in a sentence: better than "unknown" for who has to act on it.

Asked after every parser that knows its format by a sign, and before plain text. Each reason goes
on from the file's name ("x.docx: it is a Word document; ...").
"""

import re
from typing import Final

from probatum.sources.binary import WITHOUT_MARK, why_no_text
from probatum.sources.json.start import top_keys
from probatum.sources.xml.root import root_name, start_of_text

_OFFICE: Final = {
    "docx": "it is a Word document; save it as PDF or HTML and add that",
    "odt": "it is a word processor's document; save it as PDF or HTML and add that",
    "xlsx": "it is an Excel workbook: tables without a text that can be quoted",
    "ods": "it is a spreadsheet: tables without a text that can be quoted",
    "pptx": "it is a PowerPoint presentation; save it as PDF and add that",
    "epub": "it is an electronic book (EPUB); save it as HTML or PDF and add that",
}
_IMAGE: Final = "it is an image; text in it would have to be recognised first, for example as PDF"
_PROGRAM: Final = "it is a program"
_SOUND: Final = "it is a sound or film"
_ARCHIVE: Final = "it is a compressed archive; unpack it and add what is inside"
_DATABASE: Final = "it is a database or data file, not a document"

# What a file's first bytes say: where, which bytes, what it is.
_MAGIC: Final[tuple[tuple[int, bytes, str], ...]] = (
    (
        0,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "it is an old Word, Excel or PowerPoint file; save it as PDF or HTML and add that",
    ),
    (0, b"{\\rtf", "it is a rich text (RTF) document; save it as PDF or HTML and add that"),
    (0, b"\x89PNG", _IMAGE),
    (0, b"\xff\xd8\xff", _IMAGE),
    (0, b"GIF8", _IMAGE),
    (0, b"II*\x00", _IMAGE),
    (0, b"MM\x00*", _IMAGE),
    (0, b"BM", _IMAGE),
    (8, b"WEBP", _IMAGE),
    (4, b"ftypheic", _IMAGE),
    (4, b"ftypavif", _IMAGE),
    (128, b"DICM", _IMAGE),
    (0, b"AT&TFORM", _IMAGE),
    (4, b"ftyp", _SOUND),
    (8, b"WAVE", _SOUND),
    (8, b"AVI ", _SOUND),
    (0, b"ID3", _SOUND),
    (0, b"OggS", _SOUND),
    (0, b"fLaC", _SOUND),
    (0, b"\x1aE\xdf\xa3", _SOUND),
    (0, b"MZ", _PROGRAM),
    (0, b"\x7fELF", _PROGRAM),
    (0, b"\xcf\xfa\xed\xfe", _PROGRAM),
    (0, b"\xca\xfe\xba\xbe", _PROGRAM),
    (0, b"#!", _PROGRAM),
    (0, b"7z\xbc\xaf\x27\x1c", _ARCHIVE),
    (0, b"Rar!", _ARCHIVE),
    (0, b"BZh", _ARCHIVE),
    (0, b"\xfd7zXZ", _ARCHIVE),
    (0, b"\x28\xb5\x2f\xfd", _ARCHIVE),
    (0, b"\x1f\x8b", "it is compressed twice; unpack it and add what is inside"),
    (257, b"ustar", _ARCHIVE),
    (0, b"SQLite format 3\x00", _DATABASE),
    (0, b"PAR1", _DATABASE),
    (0, b"\x89HDF", _DATABASE),
    (0, b"%!PS", "it is a PostScript file; save it as PDF and add that"),
)
# Two bytes are little to go by: a text may begin with them, binary data hardly without a zero.
_BINARY_ONLY: Final = (b"BM", b"MZ")

_MESH: Final = "it is a part of the MeSH vocabulary: terms, not documents"
_SEARCH: Final = "it is a PubMed search answer: a list of ids without texts"
_SUMMARY: Final = "it is a summary answer of NCBI: titles without texts; fetch the articles as XML"
_LINKS: Final = "it is a PubMed link answer: ids of related records without texts"
_EUROPE: Final = "it is a Europe PMC search answer; download the articles themselves as XML"
_ROOTS: Final = {
    "DescriptorRecordSet": _MESH,
    "QualifierRecordSet": _MESH,
    "SupplementalRecordSet": _MESH,
    "PharmacologicalActionSet": _MESH,
    "eSearchResult": _SEARCH,
    "eSummaryResult": _SUMMARY,
    "eLinkResult": _LINKS,
    "eInfoResult": "it describes NCBI's databases and holds no document",
    "eSpellResult": "it is a spelling suggestion of PubMed and holds no document",
    "ePostResult": "it is the receipt of an upload to NCBI and holds no document",
    "eFetchResult": "it is an error message of NCBI in place of the record",
    "responseWrapper": _EUROPE,
    "errorBean": "it is an error message of Europe PMC in place of the article",
    "clinical_study": "it is a trial record in the old XML of ClinicalTrials.gov; "
    "download it as JSON",
    "ClinicalDocument": "it is a patient's clinical document (CDA), not a publication",
    "Bundle": "it is FHIR in XML; only FHIR in JSON is read",
    "svg": _IMAGE,
    "rss": "it is a news feed: headlines without the texts",
    "feed": "it is a news feed: headlines without the texts",
    "RDF": "it is RDF data, not a document",
}

_CARD: Final = "it is part of a CDS Hooks exchange (cards or actions), not a publication"
# The keys that a JSON document has at its top, all of them, and what it then is.
_KEYS: Final[tuple[tuple[frozenset[str], str], ...]] = tuple(
    (frozenset(keys.split()), reason)
    for keys, reason in (
        ("esearchresult", _SEARCH),
        ("linksets", _LINKS),
        ("einforesult", "it describes NCBI's databases and holds no document"),
        ("resultList", _EUROPE),
        ("hookInstance", "it is a CDS Hooks request about a patient, not a publication"),
        ("hook context", "it is a CDS Hooks request about a patient, not a publication"),
        ("cards", _CARD),
        ("systemActions", _CARD),
        ("summary indicator", _CARD),
        ("summary source", _CARD),
        ("type resource description", _CARD),
        ("overrideReasons", _CARD),
        ("label url icon", _CARD),
        ("source", _CARD),
        ("feedback", "it is feedback on CDS Hooks cards, not a publication"),
        ("services", "it is a list of CDS Hooks services, not a publication"),
        ("prefetch", "it is part of a CDS Hooks request about a patient, not a publication"),
        ("context", "it is part of a CDS Hooks request about a patient, not a publication"),
        ("iss aud", "it is a token for signing in, not a document"),
        ("kty", "it is a cryptographic key and should not be passed on"),
        ("keys", "it is a list of cryptographic keys, not a document"),
        ("$schema", "it is a JSON schema: a form without content"),
        ("_doc", "it is the field mapping of a search engine, not a document"),
        ("error", "it is an error message in place of a document"),
        ("result", _SUMMARY),
    )
)
# Keys that decide only where the object has no other.
_ALONE: Final = frozenset({"source", "context", "keys", "error"})

_BIBTEX: Final = re.compile(r"\s*(?:%[^\n]*\n\s*)*@(?:[A-Za-z]+)\s*\{")
_RIS: Final = re.compile(r"\s*TY {1,2}- ?[A-Z]+\s*\n")
_ENDNOTE: Final = re.compile(r"\s*%0 [A-Z][a-z]+")
_REFERENCES: Final = "references without texts; save them from PubMed as XML or in PubMed format"
_TABLE: Final = "it is a table of values, not a document"
_BY_NAME: Final = {
    **dict.fromkeys(("csv", "tsv", "tab"), _TABLE),
    **dict.fromkeys(("yaml", "yml", "toml", "ini"), "it holds settings or test data"),
    **dict.fromkeys(("py", "js", "ts", "css", "java", "c", "cql", "sh", "sql"), _PROGRAM),
}


def recognise(name: str, head: bytes) -> str | None:
    """Why a file of this name and these first bytes is not read; None if that is not known."""
    if not head.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        return "it is empty"
    ending = name.lower().removesuffix(".gz").rpartition(".")[2]
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _zipped(ending, head)
    for at, mark, reason in _MAGIC:
        if head.startswith(mark, at) and (mark not in _BINARY_ONLY or b"\x00" in head):
            return reason
    if why_no_text(head) == WITHOUT_MARK:
        return WITHOUT_MARK
    text = start_of_text(head)
    if (root := root_name(head)) is not None:
        return _ROOTS.get(root)
    if keys := top_keys(text.lstrip()):
        return _json(keys, text)
    return _text(text) or _BY_NAME.get(ending) or (_TABLE if _is_table(text) else None)


def _zipped(ending: str, head: bytes) -> str:
    if ending in _OFFICE:
        return _OFFICE[ending]
    for mark, kind in ((b"word/", "docx"), (b"xl/", "xlsx"), (b"ppt/", "pptx")):
        if b"[Content_Types].xml" in head and mark in head:
            return _OFFICE[kind]
    if b"application/epub+zip" in head:
        return _OFFICE["epub"]
    return "it is a zip archive inside another or a damaged one; unpack it and add what is inside"


def _json(keys: dict[str, str], text: str) -> str | None:
    if "resourceType" in keys:
        return None
    found = frozenset(keys)
    for wanted, reason in _KEYS:
        if not wanted <= found or (wanted & _ALONE and not found <= wanted | {"extension"}):
            continue
        if reason is _SUMMARY and '"uids"' not in text:
            continue
        return reason
    if {"query_id", "text"} <= found or ("_id" in found and "text" in found):
        return "it is a list of questions for measuring retrieval, not of documents"
    return None


def _text(text: str) -> str | None:
    if text.startswith("version https://git-lfs"):
        return "it only points to a file that was not downloaded (Git LFS)"
    if _BIBTEX.match(text):
        return f"it is a BibTeX bibliography: {_REFERENCES}"
    if _RIS.match(text):
        return f"it is a RIS bibliography: {_REFERENCES}"
    return f"it is an EndNote bibliography: {_REFERENCES}" if _ENDNOTE.match(text) else None


def _is_table(text: str) -> bool:
    """Whether its first lines are cut into equally many cells by tabs, bars or semicolons."""
    first = [line for line in text.splitlines()[:-1][:6] if line.strip()]
    for mark in "\t|;":
        cells = {line.count(mark) for line in first}
        if len(first) > 1 and len(cells) == 1 and min(cells) > 0:
            return mark == "\t" or not any(re.search(r"^\s*\|?[-: |]+\|?\s*$", x) for x in first)
    return False
