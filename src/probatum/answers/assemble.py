"""From a plan to an answer: every draft through the gate, then claims, citations and references.

References are made from the anchors of the claims that are shown, so neither a citation without a
reference nor a reference without a citation can come about.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from probatum.answers.plan import (
    PlanAlgorithm,
    PlanCell,
    PlanSection,
    PlanSetAside,
    PlanStance,
    PlanStep,
)
from probatum.checks.gate import Examined, claim_of, examine
from probatum.checks.view import View
from probatum.checks.within import strangers
from probatum.evidence.answer import (
    Algorithm,
    AlgorithmStep,
    Cell,
    Figure,
    ForestRow,
    GuidelineStance,
    Reference,
    Section,
    SetAside,
    Table,
)
from probatum.evidence.claim import Claim, Draft, Verdict
from probatum.evidence.source import shallowest
from probatum.library.library import Library
from probatum.terms.remembered import remembered

Reword = Callable[[Draft], Draft]


def _key(draft: Draft) -> tuple[str, str | None, str]:
    """What makes two drafts one claim: the words, the record they are about, and their role."""
    return draft.text, draft.focus, draft.role


@dataclass
class Assembly:
    """The growing answer: claims in order of appearance and the references they need."""

    view: View
    reword: Reword
    claims: dict[str, Claim] = field(default_factory=dict)
    refused: list[Examined] = field(default_factory=list)
    _ids: dict[tuple[str, str | None, str], str | None] = field(default_factory=dict)
    _numbers: dict[str, int] = field(default_factory=dict)

    def claim(self, draft: Draft) -> str | None:
        """The id of the claim that the draft became, or None when the gate refused it.

        The reader's wording is tried first; should it fail where the plain wording passes, the
        plain one is printed: a reader's comfort never costs a checked sentence.
        """
        key = _key(draft)
        if key not in self._ids:
            self._ids[key] = self._admit(draft)
        return self._ids[key]

    def _admit(self, draft: Draft) -> str | None:
        examined = examine(self.reword(draft), self.view)
        if examined.verdict is not Verdict.SUPPORTED and examined.draft.text != draft.text:
            examined = examine(draft, self.view)
        if examined.verdict is not Verdict.SUPPORTED:
            self.refused.append(examined)
            return None
        claim_id = f"c{len(self.claims) + 1}"
        numbers = tuple(
            dict.fromkeys(
                self._numbers.setdefault(anchor.edition, len(self._numbers) + 1)
                for anchor in draft.anchors
            )
        )
        self.claims[claim_id] = claim_of(examined, claim_id, numbers, self.view)
        return claim_id

    def ids(self, drafts: Iterable[Draft]) -> tuple[str, ...]:
        """The claims of several drafts, without the refused ones."""
        return tuple(dict.fromkeys(i for i in map(self.claim, drafts) if i is not None))

    def section(self, plan: PlanSection, number: int, title: str) -> Section | None:
        """A section with what passed; None when nothing did."""
        rows = tuple(made for row in plan.rows if (made := self._row(row)))
        # A plot shows rows of the table and nothing else: a claim that no row shows is not made.
        shown = {cell.claim for row in rows for cell in row}
        forest = [
            ForestRow(
                label=row.label,
                study=row.study,
                effect=row.effect,
                value=row.value,
                low=row.low,
                high=row.high,
                ci_level=row.ci_level,
                claim=claim,
                favours=row.favours,
                superseded=row.superseded,
            )
            for row in plan.forest
            if (claim := self._ids.get(_key(row.draft))) and claim in shown
        ]
        claims = self.ids(plan.drafts)
        if not (rows or claims or plan.statements):
            return None
        return Section(
            id=f"s{number}",
            kind=plan.kind,
            title=title,
            claims=claims,
            table=Table(columns=plan.columns, rows=rows) if rows else None,
            figure=Figure(
                title=forest[0].effect.capitalize(),
                left=plan.forest_sides[0],
                right=plan.forest_sides[1],
                rows=tuple(forest),
            )
            if len(forest) > 1
            else None,
            statements=plan.statements,
        )

    def _row(self, row: Sequence[PlanCell]) -> tuple[Cell, ...] | None:
        """The row's cells, or None when a claim was refused or a cell says more than its claim."""
        # Judged before any claim is made, so that a row left out leaves no claim behind.
        library = self.view.library
        if any(plan.draft and _says_more(plan.text, plan.draft, library) for plan in row):
            return None
        cells = []
        for plan in row:
            claim = self.claim(plan.draft) if plan.draft else None
            if plan.draft and claim is None:
                return None
            cells.append(Cell(text=plan.text, claim=claim))
        return tuple(cells)

    def _step_says_more(self, step: PlanStep) -> bool:
        """Whether a condition names what none of the statements that follow from it holds."""
        library = self.view.library
        drafts = step.then or step.basis
        quotes = [anchor.quote for draft in drafts for anchor in draft.anchors]
        return bool(drafts) and bool(strangers(step.if_, quotes, library))

    def stance(self, plan: PlanStance) -> GuidelineStance:
        """A body's stance; one whose every sentence was refused says nothing any more."""
        claims = self.ids(plan.drafts)
        lost = plan.state == "says" and not claims
        state = "not_held" if lost else plan.state
        words = (
            "What this body says was left out because a check failed." if lost else plan.statement
        )
        return GuidelineStance(
            body=plan.body,
            edition=plan.edition,
            year=plan.year,
            state=state,
            superseded_by=plan.superseded_by,
            claims=claims,
            statement=words,
        )

    def algorithm(self, plan: PlanAlgorithm) -> Algorithm:
        """The decision path with the claims of each step that keeps any."""
        kept = {
            step.id: then
            for step in plan.steps
            if not self._step_says_more(step)
            and ((then := self.ids(step.then)) or not step.then or step.state is not None)
        }
        return Algorithm(
            title=plan.title,
            steps=tuple(
                AlgorithmStep(
                    id=step.id,
                    if_=step.if_,
                    then=kept[step.id],
                    next=tuple(target for target in step.next if target in kept),
                    state=step.state,
                    decided_by=step.decided_by,
                    missing=step.missing,
                )
                for step in plan.steps
                if step.id in kept
            ),
            path=tuple(step for step in plan.path if step in kept),
        )

    def set_aside(self, plans: Iterable[PlanSetAside]) -> tuple[SetAside, ...]:
        """The options that do not fit, each with the claim that states it."""
        return tuple(
            SetAside(claim=claim, kind=plan.kind, name=plan.name, reasons=plan.reasons)
            for plan in plans
            if (claim := self.claim(plan.draft))
        )

    def references(self) -> tuple[Reference, ...]:
        """The cited editions in order of number, each with how deep and how current."""
        library = self.view.library
        return tuple(
            _reference(number, edition, self, library) for edition, number in self._numbers.items()
        )


@remembered("library", 4096)
def _says_more(text: str, draft: Draft, library: Library) -> bool:
    """Whether a cell holds a number or name that neither its claim nor what that rests on has."""
    evidence = [draft.text]
    for anchor in draft.anchors:
        source = library.source_of(anchor.edition)
        evidence += [anchor.quote, source.title, library.name(source.body or "")]
        if anchor.record:
            evidence.append(library.records[anchor.record].population.text)
    return bool(strangers(text, evidence, library))


def _reference(number: int, edition_id: str, assembly: Assembly, library: Library) -> Reference:
    edition, source = library.edition(edition_id), library.source_of(edition_id)
    assert edition is not None  # noqa: S101 - a claim's anchor was found in it
    depths = [c.depth for c in assembly.claims.values() if number in c.citations]
    as_of = assembly.view.as_of
    return Reference(
        number=number,
        source=source.id,
        edition=edition_id,
        type=source.type,
        title=source.title,
        body=source.body,
        authors=edition.authors,
        citation=edition.citation or edition.label,
        year=edition.year,
        identifiers=edition.identifiers,
        depth=shallowest(depths),
        currency=library.currency(edition_id, as_of),
        replaced_by=library.replaced_by(edition_id, as_of),
    )
