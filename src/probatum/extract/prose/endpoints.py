"""End points named in a sentence, under the name that results are listed by.

"Death from any cause", "OS" and "median survival" are one end point and must come out under one
name, or two tuples of one result would look like two findings. What is not in the list is named by
its own words: "risk of X" and "X incidence" as "X incidence", "deaths from X" as "X mortality".
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from probatum.extract.prose.text import Prose, Sentence, clean
from probatum.extract.prose.words import word_set
from probatum.terms.reading import load_yaml

_RISK: Final = (
    r"risks?|incidences?|odds|likelihood|probability|chances?|rates?|prevalence|hazards?"
    r"|occurrences?|development|diagnos[ie]s"
)
_VERB: Final = (
    r"(?:(?:developing|having|getting|experiencing|suffering|acquiring|contracting|the|a|an|any|new"
    r"|being diagnosed with|diagnosis of|development of|death from|dying from|at least one|both"
    r"|subsequent|developing a|patients with|total|reporting)\s){0,3}"
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
_ONWARD: Final = re.compile(r"\sto\s([\w-]+\s(?:disease|cancer|leukemia|lymphoma|myeloma|AML))\b")
_TIME_TO: Final = re.compile(rf"\btime\sto\s(?:first\s|the\sfirst\s)?{_FORWARD}", re.IGNORECASE)
_DEATH_FROM: Final = re.compile(
    rf"\b(?:deaths?|mortality|dying|died)(?:\srates?)?\s(?:from|due to|of|attributed to"
    rf"|caused by)\s(?:the\s)?{_FORWARD}",
    re.IGNORECASE,
)
_BACK: Final = re.compile(r"(?:[A-Za-z0-9][\w'+-]{0,40}[\s/]){1,6}$")
_STOP: Final = word_set("phrase_end")
_WORSE: Final = re.compile(
    r"^(?:incident|worse|worsening|increased|decreased|higher|lower|reduced|new-onset)\s"
)
_NO_NAME: Final = word_set("no_outcome")
_STOP_FORWARD: Final = _STOP - {"of", "the", "overall", "all", "any", "new", "other", "subsequent"}
_OF_THE: Final = re.compile(r"(cancers?|carcinomas?|tumou?rs?) of (?:the )?(.+)")
_FREE: Final = re.compile(
    r"\b([a-z][\w/]{0,30}(?:[ -][a-z][\w/]{0,30}){0,2}[- ](?:free|specific) survival)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """An end point in the text; a `weak` one gives way to a fuller name beside it.

    `more_is_good` is None where the name does not tell; `hazard` says that its ratio is of the
    undesired event.
    """

    start: int
    end: int
    name: str
    more_is_good: bool | None = None
    hazard: bool = False
    weak: bool = False


@dataclass(frozen=True)
class _Lexicon:
    names: tuple[dict[str, Any], ...]
    pattern: re.Pattern[str]
    disease: re.Pattern[str]
    short: dict[str, str]


@cache
def _lexicon() -> _Lexicon:
    raw = load_yaml(files("probatum.extract").joinpath("data/endpoints.yaml").read_text("utf-8"))
    rows = tuple(raw["endpoints"])
    pieces = []
    for index, row in enumerate(rows):
        words = "|".join(w.replace(" ", r"\s") for w in row["words"])
        short = "|".join(row.get("short", ()))
        # A short form stands alone: not "OS-1", not in "5-OS".
        body = f"(?i:{words})(?![A-Za-z])"
        if short:
            body += f"|(?<![\\d-])(?:{short})(?![\\w])"
        pieces.append(f"(?P<e{index}>{body})")
    return _Lexicon(
        rows,
        # Only where a word begins: the search passes by all other places without a try.
        re.compile(f"(?<![A-Za-z])(?=[A-Za-z])(?:{'|'.join(pieces)})"),
        re.compile(rf"\b(?:{raw['disease']})\b", re.IGNORECASE),
        dict(raw["short_diseases"]),
    )


def mentions(prose: Prose, sentence: Sentence) -> list[Mention]:
    """The end points of a sentence in order; of two that overlap the stronger, then the longer."""
    found = list(_listed(prose, sentence))
    found += _phrased(prose, sentence)
    found.sort(key=lambda m: (m.weak, m.start - m.end))
    kept: list[Mention] = []
    for mention in found:
        if all(mention.end <= k.start or k.end <= mention.start for k in kept):
            kept.append(mention)
    kept.sort(key=lambda m: m.start)
    return kept


def _listed(prose: Prose, sentence: Sentence) -> Iterator[Mention]:
    lexicon = _lexicon()
    for found in lexicon.pattern.finditer(prose.plain, sentence.start, sentence.end):
        row = lexicon.names[int((found.lastgroup or "e0")[1:])]
        words = found.group()
        name = row["name"]
        own = prose.abbreviations.get(words)
        if own is not None and words in row.get("short", ()) and not _same(own, name):
            fits = lexicon.pattern.fullmatch(own)
            if fits is None:
                continue  # "MMR" that the text defines as mismatch repair
            row = lexicon.names[int((fits.lastgroup or "e0")[1:])]
            name = row["name"]
        good = row.get("good")
        end = found.end()
        onward = _ONWARD.match(prose.plain, end) if "progression" in name else None
        if onward is not None:
            name, end = f"progression to {named(prose, onward[1])}", onward.end()
        yield Mention(
            found.start(), end, name,
            True if good == "more" else False if good is None else None,
            bool(row.get("hazard")), bool(row.get("weak")),
        )  # fmt: skip


def _same(own: str, name: str) -> bool:
    return own.replace("-", " ").split()[:1] == name.replace("-", " ").split()[:1]


def _phrased(prose: Prose, sentence: Sentence) -> Iterator[Mention]:
    plain = prose.plain
    yield from _named_survival(prose, sentence)
    yield from _worded(prose, sentence)
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
        while len(words) > 1 and words[0].lower() in _STOP:
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


def _worded(prose: Prose, sentence: Sentence) -> Iterator[Mention]:
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
        if words and _lexicon().disease.search(words):
            yield Mention(found.start(), end, f"{named(prose, words)} mortality", False)
    for found in _BETWEEN.finditer(prose.unbracketed, sentence.start, sentence.end):
        words, end = _forward(plain, found)
        if is_disease(words.rpartition(" ")[2]) and not _lexicon().pattern.search(words):
            start = found.start("np")
            yield Mention(start, end, _incidence(named(prose, words)), False, weak=True)


def _risk_of(prose: Prose, found: re.Match[str]) -> Mention | None:
    words, end = _forward(prose.plain, found)
    if not words or not words[0].isalpha():
        return None
    if _lexicon().pattern.search(words) or words.lower() in _NO_NAME:
        return None  # listed: "risk of death"
    name = named(prose, _WORSE.sub("", words))
    name = prose.full_name(name) or name
    if "death from" in (found["verb"] or "") or "dying from" in (found["verb"] or ""):
        return Mention(found.start(), end, f"{name} mortality", False)
    return Mention(found.start(), end, _incidence(name), False)


def _incidence(name: str) -> str:
    if is_disease(name.rpartition(" ")[2]) and not name.endswith(("incidence", "mortality")):
        return f"{name} incidence"
    return name


def _noun_risk(prose: Prose, found: re.Match[str], opens: int) -> Mention | None:
    """ "CRC incidence", "lung cancer risk", "breast cancer-specific mortality", "fistula rates"."""
    before = prose.plain[max(opens, found.start() - 90) : found.start()]
    back = _BACK.search(before)
    if back is None:
        return None
    words = back.group().split()
    kept: list[str] = []
    for word in reversed(words):
        if word.lower() in _STOP or word[0].isdigit() or word.lower() in ("rr", "hr", "or"):
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
    if _lexicon().pattern.search(phrase) or phrase.lower() in _NO_NAME:
        return None
    known = _lexicon().disease.search(name) is not None
    if head in ("mortality", "death", "deaths"):
        return Mention(start, found.end(), f"{name} mortality", False, weak=not known)
    if head in ("risk", "risks", "incidence", "development", "diagnosis", "diagnoses"):
        return Mention(start, found.end(), _incidence(name), False, weak=not known)
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


def named(prose: Prose, words: str) -> str:
    """A noun phrase as an end point's name: small letters, short forms written out, singular."""
    lexicon = _lexicon()
    pieces = []
    for word in clean(words).strip(" .,;:'-").split():
        bare = word[:-1] if word.endswith("s") and word[:-1].isupper() and len(word) > 2 else word
        long = prose.abbreviations.get(bare) or lexicon.short.get(bare)
        pieces.append(long if long else word if word.isupper() and len(word) > 1 else word.lower())
    name = " ".join(pieces)
    turned = _OF_THE.fullmatch(name)
    if turned is not None:
        name = f"{turned[2].removesuffix('s')} {turned[1]}"
    return re.sub(r"\b(cancer|carcinoma|tumou?r|melanoma|lymphoma|adenoma)s\b", r"\1", name)


def is_disease(words: str) -> bool:
    """Whether the words name a disease of the kind that has an incidence."""
    return _lexicon().disease.search(words) is not None
