"""The record of an article: where each of its versions stands, and every decision on a claim.

Nothing of this is stored: `fold` makes it of the article's log.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from probatum.review.events import Signed
from probatum.review.log import Entry
from probatum.review.standing import Given, Signature, Standing, signature_of
from probatum.review.states import WAITING, State


@dataclass(frozen=True)
class Record:
    """An article's versions by number, and the decisions by the hash of the claim they are on."""

    versions: Mapping[int, Standing] = field(default_factory=dict)
    decisions: Mapping[str, Given] = field(default_factory=dict)
    authors: frozenset[str] = frozenset()
    last: Entry | None = None

    @property
    def latest(self) -> Standing | None:
        """The version that was begun last."""
        return self.versions[max(self.versions)] if self.versions else None

    @property
    def draft(self) -> Standing | None:
        """The version that is being written, if there is one."""
        drafts = [each for each in self.versions.values() if each.state is State.DRAFT]
        return drafts[0] if drafts else None

    @property
    def shown(self) -> Standing | None:
        """The version for the public: the approved one, else one that was, else the latest fixed.

        A withdrawn version comes last, so that whoever follows an old link is told why.
        """
        fixed = sorted(
            (each for each in self.versions.values() if each.content), key=lambda v: v.number
        )
        waiting = [each for each in fixed if each.state in WAITING]
        found = (
            [each for each in fixed if each.state is State.APPROVED]
            or [each for each in waiting if each.was_approved]
            or waiting
            or fixed
        )
        return found[-1] if found else None

    def decision(self, version: int, claim: str) -> Given | None:
        """The decision on a claim's exact words, from this version or one with the same words."""
        return self.decisions.get(self.versions[version].claims.get(claim, ""))

    def unresolved(self, version: int) -> tuple[str, ...]:
        """The claims that are not approved, or that were withdrawn: they stand in the way."""
        standing = self.versions[version]
        return tuple(
            claim
            for claim, hash in standing.claims.items()
            if claim in standing.withdrawn_claims
            or (given := self.decisions.get(hash)) is None
            or given.choice != "approve"
            # A reviewer who has since written on the article no longer stands apart from it.
            or given.actor in self.authors
        )

    def past_signatures(self, entries: Iterable[Entry], version: int) -> tuple[Signature, ...]:
        """Every signature that was ever given to a version, whether it still counts or not."""
        return tuple(
            signature_of(entry, entry.event)
            for entry in entries
            if isinstance(entry.event, Signed) and entry.event.version == version
        )
