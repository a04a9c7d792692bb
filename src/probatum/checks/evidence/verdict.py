"""The verdict of a claim against a text, as the contract has it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from probatum.checks.evidence.entailment import Label
from probatum.evidence.claim import CheckResult


@dataclass(frozen=True, slots=True)
class TextAnchor:
    """The words of the text that a verdict rests on; ``text[start:end] == quote``."""

    start: int
    end: int
    quote: str


@dataclass(frozen=True)
class EvidenceVerdict:
    """What the checks say of a claim in the light of one text.

    `partly` is set when some of the claim is held and some is not; `confidence` is the probability
    from 0 to 1 that the verdict is right (see `confidence.py`).
    """

    verdict: Label
    partly: bool
    confidence: float
    checks: tuple[CheckResult, ...]
    anchor: TextAnchor | None

    def document(self, id_: str | int | float | None = None) -> Mapping[str, Any]:
        """The contract's verdict document."""
        return {
            "id": id_,
            "verdict": self.verdict,
            "partly": self.partly,
            "confidence": round(self.confidence, 4),
            "checks": [
                {"name": check.name, "outcome": check.outcome.value, "detail": check.detail}
                for check in self.checks
            ],
            "anchor": None
            if self.anchor is None
            else {
                "start": self.anchor.start,
                "end": self.anchor.end,
                "quote": self.anchor.quote,
            },
        }


def failed(checks: Sequence[CheckResult], name: str) -> bool:
    """Whether the check of this name failed."""
    return any(check.name == name and check.outcome.value == "fail" for check in checks)
