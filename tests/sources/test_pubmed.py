"""PubMed XML: every article with its words as they stand, and nothing lost without a sentence."""

import datetime
import gzip
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.evidence.document import Block, Deletion, Document, Item, Relation, Skipped
from probatum.evidence.source import Depth, Identifiers, SourceType
from probatum.sources.file import SourceFile
from probatum.sources.layout.text import clean
from probatum.sources.limits import UnreadableError
from probatum.sources.pubmed import reader as pubmed

HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" '
    '"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">\n'
)

FULL = """
<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM">
 <PMID Version="1">90000001</PMID>
 <DateCompleted><Year>2020</Year><Month>01</Month><Day>02</Day></DateCompleted>
 <DateRevised><Year>2021</Year><Month>03</Month><Day>04</Day></DateRevised>
 <Article PubModel="Print-Electronic">
  <Journal><ISSN>1234-5678</ISSN><JournalIssue CitedMedium="Internet"><Volume>3</Volume>
   <PubDate><Year>2019</Year><Month>Jul</Month><Day>12</Day></PubDate></JournalIssue>
   <Title>Journal of Invented Oncology</Title><ISOAbbreviation>J Inv Oncol</ISOAbbreviation>
  </Journal>
  <ArticleTitle>Examplumab in <i>invented</i> melanoma: 10<sup>6</sup> cells.</ArticleTitle>
  <ELocationID EIdType="pii" ValidYN="Y">S1</ELocationID>
  <ELocationID EIdType="doi" ValidYN="Y">10.9999/inv.1</ELocationID>
  <Abstract>
   <AbstractText Label="AIM" NlmCategory="OBJECTIVE">To test &lt;examplumab&gt;.</AbstractText>
   <AbstractText Label="RESULTS" NlmCategory="RESULTS">HR 0.45; dose 75 mg/m<sup>2</sup>,
     CO<sub>2</sub> stable.</AbstractText>
   <AbstractText NlmCategory="CONCLUSIONS">It   works.</AbstractText>
   <AbstractText Label="UNLABELLED">Funded by nobody.</AbstractText>
   <AbstractText/>
   <CopyrightInformation>Copyright 2019 Nobody.</CopyrightInformation>
  </Abstract>
  <AuthorList CompleteYN="Y">
   <Author ValidYN="Y"><LastName>Müller</LastName><ForeName>Ada B</ForeName>
    <Initials>AB</Initials><Suffix>Jr</Suffix>
    <AffiliationInfo><Affiliation>Nowhere</Affiliation></AffiliationInfo></Author>
   <Author ValidYN="N"><LastName>Muller</LastName><Initials>AB</Initials></Author>
   <Author ValidYN="Y"><LastName>Plato</LastName></Author>
   <Author ValidYN="Y"><CollectiveName>INVENT Study Group</CollectiveName></Author>
  </AuthorList>
  <Language>fre</Language>
  <DataBankList><DataBank><DataBankName>ClinicalTrials.gov</DataBankName><AccessionNumberList>
   <AccessionNumber>NCT00000001</AccessionNumber></AccessionNumberList></DataBank></DataBankList>
  <PublicationTypeList>
   <PublicationType UI="D016428">Journal Article</PublicationType>
   <PublicationType UI="D016449">Randomized Controlled Trial</PublicationType>
   <PublicationType UI="D016441">Retracted Publication</PublicationType></PublicationTypeList>
  <VernacularTitle>L'examplumab.</VernacularTitle>
  <ArticleDate DateType="Electronic"><Year>2018</Year><Month>12</Month><Day>30</Day></ArticleDate>
 </Article>
 <MedlineJournalInfo><MedlineTA>J Inv Oncol</MedlineTA></MedlineJournalInfo>
 <ChemicalList><Chemical><RegistryNumber>0</RegistryNumber>
  <NameOfSubstance UI="C1">examplumab</NameOfSubstance></Chemical>
  <Chemical><NameOfSubstance UI="D1">Antibodies</NameOfSubstance></Chemical></ChemicalList>
 <SupplMeshList><SupplMeshName Type="Disease">Invented syndrome</SupplMeshName></SupplMeshList>
 <CommentsCorrectionsList>
  <CommentsCorrections RefType="Cites"><PMID>1</PMID></CommentsCorrections>
  <CommentsCorrections RefType="RetractionIn"><RefSource>J Inv Oncol. 2020;4:1</RefSource>
   <PMID Version="1">90000002</PMID></CommentsCorrections>
  <CommentsCorrections RefType="ErratumIn"><RefSource>J Inv Oncol. 2020;4:2</RefSource>
   <Note>dosage error</Note></CommentsCorrections>
 </CommentsCorrectionsList>
 <MeshHeadingList>
  <MeshHeading><DescriptorName UI="D8545">Melanoma</DescriptorName>
   <QualifierName>drug therapy</QualifierName><QualifierName>genetics</QualifierName></MeshHeading>
  <MeshHeading><DescriptorName>Antibodies</DescriptorName></MeshHeading></MeshHeadingList>
 <KeywordList Owner="NOTNLM"><Keyword>invention</Keyword></KeywordList>
 <OtherAbstract Type="Publisher" Language="fre"><AbstractText Label="BUT">Essayer.</AbstractText>
 </OtherAbstract>
 <OtherAbstract Type="plain-language-summary" Language="eng"><AbstractText>Simple.</AbstractText>
 </OtherAbstract>
</MedlineCitation><PubmedData>
 <ArticleIdList><ArticleId IdType="pubmed">90000001</ArticleId>
  <ArticleId IdType="pmc">PMC77</ArticleId></ArticleIdList>
 <ReferenceList><Reference><ArticleIdList><ArticleId IdType="doi">10.1/other</ArticleId>
  </ArticleIdList></Reference></ReferenceList>
</PubmedData></PubmedArticle>
"""


def file_of(*records: str, root: str = "PubmedArticleSet") -> SourceFile:
    text = f"{HEAD}<{root}>{''.join(records)}</{root}>"
    return SourceFile("a.xml", content=text.encode())


def article(pmid: int, inside: str = "", citation: str = "") -> str:
    return (
        f"<PubmedArticle><MedlineCitation><PMID>{pmid}</PMID><Article>{inside}</Article>"
        f"{citation}</MedlineCitation></PubmedArticle>\n"
    )


def one(inside: str = "", citation: str = "") -> Document:
    (item,) = pubmed.read(file_of(article(1, inside, citation)))
    assert isinstance(item, Document)
    return item


def until_broken(file: SourceFile) -> tuple[list[Item], str]:
    """What came before the error, and the error."""
    items: list[Item] = []
    with pytest.raises(UnreadableError) as caught:
        items.extend(pubmed.read(file))
    return items, str(caught.value)


def test_an_article_is_read_with_all_that_is_known_of_it() -> None:
    assert list(pubmed.read(file_of(FULL))) == [
        Document(
            source="pmid:90000001",
            title="Examplumab in invented melanoma: 10⁶ cells.",
            type=SourceType.RANDOMIZED_TRIAL,
            depth=Depth.ABSTRACT,
            blocks=(
                Block("To test <examplumab>.", headings=("AIM",), code="OBJECTIVE"),
                Block("HR 0.45; dose 75 mg/m², CO2 stable.", headings=("RESULTS",), code="RESULTS"),
                Block("It works.", headings=("CONCLUSIONS",), code="CONCLUSIONS"),
                Block("Funded by nobody."),
                Block("L'examplumab.", headings=("Title in the original language",)),
                Block("Essayer.", headings=("Other abstract (French)", "BUT")),
                Block("Simple.", headings=("Plain-language summary (English)",)),
            ),
            format="pubmed",
            version="2021-03-04",
            date=datetime.date(2019, 7, 12),
            year=2019,
            container="Journal of Invented Oncology",
            authors=("Müller AB Jr", "Plato", "INVENT Study Group"),
            identifiers=Identifiers(pmid="90000001", pmcid="PMC77", doi="10.9999/inv.1"),
            subjects=(
                "Melanoma/drug therapy/genetics",
                "Antibodies",
                "examplumab",
                "Invented syndrome",
                "invention",
            ),
            publication_types=(
                "Journal Article",
                "Randomized Controlled Trial",
                "Retracted Publication",
            ),
            relations=(
                Relation("reports", "nct:NCT00000001"),
                Relation("retracted_by", "pmid:90000002", "J Inv Oncol. 2020;4:1"),
                Relation(
                    "corrected_by",
                    "citation:J Inv Oncol. 2020;4:2",
                    "J Inv Oncol. 2020;4:2; dosage error",
                ),
            ),
            language="fr",
            retracted=True,
        )
    ]


def test_an_article_without_an_abstract_is_still_a_document() -> None:
    document = one("<ArticleTitle>Only a title.</ArticleTitle>")
    assert (document.title, document.blocks) == ("Only a title.", ())


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ("<MedlineDate>1998 Dec-1999 Jan</MedlineDate>", (None, 1998)),
        ("<Year>2012</Year><Season>Winter</Season>", (None, 2012)),
        ("<Year>2012</Year><Month>02</Month><Day>31</Day>", (None, 2012)),
        (
            "<Year>2012</Year><Month>02</Month><Day>03</Day>",
            (datetime.date(2012, 2, 3), 2012),
        ),
    ],
)
def test_a_date_is_given_only_where_the_day_is_known(
    dates: str, expected: tuple[datetime.date | None, int]
) -> None:
    inside = f"<Journal><JournalIssue><PubDate>{dates}</PubDate></JournalIssue></Journal>"
    document = one(inside)
    assert (document.date, document.year) == expected


def test_the_online_day_stands_in_for_an_issue_of_the_same_year_only() -> None:
    issue = "<Journal><JournalIssue><PubDate><Year>2012</Year></PubDate></JournalIssue></Journal>"
    online = "<ArticleDate><Year>{}</Year><Month>6</Month><Day>4</Day></ArticleDate>"
    same, other = one(issue + online.format(2012)), one(issue + online.format(2011))
    assert (same.date, same.year) == (datetime.date(2012, 6, 4), 2012)
    assert (other.date, other.year) == (None, 2012)


@pytest.mark.parametrize(
    ("types", "title", "expected"),
    [
        ("Practice Guideline;Systematic Review", "", SourceType.GUIDELINE),
        ("Randomized Controlled Trial;Meta-Analysis", "", SourceType.SYSTEMATIC_REVIEW),
        ("Letter;Randomized Controlled Trial", "", SourceType.RANDOMIZED_TRIAL),
        (
            "Clinical Trial Protocol;Randomized Controlled Trial",
            "",
            SourceType.OTHER,
        ),
        ("Clinical Trial, Phase II", "A phase 2 trial.", SourceType.SINGLE_ARM_TRIAL),
        ("Clinical Trial, Phase II", "A randomised phase 2 trial.", SourceType.RANDOMIZED_TRIAL),
        ("Clinical Trial, Phase II", "A non-randomized trial.", SourceType.SINGLE_ARM_TRIAL),
        ("Clinical Trial, Phase III", "", SourceType.OTHER),
        ("Observational Study", "", SourceType.OBSERVATIONAL),
        ("Case Reports;Review", "", SourceType.CASE_REPORT),
        ("Review;Journal Article", "", SourceType.NARRATIVE_REVIEW),
        ("Published Erratum;Randomized Controlled Trial", "", SourceType.OTHER),
        ("Journal Article", "", SourceType.OTHER),
    ],
)
def test_the_publication_types_decide_what_kind_of_work_it_is(
    types: str, title: str, expected: SourceType
) -> None:
    listed = "".join(f"<PublicationType>{each}</PublicationType>" for each in types.split(";"))
    inside = (
        f"<ArticleTitle>{title}</ArticleTitle><PublicationTypeList>{listed}</PublicationTypeList>"
    )
    assert one(inside).type is expected


def test_an_indexed_design_decides_where_no_type_does() -> None:
    mesh = "<MeshHeading><DescriptorName>Retrospective Studies</DescriptorName></MeshHeading>"
    document = one(citation=f"<MeshHeadingList>{mesh}</MeshHeadingList>")
    assert document.type is SourceType.OBSERVATIONAL


def test_each_kind_of_tie_becomes_its_relation() -> None:
    expected = {
        "RetractionOf": ["retracts"],
        "ErratumFor": ["corrects"],
        "UpdateIn": ["updated_by"],
        "UpdateOf": ["updates"],
        "CommentIn": ["commented_on_by"],
        "CommentOn": ["comments_on"],
        "ExpressionOfConcernIn": ["concern_raised_by"],
        "ExpressionOfConcernFor": ["concerns"],
        "RepublishedIn": ["republished_by"],
        "RepublishedFrom": ["republishes"],
        "CorrectedandRepublishedIn": ["corrected_by", "republished_by"],
        "CorrectedandRepublishedFrom": ["corrects", "republishes"],
        "Cites": [],
    }
    for kind, kinds in expected.items():
        entry = f'<CommentsCorrections RefType="{kind}"><PMID>2</PMID></CommentsCorrections>'
        listed = f"<CommentsCorrectionsList>{entry}</CommentsCorrectionsList>"
        relations = one(citation=listed).relations
        assert [(each.kind, each.target) for each in relations] == [(k, "pmid:2") for k in kinds]


def test_a_partial_retraction_does_not_retract_the_whole() -> None:
    entry = (
        '<CommentsCorrections RefType="PartialRetractionIn"><PMID>2</PMID></CommentsCorrections>'
    )
    document = one(citation=entry)
    assert document.retracted is False
    assert document.relations == (Relation("corrected_by", "pmid:2", "partial retraction"),)


def test_the_old_medline_set_is_read_with_its_old_form_of_ties() -> None:
    record = (
        "<MedlineCitation><PMID>7</PMID><Article><ArticleTitle>Old.</ArticleTitle></Article>"
        "<CommentsCorrections><RetractionIn><RefSource>J. 1999</RefSource><PMID>8</PMID>"
        "</RetractionIn></CommentsCorrections></MedlineCitation>"
    )
    (document,) = pubmed.read(file_of(record, root="MedlineCitationSet"))
    assert isinstance(document, Document)
    assert (document.source, document.retracted) == ("pmid:7", True)
    assert document.relations == (Relation("retracted_by", "pmid:8", "J. 1999"),)


def test_a_chapter_of_a_book_is_read() -> None:
    record = (
        "<PubmedBookArticle><BookDocument><PMID>9</PMID><ArticleIdList>"
        '<ArticleId IdType="bookaccession">NBK1</ArticleId></ArticleIdList>'
        "<Book><Publisher><PublisherName>Invented Press</PublisherName></Publisher>"
        "<BookTitle>Invented Reviews</BookTitle><PubDate><Year>1993</Year></PubDate>"
        '<AuthorList Type="editors"><Author><LastName>Ed</LastName><Initials>I</Initials></Author>'
        "</AuthorList></Book><ArticleTitle>Syndrome.</ArticleTitle><Language>eng</Language>"
        "<PublicationType>Review</PublicationType><Abstract><AbstractText>Text.</AbstractText>"
        "</Abstract></BookDocument></PubmedBookArticle>"
    )
    (document,) = pubmed.read(file_of(record))
    assert document == Document(
        source="pmid:9",
        title="Syndrome.",
        type=SourceType.NARRATIVE_REVIEW,
        depth=Depth.ABSTRACT,
        blocks=(Block("Text."),),
        format="pubmed",
        year=1993,
        body="Invented Press",
        container="Invented Reviews",
        authors=("Ed I",),
        identifiers=Identifiers(pmid="9"),
        publication_types=("Review",),
        language="en",
    )


def test_deletions_are_handed_on() -> None:
    deleted = "<DeleteCitation><PMID>3</PMID><PMID>4</PMID></DeleteCitation>"
    items = list(pubmed.read(file_of(article(1), deleted)))
    assert items[1:] == [Deletion("pmid:3"), Deletion("pmid:4")]


def test_a_second_version_of_an_article_sorts_after_every_revision_of_the_first() -> None:
    revised = "<DateRevised><Year>{}</Year><Month>1</Month><Day>1</Day></DateRevised>"
    first = one(citation=revised.format(2024)).version
    record = article(1, citation=revised.format(2014)).replace("<PMID>", '<PMID Version="2">')
    (second,) = pubmed.read(file_of(record))
    assert isinstance(second, Document)
    assert (first, second.version, second.label) == ("2024-01-01", "v02 2014-01-01", "version 2")
    assert second.version > first


def test_what_is_no_record_is_named() -> None:
    items = list(pubmed.read(file_of(article(1), "<Strange/>", article(2), "<Late/>")))
    assert [each for each in items if isinstance(each, Skipped)] == [
        Skipped("line 4", "<Strange> is no record of this format"),
        Skipped("line 5", "<Late> is no record of this format"),
    ]


def test_an_article_without_any_id_is_named() -> None:
    record = "<PubmedArticle><MedlineCitation/></PubmedArticle>"
    assert list(pubmed.read(file_of(record))) == [
        Skipped("article 1, line 3", "it has neither a PMID nor a DOI")
    ]


def test_a_named_character_is_read_although_its_definition_is_not_loaded() -> None:
    assert one("<ArticleTitle>caf&eacute; au lait</ArticleTitle>").title == "café au lait"


def test_articles_before_a_break_are_kept_and_the_break_is_told() -> None:
    content = (HEAD + "<PubmedArticleSet>" + article(1) + article(2) + "<PubmedArt").encode()
    items, reason = until_broken(SourceFile("a.xml", content=content))
    assert [each.source for each in items if isinstance(each, Document)] == ["pmid:1", "pmid:2"]
    assert reason == "it breaks off in the middle, at line 5, after 2 complete records"


def test_articles_before_the_end_of_a_truncated_gzip_are_kept() -> None:
    text = HEAD + "<PubmedArticleSet>" + "".join(map(article, range(1, 20_001)))
    packed = gzip.compress(text.encode())
    items, reason = until_broken(SourceFile("a.xml.gz", content=packed[: len(packed) // 2]))
    sources = [each.source for each in items if isinstance(each, Document)]
    assert len(sources) > 5_000
    assert sources == [f"pmid:{number}" for number in range(1, len(sources) + 1)]
    assert reason == f"its compressed data end too early, after {len(sources)} complete records"


def test_an_undefined_character_does_not_hide_the_articles_after_it() -> None:
    """The push parser returns from this as if nothing had happened."""
    text = "<PubmedArticleSet>" + article(1) + article(2, "&nonsense;") + article(3)
    items, reason = until_broken(SourceFile("a.xml", content=text.encode()))
    assert [each.source for each in items if isinstance(each, Document)] == ["pmid:1"]
    assert reason == "it names a character that is not defined, at line 2, after 1 complete records"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<PubmedArticleSet></PubmedArticleSet>", "it is a PubMed file without any article"),
        (b"", "it is not XML"),
        (b"hello", "it is not XML, at line 1"),
        (
            b'<!DOCTYPE PubmedArticleSet [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
            b"<PubmedArticleSet><PubmedArticle>&x;</PubmedArticle></PubmedArticleSet>",
            "its document type defines entities, which is not safe",
        ),
        (
            b"<PubmedArticleSet><PubmedArticle>" + b"<a>" * 100_000,
            "it is nested too deep or grows beyond all measure, at line 1",
        ),
        (
            b"<PubmedArticleSet><PubmedArticle><a>" + b"x" * 20_000_000,
            "one record in it is larger than 8 MB",
        ),
        (
            b"<PubmedArticleSet>" + b"<a/>" * 5_000_000,
            "one record in it is larger than 8 MB",
        ),
    ],
)
def test_a_file_that_cannot_be_read_ends_in_one_sentence(content: bytes, reason: str) -> None:
    assert until_broken(SourceFile("a.xml", content=content)) == ([], reason)


def test_expanding_entities_end_in_a_sentence_without_filling_the_memory() -> None:
    defined = '<!ENTITY a0 "ha">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)
    )
    text = f"<!DOCTYPE PubmedArticleSet [{defined}]><PubmedArticleSet>{article(1, '&a11;')}"
    tracemalloc.start()
    items, _ = until_broken(SourceFile("a.xml", content=text.encode()))
    assert items == []
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


def test_a_large_file_is_read_in_little_memory() -> None:
    content = gzip.compress(
        (HEAD + "<PubmedArticleSet>" + FULL * 5_000 + "</PubmedArticleSet>").encode()
    )
    tracemalloc.start()
    count = sum(1 for _ in pubmed.read(SourceFile("a.xml.gz", content=content)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 5_000
    assert peak < 10_000_000


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_every_declared_encoding_gives_the_same(encoding: str) -> None:
    text = HEAD.replace("utf-8", encoding.removesuffix("-sig"))
    content = f"{text}<PubmedArticleSet>{FULL}</PubmedArticleSet>".encode(encoding)
    assert pubmed.recognise("a.xml", content[:4096])
    assert list(pubmed.read(SourceFile("a", content=content))) == list(pubmed.read(file_of(FULL)))


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (HEAD.encode(), True),
        (HEAD.encode()[:80], True),
        (b"<!-- made by hand --><PubmedArticleSet>", True),
        (b"<PubmedArticle>", True),
        (b"<MedlineCitationSet>", True),
        (b'<!DOCTYPE article PUBLIC "JATS"><article><a>PubmedArticleSet</a>', False),
        (b"<html><pre>&lt;PubmedArticleSet&gt;", False),
        (b"<eSearchResult>", False),
        (b"PMID- 1", False),
        (b"", False),
    ],
)
def test_it_is_recognised_by_its_root(head: bytes, expected: bool) -> None:
    assert pubmed.recognise("a.xml", head) is expected


def read_or_refuse(content: bytes) -> list[Item]:
    items: list[Item] = []
    try:
        for item in pubmed.read(SourceFile("a.xml", content=content)):
            items.append(item)
    except UnreadableError:
        pass
    for item in items:
        if isinstance(item, Document):
            assert [each.text for each in item.blocks] == [clean(each.text) for each in item.blocks]
            assert item.title == clean(item.title)
    return items


@given(st.binary(max_size=300))
def test_arbitrary_bytes_never_crash(content: bytes) -> None:
    pubmed.recognise("a.xml", content)
    read_or_refuse(content)


@settings(max_examples=150)
@given(
    st.integers(0, len(FULL) - 1), st.integers(0, 60), st.text("<>/&;a1 \n\u200b\x85é", max_size=8)
)
def test_a_mutated_article_never_crashes(at: int, length: int, put: str) -> None:
    mutated = FULL[:at] + put + FULL[at + length :]
    read_or_refuse(f"<PubmedArticleSet>{mutated}{FULL}</PubmedArticleSet>".encode())


@settings(max_examples=150)
@given(st.randoms(use_true_random=False))
def test_elements_in_the_wrong_places_never_crash(random: object) -> None:
    pieces = FULL.replace("<", "\x00<").split("\x00")
    names = [piece for piece in pieces if piece.startswith("<") and not piece.startswith("</")]
    random.shuffle(names)  # type: ignore[attr-defined]
    body = "".join(
        piece
        if piece.split(">")[0].endswith("/")
        else f"{piece}</{piece[1:].split('>')[0].split()[0]}>"
        for piece in names[:40]
        if not piece.startswith("<Pubmed")
    )
    read_or_refuse(f"<PubmedArticleSet>{article(1, body, body)}</PubmedArticleSet>".encode())
