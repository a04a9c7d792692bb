"""Learn again what results and conclusions reply to closed questions, into extract/closed/data/.

PubMedQA's expert-labelled questions (Jin et al. 2019; MIT licence) with the results of their
abstracts into reply.json, and with their conclusions into conclusion.json. Only weights of named
signals are kept, none of its sentences. From which chance on a reply is told is chosen on questions
kept from fitting, ten parts in turn. Run as
`python -m scripts.closed_questions` beside the data.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from math import ceil
from pathlib import Path

from bench.conclusions import PARTS_READ, Item, Part, items, parted
from probatum.extract.closed.reply import SAYS, Weights
from probatum.extract.closed.signals import conclusion_signals, read, signals
from scripts.comparison.logistic import multinomial

TARGET = Path(__file__).parents[1] / "src/probatum/extract/closed/data"
# Chosen by questions kept from fitting, in parts drawn anew six times; a word must be in more
# results than another signal, or it is one paper's subject.
PENALTY, LEAST, LEAST_WORD = 10.0, 5, 15
# Conclusions are shorter and more alike in words.
LEAST_WORD_CONCLUDING = 8
# A reply is told where so many were right.
RIGHT = {"results": 0.75, "conclusion": 0.8}
FILES = {"results": "reply.json", "conclusion": "conclusion.json"}


def named(item: Item, part: Part = "results") -> dict[str, float]:
    """The signals of one question and its results or conclusion."""
    if part == "results":
        found = signals(item.question, item.text, read(item.question, item.text))
    else:
        clauses = read(item.question, item.conclusion)
        found = conclusion_signals(item.question, item.conclusion, clauses)
    return {**found, "always": 1.0}


def learn(
    rows: Sequence[Mapping[str, float]], labels: Sequence[str], part: Part = "results"
) -> Weights:
    """The weights of these rows; a reply is told at any chance."""
    place = {str(says): n for n, says in enumerate(SAYS)}
    targets = [place[label] for label in labels]
    words = Counter(name for row in rows for name in row if name.startswith("word "))
    least = LEAST_WORD if part == "results" else LEAST_WORD_CONCLUDING
    rare = {name for name, count in words.items() if count < least}
    rows = [{name: value for name, value in row.items() if name not in rare} for row in rows]
    held = multinomial(rows, targets, PENALTY, LEAST)
    return Weights({name: (w[0], w[1], w[2]) for name, w in held.items()}, 0.0, 0.0)


def _right(told: Sequence[tuple[float, bool]], least: float) -> float:
    hits = [hit for chance, hit in told if chance >= least]
    return sum(hits) / max(1, len(hits))


def main() -> None:
    """Learn and write."""
    found = items()
    for part in PARTS_READ:
        told = [(max(made.chances), made.says == i.says) for i, made in parted(found, part)]
        # In thousandths rounded up, so that none is told that was not counted.
        chances = sorted({ceil(chance * 1000) / 1000 for chance, _ in told})
        shares = ((least, _right(told, least)) for least in chances)
        told_from, right_then = next(each for each in shares if each[1] >= RIGHT[part])
        weights = learn([named(item, part) for item in found], [i.says for i in found], part)
        held = {
            "told_from": told_from,
            "right_then": round(right_then, 3),
            "weights": {name: list(w) for name, w in weights.weights.items()},
        }
        written = json.dumps(held, indent=0, sort_keys=True) + "\n"
        (TARGET / FILES[part]).write_text(written, "utf-8")


if __name__ == "__main__":
    main()
