"""Which words are likelier in the names of outcomes and of treatments than in reports of them."""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any


def lexicon(prompts: Sequence[Mapping[str, Any]]) -> str:
    """How much likelier words are in outcomes and in treatments than in reports, by lines."""
    told: list[Counter[str]] = [Counter(), Counter(), Counter()]
    for prompt in prompts:
        told[0].update(_words(prompt["outcome"]))
        told[1].update(_words(prompt["intervention"]) | _words(prompt["comparator"]))
        for evidence in prompt["evidence"][:1]:
            told[2].update(_words(evidence["text"]))
    sums = [sum(counts.values()) for counts in told]
    lines = []
    for word in sorted(set().union(*told)):
        scores = []
        for counts, total in zip(told[:2], sums[:2], strict=True):
            odds = ((counts[word] + 0.5) / (total + 500)) / (
                (told[2][word] + 0.5) / (sums[2] + 500)
            )
            common = counts[word] + told[2][word] >= 2
            scores.append(max(-2, min(2, round(math.log(odds)))) if common else 0)
        if any(scores):
            lines.append(f"{word}\t{scores[0]}\t{scores[1]}")
    return "\n".join(lines) + "\n"


def _words(text: str) -> set[str]:
    found = re.findall(r"[^\W_]+(?:[-'][^\W_]+)*", text)
    return {re.sub(r"\d", "0", word.lower()) for word in found}
