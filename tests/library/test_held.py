"""What is held, as values: currency, names and places, and passages that are slices of the text."""

from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.evidence.document import Block, Document, Relation, RelationKind
from probatum.evidence.source import Currency, Depth, Edition, Identifiers, RightsTier, SourceType
from probatum.library.documents import HeldDocuments
from probatum.library.held import HeldDocument, HeldPassage
from probatum.library.library import Library
from probatum.library.names import holds
from probatum.library.passage_row import detail_of, passage_of
from probatum.library.writer import Writer
from probatum.sources.layout.text import clean
from probatum.sources.passages import lay_out
from tests.library.sample_documents import (
    article,
    day,
    document,
    new,
    pubmed,
    ready,
    relation,
    take,
)

CURRENT, SUPERSEDED = Currency.CURRENT, Currency.SUPERSEDED
RETRACTED, CORRECTED = Currency.RETRACTED, Currency.CORRECTED


def keep(folder: Path, *documents: Document) -> HeldDocuments:
    """Take documents in, one after the other, without an index."""
    with Writer(folder) as writer:
        for each in documents:
            writer.take(ready(each), None, 0)
    return HeldDocuments.open(folder)


def states(
    held: HeldDocuments, as_of: date | None = None
) -> dict[str, tuple[Currency, str | None]]:
    return held.currency(held.all(), as_of)


def work(number: int, *relations: tuple[RelationKind, str], on: str = "2020-05-01") -> Document:
    """A paper that says something of others."""
    return document(
        f"pmid:{number}",
        date=day(on),
        year=day(on).year,
        identifiers=Identifiers(pmid=str(number), doi=f"10.1/{number}"),
        relations=tuple(Relation(kind, target) for kind, target in relations),
    )


# -- currency --------------------------------------------------------------------------------


def test_a_work_of_which_nobody_says_anything_is_current(tmp_path: Path) -> None:
    assert states(keep(tmp_path, work(1))) == {"pmid:1@2020-05-01": (CURRENT, None)}


def test_a_work_without_a_date_is_of_unknown_currency(tmp_path: Path) -> None:
    (state,) = states(keep(tmp_path, document())).values()
    assert state == (Currency.UNKNOWN, None)


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ("retracts", RETRACTED),
        ("supersedes", SUPERSEDED),
        ("updates", SUPERSEDED),
        ("republishes", CORRECTED),
        ("corrects", CORRECTED),
        ("concerns", CORRECTED),
        ("comments_on", CURRENT),
        ("reports", CURRENT),
    ],
)
@pytest.mark.parametrize("target", ["pmid:1", "PMID:1", "doi:10.1/1"])
def test_what_another_held_work_says_holds(
    tmp_path: Path, kind: RelationKind, state: Currency, target: str
) -> None:
    notice = work(2, (kind, target), on="2021-01-01")
    assert states(keep(tmp_path, work(1), notice)) == {
        "pmid:1@2020-05-01": (state, None if state is CURRENT else "pmid:2@2021-01-01"),
        "pmid:2@2021-01-01": (CURRENT, None),
    }


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ("retracted_by", RETRACTED),
        ("superseded_by", SUPERSEDED),
        ("updated_by", SUPERSEDED),
        ("republished_by", CORRECTED),
        ("corrected_by", CORRECTED),
        ("concern_raised_by", CORRECTED),
    ],
)
def test_what_a_work_says_of_itself_holds(
    tmp_path: Path, kind: RelationKind, state: Currency
) -> None:
    held = keep(tmp_path, work(1, (kind, "pmid:9")))
    assert states(held) == {"pmid:1@2020-05-01": (state, "pmid:9")}


def test_a_publication_type_can_say_that_it_was_retracted(tmp_path: Path) -> None:
    take(tmp_path, pubmed(tmp_path / "a.xml", article(11, types=["Retracted Publication"])))
    assert [state for state, _ in states(HeldDocuments.open(tmp_path)).values()] == [RETRACTED]


def test_a_notice_of_retraction_is_not_itself_retracted(tmp_path: Path) -> None:
    notice = article(
        12, relations=relation("RetractionOf", 11), types=["Retraction of Publication"]
    )
    take(tmp_path, pubmed(tmp_path / "a.xml", article(11), notice))
    found = {name.partition("@")[0]: state for name, state in states(_open(tmp_path)).items()}
    (name,) = (each.edition for each in _open(tmp_path).of_source("pmid:12"))
    assert found == {"pmid:11": (RETRACTED, name), "pmid:12": (CURRENT, None)}


def _open(folder: Path) -> HeldDocuments:
    return HeldDocuments.open(folder)


def test_the_gravest_of_several_statements_holds(tmp_path: Path) -> None:
    held = keep(
        tmp_path,
        work(1, ("corrected_by", "pmid:7")),
        work(2, ("retracts", "pmid:1"), on="2021-01-01"),
        work(3, ("updates", "pmid:1"), on="2021-02-01"),
    )
    assert states(held)["pmid:1@2020-05-01"] == (RETRACTED, "pmid:2@2021-01-01")


@pytest.mark.parametrize("state", [RETRACTED, SUPERSEDED])
def test_an_operators_mark_holds_until_it_is_taken_away(tmp_path: Path, state: Currency) -> None:
    keep(tmp_path, work(1)).close()
    with Writer(tmp_path) as writer:
        writer.mark("pmid:1@2020-05-01", state.value, "nice:ng1", "a letter")
    assert states(_open(tmp_path)) == {"pmid:1@2020-05-01": (state, "nice:ng1")}
    with Writer(tmp_path) as writer:
        writer.mark("pmid:1@2020-05-01", None, None, None)
    assert states(_open(tmp_path)) == {"pmid:1@2020-05-01": (CURRENT, None)}


def guideline(year: int, *supersedes: str) -> Document:
    return document(
        "file:guide",
        f"The words of {year}.",
        version=str(year),
        year=year,
        relations=tuple(Relation("supersedes", target) for target in supersedes),
    )


@pytest.mark.parametrize("target", ["nice:old", "nice:old@2015", "NICE:OLD@2015"])
def test_a_guideline_supersedes_another_by_its_source_or_edition(
    tmp_path: Path, target: str
) -> None:
    old = document("nice:old", version="2015", year=2015)
    assert states(keep(tmp_path, old, guideline(2020, target))) == {
        "file:guide@2020": (CURRENT, None),
        "nice:old@2015": (SUPERSEDED, "file:guide@2020"),
    }


def test_superseding_one_edition_leaves_the_others(tmp_path: Path) -> None:
    editions = (document("nice:old", f"Of {y}.", version=str(y), year=y) for y in (2015, 2021))
    held = keep(tmp_path, *editions, guideline(2020, "nice:old@2015"))
    assert states(held)["nice:old@2021"] == (CURRENT, None)


def test_editions_that_supersede_their_own_work_leave_the_newest_current(tmp_path: Path) -> None:
    held = keep(
        tmp_path,
        guideline(2017),
        guideline(2020, "file:guide"),
        guideline(2024, "file:guide"),
    )
    assert states(held) == {
        "file:guide@2017": (SUPERSEDED, "file:guide@2020"),
        "file:guide@2020": (SUPERSEDED, "file:guide@2024"),
        "file:guide@2024": (CURRENT, None),
    }


def test_on_an_earlier_day_only_what_had_appeared_counts(tmp_path: Path) -> None:
    held = keep(
        tmp_path,
        *(guideline(year) for year in (2017, 2020, 2024)),
        work(1),
        work(2, ("retracts", "pmid:1"), on="2021-06-30"),
    )
    on = {when: states(held, day(when)) for when in ("2019-01-01", "2021-06-29", "2021-06-30")}
    assert {when: found["file:guide@2017"] for when, found in on.items()} == {
        "2019-01-01": (CURRENT, None),
        "2021-06-29": (SUPERSEDED, "file:guide@2020"),
        "2021-06-30": (SUPERSEDED, "file:guide@2020"),
    }
    assert {when: found["file:guide@2020"][0] for when, found in on.items()} == dict.fromkeys(
        on, CURRENT
    )
    assert {when: found["pmid:1@2020-05-01"][0] for when, found in on.items()} == {
        "2019-01-01": CURRENT,
        "2021-06-29": CURRENT,
        "2021-06-30": RETRACTED,
    }


def test_currency_of_many_works_is_the_same_as_of_each(tmp_path: Path) -> None:
    works = [work(n, *([("retracts", f"pmid:{n - 1}")] if n % 3 == 0 else ())) for n in range(700)]
    with Writer(tmp_path) as writer:
        writer.take(ready(*works), None, 0)
    held = _open(tmp_path)
    every = states(held)
    assert sum(state is RETRACTED for state, _ in every.values()) == 233
    for each in list(held.all())[::60]:
        assert held.currency([each]) == {each.edition: every[each.edition]}


# -- a pack's editions -----------------------------------------------------------------------


def cited(library: Library) -> Edition:
    """An edition of a pack that PubMed knows and that records rest on."""
    return next(
        edition
        for edition in sorted(library.editions.values(), key=lambda each: each.id)
        if edition.identifiers.pmid
        and any(r.edition == edition.id and library.current(r) for r in library.records.values())
        and library.currency(edition.id) is CURRENT
    )


def test_a_held_notice_retracts_what_a_pack_cites(tmp_path: Path) -> None:
    folder = new(tmp_path / "library")
    edition = cited(Library.open(folder))
    pmid = int(edition.identifiers.pmid or 0)
    notice = article(99999, relations=relation("RetractionOf", pmid))
    take(folder, pubmed(tmp_path / "notice.xml", notice))
    library = Library.open(folder)
    (by,) = (each.edition for each in library.documents.of_source("pmid:99999"))
    assert (library.currency(edition.id), library.replaced_by(edition.id)) == (RETRACTED, by)
    resting = [r for r in library.records.values() if r.edition == edition.id]
    assert resting
    assert not any(library.current(record) for record in resting)
    assert library.currency(edition.id, day("2021-03-03")) is CURRENT


def test_an_operators_mark_holds_for_a_packs_edition_too(tmp_path: Path) -> None:
    folder = new(tmp_path)
    edition = cited(Library.open(folder))
    with Writer(folder) as writer:
        writer.mark(edition.id, "superseded", "nice:ng1", None)
    library = Library.open(folder)
    assert (library.currency(edition.id), library.replaced_by(edition.id)) == (
        SUPERSEDED,
        "nice:ng1",
    )


def test_a_correction_does_not_take_a_packs_records_away(tmp_path: Path) -> None:
    folder = new(tmp_path / "library")
    edition = cited(Library.open(folder))
    pmid = int(edition.identifiers.pmid or 0)
    take(folder, pubmed(tmp_path / "a.xml", article(99999, relations=relation("ErratumFor", pmid))))
    library = Library.open(folder)
    resting = [r for r in library.records.values() if r.edition == edition.id]
    assert library.currency(edition.id) is CORRECTED
    assert any(library.current(record) for record in resting)


def test_a_packs_work_is_superseded_by_its_name_in_all_its_editions(tmp_path: Path) -> None:
    folder = new(tmp_path)
    source = max(Library.open(folder).sources.values(), key=lambda each: len(each.editions))
    keep(folder, guideline(2030, source.id.upper())).close()
    library = Library.open(folder)
    assert len(source.editions) > 1
    assert {
        edition.id: (library.currency(edition.id), library.replaced_by(edition.id))
        for edition in source.editions
    } == dict.fromkeys((each.id for each in source.editions), (SUPERSEDED, "file:guide@2030"))


def test_the_note_on_a_mark_is_kept_with_it(tmp_path: Path) -> None:
    keep(tmp_path, work(1)).close()
    edition = "pmid:1@2020-05-01"
    assert _open(tmp_path).note(edition) is None
    for note in ("see the\nletter", "another", None):
        with Writer(tmp_path) as writer:
            writer.mark(edition, "superseded", None, note)
        assert _open(tmp_path).note(edition) == note
    with Writer(tmp_path) as writer:
        writer.mark(edition, "superseded", None, "a third")
        writer.mark(edition, None, None, "of nothing")
    assert _open(tmp_path).note(edition) is None


# -- names and places ------------------------------------------------------------------------


def test_a_work_is_found_by_every_name_in_any_case(tmp_path: Path) -> None:
    held = keep(tmp_path, work(1), work(2))
    for name in ("pmid:1", "PMID:1", "doi:10.1/1", "DOI:10.1/1"):
        assert [each.source for each in held.known_as(name)] == ["pmid:1"]
    assert held.known_as("pmid:3") == ()
    (document,) = held.of_source("pmid:1")
    assert document.known_as == ("pmid:1", "doi:10.1/1")


def test_what_is_held_is_told_by_any_of_its_names(tmp_path: Path) -> None:
    folder = new(tmp_path)
    keep(folder, work(1), guideline(2020)).close()
    library = Library.open(folder)
    pack = cited(library)
    work_of_pack = library.source_of(pack.id).id.upper()
    names = ["pmid:1", "PMID:1", "doi:10.1/1", "pmid:1@2020-05-01", "file:guide", "FILE:guide@2020"]
    names += [pack.id, work_of_pack, f"pmid:{pack.identifiers.pmid}"]
    assert [name for name in names if not holds(library, name)] == []
    others = ("", "@", "pmid:3", "pmid:1@2019", "file:guide@2021", "guide", f"{pack.id}@2020")
    assert [name for name in others if holds(library, name)] == []


def test_a_document_reads_as_it_was_written(tmp_path: Path) -> None:
    given = document(
        "pmid:1",
        date=day("2020-05-01"),
        year=2020,
        body="NICE",
        container="J Inv 2020",
        authors=("Ada A", "Bea B", "Cid C", "Dan D"),
        identifiers=Identifiers(pmid="1"),
        licence="CC BY 4.0",
        tier=RightsTier.OPEN,
        type=SourceType.GUIDELINE,
        depth=Depth.ABSTRACT,
    )
    (read,) = keep(tmp_path, given).all()
    assert (read.source, read.type, read.depth, read.title) == (
        given.source,
        given.type,
        given.depth,
        given.title,
    )
    assert (read.rights.tier, read.rights.licence) == (RightsTier.OPEN, "CC BY 4.0")
    assert read.as_edition() == Edition(
        id="pmid:1@2020-05-01",
        label="2020",
        year=2020,
        date=day("2020-05-01"),
        citation="J Inv 2020",
        authors="Ada A, Bea B, Cid C, et al.",
        identifiers=Identifiers(pmid="1"),
    )


def test_text_without_a_licence_stays_with_its_operator(tmp_path: Path) -> None:
    (read,) = keep(tmp_path, document()).all()
    assert (read.rights.tier, read.rights.licence) == (RightsTier.PRIVATE, "not stated")


@pytest.mark.parametrize(
    ("block", "depth", "locator"),
    [
        (Block("Words."), Depth.FULL_TEXT, "full text"),
        (Block("Words.", page=7), Depth.FULL_TEXT, "p. 7"),
        (Block("Words.", headings=("Doses", "Adults")), Depth.FULL_TEXT, "Doses › Adults"),
        (Block("Words.", headings=("Doses",), page=7), Depth.FULL_TEXT, "p. 7, Doses"),
        (Block("Words.", headings=("Results",)), Depth.ABSTRACT, "abstract, Results"),
    ],
)
def test_a_locator_is_what_a_person_can_go_to(
    tmp_path: Path, block: Block, depth: Depth, locator: str
) -> None:
    given = Document("file:a", "Title", SourceType.OTHER, depth, (block,), "md", version="1")
    held = keep(tmp_path, given)
    (passage,) = held.of_document(next(held.all()))
    assert passage.locator(passage.text.index("Words.") + passage.start) == locator


def test_nothing_is_held_where_no_library_is(tmp_path: Path) -> None:
    held = HeldDocuments.open(tmp_path)
    assert (held.content, held.counts(), held.editions(), list(held.all())) == (None, (0, 0), 0, [])
    assert (held.document("a"), held.text("a"), held.passages([1]), held.removed()) == (
        None,
        None,
        {},
        (),
    )
    assert (held.long_forms("CR"), held.known_as("pmid:1")) == ((), ())


def test_what_a_short_form_stands_for_is_counted_over_works(tmp_path: Path) -> None:
    texts = ("complete response (CR)", "complete response (CR)", "creatinine (CR)")
    every = (document(f"file:{n}", f"We saw {text} here.") for n, text in enumerate(texts))
    assert keep(tmp_path, *every).long_forms("CR")[0] == ("complete response", 2)


def test_a_passage_that_is_gone_is_left_out(tmp_path: Path) -> None:
    held = keep(tmp_path, work(1))
    assert list(held.passages([1, 99])) == [1]


# -- slices ----------------------------------------------------------------------------------

TEXTS = st.one_of(
    st.lists(
        st.sampled_from(["The dose is 5 mg.", "Übelkeit – 10⁶ cells.", "𝛼-fetoprotein?", "No."]),
        min_size=1,
        max_size=120,
    ).map(" ".join),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
).map(clean)
BLOCKS = st.builds(
    Block,
    TEXTS,
    st.sampled_from(["paragraph", "item", "caption", "row", "heading"]),
    st.lists(st.sampled_from(["Doses", "Adults", "Harms"]), max_size=2).map(tuple),
    st.one_of(st.none(), st.integers(1, 9)),
)
# Each example is a work of its own in the one library.
NUMBERS = count()
DOCUMENTS = st.builds(
    lambda title, blocks, depth: Document(
        "file:a", title, SourceType.OTHER, depth, tuple(blocks), "md", version="1"
    ),
    TEXTS,
    st.lists(BLOCKS, max_size=8),
    st.sampled_from([Depth.FULL_TEXT, Depth.ABSTRACT]),
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("library")


@settings(max_examples=60, deadline=None)
@given(given_document=DOCUMENTS)
def test_every_passage_and_sentence_is_a_slice_of_the_held_text(
    place: Path, given_document: Document
) -> None:
    given_document = replace(given_document, source=f"file:{next(NUMBERS)}")
    text, laid_out = lay_out(given_document)
    with Writer(place) as writer:
        (taken,) = writer.take(ready(given_document), None, 0)
    held = HeldDocuments.open(place)
    try:
        document = held.document(taken.edition)
        assert isinstance(document, HeldDocument)
        assert held.text(taken.edition) == text
        passages = held.of_document(document)
        assert [each.passage for each in passages] == list(laid_out)
        for each in passages:
            _slices(each, text)
        _covers(given_document, [each.text for each in passages])
    finally:
        held.close()


def _slices(held: HeldPassage, text: str) -> None:
    assert held.text == text[held.start : held.end]
    for start, end in held.passage.sentences:
        assert held.start <= start < end <= held.end
        assert held.slice(start, end) == text[start:end]


def _covers(document: Document, texts: list[str]) -> None:
    """Nothing that was read is left out of the passages."""
    everything = "\n".join(texts)
    for block in document.blocks:
        for word in block.text.split():
            assert word in everything


@settings(max_examples=60, deadline=None)
@given(DOCUMENTS)
def test_a_passage_reads_as_it_was_written(given_document: Document) -> None:
    for passage in lay_out(given_document)[1]:
        assert passage_of(passage.start, passage.end, detail_of(passage)) == passage
