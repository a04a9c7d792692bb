"""The style sheet and the scripts, served with long caching under addresses that change with them.

WhiteNoise does the serving (ranges, conditional requests, types). Its responses are read whole
here, because the files are small and a synchronous file iterator is slow under ASGI.
"""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware

YEAR = 31_536_000


class StaticFiles(WhiteNoiseMiddleware):
    """Serves what lies in the static folder, known once at the start."""

    def __init__(self, get_response: object) -> None:
        super().__init__(get_response, _Settings())
        self.add_files(str(settings.STATIC_FOLDER), prefix=settings.STATIC_URL)

    @staticmethod
    def serve(static_file: object, request: HttpRequest) -> HttpResponse:
        """The file's bytes, or its headers alone where that is all that was asked for."""
        found = static_file.get_response(request.method, request.META)  # type: ignore[attr-defined]
        body = b""
        if found.file is not None:
            with found.file as file:
                body = file.read()
        response = HttpResponse(body, status=int(found.status))
        del response.headers["Content-Type"]
        for name, value in found.headers:
            response.headers[name] = value
        return response


class _Settings:
    """Only what WhiteNoise asks for; the site has no collected static folder."""

    DEBUG = False
    STATIC_URL = "/static/"
    STATIC_ROOT = None
    FORCE_SCRIPT_NAME = None
    WHITENOISE_AUTOREFRESH = False
    WHITENOISE_USE_FINDERS = False
    WHITENOISE_MAX_AGE = YEAR
    WHITENOISE_ALLOW_ALL_ORIGINS = False


@cache
def _address(name: str) -> str:
    """The file's address with the beginning of its hash, so that a change is seen at once."""
    mark = hashlib.sha256((Path(settings.STATIC_FOLDER) / name).read_bytes()).hexdigest()[:12]
    return f"{settings.STATIC_URL}{name}?v={mark}"


def addresses(request: HttpRequest) -> dict[str, str]:
    """Where the page finds its style sheet, scripts and icon."""
    del request
    return {
        "style_address": _address("probatum.css"),
        "htmx_address": _address("htmx-2.0.11.min.js"),
        "script_address": _address("site.js"),
        "board_address": _address("board.js"),
        "draft_script_address": _address("draft.js"),
        "icon_address": _address("icon.svg"),
    }
