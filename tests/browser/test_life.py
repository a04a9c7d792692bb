"""The whole life of an article in a real browser: an author, a reviewer, an editor and a reader.

Each has a browser of their own. From the first page on they go where the pages lead them.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from probatum.review.log import Entry, verify
from tests.browser.conftest import Chromium, environment, opening, served, signing_in

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

# Its answer has a decision path, for which the policy asks two signatures.
QUESTION = "Which treatment sequence is used after pembrolizumab in cervical cancer?"
PATH = "Decision path"
# As many claims as are left with it.
CLAIMS = 19
# A source of two of them.
RETRACTED = "meric-bernstam-2024-jco"
FALSE = "Everybody lives 99 years longer."
OPEN = ".review-claim.open"
ACCOUNTS = """
import json
from probatum.site.server import prepare
prepare()
from probatum.review.people import Role
from probatum.site.board.members import add
print(json.dumps({
    "anna": add("anna", "Anna Author", [Role.AUTHOR]),
    "ruth": add("ruth", "Dr Ruth Reviewer", [Role.REVIEWER]),
    "edda": add("edda", "Dr Edda Editor", [Role.EDITOR]),
}))
"""


class Place:
    """A site of its own, and who comes to it."""

    def __init__(self, library: Path, opened: Any) -> None:
        self.library = library
        self.opened = opened

    def command(self, *words: str) -> str:
        """What a command says on the library that the site serves."""
        return run(self.library, "-m", "probatum", *words)


def run(library: Path, *words: str) -> str:
    env = {"DJANGO_SETTINGS_MODULE": "probatum.site.settings", **environment(str(library))}
    done = subprocess.run(
        [sys.executable, *words], env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


@pytest.fixture
def place(chromium: Chromium, tmp_path: Path) -> Iterator[Place]:
    """A site with three accounts and no article, which this test may change as it likes."""
    library = tmp_path / "library"
    passwords = json.loads(run(library, "-c", ACCOUNTS))
    with (
        served(str(library), tmp_path / "server.txt") as address,
        opening(chromium, address) as opened,
    ):
        yield Place(library, signing_in(opened, passwords, {}))


def press(page: "Page", name: str) -> None:
    """Press a button or follow a link that leads to another page, and wait for that."""
    button, link = (page.get_by_role(role, name=name, exact=True) for role in ("button", "link"))
    with page.expect_navigation():
        button.or_(link).click()


def tab_to(page: "Page", control: "Locator") -> None:
    """Go to a control as somebody does who uses no mouse."""
    for _ in range(600):
        if control.evaluate("each => each === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the tab key never came to {control}")


def key(page: "Page", name: str) -> None:
    """Press a key that leads to another page."""
    with page.expect_navigation():
        page.keyboard.press(name)


def reloaded(page: "Page", text: str) -> None:
    """Load a page anew until it says something."""
    until = time.monotonic() + 30
    while not page.get_by_text(text).first.is_visible():
        assert time.monotonic() < until, f"the page never said {text!r}"
        page.reload()


def words(page: "Page", claim: str, text: str, said: str) -> None:
    """Other words for a claim of a draft, and what its checks say of them."""
    page.locator(f"#t-{claim}").fill(text)
    page.locator(f"#c-{claim} .claim-state").get_by_text(said).wait_for()


def asks_and_drafts(page: "Page") -> None:
    page.get_by_label("Your clinical question").fill(QUESTION)
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Turn into a draft").click()
    page.wait_for_url("**/articles/new?**")
    press(page, "Begin the draft")
    page.get_by_text("Draft of version 1: not reviewed").wait_for()


def shortens(page: "Page") -> None:
    """Leave the decision path alone in the draft, and what stands above it."""
    parts = page.get_by_role("button", name="Take the part").filter(visible=True)
    for part in [each.get_attribute("aria-label") or "" for each in parts.all()]:
        if PATH not in part:
            press(page, part)
    assert parts.count() == 1


def edits_and_submits(page: "Page", claim: str) -> None:
    own = page.locator(f"#t-{claim}").input_value()
    words(page, claim, FALSE, "These words are kept for you and cannot be submitted.")
    press(page, "Submit version 1")
    page.get_by_text("Not submitted: 1 sentence did not pass.").wait_for()
    assert page.locator(f"#t-{claim}").input_value() == FALSE
    words(page, claim, own, "Every check passes. Saved.")
    press(page, "Submit version 1")
    page.get_by_text("Unreviewed: waits for review.").first.wait_for()


def assigns(page: "Page") -> None:
    page.get_by_role("link", name=QUESTION).click()
    page.wait_for_url("**/review/*/1")
    page.get_by_label("Whom to ask").select_option(label="Dr Ruth Reviewer")
    press(page, "Ask to review")
    page.get_by_text("Dr Ruth Reviewer was asked to review it, by Dr Edda Editor").wait_for()


def declares(page: "Page", version: int) -> None:
    """From the queue to a version, and a declaration, without a mouse."""
    tab_to(page, page.get_by_role("link", name=QUESTION))
    key(page, "Enter")
    page.wait_for_url(f"**/review/*/{version}")
    tab_to(page, page.get_by_label("No", exact=True))
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("No ties to any maker.")
    page.keyboard.press("Tab")
    key(page, "Enter")
    page.get_by_text("Your declaration: No ties to any maker.").wait_for()


def approves(page: "Page", leave: int = 0) -> None:
    """Approve one open claim after the other with a key, but for the last ones."""
    page.keyboard.press("j")
    left = page.locator(OPEN).count()
    while left > leave:
        key(page, "1")
        left -= 1
        assert page.locator(OPEN).count() == left


def returns(page: "Page", comment: str) -> None:
    """Reject the claim that is left, and ask for changes, without a mouse."""
    page.keyboard.press("3")
    page.keyboard.type("A reader would")
    page.keyboard.press("Tab")
    page.keyboard.type(comment)
    page.keyboard.press("Tab")
    key(page, "Enter")
    page.get_by_text(f"A reader would misunderstand it. {comment}").wait_for()
    tab_to(page, page.get_by_label("What the authors are to change"))
    page.keyboard.type("Please mend one claim.")
    page.keyboard.press("Tab")
    key(page, "Enter")
    page.get_by_text("Unreviewed: changes were requested").first.wait_for()


def mends(page: "Page", claim: str) -> None:
    """Other words, and submitted at once: what was typed last is saved first."""
    press(page, "Edit")
    page.get_by_text("Please mend one claim.").wait_for()
    press(page, "Begin a new version from these words")
    page.get_by_role("heading", name="A reviewer asked for changes").wait_for()
    page.locator(f"#c-{claim}").get_by_text("Dr Ruth Reviewer rejected these words").wait_for()
    box = page.locator(f"#t-{claim}")
    box.fill(box.input_value().replace(", NCI PDQ lists ", " the NCI PDQ lists "))
    press(page, "Submit version 2")
    page.get_by_text("Unreviewed: waits for review.").first.wait_for()


def signs(page: "Page", password: str, before: int) -> None:
    """From the review to the signature, without a mouse; a wrong password signs nothing."""
    tab_to(page, page.get_by_role("link", name="Sign this version").first)
    key(page, "Enter")
    page.get_by_role("heading", name="What you sign").wait_for()
    shown = page.locator(".signing")
    assert QUESTION in shown.inner_text()
    assert f"I have compared each of the {CLAIMS} claims of version 2" in shown.inner_text()
    assert f"Signatures so far: {before} of 2" in shown.inner_text()
    for given, said in (("wrong", "Nothing was signed."), (password, f"Signed: {before + 1} of 2")):
        tab_to(page, page.get_by_label("Your password, again"))
        page.keyboard.type(given)
        key(page, "Enter")
        page.get_by_text(said).wait_for()


def reads(page: "Page") -> None:
    """What a visitor is told of an article that was approved."""
    page.get_by_role("link", name=QUESTION).click()
    page.wait_for_url("**/articles/which-treatment-*")
    status = page.locator(".review-status").inner_text()
    assert "Reviewed and approved by the board." in status
    assert "This exact version was signed by Dr Ruth Reviewer" in status
    assert page.locator(".reviewers strong").all_inner_texts() == [
        "Dr Ruth Reviewer",
        "Dr Edda Editor",
    ]
    assert "No ties to any maker." in page.locator(".reviewers").inner_text()
    assert "Version 2: reviewed by Dr Ruth Reviewer" in page.locator(".cite-this").inner_text()
    press(page, "What changed since version 1")
    page.get_by_text("1 claim differs; 18 are the same word for word.").wait_for()
    assert page.locator(".diff ins").all_inner_texts() == ["cancer the"]
    page.go_back()
    with page.expect_navigation():
        page.locator("a[rel=bookmark]").click()
    assert page.url.endswith("/versions/2")
    page.go_back()


def trail(page: "Page") -> list[Entry]:
    """Every step on record, as an editor saves it."""
    with page.expect_download() as saved:
        page.get_by_role("link", name="The whole trail as JSON lines").click()
    lines = Path(saved.value.path()).read_text("utf-8").splitlines()
    return [Entry.model_validate_json(line) for line in lines]


def test_an_article_is_written_reviewed_signed_published_reopened_and_withdrawn(
    place: Place,
) -> None:
    author, editor = place.opened("/", "anna"), place.opened("/review/", "edda")
    reviewer, reader = place.opened("/review/", "ruth"), place.opened("/articles/")

    asks_and_drafts(author)
    shortens(author)
    changed = author.locator(".editing textarea").last.get_attribute("id").removeprefix("t-")
    edits_and_submits(author, changed)

    editor.reload()
    assigns(editor)
    reviewer.reload()
    declares(reviewer, 1)
    reviewer.get_by_text("You were asked to review it, by Dr Edda Editor").wait_for()
    approves(reviewer, leave=1)
    returns(reviewer, "Say it more plainly.")

    author.reload()
    mends(author, changed)
    press(reviewer, "What waits for review")
    declares(reviewer, 2)
    approves(reviewer)
    signs(reviewer, place.opened.passwords["ruth"], 0)
    reader.reload()
    assert reader.locator(".badge").all_inner_texts() == ["Unreviewed: review under way"]
    press(editor, "What waits for review")
    declares(editor, 2)
    signs(editor, place.opened.passwords["edda"], 1)
    reader.reload()
    reads(reader)

    place.command("sources", "mark", RETRACTED, "retracted")
    reloaded(reader, "Approval ended: to be reviewed again")
    assert "was retracted." in reader.locator(".cause").first.inner_text()
    place.command("worker", "--once")
    press(editor, "What waits for review")
    row = editor.get_by_role("row").filter(has_text=QUESTION)
    assert row.get_by_role("cell").nth(2).inner_text() == "Source retracted"
    row.get_by_role("link", name=QUESTION).click()
    editor.get_by_text("2 claims still open").wait_for()
    editor.get_by_text("What was withdrawn cannot be approved").wait_for()
    editor.get_by_label("Why it is withdrawn; the reason is shown").fill("It lost its source.")
    press(editor, "Withdraw this version")
    editor.get_by_text("The reason: It lost its source.").wait_for()
    gone = reader.reload()
    assert gone is not None
    assert gone.status == 410
    reader.get_by_text("The reason: It lost its source.").wait_for()

    press(editor, "What waits for review")
    entries = trail(editor)
    assert verify(entries[0].article, entries) is None
    steps = [(each.actor, each.event.kind, each.event.version) for each in entries]
    assert steps == [
        ("anna", "drafted", 1),
        ("anna", "submitted", 1),
        ("edda", "assigned", 1),
        ("ruth", "taken", 1),
        ("ruth", "declared", 1),
        *[("ruth", "decided", 1)] * CLAIMS,
        ("ruth", "changes_requested", 1),
        ("anna", "drafted", 2),
        ("anna", "submitted", 2),
        ("ruth", "taken", 2),
        ("ruth", "declared", 2),
        ("ruth", "decided", 2),
        ("ruth", "signed", 2),
        ("edda", "declared", 2),
        ("edda", "signed", 2),
        ("system", "reopened", 2),
        ("edda", "withdrawn", 2),
    ]
