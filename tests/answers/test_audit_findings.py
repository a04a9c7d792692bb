"""What is wrong with a text although its claims are right: each finding fires, and stays silent."""

import pytest

from probatum.answers.audit.auditor import audit
from probatum.library.library import Library

FINAL = (
    "In the final analysis of EMPOWER-Cervical 1, median overall survival was 11.7 months with "
    "cemiplimab and 8.5 months with chemotherapy (HR 0.67)"
)
INTERIM = (
    "In the interim analysis of EMPOWER-Cervical 1, median overall survival was 12.0 months with "
    "cemiplimab and 8.5 months with chemotherapy (HR 0.69)"
)
PFS = (
    "In EMPOWER-Cervical 1, median progression-free survival was 2.8 months with cemiplimab and "
    "2.9 months with chemotherapy (HR 0.75)."
)
SQUAMOUS = (
    "In squamous-cell carcinoma, EMPOWER-Cervical 1 found a median overall survival of 10.9 months "
    "with cemiplimab and 8.8 months with chemotherapy."
)


def names(text: str, library: Library) -> list[str]:
    return [finding.name for finding in audit(text, library).findings]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{FINAL}. {INTERIM}.", ["double_counting"]),
        (f"{FINAL}.", []),
        (f"{FINAL}. {PFS} The curves crossed and separated late.", []),
    ],
)
def test_two_analyses_of_one_study_are_not_two_studies(
    text: str, expected: list[str], library: Library
) -> None:
    found = [name for name in names(text, library) if name == "double_counting"]
    assert found == expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [("[1]", "[2]", ["double_counting"]), ("[1]", "[1]", []), ("[1]", "", [])],
)
def test_one_result_cited_to_two_references_is_one_study(
    first: str, second: str, expected: list[str], library: Library
) -> None:
    text = f"{FINAL} {first}.\n\n{FINAL} {second}.\n\nReferences\n\n1. One.\n2. Two.\n"
    assert [name for name in names(text, library) if name == "double_counting"] == expected


def test_medians_that_seem_to_disagree_with_the_ratio_need_the_reason(library: Library) -> None:
    assert names(PFS, library) == ["discordance"]
    (finding,) = audit(PFS, library).findings
    reason = finding.detail.partition("does not say why. ")[2]
    assert reason
    assert names(f"{PFS} {reason}", library) == []
    assert names(f"{FINAL}.", library) == []


def test_a_subgroup_without_the_whole_is_a_finding(library: Library) -> None:
    assert names(SQUAMOUS, library) == ["lone_subgroup"]
    assert names(f"{SQUAMOUS} {FINAL}.", library) == []


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ("KEYNOTE-826 found a hazard ratio of 0.59 for overall survival.", ["contradiction"]),
        ("KEYNOTE-826 found a hazard ratio of 0.51 for overall survival.", []),
        ("GOG-240 found a hazard ratio of 0.77 for overall survival.", []),
        ("KEYNOTE-826 found a hazard ratio of 0.59 for progression-free survival.", []),
        ("An earlier analysis of KEYNOTE-826 had a hazard ratio of 0.59 for overall survival.", []),
    ],
)
def test_two_values_for_one_thing_contradict_each_other(
    other: str, expected: list[str], library: Library
) -> None:
    text = f"In KEYNOTE-826, overall survival had a hazard ratio of 0.51.\n\n{other}\n"
    assert [name for name in names(text, library) if name == "contradiction"] == expected


@pytest.mark.parametrize(
    ("references", "expected"),
    [
        ("", ["The text cites 1 and has no list of references, so no citation can be followed."]),
        ("References\n\n1. One.\n", []),
        (
            "References\n\n1. One.\n2. Two.\n",
            ["No sentence that was judged cites reference 2."],
        ),
        (
            "References\n\n2. Two.\n",
            [
                "Reference 1 is cited and not listed.",
                "No sentence that was judged cites reference 2.",
            ],
        ),
    ],
)
def test_citations_and_references_belong_together(
    references: str, expected: list[str], library: Library
) -> None:
    made = audit(f"{FINAL} [1].\n\n{references}", library)
    assert [f.detail for f in made.findings if f.name == "citations"] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("All articles are reviewed by our experts.\nThis one is pending review.", ["review"]),
        ("All articles are reviewed by our experts.", []),
        ("This one is pending review.", []),
    ],
)
def test_a_review_cannot_be_claimed_and_denied(
    text: str, expected: list[str], library: Library
) -> None:
    assert names(f"{text}\n\n{FINAL}.\n", library) == expected
