"""The audit document as others build on it (schema probatum.audit/1)."""

import json
from typing import Any

from probatum.answers.audit.document import Audit


def audit_document(audit: Audit) -> dict[str, Any]:
    """The whole document in the contract's names, with nothing but JSON values."""
    dumped = audit.model_dump(mode="json")
    return {"schema": dumped.pop("schema_"), **dumped}


def audit_json(audit: Audit, *, indent: int | None = 2) -> str:
    """One JSON document; letters outside ASCII stay readable."""
    return json.dumps(audit_document(audit), ensure_ascii=False, indent=indent)
