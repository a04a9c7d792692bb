"""What end points are called: the list's names, and noun phrases made into names.

"CRCs", "colorectal cancers" and "cancer of the colon and rectum" must come out as one name, or two
tuples of one result would look like two findings.
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from probatum.extract.prose.text import Prose, clean
from probatum.terms.reading import load_yaml

_OF_THE: Final = re.compile(
    r"((?:[\w-]+ ){0,4}?(?:cancers?|(?:adeno)?carcinomas?|tumou?rs?|lymphomas?)) of (?:the )?(.+)"
)
_SINGULAR: Final = re.compile(r"\b(cancer|carcinoma|tumou?r|melanoma|lymphoma|adenoma)s\b")
# A short form before these is a gene, a protein or a receptor, not an end point: "MMR gene".
_NO_END_POINT: Final = (
    r"(?![\w+-]|\s(?:genes?|proteins?|status(?:es)?|deficien\w+|proficien\w+|pathogenic|variants?"
    r"|mutations?|carriers?|positive|negative|loss|expression|inhibitors?)\b)"
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
class Lexicon:
    """The list of end points: its rows, one pattern for all their words, and nouns of disease."""

    names: tuple[dict[str, Any], ...]
    pattern: re.Pattern[str]
    disease: re.Pattern[str]
    short: dict[str, str]
    shared_short: dict[str, list[str]]
    organs: dict[str, str]
    sites: dict[str, str]


@cache
def lexicon() -> Lexicon:
    """The list in `data/endpoints.yaml`."""
    raw = load_yaml(files("probatum.extract").joinpath("data/endpoints.yaml").read_text("utf-8"))
    rows = tuple(raw["endpoints"])
    pieces = []
    for index, row in enumerate(rows):
        words = "|".join(w.replace(" ", r"\s") for w in row["words"])
        short = "|".join(row.get("short", ()))
        # A short form stands alone: not "OS-1", not in "5-OS".
        body = f"(?i:{words})(?![A-Za-z])"
        if short:
            body += f"|(?<![\\d-])(?:{short}){_NO_END_POINT}"
        pieces.append(f"(?P<e{index}>{body})")
    return Lexicon(
        rows,
        # Only where a word begins: the search passes by all other places without a try.
        re.compile(f"(?<![A-Za-z])(?=[A-Za-z])(?:{'|'.join(pieces)})"),
        re.compile(rf"\b(?:{raw['disease']})\b", re.IGNORECASE),
        dict(raw["short_diseases"]),
        dict(raw["shared_short"]),
        dict(raw["organs"]),
        {site: raw["organs"].get(site, site) for site in raw["sites"]},
    )


def named(prose: Prose, words: str) -> str:
    """A noun phrase as an end point's name: small letters, short forms written out, singular."""
    known = lexicon()
    pieces = []
    for word in clean(words).strip(" .,;:'-").split():
        bare = word[:-1] if word.endswith("s") and word[:-1].isupper() and len(word) > 2 else word
        long = prose.abbreviations.get(bare) or known.short.get(bare) or _meant(prose, bare)
        # "HbA1c" and "HPV-16" keep their letters, as no word of plain prose has capitals inside.
        own = any(letter.isupper() for letter in word[1:]) or (
            word[0].isupper() and any(letter.isdigit() for letter in word)
        )
        pieces.append(long if long else word if own else word.lower())
    name = " ".join(pieces)
    turned = _OF_THE.fullmatch(name)
    if turned is not None:
        where = known.organs.get(turned[2], turned[2].removesuffix("s"))
        name = f"{where} {turned[1]}"
    return _SINGULAR.sub(r"\1", name)


def _meant(prose: Prose, short: str) -> str | None:
    """What a short form of two meanings stands for in a text that does not say."""
    meanings = lexicon().shared_short.get(short, ())
    return next((long for long in meanings if long.rpartition(" ")[2] in prose.plain), None)


def is_disease(words: str) -> bool:
    """Whether the words name a disease of the kind that has an incidence."""
    return lexicon().disease.search(words) is not None


def incidence(name: str) -> str:
    """Getting a disease is its incidence; any other name stands as it is."""
    if is_disease(name.rpartition(" ")[2]) and not name.endswith(("incidence", "mortality")):
        return f"{name} incidence"
    return name
