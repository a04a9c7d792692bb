"""What any engine behind `PassageIndex` must do, as tests that know no engine.

An engine's own test module makes a subclass of `IndexContract` and says in `open` how one is opened
on a folder. Words are given as index terms already, without stop words or endings, so that what is
tested is the engine and not the analysis.
"""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from probatum.library.analysis import analysis
from probatum.library.index import (
    Any,
    Every,
    Filters,
    IndexEntry,
    Node,
    PassageIndex,
    Phrase,
    Terms,
    Without,
    Words,
)

EVERYTHING = 1000
WORDS = ("cervix", "drug", "fistula", "pain", "dose")
TYPES = ("guideline", "label")
BODIES = (None, "ESMO", "NICE")


def entry(passage: int, words: str, document: int | None = None, **more: object) -> IndexEntry:
    """A passage; its document has the same number unless another is given."""
    given: dict[str, object] = {"terms": (), "type": "guideline", "body": None, "year": None}
    return IndexEntry(
        passage,
        passage if document is None else document,
        words,
        **{**given, **more},  # type: ignore[arg-type]
    )


def asked(*words: str) -> Terms:
    """Any of these words, each with its plain weight."""
    return Terms(tuple((word, 1.0) for word in words))


def ids(
    index: PassageIndex, node: Node, filters: Filters | None = None, limit: int = EVERYTHING
) -> list[int]:
    """The passages found, best first."""
    return [match.passage for match in index.search(node, filters or Filters(), limit)]


# -- the plain truth -----------------------------------------------------------------------------


def holds(node: Node, words: Sequence[str]) -> bool:
    """Whether a passage with these words, in order, is what a query asks for."""
    match node:
        case Terms():
            return any(term in words for term, _ in node.weights)
        case Words():
            return any(term in words for term in analysis().content(node.text))
        case Phrase():
            wanted = analysis().terms(node.text)
            return any(list(words[at : at + len(wanted)]) == wanted for at in range(len(words)))
        case Every():
            return all(holds(part, words) for part in node.parts)
        case Any():
            return any(holds(part, words) for part in node.parts)
        case Without():
            return holds(node.wanted, words) and not holds(node.unwanted, words)


def passes(filters: Filters, held: IndexEntry) -> bool:
    """Whether a passage's document is what the filters ask for."""
    first, last = filters.years
    dated = held.year is not None and (first or 0) <= held.year <= (last or 9999)
    return (
        (not filters.types or held.type in filters.types)
        and (not filters.body or filters.body.casefold() == (held.body or "").casefold())
        and (filters.years == (None, None) or dated)
        and (not filters.terms or not set(filters.terms).isdisjoint(held.terms))
    )


SOME_WORDS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3)
LEAVES = st.one_of(
    SOME_WORDS.map(lambda words: asked(*dict.fromkeys(words))),
    SOME_WORDS.map(" ".join).map(Words),
    SOME_WORDS.map(" ".join).map(Phrase),
)
QUERIES = st.recursive(
    LEAVES,
    lambda parts: st.one_of(
        st.lists(parts, min_size=1, max_size=3).map(tuple).map(Every),
        st.lists(parts, min_size=1, max_size=3).map(tuple).map(Any),
        st.builds(Without, parts, parts),
    ),
    max_leaves=5,
)
YEARS = st.one_of(st.none(), st.integers(2018, 2022))
FILTERS = st.builds(
    Filters,
    types=st.sets(st.sampled_from(TYPES)).map(sorted).map(tuple),
    body=st.sampled_from((None, "esmo", "NICE", "WHO")),
    years=st.tuples(YEARS, YEARS),
    terms=st.sets(st.sampled_from(("a", "b"))).map(sorted).map(tuple),
)
BODY_OF_TEXT = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8)
ENTRIES = st.lists(
    st.tuples(
        BODY_OF_TEXT.map(" ".join),
        st.integers(1, 4),
        st.sampled_from(TYPES),
        st.sampled_from(BODIES),
        YEARS,
        st.sets(st.sampled_from(("a", "b", "c"))).map(sorted).map(tuple),
    ),
    max_size=12,
).map(
    lambda rows: [
        IndexEntry(number, document, words, terms, kind, body, year)
        for number, (words, document, kind, body, year, terms) in enumerate(rows, 1)
    ]
)


# Each engine's class runs the same examples; nothing is kept between them.
FOR_EACH_ENGINE = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.differing_executors]
)


class IndexContract:
    """The contract; a subclass opens the engine."""

    def open(self, folder: Path, *, write: bool = True) -> PassageIndex:
        """An index in the folder, made when it is not there."""
        raise NotImplementedError

    @pytest.fixture
    def index(self, tmp_path: Path) -> Iterator[PassageIndex]:
        """An empty index."""
        made = self.open(tmp_path)
        yield made
        made.close()

    @pytest.fixture
    def held(self, index: PassageIndex) -> Callable[..., PassageIndex]:
        """Puts passages, numbered from 1, into the index."""

        def put(*words: str) -> PassageIndex:
            index.add(entry(number, text) for number, text in enumerate(words, 1))
            index.commit()
            return index

        return put

    @contextmanager
    def filled(self, entries: Sequence[IndexEntry]) -> Iterator[PassageIndex]:
        """An index of its own for one example of a property."""
        with ExitStack() as stack:
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            made = self.open(Path(folder))
            stack.callback(made.close)
            made.add(entries)
            made.commit()
            yield made

    # -- nothing held ------------------------------------------------------------------------

    def test_an_empty_index_finds_nothing(self, index: PassageIndex) -> None:
        assert index.search(Words("pain"), Filters(), 10) == []
        assert (index.count(), index.frequency("pain")) == (0, 0)

    def test_an_empty_index_may_be_committed_cleared_and_removed_from(
        self, index: PassageIndex
    ) -> None:
        index.remove([1, 2])
        index.clear()
        index.commit()
        index.refresh()
        assert index.count() == 0

    # -- words -------------------------------------------------------------------------------

    def test_a_passage_with_any_of_the_words_is_found(
        self, held: Callable[..., PassageIndex]
    ) -> None:
        index = held("pain drug", "fistula", "dose cervix")
        assert sorted(ids(index, Words("pain fistula"))) == [1, 2]

    def test_words_are_looked_for_as_texts_are_analysed(
        self, held: Callable[..., PassageIndex]
    ) -> None:
        index = held(analysis().text("Tumours of the cervix."), "fistula")
        assert ids(index, Words("TUMOR")) == [1]

    def test_a_word_of_a_query_that_says_nothing_is_not_looked_for(
        self, held: Callable[..., PassageIndex]
    ) -> None:
        assert ids(held("the drug", "the pain"), Words("the drug")) == [1]

    def test_a_query_that_comes_to_no_word_finds_nothing(
        self, held: Callable[..., PassageIndex]
    ) -> None:
        index = held("pain")
        for node in (
            Words("?!"),
            Phrase("..."),
            Terms(()),
            Every(()),
            Any(()),
            Every((Words(""),)),
        ):
            assert ids(index, node) == []

    def test_more_of_the_words_and_rarer_words_score_higher(
        self, held: Callable[..., PassageIndex]
    ) -> None:
        index = held("pain drug", "pain dose", "fistula dose", "pain cervix")
        assert ids(index, Words("pain drug")) == [1, 2, 4]
        assert ids(index, Words("pain fistula"))[0] == 3

    def test_scores_fall_and_are_above_nought(self, held: Callable[..., PassageIndex]) -> None:
        index = held("pain", "pain pain drug", "pain drug dose cervix", "dose")
        scores = [match.score for match in index.search(Words("pain drug"), Filters(), 10)]
        assert scores == sorted(scores, reverse=True)
        assert len([score for score in scores if score > 0.0]) == 3

    def test_a_match_names_its_document(self, index: PassageIndex) -> None:
        index.add([entry(7, "pain", document=3)])
        index.commit()
        (match,) = index.search(Words("pain"), Filters(), 10)
        assert (match.passage, match.document) == (7, 3)

    def test_a_weight_multiplies_what_a_term_is_worth(
        self, held: Callable[..., PassageIndex]
    ) -> None:
        index = held("pain", "drug")
        assert ids(index, Terms((("pain", 1.0), ("drug", 1.0)))) == [1, 2]
        assert ids(index, Terms((("pain", 1.0), ("drug", 3.0)))) == [2, 1]
        (plain,) = index.search(Terms((("pain", 1.0),)), Filters(), 1)
        (thrice,) = index.search(Terms((("pain", 3.0),)), Filters(), 1)
        assert thrice.score == pytest.approx(3 * plain.score, rel=1e-4)

    def test_a_term_counts_as_it_stands_and_is_not_analysed(
        self, held: Callable[..., PassageIndex]
    ) -> None:
        assert ids(held("tumor"), asked("tumours")) == []

    # -- phrases -----------------------------------------------------------------------------

    def test_a_phrase_is_found_in_its_order_only(self, held: Callable[..., PassageIndex]) -> None:
        index = held("drug dose pain", "dose drug pain")
        assert ids(index, Phrase("drug dose")) == [1]

    def test_the_words_of_a_phrase_stand_side_by_side(
        self, held: Callable[..., PassageIndex]
    ) -> None:
        assert ids(held("drug pain dose", "pain drug dose"), Phrase("drug dose")) == [2]

    def test_a_phrase_may_hold_words_that_say_nothing(
        self, held: Callable[..., PassageIndex]
    ) -> None:
        index = held("dose of the drug", "dose drug")
        assert ids(index, Phrase("dose of the drug")) == [1]

    def test_a_phrase_of_one_word_is_the_word(self, held: Callable[..., PassageIndex]) -> None:
        assert ids(held("pain", "drug"), Phrase("drug")) == [2]

    def test_a_phrase_may_repeat_a_word(self, held: Callable[..., PassageIndex]) -> None:
        assert ids(held("pain drug pain", "drug pain pain"), Phrase("pain pain")) == [2]

    # -- operators ---------------------------------------------------------------------------

    def test_every_part_must_match(self, held: Callable[..., PassageIndex]) -> None:
        index = held("pain drug", "pain", "drug dose pain")
        assert sorted(ids(index, Every((Words("pain"), Words("drug"))))) == [1, 3]

    def test_any_part_may_match(self, held: Callable[..., PassageIndex]) -> None:
        index = held("pain", "dose drug", "cervix")
        assert sorted(ids(index, Any((Words("pain"), Phrase("dose drug"))))) == [1, 2]

    def test_what_is_unwanted_is_left_out(self, held: Callable[..., PassageIndex]) -> None:
        index = held("pain drug", "pain")
        assert ids(index, Without(Words("pain"), Words("drug"))) == [2]

    def test_an_unwanted_part_without_a_word_leaves_nothing_out(
        self, held: Callable[..., PassageIndex]
    ) -> None:
        assert ids(held("pain"), Without(Words("pain"), Words("?"))) == [1]

    def test_nothing_wanted_is_nothing_found(self, held: Callable[..., PassageIndex]) -> None:
        assert ids(held("pain"), Without(Words("?"), Words("drug"))) == []

    def test_operators_nest(self, held: Callable[..., PassageIndex]) -> None:
        index = held("pain drug", "fistula drug", "fistula dose", "pain drug dose")
        node = Without(
            Every((Any((Words("pain"), Words("fistula"))), Words("drug"))), Words("dose")
        )
        assert sorted(ids(index, node)) == [1, 2]

    # -- filters -----------------------------------------------------------------------------

    @pytest.mark.parametrize(
        ("filters", "expected"),
        [
            (Filters(), [1, 2, 3, 4]),
            (Filters(types=("label",)), [2]),
            (Filters(types=("label", "guideline")), [1, 2, 3]),
            (Filters(types=("registry",)), []),
            (Filters(body="esmo"), [1]),
            (Filters(body="ESMO"), [1]),
            (Filters(body="european society"), []),
            (Filters(years=(2020, 2020)), [2]),
            (Filters(years=(2020, None)), [2, 3]),
            (Filters(years=(None, 2020)), [1, 2]),
            (Filters(years=(2021, 2020)), []),
            (Filters(terms=("a",)), [1, 2]),
            (Filters(terms=("a", "b")), [1, 2, 3]),
            (Filters(terms=("nothing",)), []),
            (Filters(types=("guideline",), years=(2015, None), terms=("b",)), [3]),
        ],
    )
    def test_filters_narrow_what_is_found(
        self, index: PassageIndex, filters: Filters, expected: list[int]
    ) -> None:
        index.add(
            [
                entry(1, "pain", terms=("a",), body="ESMO", year=2018),
                entry(2, "pain", terms=("a", "c"), type="label", body="FDA", year=2020),
                entry(3, "pain", terms=("b",), year=2022),
                entry(4, "pain", type="other"),
            ]
        )
        index.commit()
        assert ids(index, Words("pain"), filters) == expected

    def test_a_filter_changes_no_score(self, index: PassageIndex) -> None:
        index.add([entry(1, "pain drug", year=2020), entry(2, "pain", year=2021)])
        index.commit()
        plain = index.search(Words("pain drug"), Filters(), 10)
        filtered = index.search(Words("pain drug"), Filters(years=(2020, None)), 10)
        assert [m.passage for m in plain] == [m.passage for m in filtered]
        for one, other in zip(plain, filtered, strict=True):
            assert one.score == pytest.approx(other.score, rel=1e-4)

    # -- order and number --------------------------------------------------------------------

    def test_equal_passages_come_in_the_order_of_their_ids(self, index: PassageIndex) -> None:
        index.add(entry(number, "pain drug") for number in (9, 2, 30, 4))
        index.commit()
        assert ids(index, Words("pain")) == [2, 4, 9, 30]

    def test_ties_at_the_limit_are_cut_by_id(self, index: PassageIndex) -> None:
        for number in (9, 2, 30, 4):
            index.add([entry(number, "pain drug")])
            index.commit()
        assert ids(index, Words("pain"), limit=2) == [2, 4]

    def test_many_equal_passages_are_cut_by_id_however_they_are_stored(
        self, index: PassageIndex
    ) -> None:
        index.add(entry(number, "pain drug") for number in range(300, 0, -1))
        index.commit()
        assert ids(index, Words("pain"), limit=3) == [1, 2, 3]

    def test_no_more_than_the_limit_is_given(self, held: Callable[..., PassageIndex]) -> None:
        index = held(*["pain"] * 40)
        assert ids(index, Words("pain"), limit=25) == list(range(1, 26))

    # -- writing -----------------------------------------------------------------------------

    def test_what_was_added_is_found_after_commit_and_not_before(self, index: PassageIndex) -> None:
        index.add([entry(1, "pain")])
        assert (ids(index, Words("pain")), index.count()) == ([], 0)
        index.commit()
        assert (ids(index, Words("pain")), index.count()) == ([1], 1)

    def test_what_was_removed_is_gone_after_commit_and_not_before(
        self, index: PassageIndex
    ) -> None:
        index.add([entry(1, "pain", document=7), entry(2, "pain", document=7), entry(3, "pain")])
        index.commit()
        index.remove([7, 8])
        assert ids(index, Words("pain")) == [1, 2, 3]
        index.commit()
        assert (ids(index, Words("pain")), index.count()) == ([3], 1)

    def test_a_document_may_be_added_again_after_its_removal(self, index: PassageIndex) -> None:
        index.add([entry(1, "pain", document=7)])
        index.commit()
        index.remove([7])
        index.add([entry(2, "drug", document=7)])
        index.commit()
        assert (ids(index, Words("pain drug")), index.count()) == ([2], 1)

    def test_clearing_forgets_everything_after_commit(self, index: PassageIndex) -> None:
        index.add([entry(1, "pain")])
        index.commit()
        index.clear()
        index.add([entry(2, "pain")])
        assert ids(index, Words("pain")) == [1]
        index.commit()
        assert (ids(index, Words("pain")), index.count()) == ([2], 1)

    def test_a_term_is_counted_once_a_passage(self, held: Callable[..., PassageIndex]) -> None:
        index = held("pain pain drug", "pain", "dose")
        assert [index.frequency(term) for term in ("pain", "drug", "nothing")] == [2, 1, 0]

    # -- other writers -----------------------------------------------------------------------

    def test_a_reader_sees_what_another_committed_after_a_refresh(self, tmp_path: Path) -> None:
        writer = self.open(tmp_path)
        writer.add([entry(1, "pain")])
        writer.commit()
        reader = self.open(tmp_path, write=False)
        assert ids(reader, Words("pain")) == [1]
        writer.add([entry(2, "pain")])
        writer.commit()
        assert ids(reader, Words("pain")) == [1]
        reader.refresh()
        assert (ids(reader, Words("pain")), reader.count()) == ([1, 2], 2)
        writer.close()
        reader.close()

    def test_what_was_never_committed_is_not_there_when_opened_again(self, tmp_path: Path) -> None:
        index = self.open(tmp_path)
        index.add([entry(1, "pain")])
        index.commit()
        index.add([entry(2, "pain")])
        index.close()
        again = self.open(tmp_path)
        assert ids(again, Words("pain")) == [1]
        again.close()

    def test_an_index_that_was_closed_can_be_written_again(self, tmp_path: Path) -> None:
        for number in (1, 2):
            index = self.open(tmp_path)
            index.add([entry(number, "pain")])
            index.commit()
            index.close()
        again = self.open(tmp_path, write=False)
        assert ids(again, Words("pain")) == [1, 2]
        again.close()

    # -- brute force -------------------------------------------------------------------------

    @FOR_EACH_ENGINE
    @given(ENTRIES, st.lists(st.tuples(QUERIES, FILTERS), min_size=1, max_size=6))
    def test_what_is_found_is_what_looking_at_every_passage_finds(
        self, entries: list[IndexEntry], queries: list[tuple[Node, Filters]]
    ) -> None:
        with self.filled(entries) as index:
            for node, filters in queries:
                expected = [
                    each.passage
                    for each in entries
                    if holds(node, each.words.split()) and passes(filters, each)
                ]
                assert sorted(ids(index, node, filters)) == expected

    @FOR_EACH_ENGINE
    @given(ENTRIES, st.sets(st.integers(1, 4)), QUERIES)
    def test_what_is_left_after_removal_is_what_was_not_of_the_documents(
        self, entries: list[IndexEntry], gone: set[int], node: Node
    ) -> None:
        with self.filled(entries) as index:
            index.remove(sorted(gone))
            index.commit()
            left = [each for each in entries if each.document not in gone]
            found = [each.passage for each in left if holds(node, each.words.split())]
            assert (sorted(ids(index, node)), index.count()) == (found, len(left))

    @FOR_EACH_ENGINE
    @given(ENTRIES, QUERIES, st.integers(1, 12))
    def test_a_limit_only_cuts_the_list_off(
        self, entries: list[IndexEntry], node: Node, limit: int
    ) -> None:
        with self.filled(entries) as index:
            assert ids(index, node, limit=limit) == ids(index, node)[:limit]
