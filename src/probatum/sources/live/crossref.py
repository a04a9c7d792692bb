"""Crossref: what happened to a published work, by its DOI.

The original carries `updated-by`: retractions, corrections, new versions, as publishers and
Retraction Watch deposit them (crossref.org/documentation/retrieve-metadata/retraction-watch).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import quote

from probatum.sources.live.client import Client
from probatum.sources.live.errors import NotThereError
from probatum.sources.live.shape import Shape, shape_of

TITLE: Final = "Crossref"
# A work's description with its list of references; a review with two thousand has under 2 MB.
_MOST_BYTES: Final = 8_000_000
Bearing = Literal["retracted", "superseded", "corrected"]
# Crossref's types of update (crossref.org/documentation/register-maintain-records/crossmark).
_BEARINGS: Final[dict[str, Bearing]] = {
    "retraction": "retracted",
    "removal": "retracted",
    "withdrawal": "retracted",
    "partial_retraction": "corrected",
    "correction": "corrected",
    "corrigendum": "corrected",
    "erratum": "corrected",
    "expression_of_concern": "corrected",
    "addendum": "corrected",
    "clarification": "corrected",
    "new_version": "superseded",
    "new_edition": "superseded",
}


@dataclass(frozen=True, slots=True)
class Update:
    """Something that happened to a work. `by` is the DOI of the notice or newer version."""

    bearing: Bearing
    kind: str
    by: str | None
    source: str | None
    day: str | None


class Crossref:
    """The look-up."""

    def __init__(self, client: Client) -> None:
        """Ask through this client."""
        self._client = client

    def updates(self, doi: str) -> tuple[Update, ...]:
        """What is known to have happened to the work; nothing for a DOI of another agency."""
        path = f"/works/{quote(doi, safe='')}"
        try:
            content = self._client.get("crossref", path, most=_MOST_BYTES)
        except NotThereError:
            return ()
        message = shape_of(content, TITLE).part("message")
        told = message.part("DOI").text()
        if told.casefold() != doi.casefold():
            raise message.part("DOI").changed("is another work's")
        if not message.has("updated-by"):
            return ()
        return tuple(dict.fromkeys(_updates(message.part("updated-by"))))


def _updates(place: Shape) -> Iterator[Update]:
    for each in place.items():
        kind = each.part("type").text().lower().replace("-", "_").replace(" ", "_")
        if kind in _BEARINGS:
            yield Update(
                _BEARINGS[kind],
                kind.replace("_", " "),
                each.part("DOI").text() if each.has("DOI") else None,
                each.part("source").text() if each.has("source") else None,
                _day(each),
            )


def _day(update: Shape) -> str | None:
    if not update.has("updated") or not update.part("updated").has("date-time"):
        return None
    return update.part("updated", "date-time").text()[:10]
