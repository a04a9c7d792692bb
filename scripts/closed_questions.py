"""Learn again what results reply to closed questions, into extract/closed/data/reply.json.

PubMedQA's expert-labelled questions (Jin et al. 2019; MIT licence) with the results of their
abstracts, never the conclusions. Only weights of named signals are kept, none of its sentences.
From which chance on a reply is told is chosen on questions kept from fitting, ten parts in turn.
Run as `python -m scripts.closed_questions` beside the data.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from math import ceil
from pathlib import Path

from bench.conclusions import Item, items, parted
from probatum.extract.closed.reply import SAYS, Weights
from probatum.extract.closed.signals import read, signals
from scripts.comparison.logistic import multinomial

TARGET = Path(__file__).parents[1] / "src/probatum/extract/closed/data/reply.json"
# Chosen by questions kept from fitting, in parts drawn anew six times; a word must be in more
# results than another signal, or it is one paper's subject.
PENALTY, LEAST, LEAST_WORD = 10.0, 5, 15
# A reply is told where three in four were right.
RIGHT = 0.75


def named(item: Item) -> dict[str, float]:
    """The signals of one question and its results."""
    return {**signals(item.question, item.text, read(item.question, item.text)), "always": 1.0}


def learn(rows: Sequence[Mapping[str, float]], labels: Sequence[str]) -> Weights:
    """The weights of these rows; a reply is told at any chance."""
    place = {str(says): n for n, says in enumerate(SAYS)}
    targets = [place[label] for label in labels]
    words = Counter(name for row in rows for name in row if name.startswith("word "))
    rare = {name for name, count in words.items() if count < LEAST_WORD}
    rows = [{name: value for name, value in row.items() if name not in rare} for row in rows]
    held = multinomial(rows, targets, PENALTY, LEAST)
    return Weights({name: (w[0], w[1], w[2]) for name, w in held.items()}, 0.0, 0.0)


def main() -> None:
    """Learn and write."""
    found = items()
    told = sorted(
        ((max(reply.chances), reply.says == item.says) for item, reply in parted(found)),
        reverse=True,
    )
    right = [sum(hit for _, hit in told[: n + 1]) / (n + 1) for n in range(len(told))]
    last = max(n for n, share in enumerate(right) if share >= RIGHT)
    weights = learn([named(item) for item in found], [item.says for item in found])
    held = {
        # Rounded up, so that none is told that was not counted.
        "told_from": ceil(told[last][0] * 1000) / 1000,
        "right_then": round(right[last], 3),
        "weights": {name: list(w) for name, w in weights.weights.items()},
    }
    TARGET.write_text(json.dumps(held, indent=0, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main()
