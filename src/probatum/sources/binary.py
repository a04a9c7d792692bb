"""Whether bytes are a text at all, for formats that any bytes could be taken for.

A program that is named a page or a note would else become one, in words that nobody wrote.
"""

import codecs
import re
from typing import Final

_MARKED: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
_CONTROLS: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# A text has a stray control here and there; of random bytes one in ten is one.
_SHARE: Final = 0.02
_LOOKED_AT: Final = 65_536
BINARY: Final = "it is binary data, not text"
WITHOUT_MARK: Final = "it is text in UTF-16 without its byte order mark; save it as UTF-8"


def why_no_text(content: bytes) -> str | None:
    """What the bytes are instead of a text, or None."""
    start = content[:_LOOKED_AT]
    if start.startswith(_MARKED):
        return None
    if len(start) > 3 and max(start[::2].count(0), start[1::2].count(0)) > 0.4 * len(start):
        return WITHOUT_MARK
    return BINARY if len(_CONTROLS.findall(start)) > _SHARE * len(start) else None
