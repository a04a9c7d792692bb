"""Changes stated in percent without a ratio: "6% absolute increase", "39% reduction".

An absolute difference of two shares and a relative reduction are written alike, and mixing them up
is a tenfold error; the words around ("absolute", "risk", "rates were ... higher") decide.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from probatum.extract.prose.estimates import Estimate
from probatum.extract.prose.figure import Figure
from probatum.extract.prose.stated_differences import scale_before, stated_difference
from probatum.extract.result import EffectType

_BEHIND: Final = re.compile(
    r"\s(?P<abs>absolute\s)?(?P<rel>relative\s)?(?:(?:statistically\s)?significant(?:ly)?\s)?"
    r"(?:risk\s|survival\s)?"
    r"(?P<what>increase|reduction|decrease|improvement|benefit|difference|lower|higher|greater"
    r"|fewer"
    r"|advantage|excess)(?:s|d)?(?![A-Za-z])(?:\s(?:relative\s)?(?P<of>in|of|risk|rate|odds"
    r"|incidence|mortality|hazard|for)\b)?"
)
_BEFORE: Final = re.compile(
    r"\b(?P<abs>absolute\s)?(?P<rel>relative\s)?(?:risk\s|survival\s)?"
    r"(?P<what>increase|reduction|decrease|improvement|benefit|difference|advantage)s?\s"
    r"(?:of|by|was|in [A-Za-z -]{2,40} of)\s(?:about\s|approximately\s|only\s)?$"
    r"|\b(?P<verb>reduc|decreas|increas|improv|lower)(?:ed|es|s|e|ing)?\s[A-Za-z -]{3,70}?\sby\s"
    r"(?:about\s|approximately\s|up to\s|more than\s|nearly\s|almost\s)?$"
)
_OF_RATE: Final = re.compile(
    r"\b(?:rates?|proportions?|percentages?|survival|OS|PFS|DFS|EFS)\b[^.;()]{0,40}$"
)
_OF_SHARE: Final = re.compile(
    r"[\s\w-]{0,40}\b(?:survival|OS|PFS|DFS|EFS|rates?|control|response|likelihood|probability"
    r"|alive)\b"
)
_AND_ALSO: Final = re.compile(r"\s(?:in|for)\s[\w\s-]{2,40}\s(?:and|,)\s$")
_COMPARED: Final = re.compile(
    r"\b(?:associated|compared|versus|vs|than|groups?|arms?|placebo|randomi[sz]\w+|screening"
    r"|resulted|led to|experienced|conferred|corresponded|meta-analysis)\b",
    re.IGNORECASE,
)
# "measured by a more than 10% increase in volume": a limit that was set.
_LIMIT: Final = re.compile(
    r"\b(?:an?|at) (?:more than|at least|least|greater than) (?:an? )?$|[<>≤≥]\s?$"
)
_GAIN: Final = frozenset({"improvement", "benefit", "difference", "advantage"})


def changes(
    plain: str,
    figures: Sequence[Figure],
    taken: frozenset[int],
    opens: int,
    closes: int,
    *,
    ratios: bool,
) -> list[Estimate]:
    """Differences and relative changes; `ratios` tells that the sentence states a ratio itself.

    A percent reduction beside a ratio only says the ratio again, so it is left out.
    """
    compared = ratios or _COMPARED.search(plain, opens, closes) is not None
    found: list[Estimate] = []
    for index, figure in enumerate(figures):
        if index in taken or figure.sort != "value":
            continue
        lone = stated_difference(plain, figures, index, opens, closes)
        if lone is not None:
            made = _made(plain, figures, index, (lone, None))
            lead = scale_before(plain, figure, opens) or _object(plain, figure, opens, closes)
            found.append(replace(made, hint=lead))
            continue
        if not compared:
            continue
        if figure.family == "fold" and not ratios and not figure.ranged:
            folded = _FOLD.match(plain, figure.end, closes)
            if folded is not None:
                found.append(_made(plain, figures, index, ("other", f"fold {_noun(folded[1])}")))
            continue
        if figure.family != "percent":
            continue
        if figure.hyphen or figure.ranged or figure.n is not None:
            continue
        if _LIMIT.search(plain[max(opens, figure.start - 24) : figure.start]):
            continue
        kind = _kind(plain, figure, opens, closes)
        if kind is None and found and found[-1].type == "RD" and _again(plain, found[-1], figure):
            kind = ("RD", None)
        if kind is None or (kind[0] == "other" and ratios):
            continue
        made = _made(plain, figures, index, kind)
        found.append(replace(made, hint=_object(plain, figure, opens, closes)))
    return found


_VERB_OBJECT: Final = re.compile(
    r"\b(?:reduc|decreas|increas|improv|lower)(?:ed|es|s|e"
    r"|ing)?\s(?P<o>[A-Za-z][A-Za-z /-]{2,70}?)\sby\s"
    r"(?:about\s|approximately\s|up to\s|more than\s|nearly\s|almost\s)?$"
)
# "Adherence to the diet was about 15% lower"
_WAS_LOWER: Final = re.compile(
    r"(?:^|[,;]\s|\b(?:and|but|that|the|The)\s)(?P<o>[A-Za-z][A-Za-z /-]{2,60}?)\s(?:was|were)\s"
    r"(?:about\s|approximately\s|up to\s|more than\s|nearly\s|almost\s)?$"
)
# "the use of nets increased by 31.6 percentage points"
_ROSE_BY: Final = re.compile(
    r"(?:^|[,;]\s|\b(?:and|but|that|the|The)\s)(?P<o>[A-Za-z][A-Za-z /-]{2,60}?)\s(?:increased"
    r"|decreased|rose|fell|declined|improved|dropped)\sby\s"
    r"(?:an?\s|about\s|approximately\s|up to\s|more than\s|nearly\s|almost\s)?$"
)
_MORE_OR_LESS: Final = re.compile(r"\s(?:lower|higher|greater|longer|shorter)\b(?!\srisk)")
_OF_WHAT: Final = re.compile(
    r"\s(?:[a-z]+\s){0,2}?(?:(?:increase|reduction|decrease|improvement|difference|benefit"
    r"|advantage)s?\sin"
    r"|(?:lower|higher|reduced|increased|decreased)\s(?:risk|odds|rate|hazard|incidence)\sof)"
    r"\s(?P<o>(?:the\s)?[A-Za-z0-9][\w/ -]{2,60})"
)


def _object(plain: str, figure: Figure, opens: int, closes: int) -> tuple[int, int] | None:
    """The words for what changed: "reduced X by 38%", "a 55% increase in X"."""
    low = max(opens, figure.start - 110)
    found = _VERB_OBJECT.search(plain[low : figure.start])
    if found is not None:
        return low + found.start("o"), low + found.end("o")
    was = _WAS_LOWER.search(plain[low : figure.start])
    if was is not None and _MORE_OR_LESS.match(plain, figure.end):
        return low + was.start("o"), low + was.end("o")
    rose = _ROSE_BY.search(plain[low : figure.start])
    if rose is not None:
        return low + rose.start("o"), low + rose.end("o")
    behind = _OF_WHAT.match(plain, figure.end, min(closes, figure.end + 120))
    return (behind.start("o"), behind.end("o")) if behind is not None else None


_FOLD: Final = re.compile(
    r"\s(?:significantly\s)?(increase|increased|higher|greater|elevated|excess|reduction|reduced"
    r"|lower|decreased|decrease)\s"
    r"(?:in\s|relative\s|the\s)?(?:risk|odds|rate|incidence|mortality|likelihood|probability|hazard"
    r"|chance)"
)


def _noun(word: str) -> str:
    return (
        "reduction"
        if word in ("reduction", "reduced", "lower", "decreased", "decrease")
        else "increase"
    )


def _again(plain: str, last: Estimate, figure: Figure) -> bool:
    """ "an increase of 9% in 1-year OS and 4% in 2-year OS"."""
    return _AND_ALSO.fullmatch(plain[last.value_end : figure.start]) is not None


def _kind(
    plain: str, figure: Figure, opens: int, closes: int
) -> tuple[EffectType, str | None] | None:
    before = plain[max(opens, figure.start - 110) : figure.start]
    behind = plain[figure.end : min(closes, figure.end + 90)]
    found = _BEHIND.match(behind)
    after_rate = _OF_RATE.search(before) is not None
    if found is None:
        found = _BEFORE.search(before)
        if found is None:
            return None
        if found["verb"]:
            down = found["verb"] in ("reduc", "decreas", "lower")
            return "other", "percent reduction" if down else "percent increase"
        share = _OF_SHARE.match(behind) is not None
        what = found["what"]
    else:
        what = found["what"]
        share = (
            found["of"] in ("in", "of", "for")
            and _OF_SHARE.match(behind[found.end() :]) is not None
        )
        if what in ("lower", "higher", "greater", "fewer", "excess"):
            if found["of"] in ("risk", "odds", "hazard", "incidence", "mortality"):
                share = after_rate = False
            elif after_rate:
                return "RD", None
            elif found["of"] is None:
                return None
        elif found["of"] is None and not found["abs"]:
            return None
    if found["abs"]:
        return "RD", None
    if found["rel"]:
        share = False
    if what in _GAIN or (share and what == "increase"):
        return "RD", None
    return "other", "percent reduction" if what in (
        "reduction",
        "decrease",
        "lower",
        "fewer",
    ) else "percent increase"


def _made(
    plain: str, figures: Sequence[Figure], index: int, kind: tuple[EffectType, str | None]
) -> Estimate:
    figure = figures[index]
    used, end = [index], figure.end
    low = high = level = p = None
    for at in range(index + 1, min(index + 5, len(figures))):
        other = figures[at]
        gap = plain[end : other.start]
        if (
            other.sort == "interval"
            and other.marked
            and low is None
            and len(gap) < 90
            and ". " not in gap
        ):
            low, high, level, end = other.low, other.high, other.level, other.end
            used.append(at)
        elif other.sort == "p" and len(gap) < 90 and ". " not in gap:
            p, end = other.words, other.end
            used.append(at)
            break
        elif other.sort == "value" and other.hyphen:
            continue
        else:
            break
    return Estimate(
        kind[0], figure.start, end, figure.value, figure.start, figure.end, None, None, kind[1],
        level, low, high, p, "%", tuple(used),
    )  # fmt: skip
