"""Articles in JATS become documents with their text, tables, dates, rights and ties."""

import datetime
import gzip
import re
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.evidence.document import Block, Document, Item, Relation, Skipped
from probatum.evidence.source import Depth, Identifiers, RightsTier, SourceType
from probatum.sources.file import SourceFile
from probatum.sources.jats.reader import read, recognise
from probatum.sources.layout.text import clean
from probatum.sources.limits import UnreadableError

META = """<article-id pub-id-type="pmid">111</article-id>
<article-id pub-id-type="pmc">222</article-id>
<article-id pub-id-type="doi">10.1/abc</article-id>
<article-categories><subj-group subj-group-type="heading"><subject>Original Article</subject>
</subj-group></article-categories>
<title-group><article-title>Drug A in <italic>B</italic> disease<xref ref-type="fn">*</xref>
</article-title><subtitle>a randomised trial</subtitle></title-group>
<contrib-group><contrib contrib-type="author"><name><surname>Roe</surname>
<given-names>Jane Q.</given-names></name></contrib>
<contrib contrib-type="author"><collab>The B Group</collab></contrib>
<contrib contrib-type="editor"><name><surname>No</surname><given-names>E</given-names></name>
</contrib></contrib-group>
<pub-date pub-type="collection"><year>2019</year></pub-date>
<pub-date pub-type="epub"><day>3</day><month>2</month><year>2019</year></pub-date>
<permissions><license xmlns:xlink="http://www.w3.org/1999/xlink"
 xlink:href="https://creativecommons.org/licenses/by/4.0/"><license-p>Open.</license-p></license>
</permissions>
<abstract><sec><title>Methods</title><p>Registered as NCT01234567.</p></sec></abstract>
<kwd-group><kwd>B disease</kwd></kwd-group>"""
BODY = """<sec><title>Results</title><p>Survival was 12.5<sup>3</sup> months
(<xref ref-type="bibr">4</xref>).<list><list-item><p>first</p></list-item></list>After it.</p>
<sec><title>Safety</title><table-wrap id="T1"><label>Table 1</label><caption><p>Events</p></caption>
<table><thead><tr><th>Event</th><th>A</th></tr></thead><tbody><tr><td>Rash</td><td>3
<sup>a</sup></td></tr></tbody></table><table-wrap-foot><fn><label>a</label><p>one severe</p></fn>
</table-wrap-foot></table-wrap></sec></sec>"""


def article(
    meta: str = META, body: str = BODY, back: str = "", kind: str = "research-article"
) -> str:
    return (
        f'<article article-type="{kind}"><front><journal-meta><journal-title>J Test'
        f"</journal-title></journal-meta><article-meta>{meta}</article-meta></front>"
        f"<body>{body}</body><back>{back}</back></article>"
    )


def items(text: str | bytes, name: str = "a.nxml") -> list[Item]:
    return list(read(SourceFile(name, content=text.encode() if isinstance(text, str) else text)))


def only(text: str | bytes) -> Document:
    (document,) = items(text)
    assert isinstance(document, Document)
    return document


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


def test_an_article_is_read_whole() -> None:
    safety = ("Results", "Safety")
    assert only(article()) == Document(
        source="pmid:111",
        title="Drug A in B disease: a randomised trial",
        type=SourceType.RANDOMIZED_TRIAL,
        depth=Depth.FULL_TEXT,
        blocks=(
            Block("Methods", "heading", ("Abstract",)),
            Block("Registered as NCT01234567.", headings=("Abstract", "Methods")),
            Block("Results", "heading"),
            Block("Survival was 12.5³ months (4).", headings=("Results",)),
            Block("first", "item", ("Results",)),
            Block("After it.", headings=("Results",)),
            Block("Safety", "heading", ("Results",)),
            Block("Table 1. Events", "caption", safety, code="T1"),
            Block("Rash | 3ᵃ", "row", safety, columns=("Event", "A"), code="T1"),
            Block("a one severe", headings=safety, code="T1"),
        ),
        format="jats",
        date=datetime.date(2019, 2, 3),
        year=2019,
        container="J Test",
        authors=("Roe JQ", "The B Group"),
        identifiers=Identifiers(pmid="111", pmcid="PMC222", doi="10.1/abc"),
        subjects=("B disease",),
        publication_types=("research-article", "Original Article"),
        relations=(Relation("reports", "nct:NCT01234567"),),
        licence="CC BY 4.0",
        tier=RightsTier.OPEN,
    )


def test_a_set_gives_each_article_and_names_what_is_none() -> None:
    second = article(META.replace("111", "333"))
    found = items(
        f"<pmc-articleset>{article()}<Reply Id='9' error='gone'/>{second}</pmc-articleset>"
    )
    assert [each.source for each in found if isinstance(each, Document)] == ["pmid:111", "pmid:333"]
    assert [each for each in found if isinstance(each, Skipped)] == [
        Skipped("line 24", "<Reply> is no record of this format")
    ]


def test_an_empty_set_is_refused_with_its_name() -> None:
    with pytest.raises(UnreadableError, match="it is a set without articles"):
        items("<pmc-articleset></pmc-articleset>")


def test_named_characters_of_an_absent_dtd_are_read_in_text_and_attributes() -> None:
    text = '<!DOCTYPE article SYSTEM "archivearticle.dtd">' + article(
        body="<p>TNF-&alpha; &le; 5&nbsp;&micro;g <![CDATA[&beta;]]></p><!-- &nosuch; -->"
    )
    assert texts(only(text))[2] == "TNF-α ≤ 5 µg &beta;"


@pytest.mark.parametrize("before", range(32_768 - 12, 32_768 + 3))
def test_a_named_character_is_read_wherever_the_file_is_cut_into_pieces(before: int) -> None:
    start = article(body="<p>#")
    start = start[: start.index("#")]
    padding = "x" * (before - len(start.encode()))
    assert texts(only(article(body=f"<p>{padding}&alpha;<![CDATA[&]]>.</p>")))[2] == f"{padding}α&."


def test_an_unknown_character_name_and_an_entity_definition_are_refused() -> None:
    with pytest.raises(UnreadableError, match="the unknown character name &nosuch;"):
        items(article(body="<p>&nosuch;</p>"))
    with pytest.raises(UnreadableError, match="its document type defines entities"):
        items('<!DOCTYPE article [<!ENTITY a "b">]>' + article())


def test_encodings_and_gzip_are_read() -> None:
    text = article(body="<p>Größe ≥ 5 &eacute;</p>")
    utf16 = '<?xml version="1.0" encoding="UTF-16"?>' + text
    latin = '<?xml version="1.0" encoding="ISO-8859-1"?>' + text.replace("≥", "&ge;")
    for content in (
        text.encode("utf-8-sig"),
        utf16.encode("utf-16"),
        latin.encode("latin-1"),
        gzip.compress(text.encode()),
    ):
        assert texts(only(content))[2] == "Größe ≥ 5 é"
        assert recognise("a.xml", SourceFile("a.xml", content=content).head())


@pytest.mark.parametrize(
    ("permissions", "licence", "tier"),
    [
        ("", None, None),
        ("<copyright-statement>© 2019 Society</copyright-statement>", None, None),
        (
            "<license><license-p>Creative Commons Attribution Non-Commercial Licence 4.0"
            "</license-p></license>",
            "CC BY-NC 4.0",
            RightsTier.QUOTE,
        ),
        (
            "<license><license-p>Creative Commons Public Domain declaration</license-p></license>",
            "CC0 1.0",
            RightsTier.OPEN,
        ),
        (
            "<license><license-p>The Creative Commons Attribution License"
            " (http://creativecommons.org/licenses/by/2.0) applies; the waiver"
            " (http://creativecommons.org/publicdomain/zero/1.0/) is for data."
            "</license-p></license>",
            "CC BY 2.0",
            RightsTier.OPEN,
        ),
        (
            "<license><license-p>Open access.</license-p></license>",
            "Open access.",
            RightsTier.QUOTE,
        ),
    ],
)
def test_rights_follow_the_licence(
    permissions: str, licence: str | None, tier: RightsTier | None
) -> None:
    start, end = META.index("<permissions>"), META.index("<abstract>")
    document = only(article(f"{META[:start]}<permissions>{permissions}</permissions>{META[end:]}"))
    assert (document.licence, document.tier) == (licence, tier)


@pytest.mark.parametrize(
    ("kind", "word", "relation", "retracted"),
    [
        ("retraction", "retracted-article", "retracts", False),
        ("research-article", "retraction-forward", "retracted_by", True),
        ("correction", "corrected-article", "corrects", False),
        ("correction", "correction", "corrects", False),
        ("research-article", "correction-forward", "corrected_by", False),
    ],
)
def test_notices_and_what_they_are_about_are_tied(
    kind: str, word: str, relation: str, retracted: bool
) -> None:
    tie = (
        f'<related-article related-article-type="{word}" ext-link-type="doi"'
        ' xmlns:x="http://www.w3.org/1999/xlink" x:href="10.5/xyz"/>'
    )
    document = only(article(META.replace("NCT01234567", "-") + tie, kind=kind))
    assert [(each.kind, each.target) for each in document.relations] == [(relation, "doi:10.5/xyz")]
    assert document.retracted is retracted


def test_references_are_no_text_and_other_back_matter_is() -> None:
    back = (
        "<ack><p>We thank R.</p></ack><glossary><def-list><def-item><term>OS</term><def>"
        "<p>overall survival</p></def></def-item></def-list></glossary><ref-list><title>References"
        "</title><ref><label>1</label><mixed-citation>Doe 2001</mixed-citation></ref></ref-list>"
    )
    assert only(article(body="<p>x</p>", back=back)).blocks[3:] == (
        Block("We thank R.", headings=("Acknowledgements",)),
        Block("OS: overall survival", "item", ("Abbreviations",)),
    )


def test_a_table_given_as_an_image_says_so() -> None:
    body = (
        "<table-wrap><label>Table 2.</label><caption><p>Doses</p></caption><graphic/></table-wrap>"
    )
    assert texts(only(article(body=body)))[2:] == ["Table 2. Doses (table given as an image only)"]


def test_a_formula_stays_in_its_sentence_in_one_form() -> None:
    body = (
        "<p>Thus <disp-formula><alternatives><tex-math>$x$</tex-math><math><mfrac><mi>a</mi>"
        "<mi>b</mi></mfrac></math><graphic/></alternatives></disp-formula> holds.</p>"
    )
    assert texts(only(article(body=body)))[2:] == ["Thus a/b holds."]


def test_an_article_without_ids_or_body_is_an_abstract_named_by_its_file() -> None:
    text = article("<title-group><article-title>T</article-title></title-group>", "", "")
    document = only(text)
    assert (document.source, document.depth) == ("file:a.nxml", Depth.ABSTRACT)


def test_a_published_review_of_the_article_is_a_work_of_its_own() -> None:
    part = (
        '<sub-article article-type="reviewer-report"><front-stub><article-id pub-id-type="doi">'
        "10.1/abc.r1</article-id><title-group><article-title>Review</article-title></title-group>"
        "</front-stub><body><p>Fine.</p></body></sub-article></article>"
    )
    found = items(article().replace("</article>", part))
    assert [each.source for each in found if isinstance(each, Document)] == [
        "pmid:111",
        "doi:10.1/abc.r1",
    ]


@pytest.mark.parametrize(
    ("head", "mine"),
    [
        (b'<?xml version="1.0"?><!DOCTYPE article PUBLIC "-//NLM//DTD JATS"><article>', True),
        (b'<article article-type="other">', True),
        (b"<pmc-articleset><article>", True),
        (b"<article><title>DocBook</title>", False),
        (b"<html><body><article class='x'>", False),
        (b"<PubmedArticleSet><PubmedArticle>", False),
        (b'{"article": 1}', False),
        (b"", False),
    ],
)
def test_only_jats_is_claimed(head: bytes, mine: bool) -> None:
    assert recognise("a.xml", head) is mine


def safe(content: bytes) -> None:
    recognise("a.xml", content[:4096])
    found: list[Item] = []
    with suppress(UnreadableError):
        found = items(content)
    for each in found:
        if isinstance(each, Document):
            assert all(block.text == clean(block.text) != "" for block in each.blocks)


def test_nesting_that_never_ends_is_refused() -> None:
    for tag in ("sup", "sec", "p", "list", "td", "math"):
        safe(article(body=f"<{tag}>" * 240 + "x" + f"</{tag}>" * 240).encode())
        safe(article(body=f"<{tag}>" * 4000).encode())


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    safe(content)


@settings(max_examples=150)
@given(st.data())
def test_a_damaged_article_is_read_or_refused(data: st.DataObject) -> None:
    whole = article(back="<ack><p>&alpha;</p></ack>").encode()
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 60)))
    new = data.draw(
        st.one_of(st.binary(max_size=5), st.sampled_from([b"<sec>", b"</p>", b"<list>", b"&x;"]))
    )
    safe(whole[:start] + new + whole[end:])


NAMES = (
    "sec p list list-item def-list def-item table-wrap fig caption title label sup xref fn graphic "
    "bold boxed-text disp-formula alternatives ack unheard-of"
)
TAGS = [f"<{name}>{{0}}</{name}>" for name in NAMES.split()]
TREE = st.recursive(
    st.integers(0, 9).map("w{} ".format),
    lambda inner: st.builds(
        str.format,
        st.sampled_from(["<table><tr><td>{0}</td></tr></table>", *TAGS]),
        st.lists(inner, max_size=4).map("".join),
    ),
    max_leaves=12,
)


@given(TREE)
def test_tags_in_any_order_keep_all_their_words(body: str) -> None:
    source = article(body=f"<sec>{body}</sec>")
    safe(source.encode())
    told = {
        word
        for block in only(source).blocks
        for text in (block.text, *block.columns)
        for word in re.findall(r"w\d", text.translate(str.maketrans("ʷ⁰¹²³⁴⁵⁶⁷⁸⁹", "w0123456789")))
    }
    assert told == set(re.findall(r"w\d", body))
