"""A language model's part in an answer: words for single claims, and their order in a section.

It is asked after the answer is whole. What it says of a claim is a draft with the claim's own
anchors, and goes through the gate as every draft does; what fails is sent back once with the reason
and then dropped. Nothing else of a reply is used, so an answer with a model that is down, slow,
wrong or steered by a text is the answer without one, in plainer words.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from pydantic import BaseModel, Field, ValidationError

from probatum.answers.wording import Differences, faults
from probatum.checks.gate import claim_of, examine
from probatum.checks.quotation import is_quotation
from probatum.checks.view import View
from probatum.evidence.answer import Answer, AnswerStatus, Section
from probatum.evidence.claim import Anchor, Claim, Draft, Verdict
from probatum.evidence.source import RightsTier
from probatum.llm.budget import Spending
from probatum.llm.chosen import Chosen
from probatum.llm.deidentify import deidentify
from probatum.llm.model import ModelError
from probatum.llm.prompts import prompt

PHRASED = (
    "A language model chose the words or the order of some sentences; those it worded are marked, "
    "and passed the same checks as all others."
)
PLAIN = (
    "The language model gave nothing that could be used, so this answer is in the program's own "
    "words and order."
)
NOT_ASKED = (
    "The language model was not asked, because no sentence of this answer may be sent to it."
)
# As many sentences as a person reads of an answer; more costs time and is worth little.
_MOST_CLAIMS = 40
_LONGEST_REPLY = 200_000
_FENCE = re.compile(r"\A\s*```(?:json)?\s*|\s*```\s*\Z")


class _Wording(BaseModel):
    id: str = Field(max_length=20)
    text: str = Field(max_length=5000)


class _Reply(BaseModel):
    """What is read of a reply; whatever else it holds is left aside."""

    claims: list[_Wording] = Field(default=[], max_length=200)
    order: dict[str, list[str]] = Field(default={}, max_length=50)


def phrased(made: Answer, view: View, chosen: Chosen, differences: Differences) -> Answer:
    """The answer in the model's words as far as they passed; its limits say what came of it."""
    if made.status in (AnswerStatus.DECLINED, AnswerStatus.URGENT):
        return made
    claims = _sent(made, view)
    if not claims:
        return made.model_copy(update={"limits": (*made.limits, NOT_ASKED)})
    question = deidentify(made.question)
    limits = list(made.limits)
    if question.removed:
        words = f"Left out of what the language model was sent: {', '.join(question.removed)}."
        chosen.told(words)
        limits.append(words)
    work = _Work(made, view, chosen, differences, claims, question.text)
    try:
        work.run()
    except ModelError as error:
        chosen.told(str(error))
    if work.dropped:
        chosen.dropped(work.dropped)
    sections = tuple(work.sections.get(each.id, each) for each in made.sections)
    used = bool(work.accepted) or sections != made.sections
    return made.model_copy(
        update={
            "model": chosen.model.name,
            "claims": {**made.claims, **work.accepted},
            "sections": sections,
            "limits": (*limits, PHRASED if used else PLAIN),
        }
    )


def _sent(made: Answer, view: View) -> dict[str, Claim]:
    """The claims that a model may see: what is read as sentences, by texts' rights, no patient's.

    A quote of a held text leaves only where its licence is open; records restate facts, which no
    licence binds. A figure computed from a patient's values never leaves, nor what was set aside
    for them, which names those values.
    """
    aside = {option.claim for option in made.set_aside}
    shown = dict.fromkeys((*made.bottom_line, *(c for s in made.sections for c in s.claims)))
    fit = [
        claim
        for claim in (made.claims[each] for each in shown)
        if claim.form != "formula.computed"
        and claim.id not in aside
        and all(_may_leave(anchor, view) for anchor in claim.anchors)
    ]
    return {claim.id: claim for claim in fit[:_MOST_CLAIMS]}


def _may_leave(anchor: Anchor, view: View) -> bool:
    if anchor.record is not None:
        return True
    document = view.library.document(anchor.edition)
    return document is not None and document.rights.tier is RightsTier.OPEN


def _draft(claim: Claim, text: str | None = None) -> Draft:
    return Draft(
        text=claim.text if text is None else text,
        anchors=claim.anchors,
        role=claim.role,
        form=claim.form,
        focus=claim.focus,
    )


@dataclass
class _Work:
    """The requests of one answer and what came of them so far."""

    made: Answer
    view: View
    chosen: Chosen
    differences: Differences
    claims: dict[str, Claim]
    question: str
    accepted: dict[str, Claim] = field(default_factory=dict)
    sections: dict[str, Section] = field(default_factory=dict)
    dropped: int = 0

    def run(self) -> None:
        """Ask once, and once more for what was refused; ModelError leaves what passed before."""
        spending = Spending(self.chosen.model, self.chosen.budget)
        reply = _read(spending.ask(prompt("phrase"), self._data()).text)
        self._order(reply)
        refused = self._take(reply)
        wanted = {each["id"] for each in refused}
        self.dropped = len(wanted - self.accepted.keys())
        if refused:
            again = spending.ask(prompt("phrase"), self._data(refused)).text
            self._take(_read(again), wanted)
            self.dropped = len(wanted - self.accepted.keys())

    def _data(self, refused: list[dict[str, str]] | None = None) -> str:
        wanted = {each["id"] for each in refused} if refused else set(self.claims)
        data: dict[str, object] = {
            "question": self.question,
            "claims": [
                {
                    "id": claim.id,
                    "text": claim.text,
                    "rests_on": [anchor.record or anchor.edition for anchor in claim.anchors],
                }
                for claim in self.claims.values()
                if claim.id in wanted
            ],
        }
        if refused:
            data["refused"] = refused
        else:
            data["sections"] = [
                {"id": section.id, "title": section.title, "claims": section.claims}
                for section in self._orderable()
            ]
        # With < and > written as escapes no text can close the frame that it stands in.
        text = json.dumps(data, ensure_ascii=False, indent=1)
        return f"<data>\n{text.translate({60: chr(92) + 'u003c', 62: chr(92) + 'u003e'})}\n</data>"

    def _orderable(self) -> Iterable[Section]:
        for section in self.made.sections:
            if len(section.claims) > 1 and set(section.claims) <= set(self.claims):
                yield section

    def _order(self, reply: _Reply) -> None:
        """The order of a section, when it names each claim of it once and nothing else."""
        for section in self._orderable():
            order = tuple(reply.order.get(section.id, ()))
            if order != section.claims and sorted(order) == sorted(section.claims):
                self.sections[section.id] = section.model_copy(update={"claims": order})

    def _take(self, reply: _Reply, wanted: set[str] | None = None) -> list[dict[str, str]]:
        """Take what passes; what does not, with the reason. A second wording of one is not read."""
        refused = []
        for wording in {each.id: each for each in reversed(reply.claims)}.values():
            claim = self.claims.get(wording.id)
            text = wording.text.strip()
            if (
                claim is None
                or text == claim.text
                or (wanted is not None and claim.id not in wanted)
            ):
                continue
            reason = self._admit(claim, text)
            if reason:
                refused.append({"id": claim.id, "text": text[:1000], "reason": reason})
        return refused

    def _in_cells(self) -> set[str | None]:
        tables = (section.table for section in self.made.sections if section.table)
        return {cell.claim for table in tables for row in table.rows for cell in row}

    def _admit(self, claim: Claim, text: str) -> str:
        """Why a wording is not taken; empty when it has become the claim."""
        if is_quotation(_draft(claim)):
            return "a quote keeps its source's words"
        # A cell has words of its own, and must not be marked as if they were the model's.
        if claim.role != "statement" or claim.id in self._in_cells():
            return "this sentence keeps its words"
        vocabulary = self.view.library.vocabulary
        if found := faults(claim.text, text, vocabulary, self.differences):
            return "; ".join(found)
        examined = examine(_draft(claim, text), self.view)
        if examined.verdict is not Verdict.SUPPORTED:
            return "; ".join(check.detail for check in examined.failures)
        passed = claim_of(examined, claim.id, claim.citations, self.view)
        self.accepted[claim.id] = passed.model_copy(update={"phrased_by": self.chosen.model.name})
        return ""


def _read(text: str) -> _Reply:
    """What a reply proposes; ModelError when it is not the JSON that was asked for."""
    if len(text) > _LONGEST_REPLY:
        raise ModelError("The model's reply is too long to be read.")
    try:
        return _Reply.model_validate_json(_FENCE.sub("", text))
    except (ValidationError, RecursionError) as error:
        raise ModelError("The model's reply is not the JSON that was asked for.") from error
