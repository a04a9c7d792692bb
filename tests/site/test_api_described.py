"""Requests made from the API's own description: none is a fault, each answer is as described."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable

from tests.site import board
from tests.site.test_keys import key

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed: make dev")

# Requests to each address that are as described, and as many that are not.
EXAMPLES = 10
KEPT = Path(__file__).parents[2] / "docs" / "reference" / "openapi.json"
OPERATIONS = [
    (path, method.upper())
    for path, methods in json.loads(KEPT.read_text("utf-8"))["paths"].items()
    for method in methods
]
CONFIG = {
    "generation": {"with-security-parameters": False},
    "checks": {
        # What only the library or the board can refuse: a region or an article that is not there.
        "positive_data_acceptance": {"enabled": False},
        # A body may be wrong and too large as well.
        "negative_data_rejection": {
            "expected-statuses": ["400", "404", "405", "413", "415", "422"]
        },
    },
}
pytestmark = pytest.mark.usefixtures("kept")
steady = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def described(client: Any) -> Iterator[Any]:
    """The description, as it is served, with what is behind it.

    The database's connection stays open after a request, for the test's own transaction is on it.
    """
    from django.core.signals import request_finished, request_started
    from django.core.wsgi import get_wsgi_application
    from django.db import close_old_connections

    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    config = schemathesis.config.SchemathesisConfig.from_dict(CONFIG)
    app = get_wsgi_application()
    host = {"Host": "testserver"}
    yield schemathesis.openapi.from_wsgi("/api/openapi.json", app, config=config, headers=host)
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def headers(client: Any) -> dict[str, str]:
    """Edda's key may do everything."""
    board.accounts()
    made = board.answer()
    board.submit(board.begin(made=made), made)
    text = key("edda", "ask", "audit", "read", "write", "review")
    # Packed, an answer could not be looked into.
    plain = {"Host": "testserver", "Accept-Encoding": "identity"}
    return {"Authorization": f"Bearer {text}", **plain}


@pytest.mark.parametrize("mode", ["positive", "negative"])
def test_each_answer_is_one_that_is_described(
    described: Any, headers: dict[str, str], mode: str
) -> None:
    """One test for all addresses, because its articles take longer to make than to ask for."""
    wrong = []
    for path, method in OPERATIONS:
        cases = described[path][method].as_strategy(
            generation_mode=schemathesis.GenerationMode(mode)
        )

        @steady
        @given(case=cases)
        def ask(case: Any) -> None:
            case.call_and_validate(headers=headers)

        try:
            ask()
        except Unsatisfiable:
            # Nothing is sent there, so nothing of it can be wrong.
            assert (path, mode) == ("/api/health", "negative")
        except (Exception, BaseExceptionGroup) as error:
            wrong.append(f"{method} {path}: {error}")
    assert wrong == []
