"""Embedding what has no vector yet: slow work, done in small steps that are never lost.

In the background or by command: each step is one batch, safe on disk before the next begins.
"""

from collections.abc import Iterable, Iterator
from itertools import islice

from probatum.library.dense import DenseIndex
from probatum.library.dense_model import Embedder
from probatum.library.windows import windows


def fill(
    index: DenseIndex,
    embedder: Embedder,
    passages: Iterable[tuple[int, str, str]],
    batch: int = 64,
) -> Iterator[int]:
    """Embed the passages (id, title, text) that have no vector yet; yields how many so far.

    What was yielded is safe on disk: close the generator to stop, call again to go on. Memory stays
    that of one batch however many passages there are.
    """
    done = 0
    given = iter(passages)
    while some := list(islice(given, max(1, batch))):
        wanted = set(index.missing(passage for passage, _, _ in some))
        texts = {
            passage: windows(title, text, embedder.limit)
            for passage, title, text in some
            if passage in wanted
        }
        if texts:
            ids = [passage for passage, parts in texts.items() for _ in parts]
            index.add(ids, embedder.passages([part for parts in texts.values() for part in parts]))
            done += len(texts)
            yield done
