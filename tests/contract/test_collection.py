"""Python's search for dead cycles is off only while a block runs that asks for it."""

import gc

import pytest

from probatum.cli.collection import no_collection


def test_the_search_is_off_within_and_on_again_after_a_fault() -> None:
    within: list[bool] = []

    def fail() -> None:
        with no_collection():
            within.append(gc.isenabled())
            raise ValueError("a fault")

    assert gc.isenabled()
    with pytest.raises(ValueError, match="a fault"):
        fail()
    assert (within, gc.isenabled()) == ([False], True)


def test_where_the_search_was_off_before_it_stays_off() -> None:
    gc.disable()
    try:
        with no_collection():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
