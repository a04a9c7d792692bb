"""Whether a related question is on the topic (D9).

Only what shares a condition, an intervention or a biomarker is related; sharing a body, a topic or
a word is not.
"""

from probatum.terms.vocabulary import Vocabulary

KINDS = frozenset({"condition", "intervention", "biomarker"})


def on_topic(question_terms: set[str], candidate_terms: set[str], vocabulary: Vocabulary) -> bool:
    """Whether a condition, intervention or biomarker of both is the same or a kind of the other.

    A candidate about another condition than the question's is off the topic unless it shares a
    drug or biomarker itself, not only their class.
    """

    def of_kinds(ids: set[str]) -> set[str]:
        return {i for i in ids if i in vocabulary and vocabulary.get(i).kind in KINDS}

    asked, offered = of_kinds(question_terms), of_kinds(candidate_terms)
    if asked & offered:
        return True
    return any(
        vocabulary.get(a).kind == vocabulary.get(b).kind and vocabulary.relation(a, b) != "other"
        for a in asked
        for b in offered
        if vocabulary.get(a).kind == "condition"
    )
