"""The shipped packs as a library in memory, and the answers to the questions that they ship."""

from collections.abc import Callable

import pytest

from probatum.engine import Ask, Engine
from probatum.evidence.answer import Answer
from probatum.library.library import Library
from probatum.packs.loader import load_pack, shipped_packs

# Read once for collection and tests alike: parameters are made from what is held.
LIBRARY = Library.of(load_pack(folder) for folder in shipped_packs())
ENGINE = Engine(LIBRARY)
EXAMPLES = ENGINE.examples()


@pytest.fixture(scope="session")
def library() -> Library:
    """Everything that ships."""
    return LIBRARY


def _asked(question: str, options: dict[str, object]) -> Ask:
    return Ask.model_validate({"question": question, **options})


@pytest.fixture(scope="session")
def ask() -> Callable[..., Answer]:
    """The answer of the shipped packs; asked once, however many tests look at it."""
    answers: dict[str, Answer] = {}

    def run(question: str, **options: object) -> Answer:
        asked = _asked(question, options)
        key = asked.model_dump_json()
        if key not in answers:
            answers[key] = ENGINE.ask(asked)
        return answers[key]

    return run


@pytest.fixture(scope="session")
def ask_again() -> Callable[..., Answer]:
    """Ask the shipped packs now, whatever was asked before."""
    return lambda question, **options: ENGINE.ask(_asked(question, options))


@pytest.fixture(params=EXAMPLES)
def example(request: pytest.FixtureRequest) -> str:
    """One shipped example question after the other."""
    return str(request.param)
