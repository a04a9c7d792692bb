"""Text is cleaned once, on the way in; every offset afterwards refers to the cleaned text."""

import re
import unicodedata

# C0 and C1 controls, soft hyphen, zero-width and bidirectional marks, byte order mark, and code
# points that are no characters: none is read by a person, and some reorder or hide what is.
_UNREADABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f\ud800-\udfff]"
)

_BREAKS = dict.fromkeys(map(ord, "\x0b\x0c\u2028\u2029"), " ")


def clean(text: str) -> str:
    """One line of readable text: NFC, no control or invisible characters, single spaces."""
    printable = text.isprintable()
    if not printable:
        text = _UNREADABLE.sub("", text.translate(_BREAKS))
    if not text.isascii():
        # Only now: an accent behind a character that was taken out joins the letter before it.
        text = unicodedata.normalize("NFC", text)
    if printable and "  " not in text:
        return text.strip(" ")
    return " ".join(text.split())
