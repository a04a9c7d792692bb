"""What is wrong with a text although each of its claims may be right.

A trial told twice as if it were two, figures that seem to disagree left without the reason (D8), a
subgroup told without the whole, a text that gives two values for one thing, citations that lead
nowhere (D3) and a review that is claimed and denied at once (D6).
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from probatum.answers.audit.blocks import Block, words_of
from probatum.answers.audit.context import Said
from probatum.answers.audit.document import AuditFinding
from probatum.answers.audit.judged import Judged
from probatum.answers.audit.people import criteria
from probatum.answers.audit.wording import told_as_earlier
from probatum.checks.across import is_discordant
from probatum.checks.context import analysis_words
from probatum.checks.phrases import pattern
from probatum.checks.reading import read, stems_of
from probatum.checks.view import View
from probatum.evidence.record import Result
from probatum.library.library import Library

_REFERENCES = re.compile(
    r"(?:references?|bibliography|citations?|sources?|literature(?: cited)?|works cited)\s*:?",
    re.IGNORECASE,
)
_ENTRY = re.compile(r"^[ \t]*\[?(\d{1,3})(?:\]|[.)])[ \t]", re.MULTILINE)
_PENDING = re.compile(
    r"\b(?:pending|awaiting)\s+(?:[\w-]+\s+){0,3}?review\b"
    r"|\bnot\s+(?:yet\s+)?(?:been\s+)?(?:reviewed|verified)\b|\bunreviewed\b",
    re.IGNORECASE,
)
# Share of an explanation's words that must be told for it to count as told, as in `checks/across`.
_TOLD = 0.6
# Characters of the text's own words that are shown after what was found.
_SHOWN = 60
Judgement = tuple[Said, Judged]


def findings_of(
    text: str, blocks: Sequence[Block], judged: Sequence[Judgement], library: Library
) -> tuple[AuditFinding, ...]:
    """Every finding about the text as a whole."""
    return (
        *_differing(judged, library),
        *_twice(judged, library),
        *_discordant(text, judged, library),
        *_subgroups(judged, library),
        *_citations(text, blocks, judged),
        *_review(text),
    )


def is_about_itself(words: str) -> bool:
    """Whether a sentence speaks of the text's own review, which is no claim about medicine."""
    return pattern("attestation", "attested").search(words) is not None or bool(
        _PENDING.search(words)
    )


def _results(judged: Sequence[Judgement]) -> Iterator[tuple[int, Said, Result]]:
    for place, (said, found) in enumerate(judged):
        for each in found.records:
            if isinstance(each.record, Result) and each.record.study:
                yield place, said, each.record


# -- one thing told twice -------------------------------------------------------------------------


def _differing(judged: Sequence[Judgement], library: Library) -> Iterator[AuditFinding]:
    """Two ratios for one study and end point, without a word on why."""
    told: dict[tuple[object, ...], list[tuple[int, Decimal, frozenset[str]]]] = defaultdict(list)
    for place, (said, _) in enumerate(judged):
        reading = read(said.text, library)
        studies = said.terms(library, "study") or frozenset(said.near.get("study", ()))
        endpoints = said.terms(library, "endpoint")
        ratios = [q for q in reading.quantities if q.role in ("hr", "rr", "or")]
        if len(studies) != 1 or len(endpoints) != 1 or len(ratios) != 1:
            continue
        key: tuple[object, ...] = (
            next(iter(studies)),
            next(iter(endpoints)),
            ratios[0].role,
            said.terms(library, "subtype", "region", "group"),
            criteria(said, library),
        )
        words = f"{said.text[said.own :]} {said.above}"
        kind = analysis_words(words) | ({"earlier"} if told_as_earlier(said) else frozenset())
        told[key].append((place, ratios[0].value, kind))
    for about, values in told.items():
        first = values[0]
        for other in values[1:]:
            if other[1] != first[1] and other[2] == first[2]:
                study, endpoint = library.name(str(about[0])), library.name(str(about[1]))
                detail = (
                    f"The text gives {first[1]} and {other[1]} for {endpoint} of {study} without "
                    "saying why they differ."
                )
                yield AuditFinding(name="contradiction", detail=detail, claims=(first[0], other[0]))
                break


def _twice(judged: Sequence[Judgement], library: Library) -> Iterator[AuditFinding]:
    """One study's end point told from two analyses or with different references as if it were two.

    A trial and the review that quotes it are one piece of evidence.
    """
    told: dict[tuple[object, ...], list[tuple[int, Said, Result]]] = defaultdict(list)
    for place, said, record in _results(judged):
        people = record.population
        key: tuple[object, ...] = (
            record.study, record.endpoint, record.grade, record.timepoint, record.subgroup,
            people.conditions, people.subtypes, people.biomarkers,
        )  # fmt: skip
        told[key].append((place, said, record))
    for about, items in told.items():
        places = tuple(dict.fromkeys(place for place, _, _ in items))
        if len(places) < 2:
            continue
        named = f"{library.name(str(about[0]))}, {library.name(str(about[1]))}"
        cited = [frozenset(said.statement.citations) for _, said, _ in items]
        apart = [c for c in cited if c and not c & cited[0]] if cited[0] else []
        analyses = dict.fromkeys(record.analysis for _, _, record in items)
        if len(analyses) > 1:
            detail = (
                f"{named}: told from the {' and the '.join(analyses)} analysis; "
                "that is one study and not two."
            )
        elif apart:
            numbers = sorted({n for c in (cited[0], *apart) for n in c})
            detail = (
                f"{named}: the same result is cited to references "
                f"{' and '.join(map(str, numbers))}; that is one study and not two."
            )
        else:
            continue
        yield AuditFinding(name="double_counting", detail=detail, claims=places)


# -- figures without what belongs to them ---------------------------------------------------------


def _discordant(text: str, judged: Sequence[Judgement], library: Library) -> Iterator[AuditFinding]:
    """Medians and a ratio that seem to disagree, without the reason that is held (D8)."""
    view = View(library)
    told: dict[Result, list[int]] = defaultdict(list)
    for place, _, record in _results(judged):
        if is_discordant(record, view):
            told[record].append(place)
    words = stems_of(text) if told else frozenset()
    for record, places in told.items():
        reason = record.explanation
        needed = stems_of(reason) if reason else frozenset()
        if needed and len(needed & words) >= _TOLD * len(needed):
            continue
        detail = (
            f"{library.name(record.study or '')}, {library.name(record.endpoint)}: the medians and "
            "the ratio seem to disagree, and the text does not say why."
        )
        yield AuditFinding(
            name="discordance",
            detail=f"{detail} {reason}" if reason else detail,
            claims=tuple(dict.fromkeys(places)),
        )


def _subgroups(judged: Sequence[Judgement], library: Library) -> Iterator[AuditFinding]:
    """A subgroup's result told where that of the whole is held and never told."""
    told = {record.id for _, _, record in _results(judged)}
    done: set[str] = set()
    for place, _, record in _results(judged):
        if record.id in done or not (record.subgroup or record.analysis == "subgroup"):
            continue
        done.add(record.id)
        whole = [
            other
            for other in library.results_of.get(record.study or "", ())
            if other.endpoint == record.endpoint
            and other.grade == record.grade
            and not other.subgroup
            and other.analysis != "subgroup"
        ]
        if whole and not told & {other.id for other in whole}:
            detail = (
                f"{library.name(record.study or '')}, {library.name(record.endpoint)}: only the "
                f"subgroup ({record.subgroup or record.population.text}) is told; the result in "
                "all patients is held."
            )
            yield AuditFinding(name="lone_subgroup", detail=detail, claims=(place,))


# -- the text itself ------------------------------------------------------------------------------


def _citations(
    text: str, blocks: Sequence[Block], judged: Sequence[Judgement]
) -> Iterator[AuditFinding]:
    """Numbers that lead to no reference, and references that no sentence cites (D3)."""
    cited: dict[int, list[int]] = defaultdict(list)
    for place, (said, _) in enumerate(judged):
        for number in said.statement.citations:
            cited[number].append(place)
    if not cited:
        return
    start = references_start(text, blocks)
    listed = [int(n) for n in _ENTRY.findall(text, start)] if start is not None else []
    numbers = sorted(cited)
    if not listed:
        what = "has no list of references" if start is None else "has references without numbers"
        span = str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]} to {numbers[-1]}"
        detail = f"The text cites {span} and {what}, so no citation can be followed."
        yield AuditFinding(name="citations", detail=detail, claims=())
        return
    for number in numbers:
        if number not in listed:
            detail = f"Reference {number} is cited and not listed."
            yield AuditFinding(name="citations", detail=detail, claims=tuple(cited[number]))
    idle = [number for number in dict.fromkeys(listed) if number not in cited]
    if idle:
        which = ", ".join(map(str, idle[:20]))
        yield AuditFinding(
            name="citations", detail=f"No sentence that was judged cites reference {which}."
        )


def references_start(text: str, blocks: Sequence[Block]) -> int | None:
    """Where the list of references begins; None when there is none."""
    for block in reversed(blocks):
        short = block.kind != "row" and block.end - block.start <= 40
        if short and _REFERENCES.fullmatch(words_of(text, (block.start, block.end)).rstrip(":")):
            return block.end
    return None


def _review(text: str) -> Iterator[AuditFinding]:
    """A review that is claimed and denied on the same page (D6)."""
    claimed = pattern("attestation", "attested").search(text)
    pending = _PENDING.search(text)
    if claimed and pending:
        detail = (
            f"The text says both \u201c{_around(text, claimed)}\u201d and "
            f"\u201c{_around(text, pending)}\u201d of itself."
        )
        yield AuditFinding(name="review", detail=detail)


def _around(text: str, found: re.Match[str]) -> str:
    """What was found, to the end of its line, as far as fits in a sentence."""
    end = text.find("\n", found.end(), found.end() + _SHOWN)
    words = text[found.start() : end if end >= 0 else found.end()]
    return " ".join(words.split())
