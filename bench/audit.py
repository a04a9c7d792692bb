"""How an audit fares on sentences of which the truth is known, and how long a page takes.

True sentences are those that answers print of every fourth record and those of PubMed abstracts on
other matters: each one that is blamed is an error of the audit. False ones are the same sentences
with one figure changed, the arms exchanged, another grade or a doubled dose: each one that is not
blamed is missed. No sentence of the abstracts is kept.
"""

import gzip
import json
import time
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from pathlib import Path

from bench._report import Row, middle, report
from probatum.answers.audit.auditor import audit
from probatum.answers.sentences import drafts_of
from probatum.evidence.record import Record, Regimen, Result
from probatum.library.library import Library
from probatum.packs.loader import load_pack, shipped_packs

DATA = Path(__file__).resolve().parents[2] / "shared"
_ABSTRACTS = 300


def told(library: Library) -> Iterator[tuple[Record, str]]:
    """Every current record with what an answer says of it."""
    for record in library.records.values():
        if library.current(record):
            yield record, drafts_of(record, library, "statement")[0].text


def changed(record: Record, text: str) -> Iterator[tuple[str, str]]:
    """False sentences made of a true one, each with the kind of its error."""
    if isinstance(record, Regimen):
        part = next((p for p in record.components if p.amount is not None), None)
        if part is not None and part.amount is not None:
            dose = f"{part.amount} {part.unit}"
            yield "dose", text.replace(dose, f"{part.amount * 2} {part.unit}", 1)
    if not isinstance(record, Result) or record.study is None:
        return
    head, closing, rest = text.partition(")")
    values = [arm.value for arm in record.arms if arm.value is not None]
    if values and closing:
        step = Decimal("3.4") if values[0] > 5 else Decimal("2.2")
        yield "value", head + closing + rest.replace(f"{values[0]}", f"{values[0] + step}", 1)
    if len(values) == 2 == len(record.arms) and values[0] != values[1]:
        one, two = record.arms[0].name, record.arms[1].name
        swapped = text.replace(f"with {one}", "with \0", 1).replace(f"with {two}", f"with {one}", 1)
        yield "arms", swapped.replace("\0", two, 1)
    if record.effect and record.effect.value is not None:
        value = record.effect.value
        yield "ratio", text.replace(f"ratio {value}", f"ratio {value + Decimal('0.17')}")
    if record.grade and record.grade != "any":
        other = "≥2" if record.grade != "≥2" else "≥3"
        yield "grade", text.replace(f"grade {record.grade}", f"grade {other}")


def abstracts() -> Iterator[str]:
    """Abstracts on all matters, from the developers' pool."""
    path = DATA / "data" / "abstract_pool" / "corpus.jsonl.gz"
    if not path.is_file():
        print("abstracts: the pool is not there, so none are read")
        return
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in islice(lines, _ABSTRACTS):
            item = json.loads(line)
            yield f"{item.get('title', '')}\n\n{item.get('text', '')}"


def pages() -> Iterator[str]:
    """Whole answer pages, where there are some."""
    for path in sorted((DATA / "seeds").glob("*.txt")):
        yield path.read_text("utf-8")


def main() -> None:
    """Measure and report."""
    library = Library.of(load_pack(folder) for folder in shipped_packs())
    every = list(told(library))
    blamed = sum(audit(text, library).grave for _, text in every[::4])
    caught: dict[str, list[bool]] = {}
    for record, text in every:
        for kind, false in changed(record, text):
            if false != text:
                caught.setdefault(kind, []).append(audit(false, library).grave)
    claims = faults = 0
    for text in abstracts():
        made = audit(text, library)
        claims += len(made.claims)
        faults += sum(made.counts[v] for v in ("contradicted", "population_mismatch", "outdated"))
    seconds = []
    for text in pages():
        start = time.perf_counter()
        audit(text, library)
        seconds.append(time.perf_counter() - start)
    rows = [
        Row(f"true sentences blamed, of {len(every[::4])}", blamed, "", 0),
        Row(f"claims of abstracts on other matters blamed, of {claims}", faults, "", 0),
    ]
    for kind, found in caught.items():
        share = sum(found) / len(found)
        rows.append(Row(f"false sentences blamed: {kind}, of {len(found)}", share, "", 0.9, True))
    if seconds:
        rows.append(Row("a page, median", middle(seconds), "s", 2.0))
    report("audit", __doc__.strip().splitlines()[0], "shipped packs, abstract pool", rows)


if __name__ == "__main__":
    main()
