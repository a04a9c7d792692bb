"""Which words of the interface were left in English on a page in another language."""

import re
from collections.abc import Iterable
from functools import cache

from scripts.translation import catalogue


@cache
def _english() -> set[str]:
    """The entries of the German catalogue that are other words there, without values and tags."""
    return {
        str(entry.id)
        for entry in catalogue.read("de")
        if isinstance(entry.id, str)
        and entry.id not in ("", entry.string)
        and not entry.context
        and not re.search("[%<]", entry.id)
    }


def left_in_english(texts: Iterable[str]) -> set[str]:
    """Those of the texts that the catalogue has in German."""
    pieces = {" ".join(text.split()) for text in texts}
    return _english() & {*pieces, *(piece.strip(" .:;,–()") for piece in pieces)}
