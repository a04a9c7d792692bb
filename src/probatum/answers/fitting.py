"""Whether words of a held text are for the treatment, stage, setting and line of the question.

A work on a disease speaks of all its stages in turn, mostly under a heading each. What stands
nearest decides: the words themselves, then the heading above them, then the next.
"""

from collections.abc import Sequence
from typing import Final

from probatum.answers.labelled import Label
from probatum.checks.reading import read
from probatum.library.library import Library
from probatum.questions.need import Need

# What is said of a stage without a word on the line of therapy holds for the first.
_USUAL_LINE: Final = "first-line"


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
    words: str, headings: Sequence[str], need: Need, labels: Sequence[Label], library: Library
) -> bool | None:
    """Whether the words say that they are for the stage, setting and line asked about.

    False where only the headings do, None where nothing does or another one is named: advice for
    another stage is no answer. What stands nearest decides, the words before the heading above.
    """
    lead = words.partition(":\n")[0]
    above = "\n".join(headings)
    own = True
    if labels:
        if not all(label.agrees(lead, above) for label in labels):
            return None
        own = all(label.right.search(lead) for label in labels)
    texts = (lead, *reversed(headings))
    if not labels and need.settings:
        place = _nearest("setting", need.settings, texts, library)
        if place is None or place == len(texts):
            return None
        own = place == 0
    if need.line:
        place = _nearest("line", (need.line,), (words, *texts[1:]), library)
        if place is None or (place == len(texts) and need.line != _USUAL_LINE):
            return None
    return own


def _nearest(kind: str, asked: Sequence[str], texts: Sequence[str], library: Library) -> int | None:
    """The place of the first text that names a term of the kind; None if none of those asked about.

    The number of texts where none names any.
    """
    vocabulary = library.vocabulary
    for place, text in enumerate(texts):
        named = read(text, library).terms(kind)
        if named:
            related = any(
                mine in vocabulary and vocabulary.relation(mine, each) != "other"
                for mine in asked
                for each in named
            )
            return place if related else None
    return len(texts)
