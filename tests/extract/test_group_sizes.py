"""A group's size that the text gives once stands with every result that names the group."""

import pytest

from probatum.extract.results import find_results

FOUND = "Response was 40% with fictivir and 20% with placebo (P=.02)."


def sizes(text: str) -> list[tuple[str | None, int | None]]:
    (result,) = find_results(text)
    return [(arm.name, arm.n) for arm in result.arms]


@pytest.mark.parametrize(
    "shared_out",
    [
        "Patients were randomised to fictivir (n=120) or placebo (n=118).",
        "Patients received fictivir (N = 120) or placebo [n = 118].",
        "Allocation was to the fictivir group (120 women) or the placebo group (118 women); they "
        "were assigned at random.",
        "Of 238 enrolled, 120 got fictivir. We randomised to fictivir (n=120) or placebo (n=118).",
    ],
)
def test_a_size_told_once_is_known_at_the_result(shared_out: str) -> None:
    assert sizes(f"{shared_out} {FOUND}") == [("fictivir", 120), ("placebo", 118)]


def test_counts_of_events_are_no_sizes() -> None:
    told = "Nausea was more frequent with fictivir (n=12) than with placebo (n=4)."
    assert sizes(f"{told} {FOUND}") == [("fictivir", None), ("placebo", None)]


def test_two_sizes_of_one_group_are_none() -> None:
    told = "Patients were randomised to fictivir (n=120) or placebo (n=118)."
    again = "After two years, treated with fictivir (n=90)."
    assert sizes(f"{told} {again} {FOUND}") == [("fictivir", None), ("placebo", 118)]


def test_a_name_inside_another_is_another_group() -> None:
    told = "Women were assigned to fictivir (n=20) or placebo plus fictivir (n=22)."
    found = "Response was 40% with fictivir and 20% with placebo plus fictivir (P=.02)."
    assert dict(sizes(f"{told} {found}")) == {"fictivir": None, "placebo plus fictivir": 22}


def test_sharing_people_out_is_no_result() -> None:
    assert find_results("Allocation was to the A1 group (120 women) or the B1 group (118).") == []
