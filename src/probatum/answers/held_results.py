"""Results that held texts state, as rows of evidence beside those that a pack's curators read.

A row is a comparison that the program read out of one or two sentences. Its claim is those very
sentences as a quote, checked like every quote; the cells only say again what stands in them, and
the column "Read in" says how much of the work is held. A trial that a pack has already read is left
out, since one trial must not count twice.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from probatum.answers.held_forest import HeldResult, plotted
from probatum.answers.plan import PlanCell, PlanSection
from probatum.answers.quotable import only_references
from probatum.checks.gate import examine
from probatum.checks.quotation import FORM, quoted
from probatum.checks.reading import read
from probatum.checks.view import View
from probatum.evidence.claim import Draft, Verdict
from probatum.evidence.record import Result
from probatum.evidence.source import RightsTier
from probatum.evidence.statement import number, with_unit
from probatum.extract.result import Arm, Effect, ExtractedResult
from probatum.extract.results import find_results
from probatum.library.held import HeldPassage
from probatum.library.library import Library
from probatum.library.search import Request
from probatum.questions.need import Need

TITLE = "Results read in held texts"
_COLUMNS = ("Work", "End point", "Groups", "Effect", "Read in", "In the source's words")
# Questions whose answer is what trials found.
_INTENTS = frozenset({"treatment_options", "intervention", "comparison", "trial_result"})
# Passages looked at, rows shown, and rows of one work: enough to compare, short enough to read.
_LOOKED_AT = 20
_READ = 8
_SHOWN = 6
_OF_ONE_WORK = 2
# Characters of the sentences that a row rests on; a longer stretch is more than one statement.
_LONGEST = 700
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
    named = need.interventions or need.studies or need.conditions
    if need.intent not in _INTENTS or not named or library.documents.content is None:
        return None
    found = tuple(_rows(need, library, View(library, need, as_of), as_of))
    if not found:
        return None
    forest, sides = plotted(found)
    return PlanSection(
        "evidence",
        TITLE,
        columns=_COLUMNS,
        rows=tuple(_cells(each) for each in found),
        forest=forest,
        forest_sides=sides,
        statements=(_NOTE,),
    )


def _rows(need: Need, library: Library, view: View, as_of: date | None) -> Iterator[HeldResult]:
    known = _read_by_curators(library)
    works: dict[str, int] = {}
    shown: set[str] = set()
    for passage, result, start, end in _found(need, library, as_of):
        document = passage.document
        if document.edition in known or works.get(document.source, 0) >= _OF_ONE_WORK:
            continue
        anchor = library.quote(passage, start, end)
        draft = Draft(text=quoted(anchor.quote), anchors=(anchor,), form=FORM)
        if anchor.quote in shown or not _concerns(result, passage, anchor.quote, need, library):
            continue
        if examine(draft, view).verdict is not Verdict.SUPPORTED:
            continue
        works[document.source] = works.get(document.source, 0) + 1
        shown.add(anchor.quote)
        yield HeldResult(result, document, draft)
        if len(shown) == _SHOWN:
            return


def _cells(each: HeldResult) -> tuple[PlanCell, ...]:
    """The row of the table."""
    result, document, draft = each.result, each.document, each.draft
    return (
        PlanCell(document.title or document.source, draft),
        PlanCell(_capital(result.endpoint or "not named"), draft),
        PlanCell("; ".join(filter(None, map(_arm, result.arms))) or "-", draft),
        PlanCell(_effect(result.effect, draft.text) or "-", draft),
        PlanCell(document.depth.value.replace("_", " "), draft),
        PlanCell(draft.text, draft),
    )


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
    request = Request(need.question, _LOOKED_AT, plain=True, as_of=as_of, meaning=False)
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
    return result.kind == "comparison" and not result.flags and (stated or len(values) > 1)


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


def _arm(arm: Arm) -> str:
    if arm.state == "not_reached":
        value = "not reached"
    elif arm.value is not None:
        value = with_unit(number(arm.value), arm.unit)
    else:
        return ""
    return f"{arm.name} {value}" if arm.name else value


def _effect(effect: Effect, quote: str) -> str:
    """The estimate with its interval and P value, in the digits of the quote."""
    parts = []
    if effect.value is not None:
        label = effect.label if effect.type == "other" else effect.type
        parts.append(f"{label or 'effect'} {number(effect.value)}")
        if effect.ci_low is not None and effect.ci_high is not None:
            level = f"{number(effect.ci_level)}% " if effect.ci_level is not None else ""
            parts.append(f"({level}CI {number(effect.ci_low)} to {number(effect.ci_high)})")
    if effect.p:
        digits = effect.p[1:]
        printed = f"0{digits}" if digits.startswith(".") and f"0{digits}" in quote else digits
        parts.append(f"P{effect.p[0]}{printed}")
    return " ".join(parts)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
