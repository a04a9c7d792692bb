"""Python's search for dead cycles of objects, put off where nearly all that is made stays.

Loading the program, and making one answer, fill the memory with what lives to the end. Python would
look through all of it again and again: a seventh of a cold start, for nothing found.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_collection() -> Iterator[None]:
    """No such search while the block runs; only for what ends soon."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()
