"""End points in words that no list has, and lists of them: "associated with X", "... or Y (...)".

They are the second choice: a name that the list has says more surely what was measured, and a noun
phrase cut out of a sentence may be too long or too short.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from probatum.extract.prose.endpoint_names import Mention, is_disease, lexicon, named
from probatum.extract.prose.text import Prose, Sentence, clean
from probatum.extract.prose.words import word_set

_NP: Final = r"(?P<np>[A-Za-z][\w/'-]*(?:\s(?:[A-Za-z][\w/'-]*|(?<=rade\s)\d)){0,5})"
_DEGREE: Final = (
    r"(?:(?:a|an|the|statistically|significantly|significant|increased|decreased|higher|lower"
    r"|greater|reduced|elevated|improved|better|worse|poorer|shorter|longer|risk|risks|odds|of|for"
    r"|likelihood|probability|rate|rates|developing|having|modest|modestly|slight|slightly|inverse"
    r"|mean|median|number|numbers|delay|delays|strong|strongly|clear|small|overall|\w+fold|increase"
    r"|reduction|decrease|in|incident"
    r"|a\s\d[\d.]*-fold|subsequent)\s){0,7}"
)
# "X was associated with Y": Y came out. "The risk associated with X": X is the exposure.
_WITH: Final = re.compile(
    r"(?<!risk )(?<!incidence )(?<!mortality )(?<!ratio )(?<!improvement )(?<!reduction )"
    r"(?<!benefit )"
    r"\b(?:associated with|correlated with|linked (?:to|with)|predictive of|predicted"
    r"|predictors? of"
    r"|enrichment (?:signal )?(?:for|of|in)"
    r"|risk factors? for|effects? (?:on|for)|impact on|reductions? in|increases? in|decreases? in"
    r"|changes? (?:from baseline )?in"
    r"|improvements? in|differences? in|related to|protective (?:for|against)"
    r"|protection (?:from|against)|protects? against|prevention of|preventing|with respect to"
    r"|in terms of|with regard to)"
    rf"\s{_DEGREE}{_NP}"
)
_LIKELY: Final = re.compile(
    r"\b(?:more|less|as|equally|twice as)\slikely\s(?:than\s[^,;()]{2,50}?\s)?to\s(?:have|develop"
    r"|experience|report|be|achieve"
    r"|undergo|receive|die of|die from)?\s?"
    rf"{_DEGREE}{_NP}"
)
# "the ability to obtain a biopsy": what was done well or not is what came out.
_ABLE: Final = re.compile(
    r"\b(?:ability|capacity)\sto\s(?:\w+ly\s)?(?P<verb>[a-z]+)\s(?:an?\s|the\s)?"
    r"(?P<np>[A-Za-z][\w'-]*(?:\s(?!(?:by|with|in|for|of|at|and|or|than|was|were|did|between)\b)[\w'-]+){0,4})"
)
_COMPARED: Final = re.compile(
    r"\b(?:higher|lower|better|worse|greater|improved|reduced|increased|decreased|longer|shorter"
    r"|fewer|more|less|similar|comparable|developed|experienced"
    rf")\s{_DEGREE}{_NP}"
)
_SUBJECT: Final = re.compile(
    r"(?:^|[;,(.]\s|\b(?:[Mm]ean|[Mm]edian)\s[(\[][^()\[\]]{1,14}[)\]]\s"
    rf"|\b(?:[Tt]he|[Aa]|of|in|median|mean|and)\s){_NP[:-1].replace('{0,5}', '{0,4}?')})\s"
    r"(?:\([^()]{0,40}\)\s)?(?:(?:rates?|scores?)\s)?(?:was|were|occurred|developed|decreased"
    r"|increased|improved|fell|rose|declined|dropped|formed|recurred|persisted|resolved|did not|had"
    r"|is|are|of\s\d)"
)
_DISEASE_BEFORE: Final = re.compile(
    r"^.*(?:^|\b(?:and|or|for|of|both|no|on|without increasing|fewer)\s|,\s)"
    r"(?P<np>(?:[A-Za-z][\w/'-]*\s){0,4}?[A-Za-z][\w/'-]*)\s?[(\[]?(?:unadjusted\s|adjusted\s"
    r"|pooled\s)?$"
)
_FOR: Final = re.compile(rf"[\s)\];,]*(?:for|in)\s(?:both\s|other\s|all\s|any\s)?{_DEGREE}{_NP}")
_STOP: Final = word_set("name_end")
_NO_FIRST: Final = word_set("no_name")
_NO_END_POINT: Final = _NO_FIRST | frozenset(
    ["treatment", "therapy", "interval", "age", "effect", "effects"]
)
# These say nothing without what they are of: "a family history of X".
_OF_MORE: Final = frozenset({"history", "histories", "loss", "use", "duration", "presence", "lack"})
_LEADING: Final = word_set("name_lead")
_STUDY: Final = word_set("study")


@dataclass(frozen=True, slots=True)
class Chosen:
    """The end point of a result; start and end None where it stands in another sentence."""

    name: str
    more_is_good: bool | None
    hazard: bool
    start: int | None
    end: int | None
    weak: bool = False

    @classmethod
    def of(cls, mention: Mention, *, here: bool = True) -> "Chosen":
        """A mention as the choice; `here` when it stands in the result's own sentence."""
        return cls(
            mention.name, mention.more_is_good, mention.hazard,
            mention.start if here else None, mention.end if here else None, mention.weak,
        )  # fmt: skip


# "... than patients with no distal adenomas (": who was compared, and not what they got.
_THOSE_WITH: Final = re.compile(
    r"\b(?:than|versus|vs|compared|patients|women|men|those|individuals|people|persons|relatives"
    r"|survivors|carriers|history)\b[^,;()]*$"
)


def beside(prose: Prose, clause: int, start: int) -> Chosen | None:
    """A disease named right before the figures: "... and laryngeal cancers (OR, 0.69"."""
    low = max(clause, start - 90)
    words = prose.plain[low:start]
    found = _DISEASE_BEFORE.search(words)
    if found is None or not is_disease(found["np"].rpartition(" ")[2]):
        return None
    if _THOSE_WITH.search(words[: found.start("np")]):
        return None
    name = noun(prose, found["np"])
    if name is None or not name.endswith("incidence"):
        return None
    return Chosen(name, False, False, low + found.start("np"), low + found.end("np"))


_ITEM: Final = re.compile(
    r"^[\s)\];,]*(?:and|or|and/or|as well as|,)?\s?(?:an?\s|the\s|for\s|of\s)?"
    r"(?P<np>[A-Za-z][\w/'-]*(?:\s[A-Za-z][\w/'-]*){0,4}?)(?:\sby\s\d+\s?%)?\s?[(\[]$"
)


# "reduced X from 34% to 14% (...) and Y from"
_FROM: Final = re.compile(
    r"^[^()]{0,40}?[\s)\];,]*(?:and|or|,)\s(?P<np>[A-Za-z][\w/'-]*(?:\s[A-Za-z][\w/'-]*){0,4}?)\sfrom\s$"
)


# "the relative risk of X was 0.8 (...) and of Y 1.3"
_OF_NEXT: Final = re.compile(
    r"^[\s)\];,]*(?:and|or)\s(?:of|for)\s(?P<np>[A-Za-z][\w/'-]*(?:\s[A-Za-z][\w/'-]*){0,4}?)"
    r"\s(?:was\s|of\s)?[(\[]?$"
)


# "... or determine X (...)", after an ability; "..., including X (...)".
_OR_DO: Final = re.compile(
    r"^[\s)\];,]*(?:(?:and|or)\s(?:to\s)?(?=(?:assess|confirm|detect|determine|diagnose|establish"
    r"|find|identify|measure|obtain|predict)\b)|including\s)"
    r"(?P<np>[A-Za-z][\w/'-]*(?:\s[A-Za-z][\w/'-]*){1,4}?)\s?[(\[]$"
)


def next_in_list(prose: Prose, clause: int, start: int, previous: Chosen | None) -> Chosen | None:
    """The next of a list, each before its figures: "bleeding (...) or stroke (...)"."""
    if (
        previous is None
        or previous.end is None
        or previous.end > clause
        or clause - previous.end > 130
    ):
        return None
    after = prose.plain[previous.end : previous.end + 12]
    found = None
    if re.match(r"\s(?:by\s\d+\s?%\s)?[(\[]", after):
        found = _ITEM.match(prose.plain[clause:start])
    elif after.startswith(" from "):
        found = _FROM.match(prose.plain[clause:start])
    else:
        found = _OF_NEXT.match(prose.plain[clause:start])
    found = found or _OR_DO.match(prose.plain[clause:start])
    if found is None or re.search(r"\b(?:arms?|groups?|patients|women|men)\b", found["np"]):
        return None
    name = noun(prose, found["np"])
    if name is None:
        return None
    at = clause + found.start("np")
    return Chosen(name, previous.more_is_good, previous.hazard, at, at + len(found["np"]))


_LEAD: Final = re.compile(r"\((?P<np>[A-Za-z][\w/'-]*(?:\s[\w/'-]+){0,6}),\s$")


_NO_LEAD: Final = re.compile(
    r"\b(?:arms?|groups?|patients|no|without)\b|^(?:median|mean|adjusted|range|medians|means)\b"
)


def bracket_lead(prose: Prose, clause: int, start: int) -> Chosen | None:
    """An end point that opens the brackets of its values: "(grade 3 toxicity, 11% vs. 12%)"."""
    low = max(clause, start - 90)
    found = _LEAD.search(prose.plain[low:start])
    if found is None or _NO_LEAD.search(found["np"]):
        return None
    following = prose.plain[start : start + 60]
    if not re.match(r"[\d.]+\s?%?\s?[^,;]{0,25}?(?:vs|versus|and)\s[\d.]", following):
        return None
    name = named(prose, found["np"])
    return Chosen(name, None, False, low + found.start("np"), low + found.end("np"))


def tail(prose: Prose, end: int, closes: int) -> Chosen | None:
    """An end point behind its figures that no list has: "4.3 (...) for other oral sites"."""
    found = _FOR.match(prose.plain, end, min(closes, end + 120))
    if found is None:
        return None
    name = noun(prose, found["np"])
    if name is None:
        return None
    place = found.start("np")
    site = lexicon().sites.get(name)
    if site is not None:
        name = f"{site} cancer incidence"
    elif re.search(r"\bsites?$", name):
        name = re.sub(r"\bsites?$", "cancer incidence", name)
    elif not name.endswith("incidence") and not found["np"].split()[0].isupper():
        return None
    return Chosen(prose.full_name(name) or name, False, False, place, place + len(found["np"]))


def _last(found: Iterator[re.Match[str]]) -> re.Match[str] | None:
    last = None
    for each in found:
        last = each
    return last


_OF_A_GROUP: Final = re.compile(
    r"(?:(?!(?:in|of|for|with|on|among)\s)[\w/'-]+\s){1,4}(?:arms?|groups?|cohorts?)\b"
)


def phrase(prose: Prose, clause: int, start: int) -> tuple[Chosen, bool] | None:
    """An end point in words that no list has: "associated with X", "more likely to have X"."""
    words = prose.unbracketed[clause:start]
    both = [_last(pattern.finditer(words)) for pattern in (_WITH, _LIKELY)]
    sure = sorted((f for f in both if f is not None), key=lambda f: -f.start())
    able = _ABLE.search(words) if "bility" in words or "capacity" in words else None
    if able is not None:
        deed = clean(f"{able['verb']} {able['np']}")
        return Chosen(deed, True, False, clause + able.start("verb"), clause + able.end("np")), True
    for found in [*sure, _last(_COMPARED.finditer(words))]:
        if found is not None and found not in sure and _OF_A_GROUP.match(found["np"]):
            continue  # "higher in the X group"
        name = noun(prose, found["np"]) if found is not None else None
        if found is not None and name is not None:
            at = clause + found.start("np")
            return Chosen(name, None, False, at, at + len(found["np"])), found in sure
    return None


_FIRST: Final = re.compile(
    r"^(?:The\s|A\s|An\s)?(?P<np>[A-Z][\w-]*(?:\s[\w-]+){0,3}?)\s(?:\([^()]{0,40}\)\s)?"
    r"(?:after|of|for|in|with|during|among|at)\s"
    r"[^.;,%]{0,90}?\s(?:was|were|occurred|developed|decreased|increased|improved|fell|rose|declined"
    r"|dropped|changed)\b"
)


def subject(prose: Prose, sentence: Sentence, start: int) -> Chosen | None:
    """What a sentence is about, where it gives groups' values of it."""
    words = prose.plain[sentence.start : start]
    first = _FIRST.match(words)
    if first is not None:
        name = noun(prose, first["np"])
        if name is not None:
            at = sentence.start + first.start("np")
            return Chosen(name, None, False, at, at + len(first["np"]))
    found = _last(_SUBJECT.finditer(words))
    if found is None:
        return None
    one, _, other = found["np"].partition(" or ")
    name, second = noun(prose, one), noun(prose, other)
    if name is None:
        return None
    if second is not None:
        # two events that are counted as one: "stroke or systemic embolism"
        name = f"{name.removesuffix(' incidence')} or {second}"
    at = sentence.start + found.start("np")
    return Chosen(name, None, False, at, at + len(found["np"]))


def noun(prose: Prose, phrase: str) -> str | None:
    """A noun phrase as an end point's name; None when its words name none."""
    words = phrase.split()
    led = ""
    while words and words[0].lower() in _LEADING:
        led, words = words[0].lower(), words[1:]
    kept: list[str] = []
    for word in words:
        if word.lower() in _STOP and not (word == "of" and kept and kept[-1].lower() in _OF_MORE):
            break
        kept.append(word)
    if led == "total" and len(kept) == 1:
        kept.insert(0, led)
    if not kept or kept[0].lower() in _NO_FIRST or any(w.lower() in _STUDY for w in kept):
        return None
    name = named(prose, " ".join(kept))
    if name in _NO_END_POINT or len(name) < 2:
        return None
    name = prose.full_name(name) or name
    if name.endswith(" cases") and is_disease(name.removesuffix(" cases").rpartition(" ")[2]):
        name = name.removesuffix(" cases")
    if is_disease(name.rpartition(" ")[2]) and not name.endswith(("incidence", "mortality")):
        return name if " of " in name else f"{name} incidence"
    return name or None
