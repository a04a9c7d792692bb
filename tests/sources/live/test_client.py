"""Asking a service: who asks, what goes wrong, and how each ends in a sentence or a retry."""

import threading
import time
from dataclasses import replace

import pytest

from probatum.sources.live.client import JSON, Client
from probatum.sources.live.errors import (
    ChangedError,
    LiveError,
    NotThereError,
    OfflineError,
    RefusedError,
    StoppedError,
    TooMuchError,
)
from probatum.sources.live.pace import Pace
from probatum.sources.live.settings import LiveSettings
from probatum.sources.web.exchange import Doors
from tests.sources.live.services import QUICK, Fault, World, article

PATH = "/esearch.fcgi"
QUERY = (("db", "pubmed"), ("term", "psoriasis"), ("retmax", "1"))


def asked(world: World, **more: object) -> bytes:
    return world.client(**more).get("ncbi", PATH, QUERY)


def test_each_request_says_which_tool_asks_and_whom_to_write_to(world: World) -> None:
    asked(world)
    (path, query, headers) = world.asked[0]
    assert path == "/ncbi/esearch.fcgi"
    assert (query["tool"], query["email"], query["api_key"]) == (
        "probatum",
        "library@hospital.example",
        "secret-ncbi-key",
    )
    assert headers["User-Agent"].startswith("probatum/")
    assert headers["User-Agent"].endswith("mailto:library@hospital.example)")


def test_without_a_contact_or_key_none_is_sent(world: World) -> None:
    settings = LiveSettings(addresses=world.settings.addresses)
    Client(settings, QUICK, pace=Pace()).get("ncbi", PATH, QUERY)
    (_, query, headers) = world.asked[0]
    assert sorted(query) == ["db", "retmax", "term", "tool"]
    assert "mailto" not in headers["User-Agent"]


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_what_may_pass_is_asked_again(world: World, status: int) -> None:
    said: list[str] = []
    world.faults["/ncbi"] = [Fault(status)]
    assert b"esearchresult" in asked(world, told=said.append)
    assert len(world.asked) == 2
    assert said[0].startswith(f"PubMed: it answers with status {status}; asking again in ")


def test_a_service_that_asks_to_wait_is_asked_again_after_that_time(world: World) -> None:
    patient = replace(QUICK, longest_pause=3.0)
    world.faults["/ncbi"] = [Fault(429, {"Retry-After": "1"})]
    begun = time.monotonic()
    asked(world, patience=patient)
    # No upper limit in seconds: a busy machine adds some of its own.
    assert time.monotonic() - begun >= 1.0
    assert len(world.asked) == 2


def test_a_wait_that_is_too_long_is_told_and_not_waited_for(world: World) -> None:
    world.faults["/ncbi"] = [Fault(429, {"Retry-After": "3600"})]
    with pytest.raises(RefusedError) as told:
        asked(world)
    assert str(told.value) == "PubMed asks to wait 3600 seconds before the next request."
    assert len(world.asked) == 1


def test_a_wait_until_a_date_is_understood(world: World) -> None:
    world.faults["/ncbi"] = [Fault(503, {"Retry-After": "Fri, 31 Dec 2100 23:59:59 GMT"})]
    with pytest.raises(RefusedError, match=r"asks to wait \d+ seconds"):
        asked(world)


def test_a_service_that_stays_ill_is_given_up_in_a_sentence_without_the_key(world: World) -> None:
    world.faults["/ncbi"] = [Fault(500)] * 9
    with pytest.raises(LiveError) as told:
        asked(world)
    assert str(told.value) == ("PubMed was asked 3 times in vain: it answers with status 500.")
    assert len(world.asked) == 3
    assert "secret" not in repr(told.value.__cause__) + repr(world.settings)


def test_a_body_that_breaks_off_counts_as_none_and_is_asked_for_again(world: World) -> None:
    world.faults["/ncbi"] = [Fault(cut=10)]
    assert asked(world).endswith(b"}")
    assert len(world.asked) == 2


def test_a_body_that_always_breaks_off_is_told(world: World) -> None:
    world.faults["/ncbi"] = [Fault(cut=10)] * 9
    with pytest.raises(LiveError, match="PubMed was asked 3 times in vain: the answer of 127"):
        asked(world)


def test_a_slow_service_is_given_up_in_time(world: World) -> None:
    world.faults["/ncbi"] = [Fault(seconds=1.0)] * 9
    with pytest.raises(LiveError, match="did not answer in time"):
        asked(world, patience=replace(QUICK, attempts=2, step=0.2))


def test_the_time_for_everything_is_kept(world: World) -> None:
    world.faults["/ncbi"] = [Fault(seconds=0.4)] * 9
    client = world.client(replace(QUICK, in_all=0.3))
    with pytest.raises(LiveError):
        client.get("ncbi", PATH, QUERY)
    time.sleep(0.3)
    with pytest.raises(StoppedError, match=r"PubMed did not answer within 0 seconds\."):
        client.get("ncbi", PATH, QUERY)


@pytest.mark.parametrize(
    ("fault", "error", "sentence"),
    [
        (
            Fault(kind="text/html; charset=utf-8"),
            ChangedError,
            "PubMed sends text/html where application/json was asked for; a sign-in page or proxy "
            "may stand between.",
        ),
        (Fault(404), NotThereError, "PubMed has nothing under this name."),
        (Fault(400), RefusedError, "PubMed does not take the request (status 400)."),
        (
            Fault(403),
            RefusedError,
            "PubMed refuses the request (status 403): a key may be wrong, or this address has "
            "asked too much.",
        ),
        (
            Fault(302, {"Location": "http://elsewhere.example/x"}),
            RefusedError,
            "PubMed redirects to another host, which is not followed.",
        ),
        (
            Fault(301, {"Location": "file:///etc/passwd"}),
            RefusedError,
            "PubMed redirects to another host, which is not followed.",
        ),
    ],
)
def test_what_will_not_pass_is_told_at_once(
    world: World, fault: Fault, error: type[LiveError], sentence: str
) -> None:
    world.faults["/ncbi"] = [fault]
    with pytest.raises(error) as told:
        asked(world)
    assert str(told.value) == sentence
    assert len(world.asked) == 1


def test_a_redirect_on_the_same_host_is_followed(world: World) -> None:
    world.faults["/ncbi/esearch"] = [Fault(301, {"Location": "/ncbi/efetch.fcgi?id=101"})]
    world.articles["101"] = article("A title", "A text.")
    found = world.client().get("ncbi", PATH, QUERY, kinds=("text/xml",))
    assert b"A title" in found


def test_redirects_in_a_circle_end(world: World) -> None:
    world.faults["/ncbi"] = [Fault(302, {"Location": "/ncbi/esearch.fcgi?term=x&retmax=1"})] * 20
    with pytest.raises(RefusedError, match="redirects the request in a circle"):
        asked(world)


def test_an_answer_that_is_too_large_is_left(world: World) -> None:
    world.faults["/ncbi"] = [Fault(body=b"x" * 2_000_000)]
    with pytest.raises(TooMuchError, match=r"PubMed sends more than 1 MB at once\."):
        world.client().get("ncbi", PATH, QUERY, JSON, 1_000_000)


def test_a_host_that_is_not_there_is_told_plainly(world: World) -> None:
    settings = LiveSettings(addresses={"ncbi": "http://127.0.0.1:1/x"})
    with pytest.raises(OfflineError) as told:
        Client(settings, QUICK, pace=Pace()).get("ncbi", PATH)
    assert str(told.value) == (
        "PubMed cannot be reached: 127.0.0.1 does not answer. "
        "Without a network everything but live look-ups works."
    )


def test_a_services_own_name_that_leads_into_the_private_network_is_not_asked() -> None:
    doors = Doors(resolve=lambda host, port: ["10.0.0.1"])
    with pytest.raises(RefusedError, match="not on the public internet"):
        Client(LiveSettings(), QUICK, doors=doors, pace=Pace()).get("ncbi", PATH)


def test_a_stopped_look_up_asks_nothing_more(world: World) -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(StoppedError, match=r"PubMed was not asked further"):
        asked(world, stop=stop)
    assert world.asked == []


def test_a_host_is_asked_no_more_often_than_it_allows(world: World) -> None:
    client = Client(world.settings, QUICK, pace=Pace())
    begun = time.monotonic()
    for _ in range(4):
        client.get("ncbi", PATH, QUERY)
    assert time.monotonic() - begun >= 3 * client.service("ncbi").spacing


def test_the_limits_that_a_service_tells_are_kept(world: World) -> None:
    world.updates["10.1/a"] = []
    world.faults["/crossref"] = [
        Fault(headers={"X-Rate-Limit-Limit": "2", "X-Rate-Limit-Interval": "1s"})
    ]
    client = world.client(replace(QUICK, longest_pause=3.0))
    begun = time.monotonic()
    client.get("crossref", "/works/10.1%2Fa")
    client.get("crossref", "/works/10.1%2Fa")
    assert time.monotonic() - begun >= 0.5
