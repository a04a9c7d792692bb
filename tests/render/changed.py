"""Answers with texts put in their place, for tests that no text can do harm or get lost."""

from probatum.evidence.answer import Answer, Cell, Section, Table
from tests.render import samples


def with_texts(claim: str, cell: str, title: str) -> Answer:
    """The full sample with a claim, a table cell and some titles reworded."""
    answer = samples.full()
    claims = dict(answer.claims)
    claims["c8"] = claims["c8"].model_copy(update={"text": claim})
    cells = (Cell(text="Row"), Cell(text=cell, claim="c6"), Cell(text="x", claim="c7"))
    table = Table(columns=("One", "Two", "Three"), rows=(cells,))
    regimens = Section(id="regimens", kind="regimens", title=title, table=table)
    sections = tuple(regimens if each.id == "regimens" else each for each in answer.sections)
    references = (
        answer.references[0].model_copy(update={"title": title}),
        *answer.references[1:],
    )
    return answer.model_copy(
        update={
            "claims": claims,
            "sections": sections,
            "references": references,
            "limits": (title,),
            "question": title,
        }
    )
