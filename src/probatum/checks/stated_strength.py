"""The strength that a guideline prints in the very words that are quoted from it.

It is told beside the quote as a record's is: in the issuing body's own system, with the direction
that the words have, so that "grade D" is never read as advice for what it advises against.
"""

from probatum.evidence.record import Strength
from probatum.evidence.source import SourceType
from probatum.extract.guidance.recommendations import recommendations
from probatum.extract.lines import Line
from probatum.library.held import HeldDocument


def stated_strength(quote: str, document: HeldDocument) -> Strength | None:
    """The strength of a quoted recommendation; None where none or more than one is printed."""
    if document.type is not SourceType.GUIDELINE:
        return None
    line = Line(0, len(quote), quote, "paragraph")
    found = recommendations((line,), quote, guideline=True)
    graded = [each for each in found if each.grade is not None]
    if len(graded) != 1 or len(found) != 1 or graded[0].grade is None:
        return None
    grade = graded[0].grade
    if grade.grade is None:
        level = f"{grade.system} level of evidence"
        return Strength(system=level, grade=grade.evidence, direction=graded[0].direction)
    return Strength(system=grade.system, grade=grade.grade, direction=graded[0].direction)
