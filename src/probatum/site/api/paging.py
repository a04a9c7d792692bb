"""Part of a list: the same two parameters and the same fields wherever something is listed."""

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import Field

from probatum.service.arguments import FURTHEST_SOURCE, MOST_LISTED, Arguments


class Part(Arguments):
    """Which part of a list."""

    limit: Annotated[int, Field(ge=1, le=MOST_LISTED)] = 50
    offset: Annotated[int, Field(ge=0, le=FURTHEST_SOURCE)] = 0


def part_of(name: str, rows: Sequence[Any], part: Part) -> dict[str, Any]:
    """`count` of all, `next` as the offset of the further ones or null, and the rows."""
    end = part.offset + part.limit
    return {
        "count": len(rows),
        "next": end if end < len(rows) else None,
        name: list(rows[part.offset : end]),
    }
