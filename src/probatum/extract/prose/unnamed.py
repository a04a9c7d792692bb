"""The end point of a ratio that no words beside it name: the disease the text speaks of.

"A locus that is linked to melanoma (OR, 1.3)" names no outcome, and a reader takes it to be the
disease; else the outcome that the next sentences name.
"""

from typing import Final

from probatum.extract.prose.assemble import Unit
from probatum.extract.prose.endpoint_names import incidence, lexicon, named
from probatum.extract.prose.endpoints import mentions
from probatum.extract.prose.estimates import RATIOS
from probatum.extract.prose.phrases import Chosen
from probatum.extract.prose.text import Prose, Sentence
from probatum.extract.prose.words import word_set

_STOP: Final = word_set("phrase_end")
# Words that a disease's name may have before its noun: "triple-negative breast cancer".
_LONGEST: Final = 3
# Sentences behind a result in which its outcome may still be told.
_AHEAD: Final = 2


def outcome_unnamed(prose: Prose, unit: Unit, around: dict[int, Chosen | None]) -> Chosen | None:
    """What a ratio without an end point is of; None where the text doesn't say either.

    `around` keeps what the sentences around one tell, for the next ratio of it.
    """
    if unit.estimate is None or unit.estimate.type not in RATIOS or unit.sentence is None:
        return None
    sentence = unit.sentence
    here = _disease(prose, sentence.start, unit.start)
    if here is not None:
        return here
    if sentence.index not in around:
        around[sentence.index] = _told_around(prose, sentence)
    return around[sentence.index]


def _told_around(prose: Prose, sentence: Sentence) -> Chosen | None:
    """What the sentences behind one name as an outcome, or else those before it as a disease."""
    for ahead in prose.sentences[sentence.index + 1 : sentence.index + 1 + _AHEAD]:
        strong = next((m for m in mentions(prose, ahead) if not m.weak), None)
        if strong is not None:
            return Chosen.of(strong, here=False)
    for earlier in reversed(prose.sentences[max(0, sentence.index - _AHEAD) : sentence.index]):
        found = _disease(prose, earlier.start, earlier.end)
        if found is not None:
            return Chosen(found.name, False, False, None, None)
    return None


def _disease(prose: Prose, opens: int, closes: int) -> Chosen | None:
    """The last disease that a stretch names, as something that people get."""
    last = None
    for found in lexicon().disease.finditer(prose.plain, opens, closes):
        last = found
    if last is None:
        return None
    kept = [last.group()]
    for word in reversed(prose.plain[max(opens, last.start() - 60) : last.start()].split()):
        if (
            len(kept) > _LONGEST
            or word.lower() in _STOP
            or not word[0].isalpha()
            or word[-1] in ",;:"
        ):
            break
        kept.insert(0, word)
    name = incidence(named(prose, " ".join(kept)))
    return Chosen(name, False, False, last.end() - len(" ".join(kept)), last.end(), weak=True)
