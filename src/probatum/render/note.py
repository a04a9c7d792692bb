"""The answer as a note: plain text for a record system or a message, which know no formatting.

Lines are not folded, for the field they are pasted into folds them itself.
"""

from probatum.render.paper import Block, Grid, Heading, Items, Paper, Runs, Words


def _text(runs: Runs) -> str:
    """The words; a link is given by its address where that says more than the words do."""
    parts = []
    for run in runs:
        text = " ".join(run.text.split("\n"))
        shown = run.address is None or run.address == run.text
        parts.append(text if shown else f"{text} <{run.address}>")
    return "".join(parts).strip()


def _grid(grid: Grid) -> list[str]:
    """A table as a line a row, each cell after the name of its column."""
    lines = []
    for row in grid.rows:
        named = [f"{column}: {_text(cell)}" for column, cell in zip(grid.columns, row, strict=True)]
        lines.append(f"- {'; '.join(named)}")
    return lines


def _lines(block: Block) -> list[str]:
    match block:
        case Heading():
            return ["", block.text.upper()]
        case Words():
            return [_text(block.runs)]
        case Items():
            lines = []
            for number, item in enumerate(block.items, 1):
                bullet = f"{number}." if block.numbered else "-"
                lines.append(f"{bullet} {_text(item.runs)}")
                lines += [f"  - {_text(inner)}" for inner in item.inner]
            return lines
        case Grid():
            return _grid(block)
        case _:
            return [f"[{work.number}] {_text(work.runs)}" for work in block.works]


def note(paper: Paper) -> str:
    """The whole document as lines of plain text."""
    lines = [paper.title]
    for block in paper.blocks:
        lines += _lines(block)
    return "\n".join(lines) + "\n"
