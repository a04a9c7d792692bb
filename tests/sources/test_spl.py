"""Structured product labels become documents section by section."""

import datetime
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.evidence.document import Block, Document, Item
from probatum.evidence.source import Depth, Identifiers, RightsTier, SourceType
from probatum.sources.file import SourceFile
from probatum.sources.labels.spl import read, recognise
from probatum.sources.layout.text import clean
from probatum.sources.limits import UnreadableError

TITLE = """<title>These highlights do not include all the information needed to use XENA safely and
effectively. See full prescribing information for XENA.<br/>XENA<sup>®</sup> (xenamab) injection
<br/>Initial U.S. Approval: 2011</title>"""
PRODUCT = """<component><section><code code="48780-1"/><subject><manufacturedProduct>
<manufacturedProduct><name>Xena</name><formCode displayName="INJECTION"/><asEntityWithGeneric>
<genericMedicine><name>xenamab</name></genericMedicine></asEntityWithGeneric>
<ingredient classCode="ACTIB"><quantity><numerator value="40" unit="mg"/>
<denominator value="0.8" unit="mL"/></quantity><ingredientSubstance><name>XENAMAB</name>
</ingredientSubstance></ingredient><ingredient classCode="IACT"><ingredientSubstance>
<name>WATER</name></ingredientSubstance></ingredient></manufacturedProduct><subjectOf><approval>
<id extension="BLA125000"/><author><territorialAuthority><territory><code code="USA"/></territory>
</territorialAuthority></author></approval></subjectOf></manufacturedProduct></subject></section>
</component>"""
SECTIONS = """<component><section><code code="34066-1"/><text><paragraph>WARNING: harm</paragraph>
</text><excerpt><highlight><text><paragraph>See boxed warning.</paragraph></text></highlight>
</excerpt></section></component>
<component><section><code code="34068-7"/><title>2 DOSAGE</title><text><paragraph>As follows:
<list><item><caption>a)</caption>40 mg</item><item><paragraph>never more</paragraph></item></list>
then stop</paragraph></text><component><section><code code="42229-5"/><title>2.1 Adults</title>
<text><table><caption>Table 1</caption><thead><tr><th>Weight</th><th>Dose<footnote ID="n">by
mouth</footnote></th></tr></thead><tbody><tr><td>60 kg</td><td>5 mg<footnoteRef IDREF="n"/></td>
</tr></tbody></table></text></section></component></section></component>"""


def xml(title: str = TITLE, body: str = PRODUCT + SECTIONS) -> str:
    return (
        '<?xml version="1.0"?><document xmlns="urn:hl7-org:v3"><id root="1"/>'
        f'<code code="34391-3" displayName="HUMAN PRESCRIPTION DRUG LABEL"/>{title}'
        '<effectiveTime value="20130930"/><setId root="ABC-1"/><versionNumber value="12"/>'
        "<author><assignedEntity><representedOrganization><name>Maker Inc.</name>"
        "</representedOrganization></assignedEntity></author>"
        f"<component><structuredBody>{body}</structuredBody></component></document>"
    )


def items(text: str | bytes) -> list[Item]:
    content = text.encode() if isinstance(text, str) else text
    return list(read(SourceFile("a.xml", content=content)))


def only(text: str) -> Document:
    (document,) = items(text)
    assert isinstance(document, Document)
    return document


def test_a_label_is_read_whole() -> None:
    dosage, adults = ("2 DOSAGE",), ("2 DOSAGE", "2.1 Adults")
    columns = ("Product", "Generic name", "Form", "Active ingredients", "Approval")
    row = "Xena | xenamab | INJECTION | XENAMAB 40 mg/0.8 mL | BLA125000"
    whole_title = (
        "These highlights do not include all the information needed to use XENA safely and "
        "effectively. See full prescribing information for XENA. XENA® (xenamab) injection "
        "Initial U.S. Approval: 2011"
    )
    assert only(xml()) == Document(
        source="spl:abc-1",
        title="XENA® (xenamab) injection",
        type=SourceType.LABEL,
        depth=Depth.LABEL,
        blocks=(
            Block(whole_title),
            Block("See boxed warning.", headings=("Highlights", "Boxed Warning"), code="34066-1"),
            Block(row, "row", ("Products",), None, columns, "48780-1"),
            Block("WARNING: harm", headings=("Boxed Warning",), code="34066-1"),
            Block("2 DOSAGE", "heading", code="34068-7"),
            Block("As follows:", headings=dosage, code="34068-7"),
            Block("a) 40 mg", "item", dosage, code="34068-7"),
            Block("never more", "item", dosage, code="34068-7"),
            Block("then stop", headings=dosage, code="34068-7"),
            Block("2.1 Adults", "heading", dosage, code="34068-7"),
            Block("Table 1", "caption", adults, code="34068-7"),
            Block("60 kg | 5 mg*", "row", adults, None, ("Weight", "Dose*"), "34068-7"),
            Block("* by mouth", headings=adults, code="34068-7"),
        ),
        format="spl",
        version="12",
        date=datetime.date(2013, 9, 30),
        year=2013,
        body="FDA",
        authors=("Maker Inc.",),
        identifiers=Identifiers(other="abc-1"),
        subjects=("Xena", "xenamab"),
        publication_types=("HUMAN PRESCRIPTION DRUG LABEL",),
        licence="label text by its manufacturer, published by FDA",
        tier=RightsTier.QUOTE,
    )


def test_a_label_without_a_title_is_named_by_its_products_and_maker() -> None:
    assert only(xml(title="")).title == "Xena (xenamab): Maker Inc."


@pytest.mark.parametrize(
    ("approval", "body"),
    [
        ("BLA125000", "FDA"),
        ("NDA02070", "FDA"),
        ("ANDA070278", "FDA"),
        ("part333", None),
        ("", None),
    ],
)
def test_the_fda_is_the_body_only_of_an_approved_application(
    approval: str, body: str | None
) -> None:
    assert only(xml().replace("BLA125000", approval)).body == body
    assert only(xml().replace('code="USA"', 'code="CAN"')).body is None


def test_a_label_without_text_is_refused() -> None:
    with pytest.raises(UnreadableError, match="it is a label without text"):
        items(xml(title="", body=""))


@pytest.mark.parametrize(
    ("head", "mine"),
    [
        (xml().encode()[:200], True),
        (xml().encode("utf-16"), True),
        (b'<ClinicalDocument xmlns="urn:hl7-org:v3">', False),
        (b"<document><p/></document>", False),
        (b"", False),
    ],
)
def test_only_labels_are_claimed(head: bytes, mine: bool) -> None:
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
    inside = "<component><section><text>"
    for many in (60, 4000):
        safe(xml(body=inside * many + "x" + "</text></section></component>" * many).encode())
    safe(xml(body=f"{inside}{'<list><item>' * 110}x{'</item></list>' * 110}").encode())


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    safe(content)


@settings(max_examples=150)
@given(st.data())
def test_a_damaged_label_is_read_or_refused(data: st.DataObject) -> None:
    whole = xml().encode()
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 60)))
    new = data.draw(st.one_of(st.binary(max_size=4), st.sampled_from([b"<text>", b"<list/>"])))
    safe(whole[:start] + new + whole[end:])
