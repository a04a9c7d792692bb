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


@pytest.fixture(scope="session")
def ask() -> Callable[..., Answer]:
    """Ask the shipped packs."""

    def run(question: str, **options: object) -> Answer:
        return ENGINE.ask(Ask.model_validate({"question": question, **options}))

    return run


@pytest.fixture(params=EXAMPLES)
def example(request: pytest.FixtureRequest) -> str:
    """One shipped example question after the other."""
    return str(request.param)
