"""The private field set: facts go in a body, come back on the page, and stand in no address."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from django.test import Client

QUESTION = "What are the treatment options for recurrent cervical cancer?"
FACTS = {
    "q": QUESTION,
    "patient-age": "62",
    "patient-line": "second-line",
    "patient-biomarkers": "PD-L1 CPS: 0",
}


def test_the_form_is_posted_and_says_that_the_facts_are_private(client: "Client") -> None:
    page = client.get("/").content.decode()
    assert '<form class="ask" action="/ask" method="post"' in page
    assert "Facts about one patient (optional, private)" in page
    assert 'name="patient-creatinine"' in page


def test_a_question_without_facts_gets_an_address_of_its_own(client: "Client") -> None:
    sent = client.post("/ask", {"q": QUESTION, "reader": "clinician", "patient-age": " "})
    assert (sent.status_code, sent.headers["Location"]) == (
        303,
        "/ask?q=What+are+the+treatment+options+for+recurrent+cervical+cancer%3F&reader=clinician",
    )


def test_a_question_with_facts_is_answered_and_kept_by_no_cache(client: "Client") -> None:
    sent = client.post("/ask", FACTS)
    page = sent.content.decode()
    assert (sent.status_code, sent.headers["Cache-Control"]) == (200, "no-store")
    assert "Options that do not fit this patient" in page
    assert "<s>Set aside for this patient (first-line): Cisplatin with paclitaxel" in page
    assert "Because: <span>line of therapy: second-line" in page
    # The facts stand in the form again, to be changed or taken out, and in no address.
    assert 'name="patient-biomarkers" value="PD-L1 CPS: 0"' in page
    addresses = [part.split('"')[0] for part in page.split('href="')[1:]]
    asked = [each for each in addresses if each.startswith("/ask")]
    assert asked
    assert [each for each in asked if "patient-" in each or "second" in each] == []


def test_the_same_answer_comes_as_a_file(client: "Client") -> None:
    document = client.post("/ask", {**FACTS, "format": "json"}).json()
    assert document["understood"]["patient"]["age"] == "62 years"
    assert document["set_aside"] != []


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"patient-age": "240"}, "240 years as age cannot be right; please check it."),
        ({"patient-height": "165"}, "The height needs its unit: cm or m or in."),
        ({"format": "exe"}, "The format must be one of json, md, txt."),
        (
            {"patient-drugs": "x" * 9000},
            "The facts have more than 8,000 letters; please shorten them.",
        ),
        (
            {"reader": "patient"},
            "Facts about one patient are taken for a clinician or a trainee only",
        ),
    ],
)
def test_facts_that_cannot_be_used_are_refused_and_shown_again(
    client: "Client", more: dict[str, str], sentence: str
) -> None:
    sent = client.post("/ask", {**FACTS, **more})
    page = sent.content.decode()
    assert (sent.status_code, sentence in page) == (400, True)


def test_a_form_of_another_site_does_nothing(client: "Client") -> None:
    sent = client.post("/ask", FACTS, headers={"Sec-Fetch-Site": "cross-site"})
    assert (sent.status_code, "sent from another site" in sent.content.decode()) == (400, True)


def test_an_operator_can_take_the_fields_away(
    client: "Client", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROBATUM_PATIENT_FACTS", "0")
    page = client.get("/").content.decode()
    assert ("patient-age" in page, 'method="get"' in page) == (False, True)
    assert client.post("/ask", FACTS).status_code == 400


def test_facts_in_an_address_are_not_read(client: "Client") -> None:
    asked = {"q": QUESTION, "format": "json", "patient-age": "62"}
    assert client.get("/ask", asked).json()["understood"]["patient"] == {}
