"""Exact results out of a registry entry: the outcomes that ClinicalTrials.gov has posted.

The reader of the format has put every value beside its group's title by the group's id; here the
rows become tuples. Nothing is worked out: a share that is not posted is not computed, and which
group an estimate was divided by is not said, because the record doesn't say it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final

from probatum.extract.benefit import direction, significant
from probatum.extract.lines import Line
from probatum.extract.located import LocatedResult
from probatum.extract.result import Arm, Direction, Effect, EffectType, ExtractedResult
from probatum.extract.tables import words as said
from probatum.extract.tables.figures import number, p_value
from probatum.terms.units import canonical_unit

_N: Final = r"-?(?:\d{1,3}(?:,\d{3})+(?!\d)|\d{1,12})(?:\.\d{1,12})?|-?\.\d{1,12}"
_VALUE: Final = re.compile(rf"({_N})(?:\s+(.{{1,120}}))?")
_TRAILING: Final = re.compile(rf"(.{{0,200}}?)\s*({_N})")
_LIMITS: Final = re.compile(rf"(?:.*; )?({_N}) to ({_N})")
_COUNT: Final = re.compile(r"(\d{1,9}) [Pp]articipants?")
_LEVEL: Final = re.compile(r"(\d{1,2}(?:\.\d{1,2})?)% ?(?:CI|[Cc]onfidence [Ii]nterval)")
_MARGIN: Final = re.compile(rf"margin\b[^.;]{{0,60}}?({_N})\s*(%)?", re.IGNORECASE)
_FRAME: Final = re.compile(r"Time frame: (.{1,600}?)(?:\. Reporting status: |\. Expected to be|$)")
_OUTCOME: Final = re.compile(r"(?:[A-Z][\w -]{0,40} )?[Oo]utcome(?:: (?P<title>.+))?$")


@dataclass(slots=True)
class _Outcome:
    """One outcome measure while its lines are gathered."""

    title: str
    path: tuple[str, ...]
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Value:
    arm: Arm
    kind: tuple[str, str]
    column: str
    line: Line


def registry_results(lines: Iterable[Line]) -> tuple[LocatedResult, ...]:
    """Every posted outcome measure: an analysis each, or the groups' values where there is none."""
    return tuple(found for outcome in _outcomes(lines) for found in _results(outcome))


def _outcomes(lines: Iterable[Line]) -> Iterator[_Outcome]:
    """The lines of each outcome; of two outcomes with one title each has a caption of its own."""
    now: _Outcome | None = None
    for line in lines:
        path = line.headings[:2]
        found = _OUTCOME.fullmatch(path[1]) if len(path) == 2 and path[0] == "Results" else None
        if found is None:
            if now is not None:
                yield now
            now = None
            continue
        begins = line.kind == "caption" and len(line.headings) == 2
        if now is None or now.path != path or begins:
            if now is not None:
                yield now
            now = _Outcome(found["title"] or path[1], path)
        now.lines.append(line)
    if now is not None:
        yield now


def _results(outcome: _Outcome) -> Iterator[LocatedResult]:
    rows = [line for line in outcome.lines if line.kind == "row"]
    values = [v for row in rows if row.columns[:1] == ("Group",) and (v := _value(row))]
    tests = [row for row in rows if row.columns[:1] == ("Groups compared",)]
    titles = list(dict.fromkeys(v.arm.name for v in values if v.arm.name))
    kinds = list(dict.fromkeys(v.kind for v in values))
    compared = []
    for test in tests:
        made = _analysis(outcome, test, values if len(kinds) == 1 else [], titles)
        if made is not None:
            compared.append(made)
    yield from compared
    if compared and len(kinds) == 1:
        covered = [{arm.name for arm in each.result.arms} for each in compared]
        if any(covers >= set(titles) for covers in covered):
            return
    for kind in kinds:
        mine = [v for v in values if v.kind == kind]
        yield _beside(outcome, mine, kind)


def _value(line: Line) -> _Value | None:
    """A row's value with its group."""
    cells = dict(zip(line.columns, (cell.text for cell in line.cells()), strict=False))
    fixed = ("Group", "Analysed", "Class", "Category", "Comment")
    column = next((name for name in line.columns if name not in fixed), None)
    if column is None:
        return None
    found = _VALUE.fullmatch(cells[column])
    size = _COUNT.match(cells.get("Analysed", ""))
    arm = Arm(cells["Group"], n=int(size.group(1)) if size else None)
    if found is None:
        arm = replace(arm, state="not_reached" if _not_reached(cells) else None)
        if arm.state is None:
            return None
    else:
        value, unit = number(found.group(1)), _unit(found.group(2) or "")
        counted = unit == "patients" and value == value.to_integral_value()
        arm = replace(arm, value=value, unit=unit, events=int(value) if counted else None)
        arm = _with_spread(arm, cells, line.columns)
    kind = (_cell(cells, "Class"), _cell(cells, "Category"))
    return _Value(arm, kind, column, line)


def _cell(cells: dict[str, str], name: str) -> str:
    text = cells.get(name, "")
    return "" if text == "–" else text


def _not_reached(cells: dict[str, str]) -> bool:
    words = cells.get("Comment", "").casefold()
    return "not reached" in words or "not been reached" in words or "not estimable" in words


def _unit(words: str) -> str | None:
    """The unit in this program's words; what it has no word for stays as printed."""
    if not words:
        return None
    if re.match(r"percent", words, re.IGNORECASE):
        return "%"
    return canonical_unit(words) or words


def _with_spread(arm: Arm, cells: dict[str, str], columns: Sequence[str]) -> Arm:
    """The group's own interval or standard deviation; a range or a standard error is neither."""
    for name in columns:
        text = cells.get(name, "")
        if name == "Standard Deviation" and (found := _VALUE.fullmatch(text)):
            return replace(arm, sd=number(found.group(1)))
        if "confidence interval" in name.casefold() and (found := _LIMITS.fullmatch(text)):
            level = _LEVEL.search(name)
            return replace(
                arm,
                low=number(found.group(1)),
                high=number(found.group(2)),
                ci_level=Decimal(level.group(1)) if level else None,
            )
    return arm


def _named(text: str, titles: Sequence[str]) -> list[str]:
    """The groups of an analysis; a title may itself hold a semicolon."""
    found: list[str] = []
    at = 0
    while at < len(text):
        fits = [t for t in titles if text.startswith(t, at) and _ends(text, at + len(t))]
        name = max(fits, key=len) if fits else text[at:].partition("; ")[0]
        found.append(name)
        at += len(name) + 2
    return found


def _ends(text: str, at: int) -> bool:
    return at == len(text) or text.startswith("; ", at)


def _analysis(
    outcome: _Outcome, line: Line, values: Sequence[_Value], titles: Sequence[str]
) -> LocatedResult | None:
    cells = dict(zip(line.columns, (cell.text for cell in line.cells()), strict=False))
    names = _named(cells["Groups compared"], titles)
    if len(names) < 2:
        return None
    effect = _effect(cells)
    arms, rows = [], []
    for name in names:
        mine = [v for v in values if v.arm.name == name]
        # Two groups of one title cannot be told apart, so neither gives a value.
        arms.append(mine[0].arm if len(mine) == 1 else Arm(name))
        rows += [v.line for v in mine] if len(mine) == 1 else []
    flags = ("non-inferiority test",) if _is_non_inferiority(cells) else ()
    kind = values[0].kind if values else ("", "")
    made = _result(outcome, tuple(arms), effect, kind, flags)
    way = _way(made)
    caption = outcome.lines[0]
    spans = ((line.start, line.end), *((row.start, row.end) for row in rows))
    start = min(caption.start, line.start)
    return LocatedResult(
        replace(made, start=start, end=line.end, direction=way),
        line.locator,
        "registry",
        (*spans, (caption.start, caption.end)),
        said.says("harm", outcome.title),
    )


def _is_non_inferiority(cells: dict[str, str]) -> bool:
    return cells.get("Type of test", "").casefold().startswith(("non-inferiority", "equivalence"))


def _way(result: ExtractedResult) -> Direction:
    if result.flags:
        # A small P value of such a test speaks for likeness, and a large one for nothing.
        return "no_difference" if significant(result) else "unclear"
    return direction(result)


def _effect(cells: dict[str, str]) -> Effect:
    """The estimate, interval, P value and margin of an analysis as posted."""
    kind: EffectType = "rate"
    label = value = low = high = level = p = margin = None
    if found := _TRAILING.fullmatch(cells.get("Estimate", "")):
        label, value = found.group(1), number(found.group(2))
        kind = said.effect_type(label) or "other"
        if kind == "MD" and not re.search(r"\bmean", label, re.IGNORECASE):
            kind = "RD" if re.search(r"percent|proportion|rate|%", label, re.I) else "other"
    ci = cells.get("Confidence interval", "")
    if found_level := _LEVEL.search(ci):
        level = Decimal(found_level.group(1))
    bounds = ci.partition("CI ")[2]
    if found := re.fullmatch(rf"({_N}) to ({_N})", bounds):
        low, high = number(found.group(1)), number(found.group(2))
    elif found := re.fullmatch(rf"(from|up to) ({_N})", bounds):
        low, high = (
            (number(found.group(2)), None)
            if found.group(1) == "from"
            else (None, number(found.group(2)))
        )
    if printed := cells.get("P value", ""):
        p = p_value(printed.partition(" (")[0])
    if _is_non_inferiority(cells):
        comment = _MARGIN.search(cells.get("Comment", ""))
        margin = number(comment.group(1)) if comment else None
    said_by_type = kind not in ("other", "rate")
    return Effect(kind, value, level, low, high, p, None if said_by_type else label, margin)


def _beside(outcome: _Outcome, values: Sequence[_Value], kind: tuple[str, str]) -> LocatedResult:
    """The groups' values beside each other, without an estimate."""
    arms = tuple(v.arm for v in values)
    counted = all(arm.unit in ("%", "patients") for arm in arms)
    label = None if counted else f"{values[0].column.casefold()}s compared"
    effect = Effect("rate" if counted else "other", label=label)
    caption = outcome.lines[0]
    rows = [v.line for v in values]
    made = _result(outcome, arms, effect, kind, ())
    return LocatedResult(
        replace(made, start=min(caption.start, rows[0].start), end=rows[-1].end),
        rows[0].locator,
        "registry",
        (*((row.start, row.end) for row in rows), (caption.start, caption.end)),
        said.says("harm", outcome.title),
    )


def _result(
    outcome: _Outcome,
    arms: tuple[Arm, ...],
    effect: Effect,
    kind: tuple[str, str],
    flags: tuple[str, ...],
) -> ExtractedResult:
    frame = _FRAME.search(outcome.lines[0].text)
    parts = [part for part in kind if part]
    time = next((part for part in parts if said.is_whole("time", part)), None)
    names = [outcome.title, *(part for part in parts if part != time)]
    control = [a.name for a in arms if a.name and said.says("control", a.name)]
    tested = [a.name for a in arms if a.name and not said.says("control", a.name)]
    clear = len(control) == len(tested) == 1
    return ExtractedResult(
        endpoint=": ".join(names),
        start=0,
        end=0,
        effect=effect,
        arms=arms,
        timepoint=time or (frame.group(1) if frame else None),
        intervention=tested[0] if clear else None,
        comparator=control[0] if clear else None,
        flags=flags,
    )
