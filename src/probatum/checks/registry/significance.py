"""Whether two shares differ more than chance explains: "significantly more often in group 1".

A table of adverse events gives counts and no test, so the test is worked out: Fisher's exact test
of two by two (R. A. Fisher, J R Stat Soc 1922;85:87-94), two-sided as the sum of all tables that
are no likelier than the one found, at the customary level of 0.05.
"""

from math import exp, lgamma

from probatum.checks.registry.wording import pattern

LEVEL = 0.05
# More tables than these are not added up.
_MOST = 20_000
# Tables as likely as the one found, whatever the rounding.
_ROOM = 1e-7


def said_significant(clause: str) -> bool:
    """Whether a clause says that something differs significantly."""
    return pattern("significant").search(clause) is not None


def differs(one: tuple[int, int], two: tuple[int, int]) -> bool | None:
    """Whether the shares of two (events, people) differ significantly; None when not to be told."""
    (events, people), (others, rest) = one, two
    total = events + others
    low, high = max(0, total - rest), min(total, people)
    if not people or not rest or events > people or others > rest or high - low > _MOST:
        return None
    found = _log_chance(events, people, total, people + rest)
    chances = (_log_chance(k, people, total, people + rest) for k in range(low, high + 1))
    return sum(exp(each) for each in chances if each <= found + _ROOM) < LEVEL


def _log_chance(events: int, people: int, total: int, everyone: int) -> float:
    """The logarithm of the hypergeometric probability of a table."""
    return (
        _log_ways(people, events)
        + _log_ways(everyone - people, total - events)
        - _log_ways(everyone, total)
    )


def _log_ways(number: int, chosen: int) -> float:
    return lgamma(number + 1) - lgamma(chosen + 1) - lgamma(number - chosen + 1)
