"""RxNorm's names through RxNav: which ingredients a drug's name stands for.

Names only. RxNav's service of interactions ended in January 2024, and nothing here speaks of
interactions.
"""

from typing import Final

from probatum.sources.live.client import Client
from probatum.sources.live.errors import NotThereError
from probatum.sources.live.shape import shape_of

TITLE: Final = "RxNorm"
# "search=2": exact, then normalised (lhncbc.nlm.nih.gov/RxNav, findRxcuiByString).
_NORMALISED: Final = "2"


class RxNorm:
    """The look-up of names."""

    def __init__(self, client: Client) -> None:
        """Ask through this client."""
        self._client = client

    def ingredients(self, name: str) -> tuple[str, ...]:
        """The ingredients of a drug by brand or other name; none when RxNorm doesn't know it."""
        query = (("name", name), ("search", _NORMALISED))
        group = shape_of(self._client.get("rxnorm", "/rxcui.json", query), TITLE).part("idGroup")
        if not group.has("rxnormId"):
            return ()
        ids = [item.text() for item in group.part("rxnormId").items()]
        if not ids or not all(id.isdecimal() for id in ids):
            raise group.changed("holds no number of RxNorm")
        try:
            content = self._client.get("rxnorm", f"/rxcui/{ids[0]}/related.json", (("tty", "IN"),))
        except NotThereError:
            return ()
        groups = shape_of(content, TITLE).part("relatedGroup")
        if not groups.has("conceptGroup"):
            return ()
        names = [
            concept.part("name").text()
            for each in groups.part("conceptGroup").items()
            if each.has("conceptProperties")
            for concept in each.part("conceptProperties").items()
        ]
        return tuple(dict.fromkeys(names))
