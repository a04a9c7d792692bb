"""Whether words of a held text are for the treatment, stage, setting and line of the question.

A work on a disease speaks of all its stages in turn, mostly under a heading each. What stands
nearest decides: the words themselves, then the heading above them, then the next.
"""

from collections.abc import Sequence
from typing import Final, Literal

from probatum.answers.labelled import Label
from probatum.checks.reading import read
from probatum.library.library import Library
from probatum.questions.need import Need

# What is said of a stage without a word on the line of therapy holds for the first.
_USUAL_LINE: Final = "first-line"
Fit = Literal["own", "above", "silent", "other"]
# From the surest to none.
_FITS: Final[tuple[Fit, ...]] = ("own", "above", "silent", "other")


def names_treatment(words: str, headings: Sequence[str], need: Need, library: Library) -> bool:
    """Whether the words, or the heading right above them, name a treatment asked about."""
    if not need.interventions:
        return True
    vocabulary = library.vocabulary
    named = read("\n".join((words, headings[-1])), library).terms("intervention")
    return any(
        asked in vocabulary and vocabulary.relation(asked, each) != "other"
        for asked in need.interventions
        for each in named
    )


def fit(
    words: str,
    headings: Sequence[str],
    need: Need,
    labels: Sequence[Label],
    library: Library,
) -> Fit:
    """How the words are for the stage, setting and line asked about: advice for another is none.

    "own" where they say so themselves, or nothing is asked; "above" where a heading does; "silent"
    where nothing does, "other" where another one is named. Of a line, such as adjuvant, silence is
    another one.
    """
    lead = words.partition(":\n")[0]
    above = "\n".join(headings)
    texts = (lead, *reversed(headings))
    found: list[Fit] = ["own"]
    for label in labels:
        named = label.any_.search(lead) or label.any_.search(above)
        if label.agrees(lead, above):
            found.append("own" if label.right.search(lead) else "above")
        else:
            found.append("other" if named else "silent")
    if need.settings and not labels:
        found.append(_nearest("setting", need.settings, texts, library))
    if need.line:
        line = _nearest("line", (need.line,), (words, *texts[1:]), library)
        if line == "silent":
            line = "above" if need.line == _USUAL_LINE else "other"
        found.append(line)
    return max(found, key=_FITS.index)


def _nearest(kind: str, asked: Sequence[str], texts: Sequence[str], library: Library) -> Fit:
    """How the first text that names a term of the kind fits one of those asked about."""
    vocabulary = library.vocabulary
    for place, text in enumerate(texts):
        named = read(text, library).terms(kind)
        if named:
            related = any(
                mine in vocabulary and vocabulary.relation(mine, each) != "other"
                for mine in asked
                for each in named
            )
            return ("above" if place else "own") if related else "other"
    return "silent"
