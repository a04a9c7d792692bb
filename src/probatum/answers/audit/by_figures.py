"""The verdict on a claim with figures, by the records that hold them or something else."""

from collections.abc import Sequence

from probatum.answers.audit.blame import blamed
from probatum.answers.audit.context import Said
from probatum.answers.audit.document import AuditVerdict
from probatum.answers.audit.dosing import misdosed
from probatum.answers.audit.figures import Figures, figures_of
from probatum.answers.audit.fit import HELD
from probatum.answers.audit.judged import Judged, newest, where
from probatum.answers.audit.people import apart
from probatum.answers.audit.telling import shared, telling
from probatum.answers.audit.tied import distance, studies_of, tied
from probatum.answers.audit.wording import told_as_earlier, worded
from probatum.answers.result_words import analysis_words
from probatum.checks.endpoints import ENDPOINTS
from probatum.checks.held import Held
from probatum.checks.reading import read
from probatum.evidence.record import Record, Regimen, Result
from probatum.library.library import Library

# Of the words of a claim that say something, so many must be those of a record in words.
_WORDS = 0.4


def by_figures(said: Said, near: Sequence[Held], library: Library) -> Judged | None:
    """The verdict by figures; None for a claim without any, or when nothing can be said."""
    figures = figures_of(said, near, library)
    if not figures.clusters:
        return None
    mine = [each for each in near if tied(said, each)]
    dosed = not read(said.text, library).terms("endpoint", "adverse_event", "study")
    if dosed:
        # Doses: the record of just these drugs says more than one of a trial that also gave them.
        mine.sort(key=lambda each: (not isinstance(each.record, Regimen), distance(said, each)))
    ours = [each for each in mine if apart(said, each) is None]
    current = [each for each in ours if library.current(each.record)]
    if dosed and (wrong := misdosed(said, figures, ours, library)):
        return wrong
    for records in (current, ours):
        cover = _cover(figures, records, said)
        if cover is not None:
            if not all(_says_so(said, figures, each) for each in cover):
                return None
            return _covered(said, figures, cover, library)
    return _mismatched(said, figures, mine, ours) or blamed(said, figures, ours, library)


def _cover(figures: Figures, records: Sequence[Held], said: Said) -> tuple[Held, ...] | None:
    """Records that hold all figures together, of one study unless the claim names several."""
    best = figures.covering(records) if records else None
    if best is None:
        return None
    # One record for all is better evidence than several, so each study is tried alone first.
    alone = [
        cover
        for study in dict.fromkeys(studies_of(each) for each in best)
        if (cover := figures.covering([r for r in records if studies_of(r) in (study, None)]))
        and len(cover) <= len(best)
    ]
    best = alone[0] if alone else best
    studies = {studies_of(each) for each in best if isinstance(each.record, Result)}
    named = said.terms(best[0].library, "study")
    if len(studies) > 1 and len(named) < 2:
        return None
    if sum(isinstance(each.record, Regimen) for each in best) > 1:
        # An amount of one regimen and a weight or a day of another make a dose that nobody gives.
        return None
    return best


def _covered(
    said: Said, figures: Figures, cover: tuple[Held, ...], library: Library
) -> Judged | None:
    """All figures are held: supported, unless the words around them or their age are wrong."""
    fault = worded(said, cover, _measured(figures, cover), library)
    if fault is not None:
        return fault
    old = [each for each in cover if not library.current(each.record)]
    if not old or told_as_earlier(said):
        held = "; ".join(dict.fromkeys(where(each.record, library) for each in cover))
        reasons = [f"Every figure is held with its context ({held})."]
        reasons += [f"Told as an earlier value; newer: {_newer(old, library)}."] if old else []
        return Judged(AuditVerdict.SUPPORTED, tuple(reasons), cover)
    right = tuple(dict.fromkeys(newest(each.record, library) for each in old))
    reason = (
        f"These are the values of {_analysis(old[0].record, library)}; "
        f"newer ones are held from {_newer(old, library)}."
    )
    return Judged(AuditVerdict.OUTDATED, (reason,), cover, _without(right, old))


def _says_so(said: Said, figures: Figures, each: Held) -> bool:
    """Whether digits that agree are more than chance: study, end point or words agree as well."""
    library = each.library
    if studies_of(each) in said.terms(library, "study"):
        return True
    if not isinstance(each.record, Result):
        words = telling(said, library)
        return not words or shared(said, each) >= _WORDS * len(words)
    endpoints = said.terms(library, *ENDPOINTS)
    return figures.tells(each) and (bool(endpoints & each.terms) or figures.distinctive)


def _measured(figures: Figures, cover: Sequence[Held]) -> tuple[Held, ...]:
    """The records of a cover that hold a result, and not only how many people there were."""
    return tuple(
        each
        for each in cover
        if any(
            cluster.head.role not in ("n", "grade") and figures.of(place, each).fit in HELD
            for place, cluster in enumerate(figures.clusters)
        )
    )


def _analysis(record: Record, library: Library) -> str:
    source = where(record, library)
    return f"the {analysis_words(record)} ({source})" if isinstance(record, Result) else source


def _newer(old: Sequence[Held], library: Library) -> str:
    return " and ".join(dict.fromkeys(_newer_edition(each.record, library) for each in old))


def _newer_edition(record: Record, library: Library) -> str:
    after = newest(record, library)
    if after is not record:
        return _analysis(after, library)
    edition = library.replaced_by(record.edition)
    known = library.edition(edition) if edition else None
    return (known.citation or known.label) if known else "a later edition"


def _without(records: tuple[Record, ...], old: Sequence[Held]) -> tuple[Record, ...]:
    ids = {each.record.id for each in old}
    return tuple(record for record in records if record.id not in ids)


# -- figures of other people ---------------------------------------------------------------------


def _mismatched(
    said: Said, figures: Figures, mine: Sequence[Held], ours: Sequence[Held]
) -> Judged | None:
    """The figures are another disease's, line's or subgroup's."""
    foreign = [each for each in mine if each not in ours and isinstance(each.record, Result)]
    cover = _cover(figures, [*ours, *foreign], said)
    if cover is not None and figures.distinctive:
        strange = next((each for each in cover if each in foreign), None)
        away = apart(said, strange) if strange else None
        if strange and away:
            reason = (
                f"The figures are held for {strange.record.population.text}, not for {away.ours}."
            )
            return Judged(AuditVerdict.POPULATION_MISMATCH, (reason,), cover, (strange.record,))
    for each in ours:
        fits = [figures.of(place, each) for place in range(len(figures.clusters))]
        record = each.record
        if not isinstance(record, Result) or not all(f.fit in ("subgroup", *HELD) for f in fits):
            continue
        if any(f.fit == "subgroup" for f in fits) and figures.distinctive:
            who = record.subgroup or record.population.text
            reason = f"The figures are those of a subgroup ({who}), which the text does not say."
            whole = _whole(record, each.library)
            return Judged(AuditVerdict.POPULATION_MISMATCH, (reason,), (each,), (record, *whole))
    return None


def _whole(record: Result, library: Library) -> tuple[Result, ...]:
    """The same result in everyone, where it is held."""
    return tuple(
        other
        for other in library.results_of.get(record.study or "", ())
        if other.endpoint == record.endpoint
        and not other.subgroup
        and other.analysis != "subgroup"
        and other.grade == record.grade
        and other.timepoint == record.timepoint
        and library.current(other)
    )[:1]
