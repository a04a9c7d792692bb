"""An author's words go through the gate like any others."""

import pytest

from probatum.checks.gate import GateError
from probatum.checks.view import View
from probatum.engine import Ask, Engine
from probatum.evidence.answer import Answer
from probatum.evidence.claim import Verdict
from probatum.library.library import Library
from probatum.packs.loader import load_pack, shipped_packs
from probatum.review.editing import reworded
from probatum.review.rechecking import WordingError, admitted, draft_of, faults, tried

QUESTION = "When should bevacizumab be withheld or stopped?"


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(Library.of(load_pack(folder) for folder in shipped_packs()))


@pytest.fixture(scope="module")
def made(engine: Engine) -> Answer:
    return engine.ask(Ask(question=QUESTION))


@pytest.fixture(scope="module")
def view(engine: Engine) -> View:
    return View(engine.library, engine.need(Ask(question=QUESTION)))


def test_an_answer_as_it_was_made_has_no_fault(made: Answer, view: View) -> None:
    assert made.claims
    assert faults(made, view) == ()


def test_another_number_does_not_pass_and_cannot_become_a_claim(made: Answer, view: View) -> None:
    claim = next(each for each in made.claims.values() if any(c.isdigit() for c in each.text))
    digit = next(c for c in claim.text if c.isdigit())
    wrong = claim.text.replace(digit, str((int(digit) + 3) % 10))
    examined = tried(claim, wrong, view)
    assert examined.verdict is not Verdict.SUPPORTED
    assert "numbers" in {each.name for each in examined.failures}
    with pytest.raises(GateError):
        admitted(claim, examined, view)


def test_words_that_pass_become_the_claim_with_the_same_anchors(made: Answer, view: View) -> None:
    claim = next(iter(made.claims.values()))
    text = f"  {claim.text}  "
    again = admitted(claim, tried(claim, text, view), view)
    assert again == claim
    assert reworded(made, again) == made


def test_words_that_attest_review_do_not_pass(made: Answer, view: View) -> None:
    claim = next(iter(made.claims.values()))
    examined = tried(claim, f"{claim.text} This was reviewed by our medical board.", view)
    assert "attestation" in {each.name for each in examined.failures}


@pytest.mark.parametrize("text", ["", "  \n", "–", "x" * 1201])
def test_words_that_are_none_or_too_many_are_refused(made: Answer, view: View, text: str) -> None:
    with pytest.raises(WordingError):
        tried(next(iter(made.claims.values())), text, view)


def test_a_claim_that_would_no_longer_pass_is_named_with_the_reason(
    made: Answer, view: View
) -> None:
    claim = next(iter(made.claims.values()))
    worse = claim.model_copy(update={"text": "Bevacizumab is given at 99 mg/kg to everybody."})
    edited = made.model_copy(update={"claims": {**made.claims, claim.id: worse}})
    (fault, *_) = faults(edited, view)
    assert (fault.claim, fault.text) == (claim.id, worse.text)
    assert fault.reasons


def test_a_quote_stays_as_the_source_has_it(made: Answer, view: View) -> None:
    claim = next(iter(made.claims.values()))
    anchor = claim.anchors[0].model_copy(update={"record": None})
    quote = claim.model_copy(update={"anchors": (anchor,), "form": "quote"})
    assert draft_of(quote).form == "quote"
    with pytest.raises(WordingError, match="stays as it is"):
        tried(quote, "Other words.", view)
