"""A table as a grid: what each column holds, what each row is about, and how large each group is.

A value is tied to its arm by its column or row, never by the order in which arms are told
elsewhere. A column whose header names no P value, estimate, time or measure is an arm's only if
the table shows that its columns are groups; otherwise its rows may be.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from probatum.extract.lines import Cell, Line
from probatum.extract.result import EffectType
from probatum.extract.tables import words as said
from probatum.extract.tables.figures import Figures, figures, interval, p_value
from probatum.terms.units import canonical_unit

Role = Literal["label", "arm", "p", "effect", "interval", "total", "end point"]
# A table wider or longer than this is a listing of data, not of results.
_WIDEST: Final = 60
_LONGEST: Final = 600


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its role and the pieces of its header that say of whom, what and when."""

    at: int
    role: Role
    header: str
    arm: str = ""
    measure: str = ""
    time: str = ""
    about: str = ""
    effect: EffectType | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells, its own label and the labels that stand above it."""

    line: Line
    cells: tuple[Cell, ...]
    label: str
    group: str = ""

    @property
    def about(self) -> str:
        """The end point in the row's words, with the group of rows that it belongs to."""
        if self.group and self.group.casefold() not in self.label.casefold():
            return f"{self.group}: {self.label}"
        return self.label


@dataclass(frozen=True)
class Grid:
    """A table that could be read; `sizes` has the number analysed by the arm's key.

    `notes` are its footnotes, which often say alone what stands in brackets.
    """

    caption: Line | None
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    sizes: Mapping[str, int] = field(default_factory=dict)
    notes: str = ""

    @property
    def title(self) -> str:
        """The caption's words."""
        return self.caption.text if self.caption else ""

    def size(self, name: str) -> int | None:
        """How many the arm of that name has."""
        return self.sizes.get(said.arm_key(name))


def grid(lines: Sequence[Line]) -> Grid | None:
    """The rows of one table with its caption, if any; None where it has no header or no figures."""
    caption = lines[0] if lines and lines[0].kind == "caption" else None
    found = [line for line in lines if line.kind == "row"][:_LONGEST]
    names = next((line.columns for line in found if line.columns), ())
    if not 2 <= len(names) <= _WIDEST:
        return None
    found, names = _with_header_rows(found, names)
    full = [cells for line in found if len(cells := line.cells()) == len(names)]
    first = _labels(names, full)
    if first == 0:
        return None
    columns = _together(_column(at, name, at < first) for at, name in enumerate(names))
    rows = _rows(found, names, first)
    sizes = {
        said.arm_key(column.arm): count
        for column in columns
        if column.role in ("arm", "end point") and (count := said.size(column.header))
    }
    notes = " ".join(line.text for line in lines[1:] if line.kind != "row")
    return Grid(caption, columns, _without_sizes(rows, columns, sizes), sizes, notes[:1000])


def _with_header_rows(
    found: list[Line], names: tuple[str, ...]
) -> tuple[list[Line], tuple[str, ...]]:
    """The rows and names of a table whose first row belongs to its header: "Mean | SD | Mean"."""
    if not found or len(cells := found[0].cells()) != len(names):
        return found, names
    told = [cell.text for cell in cells[1:] if not cell.empty]
    heads = [any(said.is_whole(f, text) for f in ("measure", "time", "p")) for text in told]
    if len(told) < 2 or not all(heads) or any(map(_has_figures, told)):
        return found, names
    joined = [
        f"{name} / {cell.text}" if at and name and not cell.empty else name or cell.text
        for at, (name, cell) in enumerate(zip(names, cells, strict=True))
    ]
    return found[1:], tuple(joined)


def _together(columns: Iterable[Column]) -> tuple[Column, ...]:
    """The columns; a spread, an interval or a share has the time of the value to its left."""
    made: list[Column] = []
    for column in columns:
        left = made[-1] if made else None
        beside = said.second_figure(column.measure) in ("sd", "se", "interval")
        if (
            left
            and left.arm
            and (left.arm, left.role) == (column.arm, column.role)
            and not (column.time or column.about)
            and (beside or column.measure.strip() == "%")
        ):
            made.append(replace(column, time=left.time, about=left.about))
        else:
            made.append(column)
    return tuple(made)


def _pieces(header: str) -> list[str]:
    """The pieces of a header; a size on a line of its own belongs to the name above it."""
    pieces: list[str] = []
    for piece in filter(None, header.split(" / ")):
        if pieces and said.size(piece) is not None and not said.plain(piece).strip("() "):
            pieces[-1] += f" {piece}"
        else:
            pieces.append(piece)
    return pieces


def _labels(names: Sequence[str], rows: Sequence[tuple[Cell, ...]]) -> int:
    """How many columns at the left hold words rather than figures."""
    count = 0
    for at in range(len(names)):
        told = [row[at].text for row in rows if at < len(row) and not row[at].empty]
        read = sum(1 for text in told if _has_figures(text))
        if count and (not told or 2 * read >= len(told)):
            break
        # A first column of figures is a label only where its header doesn't name a measure.
        measured = said.is_whole("measure", names[at]) or said.is_whole("p", names[at])
        if not count and 2 * read > len(told) and measured:
            return 0
        if count and said.is_whole("p", names[at]):
            break
        count = at + 1
        if count >= 3:
            break
    return count if count < len(names) else 1


def _has_figures(text: str) -> bool:
    return bool(figures(text) or p_value(text) or interval(text))


def _column(at: int, header: str, is_label: bool) -> Column:
    if is_label:
        return Column(at, "label", header)
    pieces = _pieces(header)
    last = pieces[-1] if pieces else ""
    effect = next((kind for piece in pieces[::-1] if (kind := said.effect_type(piece))), None)
    if any(said.is_whole("p", piece) for piece in pieces):
        return Column(at, "p", header, about=" / ".join(pieces[:-1]))
    if effect and said.is_whole("interval", last):
        return Column(at, "interval", header, effect=effect)
    if effect:
        return Column(at, "effect", header, effect=effect)
    if said.is_whole("interval", last) and len(pieces) == 1:
        return Column(at, "interval", header)
    if pieces and said.is_whole("total", pieces[0]):
        return Column(at, "total", header)
    measure = next((piece for piece in pieces[::-1] if _is_measure(piece)), "")
    time = next((piece for piece in pieces if said.is_whole("time", piece)), "")
    rest = [piece for piece in pieces if piece not in (measure, time)]
    arm = next((piece for piece in rest[::-1] if _is_group(piece)), "")
    if arm and not time:
        # "Mean change at 6 months" below a group's name is a time, though no more than that.
        time = next((piece for piece in rest if piece != arm and said.says("time", piece)), "")
        rest = [piece for piece in rest if piece != time]
    about = " / ".join(piece for piece in rest if piece != arm)
    if arm:
        return Column(at, "arm", header, said.arm_name(arm), measure, time, about)
    name = said.arm_name(rest[-1]) if rest else ""
    return Column(at, "end point", header, name, measure, time, " / ".join(rest))


def _is_measure(piece: str) -> bool:
    return said.is_whole("measure", piece) or said.is_whole("interval", piece)


def _is_group(piece: str) -> bool:
    """Whether a header piece names a group of people by itself."""
    return said.size(piece) is not None or (said.says("group", piece) and not _unit_in(piece))


def _unit_in(piece: str) -> bool:
    inside = piece.rpartition("(")[2].rstrip(") ") if "(" in piece else ""
    return bool(inside and canonical_unit(inside))


def _rows(found: Sequence[Line], names: tuple[str, ...], labels: int) -> list[Row]:
    rows: list[Row] = []
    heading = ""
    above = [""] * labels
    for line in found:
        cells = line.cells()
        if len(cells) != len(names):
            if len(cells) == 1:
                heading, above = line.text, [""] * labels
            continue
        if _spans_all(cells):
            heading, above = cells[0].text, [""] * labels
            continue
        own = [cell.text if not cell.empty else "" for cell in cells[:labels]]
        values = [cell for cell in cells[labels:] if not cell.empty]
        if not any(own):
            own = above
        elif labels > 1:
            # An empty label under a full one belongs to it ("Sex | Male", "– | Female").
            first = next(at for at, text in enumerate(own) if text)
            own = [*above[:first], *own[first:]]
        above = own
        if not values:
            heading = " ".join(dict.fromkeys(text for text in own if text))
            continue
        path = list(dict.fromkeys(text for text in own if text))
        group = ": ".join(dict.fromkeys(filter(None, (heading, *path[:-1]))))
        rows.append(Row(line, cells, path[-1] if path else "", group))
    return rows


def _spans_all(cells: Sequence[Cell]) -> bool:
    """Whether one merged cell covers the row: a heading inside the table."""
    return len(cells) > 2 and len({cell.text for cell in cells}) == 1 and not cells[0].empty


def _without_sizes(
    rows: list[Row], columns: Sequence[Column], sizes: dict[str, int]
) -> tuple[Row, ...]:
    """The rows but those that give each group's size, which goes into `sizes`."""
    kept = []
    for number, row in enumerate(rows):
        if number < 3 and said.is_whole("size", row.label):
            read: dict[str, Figures] = {}
            for column in columns:
                known = figures(row.cells[column.at].text)
                if column.role in ("arm", "end point") and column.arm and known:
                    read[said.arm_key(column.arm)] = known
            whole = {
                key: int(each.value)
                for key, each in read.items()
                if each.value is not None and each.value == each.value.to_integral_value()
            }
            if len(whole) > 1 and len(whole) == len(read):
                for key, count in whole.items():
                    sizes.setdefault(key, count)
                continue
        kept.append(row)
    return tuple(kept)
