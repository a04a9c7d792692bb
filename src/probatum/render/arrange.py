"""The answer arranged for a page or a terminal: one order and one set of words for all of them.

Renderers differ in how a heading or a table looks, never in what is shown or where: this module
decides that once. Everything here is derived from the answer; nothing is added to it.
"""

from probatum.evidence.answer import Answer
from probatum.render.card import card
from probatum.render.characters import plain
from probatum.render.language import day, told, told_of
from probatum.render.names import Named, Words
from probatum.render.parts import Parts
from probatum.render.places import identities, places_of
from probatum.render.view import Chip, Page, PremiseView
from probatum.render.words import PREMISE_VERDICTS, READERS, STATUSES, review_words

# A question of more characters than this is set in smaller letters.
LONG = 140


def page(answer: Answer, words: Words | None = None) -> Page:
    """The answer in the order in which it is shown."""
    words = words or Named()
    parts = Parts(answer, words)
    places = places_of(answer)
    references = parts.references
    library = answer.library
    held = ", ".join(
        (
            told_of(library.sources, "%(number)s source", "%(number)s sources"),
            told_of(library.records, "%(number)s record", "%(number)s records"),
            *(
                (told_of(library.passages, "%(number)s passage", "%(number)s passages"),)
                if library.passages
                else ()
            ),
        )
    )
    return Page(
        question=plain(answer.question),
        long=len(answer.question) > LONG,
        status=STATUSES[answer.status],
        status_code=answer.status.value,
        reason=plain(answer.reason) if answer.reason else None,
        premises=tuple(
            PremiseView(
                plain(premise.text),
                PREMISE_VERDICTS[premise.verdict],
                parts.line(premise.claim) if premise.claim else None,
                in_reason=plain(premise.text) in plain(answer.reason or ""),
            )
            for premise in answer.understood.premises
        ),
        bottom_line=parts.bottom_line(),
        applies_to=plain(answer.applies_to) if answer.applies_to else None,
        does_not_apply_to=plain(answer.does_not_apply_to) if answer.does_not_apply_to else None,
        chips=_chips(answer, words),
        not_understood=tuple(plain(each) for each in answer.understood.not_understood),
        sections=tuple(
            parts.section(place, identity)
            for place, identity in zip(places, identities(places), strict=True)
        ),
        cards=tuple(
            card(claim, parts.cards[claim_id], references, words)
            for claim_id, claim in answer.claims.items()
        ),
        references=tuple(references.values()),
        related=tuple(plain(each) for each in answer.related),
        limits=tuple(plain(each) for each in answer.limits),
        notice=told(plain(answer.notice)),
        reader=READERS[answer.reader],
        reader_code=answer.reader.value,
        review=review_words(answer.review),
        updated=plain(answer.updated) if answer.updated else None,
        updated_day=day(plain(answer.updated)) if answer.updated else None,
        as_of=plain(answer.as_of),
        as_of_day=day(plain(answer.as_of)),
        snapshot=library.snapshot,
        answer_id=answer.id,
        held=held,
    )


def _chips(answer: Answer, words: Words) -> tuple[Chip, ...]:
    need = answer.understood
    groups: tuple[tuple[str, tuple[str, ...]], ...] = (
        (told("Condition"), need.conditions),
        (told("Setting"), need.settings),
        (told("Line"), (need.line,) if need.line else ()),
        (told("Intervention"), need.interventions),
        (told("Biomarker"), need.biomarkers),
        (told("Body"), need.bodies),
    )
    chips = [Chip(label, plain(words.name(term))) for label, terms in groups for term in terms]
    chips += [
        Chip(told(plain(key).replace("_", " ").capitalize()), plain(value))
        for key, value in need.patient.items()
    ]
    return tuple(dict.fromkeys(chips))
