"""Where a text names one of the two groups that are compared.

A prompt describes a group in full ("ultrasound-guided cannulation of the vein"), a report in a word
or in capitals ("the ultrasound group", "USG"), or by its role ("controls"). So a group is known by
the words that its description has and the other's has not, by initials of its words, and by roles.
What it cannot see is a group that a report numbers or letters on its own ("group 2").
"""

import re
from dataclasses import dataclass
from typing import Final, Literal

from probatum.extract.comparison.keyed import Keyed, content_keys, key_of
from probatum.extract.comparison.lists import word_set

Side = Literal[1, -1]
# Initials of two to six words make an abbreviation; these are taken by other things.
_TAKEN: Final = frozenset(
    {"CI", "SD", "SE", "OR", "RR", "HR", "MD", "IQR", "AND", "IN", "AT", "II", "VS", "SEM", "AN"}
)
_ENTITY: Final = re.compile(r"&(?:amp;)*(?:nbsp|amp|thinsp);")
_PLAIN: Final = re.compile(r"[^\W\d_]+")
_LETTER: Final = re.compile(r"\b[Gg]roup\s+([A-Z]|\d)\b|\b([A-Z])\s+group\b")


@dataclass(frozen=True, slots=True)
class Mention:
    """A group named in a text: 1 for the intervention, -1 for the comparator."""

    start: int
    end: int
    side: Side


@dataclass(frozen=True, slots=True)
class Group:
    """The keys and the abbreviations by which one group is known."""

    keys: frozenset[str]
    shorts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Pair:
    """Both groups of a comparison, and the roles that may stand for each."""

    groups: tuple[Group, Group]
    roles: dict[str, Side]
    letters: dict[str, Side]
    only_comparator: frozenset[str] = frozenset()
    only_intervention: frozenset[str] = frozenset()


def pair_of(intervention: str, comparator: str, outcome: str) -> Pair:
    """What each group is known by, told apart from the other and from the outcome."""
    general = word_set("arms", "general")
    intervention, comparator = _plain(intervention), _plain(comparator)
    named = [content_keys(intervention), content_keys(comparator)]
    about = content_keys(outcome)
    kept: list[set[str]] = []
    for one, other in (named, named[::-1]):
        own = {
            key
            for key, word in one.items()
            if key not in other and word.lower() not in general and len(word) > 1
        }
        own = own - set(about) or own
        if not own:
            own = {key for key in one if key not in other}
        kept.append(own)
    shared = frozenset(
        key
        for key, word in named[0].items()
        if key in named[1] and word.lower() not in general and key not in about
    )
    shorts = [_initials(intervention), _initials(comparator)]
    letters = _letters(intervention, comparator)
    return Pair(
        (
            Group(frozenset(kept[0]), frozenset(shorts[0] - shorts[1])),
            Group(frozenset(kept[1]), frozenset(shorts[1] - shorts[0])),
        ),
        _roles(named),
        letters,
        shared if _nested(named[1], named[0], general) else frozenset(),
        shared if _nested(named[0], named[1], general) else frozenset(),
    )


def _plain(text: str) -> str:
    """A description without the traces of a web page ("&nbsp;", sometimes escaped twice)."""
    return _ENTITY.sub(" ", text)


def _nested(one: dict[str, str], other: dict[str, str], general: frozenset[str]) -> bool:
    """Whether a description has nothing of its own: "A" beside "A with B"."""
    return not {k for k, word in one.items() if k not in other and word.lower() not in general}


def _letters(intervention: str, comparator: str) -> dict[str, Side]:
    found: list[set[str]] = [
        {(m[1] or m[2]) for m in _LETTER.finditer(text)} for text in (intervention, comparator)
    ]
    sides: dict[str, Side] = {}
    for letter in found[0] - found[1]:
        sides[letter] = 1
    for letter in found[1] - found[0]:
        sides[letter] = -1
    return sides


def _initials(text: str) -> set[str]:
    words = [w for w in _PLAIN.findall(text) if w.lower() not in ("and", "of", "the", "with", "or")]
    found: set[str] = set()
    for first in range(len(words)):
        short = words[first][0]
        for word in words[first + 1 : first + 6]:
            short += word[0]
            found.add(short.upper())
    return found - _TAKEN


def _roles(named: list[dict[str, str]]) -> dict[str, Side]:
    """Role words by key: a role in a description is that group's, else the usual side's."""
    roles: dict[str, Side] = {}
    control = {key_of(word) for word in word_set("arms", "control_role")}
    tested = {key_of(word) for word in word_set("arms", "intervention_role")}
    own, other = set(named[0]), set(named[1])
    for key in control:
        if key in own and key in other:
            continue
        roles[key] = 1 if key in own else -1
    if (control & own) - other and not control & other:
        # The prompt calls the control the intervention: the tested group is the comparator.
        roles = dict.fromkeys(control, 1)
    for key in tested:
        if key in own and key in other:
            continue
        swapped = bool((control & own) - other) and not control & other
        roles[key] = -1 if swapped or (key in other and key not in own) else 1
    return roles


_ROLE_NEEDS: Final = word_set("arms", "role_needs")
_ALONE: Final = frozenset(key_of(w) for w in word_set("arms", "alone"))


def mentions(words: list[Keyed], pair: Pair) -> list[Mention]:
    """Where each group is named, in order; neighbouring words of one group are one mention."""
    found: list[Mention] = []
    sides: tuple[Side, Side] = (1, -1)
    for place, word in enumerate(words):
        side: Side | None = None
        upper = word.text.rstrip("s")
        for group, its in zip(pair.groups, sides, strict=True):
            if word.key in group.keys or (
                len(upper) > 1 and upper.isupper() and upper in group.shorts
            ):
                side = its
        if side is None and word.key in pair.roles:
            following = words[place + 1].key if place + 1 < len(words) else ""
            if word.key in _ALONE or following in _ROLE_NEEDS:
                side = pair.roles[word.key]
        if side is None and pair.letters and word.text in pair.letters:
            near = {w.key for w in words[max(0, place - 3) : place + 2]}
            if "group" in near or "groups" in near:
                side = pair.letters[word.text]
        if side is None and word.key in pair.only_comparator:
            side = _bare(words, place, pair.groups[0].keys | pair.groups[0].shorts, -1)
        elif side is None and word.key in pair.only_intervention:
            side = _bare(words, place, pair.groups[1].keys | pair.groups[1].shorts, 1)
        if side is None:
            continue
        last = found[-1] if found else None
        if last is not None and last.side == side and word.start - last.end <= 2:
            found[-1] = Mention(last.start, word.end, side)
        else:
            found.append(Mention(word.start, word.end, side))
    return found


def _bare(words: list[Keyed], place: int, added: frozenset[str], side: Side) -> Side | None:
    """The side of a shared treatment named without what the other group has beside it."""
    near = words[max(0, place - 5) : place + 6]
    if any(w.key in added or w.text in added for w in near):
        return None
    return side
