"""The pages in another language, in a real browser: chosen by hand, whole, inside the window."""

import re
from typing import Any

import pytest

from tests.browser.test_board import DRAFT, UNDER_REVIEW
from tests.browser.test_pages import ANSWER, FOUND, QUOTED, SHORT, SMALL, WIDER
from tests.site.words import left_in_english

pytestmark = pytest.mark.browser

PAGES = (
    "/",
    ANSWER,
    QUOTED,
    FOUND,
    "/sources/",
    "/audit/",
    "/about",
    "/editorial-policy",
    "/login",
)
# Texts and spoken attributes of elements whose nearest language is the page's own.
WORDS = """() => {
  const own = (each) => each.closest("[lang]").lang === document.documentElement.lang;
  const found = [];
  for (const each of document.querySelectorAll("body *")) {
    if (!own(each) || each.closest("kbd, code, script")) continue;
    for (const name of ["aria-label", "placeholder", "data-column", "title"])
      if (each.getAttribute(name)) found.push(each.getAttribute(name));
    for (const part of each.childNodes)
      if (part.nodeType === Node.TEXT_NODE && part.data.trim()) found.push(part.data);
  }
  return found;
}"""


@pytest.mark.parametrize("width", [1280, 320])
def test_german_pages_are_german_and_stay_inside_the_window(open_page: Any, width: int) -> None:
    options = {"locale": "de-DE", "viewport": {"width": width, "height": 900}}
    page = open_page("/", **options)
    for path in PAGES:
        page.goto(path)
        assert page.locator("html").get_attribute("lang") == "de"
        assert (path, page.evaluate(WIDER)) == (path, 0)
        assert (path, left_in_english(page.evaluate(WORDS))) == (path, set())


@pytest.mark.parametrize("width", [1280, 320])
def test_the_board_speaks_german_too(open_board: Any, width: int) -> None:
    options = {"viewport": {"width": width, "height": 900}}
    page = open_board("/articles/", "demo-editor", **options)
    page.get_by_role("button", name="Deutsch").click()
    page.wait_for_selector("html[lang=de]")
    links = "each => each.map((link) => link.getAttribute('href'))"
    articles = page.locator("main h2 a").evaluate_all(links)
    page.goto("/review/")
    waiting = page.locator("main th a").evaluate_all(links)
    assert articles
    assert waiting
    paths = ("/articles/", "/topics/", "/review/", "/review/statistics")
    paths += ("/account/", "/account/keys")
    for path in (*paths, *articles, *waiting):
        page.goto(path)
        assert (path, page.evaluate(WIDER)) == (path, 0)
        assert (path, left_in_english(page.evaluate(WORDS))) == (path, set())


@pytest.mark.parametrize("width", [1280, 320])
def test_asking_a_reviewer_and_undoing_speak_german(open_board: Any, width: int) -> None:
    options = {"viewport": {"width": width, "height": 900}, "reduced_motion": "reduce"}
    page = open_board(UNDER_REVIEW, "demo-editor", **options)
    page.get_by_role("button", name="Deutsch").click()
    page.wait_for_selector("html[lang=de]")

    def spoken() -> tuple[int, set[str]]:
        return page.evaluate(WIDER), left_in_english(page.evaluate(WORDS))

    page.get_by_label("Wer angefragt wird").select_option("demo-reviewer")
    page.get_by_role("button", name="Um Begutachtung bitten").click()
    page.get_by_text(re.compile("um die Begutachtung gebeten")).first.wait_for()
    assert spoken() == (0, set())
    page.goto("/review/?assigned=somebody")
    assert page.get_by_label("Wer angefragt ist").input_value() == "somebody"
    assert page.get_by_role("cell", name="Demo Reviewer").count() == 1
    assert spoken() == (0, set())
    page.goto(UNDER_REVIEW)
    page.get_by_label("Wer angefragt wird").select_option("")
    page.get_by_role("button", name="Um Begutachtung bitten").click()
    page.get_by_text("Um die Begutachtung wurde niemand eigens gebeten.").wait_for()
    page.goto(DRAFT)
    claims = page.locator(".editing > li").count()
    page.get_by_role("button", name="Aussage c1 herausnehmen", exact=True).click()
    back = page.get_by_role("button", name="Zuletzt Herausgenommenes wieder einsetzen")
    back.wait_for()
    assert spoken() == (0, set())
    back.click()
    back.wait_for(state="detached")
    assert page.locator(".editing > li").count() == claims


def test_a_key_that_is_shown_in_german_stays_inside_the_window(open_board: Any) -> None:
    page = open_board("/account/keys", "demo-reviewer", viewport={"width": 320, "height": 900})
    page.get_by_role("button", name="Deutsch").click()
    page.wait_for_selector("html[lang=de]")
    page.get_by_label("Ein Name, an dem Sie ihn erkennen").fill("Nachtlauf")
    page.get_by_label("ask: Fragen stellen").check()
    page.get_by_label("Ihr Passwort").fill(open_board.passwords["demo-reviewer"])
    page.get_by_role("button", name="Den Schlüssel anlegen").click()
    page.get_by_text("Er wird nur dieses eine Mal gezeigt").wait_for()
    assert page.evaluate(WIDER) == 0
    assert left_in_english(page.evaluate(WORDS)) == set()
    page.get_by_role("button", name="Widerrufen Nachtlauf").click()
    page.get_by_role("cell", name="widerrufen").wait_for()
    assert page.evaluate(WIDER) == 0


def test_a_language_is_chosen_without_a_script_and_the_page_stays(open_page: Any) -> None:
    page = open_page(SHORT, java_script_enabled=False)
    assert page.locator("h2#bottom-line").inner_text() == "Bottom line"
    page.get_by_role("button", name="Deutsch").click()
    assert page.locator("h2#bottom-line").inner_text() == "Fazit"
    assert page.locator("h1").inner_text() == SMALL
    page.get_by_role("button", name="English").click()
    assert page.locator("h2#bottom-line").inner_text() == "Bottom line"


def test_what_a_script_says_aloud_is_german_as_well(open_page: Any) -> None:
    page = open_page("/", locale="de-DE")
    page.get_by_label("Ihre klinische Frage").fill(SMALL)
    page.get_by_role("button", name="Fragen").click()
    page.wait_for_selector(".bottom-line")
    assert page.locator("#live").inner_text() == f"Antwort angezeigt: {SMALL}"
