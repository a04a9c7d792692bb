"""The whole trail: every entry of every log as it was written, one JSON document a line.

Entries come in the order in which they were written. Each article's own entries hold the hashes of
the ones before, so that whoever has the file can verify every log without this program's database.
"""

from collections.abc import AsyncIterator, Iterator

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_safe

from probatum.review.policy import Right
from probatum.site.board.models import LogEntry
from probatum.site.board.people import needs

# Entries read at a time; all of them together may not fit into memory.
_STEP = 500


@needs(Right.OVERSEE)
@require_safe
def trail(request: HttpRequest) -> StreamingHttpResponse:
    """Every log entry of all articles as JSON lines, for editors; streamed."""
    lines = _later() if isinstance(request, ASGIRequest) else _now()
    response = StreamingHttpResponse(lines, content_type="application/x-ndjson")
    response.headers["Content-Disposition"] = 'attachment; filename="trail.jsonl"'
    return response


def _after(pk: int) -> list[tuple[int, str]]:
    rows = LogEntry.objects.filter(pk__gt=pk).order_by("pk").values_list("pk", "entry")
    return list(rows[:_STEP])


def _text(rows: list[tuple[int, str]]) -> str:
    # An entry is written on one line; one that was tampered with must not look like two.
    return "".join(f"{' '.join(entry.splitlines())}\n" for _, entry in rows)


def _now() -> Iterator[str]:
    last = 0
    while rows := _after(last):
        yield _text(rows)
        last = rows[-1][0]


async def _later() -> AsyncIterator[str]:
    """The same without holding up other visitors of the process."""
    last = 0
    while rows := await sync_to_async(_after)(last):
        yield _text(rows)
        last = rows[-1][0]
