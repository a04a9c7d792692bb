"""What a question takes for granted, judged by what the shipped packs hold."""

from collections.abc import Callable

import pytest

from probatum.evidence.answer import Answer

Asker = Callable[..., Answer]


def judged(answer: Answer) -> list[tuple[str, str | None]]:
    """Each premise's verdict, with the finding that was shown for it."""
    return [
        (p.verdict, answer.claims[p.claim].focus if p.claim else None)
        for p in answer.understood.premises
    ]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "Since tisotumab vedotin is approved only for PD-L1 positive tumours, who gets it?",
            [("contradicted", "status-us-tisotumab-vedotin")],
        ),
        (
            "Is it true that cemiplimab improves survival only in squamous cell carcinoma?",
            [("contradicted", "empower-cervical-1.os.adenocarcinoma.final")],
        ),
        # One decision is for marker-positive disease, another is not: nothing is told.
        (
            "Why is pembrolizumab approved only for PD-L1 positive cervical cancer?",
            [("not_enough_information", None)],
        ),
        (
            "Why does bevacizumab not prolong survival in cervical cancer?",
            [("contradicted", "gog-240.os.final")],
        ),
        # The trial of these two drugs together counts, and not one of another partner.
        (
            "Given that topotecan with cisplatin never improved survival, why use it?",
            [("contradicted", "gog-179.os.final")],
        ),
        ("Why does cemiplimab improve survival?", [("supported", "empower-cervical-1.os.final")]),
    ],
)
def test_a_premise_is_not_taken_for_true_because_a_part_of_it_is(
    ask: Asker, question: str, expected: list[tuple[str, str | None]]
) -> None:
    assert judged(ask(question)) == expected


def test_a_noun_is_no_assertion(ask: Asker) -> None:
    answer = ask("chance of cure in pelvic recurrence of cervical cancer after surgery")
    assert answer.understood.premises == ()
