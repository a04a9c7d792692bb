"""A follow-up on a subject that only held texts name keeps it, on the site and over the API."""

import html
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.questions.filed import fill
from tests.site.test_api import post

if TYPE_CHECKING:
    from django.test import Client

FIRST = "What are the side effects of Dorvexa?"
THEN = "And its adverse reactions?"
QUOTE = "\u201cHeadache and dry mouth are adverse reactions of Dorvexa.\u201d"


@pytest.fixture(scope="session")
def _filed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("filed")
    fill(folder / "library", folder / "files")
    return folder / "library"


@pytest.fixture
def filed(on_library: "Callable[[Path], Client]", _filed: Path) -> "Client":
    """A browser on a library whose drugs no pack names."""
    return on_library(_filed)


def test_the_page_hands_the_subject_on(filed: "Client") -> None:
    page = filed.get("/ask", {"q": FIRST}).content.decode()
    kept = page.split('id="kept"')[1].split("</ul>")[0]
    assert "Dorvexa" in kept
    token = re.search(r'name="follow" value="([^"]+)"', page)
    assert token
    asked = {"q": THEN, "follow": token[1]}
    later = filed.get("/ask", {**asked, "format": "json"}).json()
    assert later["understood"]["interventions"] == ["Dorvexa"]
    assert [each["text"] for each in later["claims"].values()] == [QUOTE]
    assert QUOTE in html.unescape(filed.get("/ask", asked).content.decode())


def test_the_api_hands_the_subject_on(filed: "Client") -> None:
    first = post(filed, "ask", {"question": FIRST}).json()
    later = post(filed, "ask", {"question": THEN, "follow": first["id"]}).json()
    assert later["understood"]["interventions"] == ["Dorvexa"]
    assert [each["text"] for each in later["claims"].values()] == [QUOTE]


def test_a_forged_name_is_refused_on_the_page_and_not_printed(filed: "Client") -> None:
    import base64

    token = base64.urlsafe_b64encode(b'{"filed":["Quorvian Population"]}').decode()
    refused = filed.get("/ask", {"q": THEN, "follow": token})
    assert (refused.status_code, b"Quorvian" in refused.content) == (400, False)
