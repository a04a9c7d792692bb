"""Several diseases named side by side: "in breast and lung cancer", "gout, psoriasis or asthma".

A list shares its last word, and a reader who looks for names alone sees only the last of them. And
what is asked of diseases side by side is asked of each: one sentence seldom answers for two.
"""

import re
from collections.abc import Iterator, Sequence

from probatum.terms.mentions import Mention
from probatum.terms.vocabulary import Vocabulary

_JOIN = r"\s*(?:,|/|&|,?\s*\b(?:and|or|and/or|plus|as well as)\b)\s*(?:\b(?:in|of|for|with)\b\s*)?"
_BESIDE = re.compile(_JOIN + r"(?:\bthe\b\s*)?")
# One item of a list that ends here, of one word to three ("non-small-cell", "head and neck" not).
_ITEM = re.compile(r"((?:[\w'-]{2,30}\s){0,2}[\w'-]{2,30})" + _JOIN + r"$")
# So much of the text before a name is looked at for the items of its list.
_BEFORE = 120
# A longer list is no question.
_MOST = 6


def with_shared_heads(
    question: str, mentions: Sequence[Mention], vocabulary: Vocabulary
) -> list[Mention]:
    """The names with those of a list that leave their last words to the last of it."""
    found = list(mentions)
    for mention in mentions:
        if mention.term.kind == "condition":
            found += _sharing(question, mention, mentions, vocabulary)
    return sorted(found, key=lambda each: (each.start, each.end))


def _sharing(
    question: str, mention: Mention, mentions: Sequence[Mention], vocabulary: Vocabulary
) -> Iterator[Mention]:
    words = mention.text.split()
    heads = [" ".join(words[at:]) for at in range(1, len(words))]
    end = mention.start
    for _ in range(_MOST):
        item = _ITEM.search(question, max(0, end - _BEFORE), end) if heads else None
        if item is None:
            return
        named = _named(item, heads, mentions, vocabulary)
        if named is None:
            return
        yield named
        end = named.start


def _named(
    item: re.Match[str],
    heads: Sequence[str],
    mentions: Sequence[Mention],
    vocabulary: Vocabulary,
) -> Mention | None:
    """The longest end of an item that is a disease's name with one of the heads."""
    start, end = item.span(1)
    starts = [start, *(start + space.end() for space in re.finditer(r"\s", item[1]))]
    for at in starts:
        taken = [m for m in mentions if m.start < end and at < m.end]
        if any(m.term.kind == "condition" for m in taken):
            continue
        for head in heads:
            text = f"{item.string[at:end]} {head}"
            terms = [t for t in vocabulary.readings(text) if t.kind == "condition"]
            if terms:
                return Mention(at, end, item.string[at:end], terms[0], exact=True)
    return None


def side_by_side(
    question: str, mentions: Sequence[Mention]
) -> tuple[tuple[int, int], tuple[str, ...]] | None:
    """The longest run of diseases named side by side, its span and their ids; None without one.

    "Hypertension in patients with diabetes" is one question on both and no such run.
    """
    named = [m for m in mentions if m.term.kind == "condition"]
    runs: list[list[Mention]] = []
    for mention in sorted(named, key=lambda each: (each.start, -each.end)):
        last = runs[-1][-1] if runs else None
        if last and mention.start < last.end:
            continue
        if last and _BESIDE.fullmatch(question, last.end, mention.start):
            runs[-1].append(mention)
        else:
            runs.append([mention])
    best = max(runs, key=len, default=[])
    ids = tuple(dict.fromkeys(m.term.id for m in best))
    return ((best[0].start, best[-1].end), ids) if len(ids) > 1 else None
