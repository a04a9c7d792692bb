"""In which language a page speaks, and what never changes with it."""

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from probatum.render.language import (
    day,
    figure,
    minute,
    speaking,
    told,
    told_error,
    told_of,
)
from probatum.review.rechecking import WordingError
from probatum.review.states import MoveError
from tests.site.words import left_in_english

if TYPE_CHECKING:
    from django.test import Client

QUESTION = "When should bevacizumab be withheld or stopped?"
ANSWER = "/ask?" + urlencode({"q": QUESTION})
PAGES = ("/", ANSWER, "/search?q=bevacizumab", "/sources/", "/articles/", "/audit/", "/about")
PAGES += ("/editorial-policy", "/topics/", "/login", "/nowhere", "/ask?q=x&reader=nobody")
SWITCH = "/language"


def lang(page: str) -> str:
    """The language that the page says it is in."""
    found = re.search(r'<html lang="([\w-]+)">', page)
    assert found
    return found.group(1)


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("de", "de"),
        ("de-AT,de;q=0.9", "de"),
        ("en-GB", "en"),
        ("xx", "en"),
        ("", "en"),
        (";q", "en"),
    ],
)
def test_a_page_is_in_the_language_that_the_browser_asks_for(
    client: "Client", accepted: str, expected: str
) -> None:
    response = client.get("/about", headers={"accept-language": accepted})
    assert lang(response.content.decode()) == expected
    assert response.headers["Content-Language"] == expected
    assert {"Accept-Language", "Cookie"} <= set(response.headers["Vary"].split(", "))


def test_a_choice_is_kept_in_a_cookie_and_counts_before_the_browser(client: "Client") -> None:
    referer = f"http://testserver{ANSWER}"
    response = client.post(SWITCH, {"language": "de"}, headers={"referer": referer})
    assert (response.status_code, response.headers["Location"]) == (303, ANSWER)
    cookie = response.cookies["probatum_language"]
    assert (cookie.value, cookie["samesite"], cookie["httponly"]) == ("de", "Lax", True)
    assert lang(client.get("/", headers={"accept-language": "en"}).content.decode()) == "de"


@pytest.mark.parametrize(
    "referer",
    [
        "",
        "http://elsewhere.example/ask?q=1",
        "http://testserver@elsewhere.example/",
        "http://testserver//elsewhere.example/",
        "http://testserver/\\elsewhere.example",
        "http://testserver:81/about",
        "javascript:alert(1)",
        "http://[",
    ],
)
def test_the_switch_leads_back_to_pages_of_this_site_only(client: "Client", referer: str) -> None:
    response = client.post(SWITCH, {"language": "de"}, headers={"referer": referer})
    expected = "/%5Celsewhere.example" if "\\" in referer else "/"
    assert response.headers["Location"] in ("/", expected)
    assert not response.headers["Location"].startswith(("//", "/\\"))


@pytest.mark.parametrize("language", ["", "xx", "../de", "de\n"])
def test_a_language_that_there_is_not_is_refused(client: "Client", language: str) -> None:
    response = client.post(SWITCH, {"language": language})
    assert (response.status_code, response.cookies) == (400, {})
    assert client.get(SWITCH).status_code == 405


def test_nobody_gets_a_cookie_who_chose_nothing(client: "Client") -> None:
    for path in PAGES:
        if path != "/login":
            client.get(path, headers={"accept-language": "de"})
    assert dict(client.cookies) == {}


def test_an_answer_that_is_kept_in_memory_does_not_mix_languages(client: "Client") -> None:
    pages = [
        client.get(ANSWER, headers={"accept-language": each}).content.decode()
        for each in ("de", "en", "de", "en")
    ]
    assert [lang(page) for page in pages] == ["de", "en", "de", "en"]
    assert pages[0] == pages[2]
    assert pages[1] == pages[3]


def _claims(page: str) -> list[str]:
    found = re.findall(r'<p class="card-claim"[^>]*>([^<]*)', page)
    assert found
    return found + re.findall(r"<blockquote[^>]*>(.*?)</blockquote>", page)


def test_claims_and_quotes_are_the_same_in_every_language(client: "Client") -> None:
    german = client.get(ANSWER, headers={"accept-language": "de"}).content.decode()
    assert _claims(german) == _claims(client.get(ANSWER).content.decode())
    assert f'lang="en">{QUESTION}</h1>' in german


@pytest.mark.parametrize("path", [f"{ANSWER}&format={form}" for form in ("json", "md", "txt")])
def test_an_export_is_in_english_for_everybody(client: "Client", path: str) -> None:
    def told(accepted: str) -> list[str]:
        text = client.get(path, headers={"accept-language": accepted}).content.decode()
        return [
            line for line in text.splitlines() if '"created"' not in line and "elapsed" not in line
        ]

    assert told("de") == told("en")


def test_the_api_is_in_english_for_everybody(client: "Client") -> None:
    response = client.get("/api/sources/nothing", headers={"accept-language": "de"})
    assert response.json()["error"]["message"] == "No source with this id is held."
    assert "Content-Language" not in response.headers


def test_a_text_that_is_audited_is_told_of_in_german(client: "Client") -> None:
    response = client.post(
        "/audit/", {"text": "Bevacizumab cures everything."}, headers={"accept-language": "de"}
    )
    page = b"".join(response.streaming_content).decode()
    assert "Checked" not in page
    assert "1 von 1 Aussagen geprüft" in page
    assert "Prüfung: der eingefügte Text" in page
    saved = client.post(
        "/audit/",
        {"text": "Bevacizumab cures everything.", "format": "html"},
        headers={"accept-language": "de"},
    ).content.decode()
    assert lang(saved) == "de"
    assert "Grenzen dieser Prüfung" in saved


def test_the_operator_names_the_language_of_whoever_asks_for_none(
    monkeypatch: pytest.MonkeyPatch, client: "Client"
) -> None:
    from django.conf import settings

    from probatum.site.language import LanguageError, chosen

    assert (chosen(""), chosen("DE ")) == ("en", "de")
    with pytest.raises(LanguageError, match="PROBATUM_LANGUAGE must be one of en, de, not 'xx'"):
        chosen("xx")
    monkeypatch.setattr(settings, "LANGUAGE_CODE", "de")
    assert lang(client.get("/about").content.decode()) == "de"
    assert lang(client.get("/about", headers={"accept-language": "en"}).content.decode()) == "en"


def test_dates_and_counts_have_the_form_of_the_language() -> None:
    assert (figure(12345), day("2025-03-09")) == ("12,345", "2025-03-09")
    assert minute("2025-03-09T14:05:59.1+00:00") == "2025-03-09 14:05 UTC"
    with speaking("de"):
        assert (figure(12345), day("2025-03-09")) == ("12.345", "09.03.2025")
        assert minute("2025-03-09T14:05:59.1+00:00") == "09.03.2025, 14:05 UTC"
        assert told_of(1, "%(number)s source", "%(number)s sources") == "1 Quelle"
        assert (day("not a day"), told(""), told("no such words")) == (
            "not a day",
            "",
            "no such words",
        )
    assert told("Ask") == "Ask"


class _Read(HTMLParser):
    """The words of a page that are not marked as another language's."""

    VOID = frozenset(("meta", "link", "input", "br", "path", "rect", "img", "source"))

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._open: list[tuple[str, str | None]] = []

    def _own(self) -> bool:
        return next((lang for _, lang in reversed(self._open) if lang), "de") == "de"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.VOID:
            self._open.append((tag, dict(attrs).get("lang")))
        if self._own():
            spoken = ("aria-label", "placeholder", "data-column", "alt", "title")
            self.words += [value for name, value in attrs if name in spoken and value]

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        silent = {"script", "style", "kbd", "code"} & {tag for tag, _ in self._open}
        if self._own() and not silent and data.strip():
            self.words.append(" ".join(data.split()))


def read(page: str) -> list[str]:
    """What a page says in its own language, piece by piece."""
    reader = _Read()
    reader.feed(page)
    return reader.words


@pytest.mark.parametrize("path", PAGES)
def test_no_english_word_of_the_interface_is_left_on_a_german_page(
    client: "Client", path: str
) -> None:
    page = client.get(path, headers={"accept-language": "de"}).content.decode()
    assert lang(page) == "de"
    assert left_in_english(read(page)) == set()


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        (
            {"q": QUESTION, "patient-age": "240"},
            "240 years kann nicht stimmen (Alter); bitte prüfen Sie den Wert.",
        ),
        (
            {"q": QUESTION, "patient-height": "165"},
            "Es fehlt die Einheit (Körpergröße): cm or m or in.",
        ),
        (
            {"q": "", "patient-age": "61"},
            "Die Frage ist leer: Bitte geben Sie eine klinische Frage in Worten ein.",
        ),
        ({"q": QUESTION, "model": "some:model"}, "Diese Installation erlaubt dieses Sprachmodell"),
    ],
)
def test_a_refusal_with_its_values_is_told_in_german(
    client: "Client", form: dict[str, str], sentence: str
) -> None:
    response = client.post("/ask", form, headers={"accept-language": "de"})
    assert (response.status_code, sentence in response.content.decode()) == (400, True)


def test_a_search_that_cannot_be_made_is_refused_in_german(client: "Client") -> None:
    page = client.get("/search?q=%22%22", headers={"accept-language": "de"}).content.decode()
    assert "Es steht kein Wort da, nach dem gesucht werden kann." in page


def test_a_refusal_tells_its_numbers_and_words_in_the_language_in_use() -> None:
    error = MoveError(
        "%(move)s is not possible while the version is %(state)s.",
        move="sign",
        state="under review",
    )
    long = WordingError(
        "The sentence has %(number)s characters; at most %(most)s are taken.",
        number=12_345,
        most=5_000,
    )
    assert (str(error), str(long)) == (
        "sign is not possible while the version is under review.",
        "The sentence has 12,345 characters; at most 5,000 are taken.",
    )
    with speaking("de"):
        assert (told_error(error), told_error(long)) == (
            "Nicht möglich, solange die Version den Stand „in Begutachtung“ hat: Unterzeichnen.",
            "Der Satz hat 12.345 Zeichen; höchstens 5.000 werden angenommen.",
        )
        # A per cent sign in words without values is no place for one.
        assert told_error(MoveError("100% of nothing")) == "100% of nothing"


def test_a_reminder_is_written_in_the_language_of_the_site(
    client: "Client", monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.conf import settings

    from probatum.site.board.reminding import letter

    assert letter(2) == (
        "Probatum: reviews overdue",
        "2 reviews that you were asked for are overdue. Sign in and open Review; under “Who was "
        "asked” choose “Me”.",
    )
    monkeypatch.setattr(settings, "LANGUAGE_CODE", "de")
    assert letter(1) == (
        "Probatum: überfällige Begutachtungen",
        "1 Begutachtung, um die Sie gebeten wurden, ist überfällig. Melden Sie sich an und öffnen "
        "Sie „Begutachtung“; wählen Sie unter „Wer angefragt ist“ die Angabe „Ich“.",
    )
