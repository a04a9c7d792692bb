"""A curated record and its work's held text with other numbers: both are shown, and it is said."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from probatum.engine import Ask, Engine
from probatum.evidence.answer import Answer
from probatum.render.json import answer_json
from tests.library.sample_documents import new, take

# The final analysis of GOG-240, of which the pack holds overall survival: hazard ratio 0.77.
PMID = 28756902
QUESTION = "What was overall survival with bevacizumab in GOG-240?"
TITLE = "Bevacizumab in an invented abstract"
LIMIT = (
    f"GOG-240, overall survival: the curated record and the held text of “{TITLE}” give "
    "different numbers; both are shown."
)
OTHER = "Overall survival was longer with bevacizumab (hazard ratio 0.55)."
SAME = "Overall survival was longer with bevacizumab (hazard ratio 0.77)."


def abstract(text: str, pmid: int = PMID, title: str = TITLE) -> str:
    """An invented article as PubMed writes it."""
    return (
        "<?xml version='1.0'?><PubmedArticleSet><PubmedArticle><MedlineCitation>"
        f"<PMID Version='1'>{pmid}</PMID><Article><Journal><JournalIssue><PubDate><Year>2017</Year>"
        "</PubDate></JournalIssue><Title>J Inv</Title></Journal>"
        f"<ArticleTitle>{title}</ArticleTitle>"
        f"<Abstract><AbstractText>{text}</AbstractText></Abstract>"
        "</Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"
    )


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Callable[..., Engine]]:
    """Opens an engine on a library that holds an abstract with this text."""
    opened: list[Engine] = []

    def put(text: str | None, **more: object) -> Engine:
        folder = new(tmp_path / "library")
        if text is not None:
            path = tmp_path / "files" / "one.xml"
            path.parent.mkdir(exist_ok=True)
            path.write_text(abstract(text, **more), encoding="utf-8")  # type: ignore[arg-type]
            take(folder, path)
        opened.append(Engine.open(folder))
        return opened[-1]

    yield put
    for each in opened:
        each.close()


def ask(engine: Engine, question: str = QUESTION) -> Answer:
    return engine.ask(Ask(question=question))


def quoted(answer: Answer) -> list[str]:
    return [
        answer.claims[id].anchors[0].quote
        for section in answer.sections
        if section.kind == "quotes"
        for id in section.claims
    ]


def from_record(answer: Answer) -> list[str]:
    """The sentences that give the record's hazard ratio."""
    return [
        claim.text
        for claim in answer.claims.values()
        if claim.focus == "gog-240.os.final" and "0.77" in claim.text
    ]


def test_another_number_in_the_text_is_quoted_beside_the_record(
    engine: Callable[..., Engine],
) -> None:
    answer = ask(engine(OTHER))
    assert OTHER in quoted(answer)
    assert from_record(answer) == from_record(ask(engine(None))) != []
    assert answer.limits[0] == LIMIT
    cited = {reference.source: reference.depth.value for reference in answer.references}
    assert cited[f"pmid:{PMID}"] == "abstract"


@pytest.mark.parametrize(
    "text",
    [
        SAME,
        "Patients were followed for 50 months.",
        "Progression-free survival was longer with bevacizumab (hazard ratio 0.55).",
        "Overall survival was 16.8 months and 13.3 months.",
        f"{SAME} In a later look it was different: {OTHER}",
    ],
)
def test_the_same_number_or_another_matter_is_no_disagreement(
    engine: Callable[..., Engine], text: str
) -> None:
    answer = ask(engine(text))
    assert [limit for limit in answer.limits if "different numbers" in limit] == []


def test_the_text_of_another_work_does_not_disagree(engine: Callable[..., Engine]) -> None:
    answer = ask(engine(OTHER, pmid=12345678))
    assert [limit for limit in answer.limits if "different numbers" in limit] == []


def test_a_question_that_shows_no_such_record_says_nothing_of_it(
    engine: Callable[..., Engine],
) -> None:
    answer = ask(engine(OTHER), "What is the dose of tisotumab vedotin in cervical cancer?")
    assert [limit for limit in answer.limits if "different numbers" in limit] == []
    assert OTHER not in quoted(answer)


def test_a_text_about_another_disease_is_not_shown_as_disagreeing(
    engine: Callable[..., Engine],
) -> None:
    answer = ask(engine(OTHER, title="Bevacizumab in melanoma"))
    assert OTHER not in quoted(answer)


def test_the_same_snapshot_gives_the_same_bytes(
    engine: Callable[..., Engine], tmp_path: Path
) -> None:
    clock = {"created": "", "elapsed_ms": 0}
    first = answer_json(ask(engine(OTHER)).model_copy(update=clock))
    again = Engine.open(tmp_path / "library")
    assert answer_json(ask(again).model_copy(update=clock)) == first
    again.close()
