"""What can be wrong with an answer although each of its claims is right.

Figures that seem to disagree without the reason (D8), one study counted twice, claims that
contradict each other, references and citations that differ (D3), and a subgroup told alone as if it
were the whole. It sees only claims with anchored results; it cannot see a contradiction between
texts.
"""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from pydantic import model_validator

from probatum.checks.clusters import agrees
from probatum.checks.effects import clear, shown
from probatum.checks.held import held
from probatum.checks.numbers import unnamed_numbers
from probatum.checks.phrases import pattern
from probatum.checks.reading import read, stem
from probatum.checks.view import View
from probatum.evidence.claim import CheckResult, Claim, Outcome
from probatum.evidence.record import Result
from probatum.library.library import Library
from probatum.terms.remembered import remembered

# Medians closer than this look equal to a reader; the figure is the project's own, for display.
_NEARLY_EQUAL = Decimal("0.05")
# Share of an explanation's words that must be told for it to count as told.
_TOLD = 0.6


class Finding(CheckResult):
    """A failure of claims taken together, with the ids of those claims."""

    claims: tuple[str, ...]

    @model_validator(mode="after")
    def _is_a_failure(self) -> "Finding":
        if self.outcome is not Outcome.FAIL:
            raise ValueError("a finding across claims is a failure")
        return self


def across(
    claims: Sequence[Claim], view: View, references: Sequence[int] | None = None
) -> tuple[Finding, ...]:
    """Every finding, in the order of the checks; `references` are the numbers of the list."""
    found = [
        *discordance(claims, view),
        *double_counting(claims, view),
        *contradiction(claims, view),
        *lone_subgroup(claims, view),
    ]
    if references is not None:
        found += citations(claims, references)
    return tuple(found)


def _finding(name: str, detail: str, *claims: str) -> Finding:
    ids = tuple(dict.fromkeys(claims))
    return Finding(name=name, outcome=Outcome.FAIL, detail=detail, claims=ids)


def _results(claim: Claim, view: View) -> tuple[Result, ...]:
    """The anchored results whose own values the claim tells."""
    ids = dict.fromkeys(a.record for a in claim.anchors if a.record in view.library.records)
    return _told(claim.text, tuple(record for record in ids if record), view.library)


@remembered("library", 4096)
def _told(text: str, ids: tuple[str, ...], library: Library) -> tuple[Result, ...]:
    records = [held(record, library) for record in ids]
    quantities = unnamed_numbers(read(text, library), records)
    return tuple(
        item.record
        for item in records
        if isinstance(item.record, Result)
        and any(
            value.part in ("arm", "effect") and agrees(value, quantity)
            for value in item.values
            for quantity in quantities
        )
    )


def is_discordant(record: Result, view: View) -> bool:
    """Whether medians and ratio seem to disagree: other signs, or nearly equal medians (D8)."""
    if record.measure != "median" or record.effect is None or not clear(record.effect):
        return False
    values = [arm.value for arm in record.arms if arm.value is not None]
    if len(values) != 2:
        return False
    told = shown(record, view.library.vocabulary)
    if told.median is not None and told.value is not None and told.median * told.value < 0:
        return True
    return abs(values[0] - values[1]) < _NEARLY_EQUAL * max(abs(v) for v in values)


def discordance(claims: Sequence[Claim], view: View) -> tuple[Finding, ...]:
    """Medians and ratio that seem to disagree are told without the reason (D8)."""
    found = []
    for claim in claims:
        for record in _results(claim, view):
            if not is_discordant(record, view):
                continue
            if record.explanation is None:
                detail = f"{record.id}: medians and ratio seem to disagree and no reason is held"
                found.append(_finding("discordance", detail, claim.id))
            elif not any(_tells(other, record, view) for other in claims):
                detail = f"{record.id}: medians and ratio seem to disagree, unexplained"
                found.append(_finding("discordance", detail, claim.id))
    return tuple(found)


def _tells(claim: Claim, record: Result, view: View) -> bool:
    if record.explanation is None or record.id not in {a.record for a in claim.anchors}:
        return False
    needed = {stem(w.text) for w in read(record.explanation, view.library).words}
    told = {stem(w.text) for w in read(claim.text, view.library).words}
    return len(needed & told) >= _TOLD * len(needed)


def _question(record: Result) -> tuple[object, ...]:
    """What a result answers: two results with the same key are one piece of evidence."""
    people = record.population
    return (
        record.study,
        record.endpoint,
        record.grade,
        record.timepoint,
        record.subgroup,
        people.conditions,
        people.subtypes,
        people.biomarkers,
        people.groups,
        people.lines,
        tuple(arm.interventions or arm.name for arm in record.arms),
        record.assessed_by,
    )


def double_counting(claims: Sequence[Claim], view: View) -> tuple[Finding, ...]:
    """One study's endpoint from two editions, told as if it were two pieces of evidence."""
    told: dict[tuple[object, ...], dict[str, str]] = defaultdict(dict)
    for claim in claims:
        if claim.role != "statement":
            continue
        for record in _results(claim, view):
            if record.study is not None:
                told[_question(record)].setdefault(record.edition, claim.id)
    return tuple(
        _finding("double_counting", f"{key[0]}: {key[1]} from {', '.join(editions)}", *ids)
        for key, editions in told.items()
        if len(editions) > 1
        for ids in [tuple(editions.values())]
    )


def contradiction(claims: Sequence[Claim], view: View) -> tuple[Finding, ...]:
    """Two current values for the same question, without a word that they differ."""
    told: dict[tuple[object, ...], list[tuple[Claim, Result]]] = defaultdict(list)
    for claim in claims:
        for record in _results(claim, view):
            if record.study is not None and view.library.current(record, view.as_of):
                told[_question(record)].append((claim, record))
    found = []
    for key, pairs in told.items():
        claim, first = pairs[0]
        for other, record in pairs[1:]:
            if record.id != first.id and _values(record) != _values(first):
                if other.role == "history" or claim.role == "history":
                    continue
                if any(pattern("currency", "differing").search(c.text) for c in (claim, other)):
                    continue
                detail = f"{key[0]}: {key[1]} differs between {first.id} and {record.id}"
                found.append(_finding("contradiction", detail, claim.id, other.id))
    return tuple(found)


def _values(record: Result) -> tuple[object, ...]:
    return (tuple(arm.value for arm in record.arms), record.effect and record.effect.value)


def lone_subgroup(claims: Sequence[Claim], view: View) -> tuple[Finding, ...]:
    """A subgroup's result while the whole population's is held and never told."""
    told = {record.id for claim in claims for record in _results(claim, view)}
    found = []
    for claim in claims:
        if claim.role == "history":
            continue
        for record in _results(claim, view):
            if not (record.subgroup or record.analysis == "subgroup") or record.study is None:
                continue
            whole = [
                other.id
                for other in view.library.results_of.get(record.study, ())
                if other.endpoint == record.endpoint
                and not other.subgroup
                and other.analysis != "subgroup"
                and other.grade == record.grade
                and view.library.current(other, view.as_of)
            ]
            if whole and not told & set(whole):
                detail = f"{record.id} is a subgroup; {whole[0]}, the whole, is not told"
                found.append(_finding("lone_subgroup", detail, claim.id))
    return tuple(found)


def citations(claims: Sequence[Claim], references: Sequence[int]) -> tuple[Finding, ...]:
    """A citation without a reference, or a reference that no claim cites (D3)."""
    found = []
    listed = set(references)
    for claim in claims:
        lost = sorted(set(claim.citations) - listed)
        if lost:
            found.append(_finding("citations", f"no reference {lost[0]} is listed", claim.id))
        sources = {a.edition for a in claim.anchors}
        if len(set(claim.citations)) < len(sources):
            found.append(_finding("citations", "an anchored edition is not cited", claim.id))
    cited = {number for claim in claims for number in claim.citations}
    for number in sorted(listed - cited):
        found.append(_finding("citations", f"reference {number} is cited by no claim"))
    if len(listed) != len(references):
        found.append(_finding("citations", "two references have one number"))
    return tuple(found)
