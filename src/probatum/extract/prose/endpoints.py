"""End points named in a sentence, under the name that results are listed by.

"Death from any cause", "OS" and "median survival" are one end point and must come out under one
name, or two tuples of one result would look like two findings. What is not in the list is named by
its own words.
"""

import re
from collections.abc import Iterator
from typing import Final

from probatum.extract.prose.endpoint_names import Mention, lexicon, named
from probatum.extract.prose.text import Prose, Sentence
from probatum.extract.prose.worded_endpoints import worded
from probatum.extract.prose.words import word_set

_ONWARD: Final = re.compile(r"\sto\s([\w-]+\s(?:disease|cancer|leukemia|lymphoma|myeloma|AML))\b")


# "deaths that were not caused by progression" are the others, and no overall survival.
_NOT_OF: Final = re.compile(
    r"\s(?:(?:that|which)\s(?:were|was)\s)?not\s(?P<verb>caused by|due to|related to|attributed to"
    r"|attributable to|associated with|from)\s(?:the\s)?"
    r"(?P<np>[A-Za-z][\w/'-]*(?:\s(?!(?:and|or|in|with|was|were|at|than|compared)\b)[\w/'-]+){0,3})"
)
# "two or more recurrences" is no recurrence.
_SEVERAL: Final = re.compile(r"\b((?:two|three|four|five|\d) or more)\s$", re.IGNORECASE)
# Where it came back belongs to the name: "ipsilateral breast tumor recurrence", "CNS relapse".
_PLACED: Final = frozenset({"recurrence", "relapse"})
_BEFORE: Final = re.compile(r"(?:[A-Za-z][\w/'-]{0,30}\s){1,3}$")
_NO_PLACE: Final = word_set("phrase_end") | word_set("no_place")


def _place(plain: str, start: int, opens: int) -> tuple[int, str]:
    """The words before a recurrence that say where, and where they begin."""
    found = _BEFORE.search(plain[max(opens, start - 70) : start])
    kept: list[str] = []
    for word in reversed(found.group().split() if found is not None else []):
        if word.lower() in _NO_PLACE or word.endswith(("ed", "ing", "ly")):
            break
        kept.insert(0, word)
    words = " ".join(kept)
    return start - len(words) - 1, words


def mentions(prose: Prose, sentence: Sentence) -> list[Mention]:
    """The end points of a sentence in order; of two that overlap the stronger, then the longer."""
    found = list(_listed(prose, sentence))
    found += worded(prose, sentence)
    found.sort(key=lambda m: (m.weak, m.start - m.end))
    kept: list[Mention] = []
    for mention in found:
        if all(mention.end <= k.start or k.end <= mention.start for k in kept):
            kept.append(mention)
    kept.sort(key=lambda m: m.start)
    return kept


def _listed(prose: Prose, sentence: Sentence) -> Iterator[Mention]:
    known = lexicon()
    for found in known.pattern.finditer(prose.plain, sentence.start, sentence.end):
        row = known.names[int((found.lastgroup or "e0")[1:])]
        words = found.group()
        name = row["name"]
        own = prose.abbreviations.get(words)
        if own is not None and words in row.get("short", ()) and not _same(own, name):
            fits = known.pattern.fullmatch(own)
            if fits is None:
                continue  # "MMR" that the text defines as mismatch repair
            row = known.names[int((fits.lastgroup or "e0")[1:])]
            name = row["name"]
        good = row.get("good")
        end = found.end()
        onward = _ONWARD.match(prose.plain, end) if "progression" in name else None
        if onward is not None:
            name, end = f"progression to {named(prose, onward[1])}", onward.end()
        start = found.start()
        if name in _PLACED:
            at, where = _place(prose.plain, start, sentence.start)
            if where:
                start, name = at, f"{named(prose, where)} {name}"
        unlike = _NOT_OF.match(prose.plain, end, sentence.end) if "mortality" in name else None
        if unlike is not None:
            words = unlike["np"].strip()
            yield Mention(start, unlike.end(), f"deaths not {unlike['verb']} {words}", False)
            continue
        several = _SEVERAL.search(prose.plain, max(sentence.start, start - 20), start)
        if several is not None and words.endswith("s"):
            yield Mention(several.start(), end, f"{several[1].lower()} {words.lower()}", None)
            continue
        yield Mention(
            start, end, name,
            True if good == "more" else False if good is None else None,
            bool(row.get("hazard")), bool(row.get("weak")),
        )  # fmt: skip


def _same(own: str, name: str) -> bool:
    return own.replace("-", " ").split()[:1] == name.replace("-", " ").split()[:1]
