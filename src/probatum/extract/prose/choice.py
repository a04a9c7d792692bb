"""Which end point a result is of: the words beside its figures before words farther off.

A sentence often names several ("improved PFS (HR ...) and OS (HR ...)"), and each figure belongs to
the one in its own clause. Only where a sentence names none is the one of the sentence before taken.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from probatum.extract.prose.endpoint_names import Mention, lexicon
from probatum.extract.prose.events import event_of
from probatum.extract.prose.happenings import more_common, outcome_behind, outcome_of_group
from probatum.extract.prose.lead_names import lead_name
from probatum.extract.prose.named_places import behind, bracketed
from probatum.extract.prose.phrases import (
    Chosen,
    beside,
    bracket_lead,
    next_in_list,
    noun,
    phrase,
    subject,
    tail,
)
from probatum.extract.prose.text import Prose, Sentence, clean

_NO_NAME: Final = frozenset({"event", "events", "death", "patients", "the", "interest", "all"})
_FOR: Final = re.compile(r"\sfor\s")
_CHANGED: Final = re.compile(r"\b(?:differences?|reductions?|increases?|effects?) (?:in|on)\b")


def choose(
    prose: Prose,
    sentence: Sentence,
    found: Sequence[Mention],
    at: tuple[int, int, int, int],
    inside: tuple[int, int] | None,
    carried: Chosen | None,
    *,
    told: tuple[int, int] | None,
    within: tuple[int, int] | None = None,
    previous: Chosen | None,
    units_end: int,
    of_groups: Sequence[str | None] = (),
) -> Chosen | None:
    """The end point of figures.

    `at` is where their clause, the first and the last of them begin and where they end; `inside`
    the stretch between a label and its value ("hazard ratio for death of 0.8"), `told` the object
    of a verb ("reduced X by 38%"), `within` the stretch between a value and the end of its interval
    ("1.6 for ovarian cancer (95% CI ...)"), `units_end` where the last result of the sentence ends,
    `of_groups` the names of the groups whose values they are.
    """
    usable = [
        m for m in found
        if m.name not in _NO_NAME and not _is_trait(prose, m, sentence.start, of_groups, at[3])
    ]  # fmt: skip
    return (
        _told(prose, usable, told)
        or _within(prose, usable, within)
        or _inside(prose, usable, inside)
        or _near(prose, usable, at, of_groups=bool(of_groups))
        or _behind_them(prose, usable, sentence, at[3])
        or next_in_list(prose, at[0], at[1], previous)
        or _far(prose, sentence, usable, at, carried, units_end, of_groups=bool(of_groups))
    )


# Whom a result is about and not what came out: "longer for patients with X", "absence of X".
_TRAIT: Final = re.compile(
    r"\b(?:patients|those|women|men|individuals|children|survivors|participants|people|cases)\s"
    r"(?:with|who had|having|without)\s"
    r"(?:(?!(?:had|has|have|was|were|showed|experienced)\s)"
    r"[\w-]+\s){0,4}$"
    r"|\b(?:absence|presence|lack|achievement|receipt|history)\sof\s(?:an?\s|the\s)?"
    r"(?:[\w-]+\s){0,2}$"
)


def _is_trait(
    prose: Prose, mention: Mention, opens: int, names: Sequence[str | None], end: int
) -> bool:
    """Whether a mention names a group, or says who the people are, and no outcome."""
    if mention.start >= end:
        return False
    words = prose.plain[mention.start : mention.end].lower()
    if any(name is not None and f" {words} " in f" {name.lower()} " for name in names):
        return True
    return _TRAIT.search(prose.plain[max(opens, mention.start - 60) : mention.start]) is not None


_OR_ANOTHER: Final = re.compile(r"\sor\s[a-z][\w-]{3,}\sto\s[A-Za-z][\w-]*")
# "increased cancer screening by 14%"
_UPTAKE: Final = re.compile(r"\bscreening$")


def _told(prose: Prose, usable: Sequence[Mention], told: tuple[int, int] | None) -> Chosen | None:
    if told is None:
        return None
    hint = next((m for m in usable if told[0] - 12 <= m.start and m.end <= told[1] + 12), None)
    words = prose.plain[told[0] : told[1]]
    if hint is not None:
        other = _OR_ANOTHER.match(prose.plain, hint.end, told[1])
        if other is not None and hint.start >= told[0]:
            # the list has only the first of two events that are counted as one
            return Chosen(clean(words), False, False, told[0], told[1])
        return Chosen.of(hint)
    if _UPTAKE.search(words):
        return Chosen("screening uptake", True, False, told[0], told[1])
    name = noun(prose, words)
    if name in lexicon().sites:
        name = f"{lexicon().sites[name]} cancer incidence"
    return Chosen(name, None, False, told[0], told[1]) if name is not None else None


# "the mean difference in HbA1c was"
_DIFFERENCE_IN: Final = re.compile(
    r".*?\bdifferences?\s(?:[(\[][SW]?MD[)\]]\sin|in|for)\s(?:the\s|mean\s|change in\s){0,2}"
    r"(?P<np>[A-Za-z][^.;,()]{1,60}?)\s?(?:was|were|of|between|at|from|with|[(,:=]|$)"
)


def _inside(
    prose: Prose, usable: Sequence[Mention], inside: tuple[int, int] | None
) -> Chosen | None:
    if inside is None:
        return None
    hint = next((m for m in usable if inside[0] <= m.start and m.end <= inside[1]), None)
    if hint is not None:
        return Chosen.of(event_of(prose, hint, usable))
    found = _DIFFERENCE_IN.match(prose.plain, *inside)
    name = noun(prose, found["np"]) if found is not None else None
    if found is None or name is None:
        return None
    return Chosen(name, None, False, found.start("np"), found.end("np"))


def _within(
    prose: Prose, usable: Sequence[Mention], within: tuple[int, int] | None
) -> Chosen | None:
    if within is None or _FOR.match(prose.plain, *within) is None:
        return None
    inner = next((m for m in usable if within[0] <= m.start and m.end <= within[1]), None)
    return Chosen.of(inner) if inner is not None else tail(prose, *within)


def _near(
    prose: Prose, usable: Sequence[Mention], at: tuple[int, int, int, int], *, of_groups: bool
) -> Chosen | None:
    """What the figures' own clause names: behind "for", opening the brackets, or before them."""
    clause, start, last_start, end = at
    own = [
        m for m in usable if clause <= m.start and m.end <= start and not bracketed(prose, m, start)
    ]
    following = behind(prose, usable, end)
    if not own and last_start > start:
        own = [
            m for m in usable
            if start <= m.start and m.end <= last_start and not bracketed(prose, m, last_start)
        ]  # fmt: skip
    if following is not None and not following.weak:
        gap = prose.plain[end : following.start]
        if re.fullmatch(r"[\s)\]]*for\s(?:[a-z]+\s){0,2}", gap):
            return Chosen.of(following)
    lead = bracket_lead(prose, clause, start) if of_groups else None
    if lead is not None:
        inner = next((m for m in usable if (lead.start or 0) <= m.start <= start), None)
        return Chosen.of(inner) if inner is not None else lead
    changed = _changed(prose, own, clause, start)
    if changed is not None:
        return changed
    next_to = beside(prose, clause, start)
    if next_to is not None and (not own or own[-1].end <= (next_to.start or 0)):
        return _or(prose, own[-1], next_to) if own else next_to
    return more_common(prose, clause, start) or _last_named(prose, own, at, of_groups=of_groups)


def _or(prose: Prose, first: Mention, second: Chosen) -> Chosen:
    """ "recurrence or second primary tumor", where only the first is a name of the list."""
    if prose.plain[first.end : second.start] != " or ":
        return second
    return replace(second, name=f"{first.name} or {second.name}", start=first.start)


def _last_named(
    prose: Prose, own: Sequence[Mention], at: tuple[int, int, int, int], *, of_groups: bool
) -> Chosen | None:
    """The last of a clause's names, or what a verb behind it says happened to the groups."""
    happened = outcome_of_group(prose, at) if of_groups else None
    if happened is not None and (not own or (happened.start or 0) >= own[-1].end):
        return happened
    if not own:
        return None
    both = _either(prose, own)
    if both is not None:
        return both
    if len(own) > 1 and own[-1].name == "mortality" and not own[-2].weak:
        return Chosen.of(own[-2])
    return Chosen.of(own[-1])


def _either(prose: Prose, own: Sequence[Mention]) -> Chosen | None:
    """ "recurrence or second primary tumor": two events that are counted as one."""
    if len(own) < 2 or prose.plain[own[-2].end : own[-1].start] not in (" or ", " or a "):
        return None
    first, last = own[-2], own[-1]
    if first.name == last.name or first.more_is_good != last.more_is_good:
        return None
    return Chosen(
        f"{first.name} or {last.name}", last.more_is_good, last.hazard, first.start, last.end
    )


def _changed(prose: Prose, own: Sequence[Mention], clause: int, start: int) -> Chosen | None:
    """ "... of X, but a difference in Y (...)": Y, although X is what a list has."""
    worded = phrase(prose, clause, start)
    if not own or worded is None or not worded[1] or worded[0].start is None:
        return None
    at = worded[0].start
    if own[-1].end <= at < start and _CHANGED.search(prose.plain[max(clause, at - 50) : at]):
        return worded[0]
    return None


def _behind_them(
    prose: Prose, usable: Sequence[Mention], sentence: Sentence, end: int
) -> Chosen | None:
    following = behind(prose, usable, end)
    return Chosen.of(following) if following is not None else tail(prose, end, sentence.end)


def _far(
    prose: Prose,
    sentence: Sentence,
    usable: Sequence[Mention],
    at: tuple[int, int, int, int],
    carried: Chosen | None,
    units_end: int,
    *,
    of_groups: bool,
) -> Chosen | None:
    """What other clauses and sentences name, and names that no list has."""
    clause, start, last_start, end = at
    worded = phrase(prose, clause, start) or phrase(prose, start, last_start)
    earlier = [m for m in usable if m.end <= clause and not bracketed(prose, m, start)]
    if worded is not None and worded[1]:
        return worded[0]
    told = lead_name(prose, clause, start, last_start) if of_groups else None
    if told is None and of_groups:
        told = outcome_behind(prose, last_start, sentence.end)
    if told is not None:
        return told
    if earlier:
        return Chosen.of(earlier[-1])
    after = next((m for m in usable if m.start >= units_end), None)
    if after is not None and not after.weak:
        return Chosen.of(after)
    after = next((m for m in usable if m.start >= end), None)
    if after is not None and carried is None:
        return Chosen.of(after)
    if worded is not None:
        return worded[0]
    if of_groups:
        about = subject(prose, sentence, start)
        if about is not None:
            return about
    if carried is not None:
        return carried
    if after is not None:
        return Chosen.of(after)
    return subject(prose, sentence, start)
