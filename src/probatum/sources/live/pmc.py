"""PubMed Central's open-access articles, from the bucket that is their place since 2026.

Each version of an article is a folder PMC123.1/ with a description in JSON, which tells the
licence, a retraction and where the text is with its MD5 sum. The former FTP tree and OA service
are gone.
An article without a folder is not open access, which is no error. Where the bucket is not of use,
Europe PMC has the same text.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final
from urllib.parse import parse_qs, urlsplit

from lxml import etree

from probatum.evidence.document import Document
from probatum.sources.live.client import JSON, XML, Client
from probatum.sources.live.errors import ChangedError, LiveError, NotThereError, StoppedError
from probatum.sources.live.europepmc import TITLE as EUROPE
from probatum.sources.live.europepmc import EuropePMC
from probatum.sources.live.fetched import Fetched, Found, Holding, Work
from probatum.sources.live.shape import shape_of
from probatum.sources.live.topic import Named, Topic
from probatum.sources.live.whole import documents_in

TITLE: Final = "PubMed Central"
ID: Final = re.compile(r"(?:pmcid:)?(PMC\d{1,9})(?:\.\d+)?", re.IGNORECASE)
MOST: Final = 10_000
# A bucket tells no type of XML reliably.
_STORED: Final = (*XML, *JSON, "binary/octet-stream", "application/octet-stream", "text/plain")
# Bytes of an article's text; the longest of sixty trial reports has 700 kB.
_MOST_BYTES: Final = 30_000_000
_DESCRIPTION_BYTES: Final = 2_000_000
_KINDS: Final = (
    'PUB_TYPE:"Practice Guideline"', 'PUB_TYPE:"Systematic Review"', 'PUB_TYPE:"Meta-Analysis"',
    'PUB_TYPE:"Randomized Controlled Trial"',
)  # fmt: skip


class PMC:
    """The connector."""

    title = TITLE

    def __init__(self, client: Client) -> None:
        """Ask through this client."""
        self._client = client
        self._europe = EuropePMC(client)

    def work(self, text: str) -> Work | None:
        """The article that a person names by its PMC number."""
        found = ID.fullmatch(text.strip())
        return Work(f"pmcid:{found[1].upper()}") if found else None

    def look(self, topic: Topic, most: int) -> Found:
        """Open-access guidelines, reviews and trials on a topic, or whatever there is."""
        sent: list[str] = []
        for parts in (*(((study,),) for study in topic.studies), *topic.narrow()):
            words = " AND ".join(_either(part) for part in parts)
            sent.append(words)
            if topic.until:
                words += f" AND FIRST_PDATE:[1800-01-01 TO {topic.until.isoformat()}]"
            for asked in (f"{words} AND ({' OR '.join(_KINDS)})", words):
                numbers, total = self._europe.open_access(asked, most)
                if numbers:
                    works = tuple(Work(f"pmcid:{number}") for number in numbers)
                    return Found(works, total, tuple(sent))
        return Found((), 0, tuple(sent))

    def search(self, words: str, most: int, since: date | None = None) -> Found:
        """What a search in Europe PMC's language finds among open-access articles."""
        numbers, total = self._europe.open_access(words, min(most, MOST), since)
        return Found(tuple(Work(f"pmcid:{number}") for number in numbers), total, (words,))

    def unheld(self, works: Sequence[Work], holding: Holding) -> tuple[Work, ...]:
        """The articles whose last version is not held; which that is, the bucket tells."""
        wanted: list[Work] = []
        for work in works:
            if not holding.full_text(work.id):
                wanted.append(work)
                continue
            version = self._last_version(_number(work))
            if version and not holding.kept("pmc", f"{version}.xml"):
                wanted.append(Work(work.id, key=version))
        return tuple(wanted)

    def fetch(self, works: Sequence[Work]) -> Iterator[Fetched | LiveError]:
        """The articles, each as one file."""
        for work in works:
            try:
                yield self._from_bucket(work)
            except NotThereError as error:
                yield error
            except StoppedError as error:
                yield error
                return
            except LiveError as error:
                try:
                    yield self._from_europe(work)
                except LiveError as other:
                    yield LiveError(f"{error} {other}")

    def _from_bucket(self, work: Work) -> Fetched:
        number = _number(work)
        version = work.key or self._last_version(number)
        if not version:
            raise NotThereError(f"{number} is not open access, so its text can't be fetched.")
        path = f"/{version}/{version}.json"
        content = self._client.get("pmc", path, kinds=_STORED, most=_DESCRIPTION_BYTES)
        about = shape_of(content, TITLE)
        if not about.has("xml_url"):
            raise NotThereError(f"{number} has no text in a form that is read here.")
        key, sum_ = _place(about.part("xml_url").text(), version)
        licence = about.part("license_code").text() if about.has("license_code") else None
        text = self._client.get("pmc", f"/{key}", kinds=_STORED, most=_MOST_BYTES)
        # The sum guards against damage on the way, which is all that MD5 is good for.
        if sum_ and hashlib.md5(text, usedforsecurity=False).hexdigest() != sum_:
            raise ChangedError(f"The text of {number} came damaged.")
        return _article(work, text, f"{version}.xml", licence, TITLE)

    def _from_europe(self, work: Work) -> Fetched:
        number = _number(work)
        return _article(work, self._europe.text(number), f"{number}.xml", None, EUROPE)

    def _last_version(self, number: str) -> str:
        """The folder of an article's last version; empty when there is none."""
        query = (("list-type", "2"), ("prefix", f"{number}."), ("delimiter", "/"))
        content = self._client.get("pmc", "/", query, _STORED, _DESCRIPTION_BYTES)
        folder = re.compile(rf"{number}\.(\d{{1,4}})/")
        versions = [int(found[1]) for name in _prefixes(content) if (found := folder.match(name))]
        return f"{number}.{max(versions)}" if versions else ""


def _prefixes(content: bytes) -> Iterator[str]:
    """The folders in a listing of the bucket."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise ChangedError(f"{TITLE} sends a listing that cannot be read.") from error
    if etree.QName(root).localname != "ListBucketResult":
        raise ChangedError(f"{TITLE} sends something else than a listing.")
    for element in root.iter():
        if isinstance(element.tag, str) and etree.QName(element).localname == "Prefix":
            yield (element.text or "").strip()


def _place(address: str, version: str) -> tuple[str, str]:
    """The key of the text in the bucket, and its MD5 sum where it is told."""
    parts = urlsplit(address)
    key = parts.path.lstrip("/")
    if not re.fullmatch(rf"{re.escape(version)}/[\w.-]{{1,200}}\.(?:xml|nxml)", key):
        raise ChangedError(f"{TITLE} names a place of the text that is not known here.")
    return key, next(iter(parse_qs(parts.query).get("md5", [])), "").lower()


def _article(work: Work, text: bytes, name: str, licence: str | None, title: str) -> Fetched:
    """An article's file, if it is the article that was asked for."""
    documents, problems = documents_in(text, "jats", title)
    number = _number(work)
    first: Document | None = next(iter(documents), None)
    if first is None or first.identifiers.pmcid not in (None, number):
        raise ChangedError(f"{title} sends no article {number}; {' '.join(problems)}".strip(" ;"))
    told = None if first.licence else licence
    return Fetched("pmc", name, text, "jats", tuple(each.source for each in documents), told)


def _either(part: Sequence[Named]) -> str:
    names = (f'"{name}"' for named in part for name in named.plain)
    return f"({' OR '.join(names)})"


def _number(work: Work) -> str:
    return work.id.removeprefix("pmcid:")
