"""The verdict on a claim of words alone: an effect, a recommendation, a rule, an approval.

A record must say the same in the gate's own terms to support the claim. To contradict it, the
record must speak of the same study, people and end point and point the other way; likeness of words
is never enough.
"""

import re
from collections.abc import Sequence

from probatum.answers.audit.context import Said
from probatum.answers.audit.document import AuditVerdict
from probatum.answers.audit.judged import Judged, where
from probatum.answers.audit.markers import required
from probatum.answers.audit.opposed import opposed
from probatum.answers.audit.people import apart, criteria
from probatum.answers.audit.telling import shared, telling
from probatum.answers.audit.tied import distance, specific, studies_of, tied
from probatum.answers.audit.wording import draft_of, plain
from probatum.checks import direction
from probatum.checks.effects import cues_of
from probatum.checks.endpoints import ENDPOINTS, fits
from probatum.checks.gate import examine
from probatum.checks.held import Held
from probatum.checks.outcome import Conflict
from probatum.checks.reading import read
from probatum.checks.view import View
from probatum.evidence.claim import Verdict
from probatum.evidence.record import (
    Eligibility,
    Recommendation,
    Record,
    Regimen,
    Result,
    SafetyRule,
    Status,
    Study,
)
from probatum.library.library import Library

# Records in words that are compared with one claim.
_MOST = 10
# Of the words of a claim that say something, so many must be the record's: the project's own
# figures, set on texts of its own.
_LEAST_HELD = 2
_SHARE = 0.75
# Words that may stand beside the drugs of a listed regimen without saying more of it.
_LISTING = frozenset(
    [
        "and", "or", "with", "without", "plus", "alone", "regimen", "combination", "single",
        "agent", "monotherapy", "therapy", "category", "the", "b", "a",
    ]
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")
# Words of advice.
_ADVICE = re.compile(
    r"\b(?:recommend\w*|prefer\w*|should|consider\w*|indicated|first choice|standard of care)\b",
    re.IGNORECASE,
)


def by_words(said: Said, near: Sequence[Held], library: Library) -> Judged | None:
    """The verdict by words; None when no record says the same or plainly another thing."""
    ours = [each for each in near if tied(said, each) and apart(said, each) is None]
    return (
        required(said, ours, library)
        or _effect(said, ours, library)
        or _regimen(said, ours, library)
        or _record(said, ours, library)
    )


# -- effects without figures --------------------------------------------------------------------


def _effect(said: Said, ours: Sequence[Held], library: Library) -> Judged | None:
    """A word of effect on an end point: "improves survival", "benefit in PD-L1-negative cancer"."""
    reading = read(said.text, library)
    cues = [cue for cue in cues_of(said.text) if cue.start >= said.own]
    named = reading.terms(*ENDPOINTS)
    if not cues or not named:
        return None
    results = [
        each
        for each in ours
        if isinstance(each.record, Result)
        and library.current(each.record)
        and any(fits(term, each.record.endpoint, library.vocabulary) for term in named)
        and _tests(each.record, said, library)
    ]
    if not results:
        return None
    parts = _parts(said, results, library)
    if parts is None:
        return None
    conflicts = [_directed(said, part, library) for part in parts]
    against = [
        (part[0], conflict)
        for part, conflict in zip(parts, conflicts, strict=True)
        if conflict and not _borderline(part[0].record) and _settled(said, part, library)
    ]
    if against:
        reasons = tuple(
            _sentence(f"{plain(reason, library)} ({where(each.record, library)})")
            for each, reason in against
        )
        return Judged(
            AuditVerdict.CONTRADICTED,
            tuple(dict.fromkeys(reasons)),
            tuple(each for each, _ in against),
            tuple(each.record for each, _ in against),
        )
    if any(conflicts):
        return None
    passed = tuple(part[0] for part in parts)
    held = "; ".join(dict.fromkeys(where(each.record, library) for each in passed))
    return Judged(AuditVerdict.SUPPORTED, (f"The results held show it ({held}).",), passed)


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def _borderline(record: Record) -> bool:
    """Whether a bound of the interval is the value of no difference itself, as rounded."""
    effect = record.effect if isinstance(record, Result) else None
    return effect is not None and effect.no_difference in (effect.low, effect.high)


def _parts(said: Said, results: Sequence[Held], library: Library) -> list[list[Held]] | None:
    """The results for each group of people that the claim names; None when one is not held."""
    whole = [r for r in results if isinstance(r.record, Result) and not r.record.subgroup]
    asked = criteria(said, library)
    subtypes = sorted(said.terms(library, "subtype"))
    if not asked and not subtypes:
        return [whole] if whole else None
    if said.terms(library, "region", "group") and not (asked or subtypes):
        return None
    vocabulary = library.vocabulary
    found: list[list[Held]] = []
    for criterion in asked:
        part = []
        for each in results:
            own = each.record.population.biomarkers
            near = [
                b
                for b in own
                if b.biomarker in vocabulary
                and vocabulary.relation(b.biomarker, criterion.biomarker) != "other"
            ]
            sign = "negative" if criterion.comparator.startswith("<") else criterion.state
            wanted = sign or "positive"
            if any(
                (b.state or ("negative" if b.comparator.startswith("<") else "positive")) == wanted
                for b in near
            ):
                part.append(each)
        found.append(part)
    for subtype in subtypes:
        found.append([r for r in results if subtype in r.record.population.subtypes])
    return found if all(found) else None


def _directed(said: Said, part: Sequence[Held], library: Library) -> str | None:
    """Why none of the results shows what is said; None when one does."""
    view = View(library)
    reasons: list[str] = []
    for each in part:
        told = direction.check(draft_of(said, [each]), view)
        if not isinstance(told, Conflict):
            return None
        reasons.append(told.detail)
    return reasons[0] if reasons else None


def _settled(said: Said, part: Sequence[Held], library: Library) -> bool:
    """Whether the results are surely those that the claim speaks of: its own study's."""
    named = said.terms(library, "study") or frozenset(said.near.get("study", ()))
    if not named:
        # A text on one drug whose only trial here is this one speaks of that.
        studies = {studies_of(each) for each in part}
        return len(studies) == 1 and criteria(said, library) != ()
    return len(named) == 1 and all(studies_of(each) in named for each in part)


def _tests(record: Result, said: Said, library: Library) -> bool:
    """Whether the result tests a treatment named: given in one arm and not in the other."""
    vocabulary = library.vocabulary
    asked = specific(said, library)
    if not asked:
        return bool(said.terms(library, "study"))
    arms = {role: _given(record, role) for role in ("experimental", "control")}
    study = library.studies.get(record.study or "")
    tested = arms["experimental"] - arms["control"]
    if not arms["experimental"]:
        tested = {*record.interventions, *(study.interventions if study else ())}
    return any(
        t in vocabulary and a in vocabulary and vocabulary.relation(t, a) != "other"
        for t in tested
        for a in asked
    )


def _given(record: Result, role: str) -> set[str]:
    return {t for arm in record.arms if arm.role == role for t in arm.interventions}


# -- regimens named as options ------------------------------------------------------------------


def _regimen(said: Said, ours: Sequence[Held], library: Library) -> Judged | None:
    """Drugs named together, and nothing else said of them: a regimen of just these is held."""
    reading = read(said.text, library)
    own = [m for m in reading.of_kind("intervention") if m.start >= said.own]
    if not own or reading.terms("endpoint", "adverse_event", "body"):
        return None
    rest = said.text[said.own :]
    for mention in own:
        rest = rest.replace(mention.text, " ")
    if any(word.lower() not in _LISTING for word in _WORD.findall(rest)):
        return None
    wanted = {m.term.id for m in own}
    for each in ours:
        record = each.record
        if isinstance(record, Regimen) and library.current(record):
            parts = {c.intervention for c in record.components if not c.optional}
            if parts == wanted:
                reason = f"The regimen is held for {record.population.text}."
                return Judged(AuditVerdict.SUPPORTED, (reason,), (each,))
    return None


# -- records in words ---------------------------------------------------------------------------


def _record(said: Said, ours: Sequence[Held], library: Library) -> Judged | None:
    """A recommendation, rule, approval or definition that says the same or the opposite."""
    view = View(library)
    texts = [each for each in ours if _may_say(said, each)][:_MOST]
    blamed: Judged | None = None
    saying: list[Held] = []
    for each in texts:
        found = examine(draft_of(said, [each]), view)
        says = found.verdict is Verdict.SUPPORTED and library.current(each.record)
        if says and _covers(said, each):
            saying.append(each)
        blamed = blamed or opposed(said, each)
    if saying:
        best = max(saying, key=lambda each: (shared(said, each), -distance(said, each)))
        reason = f"A record says the same ({where(best.record, library)})."
        return Judged(AuditVerdict.SUPPORTED, (reason,), (best,))
    return blamed


def _may_say(said: Said, each: Held) -> bool:
    """Whether a record of this kind can prove such a claim at all.

    A trial's design proves nothing but what its trial did; advice is proved by advice alone.
    """
    record = each.record
    if isinstance(record, Result | Regimen):
        return False
    if isinstance(record, SafetyRule) and record.interventions:
        # A rule is about the first of its treatments; the others come with or before it.
        vocabulary, about = each.library.vocabulary, record.interventions[0]
        named = {*said.terms(each.library, "intervention"), *said.near.get("intervention", ())}
        if about not in vocabulary or not any(
            one in vocabulary and vocabulary.relation(one, about) != "other" for one in named
        ):
            return False
    if isinstance(record, Study | Eligibility):
        return studies_of(each) in said.terms(each.library, "study")
    if _ADVICE.search(said.text[said.own :]):
        return isinstance(record, Recommendation | SafetyRule | Status) or (
            _ADVICE.search(each.statement.text) is not None
        )
    return True


def _covers(said: Said, each: Held) -> bool:
    """Whether nearly every word of the claim that says something is the record's.

    The gate admits sentences that its own composer made; a stranger's sentence may say more.
    """
    held = shared(said, each)
    return held >= _LEAST_HELD and held >= _SHARE * len(telling(said, each.library))
