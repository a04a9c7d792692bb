"""The table that a result sentence holds: for each outcome, each group's measures.

A reader of a long sentence with six percentages needs to see which belongs to which; so does a
check. Every cell keeps the place of its words, and nothing is filled in that the sentence leaves
out: a measure without a named group is kept under no group.
"""

from dataclasses import dataclass
from typing import Final, Literal

from probatum.extract.comparison.linking import Layout, Link, LinkWeights, linked
from probatum.extract.comparison.segments import Segment
from probatum.extract.comparison.sentence_tokens import Tokens, read_tokens
from probatum.extract.comparison.tagging import TagWeights, tagged

# Characters and tokens of a sentence that is still read; a longer one is a list or a table.
LONGEST: Final = 4000
MOST_TOKENS: Final = 250


@dataclass(frozen=True, slots=True)
class Cell:
    """Words with their place; ``sentence[start:end] == text``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class ArmMeasure:
    """One measure and the group it was seen in; `side` is 1 for the first group, 2 for another."""

    measure: Cell
    group: Cell | None
    side: Literal[1, 2] | None


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One outcome, several phrases where it is put together ("at 12 months", "survival")."""

    outcome: tuple[Cell, ...]
    measures: tuple[ArmMeasure, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """The labelled stretches of a sentence and the links between them."""

    tokens: Tokens
    segments: tuple[Segment, ...]
    links: tuple[Link, ...]


def read_sentence(
    sentence: str, tags: TagWeights | None = None, links: LinkWeights | None = None
) -> Reading:
    """The groups, outcomes and measures of a sentence and what belongs to what."""
    tokens = read_tokens(sentence if len(sentence) <= LONGEST else "")
    if len(tokens.words) > MOST_TOKENS or not any("number" in kinds or "number_word" in kinds
                                              for kinds in tokens.kinds):  # fmt: skip
        return Reading(tokens, (), ())
    segments = tagged(tokens, tags)
    return Reading(tokens, tuple(segments), tuple(linked(Layout(tokens, segments), links)))


def rows_of(sentence: str) -> list[ResultRow]:
    """The rows of a result sentence in the order of their first measures; none without numbers."""
    reading = read_sentence(sentence)

    def cell(segment: Segment) -> Cell:
        start = reading.tokens.places[segment.first][0]
        end = reading.tokens.places[segment.last - 1][1]
        return Cell(start, end, sentence[start:end])

    rows: dict[tuple[Segment, ...], list[ArmMeasure]] = {}
    for measure in dict.fromkeys(link.measure for link in reading.links):
        own = [link for link in reading.links if link.measure == measure]
        outcome = tuple(link.head for link in own if link.relation == "OC_RES")
        group = next((link for link in own if link.relation != "OC_RES"), None)
        side: Literal[1, 2] | None = None
        if group is not None:
            side = 1 if group.relation == "A1_RES" else 2
        told = ArmMeasure(cell(measure), cell(group.head) if group else None, side)
        rows.setdefault(outcome, []).append(told)
    return [
        ResultRow(tuple(cell(s) for s in outcome), tuple(measures))
        for outcome, measures in rows.items()
    ]
