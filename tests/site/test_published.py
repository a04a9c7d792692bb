"""What the world is told of: approved articles, and of them no more than their records say."""

import json
import re
from datetime import datetime
from typing import Any

import pytest
from lxml import etree

from probatum.review.content import content_of
from tests.site import board, schema_org

pytestmark = pytest.mark.usefixtures("kept")
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
HOME = "http://testserver"


def data_of(client: Any, address: str = "/articles/bevacizumab") -> dict[str, Any]:
    """The data block of a page."""
    page = client.get(address).content.decode()
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert len(found) == 1
    data: dict[str, Any] = json.loads(found[0])
    return data


def feed(client: Any) -> Any:
    return etree.fromstring(client.get("/feeds/articles.atom").content)


def test_the_data_of_an_article_use_the_terms_of_schema_org_where_they_belong(
    client: Any, made: Any, approved: Any
) -> None:
    data = data_of(client)
    assert schema_org.faults(data) == []
    assert (data["@context"], data["@type"]) == ("https://schema.org", "MedicalWebPage")
    cited = data["mainEntity"]["citation"]
    assert [each["name"] for each in cited] == [each.title for each in made.references]
    assert data["mainEntity"]["identifier"]["value"] == content_of(made).hash


def test_a_term_in_the_wrong_place_is_found() -> None:
    wrong = {"@type": "Article", "reviewedBy": {"@type": "PropertyValue", "colour": "red"}}
    assert schema_org.faults(wrong) == [
        "Article has no reviewedBy",
        "colour is no known property",
        "reviewedBy is no PropertyValue",
    ]


def test_the_data_name_reviewers_only_of_an_approved_version(client: Any, made: Any) -> None:
    from probatum.review.events import Reopened

    article = board.begin(made=made)
    board.submit(article, made)
    data = data_of(client)
    assert data["creativeWorkStatus"] == "Unreviewed: waits for review"
    assert {"reviewedBy", "lastReviewed"} & set(data) == set()
    assert "datePublished" not in data["mainEntity"]
    board.review(article, made)
    data = data_of(client)
    assert data["creativeWorkStatus"] == "Reviewed and approved by the board"
    assert data["reviewedBy"] == [{"@type": "Person", "name": "Dr Ruth Reviewer"}]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", data["lastReviewed"])
    again = Reopened(version=1, trigger="editor", detail="Look again.", claims=("c1",))
    board.does(article, "edda", again)
    assert {"reviewedBy", "lastReviewed"} & set(data_of(client)) == set()


def test_only_the_approved_version_is_to_be_found_and_each_page_names_its_own_address(
    client: Any, made: Any
) -> None:
    def head(address: str) -> tuple[bool, str]:
        page = client.get(address).content.decode()
        found = re.search(r'<link rel="canonical" href="([^"]+)">', page)
        assert found
        return '<meta name="robots" content="noindex">' not in page, found.group(1)

    article = board.begin(made=made)
    board.submit(article, made)
    public = f"{HOME}/articles/bevacizumab"
    assert head("/articles/bevacizumab") == (False, public)
    board.review(article, made)
    assert head("/articles/bevacizumab") == (True, public)
    assert head("/articles/bevacizumab/versions/1") == (True, public)
    for address in ("/", "/articles/", "/about"):
        assert '<meta name="robots" content="noindex">' in client.get(address).content.decode()


def test_a_title_can_not_end_the_data_block(client: Any, made: Any) -> None:
    title = "</script><script>alert(1)</script><!-- & \u2028 x"
    changed = made.model_copy(update={"question": title})
    board.submit(board.begin(made=changed), changed)
    page = client.get("/articles/bevacizumab").content.decode()
    assert "<script>alert" not in page
    assert data_of(client)["name"] == "</script><script>alert(1)</script><!-- & x"


def test_nothing_is_announced_before_the_board_has_approved_it(client: Any, made: Any) -> None:
    article = board.begin(made=made)
    board.submit(article, made)
    assert feed(client).findall(f"{ATOM}entry") == []
    assert len(etree.fromstring(client.get("/sitemap.xml").content)) == 0
    assert "No article has been approved yet." in client.get("/topics/").content.decode()
    assert client.get("/topics/cervical-cancer").status_code == 404


def test_the_feed_is_atom_with_what_a_reader_needs(client: Any, approved: Any) -> None:
    response = client.get("/feeds/articles.atom")
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = etree.fromstring(response.content)
    assert root.tag == f"{ATOM}feed"
    # RFC 4287, 4.1.1 and 4.1.2: exactly one of each, and an author for every entry.
    for parent in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(parent.findall(f"{ATOM}{name}")) == 1
            assert parent.findtext(f"{ATOM}{name}")
        assert len(parent.findall(f"{ATOM}link[@rel='alternate']")) == 1
        when = datetime.fromisoformat(parent.findtext(f"{ATOM}updated"))
        assert when.tzinfo is not None
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "Probatum"
    assert root.find(f"{ATOM}link[@rel='self']").get("href") == f"{HOME}/feeds/articles.atom"
    entries = root.findall(f"{ATOM}entry")
    assert [each.findtext(f"{ATOM}id") for each in entries] == [f"{HOME}/articles/bevacizumab"]
    assert entries[0].findtext(f"{ATOM}title") == board.QUESTION
    summary = entries[0].findtext(f"{ATOM}summary")
    assert summary.startswith(
        "Reviewed and approved by the board. Version 1. This exact version was signed by Dr Ruth"
    )


def test_a_feed_reader_that_has_it_already_is_told_so(client: Any, made: Any) -> None:
    article = board.begin(made=made)
    board.submit(article, made)
    tag = client.get("/feeds/articles.atom").headers["ETag"]
    same = client.get("/feeds/articles.atom", headers={"If-None-Match": tag})
    assert same.status_code == 304
    board.review(article, made)
    other = client.get("/feeds/articles.atom", headers={"If-None-Match": tag})
    assert other.status_code == 200


def test_what_is_withdrawn_or_reopened_leaves_feed_sitemap_and_topics(
    client: Any, approved: Any
) -> None:
    from probatum.review.events import Reopened

    assert len(feed(client).findall(f"{ATOM}entry")) == 1
    again = Reopened(version=1, trigger="editor", detail="Look again.", claims=("c1",))
    board.does(approved, "edda", again)
    assert feed(client).findall(f"{ATOM}entry") == []
    assert len(etree.fromstring(client.get("/sitemap.xml").content)) == 0
    assert "No article has been approved yet." in client.get("/topics/").content.decode()


def test_the_sitemap_lists_approved_articles(client: Any, approved: Any) -> None:
    response = client.get("/sitemap.xml")
    assert response.headers["Content-Type"] == "application/xml; charset=utf-8"
    root = etree.fromstring(response.content)
    assert root.tag == f"{SITEMAP}urlset"
    assert [each.findtext(f"{SITEMAP}loc") for each in root] == [f"{HOME}/articles/bevacizumab"]


def test_robots_are_told_of_the_sitemap_and_kept_from_what_is_made_for_one_visitor(
    client: Any,
) -> None:
    from urllib.robotparser import RobotFileParser

    rules = RobotFileParser()
    rules.parse(client.get("/robots.txt").content.decode().splitlines())
    open_ = ("/", "/articles/", "/articles/bevacizumab", "/topics/", "/about")
    closed = ("/ask?q=x", "/search?q=x", "/api/ask", "/review/", "/account/", "/login")
    allowed = {each: rules.can_fetch("Anybot", HOME + each) for each in open_ + closed}
    assert allowed == {**dict.fromkeys(open_, True), **dict.fromkeys(closed, False)}
    assert rules.site_maps() == [f"{HOME}/sitemap.xml"]


def test_topics_lead_to_the_approved_articles_about_them(
    client: Any, made: Any, approved: Any
) -> None:
    page = " ".join(client.get("/topics/").content.decode().split())
    topics = re.findall(r'<a href="(/topics/[^"]+)">', page)
    assert topics == [f"/topics/{each}" for each in made.understood.conditions]
    for address in topics:
        found = " ".join(client.get(address).content.decode().split())
        assert f'<a href="/articles/bevacizumab">{board.QUESTION}</a>' in found
    assert client.get("/topics/nothing").status_code == 404


def test_the_first_page_finds_approved_articles(client: Any, made: Any, approved: Any) -> None:
    page = client.get("/").content.decode()
    assert '<input type="hidden" name="status" value="approved">' in page
    found = client.get("/articles/?filter=bevacizumab&status=approved").content.decode()
    assert "1 of 1 article." in found
