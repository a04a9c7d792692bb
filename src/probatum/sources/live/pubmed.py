"""PubMed through NCBI's E-utilities: ESearch for numbers, EFetch for records.

NCBI Bookshelf NBK25499 describes the parameters. ESearch reaches the first 10,000 numbers of a
search and no further.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from typing import Final, TypeVar

from probatum.evidence.document import Document
from probatum.sources.live.client import XML, Client
from probatum.sources.live.errors import ChangedError, LiveError
from probatum.sources.live.fetched import Fetched, Found, Holding, Work
from probatum.sources.live.shape import Shape, shape_of
from probatum.sources.live.topic import Named, Topic
from probatum.sources.live.whole import documents_in

_Any = TypeVar("_Any")
TITLE: Final = "PubMed"
ID: Final = re.compile(r"(?:pmid:)?(\d{1,8})", re.IGNORECASE)
# The reach of a search: NCBI Bookshelf NBK25499, retmax.
MOST: Final = 10_000
# Records of one answer: about two megabytes. NCBI asks for POST beyond 200 numbers.
_AT_ONCE: Final = 100
# Numbers in one question about many works, so that the address stays short.
_ASKED_OF: Final = 40
# What a clinician wants first, and how many of each: the publication types are MeSH's.
_KINDS: Final = (
    ("guideline[pt] OR practice guideline[pt] OR consensus development conference[pt]", 5),
    ("systematic review[pt] OR meta-analysis[pt]", 5),
    ("randomized controlled trial[pt] OR clinical trial, phase iii[pt]", 10),
)
_READABLE: Final = "hasabstract AND english[la]"
# The comment and correction types that bear on currency: NLM's help on PubMed, "Comment
# Correction Type"; and the publication type of what was retracted.
_FLAGS: Final = (
    "retracted publication[pt]", "hasretractionin", "haspartialretractionin",
    "hasexpressionofconcernin", "haserratumin", "hascorrectedrepublishedin", "hasrepublishedin",
    "hasupdatein",
)  # fmt: skip
_EMPTY: Final = re.compile(rb"<PubmedArticleSet\s*(?:/>|>\s*</PubmedArticleSet>)\s*$")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")


class PubMed:
    """The connector."""

    title = TITLE

    def __init__(self, client: Client) -> None:
        """Ask through this client."""
        self._client = client

    def work(self, text: str) -> Work | None:
        """The work that a person names by its number."""
        found = ID.fullmatch(text.strip())
        return Work(f"pmid:{int(found[1])}") if found else None

    def look(self, topic: Topic, most: int) -> Found:
        """The works to read first on a topic: guidelines, reviews, trials, then what is nearest."""
        words, total, problems = self._widened(topic)
        sent = [words] if words else []
        chosen: dict[str, None] = {}
        for study in topic.studies[:1]:
            sent.append(_either(study.plain))
            chosen.update(dict.fromkeys(self._search(sent[-1], 5)[0]))
        if total:
            for kind, number in _KINDS:
                ids, *_ = self._search(f"{words} AND ({kind}) AND {_READABLE}", number)
                chosen.update(dict.fromkeys(ids))
            if len(chosen) < most // 2:
                ids, *_ = self._search(f"{words} AND {_READABLE}", most)
                chosen.update(dict.fromkeys(ids))
        works = tuple(Work(f"pmid:{id}") for id in islice(chosen, most))
        return Found(works, max(total, len(works)), tuple(sent), tuple(problems))

    def search(self, words: str, most: int, since: date | None = None) -> Found:
        """What a search in PubMed's own language finds, best match first."""
        limits: tuple[tuple[str, str], ...] = ()
        if since is not None:
            limits = (
                ("datetype", "mdat"),
                ("mindate", since.strftime("%Y/%m/%d")),
                ("maxdate", "3000/12/31"),
            )
        ids, total, problems = self._search(words, min(most, MOST), limits)
        return Found(tuple(Work(f"pmid:{id}") for id in ids), total, (words,), tuple(problems))

    def unheld(self, works: Sequence[Work], holding: Holding) -> tuple[Work, ...]:
        """The works that are not held, or that were revised since: PubMed is asked which."""
        versions = {work.id: _last(holding.versions(work.id)) for work in works}
        dated = [(_number(id), day) for id, day in versions.items() if day is not None]
        revised: set[str] = set()
        for part in _parts(dated, _ASKED_OF):
            clauses = (
                f"({id}[uid] AND {(day + timedelta(days=1)).strftime('%Y/%m/%d')}:3000/12/31[mdat])"
                for id, day in part
            )
            ids, *_ = self._search(" OR ".join(clauses), len(part))
            revised.update(f"pmid:{id}" for id in ids)
        return tuple(work for work in works if versions[work.id] is None or work.id in revised)

    def fetch(self, works: Sequence[Work]) -> Iterator[Fetched | LiveError]:
        """The records of works, some at a time; what did not come is an error among them."""
        for part in _parts([_number(work.id) for work in works], _AT_ONCE):
            try:
                yield from self._fetch(part)
            except LiveError as error:
                yield error

    def flagged(self, numbers: Sequence[str]) -> tuple[Document, ...]:
        """Those of these PMIDs that were retracted, corrected or updated, as they are now."""
        flags = " OR ".join(_FLAGS)
        ids: list[str] = []
        for part in _parts(list(numbers), _ASKED_OF * 2):
            those = " OR ".join(f"{id}[uid]" for id in part)
            ids += self._search(f"({those}) AND ({flags})", len(part))[0]
        found: list[Document] = []
        for chunk in _parts([id for id in ids if id in set(numbers)], _AT_ONCE):
            found += documents_in(self._records(chunk), "pubmed", TITLE)[0]
        return tuple(found)

    def _fetch(self, ids: Sequence[str]) -> Iterator[Fetched | LiveError]:
        content = self._records(ids)
        documents: tuple[Document, ...] = ()
        if not _EMPTY.search(content):
            documents, _ = documents_in(content, "pubmed", TITLE)
        came = {document.identifiers.pmid for document in documents}
        if any(id not in ids for id in came):
            raise ChangedError("PubMed sends records that were not asked for.")
        if documents:
            sum_ = hashlib.sha256(content).hexdigest()[:8]
            name = f"{ids[0]}-{len(documents)}-{sum_}.xml"
            sources = tuple(document.source for document in documents)
            yield Fetched("pubmed", name, content, "pubmed", sources)
        missing = [id for id in ids if id not in came]
        if missing:
            yield LiveError(f"PubMed has no record for {', '.join(missing[:10])}.")

    def _records(self, ids: Sequence[str]) -> bytes:
        query = (("db", "pubmed"), ("id", ",".join(ids)), ("retmode", "xml"))
        return self._client.get("ncbi", "/efetch.fcgi", query, XML)

    def _widened(self, topic: Topic) -> tuple[str, int, list[str]]:
        """The narrowest search that finds something, with how much it finds."""
        words, problems = "", list[str]()
        for parts in _searches(topic):
            words = " AND ".join(_group(part) for part in parts)
            if topic.until:
                words += f' AND ("1800/01/01"[dp] : "{topic.until:%Y/%m/%d}"[dp])'
            _, total, problems = self._search(words, 0)
            if total:
                return words, total, problems
        return words, 0, problems

    def _search(
        self, words: str, most: int, limits: Iterable[tuple[str, str]] = ()
    ) -> tuple[list[str], int, list[str]]:
        """Numbers, how many there are, and what PubMed says of words that it does not know."""
        query = (
            ("db", "pubmed"), ("term", words), ("retmax", str(most)), ("retmode", "json"),
            ("sort", "relevance"), *limits,
        )  # fmt: skip
        answer = shape_of(self._client.get("ncbi", "/esearch.fcgi", query), TITLE)
        result = answer.part("esearchresult")
        if result.has("ERROR"):
            raise LiveError("PubMed cannot carry out the search; it may be too long or malformed.")
        ids = [item.text() for item in result.part("idlist").items()]
        if any(ID.fullmatch(id) is None for id in ids):
            raise result.part("idlist").changed("holds what is no PMID")
        return ids, result.part("count").number(), list(_unknown(result))


def _searches(topic: Topic) -> Iterator[Sequence[Sequence[Named]]]:
    """From the narrowest: several diseases are first looked for together, then each for itself."""
    if len(topic.conditions) > 1:
        others = [part for part in (topic.interventions, topic.biomarkers) if part]
        yield [*((each,) for each in topic.conditions), *others]
    yield from topic.narrow()


def _unknown(result: Shape) -> Iterator[str]:
    if result.has("errorlist") and result.part("errorlist").has("phrasesnotfound"):
        for phrase in islice(result.part("errorlist", "phrasesnotfound").items(), 5):
            yield f"PubMed does not know \u201c{phrase.text()[:80]}\u201d."


def _group(part: Sequence[Named]) -> str:
    return _either([name for named in part for name in named.plain])


def _either(names: Sequence[str]) -> str:
    """Names that mean the same. Not in quotes, so that PubMed maps each to its MeSH term."""
    return f"({' OR '.join(names)})"


def _number(id: str) -> str:
    return id.removeprefix("pmid:")


def _last(versions: frozenset[str]) -> date | None:
    """The day of the newest revision that is held."""
    days = [found[0] for version in versions if (found := _DAY.search(version))]
    try:
        return max(map(date.fromisoformat, days), default=None)
    except ValueError:
        return None


def _parts(every: Sequence[_Any], size: int) -> Iterator[Sequence[_Any]]:
    for at in range(0, len(every), size):
        yield every[at : at + size]
