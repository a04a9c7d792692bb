"""Learn how much each sign of support counts, and from which chance on a quote is shown.

Asked are questions of MedQuAD (CC BY 4.0) and of PubMedQA (MIT licence), half of which no held work
answers; learned from is one half of them by hash, `bench/abstention.py` reports the other. A first
quote counts as right when it is on the subject asked about, or of the paper. The chance is the
lowest at which, and above which, of what is answered in that half no more than RISK is wrong. Only
weights of named signs are kept. Run as `python -m scripts.support` beside the data.
"""

import tempfile
from pathlib import Path
from unittest import mock

import yaml

from bench.abstention import SEED, Tried, at_any_chance, half, medquad, pubmedqa, risk
from probatum.answers import support
from probatum.answers.support import Weights
from scripts.comparison.logistic import logistic

TARGET = Path(__file__).parents[1] / "src/probatum/answers/support.yaml"
HEAD = """\
# How much each sign speaks for a quote being on what was asked, and the chance below which none
# is shown. Learned by scripts/support.py from one half of questions of MedQuAD (CC BY 4.0) and of
# PubMedQA (MIT licence); the reasons are written by hand and kept.
"""
RISK = 0.1
PENALTY, LEAST = 1.0, 5
# Each a sample of its own, so that the few of one sample do not decide.
SEEDS = (SEED, SEED + 1)


def asked() -> tuple[list[Tried], list[Tried]]:
    """The questions of both collections to learn from, each once a sample."""
    found: tuple[list[Tried], list[Tried]] = ([], [])
    for own, measure in zip(found, (medquad, pubmedqa), strict=True):
        for seed in SEEDS:
            with tempfile.TemporaryDirectory() as folder, at_any_chance():
                own += [each for each in measure(Path(folder), seed) if not half(each.id)]
    return found


def calibrated(found: tuple[list[Tried], list[Tried]]) -> float:
    """The lowest chance, in hundredths, at which and above which the risk is low enough."""
    chances = [n / 100 for n in range(100)]
    every = [each for own in found for each in own]
    above = max(n for n, chance in enumerate(chances) if risk(every, chance)[0] > RISK)
    return chances[above + 1]


def main() -> None:
    """Learn and write."""
    found = asked()
    quoted = [each for own in found for each in own if each.support]
    rows = [each.support.signs for each in quoted if each.support]
    weights = logistic(rows, [each.near for each in quoted], PENALTY, LEAST)
    held = yaml.safe_load(TARGET.read_text("utf-8"))
    with mock.patch.object(support, "support_weights", return_value=Weights(weights, 0.0)):
        held["least"] = calibrated(found)
    for name, sign in held["signs"].items():
        sign["weight"] = weights.get(name, 0.0)
    TARGET.write_text(HEAD + yaml.safe_dump(held, sort_keys=False, width=100), "utf-8")
    print(held)


if __name__ == "__main__":
    main()
