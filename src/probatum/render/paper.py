"""An answer laid out for paper: headings, paragraphs, lists, tables and numbered references.

PDF, Word and plain notes are written from these blocks. None of them decides what is said or in
which order, so what one of them says of the review, another can't leave out.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Run:
    """Some words in one look; they may link to an address or to the reference of a number."""

    text: str
    look: str = ""
    address: str | None = None
    number: int | None = None


Runs = tuple[Run, ...]
BOLD, ITALIC, STRUCK = "bold", "italic", "struck"


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is a part of the answer."""

    text: str
    level: int = 1
    kind: str = "heading"


@dataclass(frozen=True)
class Words:
    """A paragraph; `boxed` for what must be seen first."""

    runs: Runs
    boxed: bool = False
    kind: str = "words"


@dataclass(frozen=True)
class Item:
    """A point of a list, with points below it."""

    runs: Runs
    inner: tuple[Runs, ...] = ()


@dataclass(frozen=True)
class Items:
    """A list, with bullets or numbered from 1."""

    items: tuple[Item, ...]
    numbered: bool = False
    kind: str = "items"


@dataclass(frozen=True)
class Grid:
    """A table under its caption; the first row is its header, the first cell names its row.

    `shares` are the widths of the columns relative to each other.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Runs, ...], ...]
    shares: tuple[float, ...]
    kind: str = "grid"


@dataclass(frozen=True)
class Work:
    """A reference with the number that the sentences cite."""

    number: int
    runs: Runs


@dataclass(frozen=True)
class Works:
    """The reference list."""

    works: tuple[Work, ...]
    kind: str = "works"


Block = Heading | Words | Items | Grid | Works


@dataclass(frozen=True)
class Front:
    """What an article says before its words: the status of exactly this version, and who signed.

    `foot` stands at the foot of every page, so that no page can be shown without it. `date` is a
    day (YYYY-MM-DD). `cite` says how to cite it and `address` is where this version stays.
    """

    status: str
    sentence: str
    lines: tuple[str, ...]
    foot: str
    date: str
    cite: str
    address: str


@dataclass(frozen=True)
class Paper:
    """The whole document. Its language is that of the words in `probatum.render.words`."""

    title: str
    status: str
    foot: str
    date: str
    blocks: tuple[Block, ...]
    language: str = field(default="en-GB")
