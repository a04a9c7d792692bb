"""The way of an answer: understand, gather, compose, check, assemble."""

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from probatum.answers.asked_parts import AskedPart, asked_parts, shown_parts
from probatum.answers.aspects import aspects
from probatum.answers.assemble import Assembly, Reword
from probatum.answers.compose import Plan, compose
from probatum.answers.disagreement import disagreements, said
from probatum.answers.each_condition import quotes_for
from probatum.answers.gather import gather
from probatum.answers.held_texts import held_texts, with_held
from probatum.answers.limits import ONLY_HELD, ONLY_HELD_THEN, limits_of, status_of
from probatum.answers.organ_groups import with_organ_groups
from probatum.answers.path import missing_facts
from probatum.answers.premise import CheckedPremise
from probatum.answers.quotes import Quotation
from probatum.answers.related import related, related_to_declined
from probatum.answers.scope import Scope, in_scope
from probatum.answers.understood import met_in, understood
from probatum.checks.view import View
from probatum.evidence.answer import (
    Answer,
    AnswerStatus,
    Premise,
    ReaderName,
    SectionKind,
)
from probatum.evidence.record import Study
from probatum.library.library import Library
from probatum.questions.need import Need

NO_RECORD = "No curated record answers this."
SEVERAL = (
    "The question asks several things. Each has its own part below, with what is held on it, word "
    "for word where it comes from an added text."
)


@dataclass(frozen=True)
class Voice:
    """How a reader is spoken to: name, notice, titles, wording; `phrase` rewords a whole answer."""

    reader: ReaderName
    notice: str
    title: Callable[[SectionKind, str], str] = lambda kind, title: title
    reword: Reword = lambda draft: draft
    phrase: Callable[[Answer, View], Answer] = lambda made, view: made


def answer(
    need: Need,
    library: Library,
    voice: Voice,
    region: str | None = None,
    as_of: date | None = None,
    looked_up: tuple[str, ...] = (),
) -> Answer:
    """The answer to a need, every sentence of it past the gate. Deterministic but for the clock.

    `looked_up` is what was done before to find more; it is told first among the limits.
    """
    started = time.perf_counter()
    today = as_of or max(manifest.as_of for manifest in library.manifests)
    if region and region in library.vocabulary and region not in need.regions:
        need = need.model_copy(update={"regions": (*need.regions, region)})
    scope = in_scope(with_organ_groups(need, library), library)
    found: tuple[Quotation, ...] = ()
    if not need.declined:
        scope, found = quotes_for(scope, need, as_of)
    parts = asked_parts(need, library, as_of)
    if scope.declined and (found or any(part.drafts for part in parts)):
        made = _quoted(scope, found, voice, region, as_of, parts)
    elif scope.declined:
        made = _declined(scope, library, voice, region, today)
    else:
        made = _answered(scope, found, voice, region, as_of, parts)
    if looked_up:
        limits = (ONLY_HELD_THEN if each == ONLY_HELD else each for each in made.limits)
        made = made.model_copy(update={"limits": (*looked_up, *limits)})
    return _stamped(made, started)


def _stamped(made: Answer, started: float) -> Answer:
    content = made.model_dump_json(exclude={"id", "created", "elapsed_ms"})
    return made.model_copy(
        update={
            "id": hashlib.sha256(content.encode()).hexdigest()[:16],
            "created": datetime.now(UTC).isoformat(timespec="seconds"),
            "elapsed_ms": round((time.perf_counter() - started) * 1000),
        }
    )


def _declined(
    scope: Scope, library: Library, voice: Voice, region: str | None, today: date
) -> Answer:
    urgent = scope.need.emergency
    reason = scope.declined
    status = AnswerStatus.DECLINED
    if urgent:
        words = urgent.patient if voice.reader is ReaderName.PATIENT else urgent.clinician
        status, reason = AnswerStatus.URGENT, f"{words} {reason}"
    held = ", ".join(manifest.title for manifest in library.manifests)
    texts = library.documents.editions()
    if texts:
        held += f", and {texts:,} added text{'s'[: texts > 1]}"
    return Answer(
        id="",
        library=library.state,
        question=scope.need.question,
        reader=voice.reader,
        region=region,
        as_of=today.isoformat(),
        created="",
        elapsed_ms=0,
        status=status,
        reason=reason,
        understood=understood(scope.need),
        related=related_to_declined(scope.need, library),
        limits=(f"Held in this library: {held}.",),
        notice=voice.notice,
    )


def _quoted(
    scope: Scope,
    found: tuple[Quotation, ...],
    voice: Voice,
    region: str | None,
    as_of: date | None,
    parts: tuple[AskedPart, ...] = (),
) -> Answer:
    """An answer to what nobody has curated: held texts in their own words, and said to be that."""
    library, need = scope.library, scope.need
    # Loaded once no record bears on a question, which is the rarer case.
    from probatum.answers.replied import replied

    assembly = Assembly(View(library, need, as_of), voice.reword)
    asked = shown_parts(parts, assembly)
    # What each part is told need not stand there again.
    reading = None if parts else replied(need, library, found, assembly.view)
    found = () if parts else reading.quotes if reading else found
    held = held_texts(need, library, found, voice.reader, as_of)
    first = asked.first or assembly.ids((held.first,) if held.first else ())
    planned = (*held.sections, *(() if parts else aspects(need, library, found, as_of)))
    sections = [
        *asked.sections,
        *(
            shown
            for number, each in enumerate(planned, start=len(asked.sections) + 1)
            if (shown := assembly.section(each, number, voice.title(each.kind, each.title)))
        ),
    ]
    newest = as_of or max(manifest.as_of for manifest in library.manifests)
    if not first or not sections:
        return _declined(scope, library, voice, region, newest)
    urgent = need.emergency
    reason = (
        f"{NO_RECORD} What follows is quoted word for word from texts that this "
        "library holds; nothing was weighed or summarised."
    )
    if reading:
        reason = f"{NO_RECORD} {reading.words} What follows is quoted word for word."
    if parts:
        reason = SEVERAL
    status = AnswerStatus.PARTIAL
    if urgent:
        words = urgent.patient if voice.reader is ReaderName.PATIENT else urgent.clinician
        status, reason = AnswerStatus.URGENT, f"{words} {reason}"
    references = assembly.references()
    told = [each.title for each in references]
    told += [claim.text for claim in assembly.claims.values()]
    made = Answer(
        id="",
        library=library.state,
        question=need.question,
        reader=voice.reader,
        region=region,
        as_of=newest.isoformat(),
        created="",
        elapsed_ms=0,
        status=status,
        reason=reason,
        understood=understood(met_in(need, told)),
        bottom_line=first,
        sections=tuple(sections),
        claims=assembly.claims,
        references=references,
        guidelines=tuple(assembly.stance(stance) for stance in held.stances),
        limits=(
            "Quotes are chosen by the words that they share with the question; read them where "
            "they stand before relying on them.",
            *scope.assumed,
            *asked.limits,
            *(words for each in held.sections for words in each.limits),
            ONLY_HELD,
        ),
        notice=voice.notice,
    )
    return voice.phrase(made, assembly.view)


def _answered(
    scope: Scope,
    found: tuple[Quotation, ...],
    voice: Voice,
    region: str | None,
    as_of: date | None,
    parts: tuple[AskedPart, ...] = (),
) -> Answer:
    need, library = scope.need, scope.library
    newest = max(manifest.as_of for manifest in library.manifests)
    plan = compose(gather(need, library, as_of))
    for checked in plan.premises:
        if moved := _moved(need, checked):
            need, scope = moved, replace(scope, need=moved)
            corrected = compose(gather(need, library, as_of))
            plan = replace(corrected, premises=plan.premises)
            break
    assembly = Assembly(View(library, need, as_of), voice.reword)
    asked = shown_parts(parts, assembly)
    first = tuple(dict.fromkeys((*asked.first, *assembly.ids(plan.first))))
    premises = tuple(_premise(checked, assembly) for checked in plan.premises)
    sections = list(asked.sections)
    apart = disagreements(plan.evidence, _results_shown(plan))
    quoted = tuple(dict.fromkeys((*(each.quotation for each in apart), *found)))
    held = held_texts(need, library, quoted, voice.reader, as_of)
    for number, section in enumerate((*plan.sections, *held.sections), start=len(sections) + 1):
        shown = assembly.section(section, number, voice.title(section.kind, section.title))
        if shown:
            sections.append(shown)
    bodies = tuple(map(assembly.stance, with_held(plan.stances, held.stances)))
    algorithm = assembly.algorithm(plan.algorithm) if plan.algorithm else None
    aside = assembly.set_aside(plan.set_aside)
    status, reason = asked.standing(*status_of(need, plan, premises, sections, voice.reader))
    references = assembly.references()
    made = Answer(
        id="",
        library=library.state,
        question=need.question,
        reader=voice.reader,
        region=region,
        as_of=(as_of or newest).isoformat(),
        created="",
        elapsed_ms=0,
        status=status,
        reason=reason,
        understood=understood(need, premises),
        applies_to=scope.applies_to,
        does_not_apply_to=scope.does_not_apply_to,
        bottom_line=first,
        sections=tuple(sections),
        claims=assembly.claims,
        references=references,
        guidelines=bodies,
        algorithm=algorithm,
        set_aside=aside,
        missing_facts=missing_facts(plan.algorithm),
        related=related(plan.evidence),
        limits=(
            *said(apart, library),
            *(words for each in held.sections for words in each.limits),
            *limits_of(scope, plan, assembly, asked.limits if parts else None),
        ),
        updated=newest.isoformat() if references else None,
        notice=voice.notice,
    )
    return voice.phrase(made, assembly.view)


def _results_shown(plan: Plan) -> tuple[str, ...]:
    """The records that the plan's sentences and rows are made from."""
    drafts = [draft for section in plan.sections for draft in section.drafts]
    drafts += [c.draft for section in plan.sections for row in section.rows for c in row if c.draft]
    return tuple(draft.focus for draft in drafts if draft.focus)


def _moved(need: Need, checked: CheckedPremise) -> Need | None:
    """The need of those whom the evidence is about, where a wrong premise put it elsewhere."""
    if checked.without_result:
        return need.model_copy(update={"criteria": ()})
    if checked.study is None or checked.study.id not in need.studies:
        return None
    return _where_it_was(need, checked.study)


def _where_it_was(need: Need, study: Study) -> Need:
    """The need moved to the population of a trial that the question put elsewhere."""
    return need.model_copy(
        update={
            "settings": study.population.settings,
            "line": next(iter(study.population.lines), None),
        }
    )


def _premise(checked: CheckedPremise, assembly: Assembly) -> Premise:
    claims = assembly.ids(checked.drafts[:1])
    verdict = checked.verdict if claims or not checked.drafts else "not_enough_information"
    return Premise(text=checked.premise.text, verdict=verdict, claim=claims[0] if claims else None)
