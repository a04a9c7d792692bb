"""Every page answers, safely, to whatever is asked of it."""

import gzip
import io
import json
import logging
import re
import sys
from typing import Any

import pytest

from probatum.site.logs import Discreet
from probatum.site.middleware import HEADERS

QUESTION = "What are the treatment options for recurrent metastatic cervical cancer?"
SMALL = "When should bevacizumab be withheld or stopped?"
PAGES = ["/", "/ask?q=" + SMALL.replace(" ", "+"), "/sources/", "/about", "/healthz", "/nowhere"]
HOSTILE = [
    "",
    "   ",
    "\x00\x07\x1b[2J",
    "\u202e\u202d\u200b",
    "x" * 4001,
    "x" * 20_000,
    "<script>alert(1)</script>",
    "'; DROP TABLE records; --",
    "{{ settings.SECRET_KEY }} {% debug %}",
    "Quelles sont les options de traitement du cancer du col de l'utérus métastatique ?",
    "子宮頸がんの治療法は何ですか",
    "%s %d %(x)s {0}",
    "🩺" * 50,
]


@pytest.mark.parametrize("address", PAGES)
def test_every_response_carries_the_security_headers(client: Any, address: str) -> None:
    response = client.get(address)
    assert {name: response.headers.get(name) for name in HEADERS} == HEADERS


def test_the_policy_allows_only_the_sites_own_style_and_script(client: Any) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]
    assert policy == (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )


@pytest.mark.parametrize("address", PAGES[:4])
def test_pages_keep_to_the_policy_and_set_no_cookie(client: Any, address: str) -> None:
    response = client.get(address)
    page = response.content.decode()
    assert response.status_code == 200
    assert re.findall(r"<style|\sstyle=|\son\w+=|<script(?![^>]*src=)", page) == []
    outside = [each for each in re.findall(r'\s(?:src|action)="([^"]+)"', page) if each[0] != "/"]
    assert outside == []
    assert dict(response.cookies) == {}


def test_statuses_are_those_a_program_would_expect(client: Any) -> None:
    edition = re.search(r'/sources/([^"]+)"', client.get("/sources/").content.decode())
    assert edition
    found = {
        address: client.get(address).status_code
        for address in (
            *PAGES,
            f"/sources/{edition[1]}",
            "/sources/no-such-edition",
            "/ask",
            "/ask?q=x&reader=nurse",
            "/ask?q=x&region=atlantis",
            "/ask?q=x&follow=nonsense",
            "/ask?q=What+is+the+dose+of+cemiplimab&format=exe",
        )
    }
    assert found == {
        **dict.fromkeys(PAGES, 200),
        "/nowhere": 404,
        f"/sources/{edition[1]}": 200,
        "/sources/no-such-edition": 404,
        "/ask": 400,
        "/ask?q=x&reader=nurse": 400,
        "/ask?q=x&region=atlantis": 400,
        "/ask?q=x&follow=nonsense": 400,
        "/ask?q=What+is+the+dose+of+cemiplimab&format=exe": 400,
    }


def test_only_reading_is_possible(client: Any) -> None:
    assert client.post("/search", {"q": SMALL}).status_code == 405
    assert client.put("/ask", {"q": SMALL}).status_code == 405
    # The form sends a question in a body, and is shown the way to its address.
    assert client.post("/ask", {"q": SMALL}).status_code == 303


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_an_absurd_question_gets_a_sentence_and_no_trace(client: Any, text: str) -> None:
    response = client.get("/ask", {"q": text})
    page = response.content.decode()
    assert response.status_code in (200, 400)
    assert "Traceback" not in page
    assert "<script>alert" not in page
    assert re.findall("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e]", page) == []


def test_a_question_that_is_too_long_is_refused_in_one_clear_sentence(client: Any) -> None:
    page = client.get("/ask", {"q": "x" * 4001}).content.decode()
    assert (
        "The question has 4,001 characters; at most 4,000 are read. Please ask it in a few "
        "sentences."
    ) in page


def test_no_question_and_no_exception_text_reaches_the_log(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from probatum.site import answering

    secret = "Mrs Nemo born 1 April 1950"

    class Broken:
        def ask(self, asked: Any) -> None:
            raise ValueError(f"cannot read {asked.question}")

    monkeypatch.setattr(answering, "engine", Broken)
    written = io.StringIO()
    handlers = [*logging.getLogger().handlers, *logging.getLogger("django").handlers]
    ours = [each for each in handlers if isinstance(each.formatter, Discreet)]
    assert ours
    streams = [(each, each.setStream(written)) for each in ours]
    response = client.get("/ask", {"q": secret})
    client.get("/nowhere", {"q": secret})
    client.get("/ask", {"q": "x" * 4001 + secret}, headers={"host": "evil.example"})
    for handler, stream in streams:
        handler.setStream(stream or sys.stderr)
    assert response.status_code == 500
    assert "Something went wrong on our side" in response.content.decode()
    assert "ERROR django.request 500 /ask" in written.getvalue()
    assert "builtins.ValueError (text withheld)" in written.getvalue()
    assert [word for word in ("Nemo", "1950", "xxxx") if word in written.getvalue()] == []


def test_a_page_with_a_question_is_kept_by_no_cache_and_a_style_sheet_for_a_year(
    client: Any,
) -> None:
    page = client.get("/ask", {"q": SMALL})
    style = re.search(r'href="(/static/[^"]+\.css[^"]*)"', page.content.decode())
    assert style
    assert page.headers["Cache-Control"] == "no-store"
    assert client.get(style[1]).headers["Cache-Control"] == "max-age=31536000, public"


@pytest.mark.parametrize("question", [QUESTION, SMALL])
def test_the_page_with_all_it_loads_weighs_less_than_200_kilobytes(
    client: Any, question: str
) -> None:
    page = client.get("/ask", {"q": question}, headers={"accept-encoding": "gzip"})
    text = gzip.decompress(page.content).decode()
    total = len(page.content)
    for address in re.findall(r'(?:src|href)="(/static/[^"]+)"', text):
        got = client.get(address, headers={"accept-encoding": "gzip"})
        assert got.status_code == 200
        total += len(got.content)
    assert total < 200_000


def test_readers_get_the_same_claims(client: Any) -> None:
    found = {}
    for reader in ("clinician", "trainee", "patient"):
        asked = {"q": SMALL, "reader": reader, "format": "json"}
        document = json.loads(client.get("/ask", asked).content)
        assert document["reader"] == reader
        found[reader] = {each["number"]: each["edition"] for each in document["references"]}
    assert found["clinician"]
    assert set(found["patient"].values()) <= set(found["clinician"].values())


def test_the_answer_can_be_taken_along_as_text_and_markdown(client: Any) -> None:
    text = client.get("/ask", {"q": SMALL, "format": "txt"})
    mark = client.get("/ask", {"q": SMALL, "format": "md"})
    assert text.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert text.content.decode().startswith(SMALL + "\n")
    assert mark.headers["Content-Type"] == "text/markdown; charset=utf-8"
    assert mark.content.decode().startswith(f"# {SMALL}\n")


def test_a_follow_up_keeps_what_was_understood_and_holds_no_words_of_the_question(
    client: Any,
) -> None:
    page = client.get("/ask", {"q": "What is the dose of cemiplimab in cervical cancer?"})
    token = re.search(r'name="follow" value="([^"]+)"', page.content.decode())
    assert token
    asked = {"q": "And when is it withheld?", "follow": token[1], "format": "json"}
    document = json.loads(client.get("/ask", asked).content)
    assert "cemiplimab" in document["understood"]["interventions"]


def test_sources_can_be_filtered_without_a_script(client: Any) -> None:
    page = client.get("/sources/", {"filter": "no such words at all"}).content.decode()
    assert "0 of " in page
    page = client.get("/sources/", {"filter": "KEYNOTE-826"}).content.decode()
    titles = re.findall(r"<h2><a[^>]*>(.*?)</a>", page)
    assert titles
    assert [each for each in titles if "KEYNOTE-826" not in each] == []


def test_what_each_check_cannot_see_is_told_from_the_check_itself(client: Any) -> None:
    from probatum.checks.gate import NAMES
    from probatum.site.checks import check_texts

    texts = check_texts()
    assert len(texts) == len(NAMES)
    assert [each.name for each in texts if not each.does or not each.blind] == []
    page = client.get("/about").content.decode()
    assert page.count("It cannot see") >= len(NAMES)


def test_a_question_asked_many_times_at_once_is_answered_once(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from concurrent.futures import ThreadPoolExecutor

    from django.test import Client as Visitor

    from probatum.engine import Ask, Engine

    asked: list[str] = []
    ask = Engine.ask

    def counted(self: Engine, question: Ask, *more: object) -> object:
        asked.append(question.question)
        return ask(self, question, *more)

    monkeypatch.setattr(Engine, "ask", counted)
    address = "/ask?q=What+is+the+dose+of+topotecan+in+cervical+cancer%3F"
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda _: Visitor().get(address).status_code, range(6)))
    assert (found, len(asked)) == ([200] * 6, 1)
