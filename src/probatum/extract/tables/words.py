"""What header cells and row labels of a table are: an arm, a P value, an estimate, a time, a size.

The words stand in `data/tables.yaml`; a piece of a header that fits none of them names an arm or an
end point, which only the table as a whole can tell.
"""

import re
from functools import cache
from importlib.resources import files
from typing import Any, Final, cast

from probatum.extract.result import EffectType
from probatum.terms.number_text import fold_numbers
from probatum.terms.reading import load_yaml

_LONGEST: Final = 300
_SIZE: Final = re.compile(
    r"[\[(]?\s*\bn\s?=\s?(\d{1,3}(?:,\d{3})+|\d{1,7})\s*[\])]?", re.IGNORECASE
)
_NOTES: Final = re.compile(r"[*†‡§¶#ǂ]+|\^\d+$|[¹²³⁰-⁹ʰ-˸ᴬ-ᶿ]+$")
# A measure that a header of one line sets behind the group's name: "Placebo, n (%)".
_TAIL: Final = re.compile(
    r"(?:[,;:]?\s(?:n\s?/\s?n|n|no\.?|number|events|%|mean|median)?\s?"
    r"\((?:%|sd|s\.d\.|se|sem|n|iqr|range|±\s?sd)\)|[,;:]?\s(?:n\s?/\s?n|%))$",
    re.IGNORECASE,
)
_BRACKETS: Final = re.compile(r"\([^()]{0,60}\)")


@cache
def _data() -> dict[str, dict[str, list[str]]]:
    text = files("probatum.extract").joinpath("data/tables.yaml").read_text("utf-8")
    return cast("dict[str, dict[str, list[str]]]", cast(Any, load_yaml(text)))


@cache
def _whole(family: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{each})" for each in _data()["whole"][family]), re.IGNORECASE)


@cache
def _within(family: str) -> re.Pattern[str]:
    body = "|".join(_data()["within"][family])
    return re.compile(rf"(?<![\w-])(?:{body})(?!\w)", re.IGNORECASE)


@cache
def _effects() -> tuple[tuple[EffectType, re.Pattern[str]], ...]:
    return tuple(
        (
            cast(EffectType, name),
            re.compile(rf"(?<![\w-])(?:{'|'.join(rows)})(?![\w-])", re.IGNORECASE),
        )
        for name, rows in _data()["effects"].items()
    )


def plain(text: str) -> str:
    """A header piece without footnote marks and the size of its group."""
    short = fold_numbers(text[:_LONGEST]).text
    return " ".join(_SIZE.sub(" ", _NOTES.sub("", short)).split()).strip(" ,;:")


def is_whole(family: str, text: str) -> bool:
    """Whether a header piece or label is nothing else than this ("p", "time", "measure", …)."""
    return _whole(family).fullmatch(plain(text)) is not None


def says(family: str, text: str) -> bool:
    """Whether words of a family stand in a text ("group", "baseline", "harm", "control", …)."""
    return _within(family).search(text[:_LONGEST]) is not None


def size(text: str) -> int | None:
    """The group's size in a header: "Placebo (n = 44)"."""
    found = _SIZE.search(fold_numbers(text[:_LONGEST]).text)
    return int(found.group(1).replace(",", "")) if found else None


def effect_type(text: str) -> EffectType | None:
    """The estimate that a header names: "Adjusted OR (95% CI)" gives OR."""
    words = plain(text)
    if len(words) > 120:
        return None
    for name, pattern in _effects():
        found = pattern.search(words)
        # "OR" and "HR" are read with their capitals: "or" is a word and "hr" an hour.
        if found and (len(found.group()) > 4 or found.group().rstrip("s").lstrip("a").isupper()):
            return name
    return None


def arm_name(text: str) -> str:
    """A group's name without its size: "Placebo (n = 44)" gives "Placebo"."""
    return _TAIL.sub("", plain(text)).strip(" ,;:") or text.strip()


def arm_key(text: str) -> str:
    """What two spellings of one group's name share."""
    words = _BRACKETS.sub(" ", arm_name(text)).casefold()
    words = re.sub(r"\b(?:the|group|arm|patients|subjects|participants)\b", " ", words)
    return " ".join(re.findall(r"[^\W_]+", words)) or plain(text).casefold()


_SECOND: Final = (
    ("sd", re.compile(r"±|\bs\.?d\b|standard deviation|std\.? ?dev", re.IGNORECASE)),
    ("se", re.compile(r"\bs\.?e\.?m?\b|standard error", re.IGNORECASE)),
    ("percent", re.compile(
        r"(?:\bn|\bno\.?|number|patients|count|events)\s?[\[(,/]?\s*(?:%|per ?cent)", re.I)),
    ("events", re.compile(r"%\s?[\[(,/]\s?(?:n|no\.?|number)\b", re.IGNORECASE)),
    ("interval", re.compile(r"\bCI\b|\bIQR\b|\brange\b|interquartile|confidence", re.IGNORECASE)),
)  # fmt: skip


def second_figure(*texts: str) -> str | None:
    """What a second figure in brackets is, by the nearest words that say so."""
    for text in texts:
        short = fold_numbers(text[:_LONGEST]).text
        for name, pattern in _SECOND:
            if pattern.search(short):
                return name
    return None


def is_percent(*texts: str) -> bool:
    """Whether the nearest words that name a unit name the per cent sign."""
    return any(
        re.search(r"%|\bper ?cent(?:age)?\b|\bproportion\b", text[:_LONGEST], re.IGNORECASE)
        for text in texts
    )


def is_count(text: str) -> bool:
    """Whether a label or header says that bare numbers count people or events."""
    return bool(
        re.search(
            r"(?:^|[\s,(])(?:n|no\.?|number(?: of .{1,40})?|events?|cases|deaths)\)?$",
            plain(text),
            re.IGNORECASE,
        )
    )
