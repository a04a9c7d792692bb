"""What is seen of a stretch that may be a group, an outcome or a measure.

Each sight is a name: a word at the edge, the kind of word before, the build of the numbers. The
learned weights belong to these names, so a tag can be traced to what was seen.
"""

from functools import cache
from importlib.resources import files
from typing import Final

from probatum.extract.comparison.segments import MEASURE, Segment
from probatum.extract.comparison.sentence_tokens import Tokens


@cache
def _lexicon() -> dict[str, tuple[int, int]]:
    """How much likelier than elsewhere a word is in outcomes and in treatments, in powers of e."""
    text = files("probatum.extract.comparison").joinpath("data/lexicon.txt").read_text("utf-8")
    table: dict[str, tuple[int, int]] = {}
    for line in text.splitlines():
        word, outcome, treatment = line.split("\t")
        table[word] = int(outcome), int(treatment)
    return table


@cache
def _clusters() -> dict[str, tuple[str, str]]:
    """The coarse and the fine cluster of a word among words that stand in the same places."""
    text = files("probatum.extract.comparison").joinpath("data/clusters.txt").read_text("utf-8")
    lines = (line.split("\t") for line in text.splitlines())
    return {word: (coarse, fine) for word, coarse, fine in lines}


def seen(tokens: Tokens, segment: Segment) -> list[str]:
    """What is seen of a stretch: its edges, its words, its surroundings."""
    first, last = segment.first, segment.last
    names = [*_edges(tokens, first, last), *_inside(tokens, first, last)]
    names += _kin(tokens, first, last, segment.label)
    if segment.label == MEASURE:
        names += _pattern(tokens, first, last)
    else:
        names += _phrase(tokens, first, last)
    names.append(f"depth {min(tokens.depth[first], 2)}")
    numbers = ["number" in kinds for kinds in tokens.kinds]
    names.append(f"left {min(2, sum(numbers[:first]))}")
    right = sum(
        number and not statistic
        for number, statistic in zip(numbers[last:], tokens.statistics[last:], strict=True)
    )
    names.append(f"right {min(2, right)}")
    return [f"{segment.label}{name}" for name in names]


def seen_between(tokens: Tokens, first: int, last: int) -> list[str]:
    """What is seen of the tokens between two neighbouring stretches, as many as there are."""
    return [
        f"{last - first} apart",
        f"words {' '.join(tokens.forms[first:last])}",
        f"kinds {' '.join(tokens.first[first:last])}",
    ]


def _edges(tokens: Tokens, first: int, last: int) -> list[str]:
    form, kind = tokens.form, tokens.kind
    head, tail = tokens.forms[first], tokens.forms[last - 1]
    head_kind, tail_kind = tokens.first[first], tokens.first[last - 1]
    before, after = form(first - 1), form(last)
    return [
        "b",
        f"f {head}",
        f"l {tail}",
        f"fk {head_kind}",
        f"lk {tail_kind}",
        f"p {before}",
        f"x {after}",
        f"pk {kind(first - 1)}",
        f"xk {kind(last)}",
        f"pp {form(first - 2)} {before}",
        f"xx {after} {form(last + 1)}",
        f"px {before} {after}",
        f"pkxk {kind(first - 1)} {kind(last)}",
        f"ppk {kind(first - 2)} {kind(first - 1)}",
        f"xxk {kind(last)} {kind(last + 1)}",
        f"xxxk {kind(last)} {kind(last + 1)} {kind(last + 2)}",
        f"pfk {before} {head_kind}",
        f"lxk {tail_kind} {after}",
        f"lkxk {tail_kind} {kind(last)}",
        f"fkpk {kind(first - 1)} {head_kind}",
        f"suf {tail[-3:]}",
        f"sl {tail[-4:]}",
        f"pre {head[:4]}",
        f"n {_length(last - first)}",
    ]


def _kin(tokens: Tokens, first: int, last: int, label: int) -> list[str]:
    """The clusters of the words at the edges, inside and beside."""
    (head, head_fine), (tail, tail_fine) = _cluster(tokens, first), _cluster(tokens, last - 1)
    names = [
        f"head {head}",
        f"tail {tail}",
        f"head fine {head_fine}",
        f"tail fine {tail_fine}",
        f"before {_cluster(tokens, first - 1)[0]}",
        f"after {_cluster(tokens, last)[0]}",
    ]
    if label != MEASURE:
        within = sorted({_cluster(tokens, at)[0] for at in range(first, last)})
        names += [f"within {each}" for each in within]
    return names


def _cluster(tokens: Tokens, at: int) -> tuple[str, str]:
    """The clusters at a place; the chief kind of a word that has none."""
    kind = tokens.kind(at)
    return _clusters().get(tokens.form(at), (kind, kind))


def _length(count: int) -> int:
    return count if count <= 4 else 5 if count <= 6 else 7 if count <= 10 else 11


def _inside(tokens: Tokens, first: int, last: int) -> list[str]:
    words = sorted(set(tokens.forms[first:last]))
    kinds = sorted(frozenset().union(*tokens.kinds[first:last]))
    return [f"c {word}" for word in words] + [f"ck {kind}" for kind in kinds]


def _pattern(tokens: Tokens, first: int, last: int) -> list[str]:
    """A measure's build: numbers, units and people in order."""
    build: list[str] = []
    for at in range(first, last):
        kinds, form = tokens.kinds[at], tokens.forms[at]
        mark = next(
            (
                letter
                for kind, letter in (
                    ("number", "N"),
                    ("number_word", "W"),
                    ("people", "P"),
                    ("unit", "U"),
                )
                if kind in kinds
            ),
            form if len(form) < 4 else "w",
        )
        if not build or build[-1] != mark:
            build.append(mark)
    return [
        "seq " + " ".join(build[:10]),
        f"rest {tokens.kind(last)} {build[-1]}",
        f"sx {' '.join(build[-3:])} {tokens.form(last)}",
    ]


_BOUND: Final = frozenset({"be", "have", "happen", "number", "versus", "change"})


def _phrase(tokens: Tokens, first: int, last: int) -> list[str]:
    """What tells an outcome from a group: how it is built and between which verbs it stands."""
    forms, kinds, words = tokens.forms, tokens.kinds, tokens.words
    span = range(first, last)
    names = [
        f"nums {min(2, sum('number' in kinds[at] for at in span))}",
        f"com {min(2, sum(words[at] == ',' for at in span))}",
        f"and {sum(forms[at] in ('and', 'or') for at in span)}",
        f"prep {min(4, sum('preposition' in kinds[at] for at in span))}",
        f"verb {min(2, sum(bool(kinds[at] & {'be', 'have', 'happen', 'change'}) for at in span))}",
    ]
    left, right = first - 1, last
    while left >= 0 and not _bounds(tokens, left):
        left -= 1
    while right < len(words) and not _bounds(tokens, right):
        right += 1
    before, after = _bound(tokens, left), _bound(tokens, right)
    names += [
        f"lb {before}",
        f"rb {after}",
        f"lbd {min(first - left, 4)}",
        f"rbd {min(right - last, 4)}",
        f"lbrb {before} {after}",
    ]
    if right == last and tokens.form(last) == "(":
        names.append(f"paren {tokens.kind(last + 1)} {tokens.kind(last + 2)}")
    if all(tokens.first[at] != "w" for at in span):
        names.append("known")
    names += _likeness(tokens, first, last)
    if last - first <= 4:
        phrase = forms[first:last]
        size = last - first
        again = sum(forms[at : at + size] == phrase for at in range(len(forms) - size + 1))
        names.append(f"again {min(again, 2)}")
    if first == 0 or (first == 1 and forms[0] in ("results", "however", "the", "a", "overall")):
        names.append("opens")
    return names


def _bounds(tokens: Tokens, at: int) -> bool:
    return bool(tokens.kinds[at] & _BOUND) or tokens.words[at] in "();:"


def _bound(tokens: Tokens, at: int) -> str:
    if 0 <= at < len(tokens.words) and tokens.words[at] in "();:":
        return tokens.words[at]
    return tokens.kind(at)


_WEIGHED: Final = frozenset(
    {"w", "Cap", "CAPS", "group", "counting", "change", "people", "time_point"}
)


def _likeness(tokens: Tokens, first: int, last: int) -> list[str]:
    table = _lexicon()
    told = [
        table.get(tokens.forms[at], (0, 0))
        for at in range(first, last)
        if tokens.first[at] in _WEIGHED
    ]
    tail = table.get(tokens.forms[last - 1], (0, 0))
    names = [f"llo {tail[0]}", f"lli {tail[1]}"]
    if told:
        outcome = sum(each[0] for each in told) / len(told)
        treatment = sum(each[1] for each in told) / len(told)
        names += [
            f"lo {round(outcome * 2)}",
            f"li {round(treatment * 2)}",
            f"ld {round((outcome - treatment) * 2)}",
        ]
    return names
