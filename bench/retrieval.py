"""How well search ranks, on public collections with judged documents, beside plain BM25.

Each collection is added as BEIR files to a library of its own, its queries go through the same
code as `probatum search --queries`, and ir-measures scores the run files. The baseline in the same
run is bm25s (Lucene variant, k1 1.2, b 0.75, English stop words) with PyStemmer's English stemmer
over the same texts. Only the developers' parts are read; each is indexed alone. With --dense the
vectors of the extra `dense` are made as well, which takes minutes.
"""

import gzip
import json
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import bm25s
import ir_measures
import Stemmer
from ir_measures import RR, R, nDCG

from bench._report import Row, report
from probatum.cli.run_file import run_id, write_run
from probatum.library.intake import add
from probatum.library.library import Library
from probatum.library.meaning import Meaning
from probatum.library.search import Request
from probatum.sources.formats import Settings

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
MEASURES = (nDCG @ 10, R @ 100, RR @ 10)
_BEST = 100
DENSE = "--dense" in sys.argv


@dataclass(frozen=True)
class Collection:
    """A judged collection: where its parts are, and what the lexical default has to reach."""

    name: str
    corpus: str
    queries: str
    judged: str
    target: float
    dense_target: float

    def documents(self) -> Iterator[tuple[str, str, str]]:
        """Id, title and text of each document."""
        for item in _lines(DATA / self.corpus):
            text = item.get("text") or item.get("answer") or " ".join(item.get("sentences", ()))
            yield str(item["doc_id"]), item.get("title", ""), text

    def questions(self) -> Iterator[tuple[str, str]]:
        """Id and text of each judged query."""
        judged = {qrel.query_id for qrel in self.qrels()}
        for item in _lines(DATA / self.queries):
            id = str(item.get("query_id", item.get("id")))
            if id in judged:
                yield id, item.get("text") or item["claim"]

    def qrels(self) -> list[ir_measures.Qrel]:
        """The judgements, with ids as run files write them."""
        rows = (DATA / self.judged).read_text("utf-8").splitlines()[1:]
        parts = (row.split("\t") for row in rows)
        return [ir_measures.Qrel(q, run_id(d), int(relevance)) for q, d, relevance in parts]


COLLECTIONS = (
    Collection(
        "scifact",
        "scifact/corpus.jsonl.gz",
        "scifact/claims.jsonl",
        "scifact/qrels.tsv",
        0.73,
        0.78,
    ),
    Collection(
        "medquad", "medquad/qa.jsonl.gz", "medquad/queries.jsonl", "medquad/qrels.tsv", 0.62, 0.68
    ),
    Collection(
        "nci_pdq citations",
        "nci_pdq/citation_corpus.jsonl.gz",
        "nci_pdq/citation_queries.jsonl",
        "nci_pdq/citation_qrels.tsv",
        0.35,
        0.42,
    ),
    Collection(
        "abstract_pool pubmedqa",
        "abstract_pool/corpus.jsonl.gz",
        "abstract_pool/queries_pubmedqa.jsonl",
        "abstract_pool/qrels_pubmedqa.tsv",
        0.966,
        0.97,
    ),
    Collection(
        "abstract_pool evidence inference",
        "abstract_pool/corpus.jsonl.gz",
        "abstract_pool/queries_evidence_inference_ico.jsonl",
        "abstract_pool/qrels_evidence_inference_ico.tsv",
        0.966,
        0.97,
    ),
)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    content = path.read_bytes()
    text = gzip.decompress(content) if path.suffix == ".gz" else content
    for line in text.decode().splitlines():
        yield json.loads(line)


def baseline(collection: Collection) -> list[ir_measures.ScoredDoc]:
    """The best hundred of each query by bm25s."""
    documents = list(collection.documents())
    stemmer = Stemmer.Stemmer("english")
    texts = [f"{title} {text}".strip() for _, title, text in documents]
    tokens = bm25s.tokenize(texts, stopwords="en", stemmer=stemmer, show_progress=False)
    retriever = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
    retriever.index(tokens, show_progress=False)
    questions = list(collection.questions())
    asked = bm25s.tokenize(
        [text for _, text in questions], stopwords="en", stemmer=stemmer, show_progress=False
    )
    found, scores = retriever.retrieve(asked, k=_BEST, show_progress=False)
    return [
        ir_measures.ScoredDoc(id, run_id(documents[place][0]), float(score))
        for (id, _), places, worth in zip(questions, found, scores, strict=True)
        for place, score in zip(places, worth, strict=True)
    ]


def ours(collection: Collection, folder: Path) -> list[ir_measures.ScoredDoc]:
    """The best hundred of each query by the program itself."""
    corpus, queries, run = folder / "corpus.jsonl", folder / "queries.tsv", folder / "run.trec"
    with corpus.open("w", encoding="utf-8") as out:
        for id, title, text in collection.documents():
            out.write(json.dumps({"_id": id, "title": title, "text": text}) + "\n")
    with queries.open("w", encoding="utf-8") as out:
        for id, text in collection.questions():
            out.write(f"{id}\t{' '.join(text.split())}\n")
    library = folder / "library"
    add(library, [corpus], Settings(format="beir"))
    if DENSE:
        for _ in Meaning(library).embed(Library.open(library).documents):
            pass
    write_run(Library.open(library).search, queries, run, Request("", _BEST))
    return list(ir_measures.read_trec_run(str(run)))


def main() -> None:
    """Measure and report; only the collections named on the command line, where any are."""
    if not DATA.is_dir():
        print(f"retrieval: the data folder {DATA} is not there, so there is nothing to measure.")
        return
    wanted = [arg for arg in sys.argv[1:] if not arg.startswith("-")]
    rows = []
    for collection in COLLECTIONS:
        if wanted and not any(collection.name.startswith(name) for name in wanted):
            continue
        qrels = collection.qrels()
        plain = ir_measures.calc_aggregate(MEASURES, qrels, baseline(collection))
        with tempfile.TemporaryDirectory() as folder:
            made = ir_measures.calc_aggregate(MEASURES, qrels, ours(collection, Path(folder)))
        for measure in MEASURES:
            least = collection.dense_target if DENSE else collection.target
            target = least if measure == nDCG @ 10 else None
            label = f"{collection.name}, {measure}"
            rows.append(Row(label, made[measure], "", target, at_least=True))
            rows.append(Row(f"{label}, baseline bm25s", plain[measure], ""))
    name = "retrieval dense" if DENSE else "retrieval"
    report(name, " ".join((__doc__ or "").split()), "developers' parts of the data", rows)


if __name__ == "__main__":
    main()
