"""What a person does with the pages, in a real browser."""

from typing import Any
from urllib.parse import unquote_plus, urlencode

import pytest

pytestmark = pytest.mark.browser

QUESTION = "What are the treatment options for recurrent metastatic cervical cancer?"
SMALL = "When should bevacizumab be withheld or stopped?"
WRONG = "Since cemiplimab is FDA-approved for cervical cancer, what dose should I give?"
ANSWER = "/ask?" + urlencode({"q": QUESTION})
SHORT = "/ask?" + urlencode({"q": SMALL})
QUOTED = "/ask?" + urlencode(
    {"q": "Is a zorgle count above 12 a sign to watch for, and pale quennels in the morning?"}
)
FOUND = "/search?" + urlencode({"q": "quennels in the morning"})
NARROWED = "/search?" + urlencode({"q": "zorgle", "since": "2030"})
OPEN_CARDS = "document.querySelectorAll('.card:popover-open').length"
FOCUS = "document.activeElement.className"
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_a_question_typed_on_the_first_page_is_answered_and_announced(open_page: Any) -> None:
    page = open_page("/")
    page.keyboard.press("/")
    page.keyboard.type(SMALL)
    page.keyboard.press("Enter")
    page.wait_for_selector(".bottom-line")
    assert page.locator("h1").inner_text() == SMALL
    assert unquote_plus(page.url).endswith(f"/ask?q={SMALL}&reader=clinician")
    assert page.locator("#live").inner_text() == f"Answer shown: {SMALL}"
    assert page.evaluate("document.activeElement.tagName") == "H1"


def test_a_citation_opens_by_keyboard_closes_with_esc_and_gives_the_focus_back(
    open_page: Any,
) -> None:
    page = open_page(SHORT)
    marker = page.locator(".bottom-line .cite").first
    marker.focus()
    page.keyboard.press("Enter")
    assert page.evaluate(OPEN_CARDS) == 1
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS) == "close"
    page.keyboard.press("Escape")
    assert page.evaluate(OPEN_CARDS) == 0
    assert page.evaluate(FOCUS) == "cite"
    page.keyboard.press("Space")
    assert page.evaluate(OPEN_CARDS) == 1


def test_a_card_shows_the_held_words_their_source_and_each_check(open_page: Any) -> None:
    page = open_page(SHORT)
    page.locator(".bottom-line .cite").first.click()
    card = page.locator(".card:popover-open")
    assert card.locator("blockquote").first.inner_text()
    assert card.locator(".from a").first.inner_text().startswith("[")
    assert card.locator(".checks li").count() >= 7
    box = card.bounding_box()
    assert box["x"] >= 0
    assert box["y"] >= 0
    assert box["x"] + box["width"] <= 1280
    assert box["y"] + box["height"] <= 900


def test_a_quote_leads_through_its_card_to_its_place_in_the_held_text(open_page: Any) -> None:
    lines = ["Watch for these signs:", "a zorgle count above 12", "pale quennels in the morning"]
    words = "\n".join(lines)
    page = open_page(QUOTED)
    assert page.locator(".part-quotes .quoted").first.inner_text() == f"\u201c{words}\u201d"
    page.locator(".part-quotes .cite").first.click()
    card = page.locator(".card:popover-open")
    assert card.locator("mark").inner_text() == words
    assert "Examplimab lowers" in card.locator("blockquote").inner_text()
    assert "Licence: CC BY 4.0" in card.inner_text()
    card.get_by_role("link", name="Read it in the held text").click()
    page.wait_for_url("**/sources/**#quote")
    assert page.locator("mark").all_inner_texts() == lines
    assert page.locator("#quote").bounding_box()["y"] < 900


def test_a_search_is_narrowed_read_and_announced(open_page: Any) -> None:
    page = open_page("/")
    page.get_by_role("link", name="Search", exact=True).click()
    # A click on a link does not wait for the page behind it: the keys would go to this one.
    page.wait_for_url("**/search")
    page.keyboard.press("/")
    page.keyboard.type("zorgle count")
    page.keyboard.press("Enter")
    page.wait_for_selector(".hit")
    assert page.locator("#live").inner_text() == "3 passages"
    page.get_by_text("Narrow it down").click()
    page.get_by_label("To year").fill("2019")
    page.get_by_role("button", name="Search").click()
    page.wait_for_selector(".tally:has-text('1 passage')")
    assert page.locator(".hit mark").all_inner_texts() == ["zorgle", "count"]
    page.locator(".hit h3 a").click()
    page.wait_for_url("**/sources/**#quote")
    assert page.locator("h1").inner_text() == "Early notes on zorgle counts"
    assert page.locator("#quote").inner_text().startswith("The zorgle count was first")


def test_a_search_without_a_word_is_refused_on_its_page(open_page: Any) -> None:
    page = open_page("/search")
    page.locator("#q").fill("?!")
    page.get_by_role("button", name="Search").click()
    page.wait_for_selector(".complaint")
    assert page.locator("#live").inner_text() == "There is no word to search for."
    assert page.locator("#q").input_value() == "?!"


def test_a_citation_opens_by_touch(open_page: Any) -> None:
    page = open_page(SHORT, viewport={"width": 390, "height": 800}, has_touch=True)
    page.locator(".bottom-line .cite").first.tap()
    assert page.evaluate(OPEN_CARDS) == 1
    page.locator(".card:popover-open .close").tap()
    assert page.evaluate(OPEN_CARDS) == 0


def test_switching_the_reader_keeps_the_question(open_page: Any) -> None:
    page = open_page(SHORT)
    page.get_by_role("link", name="Patient").click()
    page.wait_for_selector(".readers a[aria-current]:has-text('Patient')")
    assert page.locator("h1").inner_text() == SMALL
    page.go_back()
    page.wait_for_selector(".readers a[aria-current]:has-text('Clinician')")


def test_a_follow_up_keeps_the_context(open_page: Any) -> None:
    page = open_page("/ask?" + urlencode({"q": "What is the dose of cemiplimab?"}))
    page.locator("#q-follow").fill("When is it withheld?")
    page.locator(".follow button[type=submit]").click()
    page.wait_for_selector("h1:has-text('When is it withheld?')")
    assert "cemiplimab" in page.locator(".understood").inner_text().lower()


def test_a_refused_question_says_why_on_the_page(open_page: Any) -> None:
    page = open_page("/")
    page.evaluate("document.querySelector('#q').removeAttribute('maxlength')")
    page.locator("#q").fill("x" * 4001)
    page.locator(".ask button").click()
    page.wait_for_selector(".complaint")
    assert page.locator(".complaint").inner_text() == (
        "The question has 4,001 characters; at most 4,000 are read. Please ask it in a few "
        "sentences."
    )


def test_a_wrong_premise_is_corrected_above_the_bottom_line(open_page: Any) -> None:
    page = open_page("/ask?" + urlencode({"q": WRONG}))
    banner = page.locator(".banner").bounding_box()
    line = page.locator(".bottom-line").bounding_box()
    assert banner["y"] < line["y"]


def test_everything_works_without_scripts(open_page: Any) -> None:
    page = open_page("/", java_script_enabled=False)
    page.locator("#q").fill(SMALL)
    page.get_by_label("Trainee").check()
    page.locator(".ask button").click()
    assert page.locator("h1").inner_text() == SMALL
    assert page.locator(".readers a[aria-current]").inner_text() == "Trainee"
    card = page.locator(".card").first
    assert not card.is_visible()
    page.locator(f".cite[popovertarget={card.get_attribute('id')}]").first.click()
    assert card.is_visible()
    page.keyboard.press("Escape")
    assert not card.is_visible()
    page.get_by_role("link", name="Search", exact=True).click()
    page.wait_for_url("**/search")
    page.locator("#q").fill("zorgle")
    page.get_by_role("button", name="Search").click()
    page.locator(".hit h3 a").first.click()
    assert page.locator(".passage").first.is_visible()
    page.get_by_role("navigation", name="Site").get_by_role("link", name="Sources").click()
    page.locator("#filter").fill("KEYNOTE")
    page.get_by_role("button", name="Filter").click()
    assert [each for each in page.locator(".source-list h2").all_inner_texts() if "KEYNOTE" in each]


def test_print_shows_the_evidence_behind_each_claim_and_no_controls(open_page: Any) -> None:
    page = open_page(SHORT)
    page.emulate_media(media="print")
    cards = page.locator(".card")
    assert [each for each in cards.all() if not each.is_visible()] == []
    assert [
        name
        for name in (".readers", ".toc", ".follow", ".masthead nav")
        if page.locator(name).is_visible()
    ] == []


@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize(
    "path", ["/", ANSWER, SHORT, QUOTED, FOUND, NARROWED, "/sources/", "/about"]
)
def test_no_page_scrolls_sideways(open_page: Any, path: str, width: int) -> None:
    page = open_page(path, viewport={"width": width, "height": 800})
    assert page.evaluate(WIDER) == 0


@pytest.mark.parametrize("width", [320, 1280])
def test_no_held_text_scrolls_sideways(open_page: Any, width: int) -> None:
    page = open_page(FOUND, viewport={"width": width, "height": 800})
    page.locator(".hit h3 a").first.click()
    page.wait_for_selector(".passage")
    assert page.evaluate(WIDER) == 0


def test_every_control_is_large_enough_to_touch(open_page: Any) -> None:
    page = open_page(SHORT, viewport={"width": 320, "height": 800})
    small = page.evaluate(
        "[...document.querySelectorAll('button, input, select, textarea, .readers a, nav a')]"
        ".filter(e => e.checkVisibility()).map(e => [e.className, e.getBoundingClientRect()])"
        ".filter(([n, r]) => r.width < 23.9 && r.height < 23.9 || r.height < 18).map(([n]) => n)"
    )
    assert small == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        (SHORT, 200),
        (ANSWER, 200),
        (QUOTED, 200),
        ("/search", 200),
        (FOUND, 200),
        (NARROWED, 200),
        ("/search?q=", 400),
        ("/sources/", 200),
        ("/about", 200),
        ("/no", 404),
    ],
)
def test_axe_finds_no_violation(open_page: Any, path: str, status: int, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = open_page(path, expect_status=status, color_scheme=scheme, bypass_csp=True)
    found = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_in_a_held_text(open_page: Any, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = open_page(FOUND, color_scheme=scheme, bypass_csp=True)
    page.locator(".hit h3 a").first.click()
    page.wait_for_selector(".passage table")
    found = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []


def test_axe_finds_no_violation_in_an_open_card(open_page: Any) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = open_page(SHORT, bypass_csp=True)
    page.locator(".cite").first.click()
    found = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []


def test_facts_about_a_patient_stay_out_of_the_address(open_page: Any) -> None:
    page = open_page("/")
    page.locator("details.patient > summary").click()
    page.fill("#patient-age", "62")
    page.fill("#patient-line", "second-line")
    page.fill("textarea[name=q]", "What are the treatment options for recurrent cervical cancer?")
    page.get_by_role("button", name="Ask", exact=True).click()
    page.wait_for_selector(".bottom-line")
    assert page.url.endswith("/ask")
    assert page.locator(".claims s").first.inner_text().startswith("Set aside for this patient")
    assert page.input_value("#patient-age") == "62"
