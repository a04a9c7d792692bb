"""What an article's own tags say of its kind, and how it stands to other articles."""

from collections.abc import Iterator
from typing import Final

from lxml.etree import _Element

from probatum.evidence.document import Relation, RelationKind
from probatum.sources.layout.inline import local_name, text_of
from probatum.sources.layout.text import clean
from probatum.sources.works.ids import identifiers_of, source_id

HREF: Final = "{http://www.w3.org/1999/xlink}href"

# JATS article-type: PubMed's words for the same, from which the kind of work is told.
PUBLICATION_TYPES: Final = {
    "case-report": "Case Reports",
    "review-article": "Review",
    "systematic-review": "Systematic Review",
    "correction": "Published Erratum",
    "retraction": "Retraction of Publication",
    "partial-retraction": "Retraction of Publication",
    "expression-of-concern": "Expression of Concern",
    "protocol": "Clinical Trial Protocol",
    "study-protocol": "Clinical Trial Protocol",
}
NOTICES: Final = frozenset({"retraction", "partial-retraction", "correction", "addendum"})

# JATS tag library, values of @related-article-type, and those that PMC adds to them.
_KINDS: Final[dict[str, RelationKind]] = {
    "retracted-article": "retracts",
    "retraction-forward": "retracted_by",
    "retraction": "retracted_by",
    "partial-retraction": "corrected_by",
    "corrected-article": "corrects",
    "correction-forward": "corrected_by",
    "correction": "corrected_by",
    "addended-article": "corrects",
    "addendum": "corrected_by",
    "object-of-concern": "concerns",
    "concern-forward": "concern_raised_by",
    "expression-of-concern": "concern_raised_by",
    "updated-article": "updates",
    "update": "updated_by",
    "commentary-article": "comments_on",
    "commentary": "commented_on_by",
    "article-reference": "comments_on",
    "letter": "commented_on_by",
    "preprint": "supersedes",
    "republished-article": "republishes",
    "republication": "republished_by",
}
# Words for the notice itself: in the notice they point to the article that it is about.
_OWN: Final[dict[str, RelationKind]] = {
    "retraction": "retracts",
    "partial-retraction": "corrects",
    "correction": "corrects",
    "addendum": "corrects",
    "expression-of-concern": "concerns",
}


def relations_of(meta: _Element, article_type: str) -> Iterator[Relation]:
    """The ties to other articles; one without a sound identifier keeps its citation as target."""
    for element in meta.iter():
        if local_name(element) not in ("related-article", "related-object"):
            continue
        word = element.get("related-article-type", "")
        kind = _KINDS.get(word)
        if word == article_type and word in _OWN:
            kind = _OWN[word]
        if kind is not None and (target := _target(element)):
            yield Relation(kind, target, text_of(element) or None)


def _target(element: _Element) -> str:
    address = clean(element.get(HREF, ""))
    system = element.get("ext-link-type", "")
    ids = identifiers_of(
        address if system in ("pubmed", "pmid") else "",
        address if system in ("pmc", "pmcid") else "",
        address if "10." in address else "",
    )
    citation = text_of(element) or address
    return source_id(ids) or (f"citation:{citation}" if citation else "")
