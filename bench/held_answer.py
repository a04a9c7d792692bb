"""How long a warm answer takes from a library of about 100,000 passages of added texts.

Questions of PubMedQA are put to perturbed PubMed abstracts with invented index terms. The answer to
each comes before anything else is asked with it, so that only the baselines gain from what is
remembered: the program's own search for the same question, and a plain query of its words to the
same index with nothing around it. The names that texts are filed under are looked up with every
question; that part is told by itself, and it gains as well. --size=N takes N abstracts.
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench import _articles
from bench._report import Row, middle, percentile, report
from probatum.engine import Ask, Engine
from probatum.library.index import Filters, Words
from probatum.library.intake import add
from probatum.library.search import Request
from probatum.questions.filed_names import filed_names
from probatum.sources.formats import Settings

QUERIES = _articles.DATA / "queries_pubmedqa.jsonl"
_SIZE = 100_000
_ASKED = 100
# Questions that are put before anything is timed: what is read once is not what is measured.
_BEFORE = 5
_BEST = 20


def milliseconds(work: Callable[[], object]) -> float:
    """How long the work takes."""
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def rows(engine: Engine, questions: list[str]) -> list[Row]:
    """All figures, the kinds of work in turn, so that they meet the same state of the machine."""
    library = engine.library
    index = library.search.index
    if index is None:
        raise SystemExit("bench: nothing was added, so there is nothing to measure")
    answers, searches, plain, names = [], [], [], []
    for question in questions:
        ask, words = Ask(question=question), Words(question)
        request = Request(question, _BEST, plain=True)
        answers.append(milliseconds(lambda a=ask: engine.ask(a)))
        need = engine.need(ask)
        unknown = (*need.not_understood, *(each.name for each in need.filed))
        plain.append(milliseconds(lambda w=words: index.search(w, Filters(), _BEST)))
        searches.append(milliseconds(lambda r=request: library.search.search(r)))
        names.append(milliseconds(lambda q=question, u=unknown: filed_names(q, u, library)))
    timed = [each[_BEFORE:] for each in (answers, searches, plain, names)]
    answered, searched, queried, looked_up = map(middle, timed)
    return [
        Row("warm answer, median", answered, "ms"),
        Row("warm answer, 95th percentile", percentile(timed[0], 0.95), "ms"),
        Row("of it: names that texts are filed under, median", looked_up, "ms"),
        Row("baseline: search of the best 20, median", searched, "ms"),
        Row("baseline: plain query of the words, median", queried, "ms"),
        Row("answer / search", answered / searched, "times"),
        Row("answer / plain query", answered / queried, "times"),
    ]


def main() -> None:
    """Measure and report."""
    if not _articles.DATA.is_dir():
        print(f"held_answer: the data folder {_articles.DATA} is not there; nothing to measure.")
        return
    given = [each.removeprefix("--size=") for each in sys.argv if each.startswith("--size=")]
    size = int(given[0]) if given else _SIZE
    lines = QUERIES.read_text("utf-8").splitlines()[: _BEFORE + _ASKED]
    with tempfile.TemporaryDirectory() as work:
        files = Path(work) / "files"
        files.mkdir()
        add(Path(work) / "library", _articles.write(files, size), Settings(), workers=2)
        engine = Engine.open(Path(work) / "library")
        held = f"{engine.library.documents.editions():,} perturbed PubMed abstracts, "
        held += f"{engine.library.documents.passage_count:,} passages, {len(lines)} questions"
        measured = rows(engine, [json.loads(line)["text"] for line in lines])
        engine.close()
    report("held_answer", " ".join((__doc__ or "").split()), held, measured)


if __name__ == "__main__":
    main()
