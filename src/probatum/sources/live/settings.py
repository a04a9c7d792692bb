"""What an operator sets for live services: a contact, keys, and addresses of mirrors."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from probatum.sources.live.errors import LiveError

_CONTACT: Final = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_KEY: Final = re.compile(r"[\w-]{8,128}")
_OWN_MACHINE: Final = frozenset(("localhost", "127.0.0.1", "::1"))


@dataclass(frozen=True)
class LiveSettings:
    """How this installation presents itself. Keys are in no printed form of it."""

    contact: str | None = None
    ncbi_key: str | None = field(default=None, repr=False)
    openfda_key: str | None = field(default=None, repr=False)
    addresses: Mapping[str, str] = field(default_factory=dict)


def from_environment() -> LiveSettings:
    """The settings in the environment; LiveError names one that cannot be used."""
    addresses = {
        "PROBATUM_NCBI_URL": ("ncbi", os.environ.get("PROBATUM_NCBI_URL")),
        "PROBATUM_EUROPEPMC_URL": ("europepmc", os.environ.get("PROBATUM_EUROPEPMC_URL")),
        "PROBATUM_TRIALS_URL": ("trials", os.environ.get("PROBATUM_TRIALS_URL")),
        "PROBATUM_OPENFDA_URL": ("openfda", os.environ.get("PROBATUM_OPENFDA_URL")),
        "PROBATUM_DAILYMED_URL": ("dailymed", os.environ.get("PROBATUM_DAILYMED_URL")),
        "PROBATUM_RXNORM_URL": ("rxnorm", os.environ.get("PROBATUM_RXNORM_URL")),
        "PROBATUM_PMC_URL": ("pmc", os.environ.get("PROBATUM_PMC_URL")),
        "PROBATUM_CROSSREF_URL": ("crossref", os.environ.get("PROBATUM_CROSSREF_URL")),
    }
    return LiveSettings(
        contact=_matching(
            "PROBATUM_CONTACT", os.environ.get("PROBATUM_CONTACT"), _CONTACT, "an e-mail address"
        ),
        ncbi_key=_matching(
            "PROBATUM_NCBI_API_KEY", os.environ.get("PROBATUM_NCBI_API_KEY"), _KEY, "a key"
        ),
        openfda_key=_matching(
            "PROBATUM_OPENFDA_API_KEY", os.environ.get("PROBATUM_OPENFDA_API_KEY"), _KEY, "a key"
        ),
        addresses={id: _address(name, value) for name, (id, value) in addresses.items() if value},
    )


def _matching(name: str, value: str | None, form: re.Pattern[str], what: str) -> str | None:
    """The value, if it has the form. It is not repeated in the message: it may be a secret."""
    if not value:
        return None
    if form.fullmatch(value.strip()) is None:
        raise LiveError(f"{name} is not {what}; set it right or leave it out.")
    return value.strip()


def _address(name: str, value: str) -> str:
    """A mirror's address: https, or http on this very machine."""
    try:
        parts = urlsplit(value.strip())
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if host is None or parts.username or parts.query or parts.fragment:
        raise LiveError(f"{name} is no address that can be used.")
    if parts.scheme != "https" and not (parts.scheme == "http" and host in _OWN_MACHINE):
        raise LiveError(f"{name} must begin with https:// (http:// only on this machine).")
    return value.strip().rstrip("/")
