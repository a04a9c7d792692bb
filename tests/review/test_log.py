"""A change of the past shows, and is named."""

from hypothesis import given
from hypothesis import strategies as st

from probatum.review.events import Decided
from probatum.review.log import Broken, Entry, hash_of, verify
from tests.review.people import Desk, content


def log() -> list[Entry]:
    """The log of an approved article: eight entries."""
    desk = Desk()
    desk.approved(content("one", "two", "three"))
    return desk.entries


LOG = log()


def test_a_log_as_it_was_written_is_whole() -> None:
    assert len(LOG) == 8
    assert verify("examploma", LOG) is None


@given(at=st.integers(0, len(LOG) - 1), field=st.sampled_from(["actor", "name", "at"]))
def test_a_changed_entry_is_named(at: int, field: str) -> None:
    entries = [*LOG]
    entries[at] = entries[at].model_copy(update={field: "2030-01-01"})
    assert verify("examploma", entries) == Broken(
        at + 1, f"entry {at + 1} was changed after it was written"
    )


def test_a_changed_decision_is_named_even_when_its_own_hash_is_made_to_fit() -> None:
    entries = [*LOG]
    decided = entries[4].event
    assert isinstance(decided, Decided)
    forged = entries[4].model_copy(
        update={"event": decided.model_copy(update={"choice": "reject"})}
    )
    entries[4] = forged
    assert verify("examploma", entries) == Broken(5, "entry 5 was changed after it was written")
    entries[4] = forged.model_copy(update={"hash": hash_of(forged)})
    assert verify("examploma", entries) == Broken(6, "entry 6 does not follow the entry before it")


@given(at=st.integers(0, len(LOG) - 2))
def test_a_missing_entry_is_named(at: int) -> None:
    entries = [*LOG[:at], *LOG[at + 1 :]]
    assert verify("examploma", entries) == Broken(
        at + 1, f"entry {at + 1} is missing: the next one is {at + 2}"
    )


def test_the_log_of_one_article_does_not_pass_for_that_of_another() -> None:
    assert verify("other", LOG) == Broken(1, "entry 1 belongs to another article")


def test_an_entry_survives_being_written_down_and_read() -> None:
    assert [Entry.model_validate_json(each.model_dump_json()) for each in LOG] == LOG
