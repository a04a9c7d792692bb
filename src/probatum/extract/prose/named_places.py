"""Where a named end point stands beside figures: in brackets of its own, or right behind them."""

import re
from collections.abc import Sequence
from typing import Final

from probatum.extract.prose.endpoint_names import Mention
from probatum.extract.prose.text import Prose

# How far behind its figures a result may name its end point: "4.3 (95% CI ...) for oral cancer".
_BEHIND: Final = 60


def bracketed(prose: Prose, mention: Mention, start: int) -> bool:
    """Whether a mention stands in brackets that close before the figures."""
    depth = 0
    for character in prose.plain[mention.end : start]:
        depth += (character in "([") - (character in ")]")
        if depth < 0:
            return True
    return False


def behind(prose: Prose, found: Sequence[Mention], end: int) -> Mention | None:
    """The mention that figures are said to be for, in or of."""
    for mention in found:
        if mention.start < end:
            continue
        gap = prose.plain[end : mention.start]
        if (
            len(gap) <= _BEHIND
            and re.match(r"[\s)\];,]*(?:for|in|of)\b", gap + " ")
            and not re.search(r"\d|\.\s", gap)
        ):
            return mention
        return None
    return None
