"""What an operator may set for live services, and what is refused."""

import pytest

from probatum.sources.live.errors import LiveError
from probatum.sources.live.services import service
from probatum.sources.live.settings import LiveSettings, from_environment


def test_nothing_set_is_a_good_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PROBATUM_CONTACT", raising=False)
    assert from_environment() == LiveSettings()


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("PROBATUM_CONTACT", "a b\r\nX: y", "PROBATUM_CONTACT is not an e-mail address; "),
        ("PROBATUM_NCBI_API_KEY", "my secret", "PROBATUM_NCBI_API_KEY is not a key; "),
        ("PROBATUM_TRIALS_URL", "http://mirror.example", "PROBATUM_TRIALS_URL must begin with "),
        ("PROBATUM_TRIALS_URL", "ftp://localhost", "PROBATUM_TRIALS_URL must begin with https://"),
        ("PROBATUM_NCBI_URL", "https://u:p@mirror.example", "PROBATUM_NCBI_URL is no address"),
        ("PROBATUM_NCBI_URL", "https://[::1", "PROBATUM_NCBI_URL is no address"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_and_not_repeated(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(LiveError) as told:
        from_environment()
    assert str(told.value).startswith(sentence)
    assert value not in str(told.value)


def test_a_mirror_takes_the_place_of_a_service(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROBATUM_NCBI_URL", "https://mirror.example/eutils/")
    monkeypatch.setenv("PROBATUM_NCBI_API_KEY", "0123456789abcdef")
    found = service("ncbi", from_environment())
    assert (found.base, found.own, found.spacing) == ("https://mirror.example/eutils", False, 0.11)


@pytest.mark.parametrize(
    "id", ["ncbi", "europepmc", "trials", "openfda", "dailymed", "rxnorm", "pmc", "crossref"]
)
def test_every_service_is_asked_over_https(id: str) -> None:
    assert service(id, LiveSettings()).base.startswith("https://")


def test_keys_are_in_no_printed_form() -> None:
    settings = LiveSettings(ncbi_key="very-secret-1", openfda_key="very-secret-2")
    assert "very-secret" not in f"{settings!r}{settings}"
