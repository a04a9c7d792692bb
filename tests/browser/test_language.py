"""The pages in another language, in a real browser: chosen by hand, whole, inside the window."""

from typing import Any

import pytest

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
    for path in ("/articles/", "/review/", "/account/", *articles, *waiting):
        page.goto(path)
        assert (path, page.evaluate(WIDER)) == (path, 0)
        assert (path, left_in_english(page.evaluate(WORDS))) == (path, set())


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
