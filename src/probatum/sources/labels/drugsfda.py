"""An application of Drugs@FDA: which products are approved, and each decision with its date."""

import datetime
from typing import Final

from probatum.evidence.document import Block, Document, Skipped
from probatum.evidence.source import Depth, Identifiers, RightsTier, SourceType
from probatum.sources.json.node import Node
from probatum.sources.layout.cells import rows
from probatum.sources.works.dates import day_in

# https://open.fda.gov/license/: openFDA's data are CC0 unless noted; decisions are FDA's own.
_LICENCE: Final = "CC0 1.0"
# Drugs@FDA glossary and https://open.fda.gov/apis/drug/drugsfda/searchable-fields/
_KINDS: Final = {"ORIG": "original approval", "SUPPL": "supplement"}
_STATES: Final = {"AP": "approved", "TA": "tentatively approved"}
_PRODUCTS: Final = (
    "Product",
    "Active ingredients",
    "Form",
    "Route",
    "Marketing status",
    "Therapeutic equivalence",
)
_SUBMISSIONS: Final = ("Submission", "Status", "Date", "Class", "Review priority", "Property")


def application(node: Node, where: str) -> Document | Skipped:
    """The application as a decision of the agency, dated by its latest submission."""
    number = node.text("application_number").upper()
    blocks = [*_products(node), *_submissions(node), *_papers(node)]
    if not number:
        return Skipped(where, "it is an application of Drugs@FDA without a number")
    if not blocks:
        return Skipped(where, "it is an application of Drugs@FDA without products or submissions")
    about = node.part("openfda")
    names = [each.text("brand_name") for each in node.parts("products")]
    brands = dict.fromkeys((*about.texts("brand_name"), *filter(None, names)))
    generics = dict.fromkeys((*about.texts("generic_name"), *_ingredients(node)))
    days = [day for each in node.parts("submissions") if (day := _day(each))]
    title = f"Drugs@FDA {number}: {', '.join(brands) or 'no product named'}"
    if generics:
        title = f"{title} ({', '.join(generics)})"
    sponsor = node.text("sponsor_name")
    return Document(
        source=f"drugsfda:{number}",
        title=f"{title}, {sponsor}" if sponsor else title,
        type=SourceType.AGENCY_DECISION,
        depth=Depth.REGISTRY,
        blocks=tuple(blocks),
        format="openfda",
        version=max(days).isoformat() if days else None,
        date=max(days) if days else None,
        year=max(days).year if days else None,
        body="FDA",
        container="Drugs@FDA",
        identifiers=Identifiers(other=number),
        subjects=tuple(dict.fromkeys((*brands, *generics))),
        publication_types=("Drugs@FDA application",),
        licence=_LICENCE,
        tier=RightsTier.OPEN,
    )


def _products(node: Node) -> list[Block]:
    return rows(
        _PRODUCTS,
        (
            (
                each.text("brand_name"),
                ", ".join(
                    f"{part.text('name')} {part.text('strength')}".strip()
                    for part in each.parts("active_ingredients")
                ),
                each.text("dosage_form"),
                each.text("route"),
                each.text("marketing_status"),
                each.text("te_code"),
            )
            for each in node.parts("products")
        ),
        ("Products",),
    )


def _submissions(node: Node) -> list[Block]:
    return rows(
        _SUBMISSIONS,
        (
            (
                " ".join(filter(None, (_kind(each), each.text("submission_number")))),
                _said(_STATES, each.text("submission_status")),
                day.isoformat() if (day := _day(each)) else each.text("submission_status_date"),
                each.text("submission_class_code_description")
                or each.text("submission_class_code"),
                each.text("review_priority"),
                ", ".join(part.text("code") for part in each.parts("submission_property_type")),
            )
            for each in node.parts("submissions")
        ),
        ("Submissions",),
    )


def _papers(node: Node) -> list[Block]:
    """Letters, labels and reviews that the FDA has published on a submission."""
    return rows(
        ("Submission", "Document", "Date", "Address"),
        (
            (
                " ".join(filter(None, (_kind(each), each.text("submission_number")))),
                paper.text("type"),
                day.isoformat() if (day := day_in(paper.text("date"))) else paper.text("date"),
                paper.text("url"),
            )
            for each in node.parts("submissions")
            for paper in each.parts("application_docs")
        ),
        ("Documents",),
    )


def _kind(submission: Node) -> str:
    return _said(_KINDS, submission.text("submission_type"))


def _said(words: dict[str, str], code: str) -> str:
    return f"{code} ({words[code]})" if code in words else code


def _day(submission: Node) -> datetime.date | None:
    return day_in(submission.text("submission_status_date"))


def _ingredients(node: Node) -> list[str]:
    products = node.parts("products")
    parts = (part for each in products for part in each.parts("active_ingredients"))
    return [name for part in parts if (name := part.text("name"))]
