"""Which trial and which of its groups a part of a statement speaks of."""

import re
from dataclasses import dataclass
from itertools import pairwise

from probatum.checks.registry.record import Section
from probatum.terms.words import STOPWORDS, words

_TRIAL = re.compile(r"\b(primary|secondary)(?: clinical)? tr(?:ia|ai)ls?", re.IGNORECASE)
_BOTH_TRIALS = re.compile(
    r"\bprimary(?: clinical)?(?: trial)? and (?:the )?secondary\b"
    r"|\bsecondary(?: clinical)?(?: trial)? and (?:the )?primary\b|\bboth (?:clinical )?trials\b"
    r"|\b(?:primary|secondary)(?: clinical)?(?: trial)? (?:n?or) (?:the )?(?:secondary|primary)\b",
    re.IGNORECASE,
)
_NUMBERS = {
    "1": 0, "one": 0, "a": 0, "first": 0, "initial": 0, "i": 0,
    "2": 1, "two": 1, "b": 1, "second": 1, "ii": 1,
    "3": 2, "three": 2, "c": 2, "third": 2, "4": 3, "four": 3, "d": 3, "fourth": 3,
}  # fmt: skip
_GROUP = re.compile(
    r"\b(?:cohorts?|arms?|groups?|interventions?|sections?|results?)\s+"
    r"(1|2|3|4|one|two|three|four|[abcd](?=\b)|ii?)\b(?!\s*drug)"
    r"(?:\s*(?:and|or|,|&)\s*(?:cohort |arm |group )?(1|2|3|4|two|three|four|[bcd])\b(?! (?:more|patients)))?"  # noqa: E501
    r"|\b(first|second|third|fourth|initial)\s+(?:cohort|arm|group|intervention|section)\b",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"\b(?:both|either|each|neither|all|every|across both|the two|any)(?: of)?(?: the| its| these)?"
    r"(?: (?:different|patient|trial|study))?"
    r"(?: primary(?: clinical)? trial| secondary(?: clinical)? trial)?"
    r"(?: patient)? (?:cohorts?|arms?|groups?|sections?)\b",
    re.IGNORECASE,
)
# What parts the sides of a comparison.
_SIDES = re.compile(
    r"\b(?:than|(?:compared|relative|superior|inferior) (?:to|with)|versus|vs|whereas|while"
    r"|exceed\w*|surpass\w*|outperform\w*)\b",
    re.IGNORECASE,
)
_MERE = frozenset(
    [
        "arm",
        "arms",
        "group",
        "cohort",
        "treatment",
        "trial",
        "patients",
        "participants",
        "plus",
        "daily",
        "placebo-controlled",
        "mg",
        "phase",
        "dose",
        "part",
        "standard",
    ]
)


@dataclass(frozen=True, slots=True)
class Place:
    """A mention of a trial or of one of its groups: `group` None is the trial as a whole."""

    start: int
    end: int
    trial: int
    group: int | None
    each: bool = False


def places(text: str, sections: tuple[Section, ...], default: int = 0) -> list[Place]:
    """The mentions in order, a group with the trial that is named nearest."""
    both = [m.span() for m in _BOTH_TRIALS.finditer(text)]
    trials = [
        (m.start(), m.end(), 0 if m[1].lower() == "primary" else 1) for m in _TRIAL.finditer(text)
    ]
    found: list[Place] = []
    for match in _GROUP.finditer(text):
        trial = _nearest(trials, match.start(), match.end(), default)
        names = [name for name in match.groups() if name]
        for name in names:
            number = _NUMBERS.get(name.lower())
            if number is not None and trial < len(sections):
                number = _titled(name, sections[trial], number)
                found.append(Place(match.start(), match.end(), trial, number))
    for match in _ALL.finditer(text):
        trial = _nearest(trials, match.start(), match.end(), default)
        if trial < len(sections):
            found.extend(
                Place(match.start(), match.end(), trial, number, each=True)
                for number in range(len(sections[trial].groups))
            )
    if not found:
        found = _by_title(text, sections, trials, default)
    held = {each.trial for each in found}
    found += [
        Place(start, end, trial, None)
        for start, end, trial in trials
        if trial not in held and trial < len(sections)
    ]
    if both:
        named = {each.trial for each in found}
        found += [
            Place(*both[0], trial, None) for trial in range(len(sections)) if trial not in named
        ]
    return sorted(found, key=lambda p: (p.start, p.group or 0))


def _titled(name: str, section: Section, number: int) -> int:
    """The one group whose title has this letter or number ("Arm C"), else the one so counted."""
    title = re.compile(rf"\b(?:cohort|arm|group)\s+{name}\b", re.IGNORECASE)
    fitting = [n for n, group in enumerate(section.groups) if title.search(group.title)]
    return fitting[0] if len(fitting) == 1 else number


def _nearest(trials: list[tuple[int, int, int]], start: int, end: int, default: int) -> int:
    """The trial named behind a group ("cohort 1 of the primary trial"), else the one before it."""
    behind = [each for each in trials if 0 <= each[0] - end <= 40]
    if behind:
        return behind[0][2]
    before = [each for each in trials if each[1] <= start]
    if before:
        return before[-1][2]
    return trials[0][2] if trials else default


def key_words(text: str) -> frozenset[str]:
    """The words that tell one group's title from another's."""
    return frozenset(
        word.norm
        for word in words(text)
        if word.norm not in STOPWORDS and word.norm not in _MERE and len(word.norm) > 1
    )


def _by_title(
    text: str, sections: tuple[Section, ...], trials: list[tuple[int, int, int]], default: int
) -> list[Place]:
    """Groups that are named by what sets their titles apart from the other groups'."""
    told = {word.norm: word for word in reversed(words(text))}
    found = []
    for trial, section in enumerate(sections):
        if len(section.groups) < 2:
            continue
        titles = [key_words(group.title) for group in section.groups]
        for number, own in enumerate(titles):
            others = frozenset().union(*(t for n, t in enumerate(titles) if n != number))
            special = own - others
            hits = [told[word] for word in special if word in told]
            if special and hits and len(hits) * 2 >= len(special):
                first = min(hits, key=lambda t: t.start)
                near = _nearest(trials, first.start, first.end, default)
                if near == trial:
                    found.append(Place(first.start, first.end, trial, number))
        contained = _contained(text, trial, titles, trials, default)
        if len({place.group for place in [*found, *contained] if place.trial == trial}) > 1:
            found += contained
    return found


def _contained(
    text: str,
    trial: int,
    titles: list[frozenset[str]],
    trials: list[tuple[int, int, int]],
    default: int,
) -> list[Place]:
    """Groups whose titles other titles contain: "A plus B" beside "A plus B plus C".

    Such a group is meant where a side of a comparison has all of its words and of no longer title.
    """
    cuts = [m.end() for m in _SIDES.finditer(text)]
    found = []
    for start, end in pairwise([0, *cuts, len(text)]):
        told = {word.norm: word for word in reversed(words(text[start:end]))}
        held = [n for n, own in enumerate(titles) if own and own <= told.keys()]
        if not held:
            continue
        longest = max(held, key=lambda n: len(titles[n]))
        if not any(titles[longest] < other for other in titles):
            continue
        first = start + min(told[word].start for word in titles[longest])
        if _nearest(trials, first, first, default) == trial:
            found.append(Place(first, first + 1, trial, longest))
    return found if cuts else []
