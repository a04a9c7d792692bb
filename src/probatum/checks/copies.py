"""A sentence that repeats a record's own sentence repeats all of it.

In a sentence of true words, a number taken from another place of the same record or a lost "not"
looks held to any check that asks only whether the record has it. Where a sentence is nearly word
for word a record's, its numbers must come in the record's order and its denials must be as many.
It cannot see either in a sentence that is put differently; the other checks are there for that.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from probatum.checks.clusters import STRICT
from probatum.checks.held import Held
from probatum.checks.memory import memory_of
from probatum.checks.negation import negators_in
from probatum.checks.reading import Reading, quantities_of, stem
from probatum.evidence.record import Result
from probatum.terms.quantities import Quantity
from probatum.terms.words import STOPWORDS

# Share of common words from which a sentence counts as a repetition; chosen on the shipped packs,
# whose sentences with one word changed lie above it and whose paraphrases lie below.
_ALIKE = 0.75
_Number = tuple[str, str, Decimal, str | None]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as it is compared: its words, its numbers in order and how often it denies."""

    words: frozenset[str]
    numbers: tuple[_Number, ...]
    negators: int


def sentences_of(reading: Reading, quantities: Sequence[Quantity]) -> tuple[Sentence, ...]:
    """The sentences of a text with the given quantities."""
    return tuple(_sentence(reading, quantities, *span) for span in reading.sentences)


def _sentence(reading: Reading, quantities: Sequence[Quantity], start: int, end: int) -> Sentence:
    words = frozenset(
        stem(word.text)
        for word in reading.words
        if start <= word.start < end
        and word.text[0].isalpha()
        and word.text.lower() not in STOPWORDS
    )
    numbers = tuple(
        (q.role if q.role in STRICT else "value", q.comparator, q.value, q.unit)
        for q in quantities
        if start <= q.start < end
    )
    return Sentence(words, numbers, negators_in(reading, start, end))


def _of_record(held: Held) -> tuple[Sentence, ...]:
    memory = memory_of(held.library)
    known = memory.sentences.get(held.record.id)
    if known is None:
        # A result's own figures are compared as typed values, in any order.
        texts = held.remarks if isinstance(held.record, Result) else held.readings
        known = tuple(s for r in texts for s in sentences_of(r, quantities_of(r.text)))
        memory.sentences[held.record.id] = known
    return known


def repeated(
    reading: Reading, records: Sequence[Held]
) -> Iterator[tuple[Sentence, tuple[Sentence, ...]]]:
    """Each sentence of a text that repeats sentences of the records, with those."""
    for told in sentences_of(reading, reading.quantities):
        if len(told.words) < 3:
            continue
        own = tuple(
            sentence
            for held in records
            for sentence in _of_record(held)
            if len(told.words & sentence.words) >= _ALIKE * len(told.words | sentence.words)
        )
        if own:
            yield told, own


def moved_number(reading: Reading, records: Sequence[Held]) -> str | None:
    """A repeated sentence has numbers that its model has not, or has in another order."""
    for told, models in repeated(reading, records):
        if not any(_follows(told.numbers, model.numbers) for model in models):
            return "a repeated sentence has other numbers than the record's, or in another order"
    return None


def lost_denial(reading: Reading, records: Sequence[Held]) -> str | None:
    """A repeated sentence denies more often than its models, or less with the text as a whole."""
    every = negators_in(reading, 0, len(reading.text))
    for told, models in repeated(reading, records):
        if not any(told.negators <= model.negators <= every for model in models):
            return "a repeated sentence denies what the record's does not, or the reverse"
    return None


def _follows(told: Sequence[_Number], model: Sequence[_Number]) -> bool:
    rest = iter(model)
    return all(number in rest for number in told)
