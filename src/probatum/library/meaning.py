"""Search by meaning beside search by words, where an operator has had vectors made.

Optional twice over: the extra must be installed and `probatum library embed` must have been run.
Without either, search goes by words alone; with vectors for a part only, the rest keeps its place.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from probatum.library.documents import HeldDocuments
from probatum.library.fusion import fused

if TYPE_CHECKING:
    from probatum.library.dense import DenseIndex
    from probatum.library.dense_model import Embedder

FOLDER_NAME = "vectors"
# How many of the nearest passages take part.
NEAREST = 200
_AT_ONCE = 1_000

Scored = tuple[int, float]


class Meaning:
    """The vectors of one library, opened when they are first asked for."""

    def __init__(self, folder: Path) -> None:
        """The vectors in the library's folder."""
        self.folder = folder / FOLDER_NAME

    @property
    def there(self) -> bool:
        """Whether any vector was ever made."""
        return self.folder.is_dir()

    @cached_property
    def embedder(self) -> "Embedder":
        """The model; DenseError names the extra where it is missing."""
        from probatum.library.dense_model import embedder

        return embedder()

    @cached_property
    def index(self) -> "DenseIndex":
        """The vectors; DenseError where another model made them."""
        from probatum.library.dense import DenseIndex

        return DenseIndex(self.folder, self.embedder)

    def rank(self, query: str, words: Sequence[Scored], *, closed: bool = False) -> list[Scored]:
        """The passages found by words and those near in meaning, best first.

        With `closed` no passage is added to those found by words (they passed filters that the
        vectors know nothing of).
        """
        self.index.refresh()
        found = [passage for passage, _ in words]
        vector = self.embedder.query(query)
        near = {} if closed else dict(self.index.search(vector, NEAREST))
        # Those found by words are given their true nearness, also when it is not among the best.
        near.update(self.index.search(vector, len(found), only=found))
        return fused(words, sorted(near.items()), unread=self.index.missing(found))

    def embed(self, documents: HeldDocuments) -> Iterator[tuple[int, int]]:
        """Make the vectors that are missing, in small safe steps; yields how many of how many.

        Vectors of passages that are held no more are forgotten first.
        """
        from probatum.library.dense_fill import fill

        held = documents.passage_ids()
        gone = set(self.index.covered()) - set(held)
        if gone:
            self.index.remove(sorted(gone))
        missing = self.index.missing(held)
        for done in fill(self.index, self.embedder, _texts(documents, missing)):
            yield done, len(missing)
        self.index.compact()


def _texts(documents: HeldDocuments, ids: Sequence[int]) -> Iterator[tuple[int, str, str]]:
    for at in range(0, len(ids), _AT_ONCE):
        for id, passage in sorted(documents.passages(ids[at : at + _AT_ONCE]).items()):
            yield id, passage.document.title, passage.text
