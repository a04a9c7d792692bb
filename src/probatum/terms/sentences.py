"""Where sentences begin and end in biomedical prose.

A passage cut inside a sentence loses its number, its negation or its population, and a quote of it
misleads. One expression finds every place where a sentence might end and `full_stops` judges each
within a bounded window, so the time grows with the length of the text and with nothing else.
"""

import re
from collections.abc import Iterator
from typing import Final

from probatum.terms.full_stops import ends_sentence
from probatum.terms.words import STOPWORDS

# A run of marks, what closes after it, reference numbers set behind it ("survival.12 The",
# "survival.[3] Then"), and white space or, where the space was lost, a word with a capital. The
# look back keeps a long run of marks from being tried again from each of its members.
_STOP: Final = re.compile(
    r"""([.!?…。！？](?<![.!?…。！？]{2})[.!?…。！？]*+[)\]}"'”’»]*+
    (?:[ ]?\[\d[\d,;\s–-]{0,60}+\]
    |(?<=[a-z)\]%"”]\.)(?:\(\d[\d,;–-]{0,60}+\)|\d{1,3}(?:[,–-]\d{1,3}){0,20}+)
    |(?<=\.[)\]"”])\d{1,3}(?:[,–-]\d{1,3}){0,20}+
    |[⁰¹²³⁴-⁹]{1,9}+(?:[⁻˒,–-][⁰¹²³⁴-⁹]{1,9}+){0,20}+)?)
    (?:\s++|(?=[A-Z][A-Za-z]*+[\s,:])|(?<=[。！？]))""",
    re.VERBOSE,
)
_LINE: Final = re.compile(r"\n\s*+")
_BULLET: Final = re.compile(r"[-*•◦▪■●‣–—·]\s")
_NUMBERED: Final = re.compile(r"\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})[.)][ \t]")
# Nobody wraps lines wider than this, so in a text with a longer one each line is a paragraph.
_WIDEST: Final = 160
_LONGEST_HEADING: Final = 80


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans of the sentences in order: no white space at their ends, no other character left out.

    A blank line always parts, a single line break where the first line looks like a heading or the
    second like an item of a list. Brackets, quotes and reference numbers that stand behind a full
    stop belong to the sentence before; colons and semicolons part nothing.
    """
    spans: list[tuple[int, int]] = []
    for first, end in _segments(text):
        start = first
        for found in _STOP.finditer(text, start, end):
            following = found.end()
            if following < end and ends_sentence(
                text, start, found.start(), found.end(1), following
            ):
                spans.append((start, found.end(1)))
                start = following
        spans.append((start, end))
    return spans


def _segments(text: str) -> Iterator[tuple[int, int]]:
    """Stretches that no sentence crosses, trimmed: paragraphs, headings and items of lists."""
    start = line = 0
    if "\n" in text:
        wrapped = max(map(len, text.split("\n"))) <= _WIDEST
        for found in _LINE.finditer(text):
            at, following = found.span()
            if (
                not wrapped
                or text.count("\n", at, following) > 1
                or _parts(text, start, line, at, following)
            ):
                yield from _trimmed(text, start, at)
                start = following
            line = following
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    end = start + len(piece.strip())
    if start < end:
        yield start, end


def _parts(text: str, start: int, line: int, at: int, following: int) -> bool:
    """Whether a single line break parts: a heading before it or an item of a list after it."""
    before = text[line:at].strip()
    if not before or _BULLET.match(text, following):
        return True
    if _NUMBERED.match(text, following):
        return before[-1] in ".:;!?" or _NUMBERED.match(before) is not None
    after = text[following : following + 1]
    if len(before) > _LONGEST_HEADING or not (after.isupper() or after.isdigit()):
        return False
    # A heading opens its paragraph, or comes when the sentence before it is over.
    opens = line == start or text[max(start, line - 9) : line].rstrip()[-1:] in ".!?:"
    if not opens or not (before[0].isupper() or before[0].isdigit()) or before[-1] in ",;–-(":
        return False
    if before[-1] == ":" or before.isupper():
        return True
    if before.split()[-1].lower() in STOPWORDS:
        return False
    # Whoever wraps lines at a width would have set the next word here, had it found room.
    stop = text.find("\n", following)
    behind = text[following : stop if stop >= 0 else len(text)]
    return len(before) + 1 + len(behind.split()[0]) <= len(behind)
