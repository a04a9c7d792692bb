"""Whether a question is declined when its answer is not held, and answered when it is.

Half of a collection's works are held; questions of both halves are asked, so one in two can't be
answered from what is held. MedQuAD (consumer questions) is parted by subject, and pages that name a
subject asked about of the other half are left out as well; PubMedQA (questions of papers) by paper.
A first quote is right when it stands in a judged work; other works may answer MedQuAD's questions
too, so its errors are fewer than counted. Risk is the share of wrong first quotes among the
questions answered, coverage the share of answerable questions that are answered rightly; with
--write the curve of both over the score of quotes is drawn. Nothing was fitted to these questions'
odd half by hash, which is the one reported. The developers' parts are sampled with a fixed seed.
"""

import random
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from bench._report import Row, report
from bench._risk import CURVE, drawing
from bench.quotes import DATA, _lines, library
from probatum.answers.quotes import quotes
from probatum.engine import Ask, Engine
from probatum.questions.text import QuestionError

_SEED = 20_260_101
# Questions asked of each half.
_ASKED = 120


@dataclass(frozen=True)
class Tried:
    """A question with the score of its first quote (0 for none) and whether that quote is right."""

    id: str
    held: bool
    score: float
    right: bool


def half(name: str) -> int:
    """Half of a name, the same in every run."""
    return sha256(name.casefold().encode()).digest()[0] % 2


def sample(ids: Iterable[str]) -> list[str]:
    """The questions to ask, the same in every run."""
    held = sorted(ids)
    return random.Random(_SEED).sample(held, min(_ASKED, len(held)))


def tried(
    engine: Engine,
    asked: Iterable[str],
    queries: Mapping[str, str],
    right: Mapping[str, set[str]],
    *,
    held: bool,
) -> list[Tried]:
    """Ask these questions."""
    made = []
    for id in asked:
        try:
            found = quotes(engine.need(Ask(question=queries[id])), engine.library)
        except QuestionError:
            continue
        source = found[0].anchor.source.removeprefix("beir:") if found else ""
        score = found[0].coverage if found else 0.0
        made.append(Tried(id, held, score, source in right[id]))
    return made


def medquad(folder: Path) -> list[Tried]:
    """Consumer questions; halves by the subject, under whichever name."""
    pages = {str(item["doc_id"]): item for item in _lines(DATA / "medquad" / "qa.jsonl.gz")}
    right = _right(DATA / "medquad" / "qrels.tsv")
    queries = {item["query_id"]: item for item in _lines(DATA / "medquad" / "queries.jsonl")}
    kept = {id for id, page in pages.items() if not half(page["focus"])}
    asked = sample(id for id in queries if id in right and not right[id] & kept)
    names = {name.casefold() for id in asked for work in right[id] for name in _names(pages[work])}
    kept -= {id for id in kept if _speaks(pages[id], names)}

    def documents() -> Iterator[tuple[str, str, str]]:
        return ((id, pages[id]["focus"], pages[id]["answer"]) for id in pages if id in kept)

    texts = {id: query["text"] for id, query in queries.items()}
    return _halves(folder, documents(), texts, right, kept, asked)


def _names(page: Mapping[str, Any]) -> Iterator[str]:
    yield page["focus"]
    yield from page["synonyms"]


def _speaks(page: Mapping[str, Any], names: Set[str]) -> bool:
    """Whether a page names one of these subjects, in its title or its text."""
    words = f"{page['focus']} {page['answer']}".casefold()
    return any(name in words for name in names)


def pubmedqa(folder: Path) -> list[Tried]:
    """Questions of papers; halves by the paper."""
    pool = DATA / "abstract_pool"
    right = _right(pool / "qrels_pubmedqa.tsv")
    queries = {item["query_id"]: item["text"] for item in _lines(pool / "queries_pubmedqa.jsonl")}
    works = {item["doc_id"]: item["text"] for item in _lines(pool / "corpus.jsonl.gz")}
    kept = {id for id in works if not half(id)}
    documents = ((id, "", works[id]) for id in works if id in kept)
    without = (id for id in queries if id in right and not right[id] & kept)
    return _halves(folder, documents, queries, right, kept, without)


def _right(path: Path) -> dict[str, set[str]]:
    right: dict[str, set[str]] = {}
    for line in path.read_text("utf-8").splitlines()[1:]:
        query, document, _ = line.split("\t")
        right.setdefault(query, set()).add(document)
    return right


def _halves(
    folder: Path,
    documents: Iterator[tuple[str, str, str]],
    queries: Mapping[str, str],
    right: Mapping[str, set[str]],
    kept: set[str],
    without: Iterable[str],
) -> list[Tried]:
    """Questions whose works are held, and `without` those whose are not."""
    engine = library(folder, documents)
    held = (id for id in queries if right.get(id, set()) & kept)
    return [
        *tried(engine, sample(held), queries, right, held=True),
        *tried(engine, sample(without), queries, right, held=False),
    ]


def risk(made: Sequence[Tried], least: float) -> tuple[float, float]:
    """Risk and coverage where a score of at least `least` is answered."""
    answered = [each for each in made if each.score and each.score >= least]
    wrong = sum(not each.right for each in answered) / max(1, len(answered))
    held = sum(each.held for each in made)
    return wrong, sum(each.right for each in answered) / max(1, held)


def false_answers(made: Sequence[Tried], least: float) -> float:
    """The share of questions answered of those whose works are not held."""
    without = [each for each in made if not each.held]
    return sum(bool(e.score) and e.score >= least for e in without) / max(1, len(without))


def main() -> None:
    """Measure and report."""
    if not DATA.is_dir():
        print(f"nothing measured: {DATA} is not there")
        return
    rows: list[Row] = []
    curves: dict[str, list[tuple[float, float]]] = {}
    for measure in (medquad, pubmedqa):
        name = measure.__name__
        with tempfile.TemporaryDirectory() as folder:
            made = measure(Path(folder))
        if "--scores" in sys.argv:
            for each in made:
                print(name, each.id, each.held, round(each.score, 4), each.right)
        unseen = [each for each in made if half(each.id)]
        wrong, covered = risk(unseen, 0.0)
        rows += [
            Row(f"{name}, answerable questions answered rightly", covered, ""),
            Row(
                f"{name}, answered of those that are not held", false_answers(unseen, 0.0), "", 0.1
            ),
            Row(f"{name}, wrong of all answered", wrong, ""),
        ]
        scores = sorted({each.score for each in made if each.score})
        points = (risk(made, score) for score in scores)
        curves[name] = [(coverage, risk_) for risk_, coverage in points]
    report("abstention", " ".join((__doc__ or "").split()), f"{_ASKED} questions a half", rows)
    if "--write" in sys.argv:
        CURVE.write_text(drawing(curves) + "\n", "utf-8")


if __name__ == "__main__":
    main()
