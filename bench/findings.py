"""How much of what a trial's tables say is read from them, cell by cell.

`trial_results/rct_numeric` asks, for an outcome and two arms of a trial, for the number of each
arm: events, or mean and standard deviation. An item counts where a table holds it. The
tuple to compare is chosen by words alone, without looking at a number: the result whose end point
and section share most words with the outcome asked about, its arms those that share most words with
the intervention and the comparator; a result before one of a table of baseline characteristics, and
the later of two that are alike. A cell is right when it equals the number that people wrote
down. `--half=0` or `--half=1` reads every other article, so that rules can be tried on one half and
measured on the other.

The registry record and the speed are measured on the sample files of formats.
"""

import json
import re
import sys
import time
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from lxml import etree

from bench._report import Row, report
from probatum.evidence.document import Document
from probatum.extract.document import Findings, findings_of
from probatum.extract.located import LocatedResult
from probatum.extract.result import Arm
from probatum.extract.tables.results import BASELINE
from probatum.sources.file import SourceFile
from probatum.sources.formats import Settings, read
from probatum.sources.passages import lay_out
from probatum.terms.abbreviations import find_abbreviations
from probatum.terms.words import STOPWORDS, words

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
_NUMBERS = DATA / "trial_results" / "rct_numeric"
_HALF: int | None = None
_SHOW = "--errors" in sys.argv
for _argument in sys.argv[1:]:
    if _argument.startswith("--half="):
        _HALF = int(_argument.removeprefix("--half="))

_WORD = re.compile(r"[\w-]+")
_ROOT = b'<root xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:mml="urn:mml">'


def article(name: str, content: bytes) -> bytes:
    """The abstract and the sections of an article, which come as loose elements, as one article."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    loose = etree.fromstring(_ROOT + content + b"</root>", parser)
    made = etree.Element("article")
    meta = etree.SubElement(etree.SubElement(made, "front"), "article-meta")
    etree.SubElement(meta, "article-id", {"pub-id-type": "pmc"}).text = name.removeprefix("PMC")
    title = etree.SubElement(etree.SubElement(meta, "title-group"), "article-title")
    title.text = name
    body = etree.SubElement(made, "body")
    for child in list(loose):
        (meta if child.tag == "abstract" else body).append(child)
    return etree.tostring(made)


def documents(file: SourceFile, form: str) -> Iterator[tuple[Document, str]]:
    """The documents of a file with their held text."""
    for item in read(file, form, Settings()):
        if isinstance(item, Document):
            yield item, lay_out(item)[0]


@dataclass(frozen=True)
class Cells:
    """What was asked for in one item: the cell's name with its number and what was read for it."""

    asked: int = 0
    right: int = 0
    read: int = 0


def numeric(half: int | None) -> tuple[Cells, Cells, int, float]:
    """Cells asked, right and read over all items and over those that the tables hold."""
    by_article: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in (_NUMBERS / "ico_numbers.jsonl").read_text("utf-8").splitlines():
        item = json.loads(line)
        if str(item["is_relevant_data_in_table"]).upper() == "TRUE":
            by_article[item["pmcid"]].append(item)
    archive = zipfile.ZipFile(_NUMBERS / "abstract_and_results_xml.zip")
    every = Cells()
    whole = items = there = 0
    spent = 0.0
    for number, name in enumerate(sorted(by_article)):
        if half is not None and number % 2 != half:
            continue
        content = article(name, archive.read(f"{name}.xml"))
        for document, text in documents(SourceFile(f"{name}.xml", content=content), "jats"):
            started = time.perf_counter()
            found = findings_of(document, text)
            spent += time.perf_counter() - started
            for item in by_article[name]:
                got = judged(item, found, text)
                every = Cells(
                    every.asked + got.asked, every.right + got.right, every.read + got.read
                )
                if not got.asked:
                    continue
                items += 1
                there += present(item, found)
                whole += got.asked == got.right
    return every, Cells(items, whole, there), len(by_article), spent


def _stems(text: str) -> set[str]:
    return {w.norm for w in words(text) if w.norm not in STOPWORDS and len(w.norm) > 1}


def _likeness(asked: set[str], said: set[str]) -> float:
    return len(asked & said) / (len(asked | said) ** 0.5 or 1.0) if asked else 0.0


def chosen(item: dict[str, Any], found: Findings, text: str) -> tuple[Arm, Arm] | None:
    """The two arms of the result that is about the outcome asked for, by words alone."""
    long = {short: words for short, words, _, _ in find_abbreviations(text)}

    def stems(words: str) -> set[str]:
        """The stems, with those of what the article's own abbreviations stand for."""
        return _stems(" ".join([words, *(long[w] for w in _WORD.findall(words) if w in long)]))

    asked = stems(item["outcome"])
    tested, control = stems(item["intervention"]), stems(item["comparator"])
    best: tuple[tuple[bool, float], tuple[Arm, Arm]] | None = None
    for each in found.results:
        if each.origin != "table" or len(each.result.arms) < 2:
            continue
        names = {arm.name or "": stems(arm.name or "") for arm in each.result.arms}
        pair = _pair(each.result.arms, tested, control, names)
        if pair is None:
            continue
        score = _likeness(asked, stems(_about(each, text)))
        likes = _likeness(asked, stems(each.result.endpoint or ""))
        if score + likes <= 0:
            continue
        # People asked for results, and for the last where several times are printed.
        rank = (each.result.analysis != BASELINE, score + likes)
        if best is None or rank > best[0]:
            best = (rank, pair)
    return best[1] if best else None


def _about(each: LocatedResult, text: str) -> str:
    result = each.result
    told = f"{result.endpoint or ''} {result.timepoint or ''} {result.analysis or ''}"
    for start, end in each.spans[1:]:
        told += " " + text[start:end]
    return told


def _pair(
    arms: Sequence[Arm], tested: set[str], control: set[str], names: dict[str, set[str]]
) -> tuple[Arm, Arm] | None:
    """The arms asked about; where words don't tell, the one named as control is the comparator."""

    def likes(arm: Arm, asked: set[str]) -> float:
        return _likeness(asked, names[arm.name or ""])

    pairs = [(one, other) for one in arms for other in arms if one is not other]
    return max(
        pairs,
        key=lambda p: (
            likes(p[0], tested) + likes(p[1], control) - likes(p[0], control) - likes(p[1], tested),
            bool(re.search(r"control|placebo|usual|standard", p[1].name or "", re.I)),
        ),
        default=None,
    )


def judged(item: dict[str, Any], found: Findings, text: str) -> Cells:
    """How many cells of an item were asked for, read, and read right."""
    pair = chosen(item, found, text)
    asked = right = got = 0
    shown = []
    for side, at in (("intervention", 0), ("comparator", 1)):
        arm = pair[at] if pair else None
        cells = (
            (("events", arm and _events(arm)), ("group_size", arm and arm.n))
            if item["outcome_type"] == "binary"
            else (
                ("mean", arm and arm.value),
                ("standard_deviation", arm and arm.sd),
                ("group_size", arm and arm.n),
            )
        )
        for name, value in cells:
            want = _number(item[f"{side}_{name}"])
            if want is None or name == "group_size":
                continue
            asked += 1
            got += value is not None
            right += value is not None and want == value
            shown.append((name, want, value))
    if _SHOW and asked != right:
        print(
            "-",
            "THERE" if present(item, found) else "ABSENT",
            item["pmcid"],
            item["outcome"],
            "|",
            item["intervention"],
            "|",
            shown,
            pair,
        )
    return Cells(asked, right, got)


def _number(value: object) -> Decimal | None:
    try:
        return Decimal(str(value))
    except ArithmeticError:
        return None


def present(item: dict[str, Any], found: Findings) -> bool:
    """Whether any tuple has the very numbers of both arms, however it is found."""
    binary = item["outcome_type"] == "binary"

    def values(arm: Arm) -> tuple[object, ...]:
        return (_events(arm),) if binary else (arm.value, arm.sd)

    def wanted(side: str) -> tuple[object, ...]:
        names = ("events",) if binary else ("mean", "standard_deviation")
        return tuple(_number(item[f"{side}_{name}"]) for name in names)

    def agrees(arm: Arm, want: tuple[object, ...]) -> bool:
        return all(w is None or w == v for w, v in zip(want, values(arm), strict=True))

    one, other = wanted("intervention"), wanted("comparator")
    return any(
        any(agrees(a, one) and agrees(b, other) for a in arms for b in arms if a is not b)
        for arms in (each.result.arms for each in found.results if each.origin == "table")
    )


def _events(arm: Arm) -> Decimal | int | None:
    if arm.events is not None:
        return arm.events
    # People who collected the numbers worked events out of a printed share.
    if arm.unit == "%" and arm.value is not None and arm.n:
        return round(arm.value * arm.n / 100)
    return arm.value


def samples() -> Iterable[tuple[str, SourceFile]]:
    """The sample files: article reports and registry records."""
    archive = zipfile.ZipFile(DATA / "formats" / "jats_xml" / "rct_articles_nxml.zip")
    for name in archive.namelist():
        if name.endswith(".nxml"):
            yield "jats", SourceFile(name, content=archive.read(name))
    for path in sorted((DATA / "formats" / "ctgov_v2_json").glob("get_*.json")):
        yield "ctgov", SourceFile(path.name, path=path)


def main() -> None:
    """Measure and report."""
    if not _NUMBERS.is_dir():
        print(f"The data are not there ({_NUMBERS}); nothing is measured.")
        return
    cells, items, articles, spent = numeric(_HALF)
    characters = results = 0
    began = 0.0
    for form, file in samples():
        for document, text in documents(file, form):
            started = time.perf_counter()
            found = findings_of(document, text)
            began += time.perf_counter() - started
            characters += len(text)
            results += len(found.results)
    report(
        "findings",
        __doc__.split("\n\n")[0] if __doc__ else "",
        f"{articles} articles of rct_numeric, half {_HALF if _HALF is not None else 'both'}",
        [
            Row("cells of arms asked for (tables)", cells.asked, ""),
            Row("cells read", cells.read / max(1, cells.asked), ""),
            Row("cells right", cells.right / max(1, cells.asked), "", 0.72, at_least=True),
            Row("items with every cell right", items.right / max(1, items.asked), ""),
            Row("items whose numbers stand in one tuple", items.read / max(1, items.asked), ""),
            Row("time on the articles", spent, "s"),
            Row("results in sample documents", results, ""),
            Row("characters a second, sample documents", characters / max(began, 1e-9), ""),
        ],
    )


if __name__ == "__main__":
    main()
