"""Rows of tables whose values come from records: every row says on its own what it holds."""

from collections.abc import Iterable, Sequence

from probatum.evidence.document import Block

# Where a row has no value in a column that other rows fill.
NOTHING = "–"


def rows(
    columns: Sequence[str],
    records: Iterable[Sequence[str]],
    headings: tuple[str, ...],
    code: str | None = None,
) -> list[Block]:
    """One row block a record, without the columns that no record fills.

    A bar inside a cell becomes "¦", so that the cells can be told apart again.
    """
    made = [[" ".join(cell.split()) for cell in record] for record in records]
    held = [record for record in made if any(record)]
    used = [at for at in range(len(columns)) if any(record[at] for record in held)]
    names = tuple(columns[at] for at in used)
    return [
        Block(
            " | ".join(record[at].replace("|", "¦") or NOTHING for at in used),
            "row",
            headings,
            columns=names,
            code=code,
        )
        for record in held
    ]
