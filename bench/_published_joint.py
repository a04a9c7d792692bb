"""The joint score of RCT-ART as its authors count it.

Written after `score_relations` in `scripts/rel_pipe.py` of jetsunwhitton/RCT-ART (commit c751657),
which `scripts/evaluate.py` calls for the published "joint" figures with a threshold of 0.5. It is
no F1 of relations: relations and spans go into one count, and spans only in some sentences.

- Every ordered pair of found spans is looked at. Spans are known by where they start: their end
  and their label do not matter.
- Where both start as annotated spans do, each label told of the pair is right or wrong, and each
  annotated label that was not told is missed.
- Where one of them does not, a relation told of the pair is one wrong answer. Where none is told,
  the words of either span count once a sentence: right when they are some annotated span's words,
  wrong otherwise.
- An annotated span whose words were found nowhere in the sentence is one miss. Its relations are
  not missed again.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import permutations

Span = tuple[int, int]
Labels = Mapping[tuple[int, int], set[str]]
# Pairs whose starts lie further apart are not asked (`max_length` of `configs/rel_biobert.cfg`).
FURTHEST = 100


def labels_of(relations: Iterable[tuple[Span, Span, str]]) -> dict[tuple[int, int], set[str]]:
    """The labels told of each pair of starts."""
    found: dict[tuple[int, int], set[str]] = {}
    for head, child, label in relations:
        found.setdefault((head[0], child[0]), set()).add(label)
    return found


def joint_counts(
    text: str, found: Sequence[Span], told: Labels, gold: Sequence[Span], right: Labels
) -> Counter[str]:
    """Right, wrong and missed of one sentence; its tokens are parted by spaces."""
    counts: Counter[str] = Counter(right=0, wrong=0, missed=0)
    starts = {start for start, _ in gold}
    words = [text[start:end] for start, end in gold]
    seen: set[str] = set()
    for one, other in permutations(sorted(found), 2):
        if abs(_token(text, one) - _token(text, other)) > FURTHEST:
            continue
        pair = (one[0], other[0])
        labels = told.get(pair, set())
        if one[0] in starts and other[0] in starts:
            wanted = right.get(pair, set())
            counts["right"] += len(labels & wanted)
            counts["wrong"] += len(labels - wanted)
            counts["missed"] += len(wanted - labels)
        elif labels:
            counts["wrong"] += 1
        else:
            for start, end in (one, other):
                if text[start:end] not in seen:
                    seen.add(text[start:end])
                    counts["right" if text[start:end] in words else "wrong"] += 1
    held = {text[start:end] for start, end in found}
    counts["missed"] += sum(each not in held for each in words)
    return counts


def _token(text: str, span: Span) -> int:
    return text.count(" ", 0, span[0])
