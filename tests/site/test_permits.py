"""What the operator lets others have done for them: look-ups, models, facts about a patient."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.site.test_api import error, post
from tests.sources.live.services import World, article, services

if TYPE_CHECKING:
    from django.test import Client

QUESTION = "What is the dose of fictumab in psoriasis?"
OPTIONS = "What are the treatment options for recurrent cervical cancer?"
ADVICE = "We recommend fictumab 20 mg once weekly for adults with severe psoriasis."


@pytest.fixture
def world(client: "Client", tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """A service that knows a guideline, and a site on a library of its own."""
    from django.conf import settings

    from probatum.site import answering, engine

    current = engine.Current(engine._opened, lambda: 0.0)
    monkeypatch.setattr(settings, "PROBATUM_LIBRARY", str(tmp_path))
    monkeypatch.setattr(engine, "current", lambda: current)
    monkeypatch.setattr(answering, "current", lambda: current)
    with services() as made:
        made.articles["102"] = article(
            "A guideline on psoriasis", ADVICE, kind="Practice Guideline"
        )
        for name, value in made.environment.items():
            monkeypatch.setenv(name, value)
        yield made


def test_nothing_is_looked_up_and_no_model_asked_unless_the_operator_allows_it(
    client: "Client", world: World
) -> None:
    live = post(client, "ask", {"question": QUESTION, "live": ["pubmed"]})
    assert error(live) == (403, "forbidden", "body.live")
    assert live.json()["error"]["message"] == (
        "Live look-ups are switched off on this installation."
    )
    model = post(client, "ask", {"question": QUESTION, "model": "openai:some"})
    assert error(model) == (403, "forbidden", "body.model")
    assert "live" not in client.get("/").content.decode().split("<form", 1)[1].split("</form>")[0]
    client.post("/ask", {"q": QUESTION, "live": "1"})
    assert world.asked == []


def test_only_the_sources_and_models_that_are_named_are_allowed(
    client: "Client", world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROBATUM_ALLOW_LIVE", "trials, labels")
    monkeypatch.setenv("PROBATUM_ALLOW_MODELS", "openai:one, openai:two")
    other = post(client, "ask", {"question": QUESTION, "live": ["trials", "pubmed"]})
    assert error(other) == (403, "forbidden", "body.live")
    unknown = post(client, "ask", {"question": QUESTION, "live": ["elsewhere"]})
    assert error(unknown) == (422, "invalid", "body.live.0")
    third = post(client, "ask", {"question": QUESTION, "model": "openai:three"})
    assert error(third) == (403, "forbidden", "body.model")
    assert world.asked == []


def test_a_model_that_is_allowed_is_asked_and_named(
    client: "Client", monkeypatch: pytest.MonkeyPatch
) -> None:
    from probatum.llm.chosen import Chosen
    from probatum.llm.model import ModelError

    class Silent:
        name = "openai:one"

        def ask(self, request: object) -> object:
            raise ModelError("It does not answer.")

    monkeypatch.setenv("PROBATUM_ALLOW_MODELS", "openai:one")
    monkeypatch.setattr("probatum.llm.provider.choose", lambda name: Chosen(Silent()))
    answer = post(client, "ask", {"question": OPTIONS, "model": "openai:one"}).json()
    assert answer["model"] == "openai:one"


def test_a_question_is_looked_up_first_and_its_limits_say_so(
    client: "Client", world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROBATUM_ALLOW_LIVE", "pubmed")
    before = post(client, "ask", {"question": QUESTION}).json()
    assert before["status"] == "declined"
    answer = post(client, "ask", {"question": QUESTION, "live": ["pubmed"]}).json()
    assert [claim["text"] for claim in answer["claims"].values()] == [f"“{ADVICE}”"]
    assert [limit for limit in answer["limits"] if limit.startswith("PubMed was searched")]
    assert "secret" not in world.words()


def test_the_form_offers_a_look_up_where_it_is_allowed(
    client: "Client", world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROBATUM_ALLOW_LIVE", "pubmed,labels")
    assert "Look it up first in PubMed, Drug labels" in client.get("/").content.decode()
    page = client.post("/ask", {"q": QUESTION, "live": "1"})
    assert page.status_code == 200
    assert "fictumab 20 mg once weekly" in page.content.decode()
    assert "PubMed was searched on" in page.content.decode()
    assert 'name="live" value="1" checked' in page.content.decode()
    document = client.post("/ask", {"q": QUESTION, "live": "1", "format": "json"}).json()
    assert len(document["claims"]) == 1
    foreign = client.post(
        "/ask", {"q": QUESTION, "live": "1"}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert foreign.status_code == 400
    asked = len(world.asked)
    assert client.get("/ask", {"q": QUESTION, "live": "1"}).status_code == 200
    assert len(world.asked) == asked


@pytest.mark.parametrize(
    "patient",
    [
        {"age": 62, "line": "second-line", "biomarkers": {"PD-L1 CPS": 0}},
        {
            "resourceType": "Bundle",
            "type": "collection",
            "entry": [
                {"resource": {"resourceType": "Patient", "birthDate": "1963-01-02"}},
            ],
        },
    ],
)
def test_an_answer_is_for_the_patient_that_came_with_the_question(
    client: "Client", patient: dict[str, Any]
) -> None:
    body = {"question": OPTIONS, "patient": patient, "as_of": "2026-01-01"}
    answer = post(client, "ask", body).json()
    assert answer["understood"]["patient"]["age"] == "62 years"


def test_of_a_question_about_a_patient_nothing_is_kept(client: "Client") -> None:
    from probatum.library.recent import recall
    from probatum.site.engine import library_folder

    body = {"question": OPTIONS, "patient": {"age": 61, "line": "second-line"}}
    answer = post(client, "ask", body).json()
    assert answer["claims"]
    assert recall(library_folder(), answer["id"]) is None
    plain = post(client, "ask", {"question": OPTIONS}).json()
    assert recall(library_folder(), plain["id"]) is not None


@pytest.mark.parametrize(
    ("patient", "sentence"),
    [
        ({}, "The patient file states no fact that is read here."),
        ({"age": 240}, "240 years as age cannot be right; please check it."),
    ],
)
def test_facts_that_cannot_be_used_are_told(
    client: "Client", patient: dict[str, Any], sentence: str
) -> None:
    response = post(client, "ask", {"question": OPTIONS, "patient": patient})
    assert error(response) == (422, "invalid", "body.patient")
    assert response.json()["error"]["message"] == sentence


def test_an_operator_can_refuse_facts_about_patients(
    client: "Client", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROBATUM_PATIENT_FACTS", "0")
    response = post(client, "ask", {"question": OPTIONS, "patient": {"age": 61}})
    assert error(response) == (403, "forbidden", "body.patient")


def test_deep_and_odd_facts_break_nothing(client: "Client") -> None:
    deep: Any = {"age": 61}
    for _ in range(300):
        deep = {"entry": [deep]}
    for patient in (deep, {"age": {"value": [1, 2]}}, {"x" * 5_000: None}, {"age": [[[]]]}):
        response = client.post(
            "/api/ask",
            json.dumps({"question": OPTIONS, "patient": patient}),
            content_type="application/json",
        )
        assert error(response) == (422, "invalid", "body.patient")
