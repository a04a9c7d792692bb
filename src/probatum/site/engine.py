"""The engine that this process answers with, opened once.

Which class it is comes from the settings, so that a test can put another in its place.
"""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from probatum.engine import Engine


@cache
def engine() -> "Engine":
    """Open on first use; the library is built then if it is not there yet."""
    kind = import_string(settings.PROBATUM_ENGINE.replace(":", "."))
    folder = settings.PROBATUM_LIBRARY
    opened: Engine = kind.open(Path(folder) if folder else None)
    return opened
