"""Whether the reply that a text's results give to a yes/no question is the one that people gave.

PubMedQA (questions that are answered yes, no or maybe, by people who read the abstract with its
conclusion): the program reads the abstract's results without the conclusion. The shipped weights
were learned from these same questions, so each is judged by weights of the other nine parts in ten;
`scripts/closed_questions.py` learns the shipped ones. "Told" are the replies that an answer would
show. PubMedRS-200 (questions of systematic reviews with a reference answer): the direction of the
review's results is compared with that of the reference answer, both read by the program, so a
difference may be an error of either; and with labels (yes, no or maybe; bench/review_replies.yaml)
that a language model gave for this bench by reading the reference answer, which nobody checked;
choices between two treatments and what was not plain to it are left out. Only the developers' parts
are read.
"""

import gzip
import json
import re
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal
from unittest import mock

from bench._report import Row, middle, report
from probatum.extract.closed import reply as reading
from probatum.extract.closed.question import ClosedQuestion, closed_question
from probatum.extract.closed.reply import (
    Reply,
    Says,
    conclusion_reply,
    plain_reply,
    reply,
    reply_weights,
)
from probatum.library.intake import add
from probatum.library.library import Library
from probatum.library.search import Request
from probatum.sources.formats import Settings
from probatum.terms.reading import load_yaml

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
GOLD = Path(__file__).with_name("review_replies.yaml")
POOL = DATA / "abstract_pool"
_RESULTS = re.compile("RESULT|FINDING|OUTCOME|OBSERV")
PARTS = 10
Part = Literal["results", "conclusion"]
PARTS_READ: tuple[Part, ...] = ("results", "conclusion")


@dataclass(frozen=True)
class Item:
    """A question with the results of its abstract and what people answered."""

    id: str
    question: ClosedQuestion
    text: str
    conclusion: str
    says: Says


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def items() -> list[Item]:
    """PubMedQA's questions; a title that asks without a verb is read as one that asks."""
    found = []
    for held in _lines(POOL / "pubmedqa_full.jsonl.gz"):
        parts = zip(held["LABELS"], held["CONTEXTS"], strict=True)
        text = "\n\n".join(words for label, words in parts if _RESULTS.search(label))
        asked = closed_question(held["QUESTION"]) or ClosedQuestion(
            held["QUESTION"], "plain", frozenset(), "none", held["QUESTION"]
        )
        says = held["final_decision"]
        found.append(
            Item(held["pmid"], asked, text or held["CONTEXTS"][-1], held["LONG_ANSWER"], says)
        )
    return found


def parted(found: Sequence[Item], part: Part = "results") -> list[tuple[Item, Reply]]:
    """Each question with the reply by weights that were learned from the other parts in ten."""
    from scripts.closed_questions import learn, named

    rows = [named(item, part) for item in found]
    own = [int(sha256(item.id.encode()).hexdigest(), 16) % PARTS for item in found]
    weights_of = "reply_weights" if part == "results" else "conclusion_weights"
    told: list[tuple[Item, Reply]] = []
    for held in range(PARTS):
        rest = [n for n, each in enumerate(own) if each != held]
        weights = learn([rows[n] for n in rest], [found[n].says for n in rest], part)
        with mock.patch.object(reading, weights_of, return_value=weights):
            told += [
                (found[n], made)
                for n, each in enumerate(own)
                if each == held and (made := _read(found[n], part))
            ]
    return told


def _read(item: Item, part: Part) -> Reply | None:
    if part == "results":
        return reply(item.question, item.text)
    return conclusion_reply(item.question, item.conclusion)


def _share(hits: Sequence[bool]) -> float:
    return sum(hits) / max(1, len(hits))


def found_abstracts() -> tuple[float, float]:
    """The share of questions whose own abstract is found first, and among the first ten."""
    queries = {held["query_id"]: held["text"] for held in _lines(POOL / "queries_pubmedqa.jsonl")}
    right = dict(
        line.split("\t")[:2]
        for line in (POOL / "qrels_pubmedqa.tsv").read_text("utf-8").splitlines()[1:]
    )
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus.jsonl"
        with corpus.open("w", encoding="utf-8") as out:
            for held in _lines(POOL / "corpus.jsonl.gz"):
                line = {"_id": held["doc_id"], "title": "", "text": held["text"]}
                out.write(json.dumps(line) + "\n")
        add(Path(folder) / "library", [corpus], Settings(format="beir"))
        library = Library.open(Path(folder) / "library")
        first, ten = [], []
        for id, words in queries.items():
            hits = library.search.search(Request(words, 10, meaning=False))
            sources = [hit.passage.document.source.removeprefix("beir:") for hit in hits]
            first.append(sources[:1] == [right[id]])
            ten.append(right[id] in sources)
    return _share(first), _share(ten)


def reviews() -> list[Row]:
    """The direction of reviews' results against that of their reference answers."""
    gold = load_yaml(GOLD.read_text("utf-8"))
    same, results, whole, asked = [], [], [], 0
    for held in _lines(DATA / "review_questions" / "pubmedrs200.jsonl.gz"):
        question = closed_question(held["question"] or "")
        if question is None or not held["answer"]:
            continue
        asked += 1
        text = held["abstract"].replace(held["conclusion"] or "\0", "")
        text = re.sub(r"(?m)^CONCLUSIONS?:\s*$", "", text)
        made, answer = reply(question, text), conclusion_reply(question, held["answer"])
        if made and answer and made.told and answer.told:
            same.append(made.says == answer.says)
        right = gold.get(held["pmid"])
        if right and made and made.told:
            results.append(made.says == right)
        if right and (plain := plain_reply(question, held["abstract"], review=True)):
            whole.append(plain[1].says == right)
    return [
        Row("reviews, closed questions", asked, ""),
        Row("reviews, of those with both directions told", len(same) / max(1, asked), ""),
        Row("reviews, the same direction where told", _share(same), "", 0.75, True),
        Row("reviews, reference answers with a label", len(gold), ""),
        Row("reviews, of these told from results alone", len(results) / len(gold), ""),
        Row("reviews, right of those told from results alone", _share(results), ""),
        Row("reviews, of these told from the whole abstract", len(whole) / len(gold), ""),
        Row("reviews, right of those told from the whole abstract", _share(whole), "", 0.75, True),
    ]


def main() -> None:
    """Measure and report."""
    if not POOL.is_dir():
        print(f"nothing measured: {POOL} is not there")
        return
    found = items()
    told = parted(found)
    weights = reply_weights()
    hits = [made.says == item.says for item, made in told]
    closing = parted(found, "conclusion")
    last = [made.says == item.says for item, made in closing]
    sure = [made.certainty >= weights.told_from for _, made in told]
    decided = [made.says == item.says for item, made in told if item.says != "maybe"]
    times = []
    for item in found[:100]:
        started = time.process_time()
        reply(item.question, item.text)
        times.append((time.process_time() - started) * 1000)
    most = Counter(item.says for item in found).most_common(1)[0][1] / len(found)
    first, ten = found_abstracts()
    report(
        "conclusions",
        " ".join((__doc__ or "").split()),
        f"{len(found)} questions of PubMedQA, PubMedRS-200",
        [
            Row(
                "pubmedqa, right of all, without the conclusion",
                sum(hits) / len(found),
                "",
                0.68,
                True,
            ),
            Row("pubmedqa, right of all, from the conclusion", sum(last) / len(found), ""),
            Row("pubmedqa, right of those answered yes or no", _share(decided), ""),
            Row("pubmedqa, baseline: the commonest answer", most, ""),
            Row("pubmedqa, told", _share(sure), ""),
            Row(
                "pubmedqa, right of those told",
                _share([hit for hit, told_ in zip(hits, sure, strict=True) if told_]),
                "",
                0.75,
                True,
            ),
            Row("pubmedqa, the abstract found first", first, ""),
            Row("pubmedqa, the abstract among the first ten", ten, "", 0.97, True),
            Row(
                "pubmedqa, reading one abstract's results, median processor time",
                middle(times),
                "ms",
            ),
            *reviews(),
        ],
    )


if __name__ == "__main__":
    main()
