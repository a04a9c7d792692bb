"""The weights that tie a measure to its group and its outcomes."""

from collections.abc import Iterable

from probatum.extract.comparison.linking import Layout, LinkWeights, pair_seen
from probatum.extract.comparison.segments import INTERVENTION, OUTCOME, Segment
from probatum.extract.comparison.sentence_tokens import Tokens
from scripts.comparison.logistic import logistic

# Chosen on one half of the abstracts.
PENALTY = 1.0
Linked = tuple[Tokens, list[Segment], set[tuple[Segment, Segment]]]


def learn_links(sentences: Iterable[Linked]) -> LinkWeights:
    """Weights of links out of sentences with their stretches and linked (head, measure)."""
    rows: dict[int, list[dict[str, float]]] = {INTERVENTION: [], OUTCOME: []}
    targets: dict[int, list[bool]] = {INTERVENTION: [], OUTCOME: []}
    for tokens, segments, links in sentences:
        layout = Layout(tokens, segments)
        for measure in layout.measures:
            for head in [*layout.groups, *layout.outcomes]:
                rows[head.label].append(dict.fromkeys(pair_seen(layout, measure, head), 1.0))
                targets[head.label].append((head, measure) in links)
    groups, outcomes = (
        logistic(rows[label], targets[label], PENALTY, 2) for label in (INTERVENTION, OUTCOME)
    )
    return LinkWeights(groups, outcomes)
