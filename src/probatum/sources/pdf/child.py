"""A program of its own that reads the words of a PDF: what it does wrong stays in its process.

PDFium is a large C++ library fed with files from strangers: a broken one may crash it, fill the
memory or keep it busy for hours. So it runs here, apart, under limits, and only plain JSON comes
out: a line about the file, then a line for each page. The program is started by `pdf_process` by
its path, and imports nothing of Probatum: it starts in a tenth of a second.

    python -P child.py FIRST_PAGE MOST_PAGES MOST_CHARACTERS SECONDS MEGABYTES < file.pdf

A page's words come in reading coordinates (x to the right, y upwards) of the way they are turned:
0 to 3 quarter turns, or 4 for slanted text such as a watermark.
"""

import ctypes
import itertools
import json
import math
import signal
import sys
from contextlib import suppress
from typing import Any

# One page may take this long, and hold so many characters; a printed page has about 6,000.
_PAGE_SECONDS, _PAGE_CHARACTERS, _PAGE_OBJECTS = 20, 200_000, 20_000
_BOOKMARKS, _BOOKMARK_DEPTH = 10_000, 15
_SLANTED = 4
_BOLD_WEIGHT = 600
_BOLD_NAMES = ("bold", "black", "heavy", "demi")
_HYPHENS = (0x02, 0xFFFE)  # how PDFium writes a hyphen that ends a line


def limit(megabytes: int, seconds: int) -> None:
    """Bind this process: memory, time, no core file. Not every system has all three."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds + 1, seconds + 1))
        size = megabytes * 1_000_000
        resource.setrlimit(resource.RLIMIT_AS, (size, size))


def watch(seconds: float) -> None:
    """End this process if it is still busy after some seconds; 0 calls that off. The signal's
    default action is used, as a Python handler would wait for the C code to return."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


class _Style:
    """Size, weight and turn of the text object that a character belongs to."""

    def __init__(self, raw: Any, page: Any, index: int) -> None:
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(page, index, matrix)
        scale = math.hypot(matrix.c, matrix.d) or 1.0
        self.size = raw.FPDFText_GetFontSize(page, index) * scale
        turns = math.degrees(math.atan2(matrix.b, matrix.a)) / 90
        self.turn = round(turns) % 4 if abs(turns - round(turns)) < 0.05 else _SLANTED
        name = ctypes.create_string_buffer(128)
        flags = ctypes.c_int()
        raw.FPDFText_GetFontInfo(page, index, name, 128, flags)
        face = name.value.decode("latin-1").lower()
        weight = raw.FPDFText_GetFontWeight(page, index)
        self.bold = weight >= _BOLD_WEIGHT or any(word in face for word in _BOLD_NAMES)


def _turned(turn: int, x: float, y: float) -> tuple[float, float]:
    return {1: (y, -x), 2: (-x, -y), 3: (-y, x)}.get(turn, (x, y))


class _Words:
    """Characters gathered into words: parts, left, right, baseline, bottom, top, size, bold.

    A word's parts are texts, each with 1 if it is raised, -1 if lowered, else 0.
    """

    def __init__(self) -> None:
        self.turns: dict[int, list[list[Any]]] = {}
        self._text: list[tuple[str, _Style, float]] = []
        self._word: list[float] = []
        self._left = 0.0
        self._style: _Style | None = None

    def end(self) -> None:
        if self._text:
            _, main, base = max(self._text, key=lambda entry: entry[1].size)
            parts: list[list[Any]] = []
            for text, style, height in self._text:
                away = (height - base) / main.size if style.size < 0.85 * main.size else 0.0
                level = 1 if away > 0.1 else -1 if away < -0.04 else 0
                if parts and parts[-1][1] == level:
                    parts[-1][0] += text
                else:
                    parts.append([text, level])
            for part in parts:
                part[0] = part[0].encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            left, right, _, bottom, top = self._word
            places = [round(each, 1) for each in (left, right, base, bottom, top, main.size)]
            self.turns.setdefault(main.turn, []).append([parts, *places, int(main.bold)])
        self._text = []

    def add(self, text: str, style: _Style, box: Any, origin: tuple[float, float]) -> None:
        one = _turned(style.turn, box.left, box.bottom)
        other = _turned(style.turn, box.right, box.top)
        (left, right), (bottom, top) = (sorted(pair) for pair in zip(one, other, strict=True))
        base = _turned(style.turn, *origin)[1]
        if self._text and not self._goes_on(style, left, base):
            self.end()
        if not self._text:
            self._word = [left, right, base, bottom, top]
        else:
            word = self._word
            self._word = [min(left, word[0]), max(right, word[1]), *word[2:]]
        self._style, self._left = style, left
        self._text.append((text, style, base))

    def _goes_on(self, style: _Style, left: float, base: float) -> bool:
        last = self._style
        if last is None or style.turn != last.turn or style.turn == _SLANTED:
            return last is style
        size = max(last.size, style.size)
        # The letters of a ligature share one box: the second begins where the first does.
        near = self._left - 0.2 * size < left < self._word[1] + 0.5 * size
        return bool(near and abs(base - self._word[2]) < 0.6 * size)


def words_of(raw: Any, page: Any, count: int) -> tuple[dict[int, list[list[Any]]], int]:
    """The words of a page by turn, and how many characters have no known meaning."""
    words, style, last, unknown = _Words(), None, None, 0
    box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    for index in range(count):
        code = raw.FPDFText_GetUnicode(page, index)
        if code in _HYPHENS:
            code = 0x2D
        text = chr(code) if 0 < code < 0x110000 else " "
        if text.isspace():
            words.end()
            continue
        handle = ctypes.cast(raw.FPDFText_GetTextObject(page, index), ctypes.c_void_p).value
        if style is None or handle != last:
            style, last = _Style(raw, page, index), handle
        raw.FPDFText_GetLooseCharBox(page, index, box)
        raw.FPDFText_GetCharOrigin(page, index, x, y)
        unknown += raw.FPDFText_HasUnicodeMapError(page, index) == 1 or code == 0xFFFD
        words.add(text, style, box, (x.value, y.value))
    words.end()
    return words.turns, unknown


def drawn(raw: Any, page: Any) -> tuple[list[list[float]], int]:
    """The straight lines drawn on a page (edges of boxes too), and how many pictures it has."""
    lines, pictures = [], 0
    sides = [ctypes.c_float() for _ in range(4)]
    for index in range(min(raw.FPDFPage_CountObjects(page), _PAGE_OBJECTS)):
        thing = raw.FPDFPage_GetObject(page, index)
        kind = raw.FPDFPageObj_GetType(thing)
        if kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM, raw.FPDF_PAGEOBJ_SHADING):
            pictures += 1
        if kind != raw.FPDF_PAGEOBJ_PATH or not raw.FPDFPageObj_GetBounds(thing, *sides):
            continue
        left, bottom, right, top = (round(side.value, 1) for side in sides)
        if right - left < 3 or top - bottom < 3:
            lines.append([left, bottom, right, top])
            continue
        mode, stroked = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(thing, mode, stroked)
        if stroked.value and raw.FPDFPath_CountSegments(thing) <= 6:
            lines += [[left, bottom, right, bottom], [left, top, right, top]]
            lines += [[left, bottom, left, top], [right, bottom, right, top]]
        elif not stroked.value and raw.FPDFPath_CountSegments(thing) > 12:
            pictures += 1  # letters or a figure drawn as outlines
    return lines, pictures


def page_of(pdfium: Any, document: Any, index: int) -> dict[str, Any]:
    """One page as plain data."""
    raw = pdfium.raw
    page = document[index]
    try:
        text = page.get_textpage()
        try:
            characters = max(raw.FPDFText_CountChars(text), 0)
            words, unknown = words_of(raw, text, min(characters, _PAGE_CHARACTERS))
        finally:
            text.close()
        lines, pictures = drawn(raw, page)
        box = page.get_cropbox()
    finally:
        page.close()
    return {
        "page": index,
        "box": [round(side, 1) for side in box],
        "words": {str(turn): found for turn, found in words.items()},
        "lines": lines,
        "pictures": pictures,
        "unknown": unknown,
        "characters": characters,
        "cut": characters > _PAGE_CHARACTERS,
    }


def _bookmarks(document: Any) -> list[list[Any]]:
    found = []
    for mark in itertools.islice(document.get_toc(max_depth=_BOOKMARK_DEPTH), _BOOKMARKS):
        place = mark.get_dest()
        found.append([mark.level, mark.get_title()[:500], place.get_index() if place else None])
    return found


def _say(value: dict[str, Any]) -> None:
    print(json.dumps(value), flush=True)  # noqa: T201 - what this program is for


def main(first: int, most_pages: int, most_characters: int, seconds: int, megabytes: int) -> None:
    """Write the file's line and its pages' lines, until the file or a limit ends."""
    content = sys.stdin.buffer.read()
    limit(megabytes + 3 * len(content) // 1_000_000, seconds)
    import pypdfium2 as pdfium  # type: ignore[import-untyped]

    watch(_PAGE_SECONDS)
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        locked = getattr(error, "err_code", None) == pdfium.raw.FPDF_ERR_PASSWORD
        _say({"error": "password" if locked or "password" in str(error).lower() else "format"})
        return
    pages, marks = len(document), []
    if not first:
        with suppress(Exception):
            marks = _bookmarks(document)
    _say({"pages": pages, "about": document.get_metadata_dict(), "bookmarks": marks})
    left = most_characters
    for index in range(first, min(pages, most_pages)):
        watch(_PAGE_SECONDS)
        try:
            page = page_of(pdfium, document, index)
        except pdfium.PdfiumError:
            _say({"page": index, "error": "page"})
            continue
        left -= page["characters"]
        if left < 0:
            _say({"page": index, "error": "length"})
            return
        _say(page)
    watch(0)


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:6]))
