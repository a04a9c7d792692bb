"""The index of a library that this process may read and not write.

The engine takes a lock file beside its files even to read them, which a medium that cannot be
written does not allow. There it is given a folder of its own with links to the files.
"""

import os
import shutil
import tempfile
import weakref
from functools import lru_cache
from pathlib import Path

from probatum.library.tantivy_index import FOLDER_NAME


def searchable(folder: Path) -> Path:
    """The library's folder, or one that stands for it while this process runs.

    It shows the index as it is now: what another process adds is seen by opening the library anew.
    """
    index = folder / FOLDER_NAME
    places = [index, *index.glob("*/")]
    if not index.is_dir() or all(os.access(place, os.W_OK) for place in places):
        return folder
    state = [(path, path.stat().st_mtime_ns) for path in sorted(index.rglob("*.json"))]
    return _linked(folder, hash(tuple(state)))


@lru_cache(maxsize=4)
def _linked(folder: Path, _state: int) -> Path:
    made = Path(tempfile.mkdtemp(prefix="probatum-index-"))
    weakref.finalize(_linked, shutil.rmtree, made, ignore_errors=True)
    for path in folder.iterdir():
        if path.is_dir() and path.name != FOLDER_NAME:
            (made / path.name).symlink_to(path.resolve())
    for path in sorted((folder / FOLDER_NAME).rglob("*")):
        there = made / path.relative_to(folder)
        if path.is_dir():
            there.mkdir(parents=True)
        elif not path.name.endswith(".lock"):
            there.parent.mkdir(parents=True, exist_ok=True)
            there.symlink_to(path.resolve())
    return made
