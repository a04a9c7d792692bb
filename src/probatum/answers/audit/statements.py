"""From blocks to statements: one assertion each, without citations, in its place.

A sentence that tells a survival time, why it matters and who recommends the drug is three claims:
one of them may be proved while another is wrong. So sentences are cut where a new assertion
begins, outside brackets only, and what the cut-off part is about goes with it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from probatum.answers.audit.blocks import Block, Span
from probatum.terms.sentences import sentences

# Where one assertion ends and the next begins. What is looked ahead for starts the next one.
_CUTS = re.compile(
    r"""(?P<own>;\s{1,20}|,\s{1,20}(?=(?:but|while|whereas|although|though)\s)
        |,\s{1,20}and\s{1,20}(?=(?:(?:the|it|this|these|they|there)\s{1,20})?[\w./-]{1,40}
            (?:\s{1,20}[\w./-]{1,40}){0,3}\s{1,20}
            (?:is|are|was|were|has|have|had|should|may|can|did|does)\s)
        |,\s{1,20}(?=as\s{1,20}(?:the|these|this|it|they)\s{1,20}(?:[\w-]{1,40}\s{1,20}){0,3}
            (?:is|are|was|were|has|have|had|did|does|enrolled|included|showed|found)\s)
        |,\s{1,20}(?=(?:because|since)\s))
    |(?P<hangs>,\s{1,20}(?=(?:(?:thus|thereby|hence)\s{1,20})?(?:demonstrating|suggesting
            |indicating|confirming|supporting|showing|reflecting|establishing|proving|implying)\s)
        |,\s{1,20}(?=(?:which|based\s{1,20}on)\s)
        |\s{1,20}(?=based\s{1,20}on\s{1,20}(?:the\s{1,20})?(?:phase|results?|data|trial|study)\b))""",
    re.VERBOSE,
)
# Words at the start of a part that join it to the one before and say nothing themselves.
_JOINT = re.compile(
    r"(?:but|while|whereas|although|though|and|because|since|as|which|based on|thus|thereby|hence)"
    r"\s+(?!well\b)",
    re.IGNORECASE,
)
# What a sentence says it rests on is no claim about medicine, unless figures come with it.
_BASIS = re.compile(r"based\s{1,20}on\s", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
# What follows a semicolon is an assertion of its own only with a verb; figures belong together.
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|should|may|can|must|did|does|occurred|show(?:s|ed)?|"
    r"improve[sd]?|reduce[sd]?|increase[sd]?|recommends?|includes?|remains?|became|gave|gives)\b",
    re.IGNORECASE,
)
_OPEN, _CLOSE = "([{", ")]}"
# A part shorter than this many words is no assertion of its own.
_LEAST_WORDS = 4
# A sentence longer than this many characters is no sentence, and is not looked into.
_LONGEST = 3_000

_NUMBERS = r"\d{1,3}(?:\s?[,–-]\s?\d{1,3}){0,30}"
_BRACKETED = re.compile(rf"\s?\[{_NUMBERS}\]")
_ROUND = re.compile(rf"\s?\(({_NUMBERS})\)(?=\s*(?:[.;,]|$))")
_RAISED = re.compile(r"(?<=[a-z.,;)\]%\"”]{2})[⁰¹²³⁴-⁹]{1,3}(?:[˒,–⁻-][⁰¹²³⁴-⁹]{1,3}){0,20}")
# Numbers behind a full stop, or at the end of a block, are citations in many chatbots' answers.
_BEHIND_STOP = re.compile(rf"(?<=[.!?)\"”])\s?({_NUMBERS})\s*$")
_AT_END = re.compile(rf"\s({_NUMBERS})\s*\.?\s*$")
_BARE = re.compile(rf"{_NUMBERS}\.?")
# Words that a number belongs to: "grade 3", "day 1", "CPS 1" end in a value, not in a citation.
_TAKES_NUMBER = re.compile(
    r"(?:[<>≤≥=~±/+-]|\b(?:days?|weeks?|months?|years?|cycles?|grades?|stages?|types?|phase|"
    r"category|level|line|score|auc|cps|tps|ecog|version|part|group|arm|cohort|step|table|figure|"
    r"class|and|or|to|of|at|than|vs\.?|versus|n|p|hr|rr|or|ci|by|about|least|most|is|was|were|"
    r"study|trial|evidence|every|for|over|under|above|below|up|in|on|with|from|between)|,)\s*$",
    re.IGNORECASE,
)
_VALUE_UNIT = re.compile(r"\d\s*\S{1,12}\s*$")
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻˒", "0123456789-,")


@dataclass(frozen=True, slots=True)
class Statement:
    """One assertion of a text: `text[start:end]` holds it, `words` are it without citations.

    `whole` is the sentence it was cut from; `hangs` says that it is a part that has no subject of
    its own ("demonstrating a benefit"); `block` is the place of its block.
    """

    start: int
    end: int
    words: str
    block: int
    citations: tuple[int, ...] = ()
    whole: Span = (0, 0)
    hangs: bool = False


def statements_of(text: str, blocks: Sequence[Block]) -> Iterator[Statement]:
    """Every statement of the blocks, in order; headings make none."""
    bare = cites_barely(text, blocks)
    for index, block in enumerate(blocks):
        if block.kind == "heading":
            continue
        if block.kind == "row":
            yield _row(text, block, index)
            continue
        yield from _of_block(text, block, index, bare)


def _of_block(text: str, block: Block, index: int, bare: bool) -> Iterator[Statement]:
    body = text[block.start : block.end]
    spans = [(block.start + s, block.start + e) for s, e in sentences(body)]
    held: list[Statement] = []
    for start, end in spans:
        # A number alone behind a sentence is the citation of that sentence.
        if held and _BARE.fullmatch(text, start, end):
            last = held[-1]
            cited = (*last.citations, *_listed(text[start:end]))
            held[-1] = Statement(
                last.start, last.end, last.words, index, cited, last.whole, last.hangs
            )
            continue
        held += _of_sentence(text, (start, end), index, bare)
    yield from held


def _of_sentence(text: str, whole: Span, index: int, bare: bool) -> Iterator[Statement]:
    if whole[1] - whole[0] > _LONGEST:
        yield Statement(*whole, " ".join(text[whole[0] : whole[1]].split()), index, (), whole)
        return
    pieces = _pieces(text, whole)
    every: tuple[int, ...] = ()
    made: list[Statement] = []
    for (start, end), hangs in pieces:
        words, cited = without_citations(text[start:end], bare=bare)
        every += cited
        joint = _JOINT.match(words)
        if joint and (hangs or start != whole[0]):
            words = words[joint.end() :]
        words = words.strip(" ,;")
        if words:
            made.append(Statement(start, end, words, index, cited, whole, hangs))
    for each in made:
        # A citation at the end of a sentence is that of all its parts.
        yield (
            each
            if each.citations
            else Statement(each.start, each.end, each.words, index, every, whole, each.hangs)
        )


def _pieces(text: str, whole: Span) -> list[tuple[Span, bool]]:
    """The parts of a sentence, each with whether it has no subject of its own."""
    start, end = whole
    depth = 0
    shallow = bytearray(end - start)
    for place in range(start, end):
        character = text[place]
        if character in _OPEN:
            depth += 1
        elif character in _CLOSE:
            depth = max(0, depth - 1)
        shallow[place - start] = depth == 0
    stops = [place for place in range(start, end) if text[place] == ";" and shallow[place - start]]
    parts: list[tuple[Span, bool]] = []
    begin, hanging = start, False
    for cut in _CUTS.finditer(text, start, end):
        if not shallow[cut.start() - start] or cut.start() <= begin:
            continue
        if _BASIS.match(text, cut.end()) and not _DIGIT.search(text, cut.end(), end):
            parts.append(((begin, cut.start()), hanging))
            return parts
        if text[cut.start()] == ";":
            # A verb behind the next semicolon is not this part's: a ratio stays with its medians.
            stop = next((place for place in stops if place > cut.start()), end)
            if not _VERB.search(text, cut.end(), stop):
                continue
        short = len(text[begin : cut.start()].split()) < _LEAST_WORDS
        if short or len(text[cut.end() : end].split()) < _LEAST_WORDS:
            continue
        parts.append(((begin, cut.start()), hanging))
        begin, hanging = cut.end(), cut.lastgroup == "hangs"
    parts.append(((begin, end), hanging))
    return parts


def _row(text: str, block: Block, index: int) -> Statement:
    """A row read out: its first cell, then each head with its cell."""
    cells = [" ".join(text[s:e].split()) for s, e in block.cells]
    heads = [" ".join(text[s:e].split()) for s, e in block.columns]
    told = [
        f"{heads[place]}: {cell}" if place < len(heads) and heads[place] else cell
        for place, cell in enumerate(cells)
        if cell and place
    ]
    words = f"{cells[0]}: {'; '.join(told)}" if cells and cells[0] else "; ".join(told)
    plain, cited = without_citations(words, bare=False)
    return Statement(block.start, block.end, plain, index, cited, (block.start, block.end))


# -- citations ----------------------------------------------------------------------------------


def cites_barely(text: str, blocks: Sequence[Block]) -> bool:
    """Whether the text cites by bare numbers behind its sentences, as chatbots' answers do.

    Only where a number stands behind a full stop is that sure; one such place speaks for the text.
    """
    return any(
        block.kind in ("paragraph", "item")
        and _BEHIND_STOP.search(text, max(block.start, block.end - 200), block.end) is not None
        for block in blocks
    )


def without_citations(words: str, *, bare: bool) -> tuple[str, tuple[int, ...]]:
    """The words in one line without citation numbers, and these."""
    cited: list[int] = []

    def take(found: re.Match[str]) -> str:
        cited.extend(_listed(found.group()))
        return ""

    words = " ".join(words.split())
    words = _BRACKETED.sub(take, words)
    words = _RAISED.sub(take, words)
    words = _ROUND.sub(lambda m: m.group() if _is_year(m.group(1)) else take(m), words)
    if bare:
        behind = _BEHIND_STOP.search(words, max(0, len(words) - 200))
        if behind is None:
            behind = _AT_END.search(words, max(0, len(words) - 200))
            before = words[: behind.start()] if behind else ""
            if behind and _TAKES_NUMBER.search(before[-40:]):
                # "every 3 weeks 1, 2": the weeks have their number already.
                behind = behind if _has_value(before) else None
        if behind is not None:
            cited.extend(_listed(behind.group(1)))
            words = words[: behind.start()]
    return words.strip(), tuple(dict.fromkeys(cited))


def _has_value(before: str) -> bool:
    return bool(_VALUE_UNIT.search(before[-20:])) and before.rstrip()[-1:].isalpha()


def _is_year(numbers: str) -> bool:
    return len(numbers) > 3 and numbers.isdigit()


def _listed(numbers: str) -> list[int]:
    """ "1, 3–5" as 1, 3, 4, 5; a range without sense gives its ends."""
    found: list[int] = []
    plain = numbers.translate(_SUPERSCRIPT)
    for part in re.findall(r"\d{1,3}(?:\s?[–-]\s?\d{1,3})?", plain):
        ends = [int(each) for each in re.findall(r"\d+", part)]
        if len(ends) == 2 and ends[0] < ends[1] <= ends[0] + 50:
            found += range(ends[0], ends[1] + 1)
        else:
            found += ends
    return found
