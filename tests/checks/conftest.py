"""Views of the invented library (`invented.py`): without a question, and with one."""

from datetime import date

import pytest

from probatum.checks.view import View
from tests.checks.invented import LIBRARY, NEED


@pytest.fixture
def view() -> View:
    return View(LIBRARY)


@pytest.fixture
def asked() -> View:
    return View(LIBRARY, NEED, date(2026, 11, 21))
