"""From the words on the pages to pieces of text in reading order, joined across pages."""

import time
from collections.abc import Sequence

from probatum.sources.limits import UnreadableError
from probatum.sources.pdf.columns import regions
from probatum.sources.pdf.grids import without_grids
from probatum.sources.pdf.headings import body_size, is_caption
from probatum.sources.pdf.hyphens import Words
from probatum.sources.pdf.items import bulleted
from probatum.sources.pdf.margins import Sheet, without_margins
from probatum.sources.pdf.paragraphs import Piece, Pitches, ended, pieces
from probatum.sources.pdf.process import Page
from probatum.sources.pdf.tables import with_tables
from probatum.sources.pdf.words import Line, Rule, Word

# Footnotes are set in letters this much smaller, in the lower part of the page.
_NOTE_SIZE = 0.93
_NOTE_HEIGHT = 0.45


def lay_out(pages: Sequence[Page], end: float) -> list[Piece]:
    """All pieces of a document in reading order; `end` is when it has to be done."""
    sheets, turned = [], []
    for page in pages:
        turn = max((0, 1, 2, 3), key=lambda turn: len(page.words.get(turn, [])))
        words = page.words.get(turn, [])
        low = min((word.bottom for word in words), default=0.0)
        high = max((word.top for word in words), default=1.0)
        edges = (page.box[1], page.box[3]) if turn == 0 else (low, high)
        sheets.append(Sheet(page.number, words, *edges))
        turned.append((turn, page))
    bare = without_margins(sheets)
    if not any(bare):  # every page is a line or two that look alike: they are the text
        bare = [sheet.words for sheet in sheets]
    laid: list[list[tuple[list[Line], float]]] = []
    for (turn, page), words in zip(turned, bare, strict=True):
        _in_time(end)
        laid.append(_page_regions(turn, page, words))
    flat = [lines for page_laid in laid for lines, _ in page_laid]
    pitches = Pitches.of(flat)
    vocabulary = Words(line.text for lines in flat for line in lines)
    found: list[list[Piece]] = []
    for page, page_laid in zip(pages, laid, strict=True):
        _in_time(end)
        found.append(
            [piece for lines, _ in page_laid for piece in pieces(lines, page.number, pitches)]
        )
    for page, page_pieces in zip(pages, found, strict=True):
        for piece in page_pieces:
            _write(piece, vocabulary)
        _mark_notes(page_pieces, page)
    everything = [piece for page_pieces in found for piece in page_pieces]
    return _joined(everything, body_size(everything), vocabulary)


def _in_time(end: float) -> None:
    if time.monotonic() > end:
        raise UnreadableError("its layout takes too long to make out")


def _page_regions(turn: int, page: Page, words: list[Word]) -> list[tuple[list[Line], float]]:
    rules = page.rules if turn == 0 else []
    found = _regions(words, rules)
    for other, others in page.words.items():
        if other != turn:
            found += _regions(others, [])
    return [(lines, page.box[3]) for lines in found]


def _regions(words: list[Word], rules: list[Rule]) -> list[list[Line]]:
    held = without_grids(words, rules) if rules else words
    return [with_tables(lines, rules) for lines in regions(held, rules)]


def _write(piece: Piece, vocabulary: Words) -> None:
    if piece.table:
        return
    lines = [line.text for line in piece.lines]
    if piece.item and bulleted(piece.lines[0]):
        lines[0] = " ".join(word.text for word in piece.lines[0].words[1:])
    piece.text = vocabulary.join([line for line in lines if line])


def _mark_notes(found: list[Piece], page: Page) -> None:
    """Footnotes: the last pieces of a page, small and low. They are kept, behind the paragraph that
    goes on over the page's end, and never joined with it."""
    if page.number in {piece.page for piece in found}:
        body = body_size(found)
        line = page.box[1] + _NOTE_HEIGHT * (page.box[3] - page.box[1])
        for piece in reversed(found):
            small = not piece.table and piece.size <= _NOTE_SIZE * body
            if not small or piece.lines[0].base > line or is_caption(piece.text):
                break
            piece.note = True


def _joined(found: list[Piece], body: float, vocabulary: Words) -> list[Piece]:
    """Pieces that a column's or page's end has cut are made whole again."""
    whole: list[Piece] = []
    notes: list[Piece] = []
    for piece in found:
        last = whole[-1] if whole else None
        if piece.note:
            notes.append(piece)
        elif last and _goes_on(last, piece, body):
            last.lines += piece.lines
            last.text = vocabulary.join([last.text, piece.text])
        else:
            whole += notes
            notes = []
            if piece.text or piece.table:
                whole.append(piece)
    return whole + notes


def _goes_on(last: Piece, piece: Piece, body: float) -> bool:
    first, final = piece.lines[0], last.lines[-1]
    if last.table or piece.table or last.note or piece.item or not last.text or not piece.text:
        return False
    if abs(first.size - final.size) > 0.5 or ended(last.text) or last.centred:
        return False
    moved = piece.page != last.page or first.base > final.base
    if not moved or (last.bold and not first.bold) or last.size > 1.12 * body:
        return False
    full = last.edges[1] - final.right < 0.25 * (last.edges[1] - last.edges[0])
    return piece.text[0].islower() or (full and not first.bold and not piece.text[0].isdigit())
