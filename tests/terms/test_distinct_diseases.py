"""Diseases that are not the same are not each other's names."""

from itertools import combinations

import pytest

from probatum.library.library import Library
from probatum.packs.loader import load_pack, shipped_packs

LIBRARY = Library.of(load_pack(folder) for folder in shipped_packs())


@pytest.mark.parametrize(
    "names",
    [
        ("Down syndrome", "fragile X syndrome"),
        ("Marfan syndrome", "Ehlers-Danlos syndrome"),
        ("phenylketonuria", "Gaucher disease", "Fabry disease", "Pompe disease"),
        ("haemochromatosis", "Wilson disease"),
        ("measles", "mumps", "rubella"),
        ("dengue", "Zika", "chikungunya", "yellow fever"),
        ("primary biliary cholangitis", "primary sclerosing cholangitis"),
        ("shingles", "chickenpox"),
        ("bile duct cancer", "gallbladder cancer"),
    ],
)
def test_a_question_on_one_disease_is_not_on_another(names: tuple[str, ...]) -> None:
    found = [
        {mention.term.id for mention in LIBRARY.vocabulary.match(f"What is {name}?")}
        for name in names
    ]
    assert all(found)
    assert [one & other for one, other in combinations(found, 2) if one & other] == []
