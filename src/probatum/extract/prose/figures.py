"""The figures of a sentence in order: labels, values, intervals, P values, group sizes.

What a number is (an estimate, a group's value, a bound, a time point) is decided by what stands
around it, so first every figure is found with its kind and only then are they put together.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from probatum.extract.prose.count_words import count_of
from probatum.extract.prose.figure import Figure
from probatum.extract.prose.patterns import FIGURE, LABELS, UNIT_BEHIND
from probatum.extract.prose.printed import decimal, p_value
from probatum.extract.prose.shares import joined
from probatum.extract.prose.text import Prose, Sentence

# No sentence tells more; what does is a table or a list that lost its line ends.
_MOST: Final = 120
_LARGEST_YEAR: Final = 2100
_FIRST_YEAR: Final = 1900
# What stands before a number that says when, who or which, and never what came out.
_NO_OUTCOME: Final = re.compile(
    r"(?:\b(?:aged?|ages|older than|younger than|stages?|grades?|type|types|phase|class|group|arm"
    # "week 12", but "at 24 weeks 12 of 40"
    r"|cycles?|(?<!\d )(?:days?|weeks?|months?|years?)|level|levels|chapter|table|figure"
    r"|fig\.?|version|part|line|codons?|exons?|score of|cutoff of|threshold of|every|each|until"
    r"|since|schedule of|margin of|ECOG|PS|tiers?|number|no\.|versions?)\s*"
    r"|[<>≤≥]=?\s*|\bCPS\b[^.;]{0,5}|PD-L1[^.;]{0,25}|between ages \w* ?)$",
    re.IGNORECASE,
)
_CURRENCIES: Final = frozenset("$€£")


def figures(prose: Prose, sentence: Sentence) -> list[Figure]:
    """The figures of a sentence, none overlapping another; of a table in one line its first."""
    found = list(islice(_scanned(prose, sentence), _MOST))
    told = _MEAN_WITH_SD.search(prose.plain, sentence.start, sentence.end)
    if told is not None:
        found = [_or_spread(prose.plain, each, told.end()) for each in found]
    return list(joined(prose, found))


# "mean (SD) 6.2 (0.98) and 6.3 (1.57) days": what the figures in brackets are is said once.
_MEAN_WITH_SD: Final = re.compile(
    r"\b(?:[Mm]eans?|[Aa]verage)\s?(?:[(\[,±]|\+/-)\s?(?:±\s?|\+/-\s?)?"
    r"(?:SD|SE|SEM|s\.d\.|standard (?:deviation|error))\b"
)


def _or_spread(plain: str, figure: Figure, opens: int) -> Figure:
    """A figure; behind the words for it, one that fills a bracket after a number is a spread."""
    if figure.sort != "value" or figure.family is not None or figure.start < opens:
        return figure
    behind_number = _AFTER_NUMBER.search(plain, max(opens, figure.start - 12), figure.start)
    if behind_number is None or plain[figure.end : figure.end + 1] not in (")", "]"):
        return figure
    return Figure("spread", figure.start, figure.end)


_AFTER_NUMBER: Final = re.compile(r"\d%?\s?[(\[]$")


def _scanned(prose: Prose, sentence: Sentence) -> Iterator[Figure]:
    plain = prose.plain
    for found in FIGURE.finditer(plain, sentence.start, sentence.end):
        groups = found.groupdict()
        start, end = found.span()
        if groups["pvalue"]:
            yield Figure(
                "p", start, end, words=p_value(groups), name=(groups["ptag"] or "").lower()
            )
        elif groups["open"] or groups["spreads"]:
            yield Figure("spread", start, end)
        elif groups["ci"] or groups["bare"]:
            interval = _interval(groups, start, end)
            if interval is not None:
                yield interval
        elif groups["label"]:
            name = next(name for name in LABELS if groups[f"l_{name}"])
            yield Figure("label", start, end, name=name, words=plain[start:end])
        elif groups["size"]:
            yield Figure("size", start, end, n=int(groups["n"].replace(",", "")))
        elif groups["reached"]:
            yield Figure("not_reached", start, end)
        elif groups["word"]:
            yield _spelt(found)
        else:
            value = _value(plain, groups, start, end, sentence.start)
            if value is not None:
                yield value


def _spelt(found: re.Match[str]) -> Figure:
    """A count or a share in words."""
    noun = found["wordunit"] or found["soleunit"]
    share = found["wordpercent"] is not None
    end = max(found.end(name) for name in ("word", "wordunit", "soleunit", "wordpercent"))
    return Figure(
        "value", found.start(), end, value=count_of(found["word"]),
        unit="%" if share else noun, family="percent" if share else "counted" if noun else None,
        words=found["word"],
    )  # fmt: skip


def unit_behind(plain: str, end: int) -> tuple[int, str | None, str | None]:
    """Where a value with its spread ends, and the family and unit that stand behind both."""
    found = UNIT_BEHIND.match(plain, end)
    if found is None:
        return end, None, None
    family = found.lastgroup or "measure"
    return found.end(), family, "%" if family == "percent" else found[family]


def _interval(groups: dict[str, str | None], start: int, end: int) -> Figure | None:
    marked = groups["ci"] is not None
    low = decimal((groups["low"] if marked else groups["blow"]) or "")
    high = decimal((groups["high"] if marked else groups["bhigh"]) or "")
    if low is None or high is None:
        return None
    level = groups["level"] or groups["level2"]
    if low > high:
        # "-0.5--0.1" whose second minus was read as the dash of a range.
        low, high = (-high, low) if high >= 0 and -high >= low else (low, high)
    return Figure(
        "interval", start, end, low=low, high=high, marked=marked,
        level=decimal(level) if level else None,
    )  # fmt: skip


def _value(
    plain: str, groups: dict[str, str | None], start: int, end: int, opens: int
) -> Figure | None:
    number = decimal(groups["digits"] or "")
    if number is None:
        return None
    family = next(
        (f for f in ("percent", "time", "fold", "per", "counted", "measure") if groups[f]), None
    )
    unit = groups[family] if family else None
    if family is None and groups["spread"]:
        end, family, unit = unit_behind(plain, end)
    if family is None and plain[max(0, start - 1) : start] in _CURRENCIES:
        family, unit = "measure", plain[start - 1]
    if family == "percent":
        unit = "%"
    before = plain[max(opens, start - 30) : start]
    if family is None:
        whole = number == number.to_integral_value()
        if whole and _FIRST_YEAR <= number < _LARGEST_YEAR and "," not in (groups["digits"] or ""):
            return None
    if family not in ("percent",) and _NO_OUTCOME.search(before):
        return None
    return Figure(
        "value", start, end,
        value=-number if groups["sign"] else number, unit=unit, family=family,
        hyphen=(groups["hyphen"] or groups["shared"]) is not None,
        ranged=groups["range"] is not None,
        words=(groups["digits"] or "") + (groups["range"] or ""),
    )  # fmt: skip
