"""A question with a look-up before it: what is found is held first, then answered from.

The answer is made as every answer is, from the library; only its limits tell of the look-up.
"""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from probatum.engine import Ask, Engine
from probatum.evidence.base import ProbatumError
from probatum.live.intake import holding_of, take_in
from probatum.live.look_up import LookedUp, look_up, sentences
from probatum.questions.search_terms import topic_of
from probatum.questions.text import QuestionError
from probatum.sources.live.client import BRIEF, Patience
from probatum.sources.live.settings import LiveSettings

_NOTHING = (
    "Nothing was looked up: the question names no disease, treatment, test or trial that is known "
    "here, and no other word of it is sent."
)


def with_look_up(
    engine: Engine,
    folder: Path,
    ask: Ask,
    names: Sequence[str],
    settings: LiveSettings,
    told: Callable[[str], None] = lambda _: None,
    patience: Patience = BRIEF,
) -> tuple[Engine, Ask]:
    """The question with what its limits have to tell, and an engine that knows what was fetched.

    The engine is the given one, or a new one in its place when the library has changed; the given
    one is closed then.
    """
    try:
        need = engine.need(ask)
    except QuestionError:
        return engine, ask  # the answer says what is wrong with it
    if need.declined or need.emergency:
        why = "an emergency comes first" if need.emergency else "the question is declined"
        return engine, _telling(ask, (f"Nothing was looked up: {why}.",))
    topic = topic_of(need, engine.library, ask.as_of)
    if topic.empty:
        told(_NOTHING)
        return engine, _telling(ask, (_NOTHING,))
    looks = look_up(topic, names, settings, folder, told, patience)
    engine, problems = _taken_in(engine, folder, looks, told)
    with holding_of(folder) as holding:
        every = [work for look in looks for work in look.chosen]
        held = frozenset(work for work in every if holding.versions(work))
    return engine, _telling(ask, (*sentences(looks, held, date.today()), *problems))


def _taken_in(
    engine: Engine, folder: Path, looks: Sequence[LookedUp], told: Callable[[str], None]
) -> tuple[Engine, tuple[str, ...]]:
    """An engine on the library with what was fetched, and what of it could not be taken in."""
    fetched = [each for look in looks for each in look.fetched]
    if not fetched:
        return engine, ()
    try:
        taken = take_in(folder, fetched)
    except ProbatumError as error:
        return engine, (f"What was fetched could not be kept: {error}",)
    told(f"Taken in: {taken.new} new.")
    problems = tuple(f"Not taken in: {reason}." for reason in taken.skipped[:3])
    if taken.new:
        engine.close()
        engine = Engine.open(folder)
    return engine, problems


def _telling(ask: Ask, said: Sequence[str]) -> Ask:
    return ask.model_copy(update={"looked_up": tuple(said)})
