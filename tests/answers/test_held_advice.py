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


def results(answer: Answer) -> list[list[str]]:
    return [
        [cell.text for cell in row]
        for section in answer.sections
        if section.title == "Results read in held texts" and section.table
        for row in section.table.rows
    ]


TRIAL = (
    "In stage {stage} melanoma, overall survival was 30.1 months with dacarbazine and 20.2 months "
    "with placebo (hazard ratio, 0.7{last}; 95% CI, 0.5{last} to 0.9{last}; P = .01).[2]"
    "[Level of evidence A1]"
)
ENTRIES = (
    "1. Ash A, Birch B: On margins. Invented J Skin 3 (1): 1-9, 2001.\n"
    "2. Cedar C, Elm E: Dacarbazine in melanoma. Invented J Skin 4 (2): 10-9, 2002.\n"
)
TRIALS = "Does dacarbazine improve overall survival in stage II melanoma?"


def reporting(*stages: str, entries: str = ENTRIES) -> str:
    told = "\n\n".join(
        f"### Stage {stage} Melanoma\n\n{TRIAL.format(stage=stage, last=last)}"
        for last, stage in enumerate(stages)
    )
    return f"## Trials\n\n{told}\n\n## References\n\n{entries}"


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


def test_a_graded_recommendation_has_its_strength_in_the_bodys_own_system(ask: Asker) -> None:
    text = "Radiation therapy should not be offered to people with stage II melanoma (grade D)."
    answer = ask(f"## Treatment of Stage II Melanoma\n\n{text.replace('grade', 'Grade')}\n")
    (strength,) = {each.strength for each in answer.claims.values()}
    assert strength is not None
    assert (strength.grade, strength.direction) == ("D", "against")


def test_a_result_names_its_level_and_the_entry_that_the_guideline_cites(ask: Asker) -> None:
    answer = ask(reporting("II"), question=TRIALS)
    (row,) = results(answer)
    assert row[1:4] == [
        "Overall survival",
        "dacarbazine 30.1 months; placebo 20.2 months",
        "HR 0.70 (95% CI 0.50 to 0.90) P=.01",
    ]
    assert row[6:] == [
        "Level of evidence A1",
        "“Cedar C, Elm E: Dacarbazine in melanoma. Invented J Skin 4 (2): 10-9, 2002.”",
    ]


@pytest.mark.parametrize(
    "entries",
    [
        ENTRIES + "3. Fir F: Another. Invented J Skin 5 (1): 1-2, 2003.\n",
        ENTRIES.splitlines()[0] + "\n",
        "",
    ],
)
def test_a_list_that_does_not_match_its_numbers_lends_no_entry(ask: Asker, entries: str) -> None:
    (row,) = results(ask(reporting("II", entries=entries), question=TRIALS))
    assert row[7] == "-"


def test_a_guidelines_result_for_another_stage_is_no_row(ask: Asker) -> None:
    shown = [row[5] for row in results(ask(reporting("III", "II"), question=TRIALS))]
    assert shown == [f"“{TRIAL.format(stage='II', last=1)}”"]


def test_a_result_that_is_a_row_is_not_quoted_again(ask: Asker) -> None:
    answer = ask(reporting("II"), question=TRIALS)
    assert [section.kind for section in answer.sections] == ["evidence"]
    assert [answer.claims[claim].text for claim in answer.bottom_line] == [results(answer)[0][5]]


def test_a_replaced_guideline_recommends_nothing(tmp_path: Path) -> None:
    library = new(tmp_path / "library")
    old, now = tmp_path / "old.md", tmp_path / "now.md"
    for page, word in ((old, "Narrow"), (now, "Wide")):
        text = f"{word} excision should be offered in stage II melanoma."
        head = "# Melanoma Treatment\n\n## Treatment of Stage II Melanoma\n\n"
        page.write_text(f"{head}{text}\n", encoding="utf-8")
    told = {"body": "Society", "type": SourceType.GUIDELINE, "licence": "CC0"}
    add(library, [old], Settings(edition="2015", **told))
    add(library, [now], Settings(edition="2022", supersedes=("file:old.md",), **told))
    engine = Engine.open(library)
    try:
        shown = [row[1] for row in rows(engine.ask(Ask(question=QUESTION)))]
    finally:
        engine.library.documents.close()
    assert shown == ["2022"]


@pytest.mark.parametrize(
    ("body", "shown"),
    [("USPSTF", "USPSTF"), ("Borealis College of Skin", "Borealis College of Skin")],
)
def test_what_another_body_recommends_is_not_said_by_the_one_that_reports_it(
    ask: Asker, body: str, shown: str
) -> None:
    text = f"The {body} recommends against radiation therapy in stage II melanoma."
    answer = ask(f"## Treatment of Stage II Melanoma\n\n{text}\n")
    assert [(row[0], row[2]) for row in rows(answer)] == [
        (f"{shown}, as reported by Society 1", "against")
    ]
    assert answer.guidelines == ()


def test_what_is_expected_to_happen_is_no_advice(ask: Asker) -> None:
    text = "Wide excision should also be associated with longer survival in stage II melanoma."
    assert rows(ask(f"## Treatment of Stage II Melanoma\n\n{text}\n")) == []
