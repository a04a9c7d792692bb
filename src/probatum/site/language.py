"""In which language the interface speaks to whom: their choice, their browser's, the operator's.

The choice is a cookie that holds nothing but the language's code. Claims, quotes and questions stay
in their words, and so does the API: its documents are for programs.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from probatum.evidence.base import ProbatumError
from probatum.render.html import language_marks
from probatum.render.language import ENGLISH, languages, spoken
from probatum.render.language import speaking as rendering_in

COOKIE = "probatum_language"
_YEAR = 31_536_000
# Documents for programs, and what has no words of the interface.
_ALWAYS_ENGLISH = ("/api/", "/static/", "/healthz")


class LanguageError(ProbatumError):
    """A language that there is not."""


def named() -> list[tuple[str, str]]:
    """Each language's code and its own name for itself."""
    return [(code, LANG_INFO.get(code, {}).get("name_local", code)) for code in languages()]


def chosen(code: str) -> str:
    """The operator's default; LanguageError for one that has no catalogue."""
    found = code.strip().lower() or ENGLISH
    if found not in languages():
        known = ", ".join(languages())
        raise LanguageError(f"PROBATUM_LANGUAGE must be one of {known}, not {found!r}")
    return found


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """The language of pages and of what is put into them, while the block runs."""
    with translation.override(code), rendering_in(code):
        yield


class Spoken:
    """Middleware: each request in the language of whoever sent it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response, which says its language and what that depended on."""
        if request.path.startswith(_ALWAYS_ENGLISH):
            with speaking(ENGLISH):
                return self.get_response(request)
        code = translation.get_language_from_request(request)
        with speaking(code):
            response = self.get_response(request)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        if response.headers.get("Content-Type", "").startswith("text/html"):
            # Exports are in English, whoever asks.
            response.headers["Content-Language"] = code
        return response


def frame(request: HttpRequest | None = None) -> dict[str, Any]:
    """What every page needs: its language with its marks, and the languages to choose from."""
    del request
    return {
        **language_marks(),
        "languages": [
            {"code": each, "name": name, "current": each == spoken()}
            for each, name in settings.LANGUAGES
        ]
        if len(settings.LANGUAGES) > 1
        else [],
    }


@csrf_exempt  # Who only reads has no token; all that a forged form could do is set a language.
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the language in a cookie and go back to the page that the form stood on."""
    code = request.POST.get("language", "")
    if code not in languages():
        return HttpResponse(_("There is no such language."), status=400, content_type="text/plain")
    response = HttpResponse(status=303, headers={"Location": _back(request)})
    response.set_cookie(
        COOKIE,
        code,
        max_age=_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _back(request: HttpRequest) -> str:
    """The path of the page that the form stood on, if it is this site's; else the first page."""
    try:
        came = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return "/"
    own = came.scheme in ("http", "https") and came.netloc == request.get_host()
    # Two slashes at the head would name another site.
    if not own or not came.path.startswith("/") or came.path.startswith(("//", "/\\")):
        return "/"
    return iri_to_uri(f"{came.path}?{came.query}" if came.query else came.path)
