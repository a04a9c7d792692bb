"""A language model on the ask form: what the box says, who ticked it, and what came of it.

A question goes to a model only out of a form that was sent with the box ticked. Links, crawlers
and browsers that fetch ahead send no form; nothing remembers a tick, so each question is asked
for anew. The page then tells what was sent, what stands in the model's words, and what failed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.utils.translation import gettext as _

from probatum.answers.phrasing import PHRASED
from probatum.evidence.answer import Answer
from probatum.llm.deidentify import deidentify
from probatum.llm.model import ModelError
from probatum.llm.provider import stays_here
from probatum.llm.transcript import is_kept
from probatum.render.characters import plain
from probatum.render.language import Told, told, told_of
from probatum.service.permits import models_allowed, permitted_model

if TYPE_CHECKING:
    from probatum.llm.chosen import Chosen

FIELD = "model"
# Failures by their words in `llm` and `answers`; those of any other may name a class of a library.
_FAILURES = Told(
    {
        "The model did not reply in time.": "The model did not reply in time.",
        "The model wrote more than its budget allows.": "The model wrote more than it may.",
        "The model's budget for this answer is spent.": "The model took longer than it may.",
        "The model's reply is too long to be read.": "The model’s reply is too long to be read.",
        "The model's reply is not the JSON that was asked for.": (
            "The model’s reply does not have the form that was asked for."
        ),
    }
)


@dataclass(frozen=True)
class Offer:
    """The box as the form shows it: the model, and whether what is sent stays here or is kept."""

    name: str
    here: bool
    kept: bool


def offered() -> Offer | None:
    """The first model that the operator allows; None where none is."""
    names = models_allowed()
    return Offer(names[0], stays_here(), is_kept()) if names else None


@dataclass
class Agreed:
    """The model that a reader ticked, and what it has told so far."""

    name: str
    chosen: "Chosen | None" = None
    failures: list[str] = field(default_factory=list)
    dropped: int = 0

    def drop(self, number: int) -> None:
        """So many wordings failed the checks."""
        self.dropped = number


def agreed(form: QueryDict) -> Agreed | None:
    """The model of a ticked box, None without; RefusedError for one that is not allowed here.

    The box carries the model's name, so that a tick counts for no other than the one read.
    A model that cannot be had leaves the answer plain, which the page then says.
    """
    name = form.get(FIELD)
    if not name:
        return None
    made = Agreed(name)
    try:
        chosen = permitted_model(name)
    except ModelError:
        return made
    if chosen is not None:
        made.chosen = replace(chosen, told=made.failures.append, dropped=made.drop)
    return made


@dataclass(frozen=True)
class Report:
    """What the page says of the model: sentences, the question as it left, and its sentences."""

    name: str
    lines: tuple[str, ...]
    sent: str | None
    worded: tuple[str, ...]


def report(model: Agreed, answer: Answer) -> Report:
    """What came of a tick, in the reader's language; claims and the question stay as they are."""
    left = deidentify(answer.question)
    worded = tuple(plain(each.text) for each in answer.claims.values() if each.phrased_by)
    return Report(
        plain(model.name),
        tuple(_lines(model, answer, left.removed, len(worded))),
        plain(left.text) if answer.model and left.removed else None,
        worded,
    )


def _lines(model: Agreed, answer: Answer, removed: tuple[str, ...], worded: int) -> Iterator[str]:
    if answer.model is None:
        yield (
            _(
                "The model cannot be used at present and was sent nothing; please tell the site’s "
                "operator."
            )
            if model.chosen is None
            else _("The model was sent nothing: no sentence of this answer may go to it.")
        )
        yield _("The answer is in the program’s own words.")
        return
    if removed:
        kinds = ", ".join(told(each) for each in removed)
        yield _("Taken out of the question before it was sent: %(kinds)s.") % {"kinds": kinds}
    else:
        yield _("Nothing was taken out of the question: no date, number or name was recognised.")
    for failure in model.failures:
        if failure in _FAILURES:
            yield _FAILURES[failure]
        elif failure not in answer.limits:
            yield _("The model failed or could not be reached.")
    if model.dropped:
        yield told_of(
            model.dropped,
            "%(number)s wording of the model failed the checks and was not used.",
            "%(number)s wordings of the model failed the checks and were not used.",
        )
    if worded:
        yield told_of(
            worded,
            "%(number)s sentence stands in the model’s words; it passed the same checks as all "
            "others and is marked where it stands.",
            "%(number)s sentences stand in the model’s words; they passed the same checks as all "
            "others and are marked where they stand.",
        )
    elif PHRASED in answer.limits:
        yield _("The model only put sentences into another order; none is in its words.")
    else:
        yield _("Nothing of the model was used: the answer is in the program’s own words.")
