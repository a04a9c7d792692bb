"""The answer document as others build on it (schema probatum.answer/1).

The models use `schema_` and `if_` where the contract's names would clash with Python; this is the
only place where they get their published names back, so no two outputs can differ in them.
"""

import json
from typing import Any

from probatum.evidence.answer import Answer


def answer_document(answer: Answer) -> dict[str, Any]:
    """The whole document in the contract's names, with nothing but JSON values."""
    dumped = answer.model_dump(mode="json")
    document = {"schema": dumped.pop("schema_"), **dumped}
    if document["algorithm"]:
        for step in document["algorithm"]["steps"]:
            step["if"] = step.pop("if_")
    return document


def answer_json(answer: Answer, *, indent: int | None = 2) -> str:
    """One JSON document; letters outside ASCII stay readable."""
    return json.dumps(answer_document(answer), ensure_ascii=False, indent=indent)
