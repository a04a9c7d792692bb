"""Recommendations of held guidelines come as their own section, and as what the body says."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from probatum.engine import Ask, Engine
from probatum.evidence.answer import Answer
from probatum.evidence.source import SourceType
from probatum.library.intake import add
from probatum.sources.formats import Settings
from tests.library.sample_documents import new

TITLE = "Recommendations read in held guidelines"
QUESTION = "What is the treatment of stage II melanoma?"
OPTIONS = (
    "Treatment options for stage II melanoma include:\n\n"
    "1. Wide excision with a two-finger margin.\n2. Mapping of the nodes.\n"
)
STAGE_II = f"""## Treatment of Stage II Melanoma

{OPTIONS}
Dermoscopy may be pleasant to look at.

Wide excision should be offered to all patients with stage II melanoma (strong recommendation, \
moderate-quality evidence).
"""
STAGE_III = """## Treatment of Stage III Melanoma

Pembrolizumab should be given for a year to patients with stage III melanoma.
"""
# What every work says tells none of them apart.
OTHERS = {
    "rhinitis": "Chronic rhinitis is common in spring.",
    "asthma": "Asthma needs an inhaler in most children.",
    "gout": "Gout comes from uric acid in the joints.",
    "psoriasis": "Psoriasis makes plaques on the skin of the elbows.",
}
Asker = Callable[..., Answer]


@pytest.fixture
def ask(tmp_path: Path) -> Iterator[Asker]:
    """Asks a library of these guidelines, each a Markdown page that a society issued in a year."""
    opened: list[Engine] = []

    def run(*pages: str, question: str = QUESTION, **options: Any) -> Answer:
        library = new(tmp_path / "library")
        for number, text in enumerate(pages, 1):
            page = tmp_path / f"g{number}.md"
            page.write_text(f"# Melanoma Treatment\n\n{text}", encoding="utf-8")
            settings = Settings(
                body=f"Society {number}", edition=str(2019 + number), type=SourceType.GUIDELINE,
                licence="CC0",
            )  # fmt: skip
            add(library, [page], settings)
        for name, text in OTHERS.items():
            (tmp_path / f"{name}.md").write_text(f"# On {name}\n\n{text}\n", encoding="utf-8")
        add(library, [tmp_path / f"{name}.md" for name in OTHERS], Settings())
        opened.append(Engine.open(library))
        return opened[-1].ask(Ask.model_validate({"question": question, **options}))

    yield run
    for engine in opened:
        engine.library.documents.close()


def rows(answer: Answer) -> list[tuple[str, ...]]:
    return [
        tuple(cell.text for cell in row)
        for section in answer.sections
        if section.title == TITLE and section.table
        for row in section.table.rows
    ]


GRADED = (
    "“Wide excision should be offered to all patients with stage II melanoma (strong "
    "recommendation, moderate-quality evidence).”"
)
LISTED = (
    "“Treatment options for stage II melanoma include:\nWide excision with a two-finger margin.\n"
    "Mapping of the nodes.”"
)


def test_options_and_recommendations_of_the_stage_asked_about_are_tabled(ask: Asker) -> None:
    answer = ask(STAGE_II + STAGE_III)
    assert rows(answer) == [
        ("Society 1", "2020", "lists options", "none stated", LISTED),
        ("Society 1", "2020", "for",
         "strong recommendation, moderate-quality evidence", GRADED),
    ]  # fmt: skip
    assert answer.claims[answer.bottom_line[0]].text == LISTED


def test_a_body_that_recommends_says_so_among_the_guidelines(ask: Asker) -> None:
    answer = ask(STAGE_II)
    (stance,) = answer.guidelines
    said = {answer.claims[claim].text for claim in stance.claims}
    assert (stance.body, stance.year, stance.state) == ("Society 1", 2020, "says")
    assert said == {LISTED, GRADED}


def test_nothing_is_shown_in_two_sections(ask: Asker) -> None:
    answer = ask(STAGE_II + STAGE_III)
    shown = [
        claim
        for section in answer.sections
        for claim in dict.fromkeys(
            (*section.claims, *(c.claim for row in section.table.rows for c in row if c.claim))
            if section.table
            else section.claims
        )
    ]
    assert len(shown) == len(set(shown))


def test_advice_for_another_stage_alone_is_no_recommendation_and_no_stance(ask: Asker) -> None:
    answer = ask(STAGE_III)
    assert (rows(answer), answer.guidelines) == ([], ())


def test_advice_against_is_told_as_such(ask: Asker) -> None:
    text = "Radiation therapy is not recommended for patients with stage II melanoma."
    answer = ask(f"## Treatment of Stage II Melanoma\n\n{text}\n")
    assert [row[2:] for row in rows(answer)] == [("against", "none stated", f"“{text}”")]


def test_what_is_called_standard_counts_and_what_once_was_does_not(ask: Asker) -> None:
    text = "Standard treatment for patients with stage II melanoma is wide excision."
    past = "Ray treatment was long held to be the standard treatment of stage II melanoma."
    answer = ask(f"## Treatment of Stage II Melanoma\n\n{text}\n\n{past}\n")
    assert [row[2:] for row in rows(answer)] == [("for", "none stated", f"“{text}”")]


def test_of_equals_the_newer_guideline_comes_first(ask: Asker) -> None:
    texts = (
        "Wide excision should be offered in stage II melanoma.",
        "Prompt mapping of nodes must be offered to people with stage II melanoma.",
    )
    answer = ask(*(f"## Treatment of Stage II Melanoma\n\n{text}\n" for text in texts))
    assert [row[1] for row in rows(answer)] == ["2021", "2020"]


def test_a_patient_is_given_quotes_and_no_table_of_grades(ask: Asker) -> None:
    answer = ask(STAGE_II, reader="patient")
    assert (rows(answer), answer.guidelines) == ([], ())


def test_the_same_library_gives_the_same_bytes(ask: Asker) -> None:
    one, other = (
        ask(STAGE_II + STAGE_III).model_dump_json(exclude={"created", "elapsed_ms"})
        for _ in range(2)
    )
    assert one == other
