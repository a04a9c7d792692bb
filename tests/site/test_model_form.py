"""A language model on the ask form: asked only by a ticked box, and the page tells what it did."""

import html
import json
import re
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from probatum.llm.budget import Budget
from probatum.llm.chosen import Chosen
from probatum.llm.model import ModelError, ModelReply, ModelRequest
from tests.answers.test_phrasing import (
    GENTLE,
    NEUROPATHY,
    Scripted,
    always,
    data_of,
    wording,
)

if TYPE_CHECKING:
    from django.test import Client

NAME = "openai:one"
QUESTION = "What is the dose of tisotumab vedotin in cervical cancer?"
FORM = {"q": QUESTION, "model": NAME}
BOX = f'<input type="checkbox" name="model" value="{NAME}"'
PLAIN_WORDS = "Nothing of the model was used: the answer is in the program’s own words."

Install = Callable[..., Any]


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch) -> Install:
    """Have the operator allow a model, which is the given one."""

    def put(model: Any, budget: Budget | None = None) -> Any:
        monkeypatch.setenv("PROBATUM_ALLOW_MODELS", f"{NAME}, openai:two")
        chosen = Chosen(model, budget or Budget())
        monkeypatch.setattr("probatum.llm.provider.choose", lambda name: chosen)
        return model

    return put


def text_of(page: bytes) -> str:
    """The words of a page without its tags."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.decode())).split())


def told(page: bytes) -> str:
    """What the page says of the model."""
    found = re.search(rb'<section class="worded" id="model".*?</section>', page, re.DOTALL)
    return text_of(found[0]) if found else ""


def shown(page: bytes) -> list[str]:
    """The claims as the page has them, each with its tags."""
    return [text_of(each) for each in re.findall(rb'<p class="card-claim"[^>]*>.*?</p>', page)]


def test_no_box_and_no_model_unless_the_operator_allows_one(client: "Client") -> None:
    assert 'name="model"' not in client.get("/").content.decode()
    sent = client.post("/ask", FORM)
    assert sent.status_code == 400
    assert "does not allow that language model" in sent.content.decode()


def test_the_box_is_not_ticked_and_says_where_the_question_goes(
    client: "Client", install: Install, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(Scripted([always("{}")]))
    page = client.get("/").content.decode()
    assert page.count('name="model"') == 1
    assert f'{BOX} autocomplete="off" aria-describedby="model-hint">' in page
    assert '<form class="ask" action="/ask" method="post"' in page
    assert "then leave this site. Dates, addresses, numbers" in text_of(page.encode())
    monkeypatch.setenv("PROBATUM_MODEL_URL", "http://localhost:11434/v1")
    page = client.get("/").content.decode()
    assert "runs on the same machine as this site, and no further." in text_of(page.encode())


def test_a_form_without_the_tick_asks_no_model(client: "Client", install: Install) -> None:
    model = install(Scripted([wording(NEUROPATHY, GENTLE)]))
    sent = client.post("/ask", {"q": QUESTION})
    assert sent.status_code == 303
    assert "model" not in sent.headers["Location"]
    assert client.post("/ask", {"q": QUESTION, "patient-age": "62"}).status_code == 200
    assert model.seen == []


@pytest.mark.parametrize("method", ["get", "head"])
def test_an_address_never_asks_a_model(client: "Client", install: Install, method: str) -> None:
    model = install(Scripted([wording(NEUROPATHY, GENTLE)]))
    for form in ({}, {"format": "json"}):
        response = getattr(client, method)("/ask", {**FORM, **form})
        assert response.status_code == 200
    assert model.seen == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
    ],
)
def test_a_form_of_another_site_asks_no_model(
    client: "Client", install: Install, headers: dict[str, str]
) -> None:
    model = install(Scripted([wording(NEUROPATHY, GENTLE)]))
    assert client.post("/ask", FORM, headers=headers).status_code == 400
    assert model.seen == []


def test_a_tick_counts_for_no_other_model_than_the_one_it_named(
    client: "Client", install: Install
) -> None:
    model = install(Scripted([wording(NEUROPATHY, GENTLE)]))
    for name in ("1", "on", "openai:three", "OPENAI:ONE"):
        assert client.post("/ask", {**FORM, "model": name}).status_code == 400
    assert model.seen == []


def test_the_page_tells_which_sentences_the_model_worded(
    client: "Client", install: Install
) -> None:
    model = install(Scripted([wording(NEUROPATHY, GENTLE)]))
    page = client.post("/ask", FORM).content
    assert len(model.seen) == 1
    assert told(page) == (
        f"Language model {NAME} "
        "Nothing was taken out of the question: no date, number or name was recognised. "
        "1 sentence stands in the model’s words; it passed the same checks as all others and is "
        f"marked where it stands. The sentences in the model’s words {GENTLE}"
    )
    marked = [each for each in shown(page) if "worded by a language model" in each]
    assert marked == [f"{GENTLE} worded by a language model"]


def test_the_page_tells_what_was_taken_out_of_the_question(
    client: "Client", install: Install
) -> None:
    model = install(Scripted([wording(NEUROPATHY, GENTLE)]))
    question = f"A woman was seen on 12/03/2024 by Dr Jane Doe. {QUESTION}"
    page = client.post("/ask", {**FORM, "q": question}).content
    sent = f"A woman was seen on [date] by [name]. {QUESTION}"
    assert [data_of(each)["question"] for each in model.seen] == [sent]
    assert (
        "Taken out of the question before it was sent: a date, a name." in told(page),
        f"The question as it was sent: {sent}" in told(page),
    ) == (True, True)


class Down:
    name = NAME

    def ask(self, request: ModelRequest) -> ModelReply:
        raise ConnectionError("https://key@secret.example refused")


def test_a_model_that_is_down_leaves_the_plain_answer_and_a_line_that_says_so(
    client: "Client", install: Install
) -> None:
    install(Down())
    page = client.post("/ask", FORM).content
    assert told(page).endswith(f"The model failed or could not be reached. {PLAIN_WORDS}")
    assert shown(page) == shown(client.get("/ask", {"q": QUESTION}).content)
    assert b"secret" not in page


def test_a_model_that_is_slow_leaves_the_plain_answer_and_a_line_that_says_so(
    client: "Client", install: Install
) -> None:
    released = threading.Event()

    def endless(request: ModelRequest) -> str:
        released.wait(30)
        return "{}"

    install(Scripted([endless]), Budget(seconds=0.2))
    page = client.post("/ask", FORM).content
    released.set()
    assert told(page).endswith(f"The model did not reply in time. {PLAIN_WORDS}")
    assert shown(page) == shown(client.get("/ask", {"q": QUESTION}).content)


def test_a_model_that_lies_leaves_the_plain_answer_and_a_line_that_says_so(
    client: "Client", install: Install
) -> None:
    lie = NEUROPATHY.replace("grade 2", "grade 3")
    install(Scripted([wording(NEUROPATHY, lie)]))
    page = client.post("/ask", FORM).content
    assert told(page).endswith(
        f"1 wording of the model failed the checks and was not used. {PLAIN_WORDS}"
    )
    assert shown(page) == shown(client.get("/ask", {"q": QUESTION}).content)
    assert lie not in text_of(page)


def test_a_model_that_talks_nonsense_is_said_to(client: "Client", install: Install) -> None:
    install(Scripted([always("<b>Double the dose.</b>")]))
    page = client.post("/ask", FORM).content
    assert "The model’s reply does not have the form that was asked for." in told(page)
    assert b"Double the dose" not in page


def test_a_model_that_cannot_be_set_up_leaves_the_plain_answer(
    client: "Client", monkeypatch: pytest.MonkeyPatch
) -> None:
    def choose(name: str) -> Chosen:
        raise ModelError("The key sk-secret is missing.")

    monkeypatch.setenv("PROBATUM_ALLOW_MODELS", NAME)
    monkeypatch.setattr("probatum.llm.provider.choose", choose)
    page = client.post("/ask", FORM).content
    assert "cannot be used at present and was sent nothing" in told(page)
    assert b"sk-secret" not in page
    assert shown(page) == shown(client.get("/ask", {"q": QUESTION}).content)


def test_a_question_that_is_declined_is_sent_nowhere(client: "Client", install: Install) -> None:
    model = install(Scripted([always("{}")]))
    page = client.post("/ask", {**FORM, "q": "How is Ottermoor wasting treated?"}).content
    assert "The model was sent nothing" in told(page)
    assert model.seen == []


def test_nothing_remembers_a_tick(client: "Client", install: Install) -> None:
    install(Scripted([wording(NEUROPATHY, GENTLE)]))
    response = client.post("/ask", FORM)
    page = response.content.decode()
    assert (response.status_code, response.headers["Cache-Control"]) == (200, "no-store")
    assert dict(response.cookies) == {}
    # The box stands there again, not ticked; no link and no other form of the page carries it.
    assert re.findall(r'<input[^>]*name="model"[^>]*>', page) == [
        f'{BOX} autocomplete="off" aria-describedby="model-hint">'
    ]
    assert [each for each in re.findall(r'href="([^"]*)"', page) if "model=" in each] == []
    assert 'name="follow"' in page
    assert BOX not in page.split('<section id="follow"')[1].split("</section>")[0]


def test_a_file_is_in_the_models_words_only_when_the_box_was_ticked_for_it(
    client: "Client", install: Install
) -> None:
    model = install(Scripted([wording(NEUROPATHY, GENTLE)]))
    document = client.post("/ask", {**FORM, "format": "json"}).json()
    assert (document["model"], GENTLE in str(document["claims"])) == ("scripted", True)
    page = client.post("/ask", FORM).content.decode()
    assert "the model words it only if you tick its box again:" in page
    assert len(model.seen) == 2


def test_the_model_is_told_of_in_german(client: "Client", install: Install) -> None:
    install(Scripted([wording(NEUROPATHY, GENTLE)]))
    german = {"accept-language": "de"}
    home = text_of(client.get("/", headers=german).content)
    assert f"Das Sprachmodell {NAME} diese Antwort formulieren lassen" in home
    page = client.post("/ask", FORM, headers=german).content
    assert told(page).startswith(
        f"Sprachmodell {NAME} Aus der Frage wurde nichts entfernt: kein Datum, keine Nummer und "
        "kein Name wurde erkannt. 1 Satz steht in den Worten des Modells"
    )


def test_what_a_model_says_never_becomes_markup(client: "Client", install: Install) -> None:
    claims = json.dumps({"claims": [{"id": "c1", "text": "<script>alert(1)</script>"}]})
    install(Scripted([always(claims)]))
    assert b"<script>alert" not in client.post("/ask", FORM).content
