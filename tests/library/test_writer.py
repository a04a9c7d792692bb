"""Documents in, marked and removed: which edition is quoted, and a sum that knows the content."""

import hashlib
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.evidence.document import Block, Document, Relation
from probatum.evidence.source import Depth, Identifiers
from probatum.library.documents import HeldDocuments
from probatum.library.editions import edition_id
from probatum.library.writer import Taken, Writer
from tests.library.sample_documents import day, document, editions, ready


def keep(folder: Path, *documents: Document) -> list[tuple[str, str]]:
    """Take documents in, one after the other; edition and fate of each."""
    with Writer(folder) as writer:
        return [(t.edition, t.fate) for d in documents for t in writer.take(ready(d), None, 0)]


def notes(folder: Path, *documents: Document) -> list[str | None]:
    with Writer(folder) as writer:
        return [each.note for each in writer.take(ready(*documents), None, 0)]


def remove(folder: Path, *names: str) -> None:
    with Writer(folder) as writer:
        writer.remove([id_of(folder, name) for name in names])


def id_of(folder: Path, edition: str) -> int:
    held = HeldDocuments.open(folder)
    found = held.document(edition)
    held.close()
    assert found is not None
    return found.id


def content(folder: Path) -> str | None:
    held = HeldDocuments.open(folder)
    try:
        return held.content
    finally:
        held.close()


def edition(version: str | None = None, text: str = "", **more: object) -> Document:
    """An edition of one guideline."""
    words = text or f"The words of {version or more}."
    return document("file:guide", words, version=version, **more)


OLD, MIDDLE, NEW = (edition(str(year), year=year) for year in (2019, 2021, 2024))


def test_a_new_work_is_added_and_the_same_again_is_unchanged(tmp_path: Path) -> None:
    assert keep(tmp_path, OLD, OLD) == [
        ("file:guide@2019", "added"),
        ("file:guide@2019", "unchanged"),
    ]
    assert keep(tmp_path, OLD) == [("file:guide@2019", "unchanged")]


def test_a_newer_edition_replaces_the_held_one(tmp_path: Path) -> None:
    assert keep(tmp_path, OLD, NEW)[1] == ("file:guide@2024", "replaced")
    assert editions(tmp_path) == {"file:guide@2019": "file:guide@2024", "file:guide@2024": None}


def test_an_older_edition_becomes_history_and_says_so(tmp_path: Path) -> None:
    assert keep(tmp_path, NEW) == [("file:guide@2024", "added")]
    assert notes(tmp_path, OLD) == [
        "file:guide@2019 is older than the held file:guide@2024 and kept as history"
    ]
    assert editions(tmp_path) == {"file:guide@2019": "file:guide@2024", "file:guide@2024": None}


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        (edition("9"), edition("12")),
        (edition("2020-12-31"), edition("2021-01-01")),
        (edition("2.2024"), edition("3.2024")),
        (edition(None, date=day("2020-03-04")), edition(None, date=day("2020-11-02"))),
        (edition(None, year=2019), edition(None, date=day("2020-11-02"))),
        (edition(None, date=day("2020-11-02")), edition("1")),
    ],
    ids=["numbers", "days", "words", "dates", "a year and a date", "a date and a version"],
)
def test_versions_are_compared_as_what_they_are(
    tmp_path: Path, older: Document, newer: Document
) -> None:
    assert [fate for _, fate in keep(tmp_path / "a", older, newer)] == ["added", "replaced"]
    assert [fate for _, fate in keep(tmp_path / "b", newer, older)] == ["added", "older"]
    assert editions(tmp_path / "a") == editions(tmp_path / "b")


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0), (1, 0, 2), (2, 0, 1)])
def test_each_edition_is_superseded_by_the_next_whatever_came_first(
    tmp_path: Path, order: Sequence[int]
) -> None:
    keep(tmp_path, *((OLD, MIDDLE, NEW)[place] for place in order))
    assert editions(tmp_path) == {
        "file:guide@2019": "file:guide@2021",
        "file:guide@2021": "file:guide@2024",
        "file:guide@2024": None,
    }


def test_an_abstract_and_the_full_text_stand_beside_each_other(tmp_path: Path) -> None:
    abstract = edition("2020", "In short.", depth=Depth.ABSTRACT)
    assert [fate for _, fate in keep(tmp_path, abstract, OLD, NEW)] == [
        "added",
        "added",
        "replaced",
    ]
    assert editions(tmp_path) == {
        "file:guide@2019": "file:guide@2024",
        "file:guide@2020": None,
        "file:guide@2024": None,
    }


def test_other_content_under_the_same_id_keeps_both_and_quotes_the_later(tmp_path: Path) -> None:
    first, second, third = (edition("2024", text) for text in ("One.", "Two.", "Three."))
    keep(tmp_path, first)
    (taken,) = _take(tmp_path, second)
    assert (taken.fate, taken.note) == (
        "replaced",
        "file:guide@2024 was held with other content; both are kept, this one is quoted",
    )
    assert taken.edition == f"file:guide@2024~{ready(second)[0].digest[:6]}"
    (last,) = _take(tmp_path, third)
    assert editions(tmp_path) == {
        "file:guide@2024": taken.edition,
        taken.edition: last.edition,
        last.edition: None,
    }
    assert keep(tmp_path, first, second) == [
        ("file:guide@2024", "unchanged"),
        (taken.edition, "unchanged"),
    ]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_of_files_read_at_once_the_later_one_is_quoted_whichever_ends_first(
    tmp_path: Path, order: Sequence[int]
) -> None:
    works = edition("2024", "One."), edition("2024", "Two.")
    with Writer(tmp_path) as writer:
        files = [writer.file(f"{n}.md", f"sum {n}", "", "md")[0] for n in range(2)]
        for n in order:
            writer.take(ready(works[n]), files[n], 1)
    other = f"file:guide@2024~{ready(works[1])[0].digest[:6]}"
    assert editions(tmp_path) == {"file:guide@2024": other, other: None}


@pytest.mark.parametrize("marked", [False, True])
def test_a_file_read_again_says_of_its_work_what_it_says_now(tmp_path: Path, marked: bool) -> None:
    before, after = (edition("2024", "One. Two.", body=body) for body in ("NICE", "ESMO"))
    for name, work in (("one", before), ("other", after)):
        with Writer(tmp_path) as writer:
            file, _, done = writer.file("a.md", "sum", name, "md")
            (taken,) = writer.take(ready(work), file, 1, done=True)
            if name == "one" and marked:
                writer.mark("file:guide@2024", "retracted", None, "a letter")
    assert (done, taken.fate, taken.edition) == (False, "renewed", "file:guide@2024")
    alone = tmp_path / "alone"
    keep(alone, after)
    with Writer(alone) as writer:
        if marked:
            writer.mark("file:guide@2024", "retracted", None, "a letter")
    assert (content(tmp_path), editions(tmp_path)) == (content(alone), editions(alone))
    with Writer(tmp_path) as writer:
        assert writer.marked("file:guide@2024") is marked
        # Said once more as it was said first, the file is read once more.
        assert writer.file("a.md", "sum", "one", "md") == (1, 0, False)


@pytest.mark.parametrize(
    "more",
    [
        {"body": "ESMO"},
        {"year": 2023},
        {"date": day("2024-01-02")},
        {"retracted": True},
        {"licence": "CC BY 4.0"},
        {"title": "Another"},
    ],
    ids=str,
)
def test_whatever_differs_makes_it_another_content(more: dict[str, object]) -> None:
    (one,), (other,) = ready(edition("2024")), ready(edition("2024", **more))
    assert one.digest != other.digest


def test_the_same_words_cut_otherwise_are_another_content() -> None:
    whole = document("file:a", "One. Two.")
    cut = replace(whole, blocks=(Block("One. Two.", headings=("Results",)),))
    assert ready(whole)[0].digest != ready(cut)[0].digest


def _take(folder: Path, *documents: Document) -> list[Taken]:
    with Writer(folder) as writer:
        return writer.take(ready(*documents), None, 0)


def test_works_whose_editions_would_have_the_same_id_are_told_apart(tmp_path: Path) -> None:
    one, other = document("file:a", version="1@2"), document("file:a@1", version="2")
    (first, _), (second, fate) = keep(tmp_path, one, other)
    assert (first, second, fate) == (
        "file:a@1@2",
        f"file:a@1@2~{ready(other)[0].digest[:6]}",
        "added",
    )


def test_an_edition_without_version_or_date_is_named_by_its_content(tmp_path: Path) -> None:
    first, second = edition(None, "One."), edition(None, "Two.")
    (one, _), (two, fate) = keep(tmp_path, first, second)
    assert (one, two, fate) == (
        f"file:guide@{_by_text(first)}",
        f"file:guide@{_by_text(second)}",
        "replaced",
    )
    assert editions(tmp_path) == {one: two, two: None}


def test_its_name_stays_when_more_is_said_of_it() -> None:
    plain, told = edition(None, "One."), edition(None, "One.", body="ESMO", licence="CC0")
    assert [edition_id(each) for each in ready(plain, told)] == [
        f"file:guide@{_by_text(plain)}",
    ] * 2


def _by_text(work: Document) -> str:
    return hashlib.sha256(ready(work)[0].text.encode()).hexdigest()[:8]


# -- removing ---------------------------------------------------------------------------------


def test_removing_the_newest_edition_gives_its_place_back(tmp_path: Path) -> None:
    keep(tmp_path, OLD, MIDDLE, NEW)
    remove(tmp_path, "file:guide@2024")
    assert editions(tmp_path) == {"file:guide@2019": "file:guide@2021", "file:guide@2021": None}


def test_removing_one_in_the_middle_closes_the_gap(tmp_path: Path) -> None:
    keep(tmp_path, OLD, MIDDLE, NEW)
    remove(tmp_path, "file:guide@2021")
    assert editions(tmp_path) == {"file:guide@2019": "file:guide@2024", "file:guide@2024": None}


def test_what_was_removed_is_gone_with_all_that_belongs_to_it(tmp_path: Path) -> None:
    work = document(
        "pmid:7",
        relations=(Relation("retracts", "pmid:8"),),
        identifiers=Identifiers(pmid="7", doi="10.1/x"),
        date=day("2020-01-01"),
    )
    keep(tmp_path, work)
    with Writer(tmp_path) as writer:
        writer.mark("pmid:7@2020-01-01", "superseded", None, None)
    remove(tmp_path, "pmid:7@2020-01-01")
    with Writer(tmp_path) as writer:
        tables = ("document", "passage", "relation", "identifier", "mark")
        counts = [
            writer.connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]
            for table in tables
        ]
    assert counts == [0, 0, 0, 0, 0]
    held = HeldDocuments.open(tmp_path)
    assert (held.content, held.counts()) == (None, (0, 0))
    assert held.removed() == (("pmid:7@2020-01-01", "pmid:7", "About pmid:7"),)


def test_abbreviations_are_those_of_what_is_held(tmp_path: Path) -> None:
    words = "A complete response (CR) was seen."
    keep(tmp_path, edition("1", words), edition("2", words), edition("3", "Nothing was."))
    counts = []
    for name in ("file:guide@3", "file:guide@2", "file:guide@1"):
        remove(tmp_path, name)
        held = HeldDocuments.open(tmp_path)
        counts.append(held.long_forms("CR"))
        held.close()
    assert counts == [(("complete response", 2),), (("complete response", 1),), ()]


def test_removing_what_is_gone_changes_nothing(tmp_path: Path) -> None:
    keep(tmp_path, OLD)
    before = content(tmp_path)
    with Writer(tmp_path) as writer:
        writer.remove([99])
    assert content(tmp_path) == before


def test_ids_are_never_given_twice(tmp_path: Path) -> None:
    keep(tmp_path, OLD, NEW)
    with Writer(tmp_path) as writer:
        last = writer.connection.execute("SELECT MAX(id) FROM passage").fetchone()[0]
    old, new = id_of(tmp_path, "file:guide@2019"), id_of(tmp_path, "file:guide@2024")
    remove(tmp_path, "file:guide@2019", "file:guide@2024")
    keep(tmp_path, NEW)
    assert old < new < id_of(tmp_path, "file:guide@2024")
    with Writer(tmp_path) as writer:
        assert writer.connection.execute("SELECT MIN(id) FROM passage").fetchone()[0] > last


# -- marks and the sum ------------------------------------------------------------------------


def test_a_mark_changes_the_sum_and_taking_it_away_gives_it_back(tmp_path: Path) -> None:
    keep(tmp_path, OLD)
    before = content(tmp_path)
    with Writer(tmp_path) as writer:
        writer.mark("file:guide@2019", "retracted", None, "a letter")
        writer.mark("file:guide@2019", "superseded", "file:other@2020", "another letter")
    marked = content(tmp_path)
    with Writer(tmp_path) as writer:
        assert writer.marked("file:guide@2019")
        writer.mark("file:guide@2019", None, None, None)
        assert not writer.marked("file:guide@2019")
    assert (content(tmp_path), marked != before) == (before, True)


def test_removing_a_marked_edition_takes_its_mark_out_of_the_sum(tmp_path: Path) -> None:
    keep(tmp_path, OLD)
    before = content(tmp_path)
    keep(tmp_path, document("file:other", version="1"))
    with Writer(tmp_path) as writer:
        writer.mark("file:other@1", "retracted", None, None)
    remove(tmp_path, "file:other@1")
    assert content(tmp_path) == before


WORKS = st.lists(
    st.builds(
        lambda source, version, text, depth: document(
            f"file:{source}", text, f"The {version}th.", version=str(version), depth=depth
        ),
        st.sampled_from("abc"),
        st.integers(1, 12),
        st.sampled_from(["Some words.", "Other words.", "CR (complete response) was seen."]),
        st.sampled_from([Depth.FULL_TEXT, Depth.ABSTRACT]),
    ),
    min_size=1,
    max_size=7,
    # Two with one id are told apart by who came first: see the test above.
    unique_by=lambda each: (each.source, each.version),
)


@settings(max_examples=25, deadline=None)
@given(WORKS, st.data())
def test_the_sum_is_of_the_content_and_not_of_its_order(
    works: list[Document], data: st.DataObject
) -> None:
    other = data.draw(st.permutations(works))
    cut = data.draw(st.integers(0, len(works)))
    with tempfile.TemporaryDirectory() as place:
        one, two = Path(place, "one"), Path(place, "two")
        keep(one, *works)
        with Writer(two) as writer:
            writer.take(ready(*other[:cut]), None, 0)
            writer.take(ready(*other[cut:]), None, 0)
        assert (content(one), editions(one)) == (content(two), editions(two))


@settings(max_examples=25, deadline=None)
@given(WORKS, st.data())
def test_adding_and_removing_gives_the_same_sum_as_before(
    works: list[Document], data: st.DataObject
) -> None:
    kept = data.draw(st.integers(0, len(works)))
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        keep(folder, *works[:kept])
        before, as_before = content(folder), editions(folder)
        added = [name for name, _ in keep(folder, *works[kept:])]
        remove(folder, *data.draw(st.permutations(added)))
        assert (content(folder), editions(folder)) == (before, as_before)


def test_the_number_of_passages_is_kept_right(tmp_path: Path) -> None:
    keep(tmp_path, OLD, NEW, document("file:b", *("Many words. " * 200 for _ in range(5))))
    remove(tmp_path, "file:guide@2019")
    held = HeldDocuments.open(tmp_path)
    counted = sum(held.passage_counts(each.id for each in held.all()).values())
    assert held.passage_count == counted > 2


# -- one writer -------------------------------------------------------------------------------


def test_a_batch_that_fails_leaves_nothing_and_the_next_is_as_if_it_had_not_been(
    tmp_path: Path,
) -> None:
    keep(tmp_path, OLD)
    broken = document("file:broken", relations=(Relation("retracts", None),))  # type: ignore[arg-type]
    with Writer(tmp_path) as writer:
        batch = ready(document("file:good", version="1"), broken)
        with pytest.raises(AttributeError):
            writer.take(batch, None, 0)
    after = content(tmp_path)
    keep(tmp_path / "other", OLD)
    assert (after, list(editions(tmp_path))) == (content(tmp_path / "other"), ["file:guide@2019"])
    with Writer(tmp_path) as writer:
        assert writer.last == 1


WRITE = (
    "import sys; from pathlib import Path; from probatum.library.writer import Writer; "
    "from probatum.library.catalogue import CatalogueError\n"
    "try:\n    Writer(Path(sys.argv[1])).__enter__()\n"
    "except CatalogueError as error:\n    print(error)"
)


def test_a_second_process_that_would_write_gets_one_sentence(tmp_path: Path) -> None:
    with Writer(tmp_path):
        done = subprocess.run(
            [sys.executable, "-c", WRITE, str(tmp_path)],
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
    sentence = f"{tmp_path}: another process is writing to this library; try again when it is done."
    assert (done.stdout.strip(), done.stderr) == (sentence, "")


def test_a_work_without_a_word_is_held_without_a_passage(tmp_path: Path) -> None:
    empty = Document(
        source="file:empty",
        title="",
        type=OLD.type,
        depth=OLD.depth,
        blocks=(Block(""),),
        format="md",
        version="1",
    )
    assert keep(tmp_path, empty) == [("file:empty@1", "added")]
    assert HeldDocuments.open(tmp_path).counts() == (1, 0)
