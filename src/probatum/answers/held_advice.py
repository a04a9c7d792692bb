"""Recommendations that held guidelines state, each as the guideline's own words.

A recommendation is a sentence that the reader of guidelines takes for one, or a list that is led by
"Treatment options for ... include:", as guidelines write what is standard. Its strength or level of
evidence is only what is printed in the quote. Nobody weighed them: what is chosen is what bears on
the disease, stage and treatment that the question names.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from probatum.answers.bearing import Question, question
from probatum.answers.fitting import fit, names_treatment
from probatum.answers.plan import PlanCell, PlanSection, PlanStance
from probatum.answers.quotable import only_references, stretches
from probatum.answers.quotes import repeats
from probatum.checks.gate import examine
from probatum.checks.quotation import FORM, quoted
from probatum.checks.view import View
from probatum.evidence.claim import Anchor, Draft, Verdict
from probatum.evidence.source import RightsTier, SourceType
from probatum.extract.guidance.grades import Grade, grades
from probatum.extract.guidance.recommendations import recommendations
from probatum.extract.lines import Line
from probatum.library.held import HeldDocument, HeldPassage
from probatum.library.library import Library
from probatum.library.search import Request
from probatum.questions.need import Need

TITLE = "Recommendations read in held guidelines"
_COLUMNS = ("Body", "Edition", "Advice", "Strength or level, as stated", "In the source's words")
_INTENTS = frozenset(
    ("treatment_options", "intervention", "comparison", "guideline_stance", "trial_result",
     "prevention", "monitoring", "diagnosis", "special_groups")
)  # fmt: skip
# Passages looked at, recommendations put to the checks, shown, and shown of one work: a guideline
# says much on one question, and a reader compares few.
_LOOKED_AT = 20
_TRIED = 20
_SHOWN = 6
_OF_ONE_WORK = 4
# The least share of the question's weight (by rarity of its words) that the words carry with the
# headings above them, and how far below the best one may be: as for quotes, see `quotes`. Headings
# alone may carry it, since a guideline says "Offer it ..." under the name of the disease and stage.
_LEAST = 0.5
_NEAR = 0.5
# "Treatment options for stage III ... include:" answers "How is it treated?" before anything else.
_LISTED = 0.4
_OPTIONS = re.compile(
    r"(?:[\w-]+ ){0,3}(?:treatments?|therap(?:y|ies)|management|options?)\b[^.:\n]{0,160}"
    r"\b(?:includes?|including|are|is|following)\b[^.:\n]{0,60}:",
    re.IGNORECASE,
)
# "Standard treatment for X is Y", "Y is the standard treatment": what guidelines write for advice.
_WAYS = r"(?:treatments?|therap(?:y|ies)|options?|approach(?:es)?|management|regimens?)"
_STANDARD = re.compile(
    r"\b(?:is|are|remains?|represents?|became|as)(?: [\w-]+){0,3} standard (?:of care|"
    rf"(?:[\w-]+ )?{_WAYS})\b|"
    r"\bstandard (?:treatment|therapy|management|care)(?: options?)? (?:for|of|in) "
    r"[^.;:\n]{1,160} (?:is|are|includes?|consists? of)\b",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(?:not?|no longer|never|without|historical(?:ly)?|until|was|were|compared)\b")
# What is expected to happen, and not what is to be done.
_EXPECTED = re.compile(
    r"\bshould (?:also |not |theoretically )?(?:be associated|result in|lead to|decrease|increase|"
    r"reduce|improve|yield|produce|become)\b"
)
# A body that no vocabulary knows, by how such bodies are called.
_ISSUER = re.compile(
    r"\b((?:[A-Z][\w&-]{1,30} (?:(?:of|for|on|and|the) ){0,2}){1,7}(?:College|Society|Association|"
    r"Academy|Network|Task Force|Organi[sz]ation|Federation|Committee|Alliance|Foundation|Council)"
    r"(?: (?:of|for|on) (?:[A-Z][\w-]{1,30} ?(?:and )?){1,4})?)[^.;]{0,60}"
    r"\b(?:recommend|suggest|endors|advis)"
)
_UNTESTED = re.compile(r"\b(?:clinical evaluation|investigation|investigational)\b", re.IGNORECASE)
_NOTE = (
    "These recommendations were read by the program in guidelines that this library holds, and "
    "were weighed by nobody; the quoted words are the source's own."
)
Side = Literal["for", "against", "neither", "options"]
_SIDES: Final[dict[Side, str]] = {
    "for": "for",
    "against": "against",
    "neither": "neither for nor against",
    "options": "lists options",
}


@dataclass(frozen=True, slots=True)
class HeldAdvice:
    """A recommendation of a held guideline with the quote that is its claim.

    `told` is another body that the words name as recommending: the guideline only reports it.
    `indirect` is whether only the headings, and not the words, name the stage or setting asked
    about.
    """

    side: Side
    strong: bool
    told: str | None
    grade: Grade | None
    document: HeldDocument
    anchor: Anchor
    indirect: bool
    worth: float

    @property
    def draft(self) -> Draft:
        """The words as a draft for the gate."""
        return Draft(text=quoted(self.anchor.quote), anchors=(self.anchor,), form=FORM)

    @property
    def stated(self) -> str:
        """The strength or level as printed; empty where the quote has none."""
        if self.grade is None:
            return ""
        start, end = self.grade.start, self.grade.end
        return self.anchor.quote[start:end].strip("[]() ")


def held_advice(need: Need, library: Library, as_of: date | None = None) -> tuple[HeldAdvice, ...]:
    """The recommendations to show, strongest first; all past the gate."""
    named = need.conditions or need.interventions or need.biomarkers or need.topics
    if need.intent not in _INTENTS or not named:
        return ()
    if library.documents.content is None:
        return ()
    asked = question(need, library)
    if not asked.weights:
        return ()
    found = sorted(
        _found(need, asked, library, as_of),
        key=lambda each: (-round(each.worth, 6), each.anchor.edition, each.anchor.start),
    )
    chosen = _chosen(found, View(library, need, as_of))
    return tuple(sorted(chosen, key=_order))


def as_section(found: Sequence[HeldAdvice]) -> PlanSection:
    """The section of a table of recommendations."""
    return PlanSection(
        "guidelines",
        TITLE,
        columns=_COLUMNS,
        rows=tuple(_cells(each) for each in found),
        statements=(_NOTE,),
    )


def advising(found: Sequence[HeldAdvice], library: Library) -> tuple[PlanStance, ...]:
    """What each body says, by its newest edition among those quoted."""
    bodies: dict[str, list[HeldAdvice]] = {}
    for each in found:
        if each.document.body and not each.told:
            bodies.setdefault(_body(each.document.body, library), []).append(each)
    return tuple(_stance(body, said, library) for body, said in bodies.items())


def _stance(body: str, said: Sequence[HeldAdvice], library: Library) -> PlanStance:
    newest = max((each.document for each in said), key=lambda d: (d.year or 0, d.edition))
    label = newest.as_edition().label
    return PlanStance(
        body,
        newest.edition,
        newest.year,
        "says",
        newest.superseded_by,
        tuple(each.draft for each in said),
        f"{library.short(body)} ({label}): the text is held, and what it says on this question "
        "was read by the program.",
    )


def _body(name: str, library: Library) -> str:
    """The vocabulary's id of a body that is known by this name; else the name."""
    mentions = library.vocabulary.match(name, kinds={"body"})
    whole = [each for each in mentions if each.text.casefold() == name.strip().casefold()]
    return whole[0].term.id if whole else name


def _reported(
    named: str | None, words: str, document: HeldDocument, library: Library
) -> str | None:
    """The body that recommends, where it is another than the one whose guideline this is."""
    issuer = _ISSUER.search(words)
    told = named or (issuer.group(1).strip().removeprefix("The ") if issuer else None)
    own = _body(document.body, library) if document.body else None
    return told if told and _body(told, library) != own else None


def _cells(each: HeldAdvice) -> tuple[PlanCell, ...]:
    document, draft = each.document, each.draft
    issuer = document.body or document.title or document.source
    return (
        PlanCell(f"{each.told}, as reported by {issuer}" if each.told else issuer, draft),
        PlanCell(document.as_edition().label),
        PlanCell(_SIDES[each.side], draft),
        PlanCell(each.stated or "none stated", draft),
        PlanCell(draft.text, draft),
    )


def _order(each: HeldAdvice) -> tuple[int, bool, bool, int, float, str, int]:
    """By strength, directness, recency, and how much of the question is met."""
    strength = 2 if each.side == "neither" else 0 if each.strong else 1
    anchor, year = each.anchor, each.document.year or 0
    ranked = each.side != "options"
    return strength, each.indirect, ranked, -year, -each.worth, anchor.edition, anchor.start


def _found(
    need: Need, asked: Question, library: Library, as_of: date | None
) -> Iterator[HeldAdvice]:
    request = Request(
        need.in_full,
        _LOOKED_AT,
        types=(SourceType.GUIDELINE,),
        condition=need.conditions[0] if need.conditions else None,
        plain=True,
        as_of=as_of,
        meaning=False,
    )
    hits = library.search.search(request)
    for hit in hits:
        passage = hit.passage
        if passage.document.rights.tier is not RightsTier.LINK and not only_references(passage):
            yield from _of_passage(passage, hit.score / hits[0].score, need, asked, library)


def _of_passage(
    passage: HeldPassage, place: float, need: Need, asked: Question, library: Library
) -> Iterator[HeldAdvice]:
    stems = library.search.stems
    for (start, end), run in stretches(passage):
        words = passage.slice(start, end)
        read_as = _advice(words)
        if read_as is None:
            continue
        side, strong, told = read_as
        headings = (passage.document.title, *run.headings)
        above = "\n".join(headings)
        bearing = asked.bearing(words, stems(words), frozenset(stems(above)))
        if bearing.subject < _LEAST or not names_treatment(words, headings, need, library):
            continue
        fits = fit(words, headings, need, asked.labels, library)
        if fits in ("silent", "other"):
            continue
        printed = grades(words)
        worth = bearing.worth + place + (_LISTED if side == "options" else 0.0)
        yield HeldAdvice(
            side,
            strong,
            _reported(told, words, passage.document, library),
            printed[0] if len(printed) == 1 else None,
            passage.document,
            library.quote(passage, start, end),
            fits != "own",
            worth,
        )


def _advice(words: str) -> tuple[Side, bool, str | None] | None:
    """Direction of a stretch, whether it is worded strongly, whom it names; None if no advice."""
    lead, listed, _ = words.partition(":\n")
    if listed and _OPTIONS.match(f"{lead}:") and not _UNTESTED.search(lead):
        return "options", True, None
    if _EXPECTED.search(words):
        return None
    line = Line(0, len(words), words, "paragraph")
    found = recommendations((line,), words, guideline=True)
    if not found and _STANDARD.search(words) and not _NOT.search(words):
        return "for", True, None
    # Sentences that advise different things in one stretch have no one direction.
    if not found or len({each.direction for each in found}) > 1:
        return None
    told = next((each.body for each in found if each.body), None)
    return found[0].direction, any(each.wording == "strong" for each in found), told


def _chosen(found: Sequence[HeldAdvice], view: View) -> Iterator[HeldAdvice]:
    """The best that pass the gate, no place and no words twice, few of one work."""
    shown: list[HeldAdvice] = []
    for each in found[:_TRIED]:
        if shown and each.worth < shown[0].worth - _NEAR:
            return
        anchor = each.anchor
        same = [other for other in shown if other.anchor.source == anchor.source]
        if len(same) >= _OF_ONE_WORK or any(repeats(anchor, other.anchor) for other in shown):
            continue
        if examine(each.draft, view).verdict is Verdict.SUPPORTED:
            shown.append(each)
            yield each
        if len(shown) == _SHOWN:
            return
