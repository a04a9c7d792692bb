"""How often somebody may ask: the counter itself, and the pages that work."""

from typing import TYPE_CHECKING, Any

import pytest

from probatum.site.rates import Limiter, Rate, RateError, _limiter, caller_at, rate_of
from tests.site.board import accounts, signed_in

if TYPE_CHECKING:
    from django.test import Client


def test_a_rate_lets_so_many_through_and_evens_out() -> None:
    now = [0.0]
    limiter = Limiter(Rate(3, 60), lambda: now[0])
    assert [limiter.wait("a") for _ in range(4)] == [0.0, 0.0, 0.0, 20.0]
    assert limiter.wait("b") == 0.0
    now[0] = 19.0
    assert limiter.wait("a") == 1.0
    now[0] = 20.0
    assert [limiter.wait("a"), limiter.wait("a")] == [0.0, 20.0]
    now[0] = 1_000.0
    assert [limiter.wait("a") for _ in range(3)] == [0.0, 0.0, 0.0]


def test_a_request_that_is_given_back_does_not_count() -> None:
    now = [0.0]
    limiter = Limiter(Rate(2, 60), lambda: now[0])
    for _ in range(5):
        assert limiter.wait("a") == 0.0
        limiter.give_back("a")
    limiter.give_back("b")
    assert [limiter.wait("a") for _ in range(3)] == [0.0, 0.0, 30.0]
    assert [limiter.wait("b") for _ in range(3)] == [0.0, 0.0, 30.0]


def test_a_rate_is_read_and_a_wrong_one_told() -> None:
    assert [
        rate_of(text, "PROBATUM_API_RATE") for text in ("off", "", "0", " 60/Minute ", "5/day")
    ] == [
        None,
        None,
        None,
        Rate(60, 60),
        Rate(5, 86_400),
    ]
    for wrong in ("60", "0/minute", "-1/day", "many/day", "1/week"):
        with pytest.raises(RateError, match="PROBATUM_API_RATE must be like 60/minute"):
            rate_of(wrong, "PROBATUM_API_RATE")
    assert caller_at("192.0.2.1") == "192.0.2.1"
    assert caller_at("2001:db8::1") == caller_at("2001:db8::ffff:1") == "2001:db8::/64"
    assert caller_at("") == ""


@pytest.fixture
def asks(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Sets how often the pages may be had work, and forgets what was counted before."""
    from django.conf import settings

    def allowed(rate: str) -> None:
        monkeypatch.setattr(settings, "PROBATUM_ASK_RATE", rate)
        _limiter.cache_clear()

    yield allowed
    _limiter.cache_clear()


def test_questions_searches_and_audits_of_one_address_count_together(
    client: "Client", asks: Any
) -> None:
    asks("3/day")
    assert client.get("/ask?q=What+is+cemiplimab%3F").status_code == 200
    assert client.get("/search?q=cemiplimab").status_code == 200
    assert client.post("/audit/", {"text": "Cemiplimab is given."}).status_code == 200
    refused = client.get("/ask?q=What+is+bevacizumab%3F")
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 28_800
    assert "Too many questions at once" in refused.content.decode()
    assert "bevacizumab" not in refused.content.decode()
    assert client.post("/ask", {"q": "What is it?"}).status_code == 429
    # Another address has its own count, and reading has none.
    assert client.get("/search?q=cemiplimab", REMOTE_ADDR="192.0.2.7").status_code == 200
    for address in ("/", "/search", "/audit/", "/sources/", "/articles/"):
        assert client.get(address).status_code == 200, address


def test_a_question_from_the_form_counts_once_though_it_is_sent_on_to_its_page(
    client: "Client", asks: Any
) -> None:
    asks("2/day")
    for question in ("What is cemiplimab?", "What is bevacizumab?"):
        sent_on = client.post("/ask", {"q": question})
        assert sent_on.status_code == 303
        assert client.get(sent_on.headers["Location"]).status_code == 200
    assert client.post("/ask", {"q": "What is topotecan?"}).status_code == 429
    assert client.get("/ask?q=What+is+topotecan%3F").status_code == 429


def test_nobody_is_made_out_while_the_rate_is_off(asks: Any) -> None:
    from django.http import HttpResponse
    from django.test import RequestFactory

    from probatum.site.ask_rate import limited

    # Who asks is not on this request at all: to look would be an error.
    request = RequestFactory().get("/search?q=a")
    view = limited(lambda request: HttpResponse("found"))
    asks("off")
    assert view(request).status_code == 200
    asks("1/day")
    with pytest.raises(AttributeError, match="user"):
        view(request)


@pytest.mark.usefixtures("kept")
def test_who_is_signed_in_is_counted_as_a_person(client: "Client", asks: Any) -> None:
    asks("1/day")
    assert client.get("/search?q=a").status_code == 200
    assert client.get("/search?q=a").status_code == 429
    accounts()
    ruth = signed_in("ruth")
    assert ruth.get("/search?q=a").status_code == 200
    assert ruth.get("/search?q=a", REMOTE_ADDR="192.0.2.7").status_code == 429
