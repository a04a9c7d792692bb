"""The need behind each of several questions in one text, with what it leaves to the others.

"What is X? What are its side effects?": the second names nothing and is about X. So a part takes
over what it leaves unsaid from the part before it, as a follow-up does, and the first one the
people that the whole text is about.
"""

from typing import NamedTuple

from probatum.library.library import Library
from probatum.questions.intents import asked_for
from probatum.questions.need import Need
from probatum.questions.text import QuestionError
from probatum.questions.understand import understand

# Parts of a text that are looked at; more are no question that one article answers.
_MOST = 5
# What makes a part a question of its own.
_KNOWN = (
    *("conditions", "interventions", "studies", "filed", "bodies", "biomarkers", "groups"),
    *("events", "endpoints", "criteria", "regions"),
)
_NAMED = (*_KNOWN, "not_understood")
_PEOPLE = ("conditions", "settings", "line", "subtypes", "criteria", "prior")


class PartNeed(NamedTuple):
    """The need of a part; `clear` where its own words say what it asks for.

    A part whose only words of its own are unknown asks for what nothing here is known by.
    """

    need: Need
    clear: bool


def each_part(need: Need, library: Library) -> tuple[PartNeed, ...]:
    """The need of each part, in order; empty for one question, and where a part is none."""
    if not 2 <= len(need.asked) <= _MOST:
        return ()
    made: list[PartNeed] = []
    people = {name: getattr(need, name) for name in _PEOPLE}
    earlier = Need(question="-", intent=need.intent, **people)
    for words in need.asked:
        # Parting takes the marks away, and a text without one is read as a statement.
        text = f"{words}?"
        try:
            one = understand(text, library)
            followed = understand(text, library, earlier)
        except QuestionError:
            return ()
        if made and _goes_on(one, earlier):
            earlier = earlier.model_copy(
                update={"question": f"{earlier.question.rstrip('?')}; {text}"}
            )
            made[-1] = made[-1]._replace(need=earlier)
            continue
        own = one.interventions or one.conditions or one.studies or one.filed
        # What a part names itself is what it is on: others' names would be searched for as well.
        kept = {"carried": (), "filed": one.filed} if own else {"studies": earlier.studies}
        more = {"regions": need.regions, "measures": need.measures}
        intent = followed.intent
        if not own and asked_for(text, ()) is None:
            # "And the quality of life?" asks for what was asked for before, "and anaemia?" for a
            # harm of what was named before.
            intent = "safety" if one.events and followed.interventions else earlier.intent
        earlier = followed.model_copy(update={**kept, **more, "intent": intent})
        known = any(getattr(one, name) for name in _KNOWN)
        made.append(PartNeed(earlier, known or not one.not_understood))
    return tuple(made) if len(made) > 1 else ()


def _goes_on(one: Need, before: Need) -> bool:
    """Whether a part is the end of the one before it: "..., and how often a day?"."""
    named = any(getattr(one, name) for name in _NAMED)
    same = one.intent == before.intent or asked_for(one.question, ()) is None
    return same and not named
