"""What turns text into vectors: the protocol, and which model is used.

The models are optional and heavy, so nothing here imports them until one is asked for; the program
installs and searches by words without any. Where the optional part is missing, one sentence says
how to add it.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from probatum.evidence.base import ProbatumError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# A folder with model.onnx and tokenizer.json, to be used in place of the packaged model.
SETTING = "PROBATUM_DENSE_MODEL"
MISSING = (
    "searching by meaning needs an optional part that is not installed; "
    "add it with: pip install 'probatum[dense]'"
)


class DenseError(ProbatumError):
    """A model or an index of vectors that cannot be used, with the remedy."""


class Embedder(Protocol):
    """A model that gives texts near in meaning vectors near in direction.

    Vectors have length 1, so that their product is their cosine. The same text always gets the
    same vector, whatever other texts it is embedded with.
    """

    @property
    def name(self) -> str:
        """Which model, told apart by its files' bytes: vectors of two names are never compared."""
        ...

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        ...

    @property
    def limit(self) -> int:
        """How many tokens of a text it reads best; what is longer is better cut into windows."""
        ...

    def passages(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """A vector for each text that is to be found, as rows."""
        ...

    def query(self, text: str) -> "NDArray[np.float32]":
        """The vector of what is asked; some models embed a question otherwise than a passage."""
        ...


def embedder(threads: int | None = None) -> Embedder:
    """The model that PROBATUM_DENSE_MODEL names, else the packaged one; takes about half a second.

    `threads`: how many texts are embedded at a time (default: as many as there are processors).
    Raises DenseError where the optional part is missing or the folder is no model.
    """
    try:
        from probatum.library.dense_onnx import from_folder, packaged
    except ImportError as error:
        raise DenseError(MISSING) from error
    folder = os.environ.get(SETTING, "").strip()
    count = threads or os.cpu_count() or 1
    return from_folder(Path(folder).expanduser(), count) if folder else packaged(count)
