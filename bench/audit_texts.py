"""How an audit fares where the truth stands in held texts, and in no record.

A library holds the cited statements of NCI PDQ, each page a dated document. Audited are sentences
of them and light paraphrases that change nothing, and the same with one thing changed, as
bench/planted.py makes them, each as a text of its own, from the half of the statements (by a hash
of their text) on which nothing was chosen: `--half 0` is the other. Supporting a changed one or
blaming a true one is an error of the audit; "not found" is none, but helps nobody.
"""

import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bench._report import Row, report
from bench.planted import SEED, STATEMENTS, Pair, false_pairs, true_pairs
from bench.sentences import read
from probatum.answers.audit.auditor import audit
from probatum.library.intake import add
from probatum.library.library import Library
from probatum.packs.loader import load_pack, shipped_packs
from probatum.sources.formats import Settings

# Texts audited of each sort.
SAMPLE = 400
GRAVE = ("contradicted", "population_mismatch", "outdated")


def held(folder: Path) -> Library:
    """A library of one document a page, which holds all of the page's statements."""
    pages: dict[str, list[dict[str, Any]]] = {}
    for row in read(STATEMENTS):
        pages.setdefault(row["url"], []).append(row)
    files: list[Path] = []
    for number, rows in enumerate(pages.values()):
        title = json.dumps((rows[0]["headings"] or [f"Page {number}"])[0])
        statements = "\n\n".join(dict.fromkeys(row["text"] for row in rows))
        files.append(folder / f"page-{number}.md")
        text = f"---\ntitle: {title}\ndate: 2025-01-01\n---\n\n{statements}\n"
        files[-1].write_text(text, encoding="utf-8")
    add(folder / "library", files, Settings())
    return Library.open(folder / "library")


def from_statements(pairs: Iterable[Pair], half: int) -> list[Pair]:
    """A sample of the pairs that are not of a pack's record."""
    packs = Library.of(load_pack(folder) for folder in shipped_packs())
    records = {packs.statement(id) for id in packs.records}
    found = [pair for pair in pairs if pair.evidence not in records]
    random.Random(SEED + half).shuffle(found)
    return found[:SAMPLE]


def verdict(text: str, library: Library) -> str:
    """The gravest verdict on any claim of a text; "no claim" where none was seen."""
    claims = audit(text, library).claims
    told = {claim.verdict.value for claim in claims}
    order = (*GRAVE, "not_found", "supported")
    return next((each for each in order if each in told), "no claim")


def main() -> None:
    """Measure and report."""
    if not STATEMENTS.is_file():
        print(f"nothing measured: {STATEMENTS} is not there")
        return
    half = int(sys.argv[sys.argv.index("--half") + 1]) if "--half" in sys.argv else 1
    packs = Library.of(load_pack(folder) for folder in shipped_packs())
    true = true_pairs(half, packs)
    sorts = {"true": from_statements(true, half), "changed": []}
    sorts["changed"] = from_statements(false_pairs(true), half)
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as work:
        library = held(Path(work))
        for name, pairs in sorts.items():
            start = time.process_time()
            count = Counter(verdict(pair.claim, library) for pair in pairs)
            spent = (time.process_time() - start) / len(pairs)
            blamed = sum(count[each] for each in GRAVE) / len(pairs)
            supported = count["supported"] / len(pairs)
            if name == "true":
                rows.append(Row(f"true texts blamed, of {len(pairs)}", blamed, "", 0.005))
                rows.append(Row("true texts supported", supported, "", 0.8, at_least=True))
            else:
                rows.append(Row(f"changed texts supported, of {len(pairs)}", supported, "", 0.03))
                rows.append(Row("changed texts blamed", blamed, ""))
            rows.append(
                Row(f"{name} texts in which no claim was seen", count["no claim"] / len(pairs), "")
            )
            rows.append(Row(f"a text ({name}), mean", spent * 1000, "ms"))
    report(
        "audit_texts",
        " ".join((__doc__ or "").split()),
        f"half {half} of the statements, developers' part",
        rows,
    )


if __name__ == "__main__":
    main()
