"""Run the program that reads a PDF, bound it, and bring home what it found as plain data.

A page on which the library crashes or hangs costs that page and no other: the program is started
anew behind it.
"""

import json
import math
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from probatum.sources.layout.raised import lowered, marks, raised
from probatum.sources.layout.text import clean
from probatum.sources.limits import PAGES, SECONDS, TEXT_CHARACTERS, UnreadableError
from probatum.sources.pdf.words import Rule, Word

# How often the program is started again behind a page that brought it down.
_STARTS = 5
# Memory of the program beyond three times the file: 211 pages of a real guideline need about 200.
_MEGABYTES = 1_000
_PROGRAM = Path(__file__).with_name("child.py")


@dataclass(frozen=True)
class Page:
    """What one page holds: its words by turn (see `pdf.child`), straight lines, pictures."""

    number: int
    box: tuple[float, float, float, float]
    words: dict[int, list[Word]]
    rules: list[Rule]
    pictures: int = 0
    unknown: int = 0
    characters: int = 0
    cut: bool = False


@dataclass
class Extract:
    """The pages that could be read, and for each other page the reason."""

    count: int = 0
    about: dict[str, str] = field(default_factory=dict)
    bookmarks: list[tuple[int, str, int | None]] = field(default_factory=list)
    pages: dict[int, Page] = field(default_factory=dict)
    lost: dict[int, str] = field(default_factory=dict)


def extract(content: bytes, seconds: float = SECONDS) -> Extract:
    """All pages of a PDF; an UnreadableError where the file as a whole cannot be opened."""
    found = Extract()
    end = time.monotonic() + seconds
    first = 0
    for _ in range(_STARTS):
        done = _run(content, first, found, end)
        seen = found.pages.keys() | found.lost.keys()
        first = max(seen, default=-1) + 1
        if done or first >= min(found.count, PAGES):
            break
        if time.monotonic() > end:
            late = f"reading it takes longer than {seconds:.0f} seconds"
            if not found.count:
                raise UnreadableError(late)
            _lose(found, first, late)
            break
        found.lost[first] = "it breaks the PDF library, or keeps it busy too long"
        first += 1
    if not found.count:
        raise UnreadableError("it is damaged: the PDF library cannot open it")
    _lose(found, PAGES, f"the file has more than {PAGES} pages")
    _lose(found, first, "too many of its pages break the PDF library")
    return found


def _lose(found: Extract, first: int, reason: str) -> None:
    """Give a reason for every page from some page on that was neither read nor given up."""
    for number in range(first, min(found.count, first + 1_000_000)):
        if number not in found.pages:
            found.lost.setdefault(number, reason)


def _run(content: bytes, first: int, found: Extract, end: float) -> bool:
    """Read pages from one start of the program; False where it ended before its work did."""
    left = max(end - time.monotonic(), 0.1)
    arguments = [first, PAGES, TEXT_CHARACTERS, math.ceil(left), _MEGABYTES]
    with subprocess.Popen(  # noqa: S603 - our own program, by its path, without a shell
        [sys.executable, "-P", str(_PROGRAM), *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        guard = threading.Timer(left, process.kill)
        guard.start()
        try:
            return _converse(process, content, found)
        finally:
            guard.cancel()
            process.kill()


def _converse(process: subprocess.Popen[bytes], content: bytes, found: Extract) -> bool:
    if process.stdin is None or process.stdout is None:
        return False
    try:
        process.stdin.write(content)
        process.stdin.close()
    except BrokenPipeError:
        return False
    for line in process.stdout:
        try:
            _take(json.loads(line), found)
        except (ValueError, TypeError, KeyError, IndexError):
            return False
    return process.wait() == 0


def _take(value: dict[str, Any], found: Extract) -> None:
    error = value.get("error")
    if error == "password":
        raise UnreadableError("it is encrypted and needs a password")
    if error == "format":
        raise UnreadableError("it is damaged: the PDF library cannot open it")
    if "pages" in value:
        found.count = int(value["pages"])
        if not found.about:
            found.about = {key: clean(str(text)) for key, text in value["about"].items()}
            found.bookmarks = [
                (int(level), clean(str(title)), place) for level, title, place in value["bookmarks"]
            ]
        return
    number = int(value["page"])
    if error == "length":
        _lose(found, number, f"the file has more than {TEXT_CHARACTERS} characters")
    elif error is not None:
        found.lost[number] = "the PDF library cannot read it"
    else:
        found.pages[number] = _page(number, value)


def _page(number: int, value: dict[str, Any]) -> Page:
    left, bottom, right, top = (float(side) for side in value["box"])
    words = {
        int(turn): [word for word in (_word(entry) for entry in entries) if word.text]
        for turn, entries in value["words"].items()
    }
    rules = [Rule(*(float(side) for side in entry)) for entry in value["lines"]]
    rules = [rule for rule in rules if rule.right >= left and rule.left <= right]
    return Page(
        number,
        (left, bottom, right, top),
        {turn: entries for turn, entries in words.items() if entries},
        rules,
        int(value["pictures"]),
        int(value["unknown"]),
        int(value["characters"]),
        bool(value["cut"]),
    )


def _word(entry: list[Any]) -> Word:
    parts, *places, size, bold = entry
    left, right, base, bottom, top = (float(place) for place in places)
    text = ""
    for part, level in parts:
        if level > 0:
            text += raised(text, str(part)) if text else marks(str(part))
        else:
            text += lowered(text, str(part)) if level else str(part)
    return Word(clean(text), left, right, base, bottom, top, max(float(size), 0.1), bool(bold))
