"""What is measured of a claim and a text, as numbers, without any model.

Each number is one that a person could check: how much of the claim the best sentence has, whether
one denies what the other does not, whether "more" stands where the other has "less", and whether
the claim's figures are there. The order of NAMES is the order in which the trained weights expect
them.
"""

import math
import re
from collections.abc import Set as Keys
from itertools import pairwise

from probatum.checks.entailment.beside import NAMES as BESIDE
from probatum.checks.entailment.beside import beside
from probatum.checks.entailment.cues import cues
from probatum.checks.entailment.passage import Passage, nearest, passages, rarity
from probatum.checks.entailment.stemmed import (
    NULL,
    Stemmed,
    content,
    denials,
    directions,
    opposites,
    signs,
    stemmed,
)

_NUMBER = re.compile(r"(?<![\w.])\d+(?:[.,]\d+)*(?:\.\d+)?%?")
_P = re.compile(r"\bp\s*(?:-?\s*value)?\s*([<>=≤≥])\s*(0?\.\d+)", re.IGNORECASE)
_EQUAL_CLAIM = re.compile(r"\b(?:equivalent|non-?inferior|similar|no difference)\b", re.IGNORECASE)
_BETTER_CLAIM = re.compile(r"\b(?:superior|better than|more effective)\b", re.IGNORECASE)
_CONCLUDES = re.compile(
    r"\b(?:conclu\w+|suggest\w*|indicat\w+|demonstrat\w+|show\w*|found|reveal\w*|confirm\w*|support\w*)\b",
    re.IGNORECASE,
)

# So many letters at the start make two words likely forms of one.
_START = 5

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
    "names_missing", "best_place", "near_same_start", *BESIDE,
)  # fmt: skip


def features(claim: str, evidence: str) -> list[float]:
    """The numbers of NAMES, in that order."""
    found = passages(claim, evidence)
    picked = nearest(found)
    ranked = sorted(found, key=lambda p: -p.score)
    best = ranked[0] if ranked else Passage(0, 0, "", frozenset(), 0.0)
    near = " ".join(p.text for p in picked)
    told, text, wide = stemmed(claim), stemmed(best.text), stemmed(near)
    values: dict[str, float] = {}
    topical = _topical(told)
    _overlap(values, topical, told, text, wide, ranked, evidence)
    values |= beside(told, found, ranked, lambda held: _share(topical, held))
    _turns(values, told, text)
    _phrases(values, claim, best.text, near)
    _numbers(values, claim, best.text, near)
    values["best_place"] = (
        found.index(best) / (len(found) - 1) if len(found) > 1 and best in found else 1.0
    )
    values["one_sentence"] = float(len(found) <= 1)
    return [values[name] for name in NAMES]


def _topical(told: Stemmed) -> Keys[str]:
    """The claim's stems that name what it is about; all of them where none does."""
    wanted = {k for k in told.keys if content(k)}
    return {k for k in wanted if k not in cues().all} or wanted


def _share(topical: Keys[str], held: Keys[str]) -> float:
    """How much of what the claim is about is held, rarer stems weighing more."""
    return sum(map(rarity, topical & held)) / (sum(map(rarity, topical)) or 1.0)


def _overlap(
    values: dict[str, float],
    topical: Keys[str],
    told: Stemmed,
    text: Stemmed,
    wide: Stemmed,
    ranked: list[Passage],
    evidence: str,
) -> None:
    whole = set(stemmed(evidence[:20_000]).keys)
    values["best"] = _share(topical, set(text.keys))
    values["second"] = (
        _share(topical, set(stemmed(ranked[1].text).keys)) if len(ranked) > 1 else 0.0
    )
    values["chosen"] = _share(topical, set(wide.keys))
    values["whole"] = _share(topical, whole)
    missing = sorted((rarity(k) for k in topical if k not in wide.keys), reverse=True)
    values["missing_top"] = missing[0] if missing else 0.0
    values["missing_count"] = float(len(missing))
    values["missing_share"] = sum(missing) / (sum(map(rarity, topical)) or 1.0)
    # "Hypertensive" where the text has "hypertension": another ending under another stem.
    starts = {k[:_START] for k in wide.keys if len(k) >= _START}
    values["near_same_start"] = _share(topical, {k for k in topical if k[:_START] in starts})
    values["names_missing"] = float(sum(1 for m in missing if m > 6))
    pairs = _pairs(told)
    values["bigrams"] = len(pairs & _pairs(text)) / (len(pairs) or 1)
    values["bigrams_chosen"] = len(pairs & _pairs(wide)) / (len(pairs) or 1)
    values["order"] = _order(told, text)
    values["claim_length"] = math.log1p(len(told.keys))
    values["best_length"] = math.log1p(len(text.keys))
    values["evidence_length"] = math.log1p(len(evidence) / 6)


def _pairs(read: Stemmed) -> set[tuple[str, str]]:
    kept = [k for k in read.keys if content(k)]
    return set(pairwise(kept))


def _order(told: Stemmed, text: Stemmed) -> float:
    """How much of what is shared comes in the same order."""
    places = {k: i for i, k in reversed(list(enumerate(text.keys)))}
    shared = [places[k] for k in told.keys if content(k) and k in places]
    if len(shared) < 2:
        return 0.5
    right = sum(a < b for a, b in pairwise(shared))
    return right / (len(shared) - 1)


def _turns(values: dict[str, float], told: Stemmed, text: Stemmed) -> None:
    for name in ("up", "down", "null"):
        values[f"claim_{name}"] = told.count(name)
        values[f"best_{name}"] = text.count(name)
    values["claim_denies"], values["best_denies"] = told.count("negators"), text.count("negators")
    values["denial_differs"] = float(bool(values["claim_denies"]) != bool(values["best_denies"]))
    in_text, in_claim = denials(told, text)
    values["denied_shared"], values["denied_shared_claim"] = float(in_text), float(in_claim)
    first, second = (sum(sign for _, sign in signs(each)) for each in (told, text))
    values["same_direction"] = float(first * second > 0)
    values["opposed_direction"] = float(first * second < 0)
    same, opposed = directions(told, text)
    values["near_direction"], values["near_opposed"] = float(same), float(opposed)
    mood_claim = told.count("good") - told.count("bad")
    mood_text = text.count("good") - text.count("bad")
    values["good_good"] = float(mood_claim > 0 and mood_text > 0)
    values["good_bad"] = float(mood_claim > 0 > mood_text)
    values["bad_good"] = float(mood_claim < 0 < mood_text)
    values["opposites"] = float(opposites(told, text))
    values["claim_hedges"], values["best_hedges"] = told.count("hedges"), text.count("hedges")
    values["hedges_less"] = values["best_hedges"] - values["claim_hedges"]
    values["claim_certain"], values["best_unclear"] = told.count("certain"), text.count("unclear")
    values["claim_causal"], values["best_causal"] = told.count("causal"), text.count("causal")
    turned = (
        values["near_opposed"] + values["opposites"] + values["denied_shared"]
        + values["denied_shared_claim"]
    )  # fmt: skip
    values["turn_score"] = min(turned, 3.0) * values["best"]
    values["support_score"] = values["best"] * float(turned == 0)


def _phrases(values: dict[str, float], claim: str, best: str, near: str) -> None:
    ps = [(m[1], float(m[2])) for m in _P.finditer(near)]
    # The usual level of significance; stated by nearly every report that gives a P value.
    small = [p for sign, p in ps if p <= 0.05 and sign != ">"]
    values["significant"] = float(bool(small))
    values["not_significant"] = float(bool(ps) and len(small) < len(ps))
    values["null_phrase"] = float(NULL.search(best) is not None)
    values["null_phrase_chosen"] = float(NULL.search(near) is not None)
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
