"""An article for search engines, in the terms of schema.org, as JSON-LD.

It says no more than the page does. Who reviewed it, and when, is given for an approved version only
and comes from the signatures; there is no other source of these two terms.
"""

import json
from typing import Any

from probatum.render.bibliography import Entry, references
from probatum.render.characters import plain
from probatum.review.standing import Standing
from probatum.site.board.article_view import shown_answer
from probatum.site.board.citing import dated
from probatum.site.board.ledger import Ledger
from probatum.site.board.words import code_of, status_words
from probatum.site.engine import engine

# As JSON may stand inside a <script> element of HTML: nothing in it ends the element or begins a
# comment, and the two line ends that JavaScript once took for its own are written out as well.
_ESCAPES = str.maketrans(
    {sign: f"\\u{ord(sign):04X}" for sign in ("<", ">", "&", "\u2028", "\u2029")}
)
_AUDIENCES = {"clinician": "Clinician", "trainee": "Clinician", "patient": "Patient"}


def linked_data(book: Ledger, standing: Standing, canonical: str, site: str) -> str:
    """JSON for a data block of the page; `canonical` and `site` are whole addresses."""
    answer = shown_answer(book, standing)
    publisher = {"@type": "Organization", "name": "Probatum", "url": site}
    title = plain(book.article.title)
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "@id": canonical,
        "url": canonical,
        "name": title,
        "inLanguage": "en",
        "creativeWorkStatus": status_words(code_of(standing)),
        "medicalAudience": {
            "@type": "MedicalAudience",
            "audienceType": _AUDIENCES[answer.reader.value],
        },
        "about": [
            {"@type": "MedicalCondition", "name": plain(engine().name(id))}
            for id in answer.understood.conditions
        ],
        "publisher": publisher,
        "mainEntity": {
            "@type": "MedicalScholarlyArticle",
            "headline": title,
            "version": str(standing.number),
            "identifier": {
                "@type": "PropertyValue",
                "propertyID": "SHA-256",
                "value": standing.content,
            },
            "dateCreated": dated(standing),
            "publisher": publisher,
            "citation": [_cited(entry) for entry in references(answer, engine().name)],
        },
    }
    if code_of(standing) == "approved" and standing.approved and standing.signatures:
        data["lastReviewed"] = standing.approved[:10]
        data["reviewedBy"] = [
            {"@type": "Person", "name": plain(each.name)} for each in standing.signatures
        ]
        data["mainEntity"]["datePublished"] = standing.approved[:10]
    return json.dumps(data, ensure_ascii=False).translate(_ESCAPES)


def _cited(entry: Entry) -> dict[str, Any]:
    """A work that the article cites; what the library does not hold of it is left out."""
    identifiers = [
        {"@type": "PropertyValue", "propertyID": name, "value": value}
        for name, value in (("DOI", entry.doi), ("PMID", entry.pmid), ("PMCID", entry.pmcid))
        if value
    ]
    authors: list[dict[str, str]] = [
        {"@type": "Person", "name": f"{each.family} {each.given}".strip()} for each in entry.people
    ]
    if not authors and entry.body:
        authors = [{"@type": "Organization", "name": entry.body}]
    found: dict[str, Any] = {
        "@type": "ScholarlyArticle" if entry.kind == "article" else "CreativeWork",
        "name": entry.title,
        "author": authors,
        "datePublished": str(entry.year or ""),
        "identifier": identifiers,
        "url": entry.url,
    }
    return {key: value for key, value in found.items() if value}
