"""Whether the quotes that an answer shows are those that a judge would have chosen.

MedQuAD (consumer questions with the page that answers each): the pages are added under the name of
their subject as title, as held pages are; a quote is right when it stands in a judged answer, and
on the subject when its page is about what the question names. SciFact (claims with the sentences of
abstracts that bear them out or refute them): a quote is right when it overlaps such a sentence.
Every question goes the whole way of `probatum ask`, gate included, on a library of that collection
alone, so that what is counted is what a reader sees. Only the developers' parts are read. The time
is that of choosing the quotes, without understanding the question and without the gate. Asked is a
sample of each collection's questions, drawn with a fixed seed; `--all` asks every one.
"""

import gzip
import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench._report import Row, middle, percentile, report
from probatum.answers.quotes import quotes
from probatum.engine import Ask, Engine
from probatum.evidence.answer import Answer
from probatum.evidence.claim import Anchor
from probatum.library.intake import add
from probatum.questions.text import QuestionError
from probatum.sources.formats import Settings
from probatum.sources.layout.text import clean

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
# Choosing quotes is one step of an answer that has to come at once.
_MOST_MILLISECONDS = 60.0
# How many cited sources a reader looks at.
_CITED = 3
# Questions asked of each collection: a share of one half is then right to about 4 in 100 (one
# standard error of a proportion), and the whole takes less than a minute.
_ASKED = 150
_SEED = 20_260_101


@dataclass(frozen=True)
class Asked:
    """A question with the quotes that its answer shows, best first, and what choosing them took."""

    id: str
    quotes: tuple[Anchor, ...]
    milliseconds: float


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    content = path.read_bytes()
    text = gzip.decompress(content) if path.suffix == ".gz" else content
    for line in text.decode().splitlines():
        yield json.loads(line)


def sample(ids: Sequence[str]) -> list[str]:
    """The questions to ask, the same in every run; all with --all."""
    if "--all" in sys.argv or len(ids) <= _ASKED:
        return list(ids)
    return random.Random(_SEED).sample(sorted(ids), _ASKED)


def library(folder: Path, documents: Iterator[tuple[str, str, str]]) -> Engine:
    """An engine on a library of these documents (id, title, text)."""
    corpus = folder / "corpus.jsonl"
    with corpus.open("w", encoding="utf-8") as out:
        for id, title, text in documents:
            out.write(json.dumps({"_id": id, "title": title, "text": text}) + "\n")
    add(folder / "library", [corpus], Settings(format="beir"))
    return Engine.open(folder / "library")


def shown(answer: Answer) -> tuple[Anchor, ...]:
    """What an answer quotes, in its order."""
    claims = [
        id for section in answer.sections if section.kind == "quotes" for id in section.claims
    ]
    return tuple(answer.claims[id].anchors[0] for id in claims)


def ask(engine: Engine, questions: Mapping[str, str]) -> list[Asked]:
    """Ask every question."""
    made = []
    for id, question in questions.items():
        request = Ask(question=question)
        try:
            answer, need = engine.ask(request), engine.need(request)
        except QuestionError:
            made.append(Asked(id, (), 0.0))
            continue
        started = time.perf_counter()
        quotes(need, engine.library)
        made.append(Asked(id, shown(answer), (time.perf_counter() - started) * 1000))
    return made


def _share(values: list[bool]) -> float:
    return sum(values) / max(1, len(values))


def _times(name: str, asked: list[Asked]) -> list[Row]:
    times = [each.milliseconds for each in asked]
    return [
        Row(f"{name}, choosing quotes, median", middle(times), "ms"),
        Row(f"{name}, choosing quotes, p95", percentile(times, 0.95), "ms", _MOST_MILLISECONDS),
    ]


def medquad(folder: Path) -> list[Row]:
    """Consumer questions: is the quote from the judged answer, and is it on the subject?"""
    pages = {str(item["doc_id"]): item for item in _lines(DATA / "medquad" / "qa.jsonl.gz")}
    engine = library(folder, ((id, page["focus"], page["answer"]) for id, page in pages.items()))
    right: dict[str, set[str]] = {}
    for row in (DATA / "medquad" / "qrels.tsv").read_text("utf-8").splitlines()[1:]:
        query, document, _ = row.split("\t")
        right.setdefault(query, set()).add(document)
    queries = {item["query_id"]: item for item in _lines(DATA / "medquad" / "queries.jsonl")}
    chosen = sample([id for id in queries if id in right])
    asked = ask(engine, {id: queries[id]["text"] for id in chosen})
    first, any_, subject, of_all, nothing, cited = [], [], [], [], [], []
    for each in asked:
        pages_of = [anchor.source.removeprefix("beir:") for anchor in each.quotes]
        focus = queries[each.id]["focus"].casefold()
        about = [
            focus in (pages[page]["focus"].casefold(), *map(str.casefold, pages[page]["synonyms"]))
            or pages[page]["focus"].casefold() in focus
            for page in pages_of
        ]
        nothing.append(not pages_of)
        of_all.append(bool(set(pages_of) & right[each.id]))
        cited.append(bool(set([*dict.fromkeys(pages_of)][:_CITED]) & right[each.id]))
        if pages_of:
            first.append(pages_of[0] in right[each.id])
            any_.append(bool(set(pages_of) & right[each.id]))
            subject.append(about[0])
    return [
        Row("medquad, questions asked", len(asked), f"of {len(right)}"),
        Row("medquad, a judged source among the first three cited", _share(cited), "", 0.7, True),
        Row("medquad, a sentence of the judged answer is quoted", _share(of_all), "", 0.6, True),
        Row("medquad, questions without a quote", _share(nothing), ""),
        Row("medquad, of those with quotes: first is of the judged answer", _share(first), ""),
        Row("medquad, of those with quotes: any is of the judged answer", _share(any_), ""),
        Row("medquad, of those with quotes: first is on the subject", _share(subject), ""),
        *_times("medquad", asked),
    ]


def scifact(folder: Path) -> list[Row]:
    """Claims: does a quote overlap a sentence that bears them out or refutes them?"""
    corpus = {str(item["doc_id"]): item for item in _lines(DATA / "scifact" / "corpus.jsonl.gz")}
    engine = library(
        folder, ((id, item["title"], " ".join(item["sentences"])) for id, item in corpus.items())
    )
    claims = {item["id"]: item for item in _lines(DATA / "scifact" / "claims.jsonl")}
    chosen = sample([id for id, item in claims.items() if item["evidence"]])
    asked = ask(engine, {id: claims[id]["claim"] for id in chosen})
    of_all, first, any_, document, nothing = [], [], [], [], []
    for each in asked:
        gold = {str(item["doc_id"]): item["sentences"] for item in claims[each.id]["evidence"]}
        hits = []
        for anchor in each.quotes:
            id = anchor.source.removeprefix("beir:")
            sentences = [clean(corpus[id]["sentences"][place]) for place in gold.get(id, ())]
            text = engine.library.text(anchor.edition) or ""
            hits.append(any(_overlaps(text, sentence, anchor) for sentence in sentences))
        nothing.append(not each.quotes)
        of_all.append(any(hits))
        if hits:
            first.append(hits[0])
            any_.append(any(hits))
            document.append(any(a.source.removeprefix("beir:") in gold for a in each.quotes))
    return [
        Row("scifact, claims asked", len(asked), ""),
        Row("scifact, claims with a quote that overlaps a gold sentence", _share(of_all), ""),
        Row("scifact, claims without a quote", _share(nothing), ""),
        Row("scifact, of those with quotes: first overlaps a gold sentence", _share(first), ""),
        Row("scifact, of those with quotes: any overlaps a gold sentence", _share(any_), ""),
        Row("scifact, of those with quotes: any is of a gold abstract", _share(document), ""),
        *_times("scifact", asked),
    ]


def _overlaps(text: str, sentence: str, anchor: Anchor) -> bool:
    at = text.find(sentence)
    return at >= 0 and anchor.start < at + len(sentence) and at < anchor.end


def main() -> None:
    """Measure and report; only the collections named on the command line, where any are."""
    if not DATA.is_dir():
        print(f"quotes: the data folder {DATA} is not there, so there is nothing to measure.")
        return
    wanted = [arg for arg in sys.argv[1:] if not arg.startswith("-")]
    rows = []
    for measure in (medquad, scifact):
        if not wanted or measure.__name__ in wanted:
            with tempfile.TemporaryDirectory() as folder:
                rows += measure(Path(folder))
    report("quotes", " ".join((__doc__ or "").split()), "developers' parts of the data", rows)


if __name__ == "__main__":
    main()
