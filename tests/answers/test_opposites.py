"""A quote on the opposite of what is asked about is no answer."""

import pytest

from probatum.answers.opposites import opposites

CANNOT = "What can be done for pancreatic cancer that cannot be resected?"
CAN = "How is resectable pancreatic cancer treated?"


@pytest.mark.parametrize(
    ("question", "words", "expected"),
    [
        (CANNOT, "Treatment options for resectable cancer include surgery.", False),
        (CANNOT, "Treatment options for unresectable cancer include chemotherapy.", True),
        (CANNOT, "A tumour that is not resectable is given chemotherapy.", True),
        (CANNOT, "Both resectable and unresectable tumours are staged alike.", True),
        (CANNOT, "Chemotherapy is given for 6 months.", True),
        (CAN, "Inoperable tumours are given chemotherapy.", False),
        (CAN, "Borderline resectable tumours are given chemotherapy first.", True),
        ("What helps in HER2-negative breast cancer?", "HER2-positive tumours need more.", False),
        ("What helps in HER2-negative breast cancer?", "HER2 negative tumours need less.", True),
        ("Is it safe in premenopausal women?", "It was given to postmenopausal women.", False),
        ("What is pancreatic cancer?", "Resectable cancer can be removed.", True),
    ],
)
def test_words_agree_unless_they_speak_of_the_opposite_alone(
    question: str, words: str, expected: bool
) -> None:
    assert all(opposite.agrees(words) for opposite in opposites(question)) == expected
