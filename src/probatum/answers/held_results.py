"""Results that held texts state, as rows of evidence beside those that a pack's curators read.

A row is a comparison that the program read out of one or two sentences. Its claim is those very
sentences as a quote, checked like every quote; the cells only say again what stands in them, and
the column "Read in" says how much of the work is held. A trial that a pack has already read is left
out, since one trial must not count twice.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from probatum.answers.bearing import Question, question
from probatum.answers.cited_there import cited_there
from probatum.answers.fitting import fit
from probatum.answers.held_cells import cells
from probatum.answers.held_forest import HeldResult, plotted
from probatum.answers.labelled import labels
from probatum.answers.plan import PlanCell, PlanSection
from probatum.answers.quotable import only_references, run_at
from probatum.answers.quotes import repeats
from probatum.answers.same_trial import GATHERS, by_trial, told_again
from probatum.checks.gate import examine
from probatum.checks.quotation import FORM, quoted
from probatum.checks.reading import read
from probatum.checks.view import View
from probatum.evidence.claim import Anchor, Draft, Verdict
from probatum.evidence.record import Result
from probatum.evidence.source import RightsTier
from probatum.extract.guidance.grades import grades
from probatum.extract.result import ExtractedResult
from probatum.extract.results import find_results
from probatum.library.held import HeldPassage
from probatum.library.library import Library
from probatum.library.search import Request
from probatum.questions.filed_names import is_named
from probatum.questions.filed_names import names as said
from probatum.questions.need import Need

TITLE = "Results read in held texts"
_COLUMNS = ("Work", "End point", "Groups", "Effect", "Read in", "In the source's words")
# For works that print a level of evidence or cite a list of references, as guidelines do.
_CITED_COLUMNS = ("Level, as stated", "Cited there")
# Questions whose answer is what trials found.
_INTENTS = frozenset({"treatment_options", "intervention", "comparison", "trial_result"})
# "Does screening reduce mortality?" asks for it too, whatever the end point makes of the question.
_EFFECT = re.compile(
    r"\b(?:reduces?|improves?|prolongs?|lowers?|effective|efficacy|superior|better than)\b",
    re.IGNORECASE,
)
# Passages looked at, rows shown, and rows of one work: enough to compare, short enough to read.
_LOOKED_AT = 20
_READ = 8
_SHOWN = 6
_OF_ONE_WORK = 2
# A guideline or review tells of many trials.
_OF_ONE_GUIDELINE = 6
# Characters of the sentences that a row rests on; a longer stretch is more than one statement.
_LONGEST = 700
# The least share of a question's weight that a row's words and headings carry where the vocabulary
# knows none of its things: as for quotes, see `quotes`.
_LEAST = 0.55
# A passage without any of these states no comparison; most are passed over at once.
_CUE = re.compile(
    r"\b(?:hazard ratio|odds ratio|relative risk|risk ratio|HR|OR|RR|CI|confidence interval|vs\.?|"
    r"versus|compared with|[Pp]\s?[<=>])"
)
_NOTE = (
    "These rows were read by the program in texts that this library holds, and were weighed by "
    "nobody; the quoted words are the source's own."
)


def held_results(need: Need, library: Library, as_of: date | None = None) -> PlanSection | None:
    """A section of results out of held texts; None where none bears on the question."""
    named = need.interventions or need.studies or need.conditions or need.topics or need.filed
    wanted = need.intent in _INTENTS or _EFFECT.search(need.question)
    if not wanted or not named or library.documents.content is None:
        return None
    view = View(library, need, as_of)
    found = by_trial(tuple(_rows(need, library, view, as_of)), library)
    if not found:
        return None
    beside = [_cited_cells(each, view) for each in found]
    cited = any(cell.draft for row in beside for cell in row)
    forest, sides = plotted(found)
    return PlanSection(
        "evidence",
        TITLE,
        columns=(*_COLUMNS, *(_CITED_COLUMNS if cited else ())),
        rows=tuple(
            (*cells(each), *(more if cited else ()))
            for each, more in zip(found, beside, strict=True)
        ),
        forest=forest,
        forest_sides=sides,
        statements=(_NOTE,),
        limits=told_again(found),
    )


def _rows(need: Need, library: Library, view: View, as_of: date | None) -> Iterator[HeldResult]:
    known = _read_by_curators(library)
    asked = labels(need.question)
    # A topic alone ("screening") says too little of what is asked; the question's own words must.
    loose = not (need.interventions or need.studies or need.conditions or need.filed)
    carried = question(need, library) if loose else None
    quotes: list[Anchor] = []
    figures: set[tuple[object, ...]] = set()
    works: dict[str, int] = {}
    shown: set[str] = set()
    for passage, result, start, end in _found(need, library, as_of):
        document = passage.document
        most = _OF_ONE_GUIDELINE if document.type in GATHERS else _OF_ONE_WORK
        if document.edition in known or works.get(document.source, 0) >= most:
            continue
        anchor = library.quote(passage, start, end)
        draft = Draft(text=quoted(anchor.quote), anchors=(anchor,), form=FORM)
        if anchor.quote in shown or not _concerns(result, passage, anchor.quote, need, library):
            continue
        if carried and not _carries(anchor, carried, library):
            continue
        if document.type in GATHERS:
            headings = (document.title, *run_at(passage, start).headings)
            other = fit(anchor.quote, headings, need, asked, library) == "other"
            # A guideline tells the same result under several headings.
            same = document.source, result.endpoint, result.effect.value, result.effect.ci_low
            told = result.effect.ci_low is not None and same in figures
            if other or told or any(repeats(anchor, each) for each in quotes):
                continue
            figures.add(same)
        if examine(draft, view).verdict is not Verdict.SUPPORTED:
            continue
        works[document.source] = works.get(document.source, 0) + 1
        shown.add(anchor.quote)
        quotes.append(anchor)
        yield HeldResult(result, document, draft)
        if len(shown) == _SHOWN:
            return


def _cited_cells(each: HeldResult, view: View) -> tuple[PlanCell, PlanCell]:
    """The level of evidence that the quote prints, and the entries that it cites."""
    anchor = each.draft.anchors[0]
    marks = [mark for mark in grades(anchor.quote) if mark.evidence]
    level = anchor.quote[marks[0].start : marks[0].end].strip("[]() ") if len(marks) == 1 else ""
    cited = cited_there(each.document, anchor.start, anchor.end, view.library)
    entry = PlanCell("-")
    if cited:
        draft = Draft(text=quoted(cited.quote), anchors=(cited,), form=FORM)
        if examine(draft, view).verdict is Verdict.SUPPORTED:
            entry = PlanCell(draft.text, draft)
    return PlanCell(level, each.draft) if level else PlanCell("-"), entry


def _read_by_curators(library: Library) -> frozenset[str]:
    """Held editions of works whose results a pack has."""
    editions = {r.edition for r in library.records.values() if isinstance(r, Result)}
    return frozenset(
        document.edition for edition in sorted(editions) for document in library.texts_of(edition)
    )


def _found(
    need: Need, library: Library, as_of: date | None
) -> Iterator[tuple[HeldPassage, ExtractedResult, int, int]]:
    """Comparisons in the passages that the question finds, with the sentences that state them."""
    request = Request(need.in_full, _LOOKED_AT, plain=True, as_of=as_of, meaning=False)
    looked = 0
    for hit in library.search.search(request):
        passage = hit.passage
        linked = passage.document.rights.tier is RightsTier.LINK
        if linked or only_references(passage) or not _CUE.search(passage.text):
            continue
        looked += 1
        for result in find_results(passage.text):
            span = _sentences(passage, result)
            if span is not None and _whole(result):
                yield passage, result, *span
        if looked == _READ:
            return


def _whole(result: ExtractedResult) -> bool:
    """Whether it is a comparison that can be told in a row: an estimate, or two named values."""
    values = [arm for arm in result.arms if arm.name and (arm.value is not None or arm.state)]
    stated = result.effect.value is not None and result.effect.type not in ("rate", "other")
    # Two values under one name are of one group, at two times or of two things.
    apart = len({arm.name for arm in values}) == len(values) > 1
    told = stated or apart
    return result.kind == "comparison" and not result.flags and told


def _sentences(passage: HeldPassage, result: ExtractedResult) -> tuple[int, int] | None:
    """The sentences of the passage that hold the result; a table's row is none."""
    start, end = passage.start + result.start, passage.start + result.end
    over = [span for span in passage.passage.sentences if span[0] < end and start < span[1]]
    if not over or over[-1][1] - over[0][0] > _LONGEST:
        return None
    rows = [run for run in passage.passage.runs if run.columns and run.start <= over[0][0]]
    last = [run for run in passage.passage.runs if run.start <= over[0][0]]
    return None if rows and last and last[-1].columns else (over[0][0], over[-1][1])


def _concerns(
    result: ExtractedResult, passage: HeldPassage, quote: str, need: Need, library: Library
) -> bool:
    """Whether the result is about what the question names: treatment, trial, end point."""
    above = "\n".join((passage.document.title, *passage.headings))
    texts = [read(words, library) for words in (quote, above)]

    def names(asked: Iterable[str], kind: str) -> bool:
        vocabulary = library.vocabulary
        mine = {term for text in texts for term in text.terms(kind)}
        return any(
            one in vocabulary and vocabulary.relation(one, other) != "other"
            for one in asked
            for other in mine
        )

    if need.interventions and not names(need.interventions, "intervention"):
        return False
    if need.studies and not names(need.studies, "study"):
        return False
    if not all(is_named(each, passage) for each in need.filed):
        return False
    drugs = [each for each in need.filed if each.kind == "intervention"]
    if any(not (said(each, quote) or said(each, above)) for each in drugs):
        return False
    if not need.endpoints:
        return True
    endpoint = read(result.endpoint or "", library).terms("endpoint", "adverse_event")
    vocabulary = library.vocabulary
    return any(
        vocabulary.relation(one, other) != "other"
        for one in need.endpoints
        for other in endpoint
        if one in vocabulary
    )


def _carries(anchor: Anchor, asked: Question, library: Library) -> bool:
    stems = library.search.stems
    above = frozenset(stems(anchor.locator))
    if not asked.weights:
        return False
    return asked.bearing(anchor.quote, stems(anchor.quote), above).subject >= _LEAST
