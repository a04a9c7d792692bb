"""Reports of one trial among the results that held texts state: told once, the latest first.

A trial is published as an interim, a final and a long-term analysis. Counted as three trials it
would weigh three times.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

from probatum.answers.held_forest import HeldResult
from probatum.checks.reading import read
from probatum.evidence.source import Depth, SourceType
from probatum.library.library import Library

# These tell of many trials and are no trial's report.
GATHERS = (SourceType.GUIDELINE, SourceType.SYSTEMATIC_REVIEW, SourceType.NARRATIVE_REVIEW)
# Characters of a full text in which the work's own trial is named, not those that it discusses.
_OPENING = 4_000
# Numbers of ClinicalTrials.gov (NCT and 8 digits), ISRCTN (8 digits) and EudraCT (year, 6 digits, 2
# digits), as these registries assign them.
_REGISTERED = re.compile(
    r"\b(NCT\d{8}|ISRCTN\s?\d{8}|(?:EudraCT|EU-CTR)[^\n\d]{0,20}\d{4}-\d{6}-\d{2})(?!\d)", re.I
)
# "the ATLAS-2 trial", "(ATLAS-2)", "ATLAS-2: a randomised trial": how a trial's short name stands.
_SHORT = r"[A-Z][A-Z0-9]{2,14}(?:[- ]?\d{1,4})?(?:-[A-Z0-9]{1,8})?"
_NAMED = (
    re.compile(rf"\b[Tt]he ({_SHORT}) (?:trial|study)\b"),
    re.compile(rf"\(({_SHORT}) (?:trial|study)\)"),
)
_TITLED = (
    *_NAMED,
    re.compile(rf"^({_SHORT}): "),
    re.compile(rf"\(({_SHORT})\)(?::|\.?$)"),
    re.compile(rf": (?:results of )?(?:the )?({_SHORT}) (?:trial|study)\b"),
)
# Capitals before "trial" that are a method, an agency or a place.
_OTHERS = frozenset(
    (
        "RCT",
        "ITT",
        "MRI",
        "PET",
        "ECG",
        "EEG",
        "PCR",
        "DNA",
        "RNA",
        "NIH",
        "NCI",
        "FDA",
        "EMA",
        "WHO",
        "USA",
        "COVID",
        "COVID-19",
        "HIV",
    )
)
# Names of groups that got no treatment under test; two trials share them by chance.
_CONTROLS = frozenset(("", "placebo", "control", "controls", "usual care", "standard care"))
_TRIAL = re.compile(r"\b(?:trial|study)\b", re.IGNORECASE)


class _Report:
    """A document as a report of a trial, with the results that were read in it."""

    def __init__(self, results: Sequence[HeldResult], library: Library) -> None:
        self.document = results[0].document
        self._results, self._library = results, library

    @cached_property
    def _opening(self) -> str:
        text = self._library.documents.text(self.document.edition) or ""
        return text if self.document.depth is Depth.ABSTRACT else text[:_OPENING]

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The registry numbers of the work and those that its title and abstract name."""
        relations = self.document.detail.get("relations", ())
        found = [target for kind, target, _ in relations if kind == "reports"]
        found = [target[4:] for target in found if target.startswith("nct:")]
        found.append(self.document.identifiers.nct or "")
        named = f"{self.document.title}\n{self._opening}"
        found += [match.group(1) for match in _REGISTERED.finditer(named)]
        return frozenset(_number(each) for each in found if each)

    @property
    def pooled(self) -> bool:
        """Whether it is of several trials: one registry gives a trial one number."""
        return len({each[:2] for each in self.numbers}) < len(self.numbers)

    @cached_property
    def acronyms(self) -> frozenset[str]:
        """The short names of trials in title and abstract; none that means something else."""
        longs = dict(self.document.detail.get("abbreviations", ()))
        found = {
            match.group(1)
            for text, patterns in ((self.document.title, _TITLED), (self._opening, _NAMED))
            for pattern in patterns
            for match in pattern.finditer(text)
        }
        return frozenset(
            name
            for name in found
            if name not in _OTHERS
            and all(term.kind == "study" for term in self._library.vocabulary.readings(name))
            and (name not in longs or _TRIAL.search(longs[name]))
        )

    @cached_property
    def treatments(self) -> frozenset[str]:
        """What the title and the results name as tested, by terms or by the groups' names."""
        words = "\n".join((self.document.title, *(each.draft.text for each in self._results)))
        groups = {
            arm.name.casefold() for each in self._results for arm in each.result.arms if arm.name
        }
        return (read(words, self._library).terms("intervention") | groups) - _CONTROLS

    @property
    def when(self) -> tuple[bool, date]:
        """The sort key; a registry entry is dated by its last change, which is no analysis."""
        document = self.document
        day = document.date or date(document.year or 1, 1, 1)
        return document.type is not SourceType.REGISTRY, day

    def same(self, other: "_Report") -> bool:
        """Whether both report one trial."""
        if self.document.source == other.document.source:
            return True
        if self.pooled or other.pooled:
            return False
        if self.numbers & other.numbers:
            return True
        if {each[:2] for each in self.numbers} & {each[:2] for each in other.numbers}:
            return False  # two numbers of one registry are two trials
        return bool(self.acronyms & other.acronyms and self.treatments & other.treatments)


def by_trial(found: Sequence[HeldResult], library: Library) -> tuple[HeldResult, ...]:
    """The rows with those of one trial side by side, its latest report first and marked as such."""
    own: dict[str, list[HeldResult]] = {}
    for each in found:
        if each.document.type not in GATHERS:
            own.setdefault(each.document.edition, []).append(each)
    reports = [_Report(results, library) for results in own.values()]
    groups: list[list[_Report]] = []
    for report in reports:
        mine = [group for group in groups if any(report.same(other) for other in group)]
        groups = [group for group in groups if group not in mine]
        groups.append([*(other for group in mine for other in group), report])
    of = {report.document.edition: group for group in groups for report in group}
    done: set[str] = set()
    told: list[HeldResult] = []
    for each in found:
        edition = each.document.edition
        if edition in done:
            continue
        if edition not in of:
            told.append(each)
            continue
        ordered = sorted(of[edition], key=lambda report: report.when, reverse=True)
        done |= {report.document.edition for report in ordered}
        told += _of_one(ordered, found)
    return tuple(told)


def _of_one(ordered: Sequence[_Report], found: Sequence[HeldResult]) -> Iterator[HeldResult]:
    """The rows of one trial's reports, the latest first."""
    latest = ordered[0]
    later: set[str] = set()
    for report in ordered:
        own = [each for each in found if each.document.edition == report.document.edition]
        if report.document.source == latest.document.source:
            yield from own
        else:
            earlier = report.when < latest.when and report.when[0]
            again = f"{'earlier' if earlier else 'another'} report of the same trial"
            for each in own:
                same = bool(each.result.endpoint) and _endpoint(each) in later
                yield replace(each, again=again, replaced=same)
        later |= {_endpoint(each) for each in own}


def told_again(found: Sequence[HeldResult]) -> tuple[str, ...]:
    """That some rows are no further evidence; one sentence, or none."""
    titles = dict.fromkeys(
        f"“{each.document.title or each.document.source}”"
        + (f" ({each.document.year})" if each.document.year else "")
        for each in found
        if each.again
    )
    if not titles:
        return ()
    of = "is a further report" if len(titles) == 1 else "are further reports"
    return (
        f"{' and '.join(titles)} {of} of a trial that another row tells of; "
        f"{'it is' if len(titles) == 1 else 'they are'} not counted as further evidence.",
    )


def _endpoint(each: HeldResult) -> str:
    return (each.result.endpoint or "").casefold()


def _number(written: str) -> str:
    """A registry number in one spelling: the registry's first two letters and the number."""
    digits = re.sub(r"[^\d-]", "", written).strip("-")
    return f"{written[:2].upper()}{digits}"
