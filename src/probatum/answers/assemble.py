"""From a plan to an answer: every draft through the gate, then claims, citations and references.

References are made from the anchors of the claims that are shown, so neither a citation without a
reference nor a reference without a citation can come about.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from probatum.answers.plan import PlanAlgorithm, PlanSection, PlanStance
from probatum.checks.gate import Examined, claim_of, examine
from probatum.checks.view import View
from probatum.evidence.answer import (
    Algorithm,
    AlgorithmStep,
    Cell,
    Figure,
    ForestRow,
    GuidelineStance,
    Reference,
    Section,
    Table,
)
from probatum.evidence.claim import Claim, Draft, Verdict
from probatum.library.library import Library

Reword = Callable[[Draft], Draft]


@dataclass
class Assembly:
    """The growing answer: claims in order of appearance and the references they need."""

    view: View
    reword: Reword
    claims: dict[str, Claim] = field(default_factory=dict)
    refused: list[Examined] = field(default_factory=list)
    _ids: dict[tuple[str, str | None], str | None] = field(default_factory=dict)
    _numbers: dict[str, int] = field(default_factory=dict)

    def claim(self, draft: Draft) -> str | None:
        """The id of the claim that the draft became, or None when the gate refused it.

        The reader's wording is tried first; should it fail where the plain wording passes, the
        plain one is printed: a reader's comfort never costs a checked sentence.
        """
        key = (draft.text, draft.focus)
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
        rows = []
        for row in plan.rows:
            cells = [Cell(text=c.text, claim=self.claim(c.draft) if c.draft else None) for c in row]
            if all(cell.claim or not c.draft for cell, c in zip(cells, row, strict=True)):
                rows.append(tuple(cells))
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
            if (claim := self.claim(row.draft))
        ]
        claims = self.ids(plan.drafts)
        if not (rows or claims or plan.statements):
            return None
        return Section(
            id=f"s{number}",
            kind=plan.kind,
            title=title,
            claims=claims,
            table=Table(columns=plan.columns, rows=tuple(rows)) if rows else None,
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

    def stance(self, plan: PlanStance) -> GuidelineStance:
        """A body's stance; one whose every sentence was refused says nothing any more."""
        claims = self.ids(plan.drafts)
        state = "not_held" if plan.state == "says" and not claims else plan.state
        return GuidelineStance(
            body=plan.body,
            edition=plan.edition,
            year=plan.year,
            state=state,
            superseded_by=plan.superseded_by,
            claims=claims,
            statement=plan.statement,
        )

    def algorithm(self, plan: PlanAlgorithm) -> Algorithm:
        """The decision path with the claims of each step."""
        return Algorithm(
            title=plan.title,
            steps=tuple(
                AlgorithmStep(id=s.id, if_=s.if_, then=self.ids(s.then), next=s.next)
                for s in plan.steps
            ),
            path=plan.path,
        )

    def references(self) -> tuple[Reference, ...]:
        """The cited editions in order of number, each with how deep and how current."""
        library = self.view.library
        return tuple(
            _reference(number, edition, self, library) for edition, number in self._numbers.items()
        )


# From the shallowest reading to the deepest; a reference shows the shallowest it was used with.
_DEPTHS = ("secondary", "abstract", "curated_record", "registry", "label", "full_text")


def _reference(number: int, edition_id: str, assembly: Assembly, library: Library) -> Reference:
    edition, source = library.editions[edition_id], library.source_of(edition_id)
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
        depth=min(depths, key=lambda depth: _DEPTHS.index(depth.value)),
        currency=library.currency(edition_id, as_of),
        replaced_by=library.replaced_by(edition_id, as_of),
    )
