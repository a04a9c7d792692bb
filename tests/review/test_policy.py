"""The policy is data, and a policy that would undo the board is refused."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from probatum.review.people import SYSTEM
from probatum.review.policy import SHIPPED, Allowed, PolicyError, Right, load, policy_of
from probatum.review.states import State
from tests.review.people import ADAM, ANNA, EDDA, NOBODY, RUTH


def shipped() -> dict[str, Any]:
    """The shipped policy as YAML's values."""
    found: dict[str, Any] = yaml.safe_load(SHIPPED.read_text("utf-8"))
    return found


def test_the_shipped_policy_gives_each_role_its_rights() -> None:
    policy = load()
    rights = {
        actor.id: {right.value for right in Right if policy.may(actor, right)}
        for actor in (NOBODY, ANNA, RUTH, EDDA, ADAM, SYSTEM)
    }
    review = {"see_queue", "take", "declare", "decide", "request_changes", "sign"}
    assert rights == {
        "": set(),
        "anna": {"draft"},
        "ruth": review,
        "edda": {
            *review,
            *("draft", "edit", "submit", "reopen", "withdraw", "assign", "oversee"),
        },
        "adam": {"see_queue", "reopen", "withdraw"},
        "system": {"reopen"},
    }
    own = {right.value for right in Right if policy.may(ANNA, right, ("anna",))}
    assert own == {"draft", "edit", "submit", "withdraw"}


def test_readers_see_what_waits_and_what_is_approved_and_no_draft() -> None:
    policy = load()
    assert [each.value for each in State if policy.sees(NOBODY, each)] == [
        "submitted",
        "under_review",
        "approved",
        "superseded",
    ]
    assert policy.sees(ANNA, State.DRAFT, ("anna",))
    assert not policy.sees(ANNA, State.DRAFT, ("alan",))


def test_the_strictest_rule_counts() -> None:
    policy = load()
    assert policy.signatures_for((), ("evidence",)) == 1
    assert policy.signatures_for((), ("evidence", "algorithm")) == 2
    assert policy.max_age_for((), ("evidence",)) == 365
    assert policy.max_age_for((), ("regimens",)) == 183
    assert [policy.risk_of(kinds) for kinds in (("safety",), ("guidelines",), ("quotes",))] == [
        "high",
        "medium",
        "low",
    ]


def test_a_rule_by_topic_counts_for_that_topic_only() -> None:
    data = shipped()
    data["signatures"]["rules"] = [{"number": 3, "topics": ["pain"], "reason": "Opioids."}]
    policy = policy_of(data)
    assert policy.signatures_for(("pain", "adults"), ()) == 3
    assert policy.signatures_for(("examploma",), ()) == 1


@pytest.mark.parametrize(
    ("path", "value", "reason"),
    [
        (("signatures", "default"), 0, "signatures.default"),
        (("rights", "sign", "any"), ["reviewer", "reader"], "sign can be given neither"),
        (("rights", "oversee"), {"any": ["reader"]}, "oversee can be given neither"),
        (("rights", "decide", "any"), ["system"], "decide can be given neither"),
        (("rights", "sign", "own"), ["author"], "nobody decides on or signs their own"),
        (("rights", "sign", "any"), ["boss"], "rights.sign.any.0"),
        (("reasons",), {}, "at least one reason"),
        (("nonsense",), 1, "nonsense"),
        (("visible", "approved"), ["everyone"], "visible.approved.0"),
    ],
)
def test_a_bad_policy_is_refused_with_the_place(
    path: tuple[str, ...], value: Any, reason: str
) -> None:
    data = shipped()
    at = data
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    with pytest.raises(PolicyError, match=reason):
        policy_of(data)


def test_a_policy_that_leaves_a_right_open_is_refused() -> None:
    data = shipped()
    del data["rights"]["sign"]
    with pytest.raises(PolicyError, match="rights says nothing of sign"):
        policy_of(data)


def test_rights_that_came_later_are_the_editors_where_a_policy_says_nothing() -> None:
    data = shipped()
    del data["rights"]["assign"], data["rights"]["oversee"], data["review_days"]
    policy = policy_of(data)
    assert policy.rights[Right.ASSIGN] == policy.rights[Right.OVERSEE] == Allowed(any=("editor",))
    assert policy.review_days_for((), ("safety",)) == 14


def test_a_review_of_what_is_acted_upon_is_due_sooner() -> None:
    policy = load()
    assert policy.review_days_for((), ("evidence",)) == 14
    assert policy.review_days_for((), ("evidence", "safety")) == 7


def test_a_file_that_is_no_policy_is_refused_in_a_sentence(tmp_path: Path) -> None:
    for name, text in (("broken.yaml", "{"), ("empty.yaml", ""), ("list.yaml", "- 1")):
        path = tmp_path / name
        path.write_text(text)
        with pytest.raises(PolicyError, match=name):
            load(path)
    with pytest.raises(PolicyError, match="cannot be read"):
        load(tmp_path / "missing.yaml")
