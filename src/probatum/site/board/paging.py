"""A long list in pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.http import HttpRequest

SIZE = 50
T = TypeVar("T")


@dataclass(frozen=True)
class Paged(Generic[T]):
    """One page of a list, with the addresses of the pages beside it."""

    rows: Sequence[T]
    held: int
    number: int
    pages: int
    before: str | None
    after: str | None


def paged(rows: Sequence[T], request: HttpRequest, size: int = SIZE) -> Paged[T]:
    """The page that the address names; the nearest one when there is none of that number."""
    pages = max(1, -(-len(rows) // size))
    typed = request.GET.get("page", "")
    wanted = int(typed[:9]) if typed.isascii() and typed.isdigit() else 1
    number = min(max(1, wanted), pages)

    def address(other: int) -> str | None:
        if not 1 <= other <= pages:
            return None
        query = request.GET.copy()
        query["page"] = str(other)
        return f"{request.path}?{query.urlencode()}"

    part = rows[(number - 1) * size : number * size]
    return Paged(part, len(rows), number, pages, address(number - 1), address(number + 1))
