"""Europe PMC: which open-access articles there are on a topic, and their full text in JATS."""

import re
from datetime import date
from typing import Final

from probatum.sources.live.client import XML, Client
from probatum.sources.live.shape import shape_of

TITLE: Final = "Europe PMC"
PMCID: Final = re.compile(r"PMC\d{1,9}")
# Its largest page (europepmc.org/RestfulWebService, pageSize).
_PAGE: Final = 1_000


class EuropePMC:
    """The search, and the text."""

    def __init__(self, client: Client) -> None:
        """Ask through this client."""
        self._client = client

    def open_access(
        self, words: str, most: int, since: date | None = None
    ) -> tuple[tuple[str, ...], int]:
        """PMC numbers of open-access articles, most relevant first, and how many there are."""
        asked = f"({words}) AND OPEN_ACCESS:y AND IN_EPMC:y"
        if since is not None:
            asked += f" AND FIRST_PDATE:[{since.isoformat()} TO 3000-12-31]"
        found: dict[str, None] = {}
        total, cursor = 0, "*"
        while len(found) < most:
            query = (
                ("query", asked), ("resultType", "lite"), ("format", "json"),
                ("pageSize", str(min(_PAGE, most - len(found)))), ("cursorMark", cursor),
            )  # fmt: skip
            answer = shape_of(self._client.get("europepmc", "/search", query), TITLE)
            total = answer.part("hitCount").number()
            rows = list(answer.part("resultList", "result").items())
            for row in rows:
                if row.has("pmcid"):
                    number = row.part("pmcid").text()
                    if PMCID.fullmatch(number) is None:
                        raise row.part("pmcid").changed("is no PMC number")
                    found[number] = None
            after = answer.part("nextCursorMark").text() if answer.has("nextCursorMark") else ""
            if not rows or not after or after == cursor:
                break
            cursor = after
        return tuple(found)[:most], total

    def text(self, number: str) -> bytes:
        """An article's full text."""
        return self._client.get("europepmc", f"/{number}/fullTextXML", kinds=XML)
