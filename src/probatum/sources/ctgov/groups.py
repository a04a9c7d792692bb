"""The groups of a results table, found by their ids.

Measurements name their group by an id ("OG000"); the order in which they stand is not the order of
the groups, and a table may leave groups out. A value under its neighbour's arm is the worst error
a registry reader can make, so nothing here goes by position, and a group that the record does not
describe is called that.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from probatum.evidence.document import Block
from probatum.sources.json.node import Node
from probatum.sources.layout.prose import pieces


@dataclass(frozen=True, slots=True)
class Groups:
    """Titles and denominators by group id."""

    titles: dict[str, str]
    counts: dict[tuple[str, str], str] = field(default_factory=dict)

    def title(self, group: str) -> str:
        """The group's title, or a word that the record has none."""
        return self.titles.get(group) or f"group {group or 'without an id'}, not described"

    def analysed(self, group: str, unit: str = "") -> str:
        """How many were analysed, with what was counted ("279 Participants")."""
        for (who, what), count in self.counts.items():
            if who == group and (not unit or what == unit):
                return f"{count} {what}".strip()
        return ""

    def within(self, part: Node) -> "Groups":
        """The same groups with the denominators that a class or measure has of its own."""
        return Groups(self.titles, _counts(part) or self.counts)


def groups_of(part: Node, key: str = "groups") -> Groups:
    """The groups and denominators of a module or an outcome measure."""
    titles: dict[str, str] = {}
    repeated: set[str] = set()
    for group in part.parts(key):
        name, title = group.text("id"), group.text("title")
        if titles.setdefault(name, title) != title:
            repeated.add(name)
    for name in repeated:
        titles[name] = f"group {name}, described twice"
    return Groups(titles, _counts(part))


def described(part: Node, headings: tuple[str, ...], key: str = "groups") -> Iterator[Block]:
    """What each group is: its title and its description."""
    for group in part.parts(key):
        title = group.text("title") or group.text("id")
        for number, (_, piece) in enumerate(pieces(group.raw("description"))):
            yield Block(f"{title}: {piece}" if not number else piece, "item", headings)


def _counts(part: Node) -> dict[tuple[str, str], str]:
    return {
        (count.text("groupId"), denominator.text("units")): count.text("value")
        for denominator in part.parts("denoms")
        for count in denominator.parts("counts")
        if count.text("value")
    }
