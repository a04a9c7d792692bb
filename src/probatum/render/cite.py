"""Reference lines in the order of the Vancouver style, and links for identifiers.

The order follows the NLM's "Citing Medicine": authors, title, source, year, identifiers. Nothing
is filled in: a part that the library does not hold is left out.
"""

from urllib.parse import quote

from probatum.evidence.answer import Reference
from probatum.evidence.base import Frozen
from probatum.evidence.source import Identifiers
from probatum.evidence.statement import Namer
from probatum.render.characters import plain
from probatum.render.words import IDENTIFIERS

_ADDRESSES = {
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/{}/",
    "pmcid": "https://pmc.ncbi.nlm.nih.gov/articles/{}/",
    "doi": "https://doi.org/{}",
    "nct": "https://clinicaltrials.gov/study/{}",
}


class Link(Frozen):
    """An identifier as a person reads it and, where there is one, its address."""

    kind: str
    label: str
    value: str
    address: str | None = None


def links(identifiers: Identifiers) -> tuple[Link, ...]:
    """All identifiers that are given, the most specific first."""
    found = []
    for kind, given in identifiers.present().items():
        value = plain(given)
        if kind == "url":
            address = value if value.startswith(("https://", "http://")) else None
        elif kind in _ADDRESSES:
            address = _ADDRESSES[kind].format(quote(value, safe="/.()-_:;"))
        else:
            address = None
        found.append(Link(kind=kind, label=IDENTIFIERS[kind], value=value, address=address))
    return tuple(found)


def _sentence(part: str | None) -> str | None:
    text = plain(part or "").rstrip(". ")
    if not text:
        return None
    return text if text[-1] in "?!" else f"{text}."


def line(reference: Reference, name: Namer | None = None) -> str:
    """Authors or body, title, publication and year, each ending in one full stop."""
    body = name(reference.body) if name and reference.body else reference.body
    who = reference.authors or body
    parts = [_sentence(who), _sentence(reference.title), _sentence(reference.citation)]
    year = str(reference.year) if reference.year else None
    if year and not any(part and year in part for part in parts):
        parts.append(f"{year}.")
    return " ".join(part for part in parts if part)
