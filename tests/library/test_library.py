"""The library in memory: anchors slice what is held, and newer editions replace older ones."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.evidence.source import Checked, Currency, Depth, Edition, Source, SourceType, depth_of
from probatum.library.library import Library
from probatum.packs.loader import load_pack, shipped_packs
from probatum.packs.model import Pack

LIBRARY = Library.of(load_pack(folder) for folder in shipped_packs())
RECORDS = st.sampled_from(sorted(LIBRARY.records))
EDITIONS = st.sampled_from(sorted(LIBRARY.editions))
DAYS = st.dates(date(1990, 1, 1), date(2030, 12, 31))


@given(RECORDS)
def test_an_anchor_without_a_quote_is_the_whole_statement(record: str) -> None:
    anchor, statement = LIBRARY.anchor(record), LIBRARY.statement(record)
    assert (anchor.start, anchor.end, anchor.quote) == (0, len(statement), statement)


@given(RECORDS, st.data())
def test_the_slice_of_the_statement_equals_the_quote(record: str, data: st.DataObject) -> None:
    statement = LIBRARY.statement(record)
    start = data.draw(st.integers(0, len(statement) - 1))
    end = data.draw(st.integers(start + 1, len(statement)))
    # The model strips blanks at the ends of a text, so that a quote never begins with one.
    quote = statement[start:end].strip()
    if not quote:
        return
    anchor = LIBRARY.anchor(record, quote)
    assert statement[anchor.start : anchor.end] == anchor.quote == quote
    held = LIBRARY.records[record]
    assert (anchor.record, anchor.edition) == (record, held.edition)
    assert anchor.source == LIBRARY.source_of(held.edition).id


@given(RECORDS, st.text(min_size=1))
def test_words_that_the_statement_does_not_hold_get_no_anchor(record: str, words: str) -> None:
    words = words.strip() or "?!"
    if words in LIBRARY.statement(record):
        assert LIBRARY.anchor(record, words).quote == words
    else:
        with pytest.raises(KeyError):
            LIBRARY.anchor(record, words)


@pytest.mark.parametrize("record", sorted(LIBRARY.records))
def test_every_record_has_a_statement_on_one_line(record: str) -> None:
    statement = LIBRARY.statement(record)
    assert statement == " ".join(statement.split())
    assert statement.endswith((".", ")", "!", "?"))


CURATED = Depth.CURATED_RECORD
DEPTHS = {
    (Checked.OFFICIAL_PAGE, SourceType.LABEL): Depth.LABEL,
    (Checked.OFFICIAL_PAGE, SourceType.REGISTRY): Depth.REGISTRY,
    (Checked.ABSTRACT_OR_SUMMARY, SourceType.LABEL): Depth.SECONDARY,
    (Checked.ABSTRACT_OR_SUMMARY, SourceType.AGENCY_DECISION): Depth.SECONDARY,
}
OTHERWISE = {
    Checked.OFFICIAL_PAGE: Depth.CURATED_RECORD,
    Checked.ABSTRACT_OR_SUMMARY: Depth.ABSTRACT,
    Checked.SECONDARY_TRANSCRIPTION: Depth.SECONDARY,
    Checked.UNCHECKED: Depth.SECONDARY,
}


@pytest.mark.parametrize(("checked", "kind"), [*product(Checked, SourceType)])
def test_depth_follows_from_how_and_where_it_was_read(checked: Checked, kind: SourceType) -> None:
    assert depth_of(checked, kind) is DEPTHS.get((checked, kind), OTHERWISE[checked])


def made_of(*editions: Edition) -> Library:
    """A library of one invented work with the given editions."""
    pack = load_pack(shipped_packs()[0])
    work = Source(id="work", type=SourceType.GUIDELINE, title="A work", editions=editions)
    return Library.of([Pack(manifest=pack.manifest, sources=(work,), records=())])


OLD = Edition(id="old", label="2019", year=2019)
NEW = Edition(id="new", label="2022", date=date(2022, 5, 31), supersedes=("old",))


def test_an_edition_is_replaced_from_the_day_its_successor_appeared() -> None:
    library = made_of(OLD, NEW)
    days = (date(2022, 5, 30), date(2022, 5, 31), None)
    assert [library.replaced_by("old", day) for day in days] == [None, "new", "new"]
    assert [library.currency("old", day) for day in days] == [
        Currency.CURRENT,
        Currency.SUPERSEDED,
        Currency.SUPERSEDED,
    ]
    assert library.currency("new") is Currency.CURRENT


def test_a_replaced_interim_publication_is_called_interim_and_a_lone_one_current() -> None:
    interim = OLD.model_copy(update={"interim": True})
    assert made_of(interim, NEW).currency("old") is Currency.INTERIM
    assert made_of(interim).currency("old") is Currency.CURRENT


def test_a_retraction_counts_from_its_day_and_before_everything_else() -> None:
    gone = OLD.model_copy(update={"retracted": date(2021, 3, 1), "corrected_by": "note"})
    library = made_of(gone, NEW)
    days = (date(2021, 2, 28), date(2021, 3, 1), None)
    assert [library.currency("old", day) for day in days] == [
        Currency.CORRECTED,
        Currency.RETRACTED,
        Currency.RETRACTED,
    ]


def test_an_edition_without_a_date_is_of_unknown_currency() -> None:
    assert made_of(Edition(id="x", label="undated")).currency("x") is Currency.UNKNOWN


def test_of_several_successors_the_newest_is_named() -> None:
    newer = Edition(id="newer", label="2025", year=2025, supersedes=("old", "new"))
    assert made_of(OLD, NEW.model_copy(update={"year": 2022}), newer).replaced_by("old") == "newer"


@given(EDITIONS, DAYS, DAYS)
def test_what_is_known_stays_known(edition: str, one: date, other: date) -> None:
    earlier, later = sorted((one, other))
    assert LIBRARY.known_by(edition, later) >= LIBRARY.known_by(edition, earlier)
    assert LIBRARY.known_by(edition, None)


@given(EDITIONS, DAYS)
def test_a_successor_is_itself_known_and_supersedes(edition: str, day: date) -> None:
    newer = LIBRARY.replaced_by(edition, day)
    if newer:
        assert LIBRARY.known_by(newer, day)
        assert edition in LIBRARY.editions[newer].supersedes


@given(EDITIONS, DAYS)
def test_currency_and_successor_agree(edition: str, day: date) -> None:
    replaced = LIBRARY.currency(edition, day) in (Currency.SUPERSEDED, Currency.INTERIM)
    if replaced:
        assert LIBRARY.replaced_by(edition, day) is not None


@given(RECORDS, DAYS, DAYS)
def test_what_was_replaced_stays_replaced(record: str, one: date, other: date) -> None:
    earlier, later = sorted((one, other))
    held = LIBRARY.records[record]
    assert LIBRARY.current(held, later) <= LIBRARY.current(held, earlier)


def test_no_edition_leads_back_to_itself_through_its_successors() -> None:
    for edition in LIBRARY.editions:
        seen, newer = {edition}, LIBRARY.replaced_by(edition)
        while newer:
            assert newer not in seen
            seen.add(newer)
            newer = LIBRARY.replaced_by(newer)


def test_a_term_that_is_not_held_is_shown_as_it_is() -> None:
    assert (LIBRARY.name("no-such-term"), LIBRARY.short("no-such-term")) == (
        "no-such-term",
        "no-such-term",
    )


def test_the_state_counts_what_is_held() -> None:
    state = LIBRARY.state
    assert state.snapshot == LIBRARY.snapshot
    assert state.sources == sum(len(pack.sources) for pack in LIBRARY.packs)
    assert state.records == sum(len(pack.records) for pack in LIBRARY.packs)
    assert state.passages == 0
