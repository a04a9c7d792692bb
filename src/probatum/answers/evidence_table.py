"""The results of an answer as a table, a row a result, with a plot of the ratios among them."""

from collections.abc import Sequence

from probatum.answers.gather import Evidence
from probatum.answers.main_question import of_main_question
from probatum.answers.outcome_order import ANALYSES, is_ranked, outcome_place
from probatum.answers.outline import Part
from probatum.answers.plan import PlanCell, PlanForestRow, PlanSection, once
from probatum.answers.regimen_order import LINES
from probatum.answers.result_words import (
    analysis_words,
    effect_words,
    endpoint_words,
    values_words,
)
from probatum.answers.selection import chosen, places_of_drugs
from probatum.answers.sentences import capital, drafts_of
from probatum.evidence.claim import Draft
from probatum.evidence.record import Result
from probatum.evidence.statement import EFFECT_NAMES
from probatum.library.favours import favours

_RANDOMISED_OUTCOMES = ("overall-survival", "mortality", "progression-free-survival")
_SINGLE_OUTCOMES = ("objective-response-rate", "complete-response")
_RATIOS = ("HR", "RR", "OR")
_ROWS = 30


def as_evidence(part: Part, evidence: Evidence) -> PlanSection:
    """A row a result: study, population, endpoint, values, effect, analysis; ratios are plotted."""
    library = evidence.library
    whole = part.select.model_copy(update={"limit": len(evidence.direct)})
    results = [r for r in chosen(whole, evidence) if isinstance(r, Result)]
    if part.select.subgroups == "main":
        results = _main_results(results, evidence)
    results.sort(key=lambda record: _reading_order(record, evidence))
    results = results[: part.select.limit or _ROWS]
    rows, notes, forest = [], list[Draft](), []
    for record in results:
        drafts = drafts_of(record, library)
        draft = drafts[0]
        source = library.source_of(record.edition)
        who = record.subgroup or record.population.text
        rows.append(
            (
                PlanCell(
                    library.name(record.study)
                    if record.study
                    else library.short(source.body)
                    if source.body
                    else source.title,
                    draft,
                ),
                PlanCell(capital(who), draft),
                PlanCell(capital(endpoint_words(record, library)), draft),
                PlanCell(capital(values_words(record)) or "-", draft),
                PlanCell(effect_words(record) or "-", draft),
                PlanCell(capital(analysis_words(record)), draft),
            )
        )
        notes += drafts[1:]
        if row := _forest_row(record, draft, evidence):
            forest.append(row)
    return PlanSection(
        part.kind,
        part.title,
        drafts=once(notes),
        columns=("Study", "Population", "Endpoint", "Values", "Effect", "Analysis"),
        rows=tuple(rows),
        forest=_one_measure(forest),
        forest_sides=("favours the tested treatment", "favours the control"),
    )


def _main_results(results: Sequence[Result], evidence: Evidence) -> list[Result]:
    """What a reader needs of each study first: one result a main outcome, the latest analysis.

    Of a randomised trial survival and time to progression, of any other study the response, since
    without a control only that can be read.
    """
    kept: dict[tuple[object, ...], Result] = {}
    for record in sorted(
        results,
        key=lambda r: (
            not of_main_question(r, evidence),
            ANALYSES.index(r.analysis),
            r.measure != "median",
        ),
    ):
        randomised = record.study in evidence.randomised
        wanted = _RANDOMISED_OUTCOMES if randomised else _SINGLE_OUTCOMES
        if record.endpoint in wanted or not is_ranked(record.endpoint):
            kept.setdefault((record.study or record.id, record.endpoint, record.subgroup), record)
    return list(kept.values())


def _reading_order(record: Result, evidence: Evidence) -> tuple[object, ...]:
    rank = evidence.rank(record)
    outcome = outcome_place(record.endpoint)
    study_rank = (
        min((LINES.get(line, 2) for line in record.population.lines), default=2),
        0 if record.study in evidence.randomised else 1,
        _place(record, evidence),
        -_newest(record, evidence),
        record.study or record.id,
    )
    return *study_rank, record.subgroup is not None, outcome, rank[1], record.id


def _place(record: Result, evidence: Evidence) -> int:
    """Where the regimens first name what the study tested: trials stand in their order."""
    places = places_of_drugs(evidence)
    study = evidence.library.studies.get(record.study or "")
    arms = [term for arm in study.arms[1:] for term in arm.interventions] if study else []
    mine = set(study.interventions or evidence.interventions_of(record)) if study else set()
    return min((places[i] for i in mine - set(arms) if i in places), default=len(places))


def _newest(record: Result, evidence: Evidence) -> int:
    """The year of the study's newest edition, so that its results stand together."""
    library = evidence.library
    results = library.results_of.get(record.study or "", (record,))
    return max(library.editions[result.edition].year or 0 for result in results)


def _forest_row(record: Result, draft: Draft, evidence: Evidence) -> PlanForestRow | None:
    effect = record.effect
    if (
        effect is None
        or effect.value is None
        or effect.low is None
        or effect.high is None
        or effect.type not in _RATIOS
        or effect.ci_level is None
    ):
        return None
    library = evidence.library
    name = library.name(record.study) if record.study else record.id
    endpoint = library.vocabulary.get(record.endpoint)
    label = f"{name}, {endpoint.short or endpoint.name}"
    if record.subgroup:
        label += f", {record.subgroup}"
    return PlanForestRow(
        label=label,
        study=record.study,
        effect=EFFECT_NAMES[effect.type],
        value=float(effect.value),
        low=float(effect.low),
        high=float(effect.high),
        ci_level=effect.ci_level,
        draft=draft,
        favours=favours(record, library.vocabulary) or "neither",
        superseded=not library.current(record, evidence.as_of),
    )


def _one_measure(rows: Sequence[PlanForestRow]) -> tuple[PlanForestRow, ...]:
    """Rows of the commonest measure only: hazard and odds ratios do not share an axis."""
    if not rows:
        return ()
    counts = [row.effect for row in rows]
    common = max(dict.fromkeys(counts), key=counts.count)
    return tuple(row for row in rows if row.effect == common)
