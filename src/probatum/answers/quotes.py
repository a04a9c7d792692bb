"""Verbatim sentences of held texts that bear on a question.

They are what a library can say about anything that somebody put into it, before anyone curated it.
A sentence is chosen for how much of the question's meaning it carries, never for its style, and is
shown as the source's own words.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from probatum.answers.plan import PlanSection
from probatum.checks.quotation import FORM, quoted
from probatum.evidence.claim import Anchor, Draft
from probatum.evidence.source import RightsTier
from probatum.library.held import HeldPassage
from probatum.library.library import Library
from probatum.library.search import Hit, Request
from probatum.questions.need import Need
from probatum.sources.passages import Run
from probatum.terms.words import STOPWORDS

TITLE = "In the words of held texts"
# Passages looked at, quotes shown, and quotes of one work: enough to compare, short enough to read.
_LOOKED_AT = 40
_SHOWN = 5
_OF_ONE_WORK = 2
# The share of the question's weight (by rarity of its words) that a sentence must carry with its
# headings and title, and by itself. Below, it shares words with the question and not its subject.
_LEAST = 0.55
_LEAST_ALONE = 0.25
# And at least this many of its words: one alone, however rare, may be another subject's.
_LEAST_WORDS = 2
# Words in headings and title say what a sentence is about, but less surely than its own.
_BESIDE = 0.7
_LONGEST = 600
_SHORTEST = 30
# A sentence that leans on the one before is quoted with it.
_LEANS = re.compile(
    r"(?:This|These|Those|It|They|He|She|Such|However|Therefore|Thus|Moreover|In addition|Its|"
    r"Their|Furthermore|Conversely|In contrast|Both|Neither)\b"
)
# Pointers to other pages, and what leads them.
_ELSEWHERE = re.compile(
    r"(?:Learn more|See\b|Read more|For more information|For information|To learn|Visit|Click|"
    r"Refer to|\(Refer|\(See|Related|Check the list|Use our)",
    re.IGNORECASE,
)
_REFERENCES = re.compile(r"(?:references?|bibliography|literature|further reading|sources)", re.I)
# A full stop, perhaps with a closing bracket or quote, perhaps with reference numbers after it.
_ENDED = re.compile(r"[.!][)\]\"\u201d\u2019]*(?:\s?\[[^\[\]]{1,60}\]|[\d,\-\u2013 ]{1,12})*$")
# Words that ask and state nothing; the rest of the question is its subject.
_ASKING = frozenset(
    Path(__file__).with_name("asking_words.txt").read_text("utf-8").split("\n\n", 1)[1].split()
)


@dataclass(frozen=True)
class Quotation:
    """A chosen sentence with how much of the question it carries (0 to 1)."""

    anchor: Anchor
    coverage: float
    rank: int

    @property
    def draft(self) -> Draft:
        """The sentence as a draft for the gate."""
        return Draft(text=quoted(self.anchor.quote), anchors=(self.anchor,), form=FORM)


def quotes(need: Need, library: Library, as_of: date | None = None) -> tuple[Quotation, ...]:
    """The sentences that carry most of the question, best first; empty when none carries enough."""
    if library.documents.content is None:
        return ()
    weights = _weights(need, library)
    if not weights:
        return ()
    hits = _hits(need, library, as_of)
    found = [
        each
        for rank, hit in enumerate(hits)
        if hit.passage.document.rights.tier is not RightsTier.LINK
        for each in _sentences(hit.passage, rank, weights, library)
    ]
    found.sort(
        key=lambda q: (-round(q.coverage - 0.004 * q.rank, 6), q.anchor.edition, q.anchor.start)
    )
    return tuple(_distinct(found))


def as_quotes(found: Sequence[Quotation]) -> PlanSection:
    """A section of quotes."""
    return PlanSection("quotes", TITLE, drafts=tuple(each.draft for each in found))


def _hits(need: Need, library: Library, as_of: date | None) -> list[Hit]:
    """Passages for the question: on its disease where it names one that texts are filed under."""
    search = library.search
    words = " ".join((need.question, *_names(need, library)))
    for condition in (*need.conditions[:1], None):
        request = Request(words, _LOOKED_AT, condition=condition, plain=True, as_of=as_of)
        hits = search.search(request)
        if hits:
            return hits
    return []


def _names(need: Need, library: Library) -> Iterable[str]:
    """The usual names of what the question calls by a brand or an abbreviation."""
    said = need.question.casefold()
    for term in (*need.conditions, *need.interventions, *need.biomarkers):
        name = library.name(term)
        if name.casefold() not in said:
            yield name


def _weights(need: Need, library: Library) -> Mapping[str, float]:
    """The question's stems with their weight: the rarer in the library, the more it says."""
    search = library.search
    words = re.findall(r"[^\W_]+", need.question)
    content = [
        w
        for w in words
        if w.casefold() not in STOPWORDS and w.casefold() not in _ASKING and len(w) > 1
    ]
    count = max(1, search.count)
    stems = dict.fromkeys(stem for word in content for stem in search.stems(word))
    return {stem: math.log(1 + (count + 0.5) / (search.frequency(stem) + 0.5)) for stem in stems}


def _sentences(
    passage: HeldPassage, rank: int, weights: Mapping[str, float], library: Library
) -> Iterator[Quotation]:
    stems = library.search.stems
    total = sum(weights.values())
    least = min(len(weights), _LEAST_WORDS)
    spans = passage.passage.sentences
    for place, (start, end) in enumerate(spans):
        run = _run(passage, start)
        if not _quotable(passage.slice(start, end), run):
            continue
        first, last = _whole(passage, spans, place)
        quote = passage.slice(first, last)
        if not _SHORTEST <= len(quote) <= _LONGEST:
            continue
        own = set(stems(quote)) & weights.keys()
        around = {*stems(passage.document.title), *stems(" ".join(run.headings))}
        around = (around & weights.keys()) - own
        if len(own) + len(around) < least:
            continue
        alone = sum(weights[stem] for stem in own) / total
        beside = sum(weights[stem] for stem in around) / total
        coverage = alone + _BESIDE * beside
        if alone >= _LEAST_ALONE and coverage >= _LEAST:
            yield Quotation(library.quote(passage, first, last), coverage, rank)


def _run(passage: HeldPassage, at: int) -> Run:
    return next((run for run in reversed(passage.passage.runs) if run.start <= at), Run(0))


def _quotable(words: str, run: Run) -> bool:
    """Whether it is a statement: no table row, heading, question, reference or pointer elsewhere.

    A table's row is none because its header says what the numbers are.
    """
    if run.columns or " | " in words or _ELSEWHERE.match(words):
        return False
    if any(_REFERENCES.fullmatch(heading) for heading in run.headings[-1:]):
        return False
    return bool(_ENDED.search(words)) or words.endswith(":")


def _whole(passage: HeldPassage, spans: Sequence[tuple[int, int]], place: int) -> tuple[int, int]:
    """The sentence with the one it leans on, or with the list that it opens."""
    first, last = spans[place]
    if place and _LEANS.match(passage.slice(first, last)):
        before = spans[place - 1]
        if last - before[0] <= _LONGEST and _run(passage, before[0]) == _run(passage, first):
            first = before[0]
    if passage.slice(last - 1, last) == ":":
        listed = frozenset(passage.passage.items)
        for after in range(place + 1, len(spans)):
            if after not in listed or spans[after][1] - first > _LONGEST:
                break
            last = spans[after][1]
    return first, last


def _distinct(found: Iterable[Quotation]) -> Iterator[Quotation]:
    """The best, no words twice, few of one work."""
    shown: list[Anchor] = []
    for each in found:
        same = [anchor for anchor in shown if anchor.source == each.anchor.source]
        if len(same) >= _OF_ONE_WORK or any(_repeats(each.anchor, anchor) for anchor in shown):
            continue
        shown.append(each.anchor)
        yield each
        if len(shown) == _SHOWN:
            return


def _repeats(one: Anchor, other: Anchor) -> bool:
    if one.edition == other.edition:
        return one.start < other.end and other.start < one.end
    return one.quote.casefold() == other.quote.casefold()
