"""Which name of a sentence a value belongs to: an endpoint, an adverse event, a drug.

It reads the nearest name before a value, or after it in a sentence that puts its number first
("16% had a response"). It cannot see a name that is only implied; then any fits.
"""

from collections.abc import Sequence

from probatum.checks.phrases import word_list
from probatum.checks.reading import Reading
from probatum.terms.mentions import Mention
from probatum.terms.vocabulary import Vocabulary

ENDPOINTS = ("endpoint", "adverse_event")


def governing(
    reading: Reading, place: int, mentions: Sequence[Mention], values: Sequence[int]
) -> Mention | None:
    """The mention that a value at `place` belongs to; `values` are the places of all values."""
    if not mentions:
        return None
    start, end = reading.sentence(place)
    inside = [m for m in mentions if start <= m.start < end]
    if not inside:
        earlier = [m for m in mentions if m.start < start]
        return earlier[-1] if earlier else None
    before = [m for m in inside if m.start < place]
    after = [m for m in inside if m.start >= place]
    first = next((v for v in values if start <= v), place)
    if after and (not before or first < inside[0].start):
        return after[0]
    return before[-1]


def fits(named: str, held: str, vocabulary: Vocabulary) -> bool:
    """Whether a value of the held endpoint may be told under the name used.

    An efficacy endpoint may be named by its class; an adverse event may not, because the rate of
    one event is not the rate of adverse events.
    """
    if named == held or named in word_list("endpoints").get(held, ()):
        return True
    if held not in vocabulary or named not in vocabulary:
        return False
    return vocabulary.get(held).kind == "endpoint" and vocabulary.is_a(held, named)
