"""One engine on the shipped packs for all questions: it holds no state between them."""

import pytest

from probatum.engine import Engine


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return Engine.open(tmp_path_factory.mktemp("library"))
