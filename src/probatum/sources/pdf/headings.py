"""Which pieces of a PDF are headings, and which heading stands over which.

A PDF knows no headings, only larger or bolder letters. Where the file carries bookmarks they are
the author's own word for it; else size, weight, place and numbering are ranked.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from probatum.sources.pdf.paragraphs import Piece

_LARGER = 1.06
_LONGEST = 200
_MOST_LINES = 4
_LONG = 3  # pages
_NUMBERING = re.compile(
    r"(?:(?:chapter|section|part|appendix)\s+)?((?:\d{1,2}\.)*\d{1,2})\.?\s+\S", re.I
)
_CAPTION = re.compile(r"(?:table|figure|fig\.?|box|algorithm)(?:\s+[A-Z]?\d|\s*[.:]\s)", re.I)
# A line of a list of contents, an address.
_NO_HEADING = re.compile(r"\.{4,}|(?:\. ){3,}|(?:\.\s?){5,}|@|://")
_LETTERS = re.compile(r"[\W_]+")
# Sections of every paper, headings wherever they stand alone.
_USUAL_WORDS = (
    "abstract introduction background methods results discussion conclusion conclusions "
    "references bibliography acknowledgments acknowledgements funding appendix glossary"
)
_USUAL = frozenset(_USUAL_WORDS.split())
# A list of contents stands over itself only.
_CONTENTS = frozenset(("contents", "tableofcontents"))
_OPENERS = ("(", "[", "•", "“", '"', "*", "†")

# Compared like numbers, smaller standing over larger: 0 for bookmarks, then ranks of style.
Level = tuple[int, int]


def is_caption(text: str) -> bool:
    """Whether a piece names a table, figure or box."""
    return _CAPTION.match(text) is not None


def body_size(pieces: Sequence[Piece]) -> float:
    """The size of most letters of the work."""
    sizes: Counter[float] = Counter()
    for piece in pieces:
        sizes[piece.size] += len(piece.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


@dataclass(frozen=True, order=True)
class _Style:
    """How a heading looks; the first in order is the most prominent."""

    size: float
    plain_case: bool
    aside: bool
    light: bool

    @classmethod
    def of(cls, piece: Piece) -> "_Style":
        caps = piece.text.isupper()
        return cls(-round(piece.size * 2) / 2, not caps, not piece.centred, not piece.bold)


def _looks(piece: Piece, body: float) -> bool:
    text = piece.text
    if (
        piece.table
        or piece.item
        or not any(map(str.isalpha, text))
        or len(text) > _LONGEST
        or len(piece.lines) > _MOST_LINES
        or text.startswith(_OPENERS)
        or text[0].islower()
        or is_caption(text)
        or _NO_HEADING.search(text)
    ):
        return False
    larger = piece.size > _LARGER * body
    if text.endswith((".", ",", ";")) and not (larger and len(text) < 80):
        return False
    if larger:
        return True
    if piece.size < 0.95 * body:
        return False
    caps = text.isupper() and len(text) > 4 and len(piece.lines) <= 2 and len(text) <= 100
    return piece.bold or caps


def _plain(text: str) -> str:
    return _LETTERS.sub("", text).lower()


def _bookmarked(
    pieces: Sequence[Piece], bookmarks: Sequence[tuple[int, str, int | None]]
) -> dict[int, Level]:
    """Pieces that a bookmark names, on its page or one beside it."""
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for place, piece in enumerate(pieces):
        if piece.text and len(piece.text) <= 2 * _LONGEST and not piece.table:
            places[_plain(piece.text)].append((place, piece.page))
    found: dict[int, Level] = {}
    for level, title, page in bookmarks:
        for place, at in places.get(_plain(title), []) if page is not None and title else []:
            if page is not None and abs(at - page) <= 1 and place not in found:
                found[place] = (0, level)
                break
    return found


def levels(
    pieces: Sequence[Piece], bookmarks: Sequence[tuple[int, str, int | None]], title: str
) -> dict[int, Level]:
    """The level of each piece that is a heading, by its place. The work's title is none."""
    body = body_size(pieces)
    found = _bookmarked(pieces, bookmarks)
    looks = [n for n, piece in enumerate(pieces) if n not in found and _looks(piece, body)]
    looks = [
        n for n in looks if not (pieces[n].page == 0 and _plain(pieces[n].text) == _plain(title))
    ]
    styles = {n: _Style.of(pieces[n]) for n in looks}
    listing = {pieces[n].page for n in looks if _plain(pieces[n].text) in _CONTENTS}
    usual = [n for n, p in enumerate(pieces) if _is_usual(p) and p.page not in listing]
    ranks = {style: rank for rank, style in enumerate(sorted(set(styles.values())), start=1)}
    inside = {style for n, style in styles.items() if pieces[n].page}
    long = pieces[-1].page > _LONG if pieces else False
    for n, style in styles.items():
        numbering = _NUMBERING.match(pieces[n].text)
        depth = numbering[1].count(".") + 1 if numbering else 0
        # Names on a title page are large, but nothing stands under them; nor under "Contents".
        alone = long and not pieces[n].page and style not in inside
        alone = alone or _plain(pieces[n].text) in _CONTENTS
        found[n] = (len(ranks) + 1, 0) if alone else (ranks[style], depth)
    alike = Counter(ranks[styles[n]] for n in usual if n in styles)
    common = (alike or Counter(ranks[style] for style in styles.values())).most_common(1)
    for n in usual:
        found.setdefault(n, (common[0][0] if common else 1, 0))
    return found


def _is_usual(piece: Piece) -> bool:
    return len(piece.lines) == 1 and piece.text.rstrip(":").lower() in _USUAL
