"""Quotes for each of several diseases that a question names side by side.

A sentence on gout carries half the words of "How are gout and psoriasis treated?", and would never
be near enough to be quoted. So the question is put once for each disease, and what is found on none
is said to be missing.
"""

from dataclasses import replace
from datetime import date

from probatum.answers.quotes import Quotation, quotes
from probatum.answers.scope import Scope, not_answered
from probatum.library.library import Library
from probatum.questions.named import named_mentions
from probatum.questions.need import Need
from probatum.questions.several import side_by_side, with_shared_heads

# Quotes for each disease; with more the answer is long and the diseases far apart.
_OF_EACH = 3


def of_each(need: Need, library: Library) -> tuple[Need, ...]:
    """The need put for each disease that is named side by side; empty where there are not two."""
    if len(need.conditions) < 2 or need.intent == "comparison":
        return ()
    question, vocabulary = need.question, library.vocabulary
    mentions = with_shared_heads(question, named_mentions(question, vocabulary), vocabulary)
    run = side_by_side(question, mentions)
    if run is None:
        return ()
    (start, end), conditions = run
    return tuple(
        need.model_copy(
            update={
                "question": f"{question[:start]}{library.name(condition)}{question[end:]}",
                "conditions": (condition,),
            }
        )
        for condition in conditions
        if condition in need.conditions
    )


def quotes_for(
    scope: Scope, asked: Need, as_of: date | None = None
) -> tuple[Scope, tuple[Quotation, ...]]:
    """The quotes for a need, for each disease where several are asked about, and what is missing.

    `asked` is the need before its diseases were cut to those that records are held on.
    """
    library = scope.library
    each = of_each(asked, library)
    if not each or not library.documents.editions():
        return scope, quotes(scope.need, library, as_of)
    if scope.declined:
        found = {need.conditions[0]: quotes(need, library, as_of)[:_OF_EACH] for need in each}
        missing = tuple(not_answered(library.name(c)) for c, own in found.items() if not own)
        told = tuple(
            replace(quotation, subject=library.name(condition))
            for condition, own in found.items()
            for quotation in own
        )
        if told:
            return replace(scope, assumed=(*scope.assumed, *missing)), told
        return scope, quotes(scope.need, library, as_of)
    # Beside records on one disease, texts on another would be read as being on the first.
    assumed = list(scope.assumed)
    for need in each:
        name = library.name(need.conditions[0])
        if not_answered(name) in assumed and quotes(need, library, as_of):
            assumed[assumed.index(not_answered(name))] = (
                f"No record is held on {name}, but added texts speak of it: ask about it alone."
            )
    return replace(scope, assumed=tuple(assumed)), quotes(scope.need, library, as_of)
