"""A library of its own for each test, and a local server that speaks as the live services do."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from probatum.sources.live.pace import Pace
from tests.sources.live.services import (
    SET_ID,
    Hurry,
    World,
    article,
    full_text,
    label,
    services,
    trial,
)


@pytest.fixture
def world() -> Iterator[World]:
    """Services with works on an invented drug."""
    with services() as world:
        world.articles = {
            "101": article(
                "Fictumab in adults with plaque psoriasis",
                "Fictumab cleared psoriasis in 40% of 300 adults, and placebo in 4%.",
                doi="10.1/fictumab",
            ),
            "102": article(
                "A guideline on psoriasis",
                "We recommend fictumab 20 mg once weekly for adults with severe psoriasis.",
                kind="Practice Guideline",
            ),
        }
        world.trials = {"NCT00000001": trial("Fictumab in psoriasis", "A trial of fictumab.")}
        world.labels = {SET_ID: label("fictumab", "Fictumab is indicated for adults.")}
        world.full_texts = {"PMC11": full_text("Fictumab for psoriasis", "It cleared it.")}
        yield world


@pytest.fixture(autouse=True)
def _hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """No pause between requests: how they are paced is tested with the client."""
    monkeypatch.setattr(Pace, "wait", Hurry.wait)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a library that nobody has filled."""
    return tmp_path / "library"
