import pytest

from probatum.library.library import Library
from probatum.readers.fidelity import differences, negations

FAITHFUL = [
    ("Median survival was 11.7 months.", "Half of the people were alive at 11.7 months."),
    ("Hypertension of grade ≥3 in 5%.", "5% had high blood pressure of grade 3 or worse."),
    (
        "The response rate was 17% (52 of 304).",
        "The tumour shrank in 17%, that is 52 of 304 people.",
    ),
    ("Recurrent cervical cancer.", "Cervical cancer that has come back."),
    ("Metastatic cervical cancer.", "Cervical cancer that has spread."),
    ("Do not give it with or without food.", "It must not be given with or without food."),
    ("Pembrolizumab every 3 weeks.", "Pembrolizumab (Keytruda) every 3 weeks."),
    ("Pembrolizumab is given.", "Pembrolizumab, an immunotherapy, is given."),
]
UNFAITHFUL = [
    ("Give 350 mg.", "Give 35 mg.", ("number lost: 350 mg", "number added: 35 mg")),
    ("Give 350 mg.", "Give 350 g.", ("number lost: 350 mg", "number added: 350 g")),
    ("PD-L1 CPS ≥1.", "PD-L1 CPS 1.", ("number lost: 1", "number added: 1")),
    ("Grade 3 rash.", "Rash of 3 people.", ("number lost: 3", "number added: 3 people")),
    ("It is not approved.", "It is approved.", ("negation lost: 1 before, 0 after",)),
    ("It is approved.", "It is not approved.", ("negation added: 1",)),
    (
        "Neither stops, nor starts, without help.",
        "Do not stop.",
        ("negation lost: 3 before, 1 after",),
    ),
    ("Cisplatin and topotecan.", "Cisplatin.", ("term lost: topotecan",)),
    ("Cisplatin.", "Cisplatin and topotecan.", ("term added: topotecan",)),
    ("Immunotherapy.", "Pembrolizumab.", ("term added: pembrolizumab",)),
    ("HER2 was tested.", "A protein was tested.", ("term lost: HER2",)),
    (
        "Vulvar cancer.",
        "Cervical cancer.",
        ("term lost: vulvar cancer", "term added: cervical cancer"),
    ),
    ("Recurrent cervical cancer.", "Cervical cancer.", ("population lost: recurrent",)),
    ("Adults are treated.", "Adults and children are treated.", ("population added: children",)),
]


@pytest.mark.parametrize(("before", "after"), FAITHFUL)
def test_a_faithful_wording_differs_in_nothing(before: str, after: str, library: Library) -> None:
    assert differences(before, after, library.vocabulary) == ()


@pytest.mark.parametrize(("before", "after", "expected"), UNFAITHFUL)
def test_a_loss_or_an_addition_is_named(
    before: str, after: str, expected: tuple[str, ...], library: Library
) -> None:
    assert differences(before, after, library.vocabulary) == expected


def test_what_the_record_states_may_be_added_but_not_lost(library: Library) -> None:
    before, after, record = "It is given.", "Cisplatin is given at 50 mg.", "Cisplatin 50 mg."
    assert differences(before, after, library.vocabulary, record) == ()
    assert differences(after, before, library.vocabulary, record) == (
        "number lost: 50 mg",
        "term lost: cisplatin",
    )


def test_a_choice_is_no_negation() -> None:
    assert negations("With or without bevacizumab, whether or not it was given before.") == 0
