"""What a question asks that is answered by yes or no.

"Does A affect B?" and "Are A and B the same?" take opposite answers from one finding of no
difference, and "Is A necessary?" takes neither from it alone. So a question is read for the kind of
relation that it asks for before any text is read for the reply.
"""

import re
from dataclasses import dataclass
from typing import Final

from probatum.extract.closed.lists import patterns

# A question is read to here; a longer one is a story.
_LONGEST: Final = 600
# What may stand before the verb: a title's subject with its colon, an opening quote mark.
_LEAD: Final = re.compile(r".*[:;.–—?-]\s+(?=\w)", re.DOTALL)
# The object is read from behind the word that names the kind, where so much of it is left.
_SHORTEST_OBJECT: Final = 8


@dataclass(frozen=True, slots=True)
class ClosedQuestion:
    """A question with its kind, all the marks that it carries, and what stands behind the relation.

    `kind` is the first that is named in the order of data/questions.yaml, or "plain"; `verb` is the
    auxiliary that asks, or "none" for a title without a verb.
    """

    text: str
    kind: str
    marks: frozenset[str]
    verb: str
    object: str


def closed_question(text: str) -> ClosedQuestion | None:
    """The closed question that a text is; None for one that asks what, which, who, when or how."""
    text = " ".join(text[:_LONGEST].split())
    if not text.endswith("?"):
        return None
    tail = text[lead.end() :] if (lead := _LEAD.match(text)) else text
    openings = patterns("questions", "openings")
    if openings["open"].match(tail) or (
        openings["open"].match(text) and not openings["auxiliary"].match(tail)
    ):
        return None
    named = {
        kind: found
        for kind, pattern in patterns("questions", "kinds").items()
        if (found := pattern.search(text))
    }
    kind = next(iter(named), "plain")
    end = named[kind].end() if kind in named else 0
    marks = {name for name, p in patterns("questions", "marks").items() if p.search(text)}
    verb = openings["auxiliary"].search(text)
    return ClosedQuestion(
        text,
        kind,
        frozenset({*named, *marks}),
        verb[0].lower() if verb else "none",
        text[end:] if end and len(text) - end > _SHORTEST_OBJECT else text,
    )
