"""What a web page says about itself: citation and Dublin Core elements, Open Graph, JSON-LD."""

import datetime
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from lxml.html import HtmlElement

from probatum.evidence.source import Identifiers, RightsTier
from probatum.sources.layout.text import clean
from probatum.sources.works.dates import day_in, day_of, year_in
from probatum.sources.works.ids import identifiers_of
from probatum.sources.works.licences import licence_of

_ISO = re.compile(r"\s*(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)")
_PMC = re.compile(
    r"//(?:www\.|pmc\.)?(?:ncbi|pmc\.ncbi)\.nlm\.nih\.gov/(?:pmc/)?articles/(PMC\d+)", re.I
)
_URL = re.compile(r"https?://[^\s\"'<>]+")
_TITLES = ("citation_title", "dc.title", "dcterms.title", "og:title")
_AUTHORS = ("citation_author", "dc.creator", "dcterms.creator", "author")
_JOURNAL_DATES = ("citation_publication_date", "citation_date", "citation_online_date")
_PUBLISHED = [
    "dcterms.issued",
    "dc.date.issued",
    "dc.date",
    "dcterms.date",
    "dcterms.created",
    "article:published_time",
    "datepublished",
    "date",
]
_MODIFIED = [
    "dcterms.modified",
    "dc.date.modified",
    "article:modified_time",
    "datemodified",
    "lastreviewed",
    "last-modified",
    "og:updated_time",
]
_BODIES = (
    "citation_technical_report_institution",
    "dc.publisher",
    "dcterms.publisher",
    "publisher",
)
_RIGHTS = (
    "dc.rights",
    "dcterms.rights",
    "dcterms.license",
    "citation_license",
    "license",
    "rights",
)
_SUBJECTS = ("citation_keywords", "citation_keyword", "dc.subject", "dcterms.subject", "keywords")
_MOST_JSON = 500_000
_MOST = 100
# Separate a page's own title from the site's name behind it.
_SITE = re.compile(r"\s+(?:[|–—-]|::|»)\s+")


@dataclass(frozen=True)
class Front:
    """What is known of a page before its text is read."""

    title: str = ""
    authors: tuple[str, ...] = ()
    date: datetime.date | None = None
    year: int | None = None
    version: str | None = None
    body: str | None = None
    container: str | None = None
    identifiers: Identifiers = field(default_factory=Identifiers)
    subjects: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    licence: str | None = None
    tier: RightsTier | None = None
    language: str | None = None


Values = dict[str, list[str]]


def front_of(root: HtmlElement) -> Front:
    """Everything that a page's head says."""
    values = _values(root)
    journal = _first(values, ("citation_journal_title",))
    date, year, version = _dates(values)
    licence, tier = licence_of(_licences(root, values))
    subjects = [part for value in _all(values, _SUBJECTS) for part in re.split(r"[;,]", value)]
    return Front(
        title=_title(root, values),
        authors=_authors(values),
        date=date,
        year=year,
        version=version,
        body=None if journal else _first(values, _BODIES) or None,
        container=journal or None,
        identifiers=_identifiers(root, values),
        subjects=tuple(dict.fromkeys(filter(None, map(clean, subjects))))[:_MOST],
        kinds=tuple(_all(values, ("dc.type", "dcterms.type", "citation_article_type"))),
        licence=licence,
        tier=tier,
        language=_language(root, values),
    )


def _values(root: HtmlElement) -> Values:
    values: Values = {}
    for meta in root.iter("meta"):
        name = meta.get("name") or meta.get("property") or meta.get("itemprop")
        name = name or meta.get("http-equiv") or ""
        content = clean(meta.get("content") or "")
        if content:
            values.setdefault(name.strip().lower(), []).append(content)
    for name, given in _linked_data(root):
        values.setdefault(name, []).append(given)
    return values


def _first(values: Values, names: Iterable[str]) -> str:
    return next((values[name][0] for name in names if values.get(name)), "")


def _all(values: Values, names: Iterable[str]) -> list[str]:
    return next((values[name] for name in names if values.get(name)), [])


def _title(root: HtmlElement, values: Values) -> str:
    given = _first(values, _TITLES)
    element = root.find(".//title")
    shown = given or (clean(element.text_content()) if element is not None else "")
    headings = [clean(each.text_content()) for each in root.iter("h1")]
    for heading in headings:
        if heading and shown.lower().startswith(heading.lower()):
            return heading
    named = [heading for heading in headings if heading]
    if not given and len(named) == 1:
        return named[0]
    site = _first(values, ("og:site_name",))
    parts = _SITE.split(shown)
    if len(parts) > 1 and site and parts[-1].lower() == site.lower():
        return shown[: shown.rindex(parts[-1])].rstrip(" |–—-:»")
    return shown or (named[0] if named else _first(values, ("headline", "name")))


def _authors(values: Values) -> tuple[str, ...]:
    given = _all(values, ("citation_authors",))
    names = [part for value in given for part in value.split(";")] or _all(values, _AUTHORS)
    kept = (clean(name) for name in names if "://" not in name)
    return tuple(dict.fromkeys(filter(None, kept)))


def _day(text: str) -> datetime.date | None:
    found = _ISO.match(text)
    return day_of(*found.groups()) if found else day_in(text)


def _dates(values: Values) -> tuple[datetime.date | None, int | None, str | None]:
    """A journal's article is dated by its publication, a page of a site by its last change, which
    is its version, too."""
    journal = _first(values, _JOURNAL_DATES)
    modified, published = _first(values, _MODIFIED), _first(values, _PUBLISHED)
    changed = None if journal else _day(modified)
    text = journal or (modified if changed else published)
    date = _day(text)
    year = date.year if date else year_in(text)
    return date, year, changed.isoformat() if changed else None


def _identifiers(root: HtmlElement, values: Values) -> Identifiers:
    link = next((each.get("href") or "" for each in root.xpath("//link[@rel='canonical']")), "")
    address = link or _first(values, ("og:url", "citation_fulltext_html_url", "url"))
    pmc = _PMC.search(address)
    doi = _first(values, ("citation_doi", "prism.doi"))
    named = _first(values, ("dc.identifier", "dcterms.identifier"))
    if not doi and re.match(r"(?:doi:|https?://(?:dx\.)?doi\.org/)?\s*10\.", named, re.I):
        doi = named
    found = identifiers_of(_first(values, ("citation_pmid",)), pmc[1] if pmc else "", doi)
    if _URL.fullmatch(address):
        found = found.model_copy(update={"url": address})
    return found


def _licences(root: HtmlElement, values: Values) -> list[str]:
    links = root.xpath("//*[self::a or self::link][@rel and contains(@rel, 'license')]/@href")
    return [clean(str(link)) for link in links[:_MOST]] + _all(values, _RIGHTS)


def _language(root: HtmlElement, values: Values) -> str | None:
    given = root.get("lang") or _first(values, ("citation_language", "dc.language"))
    found = re.match(r"\s*([a-zA-Z]{2,3})(?=$|[-_\s])", given)
    return found[1].lower() if found else None


def _linked_data(root: HtmlElement) -> list[tuple[str, str]]:
    """Values of the first JSON-LD object that describes a page or article."""
    for script in root.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        try:
            value = json.loads((script.text or "")[:_MOST_JSON])
        except (ValueError, RecursionError):
            continue
        for each in _objects(value):
            kind = str(each.get("@type", ""))
            if kind.endswith(("Article", "Page", "Guideline", "Report", "Article']", "Page']")):
                return _told(each)
    return []


def _objects(value: Any) -> list[dict[str, Any]]:
    graph = value.get("@graph") if isinstance(value, dict) else None
    several = graph if isinstance(graph, list) else value if isinstance(value, list) else [value]
    return [each for each in several if isinstance(each, dict)]


def _told(value: dict[str, Any]) -> list[tuple[str, str]]:
    found = []
    for key in ("datePublished", "dateModified", "lastReviewed", "headline", "license", "url"):
        if isinstance(value.get(key), str):
            found.append((key.lower(), clean(value[key])))
    for key, name in (("author", "author"), ("publisher", "publisher")):
        given = value.get(key)
        for each in given if isinstance(given, list) else [given]:
            text = each.get("name") if isinstance(each, dict) else each
            if isinstance(text, str):
                found.append((name, clean(text)))
    return [(key, text) for key, text in found if text]
