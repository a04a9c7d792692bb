"""How many numbers of groups in abstracts of trials are read into a result.

Gold are the numbers that people marked in abstracts of breast cancer trials as a group's share,
count, median or mean (`trial_results/pico_corpus`). A number counts as read when a result beside it
has it as a group's value or count; one in words ("four", "none") as its number. No label says which
numbers belong together, nor is every number marked; so the share of values read that somebody
marked is a lower bound of what is right.
`--half=0` or `--half=1` takes every other abstract, by hash; rules were tried on half 0. `--errors`
shows sentences with a number missed.
"""

import gzip
import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from bench._report import Row, report
from bench.sentences import DATA
from probatum.extract.prose.count_words import COUNT, count_of
from probatum.extract.result import ExtractedResult
from probatum.extract.results import find_results

GOLD = DATA / "trial_results" / "pico_corpus" / "abstracts.jsonl.gz"
KINDS = {
    "bin-percent": "shares",
    "bin-abs": "counts",
    "cont-median": "medians",
    "cont-mean": "means",
}
_LABEL = re.compile(r"(?:iv|cv)-(" + "|".join(KINDS) + ")")
_NUMBER = re.compile(r"-?\d[\d,]*\.?\d*|\.\d+")
_SPELT = re.compile(rf"(?:{COUNT}|none\b|no\b)", re.IGNORECASE)
# A number is looked for in results this many characters around it.
_AROUND = 150


def number(text: str) -> float | None:
    """The first number of marked words, or the one that they spell out ("Twenty-nine", "no")."""
    found = _NUMBER.search(text.replace("·", "."))
    if found:
        return float(found.group().replace(",", ""))
    spelt = _SPELT.match(text.strip())
    if spelt is None:
        return None
    return 0.0 if spelt[0].lower() in ("no", "none") else float(count_of(spelt[0]))


def values(result: ExtractedResult) -> list[float]:
    """The values and counts of a result's groups."""
    figures = [figure for arm in result.arms for figure in (arm.value, arm.events)]
    return [float(figure) for figure in figures if figure is not None]


def counts(abstracts: Sequence[Mapping[str, Any]], *, show: bool) -> Counter[str]:
    """Everything that is counted."""
    total: Counter[str] = Counter()
    for abstract in abstracts:
        text = abstract["text"]
        results = find_results(text)
        marked = {number(text[e["start"] : e["end"]]) for e in abstract["entities"]}
        for value in (value for result in results for value in values(result)):
            total["read"] += 1
            total["read and marked"] += value in marked
        for entity in abstract["entities"]:
            kind = _LABEL.fullmatch(entity["label"])
            wanted = number(text[entity["start"] : entity["end"]])
            if kind is None or wanted is None:
                continue
            near = any(
                wanted in values(result)
                for result in results
                if result.start - _AROUND <= entity["start"] <= result.end + _AROUND
            )
            total[kind[1]] += 1
            total[f"{kind[1]} found"] += near
            if show and not near:
                print(text[max(0, entity["start"] - 120) : entity["end"] + 80].replace("\n", " "))
    return total


def main() -> None:
    """Measure and report."""
    if not GOLD.is_file():
        print(f"nothing measured: {GOLD} is not there")
        return
    with gzip.open(GOLD, "rt", encoding="utf-8") as lines:
        abstracts = [json.loads(line) for line in lines]
    for argument in sys.argv[1:]:
        if argument.startswith("--half="):
            half = int(argument.removeprefix("--half="))
            abstracts = [a for a in abstracts if _half(str(a["pmid"])) == half]
    total = counts(abstracts, show="--errors" in sys.argv)
    rows = [
        Row(f"{name} of groups, read", total[f"{kind} found"] / (total[kind] or 1), "")
        for kind, name in KINDS.items()
    ]
    rows.append(Row("groups' values read, marked", total["read and marked"] / total["read"], ""))
    report(
        "arms",
        " ".join((__doc__ or "").split()),
        f"{len(abstracts)} abstracts with {sum(total[kind] for kind in KINDS):,} numbers of groups",
        rows,
    )


def _half(key: str) -> int:
    return int(hashlib.sha256(key.encode()).hexdigest(), 16) % 2


if __name__ == "__main__":
    main()
