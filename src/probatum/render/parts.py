"""The parts of a page, made of the claims of an answer: lines, tables, figures, stances, sections.

Everything here is derived from the answer; nothing is added to it.
"""

from collections.abc import Iterable
from dataclasses import replace

from probatum.evidence.answer import Algorithm, Answer, Figure, GuidelineStance, Table
from probatum.render.algorithm import algorithm_svg
from probatum.render.card import marks, origin, reference_views, said, strength_words, tags
from probatum.render.characters import plain
from probatum.render.forest import effect_text, in_order, notes
from probatum.render.forest_picture import forest_svg
from probatum.render.language import told
from probatum.render.names import Words
from probatum.render.places import Place
from probatum.render.view import (
    AlgorithmView,
    CellView,
    FigureView,
    Line,
    Marker,
    SectionView,
    StanceView,
    StepView,
    TableView,
)
from probatum.render.words import (
    FAVOURS,
    STANCE_MARKS,
    STANCE_MEANINGS,
    STANCES,
    STEP_STATES,
    either,
)


class Parts:
    """Lines, tables and sections for the claims of one answer."""

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

    def section(self, place: Place, identity: str) -> SectionView:
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
