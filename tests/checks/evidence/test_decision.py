"""How findings become a label, and when a judge of meaning has the last word."""

import pytest

from probatum.checks.evidence.confidence import confidence
from probatum.checks.evidence.decision import decide, firm
from probatum.checks.evidence.entailment import Label
from probatum.checks.evidence.finding import Finding

PLACE = Finding("direction", "conflict", "names changed places", by_place=True)
FIGURE = Finding("numbers", "conflict", "another figure")
UNNAMED = Finding("terms", "missing", "the text does not name it")
EARLIER = Finding("currency", "missing", '"earlier" is not in the text')
UNTREATED = Finding("population", "missing", '"untreated" is not in the text')


@pytest.mark.parametrize(
    ("finding", "is_firm"),
    [(PLACE, False), (UNNAMED, False), (FIGURE, True), (EARLIER, True), (UNTREATED, True)],
)
def test_the_places_of_words_and_words_not_named_are_no_firm_ground(
    finding: Finding, is_firm: bool
) -> None:
    assert firm([finding]) is is_firm


@pytest.mark.parametrize(
    ("finding", "placed", "label"),
    [
        # Reworded, and only places differ: the judge's.
        (PLACE, 0.5, "supported"),
        (PLACE, 0.8, "supported"),
        # Reworded with another figure, or nearly word for word: the checks'.
        (FIGURE, 0.5, "contradicted"),
        (PLACE, 0.86, "contradicted"),
    ],
)
def test_the_judge_decides_a_reworded_claim_unless_the_ground_is_firm(
    finding: Finding, placed: float, label: str
) -> None:
    assert decide([finding], 0.9, placed, ("supported", 0.8)) == label


NUMBERED = Finding("terms", "foreign", "the text does not name it", numbered=True)
EDITION = Finding("currency", "conflict", "another edition")


@pytest.mark.parametrize(
    ("finding", "label"),
    [
        (FIGURE, "contradicted"),
        (EDITION, "contradicted"),
        (NUMBERED, "not_enough_information"),
        (PLACE, "supported"),
        (UNTREATED, "supported"),
    ],
)
@pytest.mark.parametrize(("share", "placed"), [(0.85, 0.0), (0.75, 0.56)])
def test_no_judge_supports_another_figure_edition_or_trial_number_in_nearly_the_texts_words(
    finding: Finding, label: str, share: float, placed: float
) -> None:
    assert decide([finding], share, placed, ("supported", 0.7)) == label


@pytest.mark.parametrize("said", ["supported", "contradicted", "not_enough_information"])
def test_further_off_the_judge_decides_over_figures_too(said: Label) -> None:
    assert decide([FIGURE], 0.75, 0.2, (said, 0.7)) == said


def test_without_a_judge_the_places_of_words_count() -> None:
    assert decide([PLACE], 0.9, 0.5, None) == "contradicted"


@pytest.mark.parametrize("asked", [False, True])
@pytest.mark.parametrize("label", ["supported", "contradicted", "not_enough_information"])
def test_every_verdict_has_a_confidence_with_and_without_a_judge(label: str, asked: bool) -> None:
    told = [
        confidence(label, placed / 10, findings, asked=asked)  # type: ignore[arg-type]
        for placed in range(11)
        for findings in range(3)
    ]
    assert all(0 <= each <= 1 for each in told)
