"""What is taken away from an article: every form says which version it is and how it stands."""

import json
import re
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
import rispy
from docx import Document

from probatum.evidence.source import Currency
from probatum.review.content import content_of
from probatum.review.editing import without_claims
from tests.site import board

pytestmark = pytest.mark.usefixtures("kept")

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KINDS = {
    "json": "application/json; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "pdf": "application/pdf",
    "docx": WORD,
    "ris": "application/x-research-info-systems; charset=utf-8",
    "bib": "application/x-bibtex; charset=utf-8",
    "csl.json": "application/vnd.citationstyles.csl+json; charset=utf-8",
}
PINNED = "http://testserver/articles/bevacizumab/versions/1"


def submitted(made: Any) -> Any:
    article = board.begin(made=made)
    board.submit(article, made)
    return article


def words(response: Any, form: str) -> str:
    """What a person reads in a file, on one line; the signs that escape others taken off."""
    if form == "pdf":
        document = pypdfium2.PdfDocument(response.content)
        text = " ".join(each.get_textpage().get_text_range() for each in document)
    elif form == "docx":
        body = Document(BytesIO(response.content)).element.body
        text = "".join(each.text or "" for each in body.iter() if each.tag.endswith("}t"))
    else:
        text = response.content.decode()
    return " ".join(text.replace("\\", "").split())


def statuses(client: Any, address: str = "/articles/bevacizumab") -> dict[str, str]:
    """The words for a status that each form holds; were there two, both."""
    known = ("Unreviewed: waits for review", "Reviewed and approved by the board")
    known += ("Approval ended: to be reviewed again", "Replaced by a later version")
    codes = {"submitted": known[0], "approved": known[1], "reopened": known[2]}
    codes["superseded"] = known[3]
    found = {}
    for form in KINDS:
        response = client.get(f"{address}.{form}")
        assert response.status_code == 200, form
        if form == "json":
            found[form] = codes[json.loads(response.content)["status"]]
        else:
            text = words(response, form)
            found[form] = "; ".join(each for each in known if each in text)
    return found


def test_each_form_has_its_type_and_a_name_that_says_the_version(client: Any, made: Any) -> None:
    submitted(made)
    found = {form: client.get(f"/articles/bevacizumab.{form}").headers for form in KINDS}
    assert {form: headers["Content-Type"] for form, headers in found.items()} == KINDS
    shown = ("json", "md", "txt")
    assert {form: headers["Content-Disposition"] for form, headers in found.items()} == {
        form: f"{'inline' if form in shown else 'attachment'}; "
        f'filename="probatum-bevacizumab-v1.{form}"'
        for form in KINDS
    }
    assert {headers["Cache-Control"] for headers in found.values()} == {"private, no-cache"}
    assert client.get("/articles/bevacizumab.exe").status_code == 404
    assert client.get("/articles/nothing.pdf").status_code == 404


def test_every_form_says_that_nobody_reviewed_it_and_later_that_the_board_did(
    client: Any, made: Any
) -> None:
    article = submitted(made)
    assert statuses(client) == dict.fromkeys(KINDS, "Unreviewed: waits for review")
    board.review(article, made)
    assert statuses(client) == dict.fromkeys(KINDS, "Reviewed and approved by the board")
    for form in ("pdf", "docx", "txt", "md", "ris", "bib", "csl.json"):
        assert "Dr Ruth Reviewer" in words(client.get(f"/articles/bevacizumab.{form}"), form)


def test_no_form_calls_it_reviewed_once_its_evidence_was_retracted(
    client: Any, made: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from probatum.review.triggers import Evidence
    from probatum.site.board import ledger

    article = submitted(made)
    board.review(article, made)
    before = {form: client.get(f"/articles/bevacizumab.{form}") for form in KINDS}
    edition = made.references[0].edition
    monkeypatch.setattr(
        ledger,
        "evidence_of",
        lambda engine: Evidence(
            lambda id: (Currency.RETRACTED if id == edition else Currency.CURRENT, None),
            lambda record: None,
        ),
    )
    assert statuses(client) == dict.fromkeys(KINDS, "Approval ended: to be reviewed again")
    for form, kept in before.items():
        headers = {
            "If-None-Match": kept.headers["ETag"],
            "If-Modified-Since": kept.headers["Last-Modified"],
        }
        for name, value in headers.items():
            again = client.get(f"/articles/bevacizumab.{form}", headers={name: value})
            assert (form, name, again.status_code) == (form, name, 200)
    gone = [c for c, e in content_of(made).claims.items() if e.editions == (edition,)]
    text = words(client.get("/articles/bevacizumab.pdf"), "pdf")
    assert [c for c in gone if made.claims[c].text in text] == []


def test_a_copy_in_hand_is_said_to_be_the_same_until_anything_changes(
    client: Any, made: Any
) -> None:
    article = submitted(made)
    for form in KINDS:
        address = f"/articles/bevacizumab.{form}"
        first = client.get(address)
        again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        since = {"If-Modified-Since": first.headers["Last-Modified"]}
        assert client.get(address, headers=since).status_code == 304
    tags = {form: client.get(f"/articles/bevacizumab.{form}").headers["ETag"] for form in KINDS}
    assert len(set(tags.values())) == len(KINDS)
    board.review(article, made)
    for form, tag in tags.items():
        again = client.get(f"/articles/bevacizumab.{form}", headers={"If-None-Match": tag})
        assert again.status_code == 200


def test_a_version_can_be_had_for_good_and_says_which_it_is(client: Any, made: Any) -> None:
    from probatum.review.events import Drafted

    article = submitted(made)
    board.review(article, made)
    shorter = without_claims(made, {list(made.claims)[-1]})
    board.does(article, "anna", Drafted(version=2, based_on=1))
    board.submit(article, shorter, version=2)
    second = "/articles/bevacizumab/versions/2"
    assert statuses(client, second) == dict.fromkeys(KINDS, "Unreviewed: waits for review")
    assert "version 2" in words(client.get(f"{second}.pdf"), "pdf")
    board.review(article, shorter, version=2)
    first = "/articles/bevacizumab/versions/1"
    assert statuses(client, first) == dict.fromkeys(KINDS, "Replaced by a later version")
    assert "version 1" in words(client.get(f"{first}.docx"), "docx")
    name = client.get(f"{first}.ris").headers["Content-Disposition"]
    assert name == 'attachment; filename="probatum-bevacizumab-v1.ris"'
    assert client.get("/articles/bevacizumab/versions/3.pdf").status_code == 404


def test_only_who_may_read_a_version_may_take_it_along(client: Any, made: Any) -> None:
    from probatum.review.events import Withdrawn

    article = board.begin(made=made)
    addresses = [f"/articles/bevacizumab.{form}" for form in KINDS]
    pinned = [f"/articles/bevacizumab/versions/1.{form}" for form in KINDS]
    assert {client.get(each).status_code for each in addresses + pinned} == {404}
    board.submit(article, made)
    assert {client.get(each).status_code for each in addresses + pinned} == {200}
    board.does(article, "adam", Withdrawn(version=1, reason="It was unsafe."))
    for each in addresses + pinned:
        response = client.get(each)
        assert response.status_code == 410
        assert b"The reason: It was unsafe." in response.content
        assert made.claims["c1"].text not in response.content.decode()


def test_a_damaged_record_gives_no_file(client: Any, made: Any) -> None:
    from django.db import connection

    submitted(made)
    board.unguard("board_version")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE board_version SET content = replace(content, 'withheld', 'given')")
    for form in KINDS:
        response = client.get(f"/articles/bevacizumab.{form}")
        assert (form, response.status_code) == (form, 500)
        assert b"was changed after it was submitted" in response.content


def test_a_site_without_typst_says_so_and_does_not_offer_it(
    client: Any, made: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    from probatum.site.board import forms

    submitted(made)
    assert b'href="/articles/bevacizumab.pdf"' in client.get("/articles/bevacizumab").content
    without = replace(forms.FORMS["pdf"], available=lambda: False)
    monkeypatch.setitem(forms.FORMS, "pdf", without)
    assert b'href="/articles/bevacizumab.pdf"' not in client.get("/articles/bevacizumab").content
    response = client.get("/articles/bevacizumab.pdf")
    assert response.status_code == 501
    assert b"This site makes no PDF files" in response.content


def test_the_citation_files_begin_with_the_article_and_go_on_with_what_it_cites(
    client: Any, made: Any
) -> None:
    submitted(made)
    entries = rispy.loads(client.get("/articles/bevacizumab.ris").content.decode())
    assert len(entries) == 1 + len(made.references)
    today = entries[0].pop("date").replace("/", "-")
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", today)
    assert entries[0] == {
        "type_of_reference": "ELEC",
        "id": "probatum-bevacizumab-v1",
        "authors": ["Probatum"],
        "title": board.QUESTION,
        "publisher": "Probatum",
        "year": today[:4],
        "edition": "1",
        "urls": [PINNED],
        "notes": [
            "Review status: Unreviewed: waits for review. Nobody has reviewed this version. It "
            "waits for review.",
            f"Content SHA-256 {content_of(made).hash}.",
        ],
    }
    assert [each["title"] for each in entries[1:]] == [each.title for each in made.references]
    alone = client.get("/articles/bevacizumab.csl.json?only=article")
    assert [each["id"] for each in json.loads(alone.content)] == ["probatum-bevacizumab-v1"]
    whole = client.get("/articles/bevacizumab.csl.json")
    assert len(json.loads(whole.content)) == len(entries)
    assert alone.headers["ETag"] != whole.headers["ETag"]


def test_the_page_says_how_to_cite_it_and_where_this_version_stays(client: Any, made: Any) -> None:
    article = submitted(made)

    def line() -> str:
        page = " ".join(client.get("/articles/bevacizumab").content.decode().split())
        found = re.search(r'<p class="cite-this">(.*?)</p>', page)
        assert found
        return re.sub(r"\d{4} [A-Z][a-z]{2} \d\d?", "DAY", found.group(1))

    title = board.QUESTION
    assert line() == (
        f"{title} [Internet]. Probatum; DAY. Version 1: Unreviewed: waits for review. "
        f"Available from: {PINNED}"
    )
    board.review(article, made)
    page = client.get("/articles/bevacizumab").content.decode()
    assert "Version 1: reviewed by Dr Ruth Reviewer, 20" in line()
    assert f'<a href="/articles/bevacizumab/versions/1" rel="bookmark">{PINNED}</a>' in page
    for form in ("ris", "bib", "csl.json"):
        address = f"/articles/bevacizumab/versions/1.{form}?only=article"
        assert f'href="{address}"' in page
        assert client.get(address).status_code == 200


def test_a_title_that_is_markup_stays_text_in_every_form(client: Any, made: Any) -> None:
    hostile = '</script><script>alert(1)</script>"><b>#eval("1")</b> \u202e69.0'
    changed = made.model_copy(update={"question": hostile})
    board.submit(board.begin(made=changed), changed)
    shown = hostile.replace("\u202e", "")
    page = client.get("/articles/bevacizumab").content.decode()
    assert "<script>alert" not in page
    assert "\u202e" not in page
    assert shown in words(client.get("/articles/bevacizumab.pdf"), "pdf")
    assert shown in words(client.get("/articles/bevacizumab.docx"), "docx")
    entries = rispy.loads(client.get("/articles/bevacizumab.ris").content.decode())
    assert entries[0]["title"] == shown
    for form in KINDS:
        assert "\u202e" not in words(client.get(f"/articles/bevacizumab.{form}"), form) or (
            form == "json"
        )
