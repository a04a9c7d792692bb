"""ClinicalTrials.gov through its API version 2.

A search asks for numbers and versions only; entries are fetched whole, some at a time, as part of
an entry would be held as another content of the same version.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from probatum.sources.live.client import MOST_BYTES, Client
from probatum.sources.live.errors import ChangedError, LiveError, TooMuchError
from probatum.sources.live.fetched import Fetched, Found, Holding, Work
from probatum.sources.live.shape import Shape, shape_of
from probatum.sources.live.topic import Named, Topic
from probatum.sources.live.whole import documents_in

TITLE: Final = "ClinicalTrials.gov"
ID: Final = re.compile(r"(?:nct:)?(NCT\d{8})", re.IGNORECASE)
MOST: Final = 10_000
# The API's largest page is 1,000; entries with results are large, so few come at once.
_PAGE: Final = 200
_AT_ONCE: Final = 10
_MOST_BYTES: Final = MOST_BYTES
_FIELDS: Final = "NCTId|LastUpdatePostDate|HasResults"
_QUERY: Final = (("format", "json"), ("countTotal", "true"))


class Trials:
    """The connector."""

    title = TITLE

    def __init__(self, client: Client) -> None:
        """Ask through this client."""
        self._client = client

    def work(self, text: str) -> Work | None:
        """The entry that a person names by its number."""
        found = ID.fullmatch(text.strip())
        return Work(f"nct:{found[1].upper()}") if found else None

    def look(self, topic: Topic, most: int) -> Found:
        """Entries on a topic, those with results first."""
        sent: list[str] = []
        for parts in (*(((study,),) for study in topic.studies), *topic.narrow()):
            query = _asked(topic, parts)
            sent.append("; ".join(words for _, words in query))
            rows, total = self._search((*query, ("sort", "@relevance")), most * 4)
            if total:
                first = sorted(rows, key=lambda row: not row[1])
                return Found(tuple(work for work, _ in first[:most]), total, tuple(sent))
        return Found((), 0, tuple(sent))

    def search(self, words: str, most: int, since: date | None = None) -> Found:
        """What a search in all fields finds."""
        query = [("query.term", words)]
        if since is not None:
            area = f"AREA[LastUpdatePostDate]RANGE[{since.isoformat()},MAX]"
            query.append(("filter.advanced", area))
        rows, total = self._search(query, min(most, MOST))
        return Found(tuple(work for work, _ in rows), total, (words,))

    def unheld(self, works: Sequence[Work], holding: Holding) -> tuple[Work, ...]:
        """The entries that are not held as they were last posted."""
        known = [work for work in works if work.version is not None]
        named = [work for work in works if work.version is None]
        held = [work for work in named if holding.versions(work.id)]
        # Named by a person: its version is asked for only where one is held to compare with.
        known += self.latest(held) if held else []
        fresh = {work.id for work in known if holding.has(work)}
        return tuple(work for work in works if work.id not in fresh)

    def latest(self, works: Sequence[Work]) -> list[Work]:
        """The entries with the day on which each was last posted; without those not known."""
        found: list[Work] = []
        for at in range(0, len(works), _PAGE):
            numbers = ",".join(_number(work) for work in works[at : at + _PAGE])
            rows, _ = self._search((("filter.ids", numbers),), _PAGE)
            found += [work for work, _ in rows]
        return found

    def fetch(self, works: Sequence[Work]) -> Iterator[Fetched | LiveError]:
        """The entries, some in an answer, each as one file."""
        for at in range(0, len(works), _AT_ONCE):
            yield from self._fetch(works[at : at + _AT_ONCE])

    def _fetch(self, works: Sequence[Work]) -> Iterator[Fetched | LiveError]:
        numbers = [_number(work) for work in works]
        query = (
            ("filter.ids", ",".join(numbers)), ("pageSize", str(len(numbers))), ("format", "json"),
        )  # fmt: skip
        try:
            content = self._client.get("trials", "/studies", query, most=_MOST_BYTES)
            studies = list(shape_of(content, TITLE).part("studies").items())
            came = {_nct(study) for study in studies}
            if not came <= set(numbers):
                raise ChangedError(f"{TITLE} sends entries that were not asked for.")
            if studies:
                documents, problems = documents_in(content, "ctgov", TITLE)
                sources = tuple(document.source for document in documents)
                sum_ = hashlib.sha256(content).hexdigest()[:8]
                name = f"{numbers[0]}-{len(documents)}-{sum_}.json"
                yield Fetched("trials", name, content, "ctgov", sources)
                yield from map(LiveError, problems)
        except TooMuchError as error:
            if len(works) == 1:
                yield error
                return
            for work in works:
                yield from self._fetch((work,))
            return
        except LiveError as error:
            yield error
            return
        missing = [number for number in numbers if number not in came]
        if missing:
            yield LiveError(f"{TITLE} has no entry {', '.join(missing)}.")

    def _search(
        self, query: Sequence[tuple[str, str]], most: int
    ) -> tuple[list[tuple[Work, bool]], int]:
        """Entries with whether they have results, and how many there are in all."""
        rows: list[tuple[Work, bool]] = []
        total, token = 0, ""
        while True:
            size = min(_PAGE, most - len(rows))
            page = (*query, *_QUERY, ("fields", _FIELDS), ("pageSize", str(size)))
            if token:
                page += (("pageToken", token),)
            answer = shape_of(self._client.get("trials", "/studies", page), TITLE)
            studies = list(answer.part("studies").items())
            rows += [_row(study) for study in studies]
            # The total stands on the first page only.
            total = total or (answer.part("totalCount").number() if answer.has("totalCount") else 0)
            token = answer.part("nextPageToken").text() if answer.has("nextPageToken") else ""
            if not token or not studies or len(rows) >= most:
                # Pages may overlap when the registry is updated between them.
                once = {work.id: (work, results) for work, results in rows}
                return list(once.values())[:most], max(total, len(once))


def _row(study: Shape) -> tuple[Work, bool]:
    updated = None
    status = study.part("protocolSection")
    if status.has("statusModule") and status.part("statusModule").has("lastUpdatePostDateStruct"):
        updated = status.part("statusModule", "lastUpdatePostDateStruct", "date").text()
    results = study.has("hasResults") and study.part("hasResults").value is True
    return Work(f"nct:{_nct(study)}", updated), results


def _nct(study: Shape) -> str:
    place = study.part("protocolSection", "identificationModule", "nctId")
    number = place.text().upper()
    if ID.fullmatch(number) is None:
        raise place.changed("is no NCT number")
    return number


def _asked(topic: Topic, parts: Sequence[Sequence[Named]]) -> tuple[tuple[str, str], ...]:
    """The parameters of a search. One name each: the registry knows the others itself."""
    query = []
    for part in parts:
        words = " OR ".join(name for named in part for name in named.plain[:1])
        if part is topic.conditions:
            query.append(("query.cond", words))
        elif part is topic.interventions:
            query.append(("query.intr", words))
        else:
            query.append(("query.term", words))
    return tuple(query)


def _number(work: Work) -> str:
    return work.id.removeprefix("nct:").upper()
