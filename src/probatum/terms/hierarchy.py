"""What is a kind of what.

Evidence about a broader or a narrower population is not evidence about the one asked for; the check
that tells them apart asks here, many times an answer, so the closure is remembered.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property


class Hierarchy:
    """Parents of each id, with their closure worked out when first asked for."""

    def __init__(self, parents: Mapping[str, tuple[str, ...]]) -> None:
        self._parents = parents
        self._ancestors: dict[str, frozenset[str]] = {}

    def first_cycle(self, ids: Iterable[str]) -> str | None:
        """An id that is its own ancestor, looking upwards from those given; None is sound."""
        done: set[str] = set()
        for id in ids:
            path: list[str] = []
            open_: set[str] = set()
            stack = [(id, False)]
            while stack:
                current, leaving = stack.pop()
                if leaving:
                    open_.discard(path.pop())
                    done.add(current)
                elif current in open_:
                    return current
                elif current not in done:
                    path.append(current)
                    open_.add(current)
                    stack.append((current, True))
                    stack.extend((parent, False) for parent in self._parents[current])
        return None

    def ancestors(self, id: str) -> frozenset[str]:
        """Everything above an id."""
        known = self._ancestors.get(id)
        if known is None:
            found: set[str] = set()
            for parent in self._parents[id]:
                found.add(parent)
                found |= self.ancestors(parent)
            known = self._ancestors[id] = frozenset(found)
        return known

    @cached_property
    def _children(self) -> dict[str, tuple[str, ...]]:
        children: dict[str, list[str]] = {}
        for id, parents in self._parents.items():
            for parent in parents:
                children.setdefault(parent, []).append(id)
        return {parent: tuple(ids) for parent, ids in children.items()}

    def descendants(self, id: str) -> frozenset[str]:
        """Everything below an id."""
        found: set[str] = set()
        queue = [id]
        while queue:
            for child in self._children.get(queue.pop(), ()):
                if child not in found:
                    found.add(child)
                    queue.append(child)
        return frozenset(found)
