"""What changed between two versions, claim by claim.

A claim is the same one when its content has the same hash; a changed one when it keeps its place in
the article (its id, for a version that was edited) or rests on the same words in the same role. The
rest was added or removed.
"""

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from probatum.evidence.answer import Answer
from probatum.evidence.claim import Claim
from probatum.review.content import Content, content_of

Kind = Literal["added", "removed", "changed"]


@dataclass(frozen=True)
class Word:
    """A run of words of a changed claim: kept, taken out or put in."""

    kind: Literal["kept", "out", "in"]
    text: str


@dataclass(frozen=True)
class Change:
    """One claim that differs. Of a changed claim both texts and the difference word by word."""

    kind: Kind
    claim: str
    before: str | None
    after: str | None
    words: tuple[Word, ...] = ()
    evidence: bool = False


@dataclass(frozen=True)
class Changes:
    """Everything that differs between two versions, and whether only the order does."""

    claims: tuple[Change, ...]
    unchanged: int
    reordered: bool


def changes(before: Answer, after: Answer) -> Changes:
    """The changes from one version to a later one, in the order of the later one."""
    old, new = content_of(before), content_of(after)
    pairs = _pairs(before, after, old, new)
    found: list[Change] = []
    unchanged = 0
    for claim_id in new.claims:
        earlier = pairs.get(claim_id)
        if earlier is None:
            found.append(Change("added", claim_id, None, after.claims[claim_id].text))
        elif old.claims[earlier].hash == new.claims[claim_id].hash:
            unchanged += 1
        else:
            found.append(_changed(claim_id, before.claims[earlier], after.claims[claim_id]))
    taken = set(pairs.values())
    found += [
        Change("removed", claim_id, before.claims[claim_id].text, None)
        for claim_id in old.claims
        if claim_id not in taken
    ]
    return Changes(tuple(found), unchanged, not found and old.hash != new.hash)


def _changed(claim_id: str, before: Claim, after: Claim) -> Change:
    return Change(
        "changed",
        claim_id,
        before.text,
        after.text,
        words(before.text, after.text),
        evidence=before.anchors != after.anchors,
    )


def _pairs(before: Answer, after: Answer, old: Content, new: Content) -> dict[str, str]:
    """For each later claim the earlier one that it was."""
    pairs: dict[str, str] = {}
    by_hash: dict[str, list[str]] = {}
    for claim_id, claim in old.claims.items():
        by_hash.setdefault(claim.hash, []).append(claim_id)
    for claim_id, claim in new.claims.items():
        same = by_hash.get(claim.hash)
        if same:
            pairs[claim_id] = same.pop(0)
    left = [id for id in old.claims if id not in set(pairs.values())]
    for claim_id in new.claims:
        if claim_id in pairs:
            continue
        now = after.claims[claim_id]
        fitting = [id for id in left if _akin(before.claims[id], now)]
        if fitting:
            chosen = claim_id if claim_id in fitting else fitting[0]
            pairs[claim_id] = chosen
            left.remove(chosen)
    return pairs


def _akin(one: Claim, other: Claim) -> bool:
    """Whether two claims rest on the same held words, and say them for the same purpose."""
    return one.role == other.role and {(a.edition, a.record) for a in one.anchors} == {
        (a.edition, a.record) for a in other.anchors
    }


def words(before: str, after: str) -> tuple[Word, ...]:
    """The difference of two texts word by word; kept and new words together give the later one."""
    old, new = before.split(), after.split()
    found: list[Word] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Word("kept", " ".join(new[j1:j2])))
            continue
        if i2 > i1:
            found.append(Word("out", " ".join(old[i1:i2])))
        if j2 > j1:
            found.append(Word("in", " ".join(new[j1:j2])))
    return tuple(found)
