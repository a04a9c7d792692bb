"""How close a record's words are to the question's, to order findings that rank alike.

A tie-break and no retrieval: it decides which of thirty safety rules comes first when the question
says "abruptly" or "before surgery". Words that most records share count for little.
"""

import math
from collections import Counter

from probatum.checks.reading import stem, stems_of
from probatum.evidence.record import Record
from probatum.library.library import Library
from probatum.terms.remembered import remembered
from probatum.terms.words import STOPWORDS

_STOPS = frozenset(stem(word) for word in STOPWORDS)


@remembered("library", 1)
def _rarity(library: Library) -> dict[str, float]:
    """Inverse document frequency of every stem over all statements (Spaerck Jones 1972)."""
    counts = Counter(
        word for record in library.records for word in stems_of(library.statement(record))
    )
    total = len(library.records)
    return {word: math.log(total / count) for word, count in counts.items()}


def relevance(record: Record, question: str, library: Library) -> float:
    """The summed rarity of the words that question and statement share; 0 when they share none."""
    rarity = _rarity(library)
    shared = (stems_of(question) - _STOPS) & stems_of(library.statement(record.id))
    return sum(rarity.get(word, 0.0) for word in shared)
