"""For whom and of what a sentence advises: the words around the verb that recommends.

"X is recommended" has what is advised before its verb, "we recommend X" behind it, and "women aged
50 should receive X" has whom before and what behind. Words are copied from the sentence.
"""

import re
from dataclasses import dataclass
from typing import Final

_PEOPLE: Final = (
    r"(?:patients?|women|woman|men|adults?|children|child|persons?|people|individuals?|"
    r"adolescents?|infants?|neonates?|newborns?|carriers?|survivors?|candidates|veterans?|boys|"
    r"girls|females?|males?|smokers?|residents?|recipients?|relatives|those)"
)
_AGENTS: Final = re.compile(
    r"\b(?:clinicians?|physicians?|providers?|practitioners?|prescribers?|surgeons?|doctors?|nurses?|"
    r"professionals?|teams?|we|panel|committee|task force|guidelines?|society|college|association|"
    r"network|organizations?|experts?|USPSTF|NCCN|ASCO|ESMO|NICE|WHO|CDC|ACOG|authors|academy|group|"
    r"institute|foundation|services?)$",
    re.IGNORECASE,
)
_ONE: Final = (
    r"(?!(?:for|in|of|to|by|with|and|on|at|as|the use|among|that|than)\b)[\w/≥≤<>+%'’-]{1,30}"
)
_WHOM: Final = re.compile(
    rf"\b(?:[Ii]n|[Ff]or|[Aa]mong|to|offered to|given to) ((?:{_ONE} ){{0,6}}?{_PEOPLE}\b"
    r"(?: (?!(?:should|must|may|can|is|are|was|were|be|to(?! \d)|rather|as|unless|until|over)\b)"
    r"[^\s.;:,()\[\]]{1,40}){0,24})"
)
_WHO: Final = re.compile(rf"(?:{_ONE} ){{0,5}}?{_PEOPLE}\b", re.IGNORECASE)
_CLAUSE: Final = re.compile(r"[,;:] |\b(?:that|and that|but|although|because|while|whereas) ")
_TO_BE: Final = re.compile(
    r"(?:is|are|be|been|was|were|should|may|can|could|might|must|has|have|not|also|only|never|"
    r"generally|routinely|usually|therefore|still|now|currently|strongly|conditionally)$",
    re.IGNORECASE,
)
_PASSIVE: Final = re.compile(
    r"\b(?:recommended|suggested|indicated|advised|considered|offered|used|given|performed|preferred|"
    r"endorsed|avoided|contraindicated|appropriate|reasonable|option|warranted|acceptable|"
    r"started|"
    r"administered|discontinued|initiated|continued|standard of care|treatment of choice|choice|"
    r"standard treatments?|be)$",
    re.IGNORECASE,
)
_LEADING: Final = re.compile(
    r"(?:(?:against|not|that|the use of|use of|using|offering|starting|routine use of|to|also|the|"
    r"a|"
    r"an|be) ){1,4}",
    re.IGNORECASE,
)
_ENDS: Final = re.compile(
    r"[.;:(\[]|, (?!and |or )| (?:for|in|among|if|when|unless|until|because|rather than|who|"
    rf"whose|to (?=(?:\w{{1,20}} ){{0,4}}{_PEOPLE})|to reduce|to prevent|to improve|based on|"
    r"should|versus)\b"
)
_LONGEST: Final = 160


@dataclass(frozen=True, slots=True)
class Directive:
    """Where in a sentence the words stand that advise."""

    start: int
    end: int


def about(said: str, at: Directive) -> tuple[str | None, str | None]:
    """For whom and of what the sentence advises, in its own words; None where it does not say."""
    before = _subject(said[: at.start])
    words = said[at.start : at.end]
    agent = _AGENTS.search(before) is not None or not before
    whom = None if agent or not _WHO.match(before) else before
    # The verb's own subject may stand within the words that advise ("the panel recommends").
    passive = _PASSIVE.search(words) is not None and not agent
    if passive and whom is None:
        what: str | None = before
    else:
        what = _object(said[at.end :], words)
    found = _WHOM.search(said)
    return whom or (found.group(1) if found else None), what or None


def _subject(text: str) -> str:
    """The last clause before the verb, without its auxiliary words."""
    parts = _CLAUSE.split(text)
    clause = parts[-1].strip()
    while (shorter := _TO_BE.sub("", clause).strip()) != clause:
        clause = shorter
    return clause if 1 < len(clause) <= _LONGEST else ""


def _object(text: str, verb: str) -> str | None:
    """What follows the verb, to the end of its clause."""
    last = re.search(r"[A-Za-z]{3,}$", verb)
    words = text.strip()
    keeps = last is not None and last.group().lower() not in (
        "recommend", "recommends", "recommended", "suggest", "suggests", "offer", "consider",
        "receive", "undergo", "use", "have", "against", "avoid", "prescribe", "perform", "not",
        "advised",
    )  # fmt: skip
    words = _LEADING.sub("", words, count=1) if _LEADING.match(words) else words
    end = _ENDS.search(words)
    phrase = (words[: end.start()] if end else words)[:_LONGEST].strip()
    if not phrase or re.fullmatch(rf"{_PEOPLE}.*", phrase, re.IGNORECASE):
        return None
    return (
        f"{last.group()} {phrase}" if keeps and last and text.startswith(" " + phrase) else phrase
    )
