"""What is measured of a claim and a text, as numbers, without any model.

Each number is one that a person could check: how much of the claim the best sentence has, whether
one denies what the other does not, whether "more" stands where the other has "less", and whether
the claim's figures are there. The order of NAMES is the order in which the trained weights expect
them.
"""

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from probatum.checks.entailment.cues import cues, key
from probatum.checks.entailment.passage import Passage, chosen, passages, rarity
from probatum.terms.words import STOPWORDS, words

_NUMBER = re.compile(r"(?<![\w.])\d+(?:[.,]\d+)*(?:\.\d+)?%?")
_P = re.compile(r"\bp\s*(?:-?\s*value)?\s*([<>=≤≥])\s*(0?\.\d+)", re.IGNORECASE)
_NOT_SIGNIFICANT = re.compile(
    r"\bnot? (?:statistically )?(?:significant|differ)|\bno (?:\w+ ){0,3}(?:difference|effect|association"  # noqa: E501
    r"|evidence|change|benefit|correlation|improvement|impact|relationship)"
    r"|\bdid not (?:\w+ )?(?:differ|affect|improve|reduce|increase|change|show)|non-?significant",
    re.IGNORECASE,
)
_NO_CLAIM = re.compile(
    r"\b(?:no|not|n't|never|without|cannot|fails? to|does not|do not|did not|isn't|lacks?)\b", re.I
)
_EQUAL_CLAIM = re.compile(r"\b(?:equivalent|non-?inferior|similar|no difference)\b", re.IGNORECASE)
_BETTER_CLAIM = re.compile(r"\b(?:superior|better than|more effective)\b", re.IGNORECASE)
_CONCLUDES = re.compile(
    r"\b(?:conclu\w+|suggest\w*|indicat\w+|demonstrat\w+|show\w*|found|reveal\w*|confirm\w*|support\w*)\b",
    re.IGNORECASE,
)

NAMES: tuple[str, ...] = (
    "best", "second", "chosen", "whole", "missing_top", "missing_count", "missing_share",
    "bigrams", "bigrams_chosen", "order", "claim_length", "best_length", "evidence_length",
    "claim_denies", "best_denies", "denial_differs", "denied_shared", "denied_shared_claim",
    "same_direction", "opposed_direction", "claim_up", "claim_down", "claim_null", "best_up",
    "best_down", "best_null", "good_good", "good_bad", "bad_good", "opposites", "claim_hedges",
    "best_hedges", "hedges_less", "claim_certain", "best_unclear", "claim_causal", "best_causal",
    "numbers_claim", "numbers_missing", "numbers_held", "numbers_other", "significant",
    "not_significant", "null_phrase", "null_phrase_chosen", "claim_equal", "claim_better",
    "turn_score", "support_score", "near_direction", "near_opposed", "concludes", "one_sentence",
    "names_missing", "best_place",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Read:
    """A text's stems in order with their cues."""

    keys: tuple[str, ...]
    kinds: tuple[frozenset[str], ...]
    denied: frozenset[int]


@lru_cache(maxsize=4096)
def _read(text: str) -> _Read:
    known = cues()
    keys: list[str] = []
    for word in words(text):
        keys.append(key(word.text) if word.text.isalpha() else word.norm)
    kinds = tuple(
        frozenset(name for name, family in known.families.items() if each in family)
        for each in keys
    )
    denied: set[int] = set()
    for at, kind in enumerate(kinds):
        if "negators" in kind or keys[at] in ("no", "not", "nor"):
            denied.update(range(at + 1, min(at + 7, len(keys))))
    return _Read(tuple(keys), kinds, frozenset(denied))


def _content(each: str) -> bool:
    return each not in STOPWORDS and len(each) > 1


def features(claim: str, evidence: str) -> list[float]:
    """The numbers of NAMES, in that order."""
    found = passages(claim, evidence)
    picked = chosen(claim, evidence) if found else []
    ranked = sorted(found, key=lambda p: -p.score)
    best = ranked[0] if ranked else Passage(0, 0, "", frozenset(), 0.0)
    near = " ".join(p.text for p in picked)
    told, text, wide = _read(claim), _read(best.text), _read(near)
    values: dict[str, float] = {}
    _overlap(values, told, text, wide, ranked, evidence)
    _turns(values, told, text)
    _phrases(values, claim, best.text, near)
    _numbers(values, claim, best.text, near)
    values["best_place"] = (
        found.index(best) / (len(found) - 1) if len(found) > 1 and best in found else 1.0
    )
    values["one_sentence"] = float(len(found) <= 1)
    return [values[name] for name in NAMES]


def _overlap(
    values: dict[str, float],
    told: _Read,
    text: _Read,
    wide: _Read,
    ranked: list[Passage],
    evidence: str,
) -> None:
    known = cues().all
    wanted = {k for k in told.keys if _content(k)}
    topical = {k for k in wanted if k not in known} or wanted
    total = sum(map(rarity, topical)) or 1.0

    def share(held: set[str] | frozenset[str]) -> float:
        return sum(rarity(k) for k in topical & held) / total

    whole = set(_read(evidence[:20_000]).keys)
    values["best"] = share(set(text.keys))
    values["second"] = share(set(_read(ranked[1].text).keys)) if len(ranked) > 1 else 0.0
    values["chosen"] = share(set(wide.keys))
    values["whole"] = share(whole)
    missing = sorted((rarity(k) for k in topical if k not in wide.keys), reverse=True)
    values["missing_top"] = missing[0] if missing else 0.0
    values["missing_count"] = float(len(missing))
    values["missing_share"] = sum(missing) / total
    values["names_missing"] = float(sum(1 for m in missing if m > 6))
    pairs = _pairs(told)
    values["bigrams"] = len(pairs & _pairs(text)) / (len(pairs) or 1)
    values["bigrams_chosen"] = len(pairs & _pairs(wide)) / (len(pairs) or 1)
    values["order"] = _order(told, text)
    values["claim_length"] = math.log1p(len(told.keys))
    values["best_length"] = math.log1p(len(text.keys))
    values["evidence_length"] = math.log1p(len(evidence) / 6)


def _pairs(read: _Read) -> set[tuple[str, str]]:
    kept = [k for k in read.keys if _content(k)]
    return set(pairwise(kept))


def _order(told: _Read, text: _Read) -> float:
    """How much of what is shared comes in the same order."""
    places = {k: i for i, k in reversed(list(enumerate(text.keys)))}
    shared = [places[k] for k in told.keys if _content(k) and k in places]
    if len(shared) < 2:
        return 0.5
    right = sum(a < b for a, b in pairwise(shared))
    return right / (len(shared) - 1)


def _signs(read: _Read) -> list[tuple[int, int]]:
    """Places of words of more (+1) and less (-1), turned round where they are denied."""
    signs = []
    for at, kind in enumerate(read.kinds):
        sign = ("up" in kind) - ("down" in kind)
        if sign:
            signs.append((at, -sign if at in read.denied else sign))
    return signs


def _turns(values: dict[str, float], told: _Read, text: _Read) -> None:
    def count(read: _Read, name: str) -> float:
        return float(sum(name in kind for kind in read.kinds))

    for name in ("up", "down", "null"):
        values[f"claim_{name}"] = count(told, name)
        values[f"best_{name}"] = count(text, name)
    values["claim_denies"], values["best_denies"] = count(told, "negators"), count(text, "negators")
    values["denial_differs"] = float(bool(values["claim_denies"]) != bool(values["best_denies"]))
    shared = {k for k in told.keys if _content(k)} & set(text.keys)
    in_claim = {told.keys[i] for i in told.denied if i < len(told.keys)} & shared
    in_text = {text.keys[i] for i in text.denied if i < len(text.keys)} & shared
    values["denied_shared"] = float(len(in_text - in_claim))
    values["denied_shared_claim"] = float(len(in_claim - in_text))
    one, two = _signs(told), _signs(text)
    first, second = sum(s for _, s in one), sum(s for _, s in two)
    values["same_direction"] = float(first * second > 0)
    values["opposed_direction"] = float(first * second < 0)
    same, opposed = _near(told, text, one, two)
    values["near_direction"], values["near_opposed"] = float(same), float(opposed)
    mood_claim = count(told, "good") - count(told, "bad")
    mood_text = count(text, "good") - count(text, "bad")
    values["good_good"] = float(mood_claim > 0 and mood_text > 0)
    values["good_bad"] = float(mood_claim > 0 > mood_text)
    values["bad_good"] = float(mood_claim < 0 < mood_text)
    held = set(text.keys)
    values["opposites"] = float(
        sum(a in told.keys and b in held and a not in held for a, b in cues().opposites)
    )
    values["claim_hedges"], values["best_hedges"] = count(told, "hedges"), count(text, "hedges")
    values["hedges_less"] = values["best_hedges"] - values["claim_hedges"]
    values["claim_certain"], values["best_unclear"] = count(told, "certain"), count(text, "unclear")
    values["claim_causal"], values["best_causal"] = count(told, "causal"), count(text, "causal")
    turned = (
        values["near_opposed"] + values["opposites"] + values["denied_shared"]
        + values["denied_shared_claim"]
    )  # fmt: skip
    values["turn_score"] = min(turned, 3.0) * values["best"]
    values["support_score"] = values["best"] * float(turned == 0)


def _near(
    told: _Read, text: _Read, one: list[tuple[int, int]], two: list[tuple[int, int]]
) -> tuple[int, int]:
    """Words of more and less that stand beside the same words in both: agreeing, and opposed."""
    same = opposed = 0
    for at, sign in one:
        around = {
            told.keys[i]
            for i in range(max(0, at - 4), min(len(told.keys), at + 5))
            if i != at and _content(told.keys[i])
        }
        best, best_sign = 0, 0
        for place, other in two:
            span = range(max(0, place - 4), min(len(text.keys), place + 5))
            met = len(around & {text.keys[i] for i in span if i != place})
            if met > best:
                best, best_sign = met, other
        if best:
            same += sign == best_sign
            opposed += sign != best_sign
    return same, opposed


def _phrases(values: dict[str, float], claim: str, best: str, near: str) -> None:
    ps = [(m[1], float(m[2])) for m in _P.finditer(near)]
    # The usual level of significance; stated by nearly every report that gives a P value.
    small = [p for sign, p in ps if p <= 0.05 and sign != ">"]
    values["significant"] = float(bool(small))
    values["not_significant"] = float(bool(ps) and len(small) < len(ps))
    values["null_phrase"] = float(_NOT_SIGNIFICANT.search(best) is not None)
    values["null_phrase_chosen"] = float(_NOT_SIGNIFICANT.search(near) is not None)
    values["claim_equal"] = float(_EQUAL_CLAIM.search(claim) is not None)
    values["claim_better"] = float(_BETTER_CLAIM.search(claim) is not None)
    values["concludes"] = float(_CONCLUDES.search(best) is not None)


def _numbers(values: dict[str, float], claim: str, best: str, near: str) -> None:
    wanted = {m[0].rstrip("%").replace(",", "") for m in _NUMBER.finditer(claim)}
    held = {m[0].rstrip("%").replace(",", "") for m in _NUMBER.finditer(near)}
    values["numbers_claim"] = float(min(len(wanted), 3))
    values["numbers_held"] = float(min(len(wanted & held), 3))
    values["numbers_missing"] = float(min(len(wanted - held), 3))
    values["numbers_other"] = float(bool(wanted - held and held - wanted))
    del best
