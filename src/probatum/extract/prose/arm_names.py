"""What a group of a trial is called, from the words beside its value or the sentence's comparison.

A value under the wrong arm is the opposite result, so a name is taken only from words that stand
with the value ("11.7 months in the X arm", "with X, 56%"), or else from the one comparison that the
sentence states ("X compared with Y"), in the order in which it states it.
"""

import re
from typing import Final

from probatum.extract.prose.endpoint_names import lexicon
from probatum.extract.prose.text import clean
from probatum.extract.prose.words import word_set

# Where the words behind "in", "for" or "with" stop being the group's name.
_CUT: Final = re.compile(
    r"[;:()\[\]]|,\s(?!(?:and\s)?[A-Za-z-]+(?:,|\sand\s)[^,;]{3,40}\s(?:arms?|groups?)\b)|,$|\.\s"
    r"|\.$"
    r"|\s(?:versus|vs\.?|v\.?|(?:as )?compared|than|whereas|while|but|although"
    r"|had|has|have|was|were|is|are"
    r"|did|showed|improved|resulted|developed|experienced|achieved|reported|died|survived|responded"
    r"|relapsed|because|which|as opposed|rather|respectively|at (?=\d|a\s)"
    r"|after (?=\d|a\s)|over (?=\d|a\s)|by (?=\d)|in favor|in favour|per |during|from (?=\d)"
    r"|and (?=\d|for\s|in\s|with\s|of\s|among\s|a median|those|the (?:median|rate)|\.\d)|to (?=\d)"
    r"|(?:in|for) patients with|also|who did not achieve)(?![A-Za-z])"
    r"|\swith\s(?=(?:no|an?|the)\s(?:[\w-]+\s){0,2}?(?:significant|hazard|odds|risk|relative"
    r"|difference|ratio|P)\b)"
    r"|\sfor\s(?=\d+\s(?:days?|weeks?|months?|years?|cycles?)\b)"
    r"|\s(?:versus|vs\.?|and|or|in|for|with|to|of)$|\sin\s(?=an?\s[a-z-]+\sanalysis\b)"
)
_LEAD: Final = re.compile(
    # "A plus B" is a name, and "a regimen of B" is not
    r"(?:(?:the|(?-i:an?|An|A(?!\s(?:plus|and|with|or|alone|group|arm)\b))|both|those(?!\sin\sthe\b)|all|either"
    r"|each|only|similar|pooled(?=\s[^\s]+\s(?:arms|groups)\b)|eligible|adult|randomi[sz]ed|evaluable)\s"
    r"|\d[\d,]*\s(?!(?:mg|g|mcg|µg|mL|IU)\b)"
    r"|(?:groups?|arms?|cohorts?)\s(?=who|that|randomly|randomi[sz]ed|assigned|receiving|treated"
    r"|allocated|given)"
    r"|(?:regimen|course|combination)\sof\s|those\sin\s(?=the\s)"
    r"|(?:patients?|women|men|participants?|individuals?|people|persons?|subjects?|children|adults"
    r"|infants)"
    r"(?:'s)?\s(?:in\sthe\s|in\s|on\s(?=the|[a-z-]+\sarm)|with\s(?=the\s)|(?=who|that|whose"
    r"|randomly|randomi[sz]ed|assigned|receiving|treated|allocated|undergoing|given|taking))"
    r"|(?:who|that)\s(?=(?:were|had|have|was|are)?\s?(?:also\s)?(?:randomly|randomi[sz]ed|assigned"
    r"|receiv|treated|allocated|under|given|took|taking|got|used|continued))"
    r"|(?:were|was|had|have|are|also|been|being)\s(?=(?:randomly|randomi[sz]ed|assigned|receiv"
    r"|treated|allocated|under|given|taking))"
    r"|(?:randomly\s)?(?:assigned|randomi[sz]ed|allocated)\s(?:to\s)?(?:receive\s|the\s|undergo\s)?"
    r"|(?:received|receiving|receive|treated with|treatment with|undergoing|underwent|given|taking"
    r"|took"
    r"|used|treated by|use of|addition of|therapy with)\s)",
    re.IGNORECASE,
)
# "the X group discontinued the study": what the group did is no name.
_GROUP_DID: Final = re.compile(
    r"(.{1,80}?[\w)](?:\s|-)(?:groups?|arms?|cohorts?))\s"
    r"(?!(?:who|that|receiving|treated|assigned|given|with|without|plus|and|of|or|for|in|to|randomly"
    r"|randomi[sz]ed|allocated|undergoing|taking|only|alone)\b)(?=[a-z]{3})"
)
_LOOSE_END: Final = re.compile(r"(?:\s(?:and|or|in|for|with|to|of|by|versus|vs))+[\s,]*$")
_GROUP: Final = re.compile(
    r"[- ](?:arms?|groups?|cohorts?|recipients|patients|treatment arm|treatment group"
    r"|study arm|recipients?|participants|users)$",
    re.IGNORECASE,
)
# A remainder that names no group by itself keeps its noun: "combination arm", "treatment group".
_BARE: Final = word_set("bare_group")
_TO: Final = re.compile(
    r"\s?,?\s?(?:(?:of|in|for|with|among|on|by|after|following|who received"
    r"|receiving|given|taking|(?:randomly\s)?(?:assigned(?:\sto)?|randomi[sz]ed\sto|allocated\sto)|treated\swith"
    r"|undergoing)\s)(?=[A-Za-z>≤≥<\d])"
)


def tidy(words: str) -> str | None:
    """A group's bare name out of the words that stand for it; None when none is left."""
    words = clean(words)
    cut = _CUT.search(words)
    if cut is not None:
        words = words[: cut.start()]
    group = _GROUP_DID.match(words)
    if group is not None:
        words = group[1]
    words = _LOOSE_END.sub("", words).strip(" ,;:.-")
    for _ in range(6):
        lead = _LEAD.match(words)
        if lead is None:
            break
        words = words[lead.end() :]
    group = _GROUP.search(words)
    # "the A group" keeps its noun, or a letter would be left that reads as an article
    if group is not None and group.start() > 1 and words[: group.start()].lower() not in _BARE:
        bare = words[: group.start()].strip(" ,;:.-")
        # "the standard follow-up group" is a group, and "standard follow-up" alone reads as none
        words = bare if plausible(bare) else words
    words = words.strip(" ,;:.-")
    return words if plausible(words) else None


_NO_GROUP: Final = re.compile(
    r"(?:[A-Z][a-z-]+\spercent\b|who|that|those|them|they|it|its|this|these|there|which|both|months?|years?|weeks?|median"
    r"|mean|overall"
    r"|the|of|in|a|an|and|or|at|no|not|significantly|results?|patients|participants|him|her"
    r"|this regimen|this treatment)$"
    r"|(?:(?:risks?|rates?|incidence|number|proportion|percentage|effects?|differences?|yield"
    r"|prevalence)\sof\s|(?:relative|absolute|cumulative)\s"
    r"|median|mean|long-term follow|follow-up|of\s|in\s|(?-i:an?)\s|the\s(?:trial"
    r"|study)|(?:yield|hazard|odds|risk|effect|association|data|evidence)\s(?:of|for|with|from)\s"
    r"|(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s|higher|lower|improved"
    r"|increased|fewer|pooled"
    r"|decreased|reduced|better|worse|more|less|significant|have|has|had|\d+\s?(?:/|of|%|months"
    r"|years|weeks|$)|\d+\.\d|at\s(?:a|the|least)\b)"
    r"|.*\b(?:hazard|odds|risk|rate)s?\sratios?\b.*"
    r"|.*\b(?:survival|rates?|probability|risks?|incidence|mortality|OS|PFS|EFS|DFS|months?|years?"
    r"|ratio|interval|hazard"
    r"|responses?|remissions?|outcomes?|deaths?|events?|cases|recurrences?|relapses?"
    r"|follow-up|difference|improvement|benefit|analysis|analyses|respectively|study|trial"
    r"|period|end ?points?|in (?:each|both))$",
    re.IGNORECASE,
)


_RATIO: Final = re.compile(r"\b(?:a?HR|RR|OR)s?\b")


def plausible(words: str) -> bool:
    """Whether words can be what a group is called, and are not an outcome, a time or a pronoun."""
    if not words or len(words) > 140 or not re.search(r"[A-Za-z]|^[<>≤≥]", words):
        return False
    if words[0] in "<>≤≥":
        return True
    if _RATIO.search(words) or lexicon().pattern.fullmatch(words):
        return False
    return _NO_GROUP.match(words) is None


def after_value(plain: str, start: int, end: int) -> str | None:
    """The name behind a value: "... in the X arm", "... with X"."""
    lead = _TO.match(plain, start, end)
    if lead is None:
        return None
    return tidy(plain[lead.end() : min(end, lead.end() + 160)])


def far_behind(plain: str, start: int, end: int) -> str | None:
    """The name behind a value and what was counted: "12 relapses were seen in arm 1"."""
    lead = _FAR_BEHIND.match(plain, start, end)
    return tidy(plain[lead.end() : min(end, lead.end() + 160)]) if lead is not None else None


# "12 relapses were seen in arm 1": what was counted stands between
_FAR_BEHIND: Final = re.compile(
    r"(?:\s(?!(?:versus|vs|compared|than|and|or|of|but|for|to|from|by|between)\b)[A-Za-z][\w-]*){1,4}?"
    r"\s(?:in|with|among|for)\s"
    r"(?=(?:the\s)?(?:(?!(?:versus|vs|compared|than|and|or|in)\b)[A-Za-z][\w/+-]*\s){0,5}?(?:arm|group)\b"
    r"|(?:patients|those|women|men|participants|people)\s(?:who\s)?(?:receiv|given|treated|assigned|taking))"
    # "14 serious events with X"
    r"|(?:\s[a-z][a-z-]*){0,3}?\s(?:events?|deaths?|cases|recurrences?|relapses?|failures?)\s(?:in|with|among)\s"
)
# "(INT 7.1 vs. UC 8.2)": a group's short form right before its value
_SHORT_BEFORE: Final = re.compile(
    r"(?:[(;,]\s?|\b(?:versus|vs\.?)\s{1,2})([A-Z][A-Za-z]{0,2}[A-Z/+-]{0,6})\s\+?$"
)
_BEFORE: Final = re.compile(
    r"(?:[(;:,]\s?|\b(?:versus|vs|compared with)\s{1,2})"
    r"([A-Za-z>≤≥<][^()\[\];:,]{1,80}?)(?:,|:|\s?=)\s?$"
)
_GROUP_BEFORE: Final = re.compile(
    r"^.*(?:^|[(;,]\s?|\b(?:versus|vs|and|with|in|for|to|was|by|the|among)\s{1,2})"
    r"([A-Za-z][^()\[\];:,]{0,60}?\b(?:arm|group|placebo|recipients|cohort|alone))(?:,|:"
    r"|\s[(\[])\s?$"
)
_OF_THOSE: Final = re.compile(
    r"\b(?:[Oo]f|[Aa]mong|[Ii]n"
    r"|[Ff]or)\s(?:the\s)?[^()\[\];:,]{0,60}?\b(?:who\s(?:were\s)?(?:received|treated with"
    r"|underwent)|receiving|treated with|assigned to)\s([A-Za-z][^()\[\];:,]{0,80}),\s$"
)
_IN_GROUP: Final = re.compile(
    r"\b(?:[Ii]n|[Ff]or|[Aa]mong|[Ww]ith)\s(?:the\s)?([A-Za-z][^()\[\];:,]{0,60}?\b(?:arm|group"
    r"|cohort|recipients))(?:,\s[^()\[\];:,]{0,70}|\s(?:was|were)\s)$"
)


_ALONE: Final = re.compile(
    r"\b(?:for|with|in|among|between|than|versus|vs|to|on|assigned|receiving|given|taking)\s(?:the\s)?([A-Za-z][^()\[\];:,]{0,60}?)\s[(\[](?:mean\s|median\s)?$"
)


# "in group A (n = 5, 12%)"
_WITH_SIZE: Final = re.compile(r"\([nN]\s?=\s?\d[\d,]*[,;]\s?$")
# "control (96%), lidocaine (": one of a list
_IN_LIST: Final = re.compile(
    r"(?:[:;,.]\s(?:and\s)?|\band\s|^\s?(?:and\s)?)([A-Za-z][^()\[\];:,.]{0,50}?)\s?[(\[]\s?$"
)


def before_value(plain: str, start: int, end: int, *, alone: bool = False) -> str | None:
    """The name before a value: "(X, 56% vs. Y, 11.5%)", "in the X group (56%)".

    `alone` tells that the brackets hold nothing but the value: "longer for X (81%) than Y (36%)".
    """
    words = _WITH_SIZE.sub("(", plain[max(start, end - 110) : end])
    patterns = (_BEFORE, _GROUP_BEFORE, _IN_GROUP, _OF_THOSE)
    for pattern in (*patterns, _ALONE, _IN_LIST) if alone else (*patterns, _SHORT_BEFORE):
        found = pattern.search(words)
        if found is not None:
            return tidy(found[1])
    return None


_STRONG: Final = re.compile(
    r"\b(?:arms?|groups?|cohort|received|receiving|treated with|placebo|controls?|alone|only"
    r"|assigned|underwent|randomi[sz]ed|given|taking|those who|(?:non-?)?carriers)\b",
    re.IGNORECASE,
)


def names_a_group(words: str) -> bool:
    """Whether words speak of a group of a trial and not of what the value measures."""
    return _STRONG.search(words) is not None


_CONTROL: Final = re.compile(
    r"\b(?:placebo|control|controls|observation|observation-alone|no treatment|untreated|standard"
    r"|usual care|sham|surgery alone|best supportive care|alone|only|without|never|no\s|did not"
    r"|historical|conventional|delayed|deferred|not)\b",
    re.IGNORECASE,
)


def is_control(name: str | None) -> bool:
    """Whether a group's name says that it is the one compared with."""
    return name is not None and _CONTROL.search(name) is not None


def contains(longer: str, shorter: str) -> bool:
    """Whether one regimen is the other with something added: "A plus B" against "A"."""
    big, small = (
        set(re.findall(r"[\w/]+", longer.lower())),
        set(re.findall(r"[\w/]+", shorter.lower())),
    )
    small -= {"alone", "only", "the", "and", "plus"}
    return bool(small) and small < big and re.search(r"plus|and|with|\+|/", longer) is not None
