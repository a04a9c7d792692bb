"""Django with the real engine, on a library made for this run."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from django.test import Client


@pytest.fixture(scope="session")
def _django(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("library")
    os.environ["DJANGO_SETTINGS_MODULE"] = "probatum.site.settings"
    os.environ["PROBATUM_LIBRARY"] = str(folder)
    import django
    from django.conf import settings

    django.setup()
    settings.ALLOWED_HOSTS = ["testserver"]
    yield folder
    del os.environ["PROBATUM_LIBRARY"]


@pytest.fixture
def client(_django: Path) -> "Client":
    """A browser without scripts that shows a 500 page instead of raising."""
    from django.test import Client

    return Client(raise_request_exception=False)
