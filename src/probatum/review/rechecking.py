"""The gate, asked again: for an author's words as they are typed, and for all of it at submission.

A person's sentence is a draft like any other. It keeps the anchors of the claim it stands for, so
an author chooses words and order and never what they rest on.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from probatum.checks.gate import Examined, claim_of, examine
from probatum.checks.quotation import is_quotation
from probatum.checks.view import View
from probatum.checks.within import strangers
from probatum.evidence.answer import Answer
from probatum.evidence.base import ProbatumError
from probatum.evidence.claim import Claim, Draft, Verdict

# Twice the longest sentence of an outline; a claim is one sentence.
MOST_CHARACTERS = 1200
_COMPUTED = "formula.computed"


class WordingError(ProbatumError):
    """Words that cannot be judged at all."""


@dataclass(frozen=True)
class Fault:
    """A claim that the gate does not admit, with its reasons in words."""

    claim: str
    text: str
    reasons: tuple[str, ...]


def may_be_reworded(claim: Claim) -> bool:
    """Not the words of a source, and not what is computed: both are right as they stand or go."""
    return not is_quotation(draft_of(claim)) and claim.form != _COMPUTED


def draft_of(claim: Claim, text: str | None = None) -> Draft:
    """The claim as a draft again, in its own words or in others."""
    own = text is None or text == claim.text
    return Draft(
        text=claim.text if text is None else text,
        anchors=claim.anchors,
        role=claim.role,
        form=claim.form if own else "free",
        focus=claim.focus,
    )


def tried(claim: Claim, text: str, view: View) -> Examined:
    """What every check says of other words for a claim."""
    words = " ".join(text.split())
    if not any(character.isalnum() for character in words):
        raise WordingError("A claim needs words.")
    if len(words) > MOST_CHARACTERS:
        raise WordingError(
            "The sentence has %(number)s characters; at most %(most)s are taken.",
            number=len(words),
            most=MOST_CHARACTERS,
        )
    if words != claim.text and not may_be_reworded(claim):
        raise WordingError("A quote or a computed value stays as it is; take it out or leave it.")
    return examine(draft_of(claim, words), view)


def admitted(claim: Claim, examined: Examined, view: View) -> Claim:
    """The claim in its new words; GateError when they did not pass."""
    return claim_of(examined, claim.id, claim.citations, view)


def faults(answer: Answer, view: View) -> tuple[Fault, ...]:
    """Every claim of an article that would not pass today, and every cell that says more."""
    return tuple(_faults(answer, view))


def _faults(answer: Answer, view: View) -> Iterable[Fault]:
    for claim in answer.claims.values():
        examined = examine(draft_of(claim), view)
        if examined.verdict is not Verdict.SUPPORTED:
            reasons = tuple(check.detail for check in examined.failures)
            yield Fault(claim.id, claim.text, reasons)
    for section in answer.sections:
        for row in section.table.rows if section.table else ():
            for cell in row:
                if cell.claim and (more := _more(cell.text, answer.claims[cell.claim], view)):
                    reason = f"the table says {', '.join(more)}, which its evidence does not"
                    yield Fault(cell.claim, cell.text, (reason,))


def _more(text: str, claim: Claim, view: View) -> tuple[str, ...]:
    """What a cell names that neither the sentence nor what it rests on holds."""
    library = view.library
    evidence = [claim.text, claim.population]
    for anchor in claim.anchors:
        source = library.source_of(anchor.edition)
        evidence += [anchor.quote, source.title, library.name(source.body or "")]
        if anchor.record and anchor.record in library.records:
            evidence.append(library.records[anchor.record].population.text)
    return strangers(text, evidence, library)
