"""What was fetched, into the library by the way that `add` takes; and what is held already."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from probatum.evidence.source import Depth
from probatum.library.documents import HeldDocuments
from probatum.library.intake import add
from probatum.sources.formats import Settings
from probatum.sources.live.fetched import Fetched, Holding, Shelf


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of fetched files: documents that are new, documents held, what was not read."""

    new: int = 0
    same: int = 0
    skipped: tuple[str, ...] = ()

    def __add__(self, other: "Taken") -> "Taken":
        """Both together."""
        skipped = (*self.skipped, *other.skipped)
        return Taken(self.new + other.new, self.same + other.same, skipped)


@contextmanager
def holding_of(folder: Path) -> Iterator[Holding]:
    """What the library in `folder` holds, as connectors ask for it, in this thread."""
    documents = HeldDocuments.open(folder)

    def versions(work: str) -> frozenset[str]:
        # What is held with an unknown version is held all the same, and can't be compared.
        return frozenset(each.version or "" for each in documents.known_as(work))

    def full_text(work: str) -> bool:
        return any(each.depth is Depth.FULL_TEXT for each in documents.known_as(work))

    try:
        yield Holding(versions, full_text, Shelf(folder).kept)
    finally:
        documents.close()


def take_in(folder: Path, fetched: Sequence[Fetched], workers: int | None = 0) -> Taken:
    """Keep files as they came and add them; CatalogueError when the library cannot be written."""
    shelf = Shelf(folder)
    together: dict[tuple[str, str | None], list[Path]] = defaultdict(list)
    for each in fetched:
        together[each.format, each.licence].append(shelf.keep(each))
    taken = Taken()
    for (format, licence), paths in together.items():
        summary = add(folder, paths, Settings(format, licence), workers=workers)
        skipped = tuple(f"{Path(each.where).name}: {each.reason}" for each in summary.skipped)
        same = summary.documents["unchanged"]
        new = sum(summary.documents.values()) - same
        taken += Taken(new, same, skipped)
    return taken
