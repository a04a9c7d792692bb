"""Each of several questions in one text, answered by itself before the whole.

One outline for all that is asked gives the first lines to the part whose words weigh most, and a
reader cannot tell which of the others found an answer. So each part has a section of its own: its
first sentences, or that nothing held answers it. What is held on the whole comes after.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date

from probatum.answers.assemble import Assembly
from probatum.answers.compose import Plan, compose
from probatum.answers.gather import Evidence, gather
from probatum.answers.limits import not_for_group, scope_missing
from probatum.answers.outline import outlines
from probatum.answers.plan import PlanSection
from probatum.answers.quotes import quotes
from probatum.answers.scope import in_scope
from probatum.evidence.answer import AnswerStatus, Section
from probatum.evidence.claim import Draft
from probatum.evidence.record import Result
from probatum.library.library import Library
from probatum.questions.each_part import PartNeed, each_part
from probatum.questions.need import Need

# Sentences of a part: its bottom line, not its article.
_FIRST = 2
# Characters of a heading; a part may be a whole history.
_LONGEST = 160
_NOTHING = "No answer to this part of the question was found in what is held."


@dataclass(frozen=True)
class AskedPart:
    """A part in the words it was asked in, with its first sentences and what is said of it.

    `said` are sentences on the library that answer it where no source does ("not held"), `notes`
    those that go with it in any case.
    """

    text: str
    drafts: tuple[Draft, ...]
    said: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ShownParts:
    """The sections of the parts, the first claim of each, and the parts without an answer."""

    sections: tuple[Section, ...] = ()
    first: tuple[str, ...] = ()
    unanswered: tuple[str, ...] = ()

    @property
    def limits(self) -> tuple[str, ...]:
        """That a part is not answered, for each that is not."""
        return tuple(
            f"The question asks several things; no answer to “{text}” was found in what is held."
            for text in self.unanswered
        )

    def standing(self, status: AnswerStatus, reason: str | None) -> tuple[AnswerStatus, str | None]:
        """How the question was dealt with, given that of the whole: in part, where one is not."""
        if not self.unanswered or status is not AnswerStatus.ANSWERED:
            return status, reason
        number, all_ = len(self.unanswered), len(self.sections)
        return AnswerStatus.PARTIAL, (
            f"Of {all_} questions asked, {number} found no answer in what is held; each has its "
            "own part below."
        )


def asked_parts(need: Need, library: Library, as_of: date | None = None) -> tuple[AskedPart, ...]:
    """The parts of a text that asks several things; empty for one, and for a patient's answer.

    An emergency comes before all questions, and of a patient's facts a part would not know.
    """
    if need.declined or need.emergency or need.patient:
        return ()
    return tuple(_part(one, library, as_of) for one in each_part(need, library))


def _part(part: PartNeed, library: Library, as_of: date | None) -> AskedPart:
    one = part.need
    text = one.question[:_LONGEST] + ("…" if len(one.question) > _LONGEST else "")
    text = text[:1].upper() + text[1:]
    scope = in_scope(one, library)
    said: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    if not scope.declined and part.clear:
        plan = compose(gather(scope.need, library, as_of))
        core = set(outlines()[one.intent].core)
        filled = {each.kind for each in plan.sections if each.drafts or each.rows}
        notes = tuple(not_for_group(scope.need, plan.evidence))
        asked = [each for each in plan.stances if each.body in scope.need.bodies]
        first = _on_it(plan.first, plan.evidence)
        if not first and (scope.need.endpoints or not plan.first):
            # The first lines give the main end points and no rows; another may stand in a table.
            first = _on_it(_drafts(plan, core), plan.evidence)
        if one.intent == "guideline_stance" and asked:
            # What other bodies say is no answer to what these do.
            first = tuple(draft for each in asked for draft in each.drafts[:1])
            said = () if first else tuple(each.statement for each in asked)
        if first and core & filled and not scope_missing(scope.need, plan.evidence):
            return AskedPart(text, first[:_FIRST], notes=notes)
    found = quotes(scope.need, library, as_of)[:_FIRST]
    return AskedPart(text, tuple(each.draft for each in found), said, notes)


def _on_it(first: Sequence[Draft], evidence: Evidence) -> tuple[Draft, ...]:
    """The sentences on the treatment and the end point that the part names.

    Those on others would pass for an answer to it.
    """
    return tuple(draft for draft in first if _is_on_it(draft, evidence))


def _drafts(plan: Plan, kinds: Set[str]) -> tuple[Draft, ...]:
    sections = [each for each in plan.sections if each.kind in kinds]
    rows = [cell.draft for each in sections for row in each.rows for cell in row]
    drafts = [draft for each in sections for draft in each.drafts]
    return tuple(dict.fromkeys((*drafts, *(draft for draft in rows if draft))))


def _is_on_it(draft: Draft, evidence: Evidence) -> bool:
    need, vocabulary = evidence.need, evidence.library.vocabulary
    record = evidence.library.records.get(draft.focus or "")
    if need.interventions and not (record and evidence.concerns(record)):
        return False
    if need.intent != "trial_result" or not need.endpoints:
        return True
    return isinstance(record, Result) and any(
        vocabulary.relation(record.endpoint, asked) != "other" for asked in need.endpoints
    )


def shown_parts(parts: Sequence[AskedPart], assembly: Assembly) -> ShownParts:
    """The parts past the gate; where nothing of one passes, its section says so."""
    sections: list[Section] = []
    first: list[str] = []
    unanswered: list[str] = []
    for number, part in enumerate(parts, start=1):
        claims = assembly.ids(part.drafts)
        statements = (*(() if claims else part.said or (_NOTHING,)), *part.notes)
        planned = PlanSection("library", part.text, part.drafts, statements=statements)
        if shown := assembly.section(planned, number, part.text):
            sections.append(shown)
        first += claims[:1]
        unanswered += [] if claims or part.said else [part.text]
    return ShownParts(tuple(sections), tuple(dict.fromkeys(first)), tuple(unanswered))
