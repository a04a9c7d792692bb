"""PubMed's XML: the yearly and daily files, efetch answers, the old Medline sets and books.

Abstracts belong to their publishers, so no licence is given; CopyrightInformation is no text of
the article. Left out on purpose: reference lists, affiliations, grants, investigators and the
tables of contents of books, whose text PubMed does not hold.
"""

from collections.abc import Iterator
from typing import Final

from lxml.etree import _Element

from probatum.evidence.document import Block, Deletion, Document, Item, Skipped
from probatum.evidence.source import Depth
from probatum.sources.file import SourceFile
from probatum.sources.pubmed.fields import (
    ORIGINAL_TITLE,
    Fields,
    Table,
    abstract,
    authors,
    correction,
    data_bank,
    day,
    gather,
    into,
    issue_date,
    location_id,
    mesh_headings,
    onto,
    other_abstract,
    other_id,
    pmid,
)
from probatum.sources.pubmed.languages import language_of
from probatum.sources.works.dates import published
from probatum.sources.works.ids import identifiers_of, source_id
from probatum.sources.works.publication_types import RETRACTED, source_type
from probatum.sources.xml.records import records
from probatum.sources.xml.root import root_name

FORMAT: Final = "pubmed"
_RECORDS: Final = (
    "PubmedArticle",
    "PubmedBookArticle",
    "BookDocument",
    "DeleteCitation",
    "DeleteDocument",
)
_OLD_RECORDS: Final = ("MedlineCitation", "DeleteCitation")
_ROOTS: Final = frozenset(
    {"PubmedArticleSet", "PubmedBookArticleSet", "BookDocumentSet", "MedlineCitationSet"}
)
_ALONE: Final = frozenset({"PubmedArticle", "PubmedBookArticle", "MedlineCitation"})

_TYPES: Final[Table] = {"PublicationType": onto("types")}
_IDS: Final[Table] = {"ArticleId": location_id}
_KEYWORDS: Final[Table] = {"Keyword": onto("concepts")}
_ABSTRACTS: Final[Table] = {"Abstract": abstract, "OtherAbstract": other_abstract}
_NAMED: Final[Table] = {
    "ArticleTitle": into("title"),
    "VernacularTitle": into("vernacular"),
    "Language": into("language"),
    "AuthorList": authors,
    "ELocationID": location_id,
}
_CITATION: Final[Table] = {
    **_ABSTRACTS,
    "PMID": pmid,
    "DateRevised": day("revised"),
    "DateCompleted": day("completed"),
    "DateCreated": day("completed"),
    "Article": {
        **_NAMED,
        **_ABSTRACTS,
        "Journal": {
            "JournalIssue": {"PubDate": issue_date},
            "Title": into("journal"),
            "ISOAbbreviation": into("journal"),
        },
        "PublicationTypeList": _TYPES,
        "ArticleDate": day("online"),
        "DataBankList": {"DataBank": data_bank},
    },
    "MedlineJournalInfo": {"MedlineTA": into("journal")},
    "MeshHeadingList": mesh_headings,
    "KeywordList": _KEYWORDS,
    "ChemicalList": {"Chemical": {"NameOfSubstance": onto("concepts")}},
    "SupplMeshList": {"SupplMeshName": onto("concepts")},
    "GeneSymbolList": {"GeneSymbol": onto("concepts")},
    "OtherID": other_id,
    "CommentsCorrectionsList": {"CommentsCorrections": correction},
    "CommentsCorrections": correction,
}
_BOOK_DOCUMENT: Final[Table] = {
    **_NAMED,
    **_ABSTRACTS,
    **_TYPES,
    "PMID": pmid,
    "ArticleIdList": _IDS,
    "KeywordList": _KEYWORDS,
    "DateRevised": day("revised"),
    "ContributionDate": day("issue"),
    "Book": {
        "Publisher": {"PublisherName": into("publisher")},
        "BookTitle": into("book"),
        "PubDate": issue_date,
        "AuthorList": authors,
        "ELocationID": location_id,
    },
}
_RECORD: Final[Table] = {
    "MedlineCitation": _CITATION,
    "BookDocument": _BOOK_DOCUMENT,
    "PubmedData": {"ArticleIdList": _IDS},
    "PubmedBookData": {"ArticleIdList": _IDS},
}
_TABLES: Final[dict[str, Table]] = {
    "PubmedArticle": _RECORD,
    "PubmedBookArticle": _RECORD,
    "MedlineCitation": _CITATION,
    "BookDocument": _BOOK_DOCUMENT,
}


def recognise(name: str, head: bytes) -> bool:
    """Whether the root is one of PubMed's sets or a single record of one."""
    return root_name(head) in _ROOTS | _ALONE


def read(file: SourceFile) -> Iterator[Item]:
    """Each article in the file's order, and each deletion."""
    old = root_name(file.head()) in ("MedlineCitationSet", "MedlineCitation")
    tags = _OLD_RECORDS if old else _RECORDS
    number = 0
    for record in records(file, tags, "it is a PubMed file without any article"):
        if isinstance(record, Skipped):
            yield record
            continue
        number += 1
        table = _TABLES.get(record.tag)
        if table is None:
            yield from _deletions(record)
            continue
        fields = Fields()
        gather(fields, record, table)
        document = _document(fields)
        yield document or Skipped(
            f"article {number}, line {record.sourceline}", "it has neither a PMID nor a DOI"
        )


def _deletions(record: _Element) -> Iterator[Item]:
    for element in record:
        number = (element.text or "").strip()
        if element.tag == "PMID" and number.isdecimal():
            yield Deletion(f"pmid:{number}")
        else:
            yield Skipped(f"line {element.sourceline}", "a deletion without a PMID")


def _document(fields: Fields) -> Document | None:
    ids = identifiers_of(fields.pmid, fields.pmcid, fields.doi)
    source = source_id(ids)
    if source is None:
        return None
    title = fields.title or fields.book or fields.vernacular
    relations = tuple(dict.fromkeys(fields.relations))
    date, year = published(fields.issue, fields.year, fields.online)
    types = fields.types
    return Document(
        source=source,
        title=title,
        type=source_type(types, title, fields.headings),
        depth=Depth.ABSTRACT,
        blocks=_blocks(fields, title),
        format=FORMAT,
        version=_version(fields),
        label=f"version {fields.pmid_version}" if fields.pmid_version not in ("", "1") else None,
        date=date,
        year=year,
        body=fields.publisher or None,
        container=fields.journal or (fields.book if fields.book != title else None) or None,
        authors=tuple(fields.authors),
        identifiers=ids,
        subjects=tuple(
            dict.fromkeys(
                fields.mesh + [each for each in fields.concepts if each not in fields.headings]
            )
        ),
        publication_types=tuple(types),
        relations=relations,
        language=language_of(fields.language),
        retracted=RETRACTED in types or any(each.kind == "retracted_by" for each in relations),
    )


def _blocks(fields: Fields, title: str) -> tuple[Block, ...]:
    original = fields.vernacular
    if original and original != title:
        fields.other_abstracts.insert(0, Block(original, "paragraph", (ORIGINAL_TITLE,)))
    return (*fields.abstract, *fields.other_abstracts)


def _version(fields: Fields) -> str | None:
    """The day of the last revision. A second version of the article itself (PMID Version="2")
    sorts after every revision of the first."""
    revised = fields.revised or fields.completed
    written = revised.isoformat() if revised else ""
    if fields.pmid_version.isdecimal() and fields.pmid_version != "1":
        written = f"v{int(fields.pmid_version[:4]):02d} {written}".rstrip()
    return written or None
