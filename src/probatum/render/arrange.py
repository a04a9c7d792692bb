"""The answer arranged for a page or a terminal: one order and one set of words for all of them.

Renderers differ in how a heading or a table looks, never in what is shown or where: this module
decides that once. Everything here is derived from the answer; nothing is added to it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from probatum.evidence.answer import (
    Algorithm,
    Answer,
    Figure,
    GuidelineStance,
    Section,
    Table,
)
from probatum.render.algorithm import algorithm_svg
from probatum.render.card import (
    card,
    marks,
    origin,
    reference_views,
    said,
    strength_words,
    tags,
)
from probatum.render.characters import plain
from probatum.render.forest import effect_text, forest_svg, in_order, notes
from probatum.render.language import day, told, told_of
from probatum.render.names import Named, Words
from probatum.render.view import (
    AlgorithmView,
    CellView,
    Chip,
    FigureView,
    Line,
    Marker,
    Page,
    PremiseView,
    SectionView,
    StanceView,
    StepView,
    TableView,
)
from probatum.render.words import (
    FAVOURS,
    PREMISE_VERDICTS,
    READERS,
    STANCE_MARKS,
    STANCE_MEANINGS,
    STANCES,
    STATUSES,
    STEP_STATES,
    review_words,
)

# A question of more characters than this is set in smaller letters.
LONG = 140
# The decision path stands after the evidence it is made of and before the rules of safety.
_BEFORE_THE_PATH = ("guidelines", "regimens", "evidence", "biomarkers")


class _Arranger:
    """Lines, cells and markers for the claims of one answer."""

    def __init__(self, answer: Answer, words: Words) -> None:
        self.answer = answer
        self.words = words
        self.references = reference_views(answer, words)
        self.aside = {each.claim: each.reasons for each in answer.set_aside}
        self.cards = {claim_id: f"e{index}" for index, claim_id in enumerate(answer.claims, 1)}

    def marker(self, claim_id: str) -> Marker:
        return Marker(self.cards[claim_id], marks(self.answer.claims[claim_id]))

    def line(self, claim_id: str) -> Line:
        claim = self.answer.claims[claim_id]
        return Line(
            said(claim),
            self.marker(claim_id),
            tags(claim),
            strength_words(claim),
            origin=origin(claim, self.references),
            aside=tuple(plain(each) for each in self.aside.get(claim_id, ())),
        )

    def bottom_line(self) -> tuple[Line, ...]:
        """The first sentences, each with the people it is about."""
        return tuple(
            replace(self.line(claim_id), about=plain(self.answer.claims[claim_id].population))
            for claim_id in self.answer.bottom_line
        )

    def lines(self, claim_ids: Iterable[str]) -> tuple[Line, ...]:
        return tuple(self.line(claim_id) for claim_id in claim_ids)

    def table(self, table: Table, caption: str) -> TableView:
        rows = []
        for row in table.rows:
            cells = []
            for index, cell in enumerate(row):
                last = cell.claim and all(later.claim != cell.claim for later in row[index + 1 :])
                said = tags(self.answer.claims[cell.claim]) if last and cell.claim else ()
                cells.append(
                    CellView(
                        text=plain(cell.text),
                        column=told(plain(table.columns[index])),
                        marker=self.marker(cell.claim) if last and cell.claim else None,
                        tags=said,
                        head=index == 0,
                    )
                )
            rows.append(tuple(cells))
        columns = tuple(told(plain(each)) for each in table.columns)
        return TableView(told(plain(caption)), columns, tuple(rows))

    def figure(self, figure: Figure, identity: str) -> FigureView:
        columns = (
            told("Study and analysis"),
            told("Estimate"),
            told("Reading"),
            told("Standing"),
        )
        rows = []
        for row in in_order(figure.rows):
            texts = (
                plain(row.label),
                effect_text(row),
                FAVOURS[row.favours],
                told("superseded") if row.superseded else told("in use"),
            )
            marker = self.marker(row.claim)
            rows.append(
                tuple(
                    CellView(text, columns[at], marker if at == 1 else None, head=at == 0)
                    for at, text in enumerate(texts)
                )
            )
        table = TableView(
            told("Numbers of the plot: %(title)s") % {"title": told(plain(figure.title))},
            columns,
            tuple(rows),
        )
        return FigureView(
            told(plain(figure.title)), forest_svg(figure, identity), notes(figure), table, figure
        )

    def stance(self, stance: GuidelineStance) -> StanceView:
        edition = str(stance.year) if stance.year else told("no edition held")
        if stance.state == "not_held" and stance.year is None:
            edition = "–"
        return StanceView(
            body=plain(self.words.name(stance.body)),
            edition=edition,
            state=STANCES[stance.state],
            state_code=stance.state,
            mark=STANCE_MARKS[stance.state],
            meaning=STANCE_MEANINGS[stance.state],
            statement=plain(stance.statement),
            superseded_by=plain(stance.superseded_by) if stance.superseded_by else None,
            lines=self.lines(stance.claims),
        )

    def algorithm(self, algorithm: Algorithm) -> AlgorithmView:
        numbers = {step.id: index for index, step in enumerate(algorithm.steps, 1)}
        cited = {claim_id: marks(claim) for claim_id, claim in self.answer.claims.items()}
        steps = tuple(
            StepView(
                id=step.id,
                number=numbers[step.id],
                condition=plain(step.if_),
                then=self.lines(step.then),
                next=either([str(numbers[each]) for each in step.next if each in numbers]),
                on_path=step.id in algorithm.path,
                state=STEP_STATES[step.state] if step.state else None,
                state_code=step.state.value if step.state else None,
                why=plain("; ".join(step.decided_by)) or None,
                missing=plain("; ".join(step.missing)) or None,
            )
            for step in algorithm.steps
        )
        svg = algorithm_svg(algorithm, cited, "flow")
        return AlgorithmView(plain(algorithm.title), svg, steps, bool(algorithm.path))

    def _stances(self) -> tuple[tuple[GuidelineStance, ...], tuple[str, ...]]:
        """The stances to show, and the bodies that nobody asked about and that say nothing here.

        Each of those has the same to say, so they share a sentence.
        """
        asked = self.answer.understood.bodies
        unread = [
            stance
            for stance in self.answer.guidelines
            if stance.state == "not_held" and stance.body not in asked and not stance.claims
        ]
        shown = tuple(stance for stance in self.answer.guidelines if stance not in unread)
        if not unread:
            return shown, ()
        names = ", ".join(self.words.name(stance.body) for stance in unread)
        words = told("Not held on this question: %(names)s. What they say on it is not known here.")
        return shown, (plain(words % {"names": names}),)

    def section(self, place: "_Place", identity: str) -> SectionView:
        section = place.section
        stances, unread = self._stances() if place.stances else ((), ())
        algorithm = self.answer.algorithm if place.algorithm else None
        said = {claim_id for stance in stances for claim_id in stance.claims}
        if algorithm:
            said |= {claim_id for step in algorithm.steps for claim_id in step.then}
        shown = dict.fromkeys(each for each in section.claims if each not in said)
        # The stances are the table's rows, gathered by body.
        table = section.table if not stances else None
        return SectionView(
            id=identity,
            kind=section.kind,
            title=told(plain(section.title)),
            lines=self.lines(shown),
            table=self.table(table, section.title) if table else None,
            figure=self.figure(section.figure, f"{identity}-plot") if section.figure else None,
            # A section that says it already, with the editions, says it better.
            statements=tuple(plain(each) for each in section.statements) or unread,
            stances=tuple(self.stance(each) for each in stances),
            algorithm=self.algorithm(algorithm) if algorithm else None,
        )


@dataclass(frozen=True)
class _Place:
    """A section and whether it is the one that shows the stances or the decision path."""

    section: Section
    stances: bool = False
    algorithm: bool = False


def _tabled(section: Section) -> set[str]:
    rows = section.table.rows if section.table else ()
    return {cell.claim for row in rows for cell in row if cell.claim}


def _places(answer: Answer) -> list[_Place]:
    """The sections, with one place for the stances and one for the decision path.

    The stances go where the answer tables them, which is where the table's claims are all theirs;
    each is shown once, and neither is left out when no section asks for it.
    """
    said = {claim_id for stance in answer.guidelines for claim_id in stance.claims}
    places: list[_Place] = []
    stances, path = bool(answer.guidelines), bool(answer.algorithm)
    for section in answer.sections:
        tabled = section.kind == "guidelines" and not section.claims and _tabled(section) <= said
        own = stances and tabled
        way = path and section.kind == "algorithm"
        places.append(_Place(section, stances=own, algorithm=way))
        stances, path = stances and not own, path and not way
    if stances:
        extra = Section(id="guidelines", kind="guidelines", title=told("What guidelines say"))
        places.insert(0, _Place(extra, stances=True))
    if path:
        extra = Section(id="algorithm", kind="algorithm", title=told("Decision path"))
        after = [at for at, place in enumerate(places) if place.section.kind in _BEFORE_THE_PATH]
        places.insert(after[-1] + 1 if after else 0, _Place(extra, algorithm=True))
    return places


def _identities(places: Iterable[_Place]) -> list[str]:
    """Ids that are safe in a page and unlike each other."""
    found: list[str] = []
    for place in places:
        base = "s-" + (re.sub(r"[^a-z0-9]+", "-", place.section.id.lower()).strip("-") or "part")
        identity, again = base, 1
        while identity in found:
            again += 1
            identity = f"{base}-{again}"
        found.append(identity)
    return found


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


def either(words: list[str]) -> str:
    """The words as a choice: "2", "2 or 3", "2, 3 or 4"."""
    choice = f" {told('or')} "
    return choice.join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


def page(answer: Answer, words: Words | None = None) -> Page:
    """The answer in the order in which it is shown."""
    words = words or Named()
    arranger = _Arranger(answer, words)
    places = _places(answer)
    references = arranger.references
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
                arranger.line(premise.claim) if premise.claim else None,
                in_reason=plain(premise.text) in plain(answer.reason or ""),
            )
            for premise in answer.understood.premises
        ),
        bottom_line=arranger.bottom_line(),
        applies_to=plain(answer.applies_to) if answer.applies_to else None,
        does_not_apply_to=plain(answer.does_not_apply_to) if answer.does_not_apply_to else None,
        chips=_chips(answer, words),
        not_understood=tuple(plain(each) for each in answer.understood.not_understood),
        sections=tuple(
            arranger.section(place, identity)
            for place, identity in zip(places, _identities(places), strict=True)
        ),
        cards=tuple(
            card(claim, arranger.cards[claim_id], references, words)
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
