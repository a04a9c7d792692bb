"""Edits of an article: other words for a claim, another order, less of it.

Every edit gives a whole new answer that cites what it shows and shows what it cites. There is no
edit that adds words of its own: headings stay those of the outline, and a claim's words are
admitted by the gate before they come here.
"""

from collections.abc import Collection, Sequence
from typing import TypeVar

from probatum.answers.limits import read_second_hand
from probatum.evidence.answer import (
    Algorithm,
    Answer,
    Figure,
    GuidelineStance,
    Premise,
    Section,
    Table,
)
from probatum.evidence.base import ProbatumError
from probatum.evidence.claim import Claim

_Item = TypeVar("_Item")
# A plot of one estimate shows nothing that the table does not.
_FEWEST_ESTIMATES = 2


class EditError(ProbatumError):
    """An edit of something that the article does not have, or that would leave nothing."""


def reworded(answer: Answer, claim: Claim) -> Answer:
    """The article with a claim in other words; it keeps its id and its place."""
    if claim.id not in answer.claims:
        raise EditError("The article has no claim %(claim)s.", claim=claim.id)
    return _made(answer, claims={**answer.claims, claim.id: claim})


def claim_moved(answer: Answer, section: str, claim: str, by: int) -> Answer:
    """The claim further up (-1) or down (1) in the list of its section."""
    found = _section(answer, section)
    changed = found.model_copy(update={"claims": _moved(found.claims, claim, by)})
    return _made(answer, sections=tuple(changed if s.id == section else s for s in answer.sections))


def first_moved(answer: Answer, claim: str, by: int) -> Answer:
    """The sentence further up or down in the bottom line."""
    return _made(answer, bottom_line=_moved(answer.bottom_line, claim, by))


def section_moved(answer: Answer, section: str, by: int) -> Answer:
    """The section further up or down in the outline."""
    ids = [each.id for each in answer.sections]
    order = _moved(ids, section, by)
    held = {each.id: each for each in answer.sections}
    return _made(answer, sections=tuple(held[id] for id in order))


def without_section(answer: Answer, section: str) -> Answer:
    """The article without a section; its claims stay where they are shown elsewhere."""
    found = _section(answer, section)
    update: dict[str, object] = {"sections": tuple(s for s in answer.sections if s is not found)}
    if found.kind == "algorithm":
        update["algorithm"] = None
    if found.kind == "guidelines":
        update["guidelines"] = ()
    return _made(answer, **update)


def without_claims(answer: Answer, claims: Collection[str], *, empty: bool = False) -> Answer:
    """The article without some claims, wherever they are shown; table rows go with their claim.

    Unless `empty` allows it, an article keeps at least one claim.
    """
    gone = set(claims)
    left = _made(
        answer,
        bottom_line=tuple(c for c in answer.bottom_line if c not in gone),
        sections=tuple(s for each in answer.sections if (s := _left(each, gone))),
        guidelines=tuple(g for each in answer.guidelines if (g := _stance(each, gone))),
        algorithm=_path(answer.algorithm, gone) if answer.algorithm else None,
        understood=answer.understood.model_copy(
            update={"premises": tuple(_premise(p, gone) for p in answer.understood.premises)}
        ),
    )
    if not left.claims and not empty:
        raise EditError("An article needs at least one claim.")
    return left


def used(answer: Answer) -> frozenset[str]:
    """Every claim that is shown somewhere."""
    found = set(answer.bottom_line)
    for section in answer.sections:
        found.update(section.claims)
        for row in section.table.rows if section.table else ():
            found.update(cell.claim for cell in row if cell.claim)
        found.update(row.claim for row in (section.figure.rows if section.figure else ()))
    for stance in answer.guidelines:
        found.update(stance.claims)
    for step in answer.algorithm.steps if answer.algorithm else ():
        found.update(step.then)
    found.update(each.claim for each in answer.understood.premises if each.claim)
    return frozenset(found)


def _made(answer: Answer, **update: object) -> Answer:
    """The answer with changes, its claims and references cut to what is still shown."""
    changed = answer.model_copy(update=update)
    shown = used(changed)
    claims = {id: claim for id, claim in changed.claims.items() if id in shown}
    cited = {number for claim in claims.values() for number in claim.citations}
    references = tuple(r for r in changed.references if r.number in cited)
    limits = _limits(answer, claims)
    changed = changed.model_copy(
        update={"claims": claims, "references": references, "limits": limits}
    )
    # A copy is not validated; read anew, it is.
    return Answer.model_validate(changed.model_dump())


def _limits(answer: Answer, left: dict[str, Claim]) -> tuple[str, ...]:
    """The limits with what is counted in them counted anew."""
    before, now = read_second_hand(answer.claims.values()), read_second_hand(left.values())
    found: list[str] = []
    for each in answer.limits:
        found += now if each in before else (each,)
    return tuple(found)


def _section(answer: Answer, section: str) -> Section:
    for each in answer.sections:
        if each.id == section:
            return each
    raise EditError("The article has no section %(section)s.", section=section)


def _moved(items: Sequence[_Item], item: _Item, by: int) -> tuple[_Item, ...]:
    order = list(items)
    if item not in order:
        raise EditError("There is nothing to move here.")
    at = order.index(item)
    order.insert(max(0, min(len(items) - 1, at + by)), order.pop(at))
    return tuple(order)


def _left(section: Section, gone: set[str]) -> Section | None:
    """The section without these claims; None when nothing is left of it."""
    rows = tuple(
        row
        for row in (section.table.rows if section.table else ())
        if not gone & {cell.claim for cell in row if cell.claim}
    )
    table = Table(columns=section.table.columns, rows=rows) if section.table and rows else None
    # A plot never shows what its table has lost.
    lost = gone | (_tabled(section.table) - _tabled(table))
    estimates = tuple(
        row for row in (section.figure.rows if section.figure else ()) if row.claim not in lost
    )
    figure: Figure | None = None
    if section.figure and len(estimates) >= _FEWEST_ESTIMATES:
        figure = section.figure.model_copy(update={"rows": estimates})
    claims = tuple(claim for claim in section.claims if claim not in gone)
    if not (claims or table or section.statements):
        return None
    return section.model_copy(update={"claims": claims, "table": table, "figure": figure})


def _tabled(table: Table | None) -> set[str]:
    return {cell.claim for row in (table.rows if table else ()) for cell in row if cell.claim}


def _stance(stance: GuidelineStance, gone: set[str]) -> GuidelineStance | None:
    """A body that says nothing any more is left out: it is neither silent nor not held."""
    claims = tuple(claim for claim in stance.claims if claim not in gone)
    if stance.claims and not claims:
        return None
    return stance.model_copy(update={"claims": claims})


def _path(algorithm: Algorithm, gone: set[str]) -> Algorithm | None:
    """The decision path without the steps that lost a claim: half of a step would mislead."""
    kept = {step.id for step in algorithm.steps if not gone & set(step.then)}
    steps = tuple(
        step.model_copy(update={"next": tuple(n for n in step.next if n in kept)})
        for step in algorithm.steps
        if step.id in kept
    )
    if not any(step.then for step in steps):
        return None
    path = tuple(step for step in algorithm.path if step in kept)
    return algorithm.model_copy(update={"steps": steps, "path": path})


def _premise(premise: Premise, gone: set[str]) -> Premise:
    if premise.claim not in gone:
        return premise
    return premise.model_copy(update={"claim": None, "verdict": "not_enough_information"})
