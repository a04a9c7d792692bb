"""The groups that a document has, by all its tables and by its prose.

One table names a group in full and gives its size, the next only its short name; read apart the
second would have columns of nobody.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from probatum.extract.prose.arm_words import are_two_arms, is_an_arm
from probatum.extract.tables import words as said
from probatum.extract.tables.grid import Grid
from probatum.terms.units import canonical_unit


def introduced_arms(grids: Iterable[Grid], words: frozenset[str]) -> frozenset[str]:
    """The headers of a table that name two or more of the groups that the prose introduces."""
    names: set[str] = set()
    for each in grids:
        told = {c.arm for c in each.columns if c.role == "end point" and not has_unit(c.arm)}
        named = {name for name in told if is_an_arm(words, name)}
        if any(are_two_arms(words, one, other) for one in named for other in named):
            names |= {said.arm_key(name) for name in named}
    return frozenset(names)


def with_sizes(grids: Sequence[Grid]) -> list[Grid]:
    """The tables, each with the sizes of groups that only other tables print, where these agree."""
    told: dict[str, set[int]] = {}
    for each in grids:
        for name, count in each.sizes.items():
            told.setdefault(name, set()).add(count)
    agreed = {name: counts.pop() for name, counts in told.items() if name and len(counts) == 1}
    return [replace(each, sizes={**agreed, **each.sizes}) for each in grids]


def known_arms(grids: Iterable[Grid]) -> frozenset[str]:
    """The groups that headers of any table name with their size or as groups."""
    names = {
        said.arm_key(column.arm)
        for each in grids
        for column in each.columns
        if column.role == "arm"
    }
    return frozenset(name for name in names if name)


def has_unit(header: str) -> bool:
    """Whether a header ends in a unit in brackets, which a measure has and a group has not."""
    inside = header.rpartition("(")[2].rstrip(") ") if "(" in header else ""
    return bool(inside and canonical_unit(inside))
