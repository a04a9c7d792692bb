"""How the findings of a section are laid out: sentences, or rows of a table with a plot."""

from collections.abc import Iterable, Sequence

from probatum.answers.earlier_steps import earlier_steps
from probatum.answers.gather import Evidence
from probatum.answers.main_question import of_main_question
from probatum.answers.outline import Part, sort_of_result
from probatum.answers.plan import PlanCell, PlanForestRow, PlanSection, PlanStance
from probatum.answers.regimen_order import LINES, regimen_order
from probatum.answers.selection import chosen, places_of_drugs
from probatum.answers.sentences import (
    STATUS_WORDS,
    analysis_words,
    capital,
    comparative,
    drafts_of,
    effect_words,
    endpoint_words,
    values_words,
)
from probatum.evidence.claim import Draft
from probatum.evidence.record import Record, Regimen, Result, Status
from probatum.evidence.statement import EFFECT_NAMES, components_text
from probatum.library.favours import favours

# The order in which outcomes are read: what patients feel first (GRADE: critical outcomes first).
_OUTCOMES = (
    "overall-survival",
    "mortality",
    "progression-free-survival",
    "event-free-survival",
    "objective-response-rate",
    "complete-response",
    "duration-of-response",
    "quality-of-life",
)
_RANDOMISED_OUTCOMES = ("overall-survival", "mortality", "progression-free-survival")
_SINGLE_OUTCOMES = ("objective-response-rate", "complete-response")
# Which analysis of a trial speaks first.
ANALYSES = ("final", "primary", "updated", "interim", "subgroup", "exploratory", "post_hoc")
_RATIOS = ("HR", "RR", "OR")
_CONTRAST_LIMIT = 4
_ROWS = 30


def as_list(part: Part, evidence: Evidence) -> PlanSection:
    """One or more sentences a finding."""
    drafts = [
        draft
        for record in chosen(part.select, evidence)
        for draft in drafts_of(record, evidence.library)
    ]
    return PlanSection(part.kind, part.title, drafts=_once(drafts))


def _once(drafts: Iterable[Draft]) -> tuple[Draft, ...]:
    """The drafts without repeated sentences, in order."""
    return tuple({draft.text: draft for draft in drafts}.values())


def as_regimens(part: Part, evidence: Evidence) -> PlanSection:
    """A row a regimen: name, doses and schedule, for whom."""
    library = evidence.library
    rows, notes = [], []
    studied: set[frozenset[str]] = set()
    regimens = [r for r in chosen(part.select, evidence) if isinstance(r, Regimen)]
    for record in sorted(regimens, key=lambda r: regimen_order(r, evidence)):
        by_form = {draft.form: draft for draft in drafts_of(record, library)}
        notes += [
            draft for form, draft in by_form.items() if form in ("regimen.reductions", "caution")
        ]
        drugs = frozenset(part.intervention for part in record.components)
        if drugs in studied and not record.studies:
            continue
        if record.studies:
            studied.add(drugs)
        dose = by_form["regimen.dose"]
        schedule = components_text(record, library.name)
        if record.cycle_days:
            schedule += f"; cycle of {record.cycle_days} days"
        if record.duration:
            schedule += f"; {record.duration}"
        rows.append(
            (
                PlanCell(capital(record.name), dose),
                PlanCell(schedule, dose),
                PlanCell(capital(record.selection or record.population.text), dose),
            )
        )
    return PlanSection(
        part.kind,
        part.title,
        drafts=_once(notes),
        columns=("Regimen", "Doses and schedule", "For whom"),
        rows=tuple(rows),
    )


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
        drafts=_once(notes),
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
        if record.endpoint in wanted or record.endpoint not in _OUTCOMES:
            kept.setdefault((record.study or record.id, record.endpoint, record.subgroup), record)
    return list(kept.values())


def _reading_order(record: Result, evidence: Evidence) -> tuple[object, ...]:
    rank = evidence.rank(record)
    outcome = _OUTCOMES.index(record.endpoint) if record.endpoint in _OUTCOMES else len(_OUTCOMES)
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


def as_statuses(part: Part, evidence: Evidence) -> PlanSection:
    """A row a decision: region, agency, decision, indication and date."""
    library, need = evidence.library, evidence.need
    wanted = set(need.regions) | set(need.bodies)

    def asked_first(record: Status) -> tuple[object, ...]:
        return not ({record.region, record.agency} & wanted), record.region != "us", record.id

    statuses = [r for r in chosen(part.select, evidence) if isinstance(r, Status)]
    rows, history = [], list[Draft]()
    for record in sorted(statuses, key=asked_first):
        drafts = drafts_of(record, library)
        state = capital(STATUS_WORDS[record.state])
        rows.append(
            (
                PlanCell(
                    f"{library.name(record.region)} ({library.short(record.agency)})", drafts[0]
                ),
                PlanCell(
                    capital(", ".join(library.name(i) for i in record.interventions)), drafts[0]
                ),
                PlanCell(state + (f", {record.date}" if record.date else ""), drafts[0]),
                PlanCell(capital(record.indication), drafts[0]),
            )
        )
        if evidence.concerns(record):
            history += drafts[1:]
    return PlanSection(
        part.kind,
        part.title,
        drafts=_once((*earlier_steps(evidence), *history)),
        columns=("Region (agency)", "Treatment", "Status", "For"),
        rows=tuple(rows),
    )


def as_guidelines(part: Part, said: Sequence[PlanStance], evidence: Evidence) -> PlanSection:
    """A row a statement of a body, and one for each body that is silent or not held."""
    rows = []
    words = {"says": "Says", "silent": "Silent", "not_held": "Not held"}
    unread = [s for s in said if s.state == "not_held" and s.body not in evidence.need.bodies]
    for stance in (s for s in said if s not in unread or s.drafts):
        name = evidence.library.name(stance.body)
        edition = evidence.library.editions[stance.edition].label if stance.edition else "-"
        state = words[stance.state]
        if stance.state != "says":
            rows.append(
                (PlanCell(name), PlanCell(edition), PlanCell(state), PlanCell(stance.statement))
            )
        for draft in stance.drafts:
            record = evidence.library.records[draft.focus or ""]
            strength = getattr(record, "strength", None)
            label = evidence.library.editions[record.edition].label
            text = draft.text + (
                f" (strength: {strength.system} {strength.grade})"
                if strength and strength.grade
                else ""
            )
            rows.append(
                (
                    PlanCell(name),
                    PlanCell(label),
                    PlanCell("Says" if stance.state == "says" else "Says on others"),
                    PlanCell(text, draft),
                )
            )
    return PlanSection(
        part.kind,
        part.title,
        columns=("Body", "Edition", "State", "What it says"),
        rows=tuple(rows),
        statements=_unread(unread, evidence),
    )


def _unread(stances: Sequence[PlanStance], evidence: Evidence) -> tuple[str, ...]:
    """One sentence for the editions that are known and were not read on this question."""
    if not stances:
        return ()
    names = ", ".join(
        f"{evidence.library.short(s.body)} ({evidence.library.editions[s.edition].label})"
        for s in stances
        if s.edition
    )
    return (
        f"Known to this library but not held on this question: {names}. "
        "What they say on it is not known here.",
    )


def as_changes(part: Part, evidence: Evidence, shown: frozenset[str]) -> PlanSection:
    """Earlier results that a shown one replaced, as history."""
    library = evidence.library
    drafts = []
    earlier = [record for record in evidence.history if isinstance(record, Result)]
    for record in sorted(earlier, key=_weightiest_first):
        if not record.superseded_by:
            continue
        if _last(record, evidence) in shown:
            drafts.append(drafts_of(record, library, "history")[0])
    return PlanSection(part.kind, part.title, drafts=_once(drafts))


def _weightiest_first(record: Result) -> tuple[bool, int]:
    outcome = _OUTCOMES.index(record.endpoint) if record.endpoint in _OUTCOMES else len(_OUTCOMES)
    return record.subgroup is not None, outcome


def _last(record: Result, evidence: Evidence) -> str:
    seen = {record.id}
    current = record.superseded_by
    while current and current not in seen:
        seen.add(current)
        later = evidence.library.records[current].superseded_by
        if not later:
            break
        current = later
    return current or record.id


def as_contrast(part: Part, evidence: Evidence) -> PlanSection:
    """Findings on the same intervention in another population, named as such."""
    library, need = evidence.library, evidence.need
    near = {
        condition
        for manifest in library.manifests
        if {*manifest.conditions, *manifest.neighbours} & set(need.conditions)
        for condition in (*manifest.conditions, *manifest.neighbours)
    }
    drafts = []

    def asked_there(record: Record) -> bool:
        return isinstance(record, Status) and bool(
            {record.region, record.agency} & {*need.regions, *need.bodies}
        )

    for record in sorted(evidence.contrast, key=lambda r: not asked_there(r)):
        if part.select.kinds and record.kind not in part.select.kinds:
            continue
        scope = record.kind == "definition" and "eligibility" in record.topics
        if record.kind == "eligibility" or not library.current(record, evidence.as_of):
            continue
        if record.kind == "definition" and not scope:
            continue
        other_test = isinstance(record, Status) and bool(need.criteria)
        if not near & set(record.population.conditions) or not (
            scope or other_test or asked_there(record) or from_elsewhere(record, evidence)
        ):
            continue
        if evidence.named and not scope and not evidence.concerns(record):
            continue
        if isinstance(record, Result) and (
            record.subgroup
            or sort_of_result(record, evidence) != "outcome"
            or not comparative(record)
        ):
            continue
        drafts.append(drafts_of(record, library, "contrast")[0])
        if len(drafts) == _CONTRAST_LIMIT:
            break
    return PlanSection(part.kind, part.title, drafts=_once(drafts))


def from_elsewhere(record: Record, evidence: Evidence) -> bool:
    """Another condition or setting (another line alone is no trap worth the reader's time)."""
    vocabulary, need = evidence.library.vocabulary, evidence.need

    def apart(mine: Iterable[str], asked: Iterable[str]) -> bool:
        pairs = [(a, b) for a in mine for b in asked if a in vocabulary and b in vocabulary]
        return bool(pairs) and all(vocabulary.relation(a, b) == "other" for a, b in pairs)

    population = record.population
    return apart(population.conditions, need.conditions) or apart(
        population.settings, need.settings
    )
