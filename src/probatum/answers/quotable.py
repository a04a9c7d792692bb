"""Which stretches of a held passage can stand alone as a quote.

A quote is torn out of its place. What leaned on a neighbour there ("It is also used in ..."), what
was one item of "The following do not help:", or what only pointed elsewhere says something else or
nothing once it stands alone.
"""

import re
from collections.abc import Iterator, Sequence

from probatum.evidence.source import Depth
from probatum.library.held import HeldPassage
from probatum.sources.passages import Run

# A reader takes in a quote at a glance, or skips it; a list is taken in faster than prose, and half
# a list would pass for the whole.
_LONGEST = 600
_LONGEST_LIST = 900
_SHORTEST = 30
# An item with fewer words is a name or a phrase, and means nothing without what it is listed under.
_ITEM_WORDS = 6
# A sentence that leans on the one before is quoted with it, or not at all ...
_LEANS = re.compile(
    r"(?:This|These|Those|It|They|He|She|Such|However|Its|Their|Conversely|In contrast|Both|"
    r"Neither|But|Nor|Others?|Another|The (?:former|latter|same|two|three|other|others))\b"
)
# ... unless what it leans on is the whole work, as in an abstract,
_OWN_WORK = re.compile(
    r"(?:This|These|Our|The present)(?: \w+)? (?:study|studies|trial|review|analys[ei]s|"
    r"meta-analysis|results?|findings?|data|observations?|guidelines?|work|report)\b"
)
# ... or it only goes on from it, and says the same without it.
_GOES_ON = re.compile(
    r"(?:Therefore|Thus|Hence|Moreover|In addition|Additionally|Furthermore|Also|Finally|"
    r"Consequently|As a result|Similarly|For example|For instance)\b"
)
# In the middle of a sentence, too, words may stand for what was said before.
_REFERS = re.compile(
    r"\b(?:in|on|of|by|with|for|from|to|than|after|during|between|among|and|that|both|either of) "
    r"(?:this|these|those|the (?:two|three|four|other|latter|former|same)|both) "
    r"(?:\w+ )?(?:groups?|arms?|cohorts?|trials?|stud(?:y|ies)|analys[ei]s|regimens?|"
    r"approach(?:es)?|populations?|patients|drugs?|agents?|settings?|cases|organs|factors|conditions?|treatments?|"
    r"results?|reasons?|symptoms|tests?|methods?|types?|tumou?rs|cancers|diseases?)\b"
)
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
# ... or at its start.
_POINTS = re.compile(
    r"(?:See\b|For information|To learn|Visit|Refer to|\(Refer|\(See|Related\b|Check the list|"
    r"Use our|Download|Subscribe|Contact|Call \d|\[?Note:|Figure \d|Table \d|Fig\.)",
    re.IGNORECASE,
)
_REFERENCES = re.compile(
    r"(?:references?(?: list)?|bibliography|literature(?: cited)?|further reading|sources|"
    r"works cited|cited literature|acknowledge?ments?|about this .{1,40}|conflicts? of interest|"
    r"competing interests|funding|latest updates|what.s new|changes to th.{1,60}|version history|"
    r"revision history)[.:]?",
    re.IGNORECASE,
)
# A full stop, perhaps with a closing bracket or quote, perhaps with reference numbers or a level of
# evidence in brackets after it.
_ENDED = re.compile(
    r"[.!][)\]\"\u201d\u2019]*(?:\s?\[[^\[\]]{1,60}\])*(?:\s?[\d,\-\u2013 ]{1,12})*$"
)
# Verbs that a lead governs its items with; without one ("Evidence:") it is a heading.
_GOVERNS = re.compile(
    r"\b(?:is|are|was|were|be|been|includes?|including|included|may|can|should|must|have|has|had|"
    r"do|does|not|no|never|following|such as|as follows|these|if|when|unless|with|without|of|"
    r"for)\b",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_ENUMERATOR = re.compile(r"(?:^|(?<=[\s;,]))\w{1,2}\)")
_WORD = re.compile(r"[^\W_]+")

Span = tuple[int, int]


def stretches(passage: HeldPassage) -> Iterator[tuple[Span, Run]]:
    """Every stretch that may be quoted, in order, with where it stands."""
    spans = passage.passage.sentences
    listed = frozenset(passage.passage.items)
    for place, (start, end) in enumerate(spans):
        run = run_at(passage, start)
        if not _states(passage.slice(start, end), run):
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
    return (
        bool(runs) and all(_aside(run) for run in runs if run.headings) and bool(runs[-1].headings)
    )


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


def _whole(words: str) -> bool:
    """Whether it begins as a sentence does, and no bracket was cut."""
    first = _WORD.search(words)
    if first is None or (first.group().isalpha() and first.group().islower()):
        return False
    numbered = _ENUMERATOR.sub("", words)
    return (
        numbered.count("(") == numbered.count(")")
        and words.count("[") == words.count("]")
        and words.count('"') % 2 == 0
    )


def _sentence(
    passage: HeldPassage, spans: Sequence[Span], place: int, listed: frozenset[int]
) -> Span | None:
    """A sentence of prose, with the one it leans on."""
    start, end = spans[place]
    words = passage.slice(start, end)
    if len(words) > _LONGEST:
        return None
    abstract = passage.document.depth is Depth.ABSTRACT
    leans = _leans(words) and not (abstract and _OWN_WORK.match(words))
    if not leans and not _GOES_ON.match(words):
        return start, end
    before = spans[place - 1] if place and place - 1 not in listed else None
    if before is not None and end - before[0] <= _LONGEST:
        same = run_at(passage, before[0]) == run_at(passage, start)
        said = passage.slice(*before)
        if same and _ENDED.search(said) and not _leans(said):
            return before[0], end
    return None if leans else (start, end)


def _leans(words: str) -> bool:
    return bool(_LEANS.match(words) or _REFERS.search(words))


def _list(
    passage: HeldPassage, spans: Sequence[Span], place: int, listed: frozenset[int]
) -> Span | None:
    """A lead with its whole list.

    Items of one list are alike; where they were names and a whole sentence follows, or the other
    way about, another list has begun.
    """
    if not _governs(passage.slice(*spans[place])):
        return None
    start, last = spans[place][0], None
    sentences = None
    for after in range(place + 1, len(spans)):
        if after not in listed:
            break
        words = passage.slice(*spans[after])
        if words.endswith("?"):
            return None
        ended = bool(_ENDED.search(words)) and len(_WORD.findall(words)) >= _ITEM_WORDS
        if sentences is None:
            sentences = ended
        elif ended and not sentences:
            break
        if spans[after][1] - start > _LONGEST_LIST:
            return None
        last = spans[after][1]
    return None if last is None else (start, last)


def _item(
    passage: HeldPassage, spans: Sequence[Span], place: int, listed: frozenset[int]
) -> Span | None:
    """A sentence of a list, unless its sense hangs on the list's lead.

    "The following do not help:" turns what is listed into its opposite, and where the list goes on
    from an earlier passage nobody knows what led it.
    """
    start, end = spans[place]
    words = passage.slice(start, end)
    if end - start > _LONGEST or len(_WORD.findall(words)) < _ITEM_WORDS or _leans(words):
        return None
    first = place
    while first - 1 in listed and not passage.slice(*spans[first - 1]).endswith(":"):
        first -= 1
    if first == 0:
        return (start, end) if spans[0][0] > passage.start else None
    return None if _governs(passage.slice(*spans[first - 1])) else (start, end)


def _governs(lead: str) -> bool:
    return lead.endswith(":") and bool(_GOVERNS.search(_IN_BRACKETS.sub("", lead)))
