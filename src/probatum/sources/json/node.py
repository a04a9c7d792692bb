"""Walking JSON whose shape is promised by a format and broken by a file: what has the wrong type is
noted with its place and passed over, so that one bad field neither stops a reader nor vanishes."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from probatum.evidence.document import Skipped
from probatum.sources.json.values import Number
from probatum.sources.layout.text import clean
from probatum.sources.limits import UnreadableError

_NAMES = {dict: "an object", list: "a list", bool: "a truth value", Number: "a number", str: "text"}
# So many places of one record are named; a file that breaks its format everywhere says it once.
_NAMED = 20
# So many are told apart; a hostile file has millions, and each would be kept.
_TOLD_APART = 10_000


@dataclass(slots=True)
class Oddities:
    """The places of one record that do not have the format's type."""

    _seen: dict[str, str] = field(default_factory=dict)
    _more: int = 0

    def note(self, path: str, value: object, wanted: str) -> None:
        """Remember a place, once however often it is looked at."""
        if len(self._seen) >= _TOLD_APART and path not in self._seen:
            self._more += 1
            return
        name = _NAMES.get(type(value), "something else")
        self._seen.setdefault(path, f"{path} is {name} where the format has {wanted}")

    def skipped(self, where: str) -> Iterator[Skipped]:
        """Each place as a part that was not taken."""
        places = list(self._seen.values())
        for place in places[:_NAMED]:
            yield Skipped(where, place)
        if (more := len(places) - _NAMED + self._more) > 0:
            yield Skipped(where, f"{more} more places do not have the format's type")


def within(parts: list["Node"], depth: int, most: int, what: str) -> list["Node"]:
    """Parts inside parts, as deep as a format has any use for; deeper is an UnreadableError, since
    leaving them out would lose them without a word."""
    if parts and depth >= most:
        raise UnreadableError(f"its {what} are nested too deeply")
    return parts


class Node:
    """An object of a record, or nothing: a missing part is a Node without anything in it."""

    __slots__ = ("_odd", "_path", "_value")

    def __init__(self, value: object, odd: Oddities, path: str = "") -> None:
        self._odd = odd
        self._path = path
        self._value: dict[str, object] = {}
        if isinstance(value, dict):
            self._value = value
        elif value is not None:
            odd.note(path or "the record", value, "an object")

    def __bool__(self) -> bool:
        return bool(self._value)

    def __contains__(self, key: object) -> bool:
        return self._value.get(str(key)) is not None

    def names(self) -> tuple[str, ...]:
        """The names of what is there."""
        return tuple(self._value)

    def is_text(self, key: str) -> bool:
        """Whether a member is text or a number, where a format's editions disagree."""
        return isinstance(self._value.get(key), str)

    def are_texts(self, key: str) -> bool:
        """Whether a member is text or a list of nothing but texts."""
        value = self._value.get(key)
        each = value if isinstance(value, list) else [value]
        return all(isinstance(one, str) for one in each)

    def one_of(self, prefix: str) -> str:
        """The key of a member that FHIR names by its type: "valueQuantity" for "value"."""
        for key in self._value:
            if key.startswith(prefix) and key[len(prefix) : len(prefix) + 1].isupper():
                return key
        return ""

    def path(self, key: str) -> str:
        """Where a member stands in the record."""
        return f"{self._path}.{key}" if self._path else key

    def part(self, *keys: str) -> "Node":
        """The object under a key, under a key of that, and so on."""
        node = self
        for key in keys:
            node = Node(node._value.get(key), self._odd, node.path(key))
        return node

    def parts(self, key: str) -> list["Node"]:
        """The objects of a list; a lone object counts as a list of one, as in FHIR's old JSON."""
        value = self._value.get(key)
        if value is None:
            return []
        if isinstance(value, dict):
            return [Node(value, self._odd, self.path(key))]
        if not isinstance(value, list):
            self._odd.note(self.path(key), value, "a list of objects")
            return []
        return [
            Node(each, self._odd, f"{self.path(key)}[{number}]")
            for number, each in enumerate(value)
            if each is not None
        ]

    def raw(self, key: str) -> str:
        """Text or a number as it was written, line ends and all; nothing where there is none."""
        value = self._value.get(key)
        if isinstance(value, str):
            return value
        if isinstance(value, bool):
            return "yes" if value else "no"
        if value is not None:
            self._odd.note(self.path(key), value, "text")
        return ""

    def text(self, key: str) -> str:
        """Clean text or a number; nothing where there is none."""
        value = self.raw(key)
        return clean(value) if value else ""

    def texts(self, key: str) -> tuple[str, ...]:
        """The texts of a list; a lone text counts as a list of one."""
        value = self._value.get(key)
        if value is None:
            return ()
        found = []
        for number, each in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(each, str):
                found.append(clean(each))
            elif each is not None:
                self._odd.note(f"{self.path(key)}[{number}]", each, "text")
        return tuple(each for each in found if each)
