"""The live services in one small local server, with invented works and faults to order."""

import hashlib
import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from probatum.sources.live.client import Client, Patience
from probatum.sources.live.pace import Pace
from probatum.sources.live.settings import LiveSettings

QUICK = Patience(3, 0.5, 2.0, 0.01, 0.2, 10.0)
_SERVICES = (
    "ncbi", "europepmc", "trials", "openfda", "dailymed", "rxnorm", "pmc", "crossref",
)  # fmt: skip
SET_ID = "11111111-2222-3333-4444-555555555555"


@dataclass
class Fault:
    """Something that goes wrong with one answer."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None
    kind: str | None = None
    seconds: float = 0.0
    # Bytes of the body that are sent of those that were promised.
    cut: int | None = None


@dataclass
class Made:
    """An answer as it should be."""

    body: bytes
    kind: str = "application/json"
    status: int = 200


@dataclass
class World:
    """What the services have, who asked for what, and what is to go wrong next."""

    articles: dict[str, dict[str, Any]] = field(default_factory=dict)
    trials: dict[str, dict[str, Any]] = field(default_factory=dict)
    labels: dict[str, dict[str, Any]] = field(default_factory=dict)
    full_texts: dict[str, dict[str, Any]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    updates: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str], dict[str, str]]] = field(default_factory=list)
    faults: dict[str, list[Fault]] = field(default_factory=dict)
    port: int = 0

    @property
    def settings(self) -> LiveSettings:
        return LiveSettings(
            contact="library@hospital.example",
            ncbi_key="secret-ncbi-key",
            openfda_key="secret-fda-key",
            addresses={id: f"http://127.0.0.1:{self.port}/{id}" for id in _SERVICES},
        )

    @property
    def environment(self) -> dict[str, str]:
        return {
            f"PROBATUM_{id.upper()}_URL": f"http://127.0.0.1:{self.port}/{id}" for id in _SERVICES
        }

    def client(self, patience: Patience = QUICK, **more: Any) -> Client:
        return Client(self.settings, patience, pace=Hurry(), **more)

    def paths(self) -> list[str]:
        return [path for path, _, _ in self.asked]

    def words(self) -> str:
        """Everything that was sent, in one text."""
        return json.dumps([(path, query) for path, query, _ in self.asked])


_WAIT = Pace.wait


class Hurry(Pace):
    """No pause between requests, but those that a service asked for."""

    def wait(self, host: str, spacing: float, stop: threading.Event, most: float) -> None:
        _WAIT(self, host, 0.0, stop, most)


@contextmanager
def services() -> Iterator[World]:
    world = World()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
            world.asked.append((parts.path, query, dict(self.headers.items())))
            fault = next((f for f in world.faults if parts.path.startswith(f)), None)
            wrong = world.faults[fault].pop(0) if fault and world.faults[fault] else Fault()
            made = answer(world, parts.path, query)
            time.sleep(wrong.seconds)
            body = wrong.body if wrong.body is not None else made.body
            try:
                self.send_response(wrong.status if wrong.status != 200 else made.status)
                self.send_header("Content-Type", wrong.kind or made.kind)
                self.send_header("Content-Length", str(len(body)))
                for name, value in wrong.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body if wrong.cut is None else body[: wrong.cut])
            except OSError:
                pass  # whoever asked has gone

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    world.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield world
    finally:
        server.shutdown()
        server.server_close()


def answer(world: World, path: str, query: dict[str, str]) -> Made:
    id, _, rest = path.lstrip("/").partition("/")
    by: dict[str, Callable[[World, str, dict[str, str]], Made]] = {
        "ncbi": _ncbi,
        "europepmc": _europepmc,
        "trials": _trials,
        "openfda": _openfda,
        "dailymed": _dailymed,
        "rxnorm": _rxnorm,
        "pmc": _pmc,
        "crossref": _crossref,
    }
    return by[id](world, rest, query)


def _json(value: object, status: int = 200) -> Made:
    return Made(json.dumps(value).encode(), status=status)


# -- PubMed ----------------------------------------


def article(
    title: str,
    text: str,
    *,
    revised: str = "2026-03-04",
    kind: str = "Randomized Controlled Trial",
    links: str = "",
    doi: str = "",
) -> dict[str, Any]:
    return {
        "title": title,
        "text": text,
        "revised": revised,
        "kind": kind,
        "links": links,
        "doi": doi,
    }


def record(pmid: str, made: dict[str, Any]) -> str:
    year, month, day = made["revised"].split("-")
    doi = f'<ELocationID EIdType="doi">{made["doi"]}</ELocationID>' if made["doi"] else ""
    return (
        f'<PubmedArticle><MedlineCitation><PMID Version="1">{pmid}</PMID><DateRevised>'
        f"<Year>{year}</Year><Month>{month}</Month><Day>{day}</Day></DateRevised><Article>"
        "<Journal><JournalIssue><PubDate><Year>2025</Year></PubDate></JournalIssue>"
        f"<Title>Journal of Invention</Title></Journal><ArticleTitle>{made['title']}"
        f"</ArticleTitle>{doi}<Abstract><AbstractText>{made['text']}</AbstractText></Abstract>"
        f"<PublicationTypeList><PublicationType>{made['kind']}</PublicationType>"
        f"</PublicationTypeList></Article>{made['links']}</MedlineCitation></PubmedArticle>"
    )


def _ncbi(world: World, path: str, query: dict[str, str]) -> Made:
    if path == "esearch.fcgi":
        ids = _pubmed_hits(world, query["term"])
        most = int(query["retmax"])
        return _json({"esearchresult": {"count": str(len(ids)), "idlist": ids[:most]}})
    ids = [id for id in query["id"].split(",") if id in world.articles]
    every = "".join(record(id, world.articles[id]) for id in ids)
    return Made(f"<PubmedArticleSet>{every}</PubmedArticleSet>".encode(), "text/xml")


def _pubmed_hits(world: World, term: str) -> list[str]:
    """As much of PubMed's language as is asked here."""
    since = re.findall(r"\((\d+)\[uid\] AND (\d{4}/\d\d/\d\d):3000/12/31\[mdat\]\)", term)
    if since:
        held = {id: day.replace("/", "-") for id, day in since}
        return [id for id in held if world.articles[id]["revised"] >= held[id]]
    if "[uid]" in term:
        asked = re.findall(r"(\d+)\[uid\]", term)
        return [id for id in asked if world.articles.get(id, {}).get("links")]
    if "[pt]" in term:
        kinds = re.findall(r"([\w -]+)\[pt\]", term.lower())
        hits = [
            id
            for id, each in world.articles.items()
            if any(each["kind"].lower() == kind.removeprefix("or ").strip() for kind in kinds)
        ]
    else:
        hits = list(world.articles)
    groups = [group.split(" OR ") for group in re.findall(r"\(([^()]*)\)", term.lower())]
    groups = [[name.strip() for name in group] for group in groups if "[" not in group[0]]
    return [
        id
        for id in hits
        if all(
            any(name in f"{world.articles[id]['title']} {world.articles[id]['text']}".lower()
                for name in (part for each in group for part in each.split(" or ")))
            for group in groups
        )
    ]  # fmt: skip


# -- ClinicalTrials.gov ----------------------------------------


def trial(title: str, summary: str, *, updated: str = "2026-02-03", results: bool = False) -> Any:
    return {"title": title, "summary": summary, "updated": updated, "results": results}


def _study(number: str, made: dict[str, Any], fields: bool) -> dict[str, Any]:
    study: dict[str, Any] = {
        "protocolSection": {
            "identificationModule": {"nctId": number},
            "statusModule": {"lastUpdatePostDateStruct": {"date": made["updated"]}},
        },
        "hasResults": made["results"],
    }
    if not fields:
        study["protocolSection"]["identificationModule"]["briefTitle"] = made["title"]
        study["protocolSection"]["descriptionModule"] = {"briefSummary": made["summary"]}
    return study


def _trials(world: World, path: str, query: dict[str, str]) -> Made:
    if "filter.ids" in query:
        numbers = [each for each in query["filter.ids"].split(",") if each in world.trials]
    else:
        words = [
            name.lower()
            for part in ("query.cond", "query.intr", "query.term")
            for name in query.get(part, "").split(" OR ")[:1]
        ]
        numbers = [
            number
            for number, each in world.trials.items()
            if all(word in f"{each['title']} {each['summary']}".lower() for word in words)
        ]
    size = int(query["pageSize"])
    start = int(query.get("pageToken", "0"))
    page = numbers[start : start + size]
    body: dict[str, Any] = {
        "studies": [_study(each, world.trials[each], "fields" in query) for each in page]
    }
    if "countTotal" in query and not start:
        body["totalCount"] = len(numbers)
    if start + size < len(numbers):
        body["nextPageToken"] = str(start + size)
    return _json(body)


# -- labels ----------------------------------------


def label(name: str, text: str, *, version: int = 3) -> dict[str, Any]:
    return {"name": name, "text": text, "version": version}


def _openfda(world: World, path: str, query: dict[str, str]) -> Made:
    search = query["search"].lower()
    hits = [
        (id, each)
        for id, each in world.labels.items()
        if each["name"].lower() in search or id in search
    ]
    if not hits:
        return _json({"error": {"code": "NOT_FOUND", "message": "No matches found!"}}, 404)
    rows = [
        {
            "set_id": id,
            "version": str(each["version"]),
            "effective_time": "20260102",
            "indications_and_usage": [each["text"]],
            "openfda": {"generic_name": [each["name"]], "spl_set_id": [id]},
        }
        for id, each in hits
    ]
    limit = int(query["limit"])
    return _json({"meta": {"results": {"total": len(rows)}}, "results": rows[:limit]})


def spl(id: str, made: dict[str, Any]) -> bytes:
    return (
        '<document xmlns="urn:hl7-org:v3"><code code="34391-3" displayName="HUMAN PRESCRIPTION '
        f'DRUG LABEL"/><title>{made["name"]} tablets</title><effectiveTime value="20260102"/>'
        f'<setId root="{id}"/><versionNumber value="{made["version"]}"/><component>'
        '<structuredBody><component><section><code code="34067-9"/><title>1 INDICATIONS</title>'
        f"<text><paragraph>{made['text']}</paragraph></text></section></component>"
        "</structuredBody></component></document>"
    ).encode()


def _dailymed(world: World, path: str, query: dict[str, str]) -> Made:
    if path == "spls.json":
        hits = {
            id: each
            for id, each in world.labels.items()
            if query.get("drug_name", "").lower() == each["name"].lower()
            or query.get("setid") == id
        }
        rows = [
            {"setid": id, "spl_version": each["version"], "title": each["name"]}
            for id, each in hits.items()
        ]
        return _json({"data": rows, "metadata": {"total_elements": len(rows)}})
    id = path.removeprefix("spls/").removesuffix(".xml")
    if id not in world.labels:
        return _json({}, 404)
    return Made(spl(id, world.labels[id]), "text/xml")


def _rxnorm(world: World, path: str, query: dict[str, str]) -> Made:
    if path == "rxcui.json":
        known = query["name"].lower() in world.names
        return _json({"idGroup": {"rxnormId": ["77"]} if known else {"name": query["name"]}})
    name = next(iter(world.names.values()))
    return _json(
        {"relatedGroup": {"conceptGroup": [{"tty": "IN", "conceptProperties": [{"name": name}]}]}}
    )


# -- full texts ----------------------------------------


def full_text(title: str, text: str, *, version: int = 1, licence: str = "CC BY") -> Any:
    return {"title": title, "text": text, "version": version, "licence": licence}


def jats(number: str, made: dict[str, Any]) -> bytes:
    return (
        '<article article-type="research-article" dtd-version="1.3"><front><article-meta>'
        f'<article-id pub-id-type="pmcid">{number}</article-id>'
        f"<title-group><article-title>{made['title']}</article-title></title-group>"
        "<pub-date><year>2025</year></pub-date></article-meta></front>"
        f"<body><sec><title>Results</title><p>{made['text']}</p></sec></body></article>"
    ).encode()


def _pmc(world: World, path: str, query: dict[str, str]) -> Made:
    if not path:
        number = query["prefix"].rstrip(".")
        made = world.full_texts.get(number)
        last = made["version"] if made else 0
        folders = "".join(
            f"<CommonPrefixes><Prefix>{number}.{each}/</Prefix></CommonPrefixes>"
            for each in range(1, last + 1)
        )
        listing = f"<ListBucketResult><Prefix>{number}.</Prefix>{folders}</ListBucketResult>"
        return Made(listing.encode(), "application/xml")
    version, _, name = path.partition("/")
    number = version.partition(".")[0]
    made = world.full_texts[number]
    text = jats(number, made)
    if name.endswith(".json"):
        sum_ = hashlib.md5(text).hexdigest()
        address = f"s3://pmc-oa-opendata/{version}/{version}.xml?md5={sum_}"
        return _json({"pmcid": number, "license_code": made["licence"], "xml_url": address})
    return Made(text, "binary/octet-stream")


def _europepmc(world: World, path: str, query: dict[str, str]) -> Made:
    if path == "search":
        words = re.findall(r'"([^"]+)"', query["query"].lower().split(" and open_access")[0])
        words = [word for word in words if "pub_type" not in word] or [
            query["query"].lower().split(")")[0].lstrip("(")
        ]
        numbers = [
            number
            for number, each in world.full_texts.items()
            if any(word in f"{each['title']} {each['text']}".lower() for word in words)
        ]
        rows = [{"id": number, "pmcid": number} for number in numbers[: int(query["pageSize"])]]
        return _json({"hitCount": len(numbers), "resultList": {"result": rows}})
    number = path.partition("/")[0]
    return Made(jats(number, world.full_texts[number]), "application/xml")


def _crossref(world: World, path: str, query: dict[str, str]) -> Made:
    doi = unquote(path.removeprefix("works/"))
    if doi not in world.updates:
        return _json({"status": "error"}, 404)
    message: dict[str, Any] = {"DOI": doi}
    if world.updates[doi]:
        message["updated-by"] = world.updates[doi]
    return _json({"status": "ok", "message": message})
