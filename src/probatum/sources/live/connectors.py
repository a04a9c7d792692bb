"""The sources that works can be fetched from, by the names that commands know them by."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, Protocol

from probatum.sources.live.client import Client
from probatum.sources.live.errors import LiveError
from probatum.sources.live.fetched import Fetched, Found, Holding, Work
from probatum.sources.live.labels import Labels
from probatum.sources.live.pmc import PMC
from probatum.sources.live.pubmed import PubMed
from probatum.sources.live.topic import Topic
from probatum.sources.live.trials import Trials

# Each with how many works of it a question looks at: enough to choose from, fetched in seconds.
NAMES: Final = {"pubmed": 20, "trials": 5, "labels": 4, "pmc": 3}


class Connector(Protocol):
    """A source that works can be fetched from."""

    title: str

    def work(self, text: str) -> Work | None:
        """The work that a person names by an id; None for what is no id of this source."""

    def look(self, topic: Topic, most: int) -> Found:
        """The works to read first on a topic."""

    def search(self, words: str, most: int, since: date | None = None) -> Found:
        """What a search in the source's own language finds, changed `since` a day."""

    def unheld(self, works: Sequence[Work], holding: Holding) -> tuple[Work, ...]:
        """Those of the works that are not held in their present version."""

    def fetch(self, works: Sequence[Work]) -> Iterator[Fetched | LiveError]:
        """The works as files; what did not come is an error among them."""


_MADE: Final[dict[str, type[PubMed] | type[Trials] | type[Labels] | type[PMC]]] = {
    "pubmed": PubMed,
    "trials": Trials,
    "labels": Labels,
    "pmc": PMC,
}


def connector(name: str, client: Client) -> Connector:
    """The source of this name."""
    return _MADE[name](client)


def title_of(name: str) -> str:
    """The source's name for people."""
    return _MADE[name].title


def chosen(text: str, known: Sequence[str] = tuple(NAMES)) -> tuple[str, ...]:
    """The sources in a list with commas, each once; LiveError names one that there is not."""
    names = tuple(dict.fromkeys(part.strip().lower() for part in text.split(",") if part.strip()))
    wrong = [name for name in names if name not in known]
    if wrong or not names:
        said = f"{wrong[0][:40]!r} is no live source" if wrong else "no live source is named"
        raise LiveError(f"{said[:1].upper()}{said[1:]}; known are {', '.join(known)}.")
    return names
