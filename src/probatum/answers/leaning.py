"""Whether a sentence leans on the one before it.

"It is given twice a day" says nothing, or something else, once it is torn from the sentence that
says what is given. Words that stand for what was said before mostly come first, or behind a few
prepositions.
"""

import re

from probatum.evidence.source import Depth

# What may stand before the first word of a sentence: the label of a structured abstract's part, a
# bracket or quote mark that opens.
_OPENING = re.compile(
    r"(?:(?:[A-Z][A-Z ,/&-]{2,60}|[A-Z]\w{1,30}(?: \w{1,30})?):\s)?[(\[\"\u201c\u2018]?\s?"
)
# First words that stand for what the sentence before said ...
_LEANS = re.compile(
    r"(?:this|these|those|it|they|he|she|such|however|its|their|conversely|in contrast|both|"
    r"neither|but|nor|others?|another|the (?:former|latter|same|two|three|other|others))\b"
)
# ... unless what it leans on is the whole work, as in an abstract,
_OWN_WORK = re.compile(
    r"\b(?:this|these|our|the present)(?: \w+)? (?:study|studies|trial|review|analys[ei]s|"
    r"meta-analysis|results?|findings?|data|observations?|guidelines?|work|report)\b"
)
# ... or it only goes on from it, and says the same without it.
_GOES_ON = re.compile(
    r"(?:therefore|thus|hence|moreover|in addition|additionally|furthermore|also|finally|"
    r"consequently|as a result|similarly|for example|for instance)\b,?\s?"
)
# In the middle of a sentence, too, words may stand for what was said before.
_REFERS = re.compile(
    r"\b(?:in|on|of|by|with|for|from|to|than|after|during|between|among|and|that|both|either of) "
    r"(?:this|these|those|the (?:two|three|four|other|latter|former|same)|both) "
    r"(?:\w+ )?(?:groups?|arms?|cohorts?|trials?|stud(?:y|ies)|analys[ei]s|regimens?|"
    r"approach(?:es)?|populations?|patients|drugs?|agents?|settings?|cases|organs|factors|"
    r"conditions?|treatments?|results?|reasons?|symptoms|tests?|methods?|types?|tumou?rs|cancers|"
    r"diseases?)\b"
)


def leans(words: str, depth: Depth) -> bool:
    """Whether a sentence cannot be understood without the one before.

    In an abstract "this trial" is the work itself, which every reader of a quote sees named. Amid
    the lead of a list "any of these drugs:" is what the list names.
    """
    said = _opened(words)
    if depth is Depth.ABSTRACT:
        if _OWN_WORK.match(said):
            return False
        said = _OWN_WORK.sub("", said)
    onward = _GOES_ON.match(said)
    if onward:
        said = said[onward.end() :]
    refers = _REFERS.match(said) if words.endswith(":") else _REFERS.search(said)
    return bool(_LEANS.match(said) or refers)


def goes_on(words: str) -> bool:
    """Whether a sentence goes on from the one before, though it can stand alone."""
    return bool(_GOES_ON.match(_opened(words)))


def _opened(words: str) -> str:
    """A sentence from its first word on, which is written small."""
    opening = _OPENING.match(words)
    said = words[opening.end() :] if opening else words
    return said[:1].lower() + said[1:]
