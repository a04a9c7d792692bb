"""General questions on added documents: what is asked for first, then other aspects in order."""

from collections.abc import Iterator

import pytest

from probatum.engine import Ask, Engine
from probatum.library.intake import add
from probatum.sources.formats import Settings

# Invented diseases, so that nothing held by the packs can answer.
PAGES = {
    "lomdal.md": """# Lomdal disease

## What is Lomdal disease?

Lomdal disease is a mild infection of the skin that is spread by river flies.

## Symptoms

The symptoms of Lomdal disease are a ring of pale spots and a dry cough.

## Causes

Lomdal disease is caused by a bacterium that river flies carry.

## Diagnosis

Lomdal disease is diagnosed by a blood test in the second week.

## Treatment

Lomdal disease is treated with ten days of doxycycline by mouth.

## Outlook

The outlook for people with Lomdal disease is good, and most recover in a month.
""",
    "prent.md": """# Prent disease

## Treatment

Prent disease is treated with a splint at night, and its symptoms are mild.
""",
    "bracken.md": """# Bracken fever

## Treatment

Bracken fever is treated with four weeks of tetracycline by mouth.
""",
}
WORDS = "in the words of held texts"


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    folder = tmp_path_factory.mktemp("general")
    for name, text in PAGES.items():
        (folder / name).write_text(text, "utf-8")
    add(folder / "library", [folder / name for name in PAGES], Settings(format="md"))
    engine = Engine.open(folder / "library")
    yield engine
    engine.close()


def told(engine: Engine, question: str) -> list[tuple[str, list[str]]]:
    answer = engine.ask(Ask(question=question))
    return [
        (section.title, [answer.claims[id].anchors[0].quote for id in section.claims])
        for section in answer.sections
    ]


def test_a_general_question_is_told_each_aspect_in_order(held: Engine) -> None:
    found = told(held, "What is Lomdal disease?")
    assert found[0][1][0].startswith("Lomdal disease is a mild infection of the skin")
    shown = [quote for _, quotes in found for quote in quotes]
    assert len(shown) == len(set(shown))
    order = [
        "Signs and symptoms",
        "Causes",
        "Diagnosis",
        "Treatment",
        "Outlook",
    ]
    titles = [title for title, _ in found[1:]]
    assert titles == [f"{name}, {WORDS}" for name in order if f"{name}, {WORDS}" in titles]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("What are the symptoms of Lomdal disease?", "The symptoms of Lomdal disease are"),
        ("What causes Lomdal disease?", "Lomdal disease is caused by"),
        ("How is Lomdal disease diagnosed?", "Lomdal disease is diagnosed by"),
        ("How is Lomdal disease treated?", "Lomdal disease is treated with"),
        ("What is the outlook for Lomdal disease?", "The outlook for people with Lomdal disease"),
    ],
)
def test_a_definite_question_is_told_that_first_and_nothing_beside(
    held: Engine, question: str, first: str
) -> None:
    found = told(held, question)
    assert len(found) == 1
    assert found[0][1][0].startswith(first)


def test_no_aspect_is_taken_from_a_text_on_another_disease(held: Engine) -> None:
    shown = [quote for _, quotes in told(held, "What is Lomdal disease?") for quote in quotes]
    assert [quote for quote in shown if "Prent" in quote] == []


def test_a_disease_that_only_a_text_names_is_not_taken_for_a_part_of_its_name(
    held: Engine,
) -> None:
    found = told(held, "How is Bracken fever treated?")
    assert [title for title, _ in found] == ["In the words of held texts"]
    assert found[0][1][0].startswith("Bracken fever is treated with four weeks")
