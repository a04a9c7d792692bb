"""Several questions in one text: each is asked for something, and none may be lost.

Without this, "What is the dose? And what are the side effects?" would be answered for the one
whose words weigh more.
"""

import re

# A question ends at its mark; a list numbers its questions; "and what …" begins another.
_END = re.compile(
    r"\?+[\s\"')]*|(?:^|\s)\(?\d[.)]\s+(?=[A-Za-z])|"
    r"[,;]?\s+(?:and|also|plus|as well as)\s+(?=(?:what|how|which|when|why|who|where|is|are|does|"
    r"do|can|should)\b(?! not\b))",
    re.IGNORECASE,
)
_FEWEST_WORDS = 3


def parts(question: str) -> tuple[str, ...]:
    """The questions in a text, in order; a text that asks one thing gives itself alone."""
    found = [each.strip() for each in _END.split(question)]
    long = tuple(each for each in found if len(each.split()) >= _FEWEST_WORDS)
    return long if len(long) > 1 else (question,)
