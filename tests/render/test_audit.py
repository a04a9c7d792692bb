"""An audit as text, page and JSON: the same verdicts and no stranger's characters."""

import json

import pytest

from probatum.answers.audit.auditor import audit
from probatum.answers.audit.document import Audit
from probatum.render.audit_html import audit_html
from probatum.render.audit_json import audit_json
from probatum.render.audit_text import audit_text
from tests.answers.conftest import LIBRARY

TEXT = (
    "# Cemiplimab in cervical cancer\n\n"
    "EMPOWER-Cervical 1 showed a median overall survival of 12.0 v 8.5 months (HR 0.69).\n\n"
    "EMPOWER-Cervical 1 had 608 patients.\n\n"
    "Cemiplimab <script>alert(1)</script> \x1b[31mworks\u202e in cervical cancer.\n"
)


@pytest.fixture(scope="module")
def made() -> Audit:
    return audit(TEXT, LIBRARY, name="notes.md")


def test_the_document_has_the_fields_of_the_contract(made: Audit) -> None:
    document = json.loads(audit_json(made))
    assert document["schema"] == "probatum.audit/1"
    assert [claim["verdict"] for claim in document["claims"]] == [
        "outdated",
        "supported",
        "not_found",
    ]
    assert set(document["claims"][0]) == {
        "text", "start", "end", "verdict", "reasons", "evidence", "corrected", "citations",
    }  # fmt: skip
    assert document["counts"] == {
        "contradicted": 0,
        "population_mismatch": 0,
        "outdated": 1,
        "not_found": 1,
        "supported": 1,
    }
    for claim in document["claims"]:
        assert TEXT[claim["start"] : claim["end"]].strip()
    for each in document["claims"][0]["evidence"]:
        assert LIBRARY.statement(each["record"])[each["start"] : each["end"]] == each["quote"]


def test_the_terminal_shows_the_grave_first_and_fits_its_width(made: Audit) -> None:
    for width in (40, 80, 120):
        text = audit_text(made, TEXT, width=width)
        assert max(map(len, text.splitlines())) <= width
        assert " ".join(text.split()).startswith("3 claims: 1 outdated, 1 not found, 1 supported.")
        assert text.index("What to look at") < text.index("Everything else")
        assert "\x1b" not in text
        assert "\u202e" not in text


def test_colour_is_only_beside_words(made: Audit) -> None:
    coloured = audit_text(made, TEXT, colour=True)
    assert "\x1b[1;33m↻ Outdated" in coloured


def test_the_page_holds_no_markup_of_the_text(made: Audit) -> None:
    page = audit_html(made, TEXT)
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert 'id="claim-1"' in page
    assert "default-src 'none'" in page


def test_the_same_text_gives_the_same_document(made: Audit) -> None:
    assert audit_json(audit(TEXT, LIBRARY, name="notes.md")) == audit_json(made)
