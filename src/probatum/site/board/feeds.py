"""What other programs read of the site: the feed of articles, the sitemap, the rules for robots.

Only approved articles are in them. Each is made as a tree of XML, so that a title stays text.
"""

import hashlib
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe
from lxml import etree

from probatum.site.board.published import Published, Record, on_record, published
from probatum.site.board.summary import next_ages_at
from probatum.site.kept_responses import shared

ATOM = "http://www.w3.org/2005/Atom"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
# As many as a reader who looks in now and then may have missed; the list has them all.
_LATEST = 50
# Of one file ("Sitemaps XML format" of sitemaps.org).
_MOST = 50_000
# A feed without an entry has to say a time as well (RFC 4287, section 4.1.1).
_NEVER = "1970-01-01T00:00:00Z"
# Made for one visitor, or only for those who sign in: of no use in an index.
_CLOSED = (
    "/ask",
    "/search",
    "/audit/",
    "/api/",
    "/review/",
    "/account/",
    "/login",
    "/articles/new",
)


def _default(namespace: str) -> dict[Any, str]:
    """The namespace of names without a prefix, which lxml calls None."""
    return {None: namespace}


def _sub(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    namespace = etree.QName(parent).namespace
    made = etree.SubElement(parent, f"{{{namespace}}}{name}", attrib=attributes)
    made.text = text or None
    return made


def _document(request: HttpRequest, root: etree._Element, kind: str) -> HttpResponse:
    """The tree as a file; whoever has it already is told so."""
    body = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    tag = f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'
    response = get_conditional_response(request, etag=tag)
    if response is None:
        response = HttpResponse(body, content_type=f"{kind}; charset=utf-8")
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "no-cache"
    return shared(request, response, next_ages_at)


@require_safe
def atom(request: HttpRequest) -> HttpResponse:
    """New and changed approved articles, as Atom 1.0 (RFC 4287)."""
    found = ((each, on_record(each)) for each in published()[:_LATEST])
    articles = [(each, record) for each, record in found if record is not None]
    root = etree.Element(f"{{{ATOM}}}feed", nsmap=_default(ATOM))
    here = request.build_absolute_uri("/feeds/articles.atom")
    _sub(root, "id", here)
    _sub(root, "title", "Probatum: reviewed articles")
    _sub(root, "subtitle", "Articles whose exact words a medical board has approved.")
    _sub(root, "updated", articles[0][0].approved if articles else _NEVER)
    _sub(root, "link", rel="self", type="application/atom+xml", href=here)
    listed = request.build_absolute_uri("/articles/")
    _sub(root, "link", rel="alternate", type="text/html", href=listed)
    _sub(_sub(root, "author"), "name", "Probatum")
    for each, record in articles:
        _entry(root, each, record, request)
    return _document(request, root, "application/atom+xml")


def _entry(root: etree._Element, each: Published, record: Record, request: HttpRequest) -> None:
    address = request.build_absolute_uri(f"/articles/{each.slug}")
    entry = _sub(root, "entry")
    _sub(entry, "id", address)
    _sub(entry, "title", each.title)
    _sub(entry, "published", record.first)
    _sub(entry, "updated", each.approved)
    _sub(entry, "link", rel="alternate", type="text/html", href=address)
    pinned = f"{address}/versions/{each.number}"
    _sub(entry, "link", rel="related", type="text/html", href=pinned, title="This version")
    _sub(entry, "summary", f"{each.status}. Version {each.number}. {record.sentence}")
    for topic in each.topics:
        _sub(entry, "category", term=topic.id, label=topic.name)


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The addresses of approved articles, for search engines."""
    root = etree.Element(f"{{{SITEMAP}}}urlset", nsmap=_default(SITEMAP))
    for each in published()[:_MOST]:
        url = _sub(root, "url")
        _sub(url, "loc", request.build_absolute_uri(f"/articles/{each.slug}"))
        _sub(url, "lastmod", each.approved)
    return _document(request, root, "application/xml")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may look at (RFC 9309), and where the sitemap is."""
    lines = ["User-agent: *"]
    lines += [f"Disallow: {address}" for address in _CLOSED]
    lines += ["", f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
