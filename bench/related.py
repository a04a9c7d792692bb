"""How well questions that ask the same are told from those that don't, as `probatum related` does.

MQP (pairs by doctors: the same question in other words, and another question in the same words):
accuracy at a score of 0.5 on the half of its questions that no number of the score was fitted to,
and the area under the ROC curve on all. RQE (consumer questions and the short questions that they
entail): its AMIA and MEDIQA 2019 test parts; RQE's training part and MQP's other half served to
fit, and MEDIQA's pairs need knowledge of what answers them. With the extra `dense` installed the
language model takes part; `--words` measures without it.
"""

import json
import sys
import time
from collections.abc import Iterator

from bench._report import Row, percentile, report
from bench.sentences import DATA
from probatum.questions.likeness import Likeness, likeness

# The project's own target for MQP.
_LEAST_RIGHT = 0.8
Pair = tuple[str, str, bool]


def rqe(part: str) -> list[Pair]:
    """The pairs of one part of RQE."""
    rows = map(json.loads, (DATA / "questions" / "rqe.jsonl").read_text("utf-8").splitlines())
    return [(r["chq"], r["faq"], r["entails"]) for r in rows if r["original_split"] == part]


def mqp() -> Iterator[tuple[int, Pair]]:
    """MQP's pairs, each with the number of its first question."""
    content = (DATA / "questions" / "mqp.jsonl").read_text("utf-8")
    numbers: dict[str, int] = {}
    for row in map(json.loads, content.splitlines()):
        one, other = row["question_1"], row["question_2"]
        yield numbers.setdefault(one, len(numbers)), (one, other, row["similar"])


def area(scored: list[tuple[float, bool]]) -> float:
    """The share of like and unlike pairs in which the like one scores higher; ties count half."""
    likes = [score for score, like in scored if like]
    others = [score for score, like in scored if not like]
    won = sum((a > b) + (a == b) / 2 for a in likes for b in others)
    return won / (len(likes) * len(others))


def right(scored: list[tuple[float, bool]]) -> float:
    """The share told right at 0.5."""
    return sum((score > 0.5) == like for score, like in scored) / len(scored)


def scores(judge: Likeness, pairs: list[Pair]) -> tuple[list[tuple[float, bool]], list[float]]:
    """The score and label of every pair, and the milliseconds that each took."""
    found, times = [], []
    for one, other, like in pairs:
        started = time.perf_counter()
        found.append((judge.scores(one, [other])[0], like))
        times.append((time.perf_counter() - started) * 1000)
    return found, times


def main() -> None:
    """Measure and report."""
    if not DATA.is_dir():
        print(f"related: the data folder {DATA} is not there, so there is nothing to measure.")
        return
    judge = likeness(False if "--words" in sys.argv else None)
    name = "words and meaning" if judge.embedder else "words alone"
    numbered = list(mqp())
    found, times = scores(judge, [pair for _, pair in numbered])
    held_out = [each for each, (number, _) in zip(found, numbered, strict=True) if number % 2]
    rows = [
        Row(f"{name}: mqp, right at 0.5, unseen half", right(held_out), "", _LEAST_RIGHT, True),
        Row(f"{name}: mqp, area under the curve", area(found), ""),
    ]
    for part in ("amia_test", "mediqa2019_test"):
        tested, _ = scores(judge, rqe(part))
        rows.append(Row(f"{name}: rqe {part}, right at 0.5", right(tested), ""))
        rows.append(Row(f"{name}: rqe {part}, area under the curve", area(tested), ""))
    rows.append(Row(f"{name}: one pair, p95", percentile(times, 0.95), "ms"))
    suffix = "" if judge.embedder else " --words"
    report(f"related{suffix}", " ".join((__doc__ or "").split()), "developers' parts", rows)


if __name__ == "__main__":
    main()
