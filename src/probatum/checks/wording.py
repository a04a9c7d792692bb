"""Whether a number of a sentence is one of a record's own words, tied to the same names.

Records in words have no typed figures. So a dose is compared with the drug it stands by, a rate
with its event, a grade as a whole set, and an action with the record's own.
"""

from probatum.checks import context
from probatum.checks.actions import actions
from probatum.checks.arms import arms_of, named_arms
from probatum.checks.clusters import Cluster, role_fits, same_size, unit_fits
from probatum.checks.endpoints import ENDPOINTS, governing
from probatum.checks.held import Held
from probatum.checks.reading import Reading
from probatum.checks.told import Fault, Sentence
from probatum.evidence.record import ArmValue, Study
from probatum.terms.mentions import Mention
from probatum.terms.quantities import Quantity
from probatum.terms.units import unit_is_time
from probatum.terms.vocabulary import Vocabulary


def in_text(cluster: Cluster, held: Held, sentence: Sentence) -> Fault | None:
    """None when the record's words have every number of the cluster; else why not."""
    for quantity in (cluster.head, *cluster.hanging):
        fault = _quantity_in_text(quantity, held, sentence)
        if fault is not None:
            return fault
    return None


def _quantity_in_text(quantity: Quantity, held: Held, sentence: Sentence) -> Fault | None:
    reason = None
    near = False
    for reading in held.readings:
        for own in reading.quantities:
            if not role_fits(own.role, quantity) or not unit_fits(own.unit, quantity):
                continue
            near = near or (own.unit == quantity.unit and own.unit is not None)
            if own.comparator != quantity.comparator:
                continue
            if not same_size(own.value, own.unit, quantity):
                continue
            # A study's design names endpoints beside numbers that are not theirs.
            terms, in_study = held.library.vocabulary, isinstance(held.record, Study)
            reason = untied(quantity, own, reading, sentence, terms, in_study)
            if reason is None:
                return _wrong_size(quantity, held, sentence)
    if reason is not None:
        return Fault(f"{quantity.text} {reason} ({held.record.id})", True)
    return Fault(f"{quantity.text} is not in {held.record.id}", near)


def _wrong_size(quantity: Quantity, held: Held, sentence: Sentence) -> Fault | None:
    """The size of one arm of a study is told as that of another."""
    record = held.record
    if not isinstance(record, Study) or quantity.value not in {arm.n for arm in record.arms}:
        return None
    arms = [
        ArmValue(name=a.name, interventions=a.interventions, role="single") for a in record.arms
    ]
    sizes = [q for q in sentence.quantities if q.role == "n" or q.unit is None]
    sizes = [q for q in sizes if q.value in {arm.n for arm in record.arms}]
    if quantity not in sizes:
        return None
    named = named_arms(sentence.reading, arms, held.library)
    given = dict(zip(sizes, arms_of(sentence.reading, sizes, named, arms), strict=True))
    told = given.get(quantity)
    if told is None or told < 0 or record.arms[told].n == quantity.value:
        return None
    return Fault(f"{quantity.text} is not the size of {arms[told].name} ({record.id})", True)


def untied(
    quantity: Quantity,
    own: Quantity,
    reading: Reading,
    sentence: Sentence,
    terms: Vocabulary,
    in_study: bool = False,
) -> str | None:
    """The value belongs to another drug, event, grade or action than in the record's words."""
    said_in = sentence.reading
    if quantity.role == "grade":
        sets = {g.grades for g in context.grades_of(reading)}
        if context.grade_around(said_in, quantity) not in sets:
            return "is not the grade of the record"
    reason = _other_action(quantity, said_in, reading)
    if reason:
        return reason
    for kinds in (("intervention",), ENDPOINTS):
        if kinds == ("intervention",) and not _is_dose(quantity):
            continue
        if kinds == ENDPOINTS and (in_study or not _is_measure(quantity)):
            continue
        told, held = said_in.of_kind(*kinds), reading.of_kind(*kinds)
        if len({m.term.id for m in told}) < 2 or not held:
            continue
        mine = governing(said_in, quantity.start, told, [q.start for q in said_in.quantities])
        theirs = governing(reading, own.start, held, [q.start for q in reading.quantities])
        if mine is not None and theirs is not None and not _may_name(mine, theirs, terms):
            return f"belongs to {theirs.text}, not to {mine.text}"
    return None


def _other_action(quantity: Quantity, told: Reading, held: Reading) -> str | None:
    """The value stands with an action (withhold, stop) that the record does not take."""
    start, end = context.clause(told, quantity.start)
    said = actions(told.text[start:end])
    own = actions(held.text)
    if said and own and not said & own:
        return f"goes with {'/'.join(sorted(own))}, not with {'/'.join(sorted(said))}"
    return None


def _is_dose(quantity: Quantity) -> bool:
    if quantity.role == "ordinal":
        return quantity.unit is not None
    if quantity.unit is None or quantity.unit == "patients":
        return False
    return not unit_is_time(quantity.unit)


def _is_measure(quantity: Quantity) -> bool:
    return quantity.role == "value" and quantity.unit is not None


def _may_name(told: Mention, held: Mention, vocabulary: Vocabulary) -> bool:
    return vocabulary.is_a(held.term.id, told.term.id)
