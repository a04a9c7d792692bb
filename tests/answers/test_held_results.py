"""Results that held texts state come as rows, each resting on the source's own words."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from probatum.answers.held_results import TITLE
from probatum.engine import Ask, Engine
from probatum.evidence.answer import Answer
from probatum.evidence.document import Document
from probatum.evidence.source import Depth, Identifiers
from tests.library.sample_documents import day, document, hold

QUESTION = "Does gabapentin improve sleep in restless legs syndrome?"
STATES = (
    "In restless legs syndrome, response was seen in 62% of patients with gabapentin and 35% with "
    "placebo (odds ratio 3.0; 95% CI, 1.6 to 5.7; P = 0.001)."
)
# Works on other subjects: what every work says tells none of them apart.
OTHERS = (
    "Chronic rhinitis is common in spring.",
    "Asthma needs an inhaler in most children.",
    "Gout comes from uric acid in the joints.",
    "Psoriasis makes plaques on the skin of the elbows.",
)
Asker = Callable[..., Answer]


def work(text: str, source: str = "pmid:1", **more: Any) -> Document:
    given = {
        "title": "Gabapentin in restless legs syndrome",
        "depth": Depth.ABSTRACT,
        "date": day("2020-01-01"),
        "year": 2020,
        **more,
    }
    return document(source, text, **given)


@pytest.fixture
def ask(tmp_path: Path) -> Iterator[Asker]:
    """Asks a library of these works."""
    opened: list[Engine] = []

    def run(*works: Document, question: str = QUESTION, **options: Any) -> Answer:
        others = [document(f"file:{n}", text, title="") for n, text in enumerate(OTHERS)]
        hold(tmp_path, *works, *others)
        opened.append(Engine.open(tmp_path))
        return opened[-1].ask(Ask.model_validate({"question": question, **options}))

    yield run
    for engine in opened:
        engine.close()


def table(answer: Answer) -> list[list[str]]:
    return [
        [cell.text for cell in row]
        for section in answer.sections
        if section.title == "Results read in held texts" and section.table
        for row in section.table.rows
    ]


def test_a_row_rests_on_the_very_words_and_says_how_deep_they_are(ask: Asker) -> None:
    answer = ask(work(STATES))
    (row,) = table(answer)
    assert (row[0], row[4], row[5]) == (
        "Gabapentin in restless legs syndrome",
        "abstract",
        f"“{STATES}”",
    )
    assert row[3] == "OR 3.0 (95% CI 1.6 to 5.7) P=0.001"
    (section,) = (s for s in answer.sections if s.title == "Results read in held texts")
    assert section.table is not None
    (claim,) = {cell.claim for cell in section.table.rows[0]}
    assert claim is not None
    made = answer.claims[claim]
    assert (made.depth, made.anchors[0].quote) == (Depth.ABSTRACT, STATES)


@pytest.mark.parametrize(
    "text",
    [
        "In restless legs syndrome, gabapentin was well tolerated versus placebo.",
        STATES.replace("gabapentin", "zinc"),
    ],
)
def test_what_states_no_result_on_what_was_asked_gives_no_row(ask: Asker, text: str) -> None:
    title = "A trial in restless legs syndrome"
    assert table(ask(work(text, title=title), work(STATES, "pmid:2", retracted=True))) == []


def test_a_retracted_work_gives_no_row(ask: Asker) -> None:
    assert table(ask(work(STATES, retracted=True))) == []


def test_a_patient_is_given_no_ratios_in_a_sources_words(ask: Asker) -> None:
    assert table(ask(work(STATES), reader="patient")) == []


def test_a_trial_that_a_pack_has_read_is_not_counted_again(ask: Asker) -> None:
    words = (
        "In recurrent cervical cancer, median overall survival was 11.7 months with cemiplimab and "
        "8.5 months with chemotherapy (hazard ratio 0.67; 95% CI, 0.56 to 0.80; P < 0.001)."
    )
    question = "Does cemiplimab improve overall survival in recurrent cervical cancer?"
    title = "Cemiplimab in recurrent cervical cancer"
    read = work(words, "pmid:39798514", title=title, identifiers=Identifiers(pmid="39798514"))
    other = work(words.replace("11.7", "11.9"), "pmid:77", title=title)
    rows = table(ask(read, other, question=question))
    assert [row[5] for row in rows] == [f"“{words.replace('11.7', '11.9')}”"]


def plots(answer: Answer) -> list[tuple[str, str, list[tuple[str, float, str, bool]]]]:
    return [
        (
            section.figure.left,
            section.figure.right,
            [(row.label, row.value, row.favours, row.superseded) for row in section.figure.rows],
        )
        for section in answer.sections
        if section.title == "Results read in held texts" and section.figure
    ]


def test_two_ratios_that_held_texts_state_are_plotted_from_the_quoted_claims(ask: Asker) -> None:
    first = STATES.replace("response was", "the response rate was")
    other = first.replace("62%", "55%").replace("3.0", "2.1").replace("1.6 to", "1.2 to")
    answer = ask(work(first), work(other, "pmid:2", title="Sleep with gabapentin", year=2022))
    assert plots(answer) == [
        (
            "favours the control",
            "favours the tested treatment",
            [
                ("Sleep with gabapentin (2022), response rate", 2.1, "experimental", False),
                (
                    "Gabapentin in restless legs syndrome (2020), response rate",
                    3.0,
                    "experimental",
                    False,
                ),
            ],
        )
    ]
    (section,) = (s for s in answer.sections if s.figure and s.title == TITLE)
    assert section.figure is not None
    assert section.table is not None
    shown = {cell.claim for row in section.table.rows for cell in row}
    assert {row.claim for row in section.figure.rows} <= shown


def test_a_ratio_of_an_end_point_whose_better_side_is_unknown_is_not_drawn(ask: Asker) -> None:
    text = STATES.replace("response was", "band counts were")
    other = work(text.replace("3.0", "2.9"), "pmid:2", title="Another work")
    answer = ask(work(text), other)
    assert (len(table(answer)), plots(answer)) == (2, [])


def test_one_ratio_alone_or_one_without_an_interval_makes_no_plot(ask: Asker) -> None:
    bare = STATES.replace("; 95% CI, 1.6 to 5.7", "")
    assert plots(ask(work(STATES), work(bare, "pmid:2", title="Another work"))) == []
