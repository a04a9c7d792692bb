"""Which kind of answer a question wants, from weighted cues kept as data."""

import re
from collections.abc import Collection, Iterator
from functools import cache

from probatum.questions.data_files import load
from probatum.questions.need import Intent

# An intent that scores at least this share of the winner is answered as well.
_ALSO_SHARE = 0.5
_ALSO_MINIMUM = 4


# What a cue leaves open between its words, or what it asks about at its end.
_OPEN = re.compile(r"\.\{0,\d+\}|\(\\w\+ \)\{0,2\}\\w\+")


def _compiled(pattern: str) -> re.Pattern[str]:
    """A cue, with each open stretch a group `open1`, `open2` and so on."""
    parts = _OPEN.split(pattern)
    stretches = _OPEN.findall(pattern)
    groups = (f"(?P<open{n}>{each})" for n, each in enumerate(stretches, start=1))
    return re.compile("".join(a + b for a, b in zip(parts, (*groups, ""), strict=True)), re.I)


@cache
def _intents() -> tuple[
    tuple[Intent, str | None, tuple[tuple[re.Pattern[str], int], ...], dict[str, int]], ...
]:
    return tuple(
        (
            item["id"],
            item.get("needs"),
            tuple((_compiled(cue["pattern"]), cue["weight"]) for cue in item["cues"]),
            {boost["when"]: boost["weight"] for boost in item.get("boosts", ())},
        )
        for item in load("intents.yaml")
    )


def _scores(question: str, recognised: Collection[str]) -> list[tuple[int, int, Intent]]:
    """The intents that cues speak for, the best first."""
    scores: list[tuple[int, int, Intent]] = []
    for rank, (intent, needs, cues, boosts) in enumerate(_intents()):
        if needs and needs not in recognised:
            continue
        score = sum(weight for pattern, weight in cues if pattern.search(question))
        if score:
            score += sum(weight for when, weight in boosts.items() if when in recognised)
            scores.append((score, -rank, intent))
    scores.sort(reverse=True)
    return [item for item in scores if item[0] > 0]


def asked_for(question: str, recognised: Collection[str]) -> Intent | None:
    """The intent that the cues of one of several questions speak for, None without any."""
    scores = _scores(question, recognised)
    return scores[0][2] if scores and scores[0][0] >= _ALSO_MINIMUM - 1 else None


def classify(question: str, recognised: Collection[str]) -> tuple[Intent, tuple[Intent, ...]]:
    """The main intent and those that the question asks for as well.

    `recognised` names what was found in the question (events, studies, endpoints, biomarkers,
    interventions, two_alternatives, alternatives_joined, guideline_bodies, biomarker_results,
    ruled_out): some intents need one, some gain by one.
    Without any cue, an intervention asks for its evidence and a bare condition for its options.
    """
    scores = _scores(question, recognised)
    if not scores:
        if "interventions" in recognised:
            return ("safety" if "events" in recognised else "intervention"), ()
        if "studies" in recognised:
            return "trial_result", ()
        # A result in hand asks what to do with it, the bare name of a marker what it is.
        unknown_result = "biomarkers" in recognised and "biomarker_results" not in recognised
        return ("biomarker" if unknown_result else "treatment_options"), ()
    best, _, main = scores[0]
    also = tuple(
        intent
        for score, _, intent in scores[1:]
        if score >= _ALSO_MINIMUM and score >= best * _ALSO_SHARE
    )
    return main, also


def cue_spans(question: str) -> list[tuple[int, int]]:
    """The parts of the question that cues name: words that were understood as its intent.

    What stands in an open stretch of a cue was not understood by it: in "what is Zorgle?" the cue
    knows the first two words.
    """
    return [
        span
        for _, _, cues, _ in _intents()
        for pattern, _ in cues
        for match in pattern.finditer(question)
        if match.end() - match.start() <= 40
        for span in _named(match)
    ]


def _named(match: re.Match[str]) -> Iterator[tuple[int, int]]:
    at = match.start()
    for first, last in sorted(match.span(name) for name in match.groupdict()):
        if first > at:
            yield at, first
        at = max(at, last)
    if at < match.end():
        yield at, match.end()
