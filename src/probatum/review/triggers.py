"""What ends an approval from outside: evidence that has changed, and age.

The program looks at what a version rests on and compares it with what the library says now. A claim
that named an older source as history knew that it was old, so only what is new counts.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from probatum.evidence.answer import Answer
from probatum.evidence.source import Currency
from probatum.review.content import Content, content_of
from probatum.review.events import Reopened, Trigger
from probatum.review.policy import Policy
from probatum.review.standing import Standing

# What the library says of an edition now: how current it is, and what replaced it.
Ask = Callable[[str], tuple[Currency, str | None]]
# The record that replaces a record, if there is one.
Newer = Callable[[str], str | None]

_BY_CURRENCY: dict[Currency, Trigger] = {
    Currency.RETRACTED: "source_retracted",
    Currency.SUPERSEDED: "source_superseded",
    Currency.CORRECTED: "source_corrected",
}
_WORDS = {
    Currency.RETRACTED: "was retracted",
    Currency.SUPERSEDED: "was superseded",
    Currency.CORRECTED: "was corrected",
}


@dataclass(frozen=True)
class Evidence:
    """What the library says now, as two questions."""

    edition: Ask
    newer_record: Newer


def found(
    version: int,
    answer: Answer,
    standing: Standing,
    evidence: Evidence,
    policy: Policy,
    now: datetime,
    content: Content | None = None,
) -> tuple[Reopened, ...]:
    """The events that the version calls for and that are not on record yet.

    `content` is the answer's, where the caller has worked it out already.
    """
    content = content or content_of(answer)
    # Whoever approved it after a source had changed knew that; age begins anew with an approval.
    known = {(c.trigger, c.edition) for c in standing.causes if c.trigger != "age_limit"}
    known |= {(c.trigger, c.edition) for c in standing.open_causes}
    events = [
        *_sources(version, answer, content, evidence),
        *_analyses(version, content, evidence),
        *_age(version, content, standing, policy, now),
    ]
    return tuple(
        event
        for event in events
        if (event.trigger, event.edition) not in known
        and not set(event.withdrawn) & set(standing.withdrawn_claims)
    )


def _sources(
    version: int, answer: Answer, content: Content, evidence: Evidence
) -> Iterable[Reopened]:
    was = {reference.edition: reference.currency for reference in answer.references}
    is_now = {edition: evidence.edition(edition) for edition in was}
    retracted = {e for e, (currency, _) in is_now.items() if currency is Currency.RETRACTED}
    titles = {reference.edition: reference.title for reference in answer.references}
    for edition, (currency, newer) in is_now.items():
        trigger = _BY_CURRENCY.get(currency)
        # What was outdated when it was written was written as such; a retraction counts always.
        if trigger is None or (currency is was[edition] and edition not in retracted):
            continue
        claims = tuple(id for id, each in content.claims.items() if edition in each.editions)
        replaced = f" (by {newer})" if newer and currency is not Currency.RETRACTED else ""
        yield Reopened(
            version=version,
            trigger=trigger,
            detail=f"{titles[edition]} ({edition}) {_WORDS[currency]}{replaced}.",
            edition=edition,
            claims=claims,
            withdrawn=tuple(id for id in claims if set(content.claims[id].editions) <= retracted)
            if currency is Currency.RETRACTED
            else (),
        )


def _analyses(version: int, content: Content, evidence: Evidence) -> Iterable[Reopened]:
    """Records that were quoted as the newest and are no longer."""
    touched: dict[str, list[str]] = {}
    for claim_id, claim in content.claims.items():
        if not claim.history:
            for record in claim.records:
                touched.setdefault(record, []).append(claim_id)
    for record, claims in touched.items():
        newer = evidence.newer_record(record)
        if newer:
            yield Reopened(
                version=version,
                trigger="newer_analysis",
                detail=f"A newer analysis, {newer}, replaces {record}.",
                edition=record,
                claims=tuple(claims),
            )


def _age(
    version: int, content: Content, standing: Standing, policy: Policy, now: datetime
) -> Iterable[Reopened]:
    if standing.approved is None:
        return
    days = policy.max_age_for(content.topics, content.kinds)
    if now - datetime.fromisoformat(standing.approved) > timedelta(days=days):
        yield Reopened(
            version=version,
            trigger="age_limit",
            detail=f"The approval is older than {days} days.",
            claims=tuple(content.claims),
        )
