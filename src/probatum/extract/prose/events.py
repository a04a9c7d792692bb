"""Which end point a ratio's event is of: "PFS was longer (HR for progression, ...)" is PFS."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from probatum.extract.prose.endpoint_names import Mention
from probatum.extract.prose.text import Prose

_OF_DEATH: Final = frozenset({"overall survival", "all-cause mortality"})


def _free(mention: Mention) -> bool:
    return mention.hazard and mention.name.endswith("-free survival")


# The event of a ratio and the survival named before it that it is an event of: "PFS was longer (HR
# for progression, ...)", "RFS ... (HR for recurrence or death, ...)".
_EVENT_OF: Final[dict[str, Callable[[Mention], bool]]] = {
    "event-free survival": lambda m: m.hazard and m.name != "overall survival",
    "disease-free survival": _free,
    "disease progression": _free,
    "recurrence": _free,
    "relapse": _free,
}


def event_of(prose: Prose, hint: Mention, found: Sequence[Mention]) -> Mention:
    """ "HR for death" beside a named survival is that survival."""
    if hint.name in ("mortality", "all-cause mortality"):
        before = [m for m in found if m.end <= hint.start and m.name in _OF_DEATH]
        for other in [*reversed(before), *found]:
            if other.name == "overall survival" and other.hazard:
                return replace(other, more_is_good=True, weak=False)
            if other in before:
                return replace(other, weak=False)
    fits = _EVENT_OF.get(hint.name)
    if fits is None and prose.plain.startswith(" or death", hint.end):
        fits = _free
    if fits is not None:
        for other in found:
            if other.end <= hint.start and fits(other):
                return replace(other, more_is_good=True, hazard=True, weak=False)
    return hint
