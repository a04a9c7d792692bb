"""What the best held text replies to a question that is answered by yes or no.

A quote may carry all of a question's words and leave open what was found. Where the conclusion or
the results lean plainly one way, and the other not against it, that is said as what a rule read,
with how often such readings were right, and the sentence that weighs most is quoted first.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from probatum.answers.quotable import stretches
from probatum.answers.quotes import Quotation
from probatum.checks.gate import examine
from probatum.checks.view import View
from probatum.evidence.claim import Verdict
from probatum.evidence.source import SourceType
from probatum.extract.closed.question import closed_question
from probatum.extract.closed.reply import (
    RIGHT_OF_REVIEWS,
    conclusion_weights,
    plain_reply,
    reply_weights,
)
from probatum.library.library import Library
from probatum.questions.need import Need

# A longer text is no abstract, and its results are those of many questions.
_LONGEST = 6_000
_WORDS = {"yes": "yes", "no": "no", "maybe": "neither a plain yes nor a plain no"}


@dataclass(frozen=True)
class Replied:
    """The reading in words, and the quotes with the sentence that weighs most in front."""

    words: str
    quotes: tuple[Quotation, ...]


def replied(need: Need, library: Library, found: Sequence[Quotation], view: View) -> Replied | None:
    """The reading of the text quoted first; None where it does not lean plainly one way."""
    question = closed_question(need.question)
    if question is None or not found:
        return None
    edition = found[0].anchor.edition
    text, document = library.text(edition), library.document(edition)
    if text is None or document is None or len(text) > _LONGEST:
        return None
    review = document.type is SourceType.SYSTEMATIC_REVIEW
    plain = plain_reply(question, text, review=review)
    if plain is None:
        return None
    part, made = plain
    passage = library.documents.around(edition, made.start, made.end)
    spans = [span for span, _ in stretches(passage)] if passage else []
    said = next((span for span in spans if span[0] <= made.start < span[1]), None)
    quotes = tuple(found)
    if passage and said:
        first = Quotation(library.quote(passage, *said), found[0].coverage, found[0].rank)
        if examine(first.draft, view).verdict is Verdict.SUPPORTED:
            others = (q for q in found if not _meets(q, first))
            quotes = (first, *others)
    title = document.title.strip().rstrip(".") or edition
    weights = reply_weights() if part == "results" else conclusion_weights()
    right = min(weights.right_then, RIGHT_OF_REVIEWS) if review else weights.right_then
    share = round(100 * right)
    verb = "reply" if part == "results" else "replies"
    return Replied(
        f"Read by a rule, the {part} of \u201c{title}\u201d {verb}: {_WORDS[made.says]}. "
        f"Such readings were right {share} times in 100 where they were tried; read the sentence.",
        quotes,
    )


def _meets(one: Quotation, other: Quotation) -> bool:
    a, b = one.anchor, other.anchor
    return a.edition == b.edition and a.start < b.end and b.start < a.end
