"""Search by meaning beside search by words, with a made-up model that knows a few synonyms."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from probatum.evidence.source import SourceType
from probatum.library.library import Library
from probatum.library.meaning import Meaning
from probatum.library.search import Request, Search, documents_of
from probatum.library.tantivy_index import TantivyIndex
from probatum.library.upkeep import catch_up
from probatum.library.writer import Writer
from tests.library.sample_documents import document, hold

# The model takes these for one word.
MEANT = {"throwing": "emesis", "vomiting": "emesis", "sickness": "emesis", "tumour": "cancer"}


class Model:
    """A direction for each word, the same one for synonyms; shared words are nearness."""

    name, dimension, limit = "synonyms", 32, 64

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.stack([self.query(text) for text in texts])

    def query(self, text: str) -> NDArray[np.float32]:
        total = np.zeros(self.dimension)
        for word in text.lower().replace(".", " ").split():
            known = MEANT.get(word, word)
            seed = int.from_bytes(hashlib.sha256(known.encode()).digest()[:4])
            total += np.random.default_rng(seed).normal(size=self.dimension)
        return (total / max(float(np.linalg.norm(total)), 1e-9)).astype(np.float32)


WORKS = {
    "file:sick": ("Sickness", "Vomiting throwing sickness emesis."),
    "file:up": ("Up", "Things went up and up again."),
    "file:pain": ("Pain", "Opioids relieve pain."),
    "file:label": ("Label", "Emesis vomiting on the label."),
}


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Callable[[], Library]]:
    """Opens the library anew, with the model in place."""
    hold(
        tmp_path,
        *(
            document(
                source,
                text,
                title=title,
                year=2020,
                type=SourceType.LABEL if source == "file:label" else SourceType.OTHER,
            )
            for source, (title, text) in WORKS.items()
        ),
    )
    opened: list[Library] = []

    def again() -> Library:
        opened.append(Library.open(tmp_path))
        return opened[-1]

    yield again
    for library in opened:
        library.documents.close()


def meaning_of(library: Library) -> Meaning:
    assert library.folder is not None
    meaning = Meaning(library.folder)
    vars(meaning)["embedder"] = Model()
    return meaning


def search_of(library: Library) -> Search:
    """The search with vectors."""
    assert library.folder is not None
    return Search(
        library.documents, TantivyIndex(library.folder), library.vocabulary, meaning_of(library)
    )


def found(search: Search, request: Request) -> list[str]:
    return [source for source, _ in documents_of(search.search(request))]


def test_without_vectors_there_is_no_search_by_meaning(held: Callable[[], Library]) -> None:
    library = held()
    assert (meaning_of(library).there, library.search.meaning) == (False, None)
    assert set(found(library.search, Request("throwing things"))) == {"file:sick", "file:up"}


def test_what_is_near_in_meaning_is_found_without_a_shared_word(
    held: Callable[[], Library],
) -> None:
    library = held()
    list(meaning_of(library).embed(library.documents))
    assert "file:label" not in found(library.search, Request("throwing", meaning=False))
    assert set(found(search_of(library), Request("throwing"))[:2]) == {"file:sick", "file:label"}


def test_embedding_says_how_far_it_is_and_does_nothing_the_second_time(
    held: Callable[[], Library],
) -> None:
    library = held()
    assert list(meaning_of(library).embed(library.documents))[-1] == (4, 4)
    assert list(meaning_of(library).embed(library.documents)) == []
    assert meaning_of(library).there


def test_a_half_built_index_hides_nothing(held: Callable[[], Library]) -> None:
    library = held()
    meaning = meaning_of(library)
    first = library.documents.passage_ids()[0]
    meaning.index.add([first], Model().passages(["Sickness Vomiting throwing sickness emesis."]))
    assert meaning.index.coverage(4).share == 0.25
    search = search_of(library)
    assert found(search, Request("pain"))[0] == "file:pain"
    assert set(found(search, Request("emesis pain"))) >= {"file:sick", "file:label", "file:pain"}


@pytest.mark.parametrize(
    "request_",
    [
        Request("throwing", types=(SourceType.OTHER,)),
        Request("throwing", years=(2019, 2021)),
        Request("throwing AND sickness"),
        Request('"throwing sickness"'),
    ],
)
def test_filters_and_operators_let_in_nothing_that_only_meaning_found(
    held: Callable[[], Library], request_: Request
) -> None:
    library = held()
    list(meaning_of(library).embed(library.documents))
    assert found(search_of(library), request_) == ["file:sick"]


def test_scores_fall_and_are_shares(held: Callable[[], Library]) -> None:
    library = held()
    list(meaning_of(library).embed(library.documents))
    scores = [hit.score for hit in search_of(library).search(Request("throwing up"))]
    assert scores == sorted(scores, reverse=True)
    assert max(scores) <= 1.0


def test_a_removed_passage_is_not_found_by_its_vector(held: Callable[[], Library]) -> None:
    library = held()
    assert library.folder is not None
    list(meaning_of(library).embed(library.documents))
    with Writer(library.folder) as writer:
        writer.remove([each.id for each in library.documents.of_source("file:label")])
        index = TantivyIndex(library.folder, write=True)
        catch_up(writer, index)
        index.close()
    after = held()
    assert found(search_of(after), Request("throwing"))[:1] == ["file:sick"]
    assert "file:label" not in found(search_of(after), Request("throwing"))
    meaning = meaning_of(after)
    assert list(meaning.embed(after.documents)) == []
    assert meaning.index.covered() == after.documents.passage_ids()
