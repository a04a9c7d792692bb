"""Names as they are compared: words joined, and where words meet.

"PD-L1", "PD L1" and "PDL1" are one name, so names are compared without what stands between their
words; but "a cute" must not become "acute", so a text may break a name only where that is safe.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from probatum.terms.words import Token, fold, words

_JOINTS: Final = ("-", "/", ",")


def cased_norm(token: Token) -> str:
    """The word as an abbreviation is compared: case kept, dots and accents gone."""
    text = token.text
    if text == "&":
        return "and"
    if not text.isascii():
        text = fold(text).text
    return text.replace(".", "")


def key_of(name: str, *, cased: bool) -> str:
    """The key of a name; an abbreviation keeps its case."""
    return "".join(cased_norm(token) if cased else token.norm for token in words(name))


def joins_of(text: str, tokens: Sequence[Token]) -> list[str]:
    """For each word, what joins it to the word before: '-', '/', ',', ' ', or '' for a break.

    A comma joins only where a name has a break anyway: "persistent, recurrent or metastatic".
    """
    found = [""]
    for before, after in pairwise(tokens):
        gap = text[before.end : after.start]
        if gap == " ":
            found.append(" ")
            continue
        gap = fold(gap).text
        if gap[:2] == "'s":
            gap = gap[2:]
        elif gap[:1] == "'":
            gap = gap[1:]
        core = gap.strip()
        if core == "" and gap.count("\n") < 2 and (gap or "&" in (before.text, after.text)):
            found.append(" ")
        else:
            if core == "." and len(before.text) == 1 and before.text.isupper():
                core = ","  # an initial: "H. pylori"
            found.append(core if core in _JOINTS and "\n\n" not in gap else "")
    return found


def may_split(tokens: Sequence[Token], joins: Sequence[str], index: int, cased: bool) -> bool:
    """Whether a text may break a name here though the name is written without a break.

    "chemo-radiotherapy" and "HER 2" may; "a cute" must not become "acute".
    """
    before, after = tokens[index - 1].norm, tokens[index].norm
    if not before or not after:
        return False
    if before[-1].isdigit() != after[0].isdigit():
        return joins[index] != ","
    if cased or before[-1].isdigit():
        return False
    if joins[index] == ",":
        return False
    return joins[index] in "-/" or (len(before) > 2 and len(after) > 2)
