"""What each check does and cannot see, read from the check itself.

The explanation of a check stands once, at the head of its module; this page shows that text, so the
public account of a check can't drift from its code.
"""

import re
import sys
from dataclasses import dataclass
from functools import cache

from probatum.checks.gate import CHECKS, NAMES
from probatum.render.language import told
from probatum.render.words import check_name

_BLIND = re.compile(r"(?<=[.)] )It cannot see|^It cannot see")
# Markers of the design's list of defects; they mean nothing on this page.
_MARKER = re.compile(r"\s*\(D\d+(?:, D\d+)*\)|`")


@dataclass(frozen=True)
class CheckText:
    """A check in words."""

    name: str
    does: str
    blind: str


@cache
def written() -> tuple[CheckText, ...]:
    """Each check by its own name, with the English of its module."""
    found = []
    for name, check in zip(NAMES, CHECKS, strict=True):
        text = " ".join((sys.modules[check.__module__].__doc__ or "").split())
        text = _MARKER.sub("", text)
        at = _BLIND.search(text)
        does, blind = (text[: at.start()], text[at.start() :]) if at else (text, "")
        found.append(CheckText(name, does.strip(), blind.strip()))
    return tuple(found)


def check_texts() -> tuple[CheckText, ...]:
    """All checks in the order in which they run, in the language of the page."""
    return tuple(
        CheckText(check_name(each.name), told(each.does), told(each.blind)) for each in written()
    )
