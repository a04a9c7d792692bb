"""Each defect that the lint knows is planted into a made-up pack about kite elbow, and found."""

from copy import deepcopy
from typing import Any

import pytest

from probatum.packs.lint import Problem, lint
from probatum.packs.loader import load_pack, shipped_packs
from probatum.packs.model import Pack
from probatum.terms.general import general_vocabulary
from probatum.terms.term import Term
from probatum.terms.vocabulary import Vocabulary

KINDS = {
    "kite-elbow": "condition",
    "left-kite-elbow": "condition",
    "drone-thumb": "condition",
    "amberol": "intervention",
    "wrap": "intervention",
    "grip": "endpoint",
    "itch": "adverse_event",
    "resin-level": "biomarker",
    "guild": "body",
    "skyland": "region",
    "flyers": "group",
    "windy": "setting",
    "first-gust": "line",
    "care": "topic",
    "kite-1": "study",
}
VOCABULARY = Vocabulary(
    Term.model_validate(
        {
            "id": id,
            "kind": kind,
            "name": f"the {id}",
            "parents": ["kite-elbow"] if id == "left-kite-elbow" else [],
        }
    )
    for id, kind in KINDS.items()
)
PEOPLE: dict[str, Any] = {"conditions": ["kite-elbow"], "text": "kite elbow"}
STUDY: dict[str, Any] = {
    "kind": "study",
    "id": "kite-1",
    "edition": "kite-1-2020",
    "population": PEOPLE,
    "checked": "official_page",
    "name": "KITE-1",
    "design": "open-label",
    "randomised": True,
}
RESULT: dict[str, Any] = {
    "kind": "result",
    "id": "kite-1-grip",
    "edition": "kite-1-2020",
    "population": PEOPLE,
    "checked": "official_page",
    "study": "kite-1",
    "endpoint": "grip",
    "measure": "median",
    "unit": "days",
    "analysis": "final",
    "arms": [
        {"name": "amberol", "role": "experimental", "value": "9", "interventions": ["amberol"]},
        {"name": "wrap", "role": "control", "value": "4", "interventions": ["wrap"]},
    ],
    "effect": {
        "type": "HR",
        "value": "0.6",
        "ci_level": 95,
        "low": "0.4",
        "high": "0.9",
        "p": "0.01",
    },
}
ADVICE: dict[str, Any] = {
    "kind": "recommendation",
    "id": "advice",
    "edition": "guild-2021",
    "population": PEOPLE,
    "checked": "official_page",
    "body": "guild",
    "text": "The guild advises amberol for kite elbow.",
    "plain": "The guild advises amberol for kite elbow.",
    "topics": ["care"],
}
STATUS: dict[str, Any] = {
    "kind": "status",
    "id": "status",
    "edition": "guild-2021",
    "population": PEOPLE,
    "checked": "official_page",
    "agency": "guild",
    "region": "skyland",
    "state": "approved",
    "date": "2021-05",
    "indication": "Amberol for kite elbow",
}
BASE: dict[str, Any] = {
    "manifest": {
        "id": "kites",
        "title": "Kite elbow",
        "version": "1",
        "as_of": "2026-01-01",
        "licence": "Apache-2.0",
        "summary": "A made-up topic.",
        "conditions": ["kite-elbow"],
        "neighbours": ["drone-thumb"],
    },
    "sources": [
        {
            "id": "kite-1",
            "type": "randomized_trial",
            "title": "KITE-1",
            "editions": [
                {
                    "id": "kite-1-2020",
                    "label": "2020",
                    "year": 2020,
                    "identifiers": {"doi": "10.1/kite"},
                },
            ],
        },
        {
            "id": "guild",
            "type": "guideline",
            "title": "Advice of the guild",
            "body": "guild",
            "editions": [
                {
                    "id": "guild-2019",
                    "label": "2019",
                    "year": 2019,
                    "identifiers": {"other": "a"},
                },
                {
                    "id": "guild-2021",
                    "label": "2021",
                    "year": 2021,
                    "identifiers": {"other": "b"},
                    "supersedes": ["guild-2019"],
                    "read_topics": ["care"],
                },
            ],
        },
    ],
    "records": [STUDY, RESULT, ADVICE, STATUS],
    "algorithms": [
        {
            "id": "path",
            "title": "Path",
            "population": PEOPLE,
            "steps": [{"id": "one", "if": "Kite elbow", "then": ["advice"]}],
        }
    ],
}


def changed(path: str, value: Any, base: dict[str, Any] = BASE) -> dict[str, Any]:
    """The base pack with one value replaced, or added to, at a dotted path."""
    pack = deepcopy(base)
    *way, last = path.split(".")
    here: Any = pack
    for key in way:
        here = here[int(key)] if key.isdigit() else here[key]
    if last == "+":
        here.append(value)
    elif last.isdigit():
        here[int(last)] = value
    else:
        here[last] = value
    return pack


def problems(pack: dict[str, Any]) -> tuple[Problem, ...]:
    return lint(Pack.model_validate(pack), VOCABULARY)


def told(pack: dict[str, Any]) -> list[tuple[str, str, str]]:
    """What a curator reads of each problem, without the remedy."""
    return [(p.severity, p.where, p.message) for p in problems(pack)]


def test_a_sound_pack_has_no_problem() -> None:
    assert problems(BASE) == ()


def test_a_problem_says_where_it_is_what_is_wrong_and_what_to_do() -> None:
    assert problems(changed("records.3.date", None)) == (
        Problem(
            severity="warning",
            where="record status",
            message="a decision without a date",
            remedy="give the date, or as much as was read",
        ),
    )


USES = {
    "manifest.conditions": ("pack.yaml: conditions", "condition"),
    "manifest.neighbours": ("pack.yaml: neighbours", "condition"),
    "sources.1.conditions": ("source guild: conditions", "condition"),
    "sources.1.editions.1.read_topics": ("edition guild-2021: read_topics", "topic"),
    "records.2.topics": ("record advice: topics", "topic"),
    "records.2.interventions": ("record advice: interventions", "intervention"),
    "records.1.arms.0.interventions": ("record kite-1-grip: arms", "intervention"),
    "algorithms.0.topics": ("algorithm path: topics", "topic"),
}
ONE = {
    "sources.1.body": ("source guild: body", "body"),
    "records.1.endpoint": (
        "record kite-1-grip: endpoint",
        "endpoint or adverse_event or biomarker",
    ),
    "records.2.body": ("record advice: body", "body"),
    "records.3.agency": ("record status: agency", "body"),
    "records.3.region": ("record status: region", "region"),
}


@pytest.mark.parametrize("path", [*USES, *ONE])
def test_an_id_that_names_no_term_is_found_wherever_it_stands(path: str) -> None:
    where, _ = (USES | ONE)[path]
    value = "kite-elbwo" if path in ONE else ["kite-elbwo"]
    assert told(changed(path, value)) == [("error", where, "there is no term 'kite-elbwo'")]


@pytest.mark.parametrize("path", [*USES, *ONE])
def test_a_term_of_the_wrong_kind_is_found_wherever_it_stands(path: str) -> None:
    where, kind = (USES | ONE)[path]
    value = "flyers" if path in ONE else ["flyers"]
    message = f"'flyers' is a term of kind group, not {kind}"
    assert told(changed(path, value)) == [("error", where, message)]


@pytest.mark.parametrize(
    ("field", "value", "kind"),
    [
        ("settings", ["amberol"], "setting"),
        ("lines", ["amberol"], "line"),
        ("subtypes", ["amberol"], "subtype"),
        ("groups", ["amberol"], "group"),
        ("biomarkers", [{"biomarker": "amberol", "state": "high"}], "biomarker"),
    ],
)
def test_a_term_of_the_wrong_kind_in_a_population_is_found(
    field: str, value: Any, kind: str
) -> None:
    pack = changed("records.2.population", {**PEOPLE, field: value})
    where = f"record advice: population.{field}"
    message = f"'amberol' is a term of kind intervention, not {kind}"
    assert told(pack) == [("error", where, message)]


def test_a_prior_therapy_that_is_no_intervention_is_found() -> None:
    prior = [{"therapy": "itch", "requirement": "required"}]
    pack = changed("records.2.population", {**PEOPLE, "prior": prior})
    message = "'itch' is a term of kind adverse_event, not intervention"
    assert told(pack) == [("error", "record advice: population.prior", message)]


def test_a_step_of_an_algorithm_may_name_only_terms_of_the_right_kind() -> None:
    pack = changed("algorithms.0.steps.0.when", {"settings": ["windy"], "lines": ["windy"]})
    message = "'windy' is a term of kind setting, not line"
    assert told(pack) == [("error", "algorithm path: step one: when.lines", message)]


def test_a_name_claimed_by_two_terms_of_a_kind_is_found() -> None:
    twin = {"id": "elbow-of-kites", "kind": "condition", "name": "the kite-elbow"}
    assert told(changed("terms", [twin])) == [
        (
            "error",
            "terms.yaml",
            "'kite-elbow' and 'elbow-of-kites' both claim the name 'the kite-elbow'",
        )
    ]


def test_the_terms_of_the_pack_count_and_may_be_in_the_vocabulary_already() -> None:
    new = {"id": "kite-finger", "kind": "condition", "name": "kite finger"}
    pack = changed("manifest.conditions", ["kite-elbow", "kite-finger"], changed("terms", [new]))
    assert problems(pack) == ()
    parsed = Pack.model_validate(pack)
    assert lint(parsed, VOCABULARY.extended(parsed.terms)) == ()


@pytest.mark.parametrize(
    ("path", "value", "where", "message"),
    [
        (
            "records.2.edition",
            "guild-2012",
            "record advice: edition",
            "there is no edition 'guild-2012'",
        ),
        (
            "records.2.superseded_by",
            "newer-advice",
            "record advice: superseded_by",
            "there is no record 'newer-advice'",
        ),
        (
            "algorithms.0.steps.0.then",
            ["older-advice"],
            "algorithm path: step one",
            "there is no record 'older-advice'",
        ),
    ],
)
def test_a_reference_that_leads_nowhere_is_found(
    path: str, value: Any, where: str, message: str
) -> None:
    assert told(changed(path, value)) == [("error", where, message)]


def test_a_superseded_edition_that_is_not_there_is_found() -> None:
    pack = changed("sources.1.editions.1.supersedes", ["guild-2018"])
    where = "edition guild-2021: supersedes"
    assert told(pack) == [("error", where, "there is no edition 'guild-2018'")]


def test_a_result_of_a_study_that_has_no_record_is_found() -> None:
    pack = changed("records", [RESULT, ADVICE, STATUS])
    where = "record kite-1-grip: study"
    assert told(pack) == [("error", where, "there is no study record 'kite-1'")]


def test_an_edition_that_supersedes_a_newer_one_is_found() -> None:
    pack = changed("sources.1.editions.0.year", 2022)
    where = "edition guild-2021: supersedes"
    assert told(pack) == [("error", where, "'guild-2019' is newer than this edition")]


def test_editions_that_supersede_each_other_are_found() -> None:
    pack = changed("sources.1.editions.0.supersedes", ["guild-2021"])
    assert told(pack) == [
        ("error", "edition guild-2019: supersedes", "'guild-2021' is newer than this edition"),
        ("error", "edition guild-2019: supersedes", "the chain comes back to this edition"),
        ("error", "edition guild-2021: supersedes", "the chain comes back to this edition"),
    ]


def test_a_record_superseded_by_an_older_one_is_found() -> None:
    old = {**ADVICE, "id": "old-advice", "edition": "guild-2019"}
    pack = changed("records.2.superseded_by", "old-advice", changed("records.+", old))
    where = "record advice: superseded_by"
    assert told(pack) == [("error", where, "'old-advice' is older than this record")]


def test_a_result_superseded_by_one_of_shorter_follow_up_is_found() -> None:
    long = {**RESULT, "follow_up_months": "47", "superseded_by": "short"}
    short = {**RESULT, "id": "short", "follow_up_months": "18"}
    pack = changed("records", [STUDY, long, short, ADVICE, STATUS])
    where = "record kite-1-grip: superseded_by"
    assert told(pack) == [("error", where, "'short' is older than this record")]


def test_records_that_supersede_each_other_are_found() -> None:
    one = {**ADVICE, "superseded_by": "other-advice"}
    other = {**ADVICE, "id": "other-advice", "superseded_by": "advice"}
    pack = changed("records", [STUDY, RESULT, one, other, STATUS])
    assert told(pack) == [
        ("error", "record advice: superseded_by", "the chain comes back to this record"),
        ("error", "record other-advice: superseded_by", "the chain comes back to this record"),
    ]


@pytest.mark.parametrize("path", ["sources.+", "records.+", "algorithms.+"])
def test_an_id_used_twice_is_found(path: str) -> None:
    part = path.split(".", maxsplit=1)[0]
    last = BASE[part][-1]
    found = told(changed(path, last))
    noun = part.removesuffix("s")
    assert ("error", f"{noun} {last['id']}", "2 of them have this id") in found
    assert all("have this id" in message for _, _, message in found)


def test_a_record_nobody_has_read_is_found() -> None:
    assert told(changed("records.2.checked", "unchecked")) == [
        (
            "error",
            "record advice",
            "nobody has read this value in its source, so it must never become a claim",
        )
    ]


def test_an_edition_that_nothing_cites_is_found() -> None:
    unused = {"id": "kite-1-2023", "label": "2023", "identifiers": {"doi": "10.1/later"}}
    pack = changed("sources.0.editions.+", unused)
    assert told(pack) == [("warning", "edition kite-1-2023", "no record cites this edition")]


def test_a_guideline_that_was_not_read_may_be_held_without_a_record() -> None:
    entry = {"id": "guild-2025", "label": "2025", "identifiers": {"other": "c"}}
    assert problems(changed("sources.1.editions.+", entry)) == ()


def test_a_study_without_a_result_is_found() -> None:
    pack = changed("records", [STUDY, ADVICE, STATUS])
    assert told(pack) == [("warning", "record kite-1", "the study has no result")]


def test_an_edition_without_an_identifier_is_found() -> None:
    pack = changed("sources.0.editions.0.identifiers", {})
    message = "has no identifier, so a citation leads nowhere"
    assert told(pack) == [("error", "edition kite-1-2020", message)]


def test_advice_without_words_for_a_patient_is_found() -> None:
    pack = changed("records.2.plain", None)
    assert told(pack) == [("warning", "record advice", "has no wording for a patient")]


def test_a_decision_without_a_region_is_found() -> None:
    assert told(changed("records.3.region", "")) == [
        ("error", "record status", "a decision without a region"),
        ("error", "record status: region", "there is no term ''"),
    ]


def test_a_step_that_leads_to_a_neighbouring_condition_is_found() -> None:
    other = {**ADVICE, "population": {"conditions": ["drone-thumb"], "text": "drone thumb"}}
    message = "record 'advice' is about other people (drone thumb)"
    pack = changed("records.2", other)
    assert told(pack) == [("error", "algorithm path: step one", message)]


def test_a_step_may_lead_to_a_kind_of_its_condition() -> None:
    narrow = {"conditions": ["left-kite-elbow"], "text": "left kite elbow"}
    assert problems(changed("records.2.population", narrow)) == ()


def test_a_result_without_numbers_is_found() -> None:
    empty = {**RESULT, "arms": [], "effect": None}
    message = "has neither arms nor an effect"
    assert told(changed("records.1", empty)) == [("error", "record kite-1-grip", message)]


def test_a_control_arm_in_a_single_arm_study_is_found() -> None:
    pack = changed("records.0.randomised", False)
    message = "a single-arm study has no control arm"
    assert told(pack) == [("error", "record kite-1-grip: arms", message)]


def test_a_control_arm_beside_a_single_arm_is_found() -> None:
    pack = changed("records.1.arms.0.role", "single")
    message = "a single-arm study has no control arm"
    assert told(pack) == [("error", "record kite-1-grip: arms", message)]


@pytest.mark.parametrize(
    ("changes", "side"),
    [
        ({"low": "0.4", "high": "0.9", "p": "0.2"}, "interval 0.4 to 0.9 excludes 1, but P is 0.2"),
        (
            {"low": "0.4", "high": "1.2", "p": "0.01"},
            "interval 0.4 to 1.2 includes 1, but P is 0.01",
        ),
        (
            {"low": "0.4", "high": "1.2", "p": "<0.001"},
            "interval 0.4 to 1.2 includes 1, but P is <0.001",
        ),
        (
            {"type": "RD", "low": "0.1", "high": "0.9", "p": ">0.05"},
            "interval 0.1 to 0.9 excludes 0, but P is >0.05",
        ),
        (
            {"ci_level": 98, "low": "0.4", "high": "0.9", "p": "0.03"},
            "interval 0.4 to 0.9 excludes 1, but P is 0.03",
        ),
    ],
)
def test_an_interval_that_contradicts_its_p_value_is_found(
    changes: dict[str, Any], side: str
) -> None:
    effect = {**RESULT["effect"], **changes}
    pack = changed("records.1.effect", effect)
    assert told(pack) == [("error", "record kite-1-grip: effect", f"the {side}")]


@pytest.mark.parametrize(
    "changes",
    [
        {"low": "0.4", "high": "1.00", "p": "0.2"},
        {"low": "0.4", "high": "1.00", "p": "0.04"},
        {"low": "0.4", "high": "1.2", "p": "0.03", "ci_level": 98},
        {"low": "0.4", "high": "1.2", "p": "0.001", "p_kind": "non_inferiority"},
        {"low": "0.4", "high": "1.2", "p": "<0.5"},
        {"type": "MD", "value": "3", "low": "1", "high": "5", "p": "<0.0001"},
    ],
)
def test_an_interval_that_agrees_with_its_p_value_or_cannot_tell_is_left_alone(
    changes: dict[str, Any],
) -> None:
    effect = {**RESULT["effect"], **changes}
    assert problems(changed("records.1.effect", effect)) == ()


def test_a_published_contradiction_may_stand_when_it_is_explained() -> None:
    effect = {**RESULT["effect"], "p": "0.2"}
    pack = changed("records.1.effect", effect)
    assert problems(changed("records.1.explanation", "The test was stratified.", pack)) == ()


def test_a_p_value_that_cannot_be_read_is_found() -> None:
    pack = changed("records.1.effect.p", "significant")
    message = "the P value 'significant' cannot be read"
    assert told(pack) == [("warning", "record kite-1-grip: effect", message)]


SHARE: dict[str, Any] = {
    **RESULT,
    "measure": "proportion",
    "unit": "%",
    "effect": None,
    "arms": [{"name": "amberol", "role": "experimental", "value": "50", "n": 20, "events": 10}],
}


def test_a_share_that_fits_its_counts_is_left_alone() -> None:
    assert problems(changed("records.1", SHARE)) == ()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"value": "164", "events": None}, "amberol has 164%"),
        ({"value": "-2", "events": None}, "amberol has -2%"),
        ({"events": 21, "value": None}, "amberol has 21 events among 20"),
        ({"events": 5}, "amberol has 50%, but 5 of 20 is another share"),
    ],
)
def test_a_share_that_cannot_be_is_found(changes: dict[str, Any], message: str) -> None:
    arm = {**SHARE["arms"][0], **changes}
    pack = changed("records.1", {**SHARE, "arms": [arm]})
    assert told(pack) == [("error", "record kite-1-grip: arms", message)]


@pytest.mark.parametrize(
    ("measure", "unit", "where", "message"),
    [
        ("median", None, "unit", "a median without a unit"),
        ("median", "%", "unit", "a median in %"),
        ("mean", None, "unit", "a mean without a unit"),
        ("proportion", None, "unit", "a proportion in None"),
        ("proportion", "days", "unit", "a proportion in 'days'"),
        ("none", "days", "measure", "arms have values of no measure"),
    ],
)
def test_a_measure_that_does_not_fit_its_unit_is_found(
    measure: str, unit: str | None, where: str, message: str
) -> None:
    pack = changed("records.1", {**RESULT, "measure": measure, "unit": unit})
    assert told(pack) == [("error", f"record kite-1-grip: {where}", message)]


def another(**changes: Any) -> dict[str, Any]:
    """The base pack with a second result of the same study."""
    second = {**deepcopy(RESULT), "id": "kite-1-grip-2", **changes}
    return changed("records", [STUDY, RESULT, second, ADVICE, STATUS])


LATER = [{**RESULT["arms"][0], "value": "8"}, RESULT["arms"][1]]
DIFFERS = "says something else than 'kite-1-grip-2', and both count as current"


def test_two_current_results_that_differ_are_found() -> None:
    pack = another(arms=LATER, analysis="interim")
    assert told(pack) == [("error", "record kite-1-grip", DIFFERS)]


def test_an_exploratory_result_that_differs_is_only_pointed_out() -> None:
    pack = another(arms=LATER, analysis="exploratory")
    assert told(pack) == [("warning", "record kite-1-grip", DIFFERS)]


@pytest.mark.parametrize(
    "changes",
    [
        {"superseded_by": "kite-1-grip"},
        {"subgroup": "left arm"},
        {"timepoint": "1 year"},
        {"grade": "≥3"},
        {"assessed_by": "an umpire"},
        {"endpoint": "itch"},
        {"population": {**PEOPLE, "groups": ["flyers"]}},
    ],
)
def test_results_of_different_questions_may_differ(changes: dict[str, Any]) -> None:
    assert problems(another(arms=LATER, **changes)) == ()


@pytest.mark.parametrize("folder", shipped_packs(), ids=lambda folder: folder.name)
def test_the_shipped_packs_have_no_error(folder: Any) -> None:
    found = lint(load_pack(folder), general_vocabulary())
    assert [problem for problem in found if problem.severity == "error"] == []
