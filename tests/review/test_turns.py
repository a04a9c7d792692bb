"""Turns of review, read off the log, and figures over them."""

from datetime import timedelta

import pytest

from probatum.review.events import Assigned, ChangesRequested, Declared, Reopened
from probatum.review.people import SYSTEM
from probatum.review.states import MoveError
from probatum.review.turns import Figures, Turn, figures, turns
from tests.review.people import (
    ADAM,
    ANNA,
    BEGIN,
    EDDA,
    RENE,
    RUTH,
    Desk,
    content,
)

MADE = content("One.", "Two.")


def at(entry: int) -> str:
    """The time of an entry, counted from 1."""
    return (BEGIN + timedelta(hours=entry - 1)).isoformat(timespec="microseconds")


def asks(reviewer: str | None, name: str = "") -> Assigned:
    return Assigned(version=1, reviewer=reviewer, name=name)


def test_a_version_that_is_approved_has_had_one_turn() -> None:
    desk = Desk()
    desk.approved(MADE)
    ruth = {"ruth": "Dr Ruth Reviewer"}
    assert turns(desk.entries) == (Turn(1, at(2), "approved", at(7), ruth),)


def test_what_is_reopened_waits_again_and_a_second_cause_does_not_restart_its_time() -> None:
    desk = Desk()
    desk.approved(MADE)
    for edition in ("edition-1", "edition-2"):
        event = Reopened(
            version=1, trigger="source_corrected", detail="x", edition=edition, claims=("c1",)
        )
        desk.does(SYSTEM, event)
    assert turns(desk.entries)[1] == Turn(1, at(8))
    assert desk.record.versions[1].came == at(8)


def test_what_is_given_back_was_returned_and_its_next_version_waits() -> None:
    desk = Desk()
    desk.submits(MADE)
    desk.opens(RUTH)
    desk.does(RUTH, ChangesRequested(version=1, comment="Say it plainly."))
    desk.submits(content("Other."), version=2)
    found = turns(desk.entries)
    assert [(each.version, each.outcome) for each in found] == [(1, "returned"), (2, "open")]
    assert dict(found[0].reviewers) == {"ruth": "Dr Ruth Reviewer"}


def test_who_was_asked_counts_while_it_is_open() -> None:
    desk = Desk()
    desk.submits(MADE)
    desk.does(EDDA, asks("rene", "Dr Rene Reviewer"))
    assert dict(turns(desk.entries)[0].reviewers) == {"rene": "Dr Rene Reviewer"}
    desk.does(EDDA, asks(None))
    assert dict(turns(desk.entries)[0].reviewers) == {}
    assert desk.record.versions[1].assigned is None


def test_only_an_editor_assigns_and_never_an_author_or_who_has_a_conflict() -> None:
    desk = Desk()
    desk.submits(MADE)
    for actor in (ANNA, RUTH, ADAM):
        with pytest.raises(MoveError, match="Your roles do not allow this"):
            desk.does(actor, asks("rene"))
    with pytest.raises(MoveError, match="does not review it"):
        desk.does(EDDA, asks("anna"))
    desk.does(EDDA, asks("rene"))
    desk.does(RENE, Declared(version=1, conflict=True, statement="Shares."))
    assert desk.record.versions[1].assigned is None
    with pytest.raises(MoveError, match="conflict of interest"):
        desk.does(EDDA, asks("rene"))


def test_nothing_is_assigned_once_it_is_approved() -> None:
    desk = Desk()
    desk.submits(MADE)
    desk.does(EDDA, asks("ruth"))
    desk.opens(RUTH)
    desk.approves(RUTH)
    desk.signs(RUTH)
    assert desk.record.versions[1].assigned is None
    with pytest.raises(MoveError, match="assign is not possible"):
        desk.does(EDDA, asks("rene"))


def test_figures_count_what_waits_what_is_late_and_how_long_it_took() -> None:
    day = timedelta(days=1)
    of = [
        (Turn(1, BEGIN.isoformat()), 7),
        (Turn(1, BEGIN.isoformat()), 14),
        (Turn(1, BEGIN.isoformat(), "approved", (BEGIN + 3 * day).isoformat()), 7),
        (Turn(1, BEGIN.isoformat(), "returned", (BEGIN + 6 * day).isoformat()), 7),
        (Turn(1, BEGIN.isoformat(), "left", (BEGIN + 90 * day).isoformat()), 7),
    ]
    assert figures(of, BEGIN + 10 * day) == Figures(2, 1, 1, 1, 4.5)
    assert figures([], BEGIN) == Figures()
