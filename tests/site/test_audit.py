"""The page that audits a text, as a browser without scripts sees it."""

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from probatum.site import auditing
from probatum.sources.web.page import Page

if TYPE_CHECKING:
    from django.test import Client

TEXT = "EMPOWER-Cervical 1 showed a median overall survival of 12.0 v 8.5 months (HR 0.69)."


def page(response: Any) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return str(content.decode())


def test_the_form_is_there_and_sets_no_cookie(client: "Client") -> None:
    response = client.get("/audit/")
    assert response.status_code == 200
    assert 'enctype="multipart/form-data"' in page(response)
    assert not response.cookies


def test_a_text_is_audited_while_its_page_grows(client: "Client") -> None:
    response = client.post("/audit/", {"text": TEXT})
    assert response.streaming
    assert response.headers["Cache-Control"] == "no-store"
    words = page(response)
    assert "1 claim: 1 outdated." in words
    assert words.index("Checked 0 of 1 claims") < words.index("What to look at")
    assert words.rstrip().endswith("</html>")


@pytest.mark.parametrize(
    ("form", "start"), [("json", '{\n  "schema"'), ("html", "<!doctype html>")]
)
def test_an_audit_is_kept_as_a_file(client: "Client", form: str, start: str) -> None:
    response = client.post("/audit/", {"text": TEXT, "format": form})
    assert response.headers["Content-Disposition"].startswith("attachment; filename=")
    assert page(response).startswith(start)


def test_an_uploaded_page_is_read_without_its_scripts(client: "Client") -> None:
    content = f"<html><body><script>x</script><h1>A</h1><p>{TEXT}</p></body></html>"
    file = SimpleUploadedFile("page.html", content.encode())
    made = json.loads(page(client.post("/audit/", {"file": file, "format": "json"})))
    assert TEXT in made["text"]
    assert "script" not in made["text"]
    assert made["counts"]["outdated"] == 1


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"text": " "}, "Please paste a text"),
        ({"text": TEXT, "format": "exe"}, "The format must be one of"),
        ({"text": TEXT, "question": "x" * 4001}, "The question has more than"),
        ({"text": "a " * 600_000}, "at most 1,000,000 are read"),
    ],
)
def test_what_cannot_be_audited_is_said_on_the_page(
    client: "Client", sent: dict[str, str], sentence: str
) -> None:
    response = client.post("/audit/", sent)
    assert response.status_code == 400
    assert sentence in page(response)


def test_a_form_from_another_site_is_refused(client: "Client") -> None:
    response = client.post("/audit/", {"text": TEXT}, HTTP_SEC_FETCH_SITE="cross-site")
    assert response.status_code == 400
    assert "sent from another site" in page(response)
    response = client.post("/audit/", {"text": TEXT}, HTTP_ORIGIN="https://evil.example")
    assert response.status_code == 400


def test_too_many_at_once_are_asked_to_wait(client: "Client") -> None:
    for _ in range(auditing.AT_ONCE):
        assert auditing._room.acquire(blocking=False)
    try:
        assert client.post("/audit/", {"text": TEXT}).status_code == 503
    finally:
        for _ in range(auditing.AT_ONCE):
            auditing._room.release()


def test_the_text_is_a_texts_and_never_markup(client: "Client") -> None:
    words = page(client.post("/audit/", {"text": f"<script>x</script>\n\n{TEXT}"}))
    assert "<script>x" not in words


def test_a_page_is_fetched_only_where_the_operator_allows_it(
    client: "Client", monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.conf import settings

    fetched: list[str] = []

    def fetch(address: str) -> Page:
        fetched.append(address)
        return Page(address, "text/html", f"<html><body><p>{TEXT}</p></body></html>".encode())

    monkeypatch.setattr(auditing, "fetch", fetch)
    sent = {"address": "https://example.org/a", "format": "json"}
    assert 'name="address"' not in page(client.get("/audit/"))
    response = client.post("/audit/", sent)
    assert (response.status_code, fetched) == (400, [])
    assert "does not fetch pages" in page(response)

    monkeypatch.setattr(settings, "PROBATUM_FETCH", True)
    assert 'name="address"' in page(client.get("/audit/"))
    made = json.loads(page(client.post("/audit/", sent)))
    assert (fetched, made["counts"]["outdated"]) == (["https://example.org/a"], 1)
    client.post("/audit/", {**sent, "text": TEXT})
    assert fetched == ["https://example.org/a"]


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1/", "http://[::1]:80/", "file:///etc/passwd", "http://a:b@c/"]
)
def test_an_address_inside_the_network_is_refused_and_leaves_room_for_others(
    client: "Client", monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    from django.conf import settings

    monkeypatch.setattr(settings, "PROBATUM_FETCH", True)
    for _ in range(auditing.AT_ONCE + 1):
        response = client.post("/audit/", {"address": address})
        assert response.status_code == 400
        assert 'role="alert"' in page(response)
