"""End points that no list has, named by their own words: "risk of X", "X incidence", "time to X".

"Risk of X" and "X incidence" are named "X incidence" where X is a disease, "deaths from X" "X
mortality"; every other thing is named by its noun.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from probatum.extract.prose.endpoint_names import Mention, incidence, is_disease, lexicon, named
from probatum.extract.prose.text import Prose, Sentence, clean
from probatum.extract.prose.words import word_set

_RISK: Final = (
    r"risks?|incidences?|odds|likelihood|probability|chances?|rates?|prevalence|hazards?"
    r"|occurrences?|development|diagnos[ie]s|yields?"
)
_VERB: Final = (
    r"(?:(?:developing|having|getting|experiencing|suffering|acquiring|contracting|the|a|an|any|new"
    r"|being diagnosed with|diagnosis of|development of|death from|dying from|at least one|both"
    r"|subsequent|developing a|total|reporting"
    # "all histologies and stages of X" is X
    r"|(?:all\s)?(?:histolog(?:y|ies)|(?:sub)?types?|stages?|forms?)"
    r"(?:\sand\s(?:histolog(?:y|ies)|(?:sub)?types?|stages?|forms?))?\sof)\s){0,3}"
)
# "the proportion of patients with X", "the number of women who developed X"
_SHARE_OF: Final = (
    r"(?:proportions?|percentages?|rates?|numbers?|share|prevalence|incidence)\sof\s(?:the\s)?"
    r"(?:patients|participants|women|men|children|infants|adults|people|individuals|subjects)\s"
    r"(?:with|who\s(?:had|developed|experienced|achieved|reported|required|received|underwent)|having"
    r"|achieving|developing|experiencing|reporting|requiring|receiving)\s(?:an?\s|any\s|the\s)?"
)
_WORD: Final = r"[A-Za-z0-9][\w'/+-]{0,40}"
_FORWARD: Final = rf"(?P<np>{_WORD}(?:\s{_WORD}){{0,8}})"
_RISK_OF: Final = re.compile(
    rf"\b(?:{_RISK})(?:\s(?:ratios?|estimates?))?(?:\s?[\[(](?:HR|OR|RR|SIR)[\])])?"
    rf"\s(?:of|for)\s(?P<verb>{_VERB}){_FORWARD}",
    re.IGNORECASE,
)
_RATIO_OF: Final = re.compile(
    rf"(?:\b[a]?(?:HR|OR|RR)s?|ratios?|risks?)[\])]?\s(?:of|for)\s(?P<verb>{_VERB}){_FORWARD}"
)
_EXPOSURE: Final = re.compile(
    r"(?:consumption|intake|use|users?|exposures?|smokers|carriers|each|every|per|patients|women|men"
    r"|individuals|people|participants|those)\b",
    re.IGNORECASE,
)
_PEOPLE_WITH: Final = re.compile(rf"\b{_SHARE_OF}{_FORWARD}", re.IGNORECASE)
# "the mean number of new lesions per patient" is no risk of a lesion.
_PER_PERSON: Final = re.compile(
    r"\bnumber\sof\s(?P<np>(?:[A-Za-z][\w'-]*\s){1,5}?per\s(?:patient|participant|person|woman|man"
    r"|child|subject))\b"
)
# "outcomes such as pain, fatigue, and quality of life"
_SUCH_AS: Final = re.compile(
    r"\b(?:outcomes|end\s?points|symptoms|measures|events)\s(?:such\sas|including)\s"
    r"(?P<np>[A-Za-z][\w' -]{2,50}(?:,\s(?!and\s)[A-Za-z][\w' -]{2,50}){1,6},?\sand\s"
    r"[A-Za-z][\w'-]*(?:\s(?!(?:for|in|with|among|at|between|were|was)\b)[\w'-]+){0,3})"
)
_BETWEEN: Final = re.compile(
    r"\b(?:associations?|relationships?|relations?|links?|correlations?)\s(?:between|of)\s"
    rf"[^.;,()]{{2,80}}?\s(?:and|with)\s(?:the\srisk\sof\s)?{_FORWARD}",
    re.IGNORECASE,
)
_NOUN_RISK: Final = re.compile(
    r"\b(?:risks?|incidence|rates?(?!\sratio)|development|prevalence|occurrence|detection"
    r"|mortality|deaths?)\b",
    re.IGNORECASE,
)
_TIME_TO: Final = re.compile(rf"\btime\sto\s(?:first\s|the\sfirst\s)?{_FORWARD}", re.IGNORECASE)
_DEATH_FROM: Final = re.compile(
    rf"\b(?:deaths?|mortality|dying|died)(?:\srates?)?\s(?:from|due to|of|attributed to"
    rf"|caused by)\s(?:the\s)?{_FORWARD}",
    re.IGNORECASE,
)
_NUMBERS: Final = frozenset(
    [
        "rr",
        "hr",
        "or",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
    ]
)
_BACK: Final = re.compile(r"(?:[A-Za-z0-9][\w'+-]{0,40}[\s/]){1,6}$")
_STOP: Final = word_set("phrase_end")
_WORSE: Final = re.compile(
    r"^(?:incident|worse|worsening|increased|decreased|higher|lower|reduced|new-onset)\s"
)
_LEAD: Final = word_set("name_lead")
_NO_NAME: Final = word_set("no_outcome")
_STOP_FORWARD: Final = _STOP - {"of", "the", "overall", "all", "any", "new", "other", "subsequent"}
_FREE: Final = re.compile(
    r"\b([a-z][\w/]{0,30}(?:[ -][a-z][\w/]{0,30}){0,2}[- ](?:free|specific) survival"
    r"|freedom from [a-z][\w-]*(?: (?:failure|recurrence|progression|relapse|metastasis|events?))?"
    r"|post-(?:[a-z]+ )?(?:relapse|recurrence|progression|transplant)[- ]survival)\b",
    re.IGNORECASE,
)


def worded(prose: Prose, sentence: Sentence) -> Iterator[Mention]:
    plain = prose.plain
    yield from _named_survival(prose, sentence)
    yield from _timed(prose, sentence)
    for found in _PEOPLE_WITH.finditer(plain, sentence.start, sentence.end):
        words, end = _forward(plain, found)
        if words and not lexicon().pattern.search(words):
            yield Mention(found.start(), end, named(prose, words), None)
    for sign, pattern in ((" per ", _PER_PERSON), ("such as", _SUCH_AS), ("including", _SUCH_AS)):
        if plain.find(sign, sentence.start, sentence.end) >= 0:
            for found in pattern.finditer(plain, sentence.start, sentence.end):
                yield Mention(found.start("np"), found.end(), clean(found["np"]), None)
    for pattern in (_RISK_OF, _RATIO_OF):
        for found in pattern.finditer(plain, sentence.start, sentence.end):
            mention = _risk_of(prose, found)
            if mention is not None:
                yield mention
    for found in _NOUN_RISK.finditer(plain, sentence.start, sentence.end):
        mention = _noun_risk(prose, found, sentence.start)
        if mention is not None:
            yield mention


def _named_survival(prose: Prose, sentence: Sentence) -> Iterator[Mention]:
    """ "X-free survival" and "X-specific survival", whatever X is."""
    for found in _FREE.finditer(prose.plain, sentence.start, sentence.end):
        words = found[1].split()
        while len(words) > 1 and (words[0].lower() in _STOP or words[0].lower() in _LEAD):
            words = words[1:]
        phrase = " ".join(words)
        yield Mention(
            found.end() - len(phrase),
            found.end(),
            named(prose, phrase),
            True,
            hazard=True,
            weak=True,
        )


def _timed(prose: Prose, sentence: Sentence) -> Iterator[Mention]:
    """ "time to X", "deaths from X", "the association between an exposure and X"."""
    plain = prose.plain
    for found in _TIME_TO.finditer(plain, sentence.start, sentence.end):
        words, end = _forward(plain, found)
        if words:
            yield Mention(
                found.start(), end, f"time to {named(prose, words)}", None, hazard=True, weak=True
            )
    for found in _DEATH_FROM.finditer(plain, sentence.start, sentence.end):
        words, end = _forward(plain, found)
        if words and lexicon().disease.search(words):
            yield Mention(found.start(), end, f"{named(prose, words)} mortality", False)
    for found in _BETWEEN.finditer(prose.unbracketed, sentence.start, sentence.end):
        words, end = _forward(plain, found)
        if is_disease(words.rpartition(" ")[2]) and not lexicon().pattern.search(words):
            start = found.start("np")
            yield Mention(start, end, incidence(named(prose, words)), False, weak=True)


def _risk_of(prose: Prose, found: re.Match[str]) -> Mention | None:
    words, end = _forward(prose.plain, found)
    if not words or not words[0].isalpha():
        return None
    if lexicon().pattern.search(words) or words.lower() in _NO_NAME or _EXPOSURE.match(words):
        return None  # listed: "risk of death"; an exposure: "the ratio for use of X"
    name = named(prose, _WORSE.sub("", words))
    name = prose.full_name(name) or name
    if "death from" in (found["verb"] or "") or "dying from" in (found["verb"] or ""):
        return Mention(found.start(), end, f"{name} mortality", False)
    # more is found: a yield is no risk
    good = None if found.group()[:5].lower() == "yield" else False
    return Mention(found.start(), end, incidence(name), good)


def _noun_risk(prose: Prose, found: re.Match[str], opens: int) -> Mention | None:
    """ "CRC incidence", "lung cancer risk", "breast cancer-specific mortality", "fistula rates"."""
    before = prose.plain[max(opens, found.start() - 90) : found.start()]
    back = _BACK.search(before)
    if back is None:
        return None
    words = back.group().split()
    kept: list[str] = []
    for word in reversed(words):
        if word.lower() in _STOP or word[0].isdigit() or word.lower() in _NUMBERS:
            break
        kept.insert(0, word)
    kept = kept[-5:]
    if not kept:
        return None
    phrase = " ".join(kept)
    head = found.group().lower()
    start = found.start() - len(phrase) - 1
    name = named(prose, re.sub(r"[- ](?:specific|related)$", "", phrase))
    if phrase.lower().startswith(("disease", "cause")):
        name = named(prose, phrase)
    if lexicon().pattern.search(phrase) or phrase.lower() in _NO_NAME:
        return None
    known = lexicon().disease.search(name) is not None
    if head in ("mortality", "death", "deaths"):
        return Mention(start, found.end(), f"{name} mortality", False, weak=not known)
    if head in ("risk", "risks", "incidence", "development", "diagnosis", "diagnoses"):
        return Mention(start, found.end(), incidence(name), False, weak=not known)
    if re.search(r"\b(?:mortality|deaths?)$", name):
        return Mention(start, found.end(), name, False, weak=True)
    whole = name if head in ("detection", "occurrence") else f"{name} {head.rstrip('s')}"
    return Mention(start, found.end(), whole, None, weak=True)


def _forward(plain: str, found: re.Match[str]) -> tuple[str, int]:
    """The noun phrase that a match caught, cut where another phrase begins, and where it ends."""
    words = found["np"].split()
    kept: list[str] = []
    for at, word in enumerate(words):
        if word.lower() in _STOP_FORWARD and not _goes_on(kept, words[at : at + 4]):
            break
        kept.append(word)
    while kept and kept[-1].lower() in ("of", "the", "all", "any", "overall", "new", "other"):
        kept.pop()
    phrase = " ".join(kept)
    return phrase, found.start("np") + len(phrase)


def _goes_on(kept: Sequence[str], ahead: Sequence[str]) -> bool:
    """Whether a small word is inside the name: "proximal and distal colon cancer", "failure to"."""
    small = ahead[0].lower()
    if small in ("and", "or") and kept and not is_disease(" ".join(kept)):
        return is_disease(" ".join(ahead[1:]))
    return small == "to" and bool(kept) and kept[-1].lower() in ("failure", "time")
