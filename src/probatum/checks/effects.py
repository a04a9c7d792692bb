"""What a comparative result shows, and whether the words of a sentence say the same.

The effect is read from the ratio and its interval, and from the arms' values; "longer" and "lower
risk" are turned into one scale by the endpoint's polarity. Where the interval holds the null value,
only words of no clear difference are right; where it does not, such words are wrong.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from probatum.checks.arms import Named, is_compared, named_arms
from probatum.checks.endpoints import ENDPOINTS, fits, governing
from probatum.checks.held import Held
from probatum.checks.phrases import pattern
from probatum.checks.reading import Reading, quantities_of
from probatum.evidence.record import Effect, Result
from probatum.evidence.statement import p_value
from probatum.terms.vocabulary import Vocabulary

Family = Literal["null", "better", "worse", "more", "less"]
_EFFECT_WORDS: tuple[Family, ...] = ("better", "worse", "more", "less")
# Level below which a P value counts as showing a difference, by convention (ICH E9, section 5.5,
# speaks of the conventional two-sided 5 %); used only where no interval was published.
_CONVENTIONAL_P = Decimal("0.05")


@dataclass(frozen=True, slots=True)
class Shown:
    """What a result shows of its first arm against its second; None is "not known".

    `value` is the sign of the difference of the endpoint's values, `median` that of the arms' own
    values, `benefit` +1 when the experimental arm does better; `clear` whether the interval (or P)
    excludes the null value.
    """

    benefit: int | None
    value: int | None
    median: int | None
    clear: bool | None


@dataclass(frozen=True, slots=True)
class Cue:
    """A word of effect in a text."""

    start: int
    end: int
    family: Family


def shown(record: Result, vocabulary: Vocabulary) -> Shown:
    """The direction and clearness of a comparative result."""
    polarity = _polarity(record, vocabulary)
    median = _arms_sign(record)
    effect = record.effect
    benefit = value = None
    if effect is not None and effect.value is not None:
        null = effect.no_difference
        sign = (effect.value > null) - (effect.value < null)
        if effect.type == "HR":
            # The hazard is of the undesired event, whichever way the endpoint is named.
            benefit = -sign
            value = -sign * (polarity or 1)
        else:
            value = sign
            benefit = sign * polarity if polarity else None
    if value is None:
        value = median
        benefit = median * polarity if median is not None and polarity else None
    return Shown(benefit, value, median, clear(effect))


def clear(effect: Effect | None) -> bool | None:
    """Whether a published comparison excludes "no difference"; None when that is not published."""
    if effect is None:
        return None
    if effect.low is not None and effect.high is not None:
        return not effect.low <= effect.no_difference <= effect.high
    if effect.p_kind == "superiority":
        for quantity in quantities_of(p_value(effect)):
            if quantity.comparator in ("<", "<="):
                return quantity.value <= _CONVENTIONAL_P
            return quantity.comparator == "=" and quantity.value < _CONVENTIONAL_P
    return None


def _polarity(record: Result, vocabulary: Vocabulary) -> int:
    if record.endpoint not in vocabulary:
        return 0
    term = vocabulary.get(record.endpoint)
    if term.polarity is None:
        return -1 if term.kind == "adverse_event" else 0
    return 1 if term.polarity == "more_is_better" else -1


def _arms_sign(record: Result) -> int | None:
    if len(record.arms) != 2:
        return None
    first, second = (arm.value for arm in record.arms)
    if first is None or second is None:
        return None
    sign = (first > second) - (first < second)
    return -sign if record.arms[0].role == "control" else sign


@lru_cache(maxsize=4096)
def cues_of(text: str) -> tuple[Cue, ...]:
    """The words of effect, denials first, without uses that claim no effect."""
    masked = text
    masked = _blank(pattern("comparison", "harmless"), masked)
    masked = _blank(pattern("comparison", "non_inferior"), masked)
    found = [Cue(*m.span(), "null") for m in pattern("direction", "null").finditer(masked)]
    masked = _blank(pattern("direction", "null"), masked)
    for family in _EFFECT_WORDS:
        found += [Cue(*m.span(), family) for m in pattern("direction", family).finditer(masked)]
        masked = _blank(pattern("direction", family), masked)
    return tuple(sorted(found, key=lambda c: c.start))


def _blank(words: re.Pattern[str], text: str) -> str:
    return words.sub(lambda m: " " * len(m.group()), text)


def result_fault(reading: Reading, results: Sequence[Held], texts: Sequence[Held]) -> str | None:
    """The first word of effect that no anchored result, nor any record's own words, bear out."""
    fault = _non_inferiority(reading, results)
    if fault:
        return fault
    for cue in cues_of(reading.text):
        faults: list[str] = []
        for held in _relevant(cue, reading, results):
            reason = _against(cue, reading, held)
            if reason is None:
                break
            faults.append(reason)
        else:
            if not _in_words(cue, reading, [*results, *texts]):
                return faults[0] if faults else None
    return _significance(reading, results)


def _relevant(cue: Cue, reading: Reading, results: Sequence[Held]) -> list[Held]:
    vocabulary = results[0].library.vocabulary
    mentions = reading.of_kind(*ENDPOINTS)
    start, end = reading.sentence(cue.start)
    near = [m for m in mentions if start <= m.start < end]
    governed = governing(reading, cue.start, mentions, [])
    following = [m for m in near if m.start >= cue.start]
    for mention in (*following[:1], governed):
        if mention is None:
            continue
        own = [
            h
            for h in results
            if isinstance(h.record, Result) and fits(mention.term.id, h.record.endpoint, vocabulary)
        ]
        if own:
            return own
    return list(results)


def _in_words(cue: Cue, reading: Reading, records: Sequence[Held]) -> bool:
    """Whether a record's explanation, caution or text itself uses the word."""
    words = reading.text[cue.start : cue.end].lower()
    for held in records:
        record = held.record
        own = (
            f"{record.explanation or ''} {record.caution or ''} {record.plain or ''}"
            if isinstance(record, Result)
            else " ".join(r.text for r in held.readings)
        )
        if re.search(rf"(?<!\w){re.escape(words)}(?!\w)", own.lower()):
            return True
    return False


def _against(cue: Cue, reading: Reading, held: Held) -> str | None:
    """Why this result does not bear out the word; None when it does."""
    record = held.record
    assert isinstance(record, Result)  # noqa: S101 - the caller's contract
    found = shown(record, held.library.vocabulary)
    start, end = reading.sentence(cue.start)
    sentence = reading.text[start:end]
    if cue.family == "null":
        if found.clear:
            return f"{record.id} does show a difference"
        return None
    if found.benefit is None and found.value is None:
        return f"{record.id} compares nothing"
    hedged = bool(pattern("comparison", "numerical").search(sentence))
    denied = any(c.family == "null" for c in cues_of(sentence))
    if found.clear is False and not (hedged or denied):
        return f"the interval of {record.id} includes no difference"
    return None if _is_so(cue, reading, held, found) else f"{record.id} points the other way"


def _is_so(cue: Cue, reading: Reading, held: Held, found: Shown) -> bool:
    """Whether the word, said of the arm it is said of, is what the result shows."""
    record = held.record
    assert isinstance(record, Result)  # noqa: S101 - the caller's contract
    named = named_arms(reading, record.arms, held.library)
    said_of = _subject(cue, reading, named)
    side = 1
    if said_of is not None and record.arms and record.arms[said_of].role == "control":
        side = -1
    text = reading.text
    around = text[max(0, cue.start - 25) : cue.start] + " " + text[cue.end : cue.end + 40]
    risk = pattern("comparison", "risk").search(around) is not None
    median = pattern("comparison", "median").search(text[max(0, cue.start - 60) : cue.start])
    match cue.family:
        case "better" | "worse":
            truth = found.benefit if found.benefit is not None else found.value
            wanted = 1 if cue.family == "better" else -1
        case _:
            wanted = 1 if cue.family == "more" else -1
            if risk and not _is_event(record, held.library.vocabulary):
                truth = -found.benefit if found.benefit is not None else found.value
            elif median is not None and found.median is not None:
                truth = found.median
            else:
                truth = found.value
    return bool(truth) and (truth or 0) * side == wanted


def _is_event(record: Result, vocabulary: Vocabulary) -> bool:
    return _polarity(record, vocabulary) < 0


def _subject(cue: Cue, reading: Reading, named: Sequence[Named]) -> int | None:
    """The arm that a word of effect is said of."""
    start, end = reading.sentence(cue.start)
    text = reading.text
    inside = [n for n in named if start <= n.start < end]
    than = re.search(r"\bthan\b", text[cue.end : end])
    stop = cue.end + than.start() if than else None
    if stop is not None:
        between = [n for n in inside if cue.end <= n.start < stop]
        if between:
            return between[0].arm
    favoured = re.match(r"\s*(?:the\s+)?", text[cue.end :])
    if "favo" in text[cue.start : cue.end].lower() and favoured:
        after = [n for n in inside if n.start >= cue.end]
        return after[0].arm if after else None
    before = [n for n in inside if n.end <= cue.start and not is_compared(text, n.start)]
    if before:
        return before[-1].arm
    after = [n for n in inside if n.start >= cue.end and not is_compared(text, n.start)]
    if after:
        return after[0].arm
    compared = [n for n in inside if is_compared(text, n.start)]
    arms = {n.arm for n in named}
    if len(compared) == 1 and arms == {compared[0].arm}:
        return 1 - compared[0].arm if compared[0].arm in (0, 1) else None
    return None


def _significance(reading: Reading, results: Sequence[Held]) -> str | None:
    """ "Significant" needs an interval or P value that shows it."""
    text = _blank(pattern("direction", "null"), reading.text)
    if not pattern("comparison", "significant").search(text):
        return None
    found = [
        shown(h.record, h.library.vocabulary).clear for h in results if isinstance(h.record, Result)
    ]
    return None if any(found) else "no anchored result is statistically significant"


def _non_inferiority(reading: Reading, results: Sequence[Held]) -> str | None:
    if not pattern("comparison", "non_inferior").search(reading.text):
        return None
    for held in results:
        effect = held.record.effect if isinstance(held.record, Result) else None
        if effect is None:
            continue
        margin, high = effect.margin, effect.high
        within = margin is not None and high is not None and high < margin
        if effect.p_kind == "non_inferiority" or within:
            return None
    return "no anchored result tested non-inferiority"
