"""What of held texts an assistant is given: its model, wherever that runs, reads every word.

The words of a text whose licence is not open stay here, as they do when sentences are worded by a
language model (`answers.phrasing`). Facts stay: a record restates them, and titles are titles.
"""

from typing import Any

from probatum.engine import Engine
from probatum.evidence.answer import Answer
from probatum.evidence.source import RightsTier
from probatum.review.editing import without_claims
from probatum.service.refusal import RefusedError

_LEFT_OUT = (
    "{} left out, because the licence of the text is not open and an assistant reads what it is "
    "given: the page and `probatum ask` show them."
)


def may_leave(edition: str, engine: Engine) -> bool:
    """Whether the words of a held text may be given; true for an edition with no text."""
    document = engine.library.document(edition)
    return document is None or document.rights.tier is RightsTier.OPEN


def open_answer(answer: Answer, engine: Engine) -> Answer:
    """The answer without claims that quote what may not leave; its limits say how many."""
    closed = [
        claim.id
        for claim in answer.claims.values()
        if any(a.record is None and not may_leave(a.edition, engine) for a in claim.anchors)
    ]
    if not closed:
        return answer
    left = without_claims(answer, closed, empty=True)
    number = "1 quote was" if len(closed) == 1 else f"{len(closed)} quotes were"
    return left.model_copy(update={"limits": (*left.limits, _LEFT_OUT.format(number))})


def open_audit(document: dict[str, Any], engine: Engine) -> dict[str, Any]:
    """The audit document without the words of texts that may not leave; its verdicts stay."""
    for claim in document["claims"]:
        for each in claim["evidence"]:
            if each["record"] is None and not may_leave(each["edition"], engine):
                each |= {"quote": "", "end": each["start"]}
                claim["corrected"] = None
    return document


def open_hits(document: dict[str, Any]) -> dict[str, Any]:
    """What a search found, without the words of texts that may not leave."""
    for hit in document["hits"]:
        if hit["rights"] != RightsTier.OPEN.value:
            hit |= {"text": None, "matches": []}
    return document


def open_editions(documents: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Held editions, without the words of texts that may not leave."""
    for each in documents:
        if "text" in each and each["rights"] != RightsTier.OPEN.value:
            each["text"] = []
    return documents


def require_open(source: str | None, engine: Engine) -> None:
    """RefusedError for a held source whose words a verdict would quote and may not."""
    if source is not None and not all(
        may_leave(row.edition, engine) for row in engine.source(source)
    ):
        sentence = "The licence of this source is not open: its words are not given."
        raise RefusedError("forbidden", sentence, "source")
