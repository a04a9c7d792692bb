"""Fragments of claims: table cells and conditions that must say nothing of their own."""

import pytest

from probatum.checks.within import strangers
from probatum.library.library import Library
from probatum.packs.loader import load_pack, shipped_packs


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.of(load_pack(folder) for folder in shipped_packs())


@pytest.mark.parametrize(
    ("fragment", "unknown"),
    [
        ("11.7 months with cemiplimab", ()),
        ("12.0 months with cemiplimab", ("12.0",)),
        ("11.7 months with pembrolizumab", ("pembrolizumab",)),
        ("Vulvar cancer", ("Vulvar cancer",)),
        ("-", ()),
    ],
)
def test_a_fragment_may_hold_only_its_claims_numbers_and_names(
    library: Library, fragment: str, unknown: tuple[str, ...]
) -> None:
    evidence = [library.statement("empower-cervical-1.os.final")]
    assert strangers(fragment, evidence, library) == unknown


def test_every_step_of_a_shipped_algorithm_says_only_what_follows_from_it(
    library: Library,
) -> None:
    found = {
        (algorithm.id, step.id): strangers(
            step.if_, [library.statement(record) for record in step.then], library
        )
        for algorithm in library.algorithms
        for step in algorithm.steps
        if step.then
    }
    assert {key: unknown for key, unknown in found.items() if unknown} == {}
