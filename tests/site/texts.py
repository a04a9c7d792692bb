"""A library with a few texts about things that don't exist, of every shape that a page shows."""

from pathlib import Path

from probatum.library.intake import add
from probatum.library.writer import Writer
from probatum.sources.formats import Settings

GUIDE = """---
title: Care of examploma
date: 2033-02-01
authors: [A. Nobody, B. Noone]
doi: 10.0000/fiction.77
---

# Care of examploma

## First steps

Examplimab lowers the zorgle count in most adults. Fictinumab is given where zorgle
\\<i>rises & stays.

Watch for these signs:

- a zorgle count above 12
- pale quennels in the morning

## Doses

| Drug | Dose |
| --- | --- |
| Examplimab | 350 mg |
| Fictinumab | 20 mg |
"""
OLD = """---
title: Early notes on zorgle counts
date: 2019-05-01
---

# Early notes

The zorgle count was first measured by hand, with a brass quennel.
"""
LINKED = """---
title: A text that is only linked to
date: 2031-01-01
---

# Restricted

The zorgle count of the restricted work must not be shown to anyone.
"""
LONG = "---\ntitle: A long work\ndate: 2030-01-01\n---\n\n# A long work\n\n" + "\n\n".join(
    f"## Part {number}\n\n"
    + " ".join(f"Sentence {each} of part {number} is about quennels." for each in range(40))
    for number in range(1, 51)
)
FILES = {"guide.md": GUIDE, "old.md": OLD, "linked.md": LINKED, "long.md": LONG}


def fill(library: Path, files: Path) -> None:
    """Make the library and add the texts; one of them is marked as to be linked to only."""
    files.mkdir(parents=True, exist_ok=True)
    for name, text in FILES.items():
        (files / name).write_text(text, encoding="utf-8")
    add(library, [files], Settings(licence="CC BY 4.0"), workers=0)
    with Writer(library) as writer:
        writer.connection.execute(
            "UPDATE document SET detail = json_set(detail, '$.tier', 'D') WHERE title = ?",
            ("A text that is only linked to",),
        )
