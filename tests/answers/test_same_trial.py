"""Reports of one trial stand together, the latest first, and are no further evidence."""

from typing import Any

import pytest

from probatum.evidence.answer import Answer
from probatum.evidence.document import Document, Relation
from tests.answers.test_held_results import STATES, Asker, ask, table, work

__all__ = ["ask"]
FIRST = "Sleep with gabapentin in restless legs syndrome"
LATER = "Long-term sleep with gabapentin in restless legs syndrome"
LATER_STATES = STATES.replace("62%", "58%").replace("3.0", "2.6").replace("1.6 to", "1.4 to")
LIMIT = (
    f"“{FIRST}” (2020) is a further report of a trial that another row tells of; "
    "it is not counted as further evidence."
)


def later(text: str = LATER_STATES, **more: Any) -> Document:
    return work(text, "pmid:2", title=more.pop("title", LATER), year=2023, date=None, **more)


def works(answer: Answer) -> list[str]:
    return [row[0] for row in table(answer)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (" Registered as NCT09999902.", " ClinicalTrials.gov number, NCT09999902."),
        (" Trial registration: ISRCTN99999902.", " ISRCTN 99999902."),
        (" EudraCT number 2019-999902-11.", " (EudraCT 2019-999902-11)."),
        (" This was the LEGREST-2 trial.", " Patients of the LEGREST-2 study went on."),
    ],
)
def test_reports_of_one_trial_are_told_latest_first_and_once(
    ask: Asker, first: str, second: str
) -> None:
    answer = ask(work(STATES + first, title=FIRST), later(LATER_STATES + second))
    assert works(answer) == [LATER, f"{FIRST} (earlier report of the same trial)"]
    assert LIMIT in answer.limits


def test_a_number_that_only_the_record_has_counts_too(ask: Asker) -> None:
    reports = (Relation("reports", "nct:NCT09999902"),)
    answer = ask(
        work(STATES, title=FIRST, relations=reports),
        later(f"{LATER_STATES} Trial NCT09999902."),
    )
    assert LIMIT in answer.limits


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("", ""),
        (" Registered as NCT09999902.", " Registered as NCT09999903."),
        # Two numbers of one registry: an analysis of both trials is no report of either.
        (" Registered as NCT09999902.", " Trials NCT09999902 and NCT09999903 were pooled."),
        (" The LEGREST trial, NCT09999902.", " The LEGREST trial, NCT09999903."),
        # An abbreviation is no trial's name.
        # Capitals that are no trial's name.
        (" This was the RCT study.", " This was the RCT study."),
        (" Sleep was scored (RLSQ).", " Sleep was scored (RLSQ)."),
    ],
)
def test_other_trials_stay_apart(ask: Asker, first: str, second: str) -> None:
    answer = ask(work(STATES + first, title=FIRST), later(LATER_STATES + second))
    assert sorted(works(answer)) == sorted([FIRST, LATER])
    assert not any("further report" in each for each in answer.limits)


def test_the_plot_marks_what_a_later_report_replaced(ask: Asker) -> None:
    number = " Registered as NCT09999902."
    states = STATES.replace("response was", "the response rate was")
    other = LATER_STATES.replace("response was", "the response rate was")
    answer = ask(work(states + number, title=FIRST), later(other + number))
    rows = [
        (row.value, row.superseded)
        for section in answer.sections
        if section.figure
        for row in section.figure.rows
    ]
    assert rows == [(2.6, False), (3.0, True)]


def test_a_heading_in_capitals_is_no_trials_name(ask: Asker) -> None:
    answer = ask(work(f"BACKGROUND: {STATES}", title=FIRST), later(f"BACKGROUND: {LATER_STATES}"))
    assert not any("further report" in each for each in answer.limits)
    assert len(works(answer)) == 2


def test_a_title_names_the_trial(ask: Asker) -> None:
    titles = (f"{FIRST} (LEGREST)", f"{LATER}: results of the LEGREST trial")
    answer = ask(work(STATES, title=titles[0] + ": a trial"), later(title=titles[1]))
    assert works(answer) == [titles[1], f"{titles[0]}: a trial (earlier report of the same trial)"]
