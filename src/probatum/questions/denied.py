"""What a question names only to say that it is not so: "not pregnant", "denies fever".

Read as a fact, it would turn the answer into one for somebody else.
"""

import re
from collections.abc import Sequence

from probatum.terms.mentions import Mention

_DENIES = re.compile(
    r"(?:\bnot|\bisn't|\bisnt|\bwasn't|\bnon|\bno|\bdenies|\bdenied|\bwithout|\babsence of|"
    r"\bfree of|\bneither|\bno (?:history|signs?|evidence|sign or symptom) of|"
    r"\bnever (?:been|had))[-\s]+"
    r"(?:a |an |any |currently |now |yet |known |been |prior |previous )*$",
    re.IGNORECASE,
)
_OR = re.compile(r"\s*(?:,|or|nor|and)\s*$", re.IGNORECASE)
# Longer words of denial than this stand before no name.
_BEFORE = 60
_KINDS = ("group", "setting", "adverse_event", "condition")


def denied(question: str, mentions: Sequence[Mention]) -> frozenset[int]:
    """Where the names start that are denied.

    A drug that was never given is read elsewhere (`patient.prior_therapies`), and the only disease
    named is what the question is about, however it is put.
    """
    found: set[int] = set()
    end = -1
    for mention in sorted(mentions, key=lambda m: m.start):
        if mention.term.kind not in _KINDS:
            continue
        before = question[max(0, mention.start - _BEFORE) : mention.start]
        goes_on = end >= 0 and bool(_OR.fullmatch(question[end : mention.start]))
        if _DENIES.search(before) or goes_on:
            found.add(mention.start)
            end = mention.end
        else:
            end = -1
    conditions = {m.start for m in mentions if m.term.kind == "condition"}
    return frozenset(found - conditions if conditions <= found else found)
