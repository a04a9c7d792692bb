"""The engine that this process answers with.

Which class it is comes from the settings, so that a test can put another in its place.
"""

import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.module_loading import import_string

from probatum.service.current import Current, when_replaced

if TYPE_CHECKING:
    from probatum.engine import Engine

__all__ = ["Current", "current", "engine", "library_folder", "when_replaced"]


def library_folder() -> Path | None:
    """The library's folder, None for the user's own."""
    return Path(settings.PROBATUM_LIBRARY) if settings.PROBATUM_LIBRARY else None


def _opened() -> "Engine":
    """Open the library, which is built if it is not there yet."""
    kind = import_string(settings.PROBATUM_ENGINE.replace(":", "."))
    opened: Engine = kind.open(library_folder())
    return opened


@cache
def current() -> Current:
    """The one of this process."""
    return Current(_opened, time.monotonic)


def engine() -> "Engine":
    """The engine, which knows what the library holds now or held some seconds ago."""
    return current().get()
