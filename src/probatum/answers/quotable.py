"""Which stretches of a held passage can stand alone as a quote.

A quote is torn out of its place. What leaned on a neighbour there ("It is also used in ..."), what
was one item of "The following do not help:", or what only pointed elsewhere says something else or
nothing once it stands alone.
"""

import re
from collections.abc import Iterator, Sequence

from probatum.answers.leaning import goes_on, leans
from probatum.library.held import HeldPassage
from probatum.sources.passages import Run

# A reader takes in a quote at a glance, or skips it; a list is taken in faster than prose, and half
# a list would pass for the whole.
_LONGEST = 600
_LONGEST_LIST = 900
_SHORTEST = 30
# A passage longer than this may have been closed in the midst of a list; no shorter one is, see
# `sources.passages`.
_MAY_GO_ON = 1_500
# An item with fewer words is a name or a phrase, and means nothing without what it is listed under.
_ITEM_WORDS = 6
# Pointers to other pages, and what a page says of itself, anywhere in a sentence ...
_ELSEWHERE = re.compile(
    r"\b(?:learn more|read more|find out more|(?:for|to get) (?:more|further|additional|detailed) "
    r"information|click (?:here|on)|see the (?:section|figure|table|following)|"
    r"(?:latest|recent) news (?:articles|stories)|(?:this|the) (?:PDQ|summary|web ?site|web ?page|"
    r"fact sheet|booklet|leaflet) (?:\w+ ){0,3}(?:is|was|are|provides?|contains?|covers?|"
    r"describes?|discuss(?:es)?|has|does)|(?:we|this (?:page|site)) (?:offers?|provides?)|"
    r"our (?:website|site|page|newsletter))\b",
    re.IGNORECASE,
)
# A list, table or picture that is announced and does not come along.
_ANNOUNCED = re.compile(
    r"\bthe following (?:lists?|tables?|charts?|figures?|sections?|pages?|diagrams?)\b|"
    r"\bthe (?:table|list|chart|figure|box|diagram) (?:below|above)\b|"
    r"\b(?:listed|shown|described|discussed|outlined|summari[sz]ed|given|explained) "
    r"(?:below|above|elsewhere|in the table)\b",
    re.IGNORECASE,
)
# ... or at its start.
_POINTS = re.compile(
    r"(?:See\b|For information\b|To learn\b|Visit (?:the|our|us|this|www|http)|Refer to\b|"
    r"\(Refer|\(See\b|Related (?:articles?|content|information|links?|pages?|reading|resources?|"
    r"topics?)\b|Check the list|Use our\b|Download\b|Subscribe\b|Contact (?:the|our|us)\b|"
    r"Call \d|\[?Note:|Figure \d|Table \d|Fig\.)",
    re.IGNORECASE,
)
# Headings over what is no part of a work's own matter.
_WORK = (
    r"(?:[\w-]{1,30} ){0,2}(?:articles?|booklet|chapter|document|fact ?sheet|guidelines?|guide|"
    r"information|leaflet|page|publication|report|review|site|summary|topic|version|website)"
)
_REFERENCES = re.compile(
    r"(?:references?(?: list)?|bibliography|literature(?: cited)?|further reading|sources|"
    r"works cited|cited literature|acknowledge?ments?|conflicts? of interest|competing interests|"
    rf"funding|about this {_WORK}|(?:latest updates|changes) to th(?:is|e) {_WORK}"
    r"(?: \(.{1,40}\))?|latest updates|what.s new|version history|revision history)[.:]?",
    re.IGNORECASE,
)
# Reference numbers, or a level of evidence in brackets, at an end.
_NOTES = r"(?:\s?\[[^\[\]]{1,60}\])*[\d,\-\u2013\s]*+$"
# A full stop, perhaps with a closing bracket or quote.
_ENDED = re.compile(r"[.!][)\]\"\u201d\u2019]*" + _NOTES)
_ASKS = re.compile(r"\?[)\]\"\u201d\u2019]*" + _NOTES)
_LEADS = re.compile(":" + _NOTES)
# Verbs that a lead governs its items with; without one ("Evidence:") it is a heading.
_GOVERNS = re.compile(
    r"\b(?:is|are|was|were|be|been|includes?|including|included|may|can|should|must|have|has|had|"
    r"do|does|not|no|never|following|such as|as follows|these|if|when|unless|with|without|of|"
    r"for)\b",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"\([^()]*\)")
# A bracket, or one that numbers: "1) iron, b) rest".
_BRACKET = re.compile(r"\(|(?:(?<![^\s;,])\w{1,2})?\)")
_WORD = re.compile(r"[^\W_]+")

Span = tuple[int, int]


def stretches(passage: HeldPassage) -> Iterator[tuple[Span, Run]]:
    """Every stretch that may be quoted, in order, with where it stands."""
    spans = passage.passage.sentences
    listed = frozenset(passage.passage.items)
    hanging = _hanging(passage, spans, listed)
    for place, (start, end) in enumerate(spans):
        run = run_at(passage, start)
        if place in hanging or not _states(passage.slice(start, end), run):
            continue
        if passage.slice(end - 1, end) == ":":
            found = _list(passage, spans, place, listed)
        elif place in listed:
            found = _item(passage, spans, place, listed)
        else:
            found = _sentence(passage, spans, place, listed)
        if found and found[1] - found[0] >= _SHORTEST and _whole(passage.slice(*found)):
            yield found, run


def only_references(passage: HeldPassage) -> bool:
    """Whether nothing of a passage is more than a list of references or a note on the page."""
    runs = passage.passage.runs
    return bool(runs) and all(_aside(run) for run in runs)


def _aside(run: Run) -> bool:
    return any(_REFERENCES.fullmatch(heading) for heading in run.headings)


def run_at(passage: HeldPassage, at: int) -> Run:
    """Under which headings, on which page an offset stands."""
    return next((run for run in reversed(passage.passage.runs) if run.start <= at), Run(0))


def _states(words: str, run: Run) -> bool:
    """Whether it is a statement: no table row, heading, question, reference or pointer elsewhere.

    A table's row is none because its header says what the numbers are.
    """
    if run.columns or " | " in words or _POINTS.match(words) or _ELSEWHERE.search(words):
        return False
    if _aside(run):
        return False
    return bool(_ENDED.search(words)) or words.endswith(":")


def announces(words: str) -> bool:
    """Whether a sentence says no more than that a list or table is to follow."""
    return bool(_ANNOUNCED.search(words)) and ":" not in words


def _whole(words: str) -> bool:
    """Whether it begins as a sentence does, and no bracket was cut."""
    first = _WORD.search(words)
    if first is None or (first.group().isalpha() and first.group().islower()):
        return False
    return (
        _closed(words)
        and words.count("[") == words.count("]")
        and words.count("\u201c") == words.count("\u201d")
        and words.count('"') % 2 == 0
    )


def _closed(words: str) -> bool:
    """Whether every round bracket has its other; one that numbers needs none."""
    depth = 0
    for bracket in _BRACKET.finditer(words):
        if bracket.group() == "(":
            depth += 1
        elif depth:
            depth -= 1
        elif bracket.group() == ")":
            return False
    return depth == 0


def _sentence(
    passage: HeldPassage, spans: Sequence[Span], place: int, listed: frozenset[int]
) -> Span | None:
    """A sentence of prose, with the one it leans on."""
    start, end = spans[place]
    words = passage.slice(start, end)
    if len(words) > _LONGEST:
        return None
    leaning = leans(words, passage.document.depth)
    if not leaning and not goes_on(words):
        return start, end
    before = _before(passage, spans, place, listed)
    if before is not None:
        return before, end
    return None if leaning else (start, end)


def _before(
    passage: HeldPassage, spans: Sequence[Span], place: int, listed: frozenset[int]
) -> int | None:
    """Where the sentence before begins, if what leans on it can be quoted with it."""
    if not place or place - 1 in listed:
        return None
    start, end = spans[place - 1]
    run, said = run_at(passage, start), passage.slice(start, end)
    if spans[place][1] - start > _LONGEST or run != run_at(passage, spans[place][0]):
        return None
    stands = _ENDED.search(said) and _states(said, run) and not leans(said, passage.document.depth)
    return start if stands else None


def _list(
    passage: HeldPassage, spans: Sequence[Span], place: int, listed: frozenset[int]
) -> Span | None:
    """A lead with its whole list.

    Items of one list are alike: where they were names and one of whole sentences follows, another
    list has begun. A list in which something is asked states nothing, and one that the end of a
    long passage may have cut is not known to be whole.
    """
    start, end = spans[place]
    lead = passage.slice(start, end)
    if not _governs(lead):
        return None
    if leans(lead, passage.document.depth):
        before = _before(passage, spans, place, listed)
        if before is None:
            return None
        start = before
    headings = run_at(passage, end - 1).headings
    sentences = None
    last = place
    for first, after in _items(passage, spans, place + 1, listed):
        words = passage.slice(spans[first][0], spans[after][1])
        if run_at(passage, spans[first][0]).headings != headings:
            break
        if any(_ASKS.search(passage.slice(*span)) for span in spans[first : after + 1]):
            return None
        ended = bool(_ENDED.search(words)) and len(_WORD.findall(words)) >= _ITEM_WORDS
        if sentences is None:
            sentences = ended
        elif ended and not sentences:
            break
        if spans[after][1] - start > _LONGEST_LIST:
            return None
        last = after
    cut = last == len(spans) - 1 and passage.end - passage.start > _MAY_GO_ON
    # An item that leads to others is not without them.
    if last == place or cut or _LEADS.search(passage.slice(*spans[last])):
        return None
    return start, spans[last][1]


def _items(
    passage: HeldPassage, spans: Sequence[Span], place: int, listed: frozenset[int]
) -> Iterator[tuple[int, int]]:
    """The items from a place on, each by its first and last sentence."""
    while place in listed:
        first = place
        while place + 1 in listed and not _parted(passage, spans, place):
            place += 1
        yield first, place
        place += 1


def _parted(passage: HeldPassage, spans: Sequence[Span], place: int) -> bool:
    """Whether a line ends between a sentence and the next; each item is a line of its own."""
    return "\n" in passage.slice(spans[place][1], spans[place + 1][0])


def _item(
    passage: HeldPassage, spans: Sequence[Span], place: int, listed: frozenset[int]
) -> Span | None:
    """A sentence of a list that its lead does not govern."""
    start, end = spans[place]
    words = passage.slice(start, end)
    if end - start > _LONGEST or len(_WORD.findall(words)) < _ITEM_WORDS:
        return None
    return None if leans(words, passage.document.depth) else (start, end)


def _hanging(passage: HeldPassage, spans: Sequence[Span], listed: frozenset[int]) -> frozenset[int]:
    """Places in lists whose sense hangs on what leads them.

    "The following do not help:" turns what is listed into its opposite, however far down and under
    whatever lead within the list; and where the list goes on from an earlier passage nobody knows
    what led it.
    """
    found = []
    led = bool(spans) and spans[0][0] == passage.start
    for place, span in enumerate(spans):
        if place not in listed:
            led = False
        elif led:
            found.append(place)
        led = led or _governs(passage.slice(*span))
    return frozenset(found)


def _governs(lead: str) -> bool:
    return bool(_LEADS.search(lead) and _GOVERNS.search(_IN_BRACKETS.sub("", lead)))
