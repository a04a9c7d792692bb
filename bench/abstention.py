"""Whether a question is declined when its answer is not held, and answered when it is.

Half of a collection's works are held; questions of both halves are asked, so one in two can't be
answered from what is held. MedQuAD (consumer questions) is parted by subject, and pages that name a
subject asked about of the other half are left out as well; PubMedQA (questions of papers) by paper.
A first quote is right when it stands in a judged work; other works may answer MedQuAD's questions
too, so its errors are fewer than counted, and those on another subject are counted apart. Coverage
is the share of answerable questions that are answered rightly; risk the share on another subject
(MedQuAD) or of another paper (PubMedQA) of all answered. The chance below which nothing is quoted
was calibrated on one half of the questions by hash (`scripts/support.py`); reported is the other
half. With --write the curve of risk and coverage over the chance is drawn, with the point at which
the program answers. The developers' parts are sampled with a fixed seed.
"""

import random
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any
from unittest import mock

from bench._report import Row, report
from bench._risk import CURVE, drawing
from bench.quotes import DATA, _lines, library
from probatum.answers import support as answers_support
from probatum.answers.quotes import quotes
from probatum.answers.support import Support, support_weights
from probatum.engine import Ask, Engine
from probatum.questions.text import QuestionError

SEED = 20_260_101
# Questions asked of each half.
_ASKED = 120


@dataclass(frozen=True)
class Tried:
    """A question with what speaks for its first quote (None without one), and whether it is right.

    `near` is whether the quote is at least on the subject asked about.
    """

    id: str
    held: bool
    support: Support | None
    right: bool
    near: bool

    @property
    def score(self) -> float:
        """The chance that the quote is on what was asked; 0 where nothing is quoted.

        What is quoted whatever its chance has 1: no threshold would decline it.
        """
        if self.support is None:
            return 0.0
        return 1.0 if self.support.sure else self.support.chance


def half(name: str) -> int:
    """Half of a name, the same in every run."""
    return sha256(name.casefold().encode()).digest()[0] % 2


def sample(ids: Iterable[str], seed: int) -> list[str]:
    """The questions to ask, the same in every run of one seed."""
    held = sorted(ids)
    return random.Random(seed).sample(held, min(_ASKED, len(held)))


def tried(
    engine: Engine,
    asked: Iterable[str],
    queries: Mapping[str, str],
    right: Mapping[str, set[str]],
    near: Mapping[str, set[str]],
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
        on = source in right[id] or source in near.get(id, ())
        support = found[0].support if found else None
        made.append(Tried(id, held, support, source in right[id], on))
    return made


def medquad(folder: Path, seed: int = SEED) -> list[Tried]:
    """Consumer questions; halves by the subject, under whichever name."""
    pages = {str(item["doc_id"]): item for item in _lines(DATA / "medquad" / "qa.jsonl.gz")}
    right = _right(DATA / "medquad" / "qrels.tsv")
    queries = {item["query_id"]: item for item in _lines(DATA / "medquad" / "queries.jsonl")}
    kept = {id for id, page in pages.items() if not half(page["focus"])}
    asked = sample((id for id in queries if id in right and not right[id] & kept), seed)
    names = {name.casefold() for id in asked for work in right[id] for name in _names(pages[work])}
    kept -= {id for id in kept if _speaks(pages[id], names)}

    def documents() -> Iterator[tuple[str, str, str]]:
        return ((id, pages[id]["focus"], pages[id]["answer"]) for id in pages if id in kept)

    texts = {id: query["text"] for id, query in queries.items()}
    pages_on: dict[str, set[str]] = defaultdict(set)
    for id, page in pages.items():
        for name in _names(page):
            pages_on[name.casefold()].add(id)
    near = {id: pages_on[query["focus"].casefold()] for id, query in queries.items()}
    return _halves(folder, documents(), texts, (right, near), kept, asked, seed)


def _names(page: Mapping[str, Any]) -> Iterator[str]:
    yield page["focus"]
    yield from page["synonyms"]


def _speaks(page: Mapping[str, Any], names: Set[str]) -> bool:
    """Whether a page names one of these subjects, in its title or its text."""
    words = f"{page['focus']} {page['answer']}".casefold()
    return any(name in words for name in names)


def pubmedqa(folder: Path, seed: int = SEED) -> list[Tried]:
    """Questions of papers; halves by the paper."""
    pool = DATA / "abstract_pool"
    right = _right(pool / "qrels_pubmedqa.tsv")
    queries = {item["query_id"]: item["text"] for item in _lines(pool / "queries_pubmedqa.jsonl")}
    works = {item["doc_id"]: item["text"] for item in _lines(pool / "corpus.jsonl.gz")}
    kept = {id for id in works if not half(id)}
    documents = ((id, "", works[id]) for id in works if id in kept)
    without = (id for id in queries if id in right and not right[id] & kept)
    return _halves(folder, documents, queries, (right, {}), kept, without, seed)


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
    judged: tuple[Mapping[str, set[str]], Mapping[str, set[str]]],
    kept: set[str],
    without: Iterable[str],
    seed: int,
) -> list[Tried]:
    """Questions whose works are held, and `without` those whose are not."""
    engine = library(folder, documents)
    held = (id for id in queries if judged[0].get(id, set()) & kept)
    return [
        *tried(engine, sample(held, seed), queries, *judged, held=True),
        *tried(engine, sample(without, seed), queries, *judged, held=False),
    ]


def risk(made: Sequence[Tried], least: float) -> tuple[float, float]:
    """Risk and coverage where a chance of at least `least` is answered."""
    answered = [each for each in made if each.score and each.score >= least]
    wrong = sum(not each.near for each in answered) / max(1, len(answered))
    held = sum(each.held for each in made)
    return wrong, sum(each.right for each in answered) / max(1, held)


def wrong(made: Sequence[Tried], least: float) -> float:
    """The share of first quotes that stand in no judged work."""
    answered = [each for each in made if each.score and each.score >= least]
    return sum(not each.right for each in answered) / max(1, len(answered))


def false_answers(made: Sequence[Tried], least: float) -> float:
    """The share of questions answered of those whose works are not held."""
    without = [each for each in made if not each.held]
    return sum(bool(e.score) and e.score >= least for e in without) / max(1, len(without))


@contextmanager
def at_any_chance() -> Iterator[None]:
    """Quotes whatever their chance, so that the whole curve is seen."""
    held = support_weights()
    with mock.patch.object(
        answers_support, "support_weights", return_value=replace(held, least=0.0)
    ):
        yield


def main() -> None:
    """Measure and report."""
    if not DATA.is_dir():
        print(f"nothing measured: {DATA} is not there")
        return
    least = support_weights().least
    rows = [Row("chance from which a quote is shown", least, "")]
    curves: dict[str, list[tuple[float, float]]] = {}
    points: list[tuple[float, float]] = []
    for measure in (medquad, pubmedqa):
        name = measure.__name__
        with tempfile.TemporaryDirectory() as folder, at_any_chance():
            made = measure(Path(folder))
        if "--scores" in sys.argv:
            for each in made:
                print(name, each.id, each.held, round(each.score, 4), each.right, each.near)
        unseen = [each for each in made if half(each.id)]
        found, covered = risk(unseen, least)
        rows += [
            Row(f"{name}, answerable questions answered rightly", covered, ""),
            Row(
                f"{name}, answered of those that are not held",
                false_answers(unseen, least),
                "",
                0.1,
            ),
            Row(f"{name}, off the subject or paper of all answered", found, "", 0.1),
            Row(f"{name}, not of a judged work of all answered", wrong(unseen, least), ""),
        ]
        scores = sorted({each.score for each in unseen if each.score})
        curve = (risk(unseen, score) for score in scores)
        curves[name] = [(coverage, risk_) for risk_, coverage in curve]
        points.append((covered, found))
    report("abstention", " ".join((__doc__ or "").split()), f"{_ASKED} questions a half", rows)
    if "--write" in sys.argv:
        CURVE.write_text(drawing(curves, points) + "\n", "utf-8")


if __name__ == "__main__":
    main()
