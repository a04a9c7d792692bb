"""CSL-JSON, the data of the Citation Style Language 1.0.2, for citeproc and Zotero.

Citation processors read a few tags of HTML in a title as formatting, and know no way to say that
they are meant as letters. A title here is text only, so where one would begin its "<" becomes "‹".
"""

import json
import re
from collections.abc import Iterable
from typing import Any

from probatum.render.bibliography import Entry, Person
from probatum.render.characters import plain

_TYPES = {
    "article": "article-journal",
    "report": "report",
    "webpage": "webpage",
    "document": "document",
}
# "HTML-like formatting tags" of the documentation of citeproc-js.
_TAG = re.compile(r"<(?=/?(?:i|b|sc|sub|sup|span)\b)", re.IGNORECASE)


def _text(value: str) -> str:
    return _TAG.sub("‹", plain(value))


def _name(person: Person) -> dict[str, str]:
    if not person.given:
        return {"literal": _text(person.family)}
    return {"family": _text(person.family), "given": _text(person.given)}


def _authors(entry: Entry) -> list[dict[str, str]]:
    names = [_name(person) for person in entry.people]
    if not names and entry.body:
        names = [{"literal": _text(entry.body)}]
    # The format has no word for a list that is not whole, and a style would print the one name
    # that is held as if it were the only author.
    return [*names, {"literal": "et al."}] if entry.more else names


def _issued(entry: Entry) -> dict[str, list[list[int]]] | None:
    parts = [int(part) for part in entry.date.split("-") if part.isdecimal()]
    if not parts and entry.year:
        parts = [entry.year]
    return {"date-parts": [parts]} if parts else None


def _item(entry: Entry) -> dict[str, Any]:
    item = {
        "id": entry.key,
        "type": _TYPES[entry.kind],
        "author": _authors(entry),
        "title": _text(entry.title),
        "container-title": _text(entry.container),
        "publisher": "" if entry.kind == "article" else _text(entry.body),
        "issued": _issued(entry),
        "volume": _text(entry.volume),
        "issue": _text(entry.issue),
        "page": _text(entry.pages),
        "version": _text(entry.version),
        "DOI": _text(entry.doi),
        "PMID": entry.pmid,
        "PMCID": entry.pmcid,
        "URL": _text(entry.url),
        "note": _text(" ".join(entry.notes)),
    }
    return {key: value for key, value in item.items() if value}


def csl_json(entries: Iterable[Entry]) -> str:
    """The entries in their order as one JSON list."""
    items = [_item(entry) for entry in entries]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"
