"""Characters that could change what a reader sees are taken out before anything is printed.

A control character can move a terminal's cursor, and a direction override can turn "0.69" into
"96.0" on the page; neither belongs in an answer, wherever the text came from.
"""

import re

# C0 and C1 controls but for tab, line feed and carriage return, which fold into a space below;
# zero-width and direction controls (Unicode Bidirectional Algorithm, UAX #9, section 2), line and
# paragraph separators, interlinear marks, tags and lone surrogates.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e007f]"
)
_BLANK = re.compile(r"[\t\u2028\u2029 ]+")
_SPACE = re.compile(r"[\t\n\r\u2028\u2029 ]+")


def plain(text: str) -> str:
    """The text on one line, without characters that steer a terminal or reorder a page."""
    return _SPACE.sub(" ", _UNSAFE.sub("", text)).strip()


def part(text: str) -> str:
    """Part of a held text: the same, but its lines stay lines and the blanks at its ends stay."""
    return _BLANK.sub(" ", _UNSAFE.sub("", text.replace("\r", "")))
