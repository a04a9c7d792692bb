"""How well comparative results are read from prose, tuple by tuple, and how fast.

Gold are results that a person wrote out from 150 statements (`result_tuples`). A tuple is right
when its type, value and interval are equal (of values by group without an estimate: those values)
and its end point's name shares words: at least 0.6 by the Dice coefficient of the words, singular,
with carcinoma as cancer. Figures without regard to the end point stand beside. An arm's value is
right when value, end point and name (half of its words) are. `--half=0` or `--half=1` takes every
other statement, `--errors` shows the misses. Speed is that of `probatum extract` on abstracts,
JSONL in and out, with all cores, start included; the limit is that of the project for two cores.
Beside it stands how many one process reads in a second of its own processor time, which other work
on the machine does not change.
"""

import gzip
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench._report import Row, report
from bench.sentences import ABSTRACTS, DATA
from probatum.extract.findings_json import result_json
from probatum.extract.results import find_results

GOLD = DATA / "result_tuples" / "dev.jsonl"
# Abstracts timed; enough that the start of the program does not count.
TIMED = 3000
Tuple = Mapping[str, Any]
_SMALL = {"the", "of", "rate", "a", "and", "in", "or", "to"}
_GROUP = {"arm", "group", "patient"}


def words(name: str | None) -> set[str]:
    """The words of a name, singular and without small ones."""
    plain = (name or "").lower().replace("carcinoma", "cancer").replace("tumour", "tumor")
    return {word.rstrip("s") for word in re.findall(r"[a-z0-9]+", plain)} - _SMALL


def alike(a: set[str], b: set[str], share: float) -> bool:
    """Whether two sets of words share enough, by the Dice coefficient; two empty ones do."""
    return a == b or 2 * len(a & b) / (len(a) + len(b)) >= share


def same_endpoint(a: Tuple, b: Tuple) -> bool:
    """Whether two tuples name one end point."""
    return alike(words(a["endpoint"]), words(b["endpoint"]), 0.6)


def key(result: Tuple) -> tuple[Any, ...]:
    """What must be equal: the effect, or the groups' values where there is no estimate."""
    effect = result["effect"]
    found = (effect["type"], effect["value"], effect["ci_low"], effect["ci_high"])
    if effect["value"] is not None:
        return found
    values = sorted(-1 if arm["value"] is None else arm["value"] for arm in result["arms"])
    return (*found, *values)


def pairs(
    gold: Sequence[Tuple], found: Sequence[Tuple], *, endpoints: bool
) -> list[tuple[Tuple, Tuple]]:
    """Gold tuples with the found one that is right, each used once."""
    left = list(found)
    matched = []
    for wanted in gold:
        for each in left:
            if key(wanted) == key(each) and (not endpoints or same_endpoint(wanted, each)):
                left.remove(each)
                matched.append((wanted, each))
                break
    return matched


def arms(results: Sequence[Tuple]) -> list[tuple[Tuple, Mapping[str, Any]]]:
    """Every group's value with the tuple that it stands in."""
    return [(r, arm) for r in results for arm in r["arms"] if arm["value"] is not None]


def right_arms(gold: Sequence[Tuple], found: Sequence[Tuple]) -> int:
    """How many of the gold values are found with the right end point and group."""
    left = arms(found)
    right = 0
    for wanted, arm in arms(gold):
        for index, (each, other) in enumerate(left):
            named = alike(words(arm["name"]) - _GROUP, words(other["name"]) - _GROUP, 0.5)
            if arm["value"] == other["value"] and same_endpoint(wanted, each) and named:
                del left[index]
                right += 1
                break
    return right


def f1(right: int, gold: int, found: int) -> float:
    """F1 of counts; 0 where nothing is right."""
    return 2 * right / (gold + found) if gold + found else 0.0


def counts(statements: Sequence[Tuple], *, show: bool) -> Counter[str]:
    """Everything that is counted over the statements."""
    total: Counter[str] = Counter()
    for statement in statements:
        gold = statement["results"]
        found = [result_json(result) for result in find_results(statement["text"])]
        total["gold"] += len(gold)
        total["found"] += len(found)
        if not gold:
            total["negatives"] += 1
            total["clean"] += not found
        matched = pairs(gold, found, endpoints=True)
        loose = pairs(gold, found, endpoints=False)
        total["right"] += len(matched)
        total["right but for the end point"] += len(loose)
        for wanted, each in loose:
            for name in ("direction", "kind", "timepoint", "population"):
                total[name] += wanted[name] == each[name]
            total["p"] += wanted["effect"]["p"] == each["effect"]["p"]
        total["arms gold"] += len(arms(gold))
        total["arms found"] += len(arms(found))
        total["arms right"] += right_arms(gold, found)
        if show:
            _show(statement["id"], gold, found, matched)
    return total


def _show(
    statement: str,
    gold: Sequence[Tuple],
    found: Sequence[Tuple],
    matched: Sequence[tuple[Tuple, Tuple]],
) -> None:
    met = {id(each) for pair in matched for each in pair}
    for what, results in (("missed", gold), ("wrong", found)):
        for result in results:
            if id(result) not in met:
                print(f"{statement} {what}: {result['endpoint']} {key(result)}")


def abstracts_a_second() -> float:
    """Abstracts that the command reads in a second of the clock."""
    with gzip.open(ABSTRACTS, "rt", encoding="utf-8") as lines:
        items = [json.loads(line) for _, line in zip(range(TIMED), lines, strict=False)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "abstracts.jsonl"
        with path.open("w", encoding="utf-8") as out:
            for item in items:
                out.write(json.dumps({"id": item["doc_id"], "text": item["text"]}) + "\n")
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "probatum", "extract", str(path)],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        return len(items) / (time.perf_counter() - start)


def abstracts_a_processor_second() -> float:
    """Abstracts that one process reads in a second of its processor time."""
    with gzip.open(ABSTRACTS, "rt", encoding="utf-8") as lines:
        texts = [
            json.loads(line)["text"] for _, line in zip(range(TIMED // 5), lines, strict=False)
        ]
    find_results(texts[0])
    start = time.process_time()
    for text in texts:
        find_results(text)
    return len(texts) / (time.process_time() - start)


def main() -> None:
    """Measure and report."""
    if not GOLD.is_file():
        print(f"nothing measured: {GOLD} is not there")
        return
    statements = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]
    for argument in sys.argv[1:]:
        if argument.startswith("--half="):
            statements = statements[int(argument.removeprefix("--half=")) :: 2]
    total = counts(statements, show="--errors" in sys.argv)
    loose = total["right but for the end point"] or 1
    rows = [
        Row(
            "effect tuples, F1",
            f1(total["right"], total["gold"], total["found"]),
            "",
            0.93,
            at_least=True,
        ),
        Row("effect tuples, precision", total["right"] / (total["found"] or 1), ""),
        Row("effect tuples, recall", total["right"] / (total["gold"] or 1), ""),
        Row(
            "effect tuples but for the end point, F1", f1(loose, total["gold"], total["found"]), ""
        ),
        Row(
            "statements without a result: nothing found",
            total["clean"] / (total["negatives"] or 1),
            "",
            0.95,
            at_least=True,
        ),
        Row(
            "arms' values with end point and arm, F1",
            f1(total["arms right"], total["arms gold"], total["arms found"]),
            "",
            0.85,
            at_least=True,
        ),
        *(
            Row(f"of tuples found, {name} as labelled", total[name] / loose, "")
            for name in ("p", "direction", "kind", "timepoint", "population")
        ),
    ]
    if ABSTRACTS.is_file():
        rows.append(
            Row(
                f"abstracts a second on {os.cpu_count()} cores",
                abstracts_a_second(),
                "",
                300,
                at_least=True,
            )
        )
        rows.append(
            Row(
                "abstracts a second of processor time, one process",
                abstracts_a_processor_second(),
                "",
            )
        )
    report(
        "extract",
        " ".join((__doc__ or "").split()),
        f"{len(statements)} statements with {total['gold']} tuples, {TIMED:,} abstracts timed",
        rows,
    )


if __name__ == "__main__":
    main()
