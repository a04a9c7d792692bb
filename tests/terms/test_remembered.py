"""Outcomes live in their owner: worked out once for it, and gone with it."""

import gc
import weakref
from collections.abc import Callable

import pytest

from probatum.terms.remembered import remembered


class Owner:
    """Something with attributes, as a library is."""


def counted(most: int = 10) -> tuple[list[tuple[str, int]], Callable[..., list[str]]]:
    calls: list[tuple[str, int]] = []

    @remembered("owner", most)
    def asked(word: str, owner: Owner) -> list[str]:
        calls.append((word, id(owner)))
        return [word]

    return calls, asked


def test_an_outcome_is_worked_out_once_for_each_owner() -> None:
    calls, asked = counted()
    one, other = Owner(), Owner()
    assert asked("a", one) is asked("a", one)
    assert asked("a", other) == ["a"]
    assert calls == [("a", id(one)), ("a", id(other))]


def test_all_are_forgotten_when_there_are_too_many() -> None:
    calls, asked = counted(2)
    owner = Owner()
    for word in "abcab":
        asked(word, owner)
    assert [word for word, _ in calls] == ["a", "b", "c", "a", "b"]


def test_nothing_holds_on_to_an_owner() -> None:
    _, asked = counted()
    owner = Owner()
    asked("a", owner)
    gone = weakref.ref(owner)
    del owner
    gc.collect()
    assert gone() is None


def test_a_call_by_name_is_refused() -> None:
    _, asked = counted()
    with pytest.raises(TypeError, match="by position"):
        asked("a", owner=Owner())
