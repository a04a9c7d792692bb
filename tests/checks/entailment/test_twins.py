"""Claims turned into other claims whose label follows from their own."""

import random

import pytest

from scripts.entailment.pairs import CONTRADICTED, NEITHER, SUPPORTED
from scripts.entailment.twins import denied, stated, twin


@pytest.mark.parametrize(
    ("claim", "other"),
    [
        ("Zentrol is safe in children.", "Zentrol is not safe in children."),
        ("Zentrol is not safe in children.", "Zentrol is safe in children."),
        ("Zentrol reduces mortality.", "Zentrol does not reduce mortality."),
        ("Zentrol does not reduce mortality.", "Zentrol does reduce mortality."),
        ("Mortality fell with zentrol.", None),
    ],
)
def test_a_claim_is_denied_where_the_place_for_it_is_plain(claim: str, other: str | None) -> None:
    assert denied(claim) == other


@pytest.mark.parametrize("seed", range(20))
def test_a_supported_claims_twin_is_contradicted_and_a_contradicted_ones_denial_supported(
    seed: int,
) -> None:
    chance = random.Random(seed)
    # None where no opposite was drawn and no auxiliary verb can be denied.
    assert twin("Zentrol reduces mortality.", SUPPORTED, chance) in (
        None,
        ("Zentrol increases mortality.", CONTRADICTED),
        ("Zentrol does not reduce mortality.", CONTRADICTED),
    )
    assert twin("Zentrol increases mortality.", CONTRADICTED, chance) == (
        "Zentrol does not increase mortality.",
        SUPPORTED,
    )


def test_no_twin_is_made_of_a_claim_that_nothing_can_turn() -> None:
    assert twin("Mortality fell with zentrol.", CONTRADICTED, random.Random(1)) is None


@pytest.mark.parametrize("seed", range(20))
def test_arms_are_exchanged_or_their_order_denied(seed: int) -> None:
    chance = random.Random(seed)
    claim = "Zentrol is superior to Placebo in terms of Weight at week 4"
    swapped = "Placebo is superior to Zentrol in terms of Weight at week 4"
    not_superior = "Zentrol is not superior to Placebo in terms of Weight at week 4"
    assert twin(claim, SUPPORTED, chance) in (
        (swapped, CONTRADICTED),
        (not_superior, CONTRADICTED),
    )
    assert twin(claim, NEITHER, chance) in ((swapped, NEITHER), (not_superior, NEITHER))
    # Neither arm may be better, so only the denial is sure.
    assert twin(claim, CONTRADICTED, chance) == (not_superior, SUPPORTED)


@pytest.mark.parametrize(
    ("question", "claim"),
    [
        ("Does zentrol reduce mortality?", "Zentrol reduce mortality"),
        ("Is there a risk with zentrol?", "There is a risk with zentrol"),
        ("Zentrol in children: is it safe?", "Zentrol in children: is it safe?"),
    ],
)
def test_a_closed_question_is_put_as_a_claim_as_far_as_its_form_allows(
    question: str, claim: str
) -> None:
    assert stated(question) == claim
