"""A local server that speaks as each live service does."""

from collections.abc import Iterator

import pytest

from tests.sources.live.services import World, services


@pytest.fixture
def world() -> Iterator[World]:
    """Services without works; a test puts its own in."""
    with services() as world:
        yield world
