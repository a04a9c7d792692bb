"""Finished pages are held in a memory that is bounded in number and in bytes."""

from hypothesis import given
from hypothesis import strategies as st

from probatum.site.shelf import Shelf

PUTS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 90)), max_size=60)


@given(PUTS)
def test_there_are_never_more_things_or_bytes_than_may_be(puts: list[tuple[int, int]]) -> None:
    shelf, sizes = Shelf(most=5, most_bytes=900), {}
    for key, size in puts:
        shelf.put(key, f"{key}: {size}", size)
        sizes[key] = size
        things, amount = shelf.amount
        held = {each for each in sizes if shelf.get(each) == f"{each}: {sizes[each]}"}
        assert (things, amount) == (len(held), sum(sizes[each] for each in held))
        assert things <= 5
        assert amount <= 900


def test_what_was_asked_for_last_stays_and_the_rest_leaves_in_turn() -> None:
    shelf = Shelf(most=2)
    for key in ("a", "b"):
        shelf.put(key, key.upper(), 1)
    assert shelf.get("a") == "A"
    shelf.put("c", "C", 1)
    assert [shelf.get(key) for key in ("a", "b", "c")] == ["A", None, "C"]
    shelf.clear()
    assert (shelf.get("a"), shelf.amount) == (None, (0, 0))


def test_a_thing_that_would_push_the_others_off_is_not_kept_and_takes_the_place_of_none() -> None:
    shelf = Shelf(most=10, most_bytes=160)
    shelf.put("a", "small", 10)
    shelf.put("b", "large", 11)
    assert (shelf.get("a"), shelf.get("b"), shelf.amount) == ("small", None, (1, 10))
    # What lay there before was another page: it must not be found in the place of this one.
    shelf.put("a", "large", 11)
    assert (shelf.get("a"), shelf.amount) == (None, (0, 0))
