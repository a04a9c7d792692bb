"""A held edition as JSON: for the list of sources, in a terminal and over HTTP."""

from typing import Any

from probatum.library.source_rows import SourceRow


def source_document(row: SourceRow) -> dict[str, Any]:
    """What is known of the edition, with nothing but JSON values."""
    return {
        "source": row.source,
        "edition": row.edition,
        "title": row.title,
        "label": row.label,
        "type": row.type.value,
        "body": row.body,
        "year": row.year,
        "currency": row.currency.value,
        "replaced_by": row.replaced_by,
        "licence": row.licence,
        "rights": row.tier.value,
        "records": row.records,
        "passages": row.passages,
        "read_topics": list(row.read_topics),
        "identifiers": row.identifiers.present(),
    }
