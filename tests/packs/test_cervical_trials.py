"""The trials of the cervical pack against values copied by hand from the publications' summaries.

Records are long and alike, so a slip of a row (an interim median in the final record, two arms
exchanged, a grade lost) would look right. Each line below is one whole result, written out anew.
"""

from decimal import Decimal
from functools import cache

import pytest

from probatum.evidence.record import Result, Study
from probatum.evidence.source import Checked
from probatum.packs.loader import SHIPPED, load_pack
from probatum.packs.model import Pack

FOLDER = SHIPPED / "cervical"


@cache
def pack() -> Pack:
    return load_pack(FOLDER)


@cache
def results() -> dict[str, Result]:
    return {record.id: record for record in pack().records if isinstance(record, Result)}


def trials() -> list[Result]:
    """Results that belong to a study; figures quoted by guidelines have none."""
    return [record for record in results().values() if record.study]


def _value(value: Decimal | None, state: str | None) -> str:
    return format(value, "f") if value is not None else (state or "-")


def told(record: Result) -> str:
    """Everything that makes up the number, in one line."""
    what = [record.measure, record.endpoint]
    if record.timepoint:
        what.append(f"at {record.timepoint}")
    if record.grade:
        what.append(f"grade {record.grade}")
    arms = " v ".join(
        _value(arm.value, arm.state)
        + (f" [{arm.low}-{arm.high}]" if arm.low is not None and arm.high is not None else "")
        for arm in record.arms
    )
    parts = [" ".join(what), f"{arms} {record.unit}" if record.unit else arms]
    effect = record.effect
    if effect:
        text = f"{effect.type} {effect.value}" if effect.value is not None else effect.type
        if effect.low is not None:
            text += f" ({effect.ci_level}% {effect.low}-{effect.high})"
        parts.append(text + (f" p {effect.p}" if effect.p else ""))
    parts.append(record.analysis)
    if record.follow_up_months is not None:
        parts.append(f"{record.follow_up_months} months")
    return "; ".join(parts)


SPOT = {
    # EMPOWER-Cervical 1
    "empower-cervical-1.os.final": "median overall-survival; 11.7 v 8.5 months; "
    "HR 0.67 (95% 0.56-0.80) p <0.00001; final; 47.3 months",
    "empower-cervical-1.os.longer-follow-up": "median overall-survival; 11.7 v 8.5 months; "
    "HR 0.66 (95% 0.55-0.79) p <0.00001; updated; 30.2 months",
    "empower-cervical-1.os.interim": "median overall-survival; 12.0 v 8.5 months; "
    "HR 0.69 (95% 0.56-0.84) p <0.001; interim; 18.2 months",
    "empower-cervical-1.pfs.interim": "median progression-free-survival; 2.8 v 2.9 months; "
    "HR 0.75 (95% 0.63-0.89) p <0.001; interim; 18.2 months",
    "empower-cervical-1.orr.final": "proportion objective-response-rate; 17.1 v 6.3 %; final; "
    "47.3 months",
    "empower-cervical-1.os.squamous.final": "median overall-survival; 10.9 v 8.8 months; "
    "HR 0.70 (95% 0.57-0.86); final; 47.3 months",
    "empower-cervical-1.os.adenocarcinoma.final": "none overall-survival; - v -; "
    "HR 0.55 (95% 0.37-0.82); subgroup; 47.3 months",
    "empower-cervical-1.os.pd-l1-tc-below-1.final": "none overall-survival; - v -; "
    "HR 0.86 (95% 0.54-1.37); exploratory; 47.3 months",
    "empower-cervical-1.ae.grade-3.final": "proportion adverse-events grade ≥3; 47 v 54 %; final; "
    "47.3 months",
    "empower-cervical-1.ae.grade-3.interim": "proportion adverse-events grade ≥3; 45.0 v 53.4 %; "
    "interim; 18.2 months",
    "empower-cervical-1.pd-l1-evaluable.final": "proportion pd-l1-evaluable; 61.0 %; final",
    "empower-cervical-1.japan.os": "median overall-survival; 8.4 v 9.4 months; "
    "HR 0.86 (95% 0.43-1.68); post_hoc; 13.6 months",
    "empower-cervical-1.japan.orr": "proportion objective-response-rate; 17.2 v 7.4 %; "
    "OR 2.47 (95% 0.44-13.99); post_hoc; 13.6 months",
    # GOG-240: bevacizumab first, then without
    "gog-240.os.final": "median overall-survival; 16.8 v 13.3 months; "
    "HR 0.77 (95% 0.62-0.95) p 0.007; final",
    "gog-240.os.interim": "median overall-survival; 17.0 v 13.3 months; "
    "HR 0.71 (98% 0.54-0.95) p 0.004; interim; 20.8 months",
    "gog-240.backbone.os.final": "median overall-survival; 13.8 v 16.3 months; "
    "HR 1.12 (95% 0.91-1.38) p 0.28; final",
    "gog-240.ae.hypertension": "proportion hypertension grade ≥2; 25 v 2 %; interim",
    "gog-240.ae.fistula.any-grade": "proportion fistula grade any; 15 v 1 %; final",
    "gog-240.ae.gi-fistula.grade-3": "proportion gi-fistula grade ≥3; 3 v 0 %; interim",
    # KEYNOTE-826
    "keynote-826.os.final": "median overall-survival; 26.4 v 16.8 months; "
    "HR 0.63 (95% 0.52-0.77); final; 39.1 months",
    "keynote-826.os.cps-1.final": "median overall-survival; 28.6 v 16.5 months; "
    "HR 0.60 (95% 0.49-0.74); final; 39.1 months",
    "keynote-826.pfs.final": "median progression-free-survival; 10.4 v 8.2 months; "
    "HR 0.61 (95% 0.50-0.74); final; 39.1 months",
    "keynote-826.os.without-bevacizumab.interim": "none overall-survival; - v -; "
    "HR 0.74 (95% 0.53-1.04); subgroup; 22.0 months",
    "keynote-826.bevacizumab-use": "proportion bevacizumab-use; 63.6 v 62.5 %; final",
    "keynote-826.ae.immune-mediated.grade-3-5": "proportion immune-related-adverse-events "
    "grade 3-5; 11.4 v 2.9 %; interim",
    # other first-line trials
    "beatcc.pfs.final": "median progression-free-survival; 13.7 [12.3-16.6] v 10.4 [9.7-11.7] "
    "months; HR 0.62 (95% 0.49-0.78) p <0.0001; final; 32.9 months",
    "beatcc.os.interim": "median overall-survival; 32.1 [25.3-36.8] v 22.8 [20.3-28.0] months; "
    "HR 0.68 (95% 0.52-0.88) p 0.0046; interim; 32.9 months",
    "beatcc.os.cps-below-1.interim": "median overall-survival; 37.3 v 19.2 months; "
    "HR 0.43 (95% 0.24-0.77); exploratory; 32.8 months",
    "compassion-16.os.interim": "median overall-survival; not_reached v 22.8 months; "
    "HR 0.64 (95% 0.48-0.86) p 0.0011; interim; 25.6 months",
    "compassion-16.os.24-months": "proportion overall-survival at 24 months; 62.2 v 48.4 %; "
    "interim; 25.6 months",
    "jcog0505.os.final": "median overall-survival; 17.5 v 18.3 months; "
    "HR 0.994 (90% 0.789-1.253) p 0.032; final; 17.4 months",
    "gog-204.os.topotecan.final": "median overall-survival; not_reported v 12.87 months; "
    "HR 1.26 (95% 0.86-1.82); final",
    "gog-179.os.final": "median overall-survival; 9.4 v 6.5 months; "
    "HR 0.76 (95% 0.593-0.979); final",
    "gog-169.orr.final": "proportion objective-response-rate; 36 v 19 %; RD p 0.002; final",
    # later lines
    "keynote-158-cervical.orr.cps-1.prior-chemotherapy": "proportion objective-response-rate; "
    "14.3 %; interim; 10.2 months",
    "innovatv-301.os.interim": "median overall-survival; 11.5 [9.8-14.9] v 9.5 [7.9-10.7] months; "
    "HR 0.70 (95% 0.54-0.89) p 0.0038; interim; 10.8 months",
    "innovatv-301.orr.interim": "proportion objective-response-rate; 17.8 v 5.2 %; "
    "OR 4.0 (95% 2.1-7.6) p <0.0001; interim; 10.8 months",
    "innovatv-301.dor.interim": "median duration-of-response; 5.3 v 5.7 months; interim",
    "innovatv-301.ae.treatment-related.grade-3": "proportion treatment-related-adverse-events "
    "grade ≥3; 29.2 v 45.2 %; interim",
    "destiny-pantumor02-cervical.orr": "proportion objective-response-rate; 50.0 [33.8-66.2] %; "
    "primary; 12.75 months",
    "checkmate-358-cervical.orr.nivo1-ipi3": "proportion objective-response-rate; 38 %; updated",
    "balstilimab-zalifrelimab-c-550.orr": "proportion objective-response-rate; "
    "25.6 [18.8-33.9] %; primary; 21 months",
    # neighbours
    "keynote-a18.os.36-months.final": "proportion overall-survival at 36 months; 81.8 v 74.4 %; "
    "HR 0.73 (95% 0.57-0.94); final; 41.9 months",
    "calla.pfs": "none progression-free-survival; - v -; HR 0.84 (95% 0.65-1.08) p 0.174; "
    "primary; 18.5 months",
    "interlace.os.5-years": "proportion overall-survival at 5 years; 80 v 72 %; "
    "HR 0.60 (95% 0.40-0.91); primary; 67 months",
    "horowitz-erlotinib-vulvar.partial-response": "proportion partial-response; 27.5 %; final",
}


@pytest.mark.parametrize("record", SPOT)
def test_a_result_reads_as_it_was_published(record: str) -> None:
    assert told(results()[record]) == SPOT[record]


def test_the_survival_of_empower_leads_from_the_interim_to_the_final_analysis() -> None:
    chain = ["empower-cervical-1.os.interim"]
    while following := results()[chain[-1]].superseded_by:
        chain.append(following)
    assert [(step, results()[step].edition) for step in chain] == [
        ("empower-cervical-1.os.interim", "tewari-2022-nejm"),
        ("empower-cervical-1.os.longer-follow-up", "empower-cervical-1-2022-esmo"),
        ("empower-cervical-1.os.final", "oaknin-2025-ejc"),
    ]


def test_a_replaced_result_is_replaced_by_the_same_measurement_of_the_same_people() -> None:
    def what(record: Result) -> tuple[object, ...]:
        people = record.population.model_dump()
        return (record.study, record.endpoint, record.timepoint, record.grade, people)

    replaced = [record for record in trials() if record.superseded_by]
    assert len(replaced) == 14
    assert {
        record.id: what(record)
        for record in replaced
        if what(record) != what(results()[str(record.superseded_by)])
    } == {}


def test_no_trial_result_rests_on_something_nobody_read() -> None:
    unread = [r.id for r in trials() if r.checked is Checked.UNCHECKED or not r.read_at]
    assert unread == []


def test_pd_l1_of_empower_is_never_a_combined_positive_score() -> None:
    measured = {
        (criterion.biomarker, criterion.comparator, criterion.value, criterion.unit)
        for record in trials()
        if record.study == "empower-cervical-1"
        for criterion in record.population.biomarkers
    }
    assert measured == {
        ("pd-l1-tc", ">=", Decimal(1), "%"),
        ("pd-l1-tc", "<", Decimal(1), "%"),
    }


def test_neighbours_keep_their_own_condition_or_setting() -> None:
    people = {
        (record.study, record.population.conditions, record.population.settings)
        for record in trials()
        if record.study in {"keynote-a18", "calla", "interlace", "horowitz-erlotinib-vulvar"}
    }
    early = ("locally-advanced", "newly-diagnosed")
    assert people == {
        ("keynote-a18", ("cervical-cancer",), early),
        ("calla", ("cervical-cancer",), early),
        ("interlace", ("cervical-cancer",), early),
        ("horowitz-erlotinib-vulvar", ("vulvar-cancer",), ()),
    }


def test_an_arm_is_as_large_as_its_study_says() -> None:
    sizes = {
        (study.id, arm.name): arm.n
        for study in pack().records
        if isinstance(study, Study)
        for arm in study.arms
    }
    whole = [record for record in trials() if record.subgroup is None]
    wrong = {
        (record.id, arm.name): (arm.n, sizes[record.study, arm.name])
        for record in whole
        for arm in record.arms
        if (record.study, arm.name) in sizes
        and sizes[record.study, arm.name] is not None
        and arm.n not in (None, sizes[record.study, arm.name])
    }
    assert wrong == {("destiny-pantumor02.orr.all-cohorts", "trastuzumab deruxtecan"): (267, 40)}


def test_every_study_that_a_result_names_is_described_once() -> None:
    described = sorted(record.id for record in pack().records if isinstance(record, Study))
    assert described == sorted(term.id for term in pack().terms if term.kind == "study")
    assert {record.study for record in trials()} - set(described) == set()


def test_the_same_numbers_never_stand_in_two_current_results() -> None:
    seen: dict[tuple[object, ...], list[str]] = {}
    for record in trials():
        if record.superseded_by is None:
            key = (record.study, record.population.text, record.subgroup, record.analysis_label)
            key += (
                record.endpoint,
                record.timepoint,
                record.grade,
                record.arms,
                record.assessed_by,
            )
            seen.setdefault(key, []).append(record.id)
    assert [ids for ids in seen.values() if len(ids) > 1] == []
