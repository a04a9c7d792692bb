"""What the assembly does with rows that may not be shown."""

from probatum.answers.assemble import Assembly
from probatum.answers.plan import PlanCell, PlanForestRow, PlanSection
from probatum.answers.sentences import drafts_of
from probatum.checks.view import View
from probatum.library.library import Library
from probatum.packs.loader import load_pack, shipped_packs


def test_a_cell_that_says_more_than_its_claim_takes_its_row_and_its_estimate_along() -> None:
    library = Library.of(load_pack(folder) for folder in shipped_packs())
    draft = drafts_of(library.records["empower-cervical-1.os.final"], library)[0]
    assembly = Assembly(View(library), lambda given: given)
    estimate = PlanForestRow(
        "EMPOWER",
        "empower-cervical-1",
        "hazard ratio",
        0.67,
        0.56,
        0.8,
        95,
        draft,
        "neither",
        False,
    )
    plan = PlanSection(
        "evidence",
        "Trial evidence",
        columns=("Study", "Values"),
        rows=((PlanCell("EMPOWER", draft), PlanCell("99.9 months with pembrolizumab", draft)),),
        forest=(estimate, estimate),
    )
    assert assembly.section(plan, 1, "Trial evidence") is None
    assert assembly.claims == {}
    assert assembly.references() == ()
