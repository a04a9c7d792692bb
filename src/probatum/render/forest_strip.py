"""The forest plot as lines of text, for a terminal."""

from probatum.evidence.answer import ForestRow
from probatum.render.forest_scale import Scale, tick_label


def forest_strip(row: ForestRow, scale: Scale, width: int) -> str:
    """One row as a line of text: interval as a rule, estimate as a square, no effect as a bar."""
    cells = [" "] * width
    low, value, high, null = (
        round(scale.at(each) * (width - 1))
        for each in (row.low, row.value, row.high, scale.no_effect)
    )
    cells[null] = "│"
    rule = "╌" if row.superseded else "─"
    for index in range(low, high + 1):
        cells[index] = "┼" if index == null else rule
    cells[low], cells[high] = "├", "┤"
    cells[value] = "□" if row.superseded else "■"
    return "".join(cells)


def forest_axis(scale: Scale, width: int) -> tuple[str, str]:
    """The axis and its labels for the strip above; labels that would touch are left out."""
    line, labels = ["─"] * width, [" "] * width
    taken = -1
    for value in scale.ticks(max(3, width // 7)):
        place = round(scale.at(value) * (width - 1))
        line[place] = "┴"
        label = tick_label(value)
        start = min(max(0, place - len(label) // 2), width - len(label))
        if start > taken:
            labels[start : start + len(label)] = label
            taken = start + len(label)
    return "".join(line), "".join(labels).rstrip()
