"""Auditing a text in a real browser."""

import json
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

TEXT = (
    "EMPOWER-Cervical 1 showed a median overall survival of 12.0 v 8.5 months (HR 0.69).\n\n"
    "EMPOWER-Cervical 1 had 608 patients.\n"
)
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_a_pasted_text_is_audited_and_saved(open_page: Any, tmp_path: Path) -> None:
    page = open_page("/")
    page.get_by_role("link", name="Audit", exact=True).click()
    page.locator("#text").fill(TEXT)
    page.get_by_role("button", name="Audit").click()
    page.wait_for_selector(".export")
    assert page.locator("h1").inner_text() == "2 claims: 1 outdated, 1 supported."
    assert page.locator(".step:visible").count() == 0
    first = page.locator("#claim-1")
    assert (
        first.locator(".said").bounding_box()["x"]
        < first.locator(".held-words").bounding_box()["x"]
    )
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as JSON").click()
    download.value.save_as(tmp_path / "audit.json")
    saved = json.loads((tmp_path / "audit.json").read_text("utf-8"))
    assert saved["summary"] == "2 claims: 1 outdated, 1 supported."


def test_on_a_narrow_screen_what_is_held_stands_below_the_claim(open_page: Any) -> None:
    page = open_page("/audit/", viewport={"width": 390, "height": 800})
    page.locator("#text").fill(TEXT)
    page.get_by_role("button", name="Audit").click()
    page.wait_for_selector(".export")
    assert page.evaluate(WIDER) == 0
    first = page.locator("#claim-1")
    assert (
        first.locator(".said").bounding_box()["y"]
        < first.locator(".held-words").bounding_box()["y"]
    )
