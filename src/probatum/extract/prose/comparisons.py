"""Which groups a sentence sets against each other: "X compared with Y", "assigned to X or Y".

Values often stand apart from their names ("X improved OS compared with Y (26 v 17 months)"), and
the second group may be named sentences before, where patients were assigned.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from probatum.extract.prose.arm_names import tidy
from probatum.extract.prose.assignments import NAME
from probatum.extract.prose.endpoint_names import is_disease
from probatum.extract.prose.text import Prose, Sentence

_VERSUS: Final = (
    r"(?:versus|vs\.?|v\.?|compared (?:with|to)|in comparison (?:with|to)|relative to|as compared"
    r" (?:with|to)|when compared (?:with|to))"
)
# With its doses, which are blanked.
_LONG_NAME: Final = r"[A-Za-z0-9][^;:()\[\].]{1,180}?"
# "assigned, after surgery, to A or B"
_ASIDE: Final = r"(?:,\s[^;:.,]{1,120},|\s{2,}[^;:.,]{1,60},)?"
_PLAIN_NAME: Final = r"[A-Za-z0-9≤≥<>][^;:,()\[\].]{1,110}?"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two groups as the text sets them against each other; the second may be unnamed."""

    intervention: str | None
    comparator: str | None
    start: int
    end: int


# The subject of a clause: what was given or compared, before the verb of the finding.
_VERB: Final = (
    r"(?:was|were|is|are|has been|have been|had|has|have|could|did|significantly|improved|resulted"
    r"|reduced|caused|gave"
    r"|increased|decreased|showed|demonstrated|led|yielded|produced|prolonged|experienced|appears"
    r"|appeared|may|can|conferred|provided|extended|also|lowered|achieved|reported|developed)\b"
)
_PATTERNS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:adding|addition of)\s(?P<a>{NAME})\s?,?\s{_VERSUS}\s(?P<b>{NAME})"
        r"(?=[,;:.()\[]|$|\s\s\s|\s(?:in|for|improved|resulted|showed)\s)",
        rf"\b(?:adding|addition of)\s(?P<a>{NAME}\sto\s(?P<b>{NAME}))(?=[,;:.()\[]|$|\s\s\s"
        rf"|\s(?:in|for|improved|significantly|resulted|showed|increased|did|was|prolonged)\s)",
        rf"\b(?:received|receiving|treated with|assigned to(?: receive)?|with|of|to|trials? of|for"
        rf"|in|by|from|favou?red|favou?rs|favou?ring"
        rf"|comparing|evaluated|examined|compared|between"
        rf"|that)\s(?P<a>{NAME})\s?,?\s{_VERSUS}\s(?P<b>{NAME})"
        r"(?=[,;:.()\[]|$|\s\s\s|\s(?:in|for|among|improved|resulted|showed|demonstrated|did|was"
        r"|were|as|on|had|conferred|yielded)\s)",
        rf"^(?P<a>{NAME})\s?,?\s{_VERSUS}\s(?P<b>{NAME})(?=[,;:.()\[]|$|\s\s\s|\s(?:in|for|among"
        rf"|improved|resulted|yielded|showed)\s)",
        rf"\b(?:in|for|with|among)\s(?P<a>{NAME})\s?,?\s(?<!rather\s)(?<!other\s)than\s(?:(?:in|with|for|among)\s)?"
        rf"(?P<b>{NAME})(?=[,;:.()\[]|$|\s\s\s|\s(?:in|for|among|at|as|but)\s)",
        rf"^[Cc]ompared\s(?:with|to)\s(?P<b>{NAME}),\s(?P<a>{NAME})\s{_VERB}",
        rf"\bcompar(?:ed|ing|es)\s(?P<a>{NAME})\s(?:with|to|and"
        rf"|versus)\s(?P<b>{NAME})(?=[,;:.()\[]|$|\s\s\s|\s(?:in|for|among|as)\s)",
        rf"(?:^|[,:]\s|\b(?:that|of|with|for)\s)(?P<a>{_PLAIN_NAME})\swas\s(?:not\s)?(?:non-?inferior|superior"
        rf"|inferior)\sto\s(?P<b>{NAME})(?=[,;:.()\[]|$|\s\s\s|\s(?:for|in|with)\s)",
        rf"\b(?:randomly\s|randomi[sz]ed\s)?(?:assigned|randomi[sz]ed|allocated){_ASIDE}\sto\s(?:either\s)?"
        rf"(?:receive\s|undergo\s)?(?:either\s)?(?P<a>{_LONG_NAME})\s(?:or|versus"
        rf"|vs\.?)\s(?:receive\s|undergo\s)?(?P<b>{NAME})(?=[,;:.()\[]|$|\s\s\s|\s(?:for|in|as)\s)",
        rf"\bdifferences?\s[^;.()]{{0,60}}?between\s(?:the\s)?(?P<a>{NAME})\sand\s(?P<b>{NAME})"
        rf"(?=[,;:.()\[]|$|\s\s\s|\s(?:in|for|groups?|arms?|with)\b)",
        rf"\bfor\s(?:patients\sin\s)?(?:the\s)?(?P<a>{NAME})\sand\s(?P<b>{NAME})\s(?:arms"
        rf"|groups)\b",
    )
)


# None of the patterns fits a sentence without one of these.
_ANY: Final = re.compile(
    r"[Cc]ompar|vers|\bthan\b|\bvs?\b|relative|inferior|superior|andomi[sz]ed|assigned|allocated|differen"
    r"|\barms\b|groups\b"
    r"|\badd"
)


def comparison(prose: Prose, sentence: Sentence) -> Comparison | None:
    """The groups that a sentence sets against each other, if it says so in words."""
    words = prose.unbracketed[sentence.start : sentence.end]
    if _ANY.search(words) is None:
        return None
    for pattern in _PATTERNS:
        found = pattern.search(words)
        if found is None or (pattern is _PATTERNS[0] and _FINDING.search(found["a"])):
            continue
        added = pattern is _PATTERNS[1]
        first = tidy(found["a"]) if added else _last_phrase(found["a"])
        second = tidy(found["b"])
        if second is None or re.search(r"\d\s?%", second):
            continue
        if first is not None and (re.search(r"\d\s?%", first) or len(first) > 110):
            first = None
        if _OUTCOME_OF.search(words[: found.start("a")]):
            # "reduced the risk of X compared with B": X is what came out, and the subject did it
            return Comparison(None, second, 0, 0)
        if first is None and found["a"]:
            continue
        return Comparison(
            first, second, sentence.start + found.start(), sentence.start + found.end()
        )
    return None


_FINDING: Final = re.compile(rf"\s{_VERB}")
_OUTCOME_OF: Final = re.compile(
    r"\b(?:risks?|rates?|incidence|odds|hazard|prevention|development|reduction|prevalence|number"
    r"|likelihood)\sof\s(?:the\s|an?\s)?$",
    re.IGNORECASE,
)
_PHRASE: Final = re.compile(
    r".*\b(?:received|receiving|treated with|assigned to|for(?!\s\d)|with|in the|of|by|among"
    r"|from|using|that)\s",
    re.IGNORECASE,
)


def _last_phrase(words: str) -> str | None:
    """The group at the end of a longer stretch: "improvement in PFS with X" is "X"."""
    found = _PHRASE.match(words)
    return tidy(words[found.end() :] if found is not None else words)


_SUBJECT: Final = re.compile(
    r"^(?:(?:\w+ly|Further(?:more)?|Moreover|Overall|Thus),\s)?(?:(?:In|Among|For|At|With|After|During|Of|By|However|Even|On|Although|While"
    r"|When)\b[^,()]{0,140},\s)?"
    r"(?:[^,()]{0,90}\b(?:that|which)\s)?"
    rf"(?P<s>[A-Za-z0-9][^,;:()]{{1,110}}?)\s{_VERB}",
)
_ONLY_SECOND: Final = re.compile(
    rf"\b(?:{_VERSUS}|than(?:\s(?:in|with|for|did|was|were|those of|that of"
    rf"|among))?)\s(?P<b>{NAME})"
    r"(?=[,;:.()\[]|$|\s\s\s|\s(?:in|for|among|was|were|at)\s(?!the\s(?:[\w-]+\s){1,3}(?:group"
    r"|arm)s?\b))"
)
_NOT_SECOND: Final = re.compile(
    r"^(?:\d|half|expected|one\b|two\b|three\b|twice|that\b|those\b|it\b|would|had|baseline"
    r"|previous|either|usual$|ever)"
    r"|\d\s?%"
)
_PRONOUN: Final = re.compile(
    r"^(?:it|they|this|these|there|he|she|the (?:trial|study|authors|results|analysis|difference"
    r"|median|rate|hazard|risk)"
    r"|results?|no|neither|both|patients|women|men|a |an |one|another|most|some|data|median|overall"
    r"|OS|PFS)\b",
    re.IGNORECASE,
)


# "X was reduced with A": X is what came out.
_CAME_OUT: Final = re.compile(
    r"\s(?:was|were|is|are)\s(?:\w+ly\s){0,2}(?:reduced|lower|higher|increased|decreased|longer"
    r"|shorter|improved|greater|similar|comparable|observed|seen|reported|found|noted|(?:more|less)(?!\slikely)"
    r"|identified|achieved|detected|confirmed|diagnosed)\b"
    r"|\s(?:occurred|developed\sin)\b"
)


def subject(prose: Prose, sentence: Sentence) -> str | None:
    """The group or exposure that a sentence is about, when its subject is one."""
    whole = prose.unbracketed[sentence.start : sentence.end]
    for pattern in (_SUBJECT, _THAT):
        found = pattern.search(whole)
        if found is not None and _CAME_OUT.match(whole, found.end("s")):
            continue
        name = _as_subject(found["s"]) if found is not None else None
        if name is not None:
            return name
    return None


_THAT: Final = re.compile(rf"\bthat\s(?P<s>[A-Za-z0-9][^,;:()]{{1,90}}?)\s{_VERB}")


def _as_subject(words: str) -> str | None:
    if _PRONOUN.match(words):
        words = re.sub(r"^(?:The|the)\s", "", words)
        if _PRONOUN.match(words) and not re.match(
            r"(?:patients|women|men)\s", words, re.IGNORECASE
        ):
            return None
    name = tidy(words)
    if name is None or re.search(
        r"\d\s?%|\b(?:survival|rate|OS|PFS|risk|incidence|mortality|ratio)s?$", name
    ):
        return None
    if is_disease(name.rpartition(" ")[2]) and " with " not in name:
        return None
    return name if name.lower() != "patients" else None


_FAVOURED: Final = re.compile(
    rf"\b(?:favou?rs|favou?red|favou?ring|in favou?r of|superiority of|advantage for|benefit with"
    rf"|benefit for|benefit from)\s(?:the\s)?"
    rf"(?P<a>{NAME})(?=[,;:.()\[]|$|\s\s\s|\s(?:over|compared|versus|vs|was|were|in|for|at)\s)"
)


_BETTER: Final = re.compile(
    rf"\b(?:longer|better|improved|higher|superior|prolonged|greater|lower|shorter|reduced|increased"
    rf"|improvement)\s(?:(?!associated|risk)[\w-]+\s)?(?:by\s[\d.]+\s?%\s)?(?:with|for|in|among)\s(?:the\s)?"
    rf"(?P<a>{NAME})(?=[,;:.()\[]|$|\s\s\s|\s(?:over|compared|versus|vs|was|were|in|for|at|than)\s)"
)
_TREATED: Final = re.compile(
    r"\b(?:who|that)\s(?:were\s)?(?:received|treated\swith|underwent|used|took)\s"
    rf"(?P<a>{NAME})(?=[,;:.()\[]|$|\s\s\s|\s(?:had|compared|versus|vs|was|were|in|for|at|than"
    rf"|and)\s)"
)


def favoured(prose: Prose, sentence: Sentence) -> str | None:
    """The group that a sentence says was favoured, or else the first said to be treated."""
    for pattern in (_FAVOURED, _BETTER, _TREATED):
        found = pattern.search(prose.unbracketed, sentence.start, sentence.end)
        name = tidy(found["a"]) if found is not None else None
        if name is not None:
            return name
    return None


def second_named(prose: Prose, sentence: Sentence) -> str | None:
    """The group behind "compared with", where the first is the sentence's subject."""
    for found in _ONLY_SECOND.finditer(prose.unbracketed, sentence.start, sentence.end):
        name = tidy(found["b"])
        if name is not None and not _NOT_SECOND.search(name):
            return name
    return None


def complete(
    stated: Comparison | None,
    about: str | None,
    second: str | None,
    before: Sequence[str],
    earlier: Comparison | None,
) -> Comparison | None:
    """The comparison of a sentence, what it leaves out taken from the sentences before."""
    if stated is not None and stated.intervention and stated.comparator:
        return stated
    first = stated.intervention if stated is not None and stated.intervention else about
    other = stated.comparator if stated is not None and stated.comparator else second
    if first is None and other is None:
        return earlier
    if other is None and first is not None:
        words = set(first.lower().split())
        if earlier is not None and earlier.comparator and _alike(first, earlier.intervention):
            other = earlier.comparator
        elif earlier is not None and earlier.intervention and _alike(first, earlier.comparator):
            other = earlier.intervention
        else:
            other = next((n for n in before if not words & set(n.lower().split())), None)
            if other is None:
                other = next(
                    (
                        n
                        for n in before
                        if n.lower() not in first.lower() and first.lower() not in n.lower()
                    ),
                    None,
                )
    if first is None and earlier is not None:
        first = earlier.intervention
    return Comparison(first, other, 0, 0)


def _alike(a: str, b: str | None) -> bool:
    if b is None:
        return False
    first, second = (
        set(re.findall(r"[\w/-]+", x.lower())) - {"the", "group", "arm", "and", "plus"}
        for x in (a, b)
    )
    return len(first & second) * 2 >= min(len(first), len(second)) > 0
