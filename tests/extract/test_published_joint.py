"""The joint score of result tables as the corpus's authors count it, case by case."""

from collections import Counter

from bench._published_joint import joint_counts, labels_of

TEXT = "relapse in 12 with drug and 19 with placebo"
RELAPSE, TWELVE, DRUG, NINETEEN, PLACEBO = ((0, 7), (11, 13), (19, 23), (28, 30), (36, 43))
SPANS = [RELAPSE, TWELVE, DRUG, NINETEEN, PLACEBO]
RIGHT = labels_of(
    [
        (RELAPSE, TWELVE, "OC_RES"),
        (DRUG, TWELVE, "A1_RES"),
        (RELAPSE, NINETEEN, "OC_RES"),
        (PLACEBO, NINETEEN, "A2_RES"),
    ]
)


def counted(found: list[tuple[int, int]], told: dict[tuple[int, int], set[str]]) -> tuple[int, ...]:
    counts: Counter[str] = joint_counts(TEXT, found, told, SPANS, RIGHT)
    return counts["right"], counts["wrong"], counts["missed"]


def test_a_perfect_reading_is_right_in_every_relation() -> None:
    assert counted(SPANS, RIGHT) == (4, 0, 0)


def test_a_wrong_label_is_wrong_and_the_annotated_one_missed() -> None:
    told = {**RIGHT, (DRUG[0], TWELVE[0]): {"A2_RES"}}
    assert counted(SPANS, told) == (3, 1, 1)


def test_a_span_not_found_is_one_miss_and_its_relations_none() -> None:
    told = {pair: labels for pair, labels in RIGHT.items() if PLACEBO[0] not in pair}
    assert counted(SPANS[:-1], told) == (3, 0, 1)


def test_the_end_of_a_span_does_not_matter_for_its_relations() -> None:
    longer = [RELAPSE, TWELVE, DRUG, NINETEEN, (36, 40)]
    assert counted(longer, RIGHT) == (4, 0, 1)


def test_a_span_that_starts_nowhere_makes_the_spans_of_its_sentence_count() -> None:
    # Each of the five right spans counts once beside the wrong one.
    assert counted([*SPANS, (14, 18)], RIGHT) == (4 + 5, 1, 0)


def test_a_relation_of_a_wrong_span_is_wrong_once() -> None:
    told = {**RIGHT, (14, TWELVE[0]): {"OC_RES", "A1_RES"}}
    assert counted([*SPANS, (14, 18)], told) == (4 + 5, 2, 0)
