"""What is reviewed: an answer as one exact content, with a hash for the whole and for each claim.

A signature names the hash of the whole. A decision names the hash of its claim, so that an edit
ends exactly the decisions it touched: another claim's hash stays, and its decision with it.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from probatum.evidence.answer import Answer
from probatum.evidence.claim import Claim

# Not part of what a person reads and signs: the clock, the way it was asked, and the state of
# review itself, which is worked out from the signatures.
_OUTSIDE = {"id", "created", "elapsed_ms", "review", "question_id"}


@dataclass(frozen=True)
class ClaimContent:
    """What the board needs of one claim."""

    hash: str
    text: str
    editions: tuple[str, ...]
    records: tuple[str, ...]
    history: bool


@dataclass(frozen=True)
class Content:
    """One exact version's content."""

    hash: str
    claims: Mapping[str, ClaimContent]
    topics: tuple[str, ...]
    kinds: tuple[str, ...]


def canonical(value: Any) -> str:
    """One text for one value, whatever the order of its keys."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(value: Any) -> str:
    """SHA-256 of the canonical text, in 64 hexadecimal digits."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def content_of(answer: Answer) -> Content:
    """The content of an answer; the same words and order give the same hashes anywhere."""
    shown = _shown(answer)
    return Content(
        hash=digest(answer.model_dump(mode="json", exclude=_OUTSIDE)),
        claims={
            claim_id: ClaimContent(
                hash=_claim_hash(claim, shown.get(claim_id, [])),
                text=claim.text,
                editions=tuple(dict.fromkeys(anchor.edition for anchor in claim.anchors)),
                records=tuple(dict.fromkeys(a.record for a in claim.anchors if a.record)),
                history=claim.role == "history",
            )
            for claim_id, claim in answer.claims.items()
        },
        topics=tuple(
            dict.fromkeys((*answer.understood.conditions, *answer.understood.interventions))
        ),
        kinds=tuple(dict.fromkeys(kinds_of(answer))),
    )


def kinds_of(answer: Answer) -> Iterable[str]:
    """The kinds of section that the answer shows, the decision path among them."""
    for section in answer.sections:
        yield section.kind
    if answer.guidelines:
        yield "guidelines"
    if answer.algorithm:
        yield "algorithm"


def _claim_hash(claim: Claim, shown: list[Any]) -> str:
    """The words, what they rest on, what is said beside them, and where a cell shows part of them.

    Its place in the article, its citation number and its checks are left out: moving a sentence
    does not change it.
    """
    return digest(
        {
            "text": claim.text,
            "role": claim.role,
            "population": claim.population,
            "strength": claim.strength.model_dump(mode="json") if claim.strength else None,
            "anchors": [anchor.model_dump(mode="json") for anchor in claim.anchors],
            "shown": shown,
        }
    )


def _shown(answer: Answer) -> dict[str, list[Any]]:
    """What tables, plots and steps show of each claim in other words."""
    found: dict[str, list[Any]] = {}
    for section in answer.sections:
        table = section.table
        for row in table.rows if table else ():
            for column, cell in zip(table.columns if table else (), row, strict=True):
                if cell.claim:
                    found.setdefault(cell.claim, []).append([column, cell.text])
        for estimate in section.figure.rows if section.figure else ():
            found.setdefault(estimate.claim, []).append(
                estimate.model_dump(mode="json", exclude={"claim"})
            )
    for step in answer.algorithm.steps if answer.algorithm else ():
        for claim_id in step.then:
            found.setdefault(claim_id, []).append(step.if_)
    return found
