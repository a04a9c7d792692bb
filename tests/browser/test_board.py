"""What authors and reviewers do with the board's pages, in a real browser."""

import re
from typing import Any

import pytest

pytestmark = pytest.mark.browser

AUTHOR, REVIEWER, EDITOR = "demo-author", "demo-reviewer", "demo-editor"
DRAFT = "/articles/what-are-the-treatment-options-for-recurrent-metastatic-cerv/edit"
WAITING = "/review/is-cemiplimab-an-option-for-recurrent-or-metastatic-cervical/1"
UNDER_REVIEW = "/review/what-is-the-dose-of-tisotumab-vedotin-and-how-are-eye-side-e/1"
APPROVED = "/articles/what-does-a-pd-l1-cps-of-1-or-more-mean-in-cervical-cancer"
REPLACED = "/articles/what-was-the-final-overall-survival-in-empower-cervical-1"
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
OPEN = ".review-claim.open"


def test_words_are_checked_and_saved_while_the_author_types(open_board: Any) -> None:
    page = open_board(DRAFT, AUTHOR)
    box = page.locator("#t-c1")
    old = box.input_value()
    box.fill("Everybody lives 99 years longer.")
    state = page.locator("#c-c1 .claim-state")
    state.get_by_text("cannot be submitted").wait_for()
    assert state.locator(".fault").count() >= 1
    assert page.evaluate("document.activeElement.id") == "t-c1"
    assert box.input_value() == "Everybody lives 99 years longer."
    box.fill(old)
    state.get_by_text("Every check passes.").wait_for()
    page.reload()
    assert page.locator("#t-c1").input_value() == old


def test_a_reviewer_goes_through_the_claims_by_keyboard(open_board: Any) -> None:
    page = open_board(UNDER_REVIEW, REVIEWER)
    count = page.locator(OPEN).count()
    assert count > 2
    first = page.locator(OPEN).first.get_attribute("id")
    page.goto(f"{UNDER_REVIEW}#{first}")
    page.reload()
    with page.expect_navigation():
        page.keyboard.press("1")
    assert page.locator(OPEN).count() == count - 1
    assert f"#{first}" not in page.url
    page.keyboard.press("3")
    assert page.evaluate("document.activeElement.tagName") == "SELECT"
    page.keyboard.press("Escape")
    here = page.locator(".review-claim.here").get_attribute("id")
    page.locator(f"#{here}").focus()
    page.keyboard.press("j")
    assert page.locator(".review-claim.here").get_attribute("id") != here
    page.keyboard.press("k")
    assert page.locator(".review-claim.here").get_attribute("id") == here


def test_a_key_decides_only_on_a_claim_that_is_in_sight(open_board: Any) -> None:
    page = open_board(UNDER_REVIEW, REVIEWER)
    count = page.locator(OPEN).count()
    first = page.locator(OPEN).first.get_attribute("id")
    page.keyboard.press("1")
    assert page.locator(".review-claim.here").get_attribute("id") == first
    page.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
    page.keyboard.press("3")
    assert page.evaluate("document.activeElement.id") == first
    assert page.locator(".reject[open]").count() == 0
    page.keyboard.press("3")
    assert page.evaluate("document.activeElement.tagName") == "SELECT"
    page.reload()
    assert page.locator(OPEN).count() == count


def test_a_review_goes_from_the_queue_to_the_signature_without_a_script(open_board: Any) -> None:
    page = open_board("/review/", EDITOR, java_script_enabled=False)
    page.get_by_role("link", name=re.compile("Is cemiplimab an option")).click()
    page.wait_for_url(f"**{WAITING}")
    page.get_by_label("No", exact=True).check()
    with page.expect_navigation():
        page.get_by_role("button", name="Declare and begin the review").click()
    left = page.locator(OPEN).count()
    assert left > 0
    with page.expect_navigation():
        page.locator(f"{OPEN} form.approve button").first.click()
    assert page.locator(OPEN).count() == left - 1
    claim = page.locator(OPEN).first
    claim.locator(".reject summary").click()
    claim.get_by_label("Reason").select_option("unclear")
    claim.locator(".reject textarea").fill("Say for whom.")
    claim.locator(".reject button").click()
    page.get_by_text("A reader would misunderstand it. Say for whom.").wait_for()
    page.get_by_label("What the authors are to change").fill("Please mend one claim.")
    page.get_by_role("button", name="Ask for changes").click()
    page.get_by_text("Unreviewed: changes were requested").first.wait_for()


def test_a_reader_sees_who_signed_and_what_changed(open_board: Any) -> None:
    page = open_board("/articles/")
    page.get_by_role("link", name=re.compile("final overall survival")).click()
    page.wait_for_url(f"**{REPLACED}")
    status = page.locator(".review-status")
    assert "Reviewed and approved by the board." in status.inner_text()
    assert "Demo Reviewer (no real person)" in page.locator(".reviewers").inner_text()
    assert "No person has reviewed this." in page.locator(".reviewers").inner_text()
    page.get_by_role("link", name="What changed since version 1").click()
    page.wait_for_url("**/versions/2/since/1")
    assert page.locator(".diff del").count() == 1
    assert page.locator("[data-said]").inner_text().startswith("1 claim differs;")


def test_a_reader_copies_an_article_as_a_note(open_board: Any) -> None:
    page = open_board(APPROVED, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy as note").click()
    page.get_by_role("button", name="Copied").wait_for()
    note = page.evaluate("navigator.clipboard.readText()").split("\n")
    assert note[0] == "What does a PD-L1 CPS of 1 or more mean in cervical cancer?"
    assert note[1].startswith("Reviewed and approved by the board. This exact version was signed")


def test_without_a_script_the_note_is_a_page_and_no_button_promises_more(open_board: Any) -> None:
    page = open_board(APPROVED, java_script_enabled=False)
    assert page.get_by_role("button", name="Copy as note").count() == 0
    page.get_by_role("link", name="As a plain note").click()
    page.wait_for_url("**/versions/1.txt")
    assert page.locator("body").inner_text().startswith("What does a PD-L1 CPS of 1 or more mean")


def test_a_pdf_is_saved_under_a_name_that_says_the_version(open_board: Any) -> None:
    page = open_board(APPROVED)
    with page.expect_download() as saved:
        page.get_by_role("link", name="PDF", exact=True).click()
    assert saved.value.suggested_filename == f"probatum-{APPROVED.rpartition('/')[2]}-v1.pdf"


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/articles/", ""),
        ("/topics/", ""),
        ("/topics/cervical-cancer", ""),
        ("/", ""),
        (APPROVED, ""),
        (f"{REPLACED}/versions/2/since/1", ""),
        ("/editorial-policy", ""),
        ("/login", ""),
        ("/account/", AUTHOR),
        ("/account/keys", AUTHOR),
        (DRAFT, AUTHOR),
        ("/review/", REVIEWER),
        ("/review/statistics", EDITOR),
        (UNDER_REVIEW, REVIEWER),
    ],
)
def test_no_page_of_the_board_scrolls_sideways_or_breaks_a_rule_of_axe(
    open_board: Any, path: str, name: str, width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    scheme = "dark" if width == 320 else "light"
    viewport = {"width": width, "height": 800}
    options = {"viewport": viewport, "color_scheme": scheme, "bypass_csp": True}
    page = open_board(path, name, still=True, **options)
    assert page.evaluate(WIDER) == 0
    found = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []


@pytest.mark.parametrize("width", [320, 1280])
def test_the_key_of_a_second_factor_is_drawn_and_its_pages_break_no_rule_of_axe(
    open_board: Any, width: int
) -> None:
    """The policy for content stays on, so that a drawing it forbids would be complained about."""
    from axe_playwright_python.sync_playwright import Axe

    scheme = "dark" if width == 320 else "light"
    viewport = {"width": width, "height": 800}
    for bypass in (False, True):
        page = open_board(
            "/account/second-factor",
            AUTHOR,
            viewport=viewport,
            color_scheme=scheme,
            bypass_csp=bypass,
        )
        seen = []

        def check(page: Any = page, seen: list[Any] = seen, bypass: bool = bypass) -> None:
            assert page.evaluate(WIDER) == 0
            # Axe is a script of another's: the policy would stop it.
            found = Axe().run(page).response["violations"] if bypass else []
            seen.extend((each["id"], each["nodes"][0]["html"]) for each in found)

        check()
        page.get_by_role("link", name="Add a second factor").click()
        page.wait_for_url("**/login/again?**")
        check()
        page.get_by_label("Password").fill(open_board.passwords[AUTHOR])
        page.get_by_role("button", name="Go on").click()
        page.wait_for_url("**/second-factor/add")
        check()
        assert page.locator(".drawing svg").bounding_box()["width"] > 150
        page.get_by_label("Code").fill("000000")
        page.get_by_role("button", name="Add").click()
        page.locator("[data-said]").wait_for()
        check()
        assert seen == []
