"""A trial's eligibility text, parted into what lets a person in and what keeps one out.

The registry holds one text field. An exclusion criterion read as an inclusion criterion turns the
trial's population round, so each criterion carries its side in its heading path and its code.
"""

import re

from probatum.evidence.document import Block
from probatum.sources.layout.prose import Piece, pieces
from probatum.sources.layout.text import clean

_TITLE = "Eligibility"
# The word itself, and what an investigator writes before and after it on a heading line.
_HEADING = re.compile(
    r"(?P<head>[^:;.]{0,60}?\b(?P<side>non[- ]?inclusion|inclusion|exclusion)(?:ary)?\b"
    r"[^:;.]{0,80}?)"
    r"\s*(?P<colon>[:;]|\.?$)\s*(?P<rest>.*)",
    re.IGNORECASE,
)
_PLAIN = re.compile(
    r"(?:non[- ]?inclusion|inclusion|exclusion)(?: criteri(?:a|on))?", re.IGNORECASE
)
# Words of a sentence about the criteria rather than of a heading over them.
_SENTENCE = re.compile(
    r"\b(?:must|meet|meets|met|meeting|fulfil|fulfils|fulfill|fulfills|are|is|was|were|will|have|has"
    r"|who|the following|same as|see|apply|applies)\b",
    re.IGNORECASE,
)
# A heading in the middle of a line: all on one line is how some records are typed.
_INSIDE = re.compile(
    r"(?<=[.;,)*\s])(?<![-\w][- ])((?:key |main |major )?(?:non[- ]?)?"
    r"(?:inclusion|exclusion) criteria(?:\*\*)?\s*:)",
    re.IGNORECASE,
)
_BOTH = "Inclusion and exclusion criteria"


def criteria(text: str) -> list[Block]:
    """The criteria in order; what stands before the first heading has no side."""
    blocks: list[Block] = []
    headings: tuple[str, ...] = (_TITLE,)
    code: str | None = None
    for kind, piece in _parted(text):
        found = _heading(piece)
        if found is None:
            if kind == "paragraph" and piece.endswith(":"):
                headings, code = _announced(piece) or (headings, code)
            blocks.append(Block(piece, kind, headings, code=code))
            continue
        headings, code, rest = found
        if rest:
            blocks.append(Block(rest, "paragraph", headings, code=code))
    return blocks


def _announced(sentence: str) -> tuple[tuple[str, ...], str | None] | None:
    """The side of what follows "any of these will be excluded:"; none where it names both."""
    inclusion = re.search(r"\binclu(?:sion|ded)\b", sentence, re.IGNORECASE)
    exclusion = re.search(r"\b(?:exclu(?:sion|ded)|ineligible)\b", sentence, re.IGNORECASE)
    if inclusion and exclusion:
        return (_TITLE,), None
    if exclusion:
        return (_TITLE, "Exclusion criteria"), "exclusion"
    return ((_TITLE, "Inclusion criteria"), "inclusion") if inclusion else None


def _parted(text: str) -> list[Piece]:
    """The pieces, with a heading on a line of its own even where no empty line follows it."""
    apart = []
    text = _INSIDE.sub(r"\n\n\1", text)
    for line in text.replace("\r\n", "\n").split("\n"):
        bare = clean(re.sub(r"[*_#~]+", "", line))
        if bare and _heading(bare) is not None:
            apart.append(f"\n{bare}\n")
        elif bare.endswith(":") and _announced(bare) and bare[:1].isalpha():
            # A lead-in is no continuation of the criterion above it.
            apart.append(f"\n{line}")
        else:
            apart.append(line)
    return pieces("\n".join(apart))


def _heading(piece: str) -> tuple[tuple[str, ...], str | None, str] | None:
    """The heading path, the side and the rest of the line, where a line is a heading."""
    found = _HEADING.fullmatch(piece)
    if found is None:
        return None
    head, rest = clean(found["head"]), found["rest"]
    if _SENTENCE.search(head):
        return None
    plain = _PLAIN.fullmatch(head) is not None
    if not plain and "criteri" not in head.lower() and not (found["colon"] in ":;" and not rest):
        return None
    if not found["colon"] and not plain and len(head) > 60:
        return None
    both = len(set(re.findall(r"inclusion|exclusion", head.lower()))) > 1
    if both:
        return (_TITLE, _BOTH), None, rest
    inclusion = found["side"].lower() == "inclusion"
    side, code = (
        ("Inclusion criteria", "inclusion")
        if inclusion
        else (
            "Exclusion criteria",
            "exclusion",
        )
    )
    path = (_TITLE, side) if plain else (_TITLE, side, head)
    return path, code, rest
