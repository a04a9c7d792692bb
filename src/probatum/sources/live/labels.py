"""Drug labels: found through openFDA, which knows names, and fetched from DailyMed, which has them.

DailyMed's document is the label itself, with its tables; openFDA's answer is taken where DailyMed
is not of use, and DailyMed's own list of names where openFDA is not. A label's version is the same
number at both.
"""

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from probatum.evidence.document import Document
from probatum.sources.live.client import XML, Client
from probatum.sources.live.errors import (
    ChangedError,
    LiveError,
    NotThereError,
    RefusedError,
    StoppedError,
)
from probatum.sources.live.fetched import Fetched, Found, Holding, Work
from probatum.sources.live.rxnorm import RxNorm
from probatum.sources.live.shape import Shape, shape_of
from probatum.sources.live.topic import Topic
from probatum.sources.live.whole import documents_in

TITLE: Final = "Drug labels"
OPENFDA: Final = "openFDA"
DAILYMED: Final = "DailyMed"
ID: Final = re.compile(
    r"(?:spl:)?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})", re.IGNORECASE
)
# openFDA skips over no more than 25,000; a sync of labels is about some drugs.
MOST: Final = 1_000
_PAGE: Final = 100
# The labels of applications, before those of generics and repackers: openFDA's searchable fields.
_ORIGINAL: Final = "(openfda.application_number:NDA* OR openfda.application_number:BLA*)"
# Drugs of one question that labels are looked up for.
_DRUGS: Final = 4
_SAFE: Final = re.compile(r"[^\w\s-]")


class Labels:
    """The connector."""

    title = TITLE

    def __init__(self, client: Client) -> None:
        """Ask through this client."""
        self._client = client

    def work(self, text: str) -> Work | None:
        """The label that a person names by its set id."""
        found = ID.fullmatch(text.strip())
        return Work(f"spl:{found[1].lower()}") if found else None

    def look(self, topic: Topic, most: int) -> Found:
        """The newest labels of each drug, originals before copies."""
        drugs = topic.drugs[:_DRUGS]
        each = max(1, most // max(1, len(drugs)))
        works: dict[Work, None] = {}
        sent: list[str] = []
        problems: list[str] = []
        total = 0
        for drug in drugs:
            for name in drug.plain[:1]:
                sent.append(name)
                found = self._by_name(name, each, None)
                works.update(dict.fromkeys(found.works))
                problems += found.problems
                total += found.total
        return Found(tuple(works)[:most], total, tuple(sent), tuple(problems))

    def search(self, words: str, most: int, since: date | None = None) -> Found:
        """The labels of a drug by its name: generic, brand or another that RxNorm knows."""
        return self._by_name(words, min(most, MOST), since)

    def unheld(self, works: Sequence[Work], holding: Holding) -> tuple[Work, ...]:
        """The labels that are not held in the version that was found."""
        named = [work for work in works if work.version is None and holding.versions(work.id)]
        now = {work.id: work for work in self.latest(named)}
        known = (now.get(work.id, work) for work in works)
        return tuple(work for work in known if not holding.has(work))

    def latest(self, works: Sequence[Work]) -> list[Work]:
        """The labels with the version that DailyMed has now; without those that it doesn't know."""
        found: list[Work] = []
        for work in works:
            rows = self._listed((("setid", _set_id(work)), ("pagesize", "1")))[0]
            found += [row for row in rows if row.id == work.id]
        return found

    def fetch(self, works: Sequence[Work]) -> Iterator[Fetched | LiveError]:
        """The labels, each as one file."""
        for work in works:
            try:
                yield self._from_dailymed(work)
            except StoppedError as error:
                yield error
                return
            except LiveError as error:
                yield from self._instead(work, error)

    def _instead(self, work: Work, problem: LiveError) -> Iterator[Fetched | LiveError]:
        try:
            yield self._from_openfda(work)
            yield LiveError(f"{problem} The label's text was taken from openFDA instead.")
        except NotThereError:
            yield problem
        except LiveError as error:
            yield LiveError(f"{problem} {error}")

    def _by_name(self, name: str, most: int, since: date | None) -> Found:
        """By the name as given; where no label has it, by the ingredients that RxNorm knows."""
        found = self._named(name, most, since)
        if found.works:
            return found
        problems = list(found.problems)
        try:
            ingredients = RxNorm(self._client).ingredients(name)
        except LiveError as error:
            return Found((), 0, (name,), (*problems, str(error)))
        if not ingredients or name.casefold() in map(str.casefold, ingredients):
            return found
        again = self._named(" ".join(ingredients), most, since)
        return Found(again.works, again.total, (name, *again.sent), (*problems, *again.problems))

    def _named(self, name: str, most: int, since: date | None) -> Found:
        try:
            works, total = self._in_openfda(name, most, since)
        except StoppedError:
            raise
        except LiveError as error:
            works, total = self._listed(
                (("drug_name", name), ("pagesize", str(min(most, _PAGE)))), since
            )
            return Found(works[:most], total, (name,), (str(error),))
        return Found(works[:most], total, (name,))

    def _in_openfda(self, name: str, most: int, since: date | None) -> tuple[tuple[Work, ...], int]:
        words = " ".join(_SAFE.sub(" ", name).split())
        fields = ("openfda.generic_name", "openfda.brand_name", "openfda.substance_name")
        named = "(" + " OR ".join(f'{field}:"{words}"' for field in fields) + ")"
        if since is not None:
            named += f" AND effective_time:[{since:%Y%m%d} TO 99991231]"
        works: dict[str, Work] = {}
        total = 0
        for search in (f"{named} AND {_ORIGINAL}", named):
            skip = 0
            while len(works) < most:
                size = min(_PAGE, most - len(works))
                try:
                    rows, number = self._page(search, size, skip)
                except RefusedError:
                    if search == named:
                        raise
                    break  # the search for originals is only a preference
                total = max(total, number)
                works.update((row.id, row) for row in rows if row.id not in works)
                skip += size
                if not rows or skip >= number:
                    break
        return tuple(works.values()), total

    def _page(self, search: str, size: int, skip: int) -> tuple[list[Work], int]:
        query = (
            ("search", search), ("sort", "effective_time:desc"), ("limit", str(size)),
            ("skip", str(skip)),
        )  # fmt: skip
        try:
            answer = shape_of(self._client.get("openfda", "/drug/label.json", query), OPENFDA)
        except NotThereError:
            return [], 0  # how openFDA says that nothing was found
        total = answer.part("meta", "results", "total").number()
        return [_label_of(each) for each in answer.part("results").items()], total

    def _listed(
        self, query: Sequence[tuple[str, str]], since: date | None = None
    ) -> tuple[tuple[Work, ...], int]:
        """Labels in DailyMed's list."""
        if since is not None:
            query = (
                *query, ("published_date", since.isoformat()),
                ("published_date_comparison", "gte"),
            )  # fmt: skip
        answer = shape_of(self._client.get("dailymed", "/spls.json", query), DAILYMED)
        works = tuple(
            Work(f"spl:{_id_in(each.part('setid'))}", each.part("spl_version").text())
            for each in answer.part("data").items()
        )
        total = answer.part("metadata", "total_elements").number()
        return works, max(total, len(works))

    def _from_dailymed(self, work: Work) -> Fetched:
        set_id = _set_id(work)
        content = self._client.get("dailymed", f"/spls/{set_id}.xml", kinds=XML)
        documents, _ = documents_in(content, "spl", DAILYMED)
        return _fetched(work, documents, content, "spl", "xml", DAILYMED)

    def _from_openfda(self, work: Work) -> Fetched:
        query = (("search", f'set_id:"{_set_id(work)}"'), ("limit", "1"))
        content = self._client.get("openfda", "/drug/label.json", query)
        documents, _ = documents_in(content, "openfda", OPENFDA)
        # One label without the frame around it, whose date changes with each day.
        label = json.loads(content)["results"][0]
        kept = json.dumps(label, ensure_ascii=False, sort_keys=True).encode()
        return _fetched(work, documents, kept, "openfda", "json", OPENFDA)


def _fetched(
    work: Work,
    documents: Sequence[Document],
    content: bytes,
    format: str,
    ending: str,
    title: str,
) -> Fetched:
    """A label's file, if it is the label that was asked for."""
    if [document.source for document in documents] != [work.id]:
        raise ChangedError(f"{title} sends another label than was asked for.")
    name = f"{_set_id(work)}@{documents[0].version or 'undated'}.{ending}"
    return Fetched("labels", name, content, format, (work.id,))


def _label_of(label: Shape) -> Work:
    version = label.part("version").text() if label.has("version") else None
    return Work(f"spl:{_id_in(label.part('set_id'))}", version)


def _id_in(place: Shape) -> str:
    found = ID.fullmatch(place.text())
    if found is None:
        raise place.changed("is no set id of a label")
    return found[1].lower()


def _set_id(work: Work) -> str:
    return work.id.removeprefix("spl:")
