"""Tables whose cells are drawn: boxes between ruled lines, with the words that stand in each.

The lines say for sure what belongs together, which the distances of words don't; so drawn tables
are taken out of a page before its columns are looked for.
"""

from collections.abc import Iterable, Sequence

from probatum.sources.pdf.words import Cells, Rule, Table, Word, lines_of

# Lines closer than this are one, and lines this close touch.
_NEAR = 3.0
# More lines than this on a page are a drawing.
_MOST_RULES = 1_500
_MOST_CELLS = 5_000


def without_grids(words: Sequence[Word], rules: Sequence[Rule]) -> list[Word]:
    """The words, those in a drawn table replaced by one word that carries the table."""
    drawn = [rule for rule in rules if rule.level or rule.upright]
    kept = list(words)
    if len(drawn) > _MOST_RULES:
        return kept
    for group in _connected(drawn):
        kept = _with_table(kept, group)
    return kept


def _connected(rules: list[Rule]) -> list[list[Rule]]:
    """Rules that touch one another, directly or through others."""
    groups: list[list[Rule]] = []
    left = sorted(rules, key=lambda rule: -rule.top)
    while left:
        group = [left.pop(0)]
        for one in group:
            touching = [rule for rule in left if _touch(one, rule)]
            if touching:
                ids = {id(rule) for rule in touching}
                left = [rule for rule in left if id(rule) not in ids]
                group += touching
        groups.append(group)
    return groups


def _touch(one: Rule, other: Rule) -> bool:
    return (
        one.left - _NEAR <= other.right
        and other.left - _NEAR <= one.right
        and one.bottom - _NEAR <= other.top
        and other.bottom - _NEAR <= one.top
    )


def _places(values: Iterable[float]) -> list[float]:
    """Places of lines, those that are one line taken together."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return found


def _with_table(words: list[Word], rules: list[Rule]) -> list[Word]:
    xs = _places(rule.left for rule in rules if rule.upright)
    ys = _places(rule.bottom for rule in rules if rule.level)[::-1]
    columns, rows = len(xs) - 1, len(ys) - 1
    if columns < 2 or rows < 2 or columns * rows > _MOST_CELLS:
        return words
    cells: dict[tuple[int, int], list[Word]] = {}
    inside: set[int] = set()
    for word in words:
        x, y = (word.left + word.right) / 2, (word.bottom + word.top) / 2
        if not (xs[0] <= x <= xs[-1] and ys[-1] <= y <= ys[0]):
            continue
        row = sum(1 for place in ys[1:-1] if y < place)
        column = sum(1 for place in xs[1:-1] if x > place)
        cells.setdefault((row, column), []).append(word)
        inside.add(id(word))
    filled = len({row for row, _ in cells}), len({column for _, column in cells})
    if min(filled) < 2:
        return words
    table = _table(cells, _merged(xs, ys, rules), rows, columns)
    size = 10.0
    mark = Word("", xs[0], xs[-1], ys[0] - size, ys[-1], ys[0], size, table=table)
    return [word for word in words if id(word) not in inside] + [mark]


Place = tuple[int, int]


def _merged(xs: list[float], ys: list[float], rules: list[Rule]) -> dict[Place, Place]:
    """For each cell the first cell of the box it is part of: no line is drawn between them."""
    levels = [rule for rule in rules if rule.level]
    uprights = [rule for rule in rules if rule.upright]
    first: dict[Place, Place] = {}
    for row in range(len(ys) - 1):
        middle = (ys[row] + ys[row + 1]) / 2
        for column in range(len(xs) - 1):
            center = (xs[column] + xs[column + 1]) / 2
            place = (row, column)
            if column and not any(
                abs(u.left - xs[column]) <= _NEAR and u.bottom <= middle <= u.top for u in uprights
            ):
                place = first[row, column - 1]
            elif row and not any(
                abs(u.bottom - ys[row]) <= _NEAR and u.left <= center <= u.right for u in levels
            ):
                place = first[row - 1, column]
            first[row, column] = place
    return first


def _table(
    cells: dict[Place, list[Word]], first: dict[Place, Place], rows: int, columns: int
) -> Table:
    texts: dict[Place, list[Word]] = {}
    for place, words in cells.items():
        texts.setdefault(first[place], []).extend(words)
    joined = {place: cell_text(words) for place, words in texts.items()}
    bold = {place: all(word.bold for word in words) for place, words in texts.items()}
    found: list[tuple[Cells, bool]] = []
    for row in range(rows):
        origins = [first[row, column] for column in range(columns)]
        texts_of = [joined.get(origin, "") for origin in origins]
        if len(set(origins)) == 1:
            texts_of = texts_of[:1]
        if any(texts_of):
            heads = [bold[origin] for origin in origins if origin in bold]
            found.append((tuple(texts_of), all(heads) and len(texts_of) > 1))
    if len(found) > 1 and found[0][1] and not found[1][1]:
        return Table(tuple(cells for cells, _ in found[1:]), found[0][0])
    return Table(tuple(cells for cells, _ in found))


def cell_text(words: Iterable[Word]) -> str:
    """The text of one cell over its lines; a bar would end the cell, so it becomes a broken one."""
    return " ".join(line.text for line in lines_of(words)).replace("|", "¦")
