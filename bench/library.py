"""How fast the library takes PubMed XML in and finds passages again, and how that grows.

`probatum add` runs as a whole process over gzipped files, sentence splitting, abbreviations, terms,
catalogue, index and commit included; memory is the largest sum over the process and its workers of
what is their own, and the same with the pages of files that the system takes back at need.
Baselines from the same run: raw tantivy (its own tokenizer with stemming, one writing thread)
indexing the same titles and abstracts; and, for search, a plain query of the same words to the
same index without anything around it, once as typed and once without stop words. Sizes are 10^4
and 10^5 abstracts, and with --million 10^6. BENCH_FILES names a folder to keep the files in.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import tantivy

from bench import _articles
from bench._growth import Panel, drawing
from bench._report import Row, percentile, report
from probatum.library.analysis import analysis
from probatum.library.index import Filters, Terms, Words
from probatum.library.library import Library
from probatum.library.search import Request

QUERIES = _articles.DATA / "queries_pubmedqa.jsonl"
DRAWING = Path(__file__).parent.parent / "docs" / "images" / "library-growth.svg"
# Citations in PubMed, by its own count of 2025 (National Library of Medicine, "About PubMed").
PUBMED = 38_000_000
_ASKED = 300
_BEST = 100


@dataclass(frozen=True)
class Added:
    """Seconds, peak megabytes (own, with mapped files), the folder's megabytes of an `add`."""

    seconds: float
    memory: float
    resident: float
    disk: float


def add(files: list[Path], library: Path) -> Added:
    """One whole process of the program."""
    command = [sys.executable, "-m", "probatum", "add", *map(str, files)]
    environment = {**os.environ, "PROBATUM_LIBRARY": str(library)}
    started = time.perf_counter()
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    peak = _watch(process)
    if process.wait():
        raise SystemExit("bench: probatum add failed; run it by hand to see why")
    seconds = time.perf_counter() - started
    disk = sum(f.stat().st_size for f in library.rglob("*") if f.is_file())
    own, resident = peak()
    return Added(seconds, own / 1e6, resident / 1e6, disk / 1e6)


def _watch(process: "subprocess.Popen[bytes]") -> "Callable[[], tuple[int, int]]":
    """Look at the memory of the process and its children a few times a second (Linux only)."""
    most = [0, 0]

    def look() -> None:
        while process.poll() is None:
            most[:] = map(max, most, _tree(process.pid))
            time.sleep(0.1)

    thread = threading.Thread(target=look, daemon=True)
    thread.start()

    def peak() -> tuple[int, int]:
        thread.join()
        return most[0], most[1]

    return peak


def _tree(pid: int) -> tuple[int, int]:
    """Bytes of a process and everything that it started: its own, and with mapped files."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0, 0
    known = {name: value.split() for name, _, value in (line.partition(":") for line in lines)}
    own, files = (
        sum(int(known[name][0]) * 1024 for name in names if name in known)
        for names in (("RssAnon", "RssShmem"), ("RssFile",))
    )
    below = [_tree(int(child)) for child in children]
    return own + sum(each[0] for each in below), own + files + sum(each[1] for each in below)


def raw_tantivy(count: int, folder: Path) -> float:
    """Seconds that tantivy alone needs for the same titles and abstracts."""
    texts = list(_articles.texts(count))
    analyzer = (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.stemmer("english"))
        .build()
    )
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("id", stored=True)
    builder.add_text_field("text", tokenizer_name="stems", index_option="position")
    folder.mkdir()
    index = tantivy.Index(builder.build(), path=str(folder))
    index.register_tokenizer("stems", analyzer)
    writer = index.writer(heap_size=160_000_000, num_threads=1)
    started = time.perf_counter()
    for number, (title, text) in enumerate(texts):
        document = tantivy.Document()
        document.add_unsigned("id", number)
        document.add_text("text", f"{title}\n{text}")
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    return time.perf_counter() - started


@dataclass(frozen=True)
class Searched:
    """Milliseconds of each question: ours, and the plain query as typed and without stop words."""

    ours: list[float]
    typed: list[float]
    content: list[float]
    opened: float

    @property
    def lists(self) -> tuple[list[float], list[float], list[float]]:
        """The three series."""
        return self.ours, self.typed, self.content


def search(library: Path) -> Searched:
    """The same questions to the program and to the engine alone."""
    started = time.perf_counter()
    held = Library.open(library)
    finder = held.search
    opened = (time.perf_counter() - started) * 1000
    asked = [json.loads(line)["text"] for line in QUERIES.read_text("utf-8").splitlines()[:_ASKED]]
    index = finder.index
    assert index is not None
    terms = analysis().terms
    found = Searched([], [], [], opened)
    for question in (*asked[:20], *asked):
        typed = Terms(tuple((term, 1.0) for term in terms(question)))
        request = Request(question, _BEST, plain=True)
        found.ours.append(_milliseconds(lambda r=request: finder.search(r)))
        found.typed.append(_milliseconds(lambda t=typed: index.search(t, Filters(), _BEST)))
        words = Words(question)
        found.content.append(_milliseconds(lambda w=words: index.search(w, Filters(), _BEST)))
    return Searched(found.ours[20:], found.typed[20:], found.content[20:], opened)


def _milliseconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


@dataclass(frozen=True)
class Measured:
    """What was measured at one size: abstracts, rates a second, megabytes, milliseconds."""

    size: int
    raw_rate: float
    added: Added
    found: Searched

    @property
    def rate(self) -> float:
        """Abstracts added a second."""
        return self.size / self.added.seconds

    @property
    def p95(self) -> tuple[float, float, float]:
        """The 95th percentile of our search, the query as typed and without stop words."""
        ours, typed, content = (percentile(each, 0.95) for each in self.found.lists)
        return ours, typed, content

    def rows(self) -> list[Row]:
        """All figures."""
        name = f"{self.size:,} abstracts"
        added, (ours, typed, content) = self.added, self.p95
        middles = [statistics.median(each) for each in self.found.lists]
        return [
            Row(f"{name}, add", self.rate, "a second", 1_500, at_least=True),
            Row(f"{name}, baseline: raw tantivy indexing", self.raw_rate, "a second"),
            Row(f"{name}, add / raw tantivy", self.raw_rate / self.rate, "times", 3),
            Row(f"{name}, peak memory of add", added.memory, "MB", 1_000),
            Row(f"{name}, the same with mapped files", added.resident, "MB"),
            Row(f"{name}, size on disk", added.disk, "MB"),
            Row(f"{name}, opening in a running process", self.found.opened, "ms", 100),
            Row(f"{name}, search of the best 100, median", middles[0], "ms"),
            Row(f"{name}, search of the best 100, 95th percentile", ours, "ms", 25),
            Row(f"{name}, baseline: plain query as typed, median", middles[1], "ms"),
            Row(f"{name}, baseline: plain query as typed, 95th percentile", typed, "ms"),
            Row(f"{name}, baseline: without stop words, median", middles[2], "ms"),
            Row(f"{name}, baseline: without stop words, 95th percentile", content, "ms"),
            Row(
                f"{name}, search / plain query as typed, 95th percentile", ours / typed, "times", 2
            ),
            Row(f"{name}, search / without stop words, 95th percentile", ours / content, "times"),
        ]


def main() -> None:
    """Measure and report; with all three sizes and --write, draw."""
    if not _articles.DATA.is_dir():
        print(f"library: the data folder {_articles.DATA} is not there; nothing to measure.")
        return
    Library.open(Path(tempfile.mkdtemp()))  # byte code and imports are not what is measured
    sizes = [10_000, 100_000] + ([1_000_000] if "--million" in sys.argv else [])
    every = [measured(size) for size in sizes]
    rows = [row for each in every for row in each.rows()]
    if len(every) == 3:
        rows += whole_of_pubmed(every[-1])
        if "--write" in sys.argv:
            DRAWING.write_text(drawing(panels(every), "Growth of the library"), encoding="utf-8")
    report("library", " ".join((__doc__ or "").split()), "perturbed PubMed abstracts", rows)


def measured(size: int) -> Measured:
    """All figures of one size."""
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work)
        kept = Path(os.environ.get("BENCH_FILES", folder)) / str(size)
        kept.mkdir(parents=True, exist_ok=True)
        files = _articles.write(kept, size)
        raw = raw_tantivy(size, folder / "raw")
        added = add(files, folder / "library")
        return Measured(size, size / raw, added, search(folder / "library"))


def whole_of_pubmed(largest: Measured) -> list[Row]:
    """What all of PubMed would take at the largest size's rate: an estimate, not a measurement."""
    share = PUBMED / largest.size
    name = "38 million abstracts (estimated in proportion to a million)"
    return [
        Row(f"{name}, add", largest.added.seconds * share / 3600, "hours"),
        Row(f"{name}, size on disk", largest.added.disk * share / 1000, "GB"),
    ]


def panels(every: list[Measured]) -> list[Panel]:
    """What grows, by size."""

    def by_size(value: Callable[[Measured], float]) -> dict[int, float]:
        return {each.size: value(each) for each in every}

    return [
        Panel("add", "abstracts a second", by_size(lambda m: m.rate), limit=1_500),
        Panel("peak memory of add", "MB", by_size(lambda m: m.added.memory), limit=1_000),
        Panel(
            "search, p95; dashed: engine",
            "ms",
            by_size(lambda m: m.p95[0]),
            by_size(lambda m: m.p95[1]),
            25,
        ),
        Panel("size on disk", "MB", by_size(lambda m: m.added.disk)),
    ]


if __name__ == "__main__":
    main()
