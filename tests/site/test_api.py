"""The API gives the program's documents, and every error in one shape."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from django.test import Client

QUESTION = "What are the options for recurrent metastatic cervical cancer after platinum?"
CLAIM = {"id": 7, "claim": "Examplimab lowered the zorgle count to 12 units."}
TEXT = "In 300 adults, examplimab lowered the zorgle count to 12 units. Headache was rare."
RESULT = (
    "Median overall survival was 17.0 months with examplimab and 13.3 months with placebo "
    "(hazard ratio for death, 0.71; 95% CI, 0.54 to 0.95; P=0.004)."
)


def post(client: "Client", address: str, body: object, **headers: str) -> Any:
    return client.post(
        f"/api/{address}", json.dumps(body), content_type="application/json", headers=headers
    )


def error(response: Any) -> tuple[int, str, str | None]:
    told = response.json()
    assert set(told) == {"error"}
    assert set(told["error"]) == {"code", "message", "field", "request_id"}
    assert told["error"]["request_id"] == response.headers["X-Request-ID"]
    assert told["error"]["message"].endswith(".")
    return response.status_code, told["error"]["code"], told["error"]["field"]


def test_an_answer_is_the_document_that_the_command_prints(client: "Client") -> None:
    given = post(client, "ask", {"question": QUESTION, "id": "a1"})
    assert given.status_code == 200
    answer = given.json()
    assert answer["schema"] == "probatum.answer/1"
    assert answer["question_id"] == "a1"
    page = client.get("/ask", {"q": QUESTION, "format": "json"}).json()
    assert answer["claims"] == page["claims"]
    assert answer["id"] == page["id"]


def test_a_follow_up_refers_to_an_earlier_answer_by_its_id(client: "Client") -> None:
    first = post(client, "ask", {"question": QUESTION}).json()
    body = {"question": "And if she has had bevacizumab?", "follow": first["id"]}
    second = post(client, "ask", body).json()
    assert second["understood"]["conditions"] == first["understood"]["conditions"]
    unknown = post(client, "ask", {"question": "And now?", "follow": "0123456789abcdef"})
    assert error(unknown) == (404, "not_found", "body.follow")


def test_a_stream_gives_every_claim_and_then_the_whole_answer(client: "Client") -> None:
    response = post(client, "ask", {"question": QUESTION}, Accept="text/event-stream")
    assert response.headers["Content-Type"] == "text/event-stream"
    parts = b"".join(response.streaming_content).decode().split("\n\n")
    events = [part.split("\n") for part in parts if part]
    names = [name.removeprefix("event: ") for name, _ in events]
    data = [json.loads(line.removeprefix("data: ")) for _, line in events]
    assert names[0] == "understood"
    assert set(names[1:-1]) == {"claim"}
    assert names[-1] == "answer"
    sections = [c for s in data[-1]["sections"] for c in s["claims"]]
    assert [each["id"] for each in data[1:-1]] == sections
    assert {each["verdict"] for each in data[1:-1]} == {"supported"}


def test_claims_are_judged_one_or_many(client: "Client") -> None:
    one = post(client, "verify", {**CLAIM, "evidence": TEXT}).json()
    assert (one["id"], one["verdict"]) == (7, "supported")
    assert TEXT[one["anchor"]["start"] : one["anchor"]["end"]] == one["anchor"]["quote"]
    wrong = {"id": 8, "claim": CLAIM["claim"].replace("12", "14"), "evidence": TEXT}
    many = post(client, "verify", [{**CLAIM, "evidence": TEXT}, wrong]).json()
    assert [(each["id"], each["verdict"]) for each in many] == [
        (7, "supported"),
        (8, "contradicted"),
    ]


def test_a_claim_needs_a_text_or_a_held_source(client: "Client") -> None:
    assert error(post(client, "verify", CLAIM)) == (422, "invalid", "body.evidence")
    unknown = post(client, "verify", {**CLAIM, "source": "no-such-source"})
    assert error(unknown) == (404, "not_found", "body.source")


def test_results_are_read_out_of_a_text_or_a_title_and_an_abstract(client: "Client") -> None:
    (result,) = post(client, "extract", {"id": "x", "text": RESULT}).json()["results"]
    effect = result["effect"]
    assert (effect["type"], effect["value"]) == ("HR", 0.71)
    assert (effect["ci_low"], effect["ci_high"]) == (0.54, 0.95)
    both = post(client, "extract", [{"title": "A trial", "abstract": RESULT}, {"text": "Nothing"}])
    first, second = both.json()
    shift = len("A trial\n")
    (same,) = first["results"]
    assert (same["start"], same["end"]) == (result["start"] + shift, result["end"] + shift)
    assert second["results"] == []
    assert error(post(client, "extract", {"id": 1})) == (422, "invalid", "body.text")


def test_a_text_is_audited(client: "Client") -> None:
    made = post(client, "audit", {"text": "Quennels cure examploma in 40% of adults."}).json()
    assert made["schema"] == "probatum.audit/1"
    assert [claim["verdict"] for claim in made["claims"]] == ["not_found"]


def test_passages_are_found_page_by_page(reader: "Client") -> None:
    found = reader.get("/api/search", {"q": "zorgle count", "k": 2}).json()
    assert found["query"] == "zorgle count"
    assert len(found["hits"]) == 2
    later = reader.get("/api/search", {"q": "zorgle count", "k": 1, "offset": 1}).json()
    assert later["hits"] == found["hits"][1:]
    same = reader.get("/api/search", {"q": "zorgle count", "limit": 1, "offset": 1}).json()
    assert same == later
    assert (found["next"], same["next"]) == (2, 2)
    assert reader.get("/api/search", {"q": "zorgle count", "k": 100}).json()["next"] is None


def test_sources_are_listed_page_by_page_and_shown(reader: "Client") -> None:
    whole = reader.get("/api/sources", {"limit": 200}).json()
    assert whole["count"] == len(whole["sources"])
    assert whole["next"] is None
    pages, offset = [], 0
    while offset is not None:
        page = reader.get("/api/sources", {"limit": 20, "offset": offset}).json()
        pages += page["sources"]
        offset = page["next"]
    assert pages == whole["sources"]
    (guide,) = reader.get("/api/sources", {"filter": "Care of examploma"}).json()["sources"]
    assert reader.get(f"/api/sources/{guide['edition']}").json() == [guide]
    assert error(reader.get("/api/sources/none")) == (404, "not_found", "path.id")


def test_the_server_says_whether_it_can_answer(client: "Client") -> None:
    told = client.get("/api/health").json()
    assert told["status"] == "ok"
    assert told["library"]["records"] > 0


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, (422, "invalid", "body.question")),
        ({"question": ""}, (422, "invalid", "body.question")),
        ({"question": "x" * 4_001}, (422, "invalid", "body.question")),
        ({"question": "Why?", "reader": "nurse"}, (422, "invalid", "body.reader")),
        ({"question": "Why?", "region": "mars"}, (422, "invalid", "body.region")),
        ({"question": "Why?", "as_of": "soon"}, (422, "invalid", "body.as_of")),
        ({"question": "Why?", "follow": "../etc"}, (422, "invalid", "body.follow")),
        ({"question": "Why?", "readr": "patient"}, (422, "invalid", "body.readr")),
        ({"question": "   "}, (400, "bad_request", None)),
    ],
)
def test_what_cannot_be_used_is_named(
    client: "Client", body: dict[str, Any], expected: tuple[int, str, str | None]
) -> None:
    assert error(post(client, "ask", body)) == expected


def test_a_body_must_be_json_and_say_so(client: "Client") -> None:
    broken = client.post("/api/ask", "{", content_type="application/json")
    assert error(broken) == (400, "bad_request", None)
    form = client.post("/api/ask", json.dumps({"question": "Why?"}), content_type="text/plain")
    assert error(form) == (415, "unsupported_media_type", None)


def test_a_body_that_is_too_large_is_refused(client: "Client") -> None:
    response = post(client, "audit", {"text": "a " * 2_500_000})
    assert error(response) == (413, "too_large", None)
    many = post(client, "extract", [{"text": "a"}] * 201)
    assert error(many) == (413, "too_large", None)


def test_addresses_and_methods_that_are_not_there_are_told_in_the_same_shape(
    client: "Client",
) -> None:
    assert error(client.get("/api/nothing")) == (404, "not_found", None)
    other = client.get("/api/ask")
    assert error(other) == (405, "method_not_allowed", None)
    assert other.headers["Allow"] == "POST"


def test_a_fault_of_ours_tells_nothing_of_the_text(
    client: "Client", monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret words")

    monkeypatch.setattr("probatum.site.api.routes.answered", broken)
    response = post(client, "ask", {"question": "Why?"})
    assert error(response) == (500, "internal", None)
    assert b"secret" not in response.content


def test_the_callers_id_is_kept_when_it_is_one(client: "Client") -> None:
    kept = client.get("/api/nothing", headers={"X-Request-ID": "trace-1234"})
    assert kept.json()["error"]["request_id"] == "trace-1234"
    made = client.get("/api/nothing", headers={"X-Request-ID": "<b>trace</b>"})
    assert len(made.json()["error"]["request_id"]) == 32


def test_the_description_is_openapi_and_up_to_date(client: "Client") -> None:
    described = client.get("/api/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    assert set(described["paths"]) == {
        f"/api/{each}"
        for each in (
            "ask",
            "audit",
            "verify",
            "extract",
            "search",
            "sources",
            "sources/{id}",
            "articles",
            "articles/{slug}",
            "articles/{slug}/versions",
            "articles/{slug}/versions/{number}",
            "articles/{slug}/changes",
            "articles/{slug}/export",
            "articles/{slug}/submit",
            "articles/{slug}/reviews",
            "reviews",
            "health",
        )
    }
    kept = Path(__file__).parents[2] / "docs" / "reference" / "openapi.json"
    assert json.loads(kept.read_text("utf-8")) == described
