"""Words that a line's end has cut in two, put together again.

A hyphen at the end of a line is either the printer's or the word's own: "treat-/ment", but
"long-/term". The document's other words decide; only before a small letter is it ever removed.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CUT = re.compile(r"([^\W\d_]{2,})-$")
_GOES_ON = re.compile(r"[^\W\d_]+")
# Word parts that keep their hyphen before a whole word.
_PREFIXES = frozenset(("non", "anti", "self", "well", "high", "low", "long", "short", "cross"))


class Words:
    """The words of a document as they are written inside lines, hyphenated ones whole."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._seen: Counter[str] = Counter()
        cut = False
        for line in lines:
            words = [word.lower() for word in _WORD.findall(line)]
            halves = slice(1 if cut else 0, -1 if line.endswith("-") else None)
            self._seen.update(words[halves])
            cut = line.endswith("-")

    def join(self, lines: Sequence[str]) -> str:
        """The lines of one paragraph as one line."""
        text = ""
        for line in lines:
            text = self._joined(text, line) if text else line
        return text

    def _joined(self, text: str, line: str) -> str:
        if text.endswith("-") and len(text) > 1 and not text[-2].isspace():
            cut, rest = _CUT.search(text), _GOES_ON.match(line)
            if cut and rest and line[0].islower() and self._printers(cut[1], rest[0]):
                return text[:-1] + line
            return text + line  # "anti-/PD-1", "10-/year", "5-/fluorouracil": the word's own
        if text.endswith("/") or (
            text.endswith("–") and text[-2:-1].isdigit() and line[0].isdigit()
        ):
            return text + line  # "and/" and "or", an address, "10–/20"
        return f"{text} {line}"

    def _printers(self, first: str, second: str) -> bool:
        first, second = first.lower(), second.lower()
        whole, parted = self._seen[first + second], self._seen[f"{first}-{second}"]
        if whole or parted:
            return whole >= parted
        if first in _PREFIXES:
            return False
        return not (self._seen[first] and self._seen[second])
