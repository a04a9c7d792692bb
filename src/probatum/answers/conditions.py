"""Whether a patient's facts meet a population's conditions, one by one, and what is not known.

`checks.cover` says whether evidence covers a need; a dimension that is left open never excludes
there. A decision needs the third state too: open, with the fact that would settle it.
"""

from dataclasses import dataclass

from probatum.answers.fact_words import criterion_words, either, prior_words, result_words
from probatum.checks.cover import contradict, implies, related
from probatum.evidence.population import Criterion, Population, Prior
from probatum.library.library import Library
from probatum.questions.need import Need


@dataclass(frozen=True)
class Judged:
    """The facts that meet conditions, those that rule them out, and what is not known."""

    met: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    def __add__(self, other: "Judged") -> "Judged":
        """Both together."""
        return Judged(
            self.met + other.met, self.against + other.against, self.missing + other.missing
        )


def judged(population: Population, need: Need, library: Library) -> Judged:
    """Every condition of the population but the disease itself, held against the facts."""
    found = Judged()
    for label, asked, held in (
        ("setting", need.settings, population.settings),
        ("line of therapy", (need.line,) if need.line else (), population.lines),
        ("tumour type", need.subtypes, population.subtypes),
    ):
        found += _dimension(label, asked, held, library)
    for criterion in population.biomarkers:
        found += _biomarker(criterion, need, library)
    for prior in population.prior:
        found += _prior(prior, need, library)
    return found + _groups(population.groups, need, library)


def _dimension(
    label: str, asked: tuple[str, ...], held: tuple[str, ...], library: Library
) -> Judged:
    if not held:
        return Judged()
    wanted = either(library.name(each) for each in held)
    if not asked:
        return Judged(missing=(f"the {label} (is it {wanted}?)",))
    own = either(library.name(each) for each in asked)
    level = related(asked, held, library.vocabulary)
    if level == "other":
        return Judged(against=(f"{label}: for {wanted}, the patient's is {own}",))
    if level == "narrower":
        return Judged(missing=(f"the {label} more closely (is it {wanted}?)",))
    return Judged(met=(f"{label}: {own}",))


def _biomarker(criterion: Criterion, need: Need, library: Library) -> Judged:
    name = library.name(criterion.biomarker)
    own = [
        c
        for c in need.criteria
        if c.biomarker == criterion.biomarker
        or (
            c.value is None
            and criterion.value is None
            and related((c.biomarker,), (criterion.biomarker,), library.vocabulary) != "other"
        )
    ]
    for mine in own:
        if contradict(criterion, mine):
            needed, own_result = result_words(criterion), result_words(mine)
            return Judged(against=(f"{name}: {needed} is required, the patient's is {own_result}",))
        if implies(mine, criterion):
            return Judged(met=(criterion_words(mine, library),))
    return Judged(missing=(f"{name} (is it {result_words(criterion)}?)",))


def _prior(prior: Prior, need: Need, library: Library) -> Judged:
    if prior.requirement == "allowed":
        return Judged()
    vocabulary, name = library.vocabulary, library.name(prior.therapy)
    had = [p for p in need.prior if p.requirement == "required"]
    never = [p for p in need.prior if p.requirement == "excluded"]
    given = [
        p for p in had if related((p.therapy,), (prior.therapy,), vocabulary) in ("same", "broader")
    ]
    vague = [p for p in had if related((p.therapy,), (prior.therapy,), vocabulary) == "narrower"]
    spared = [
        p
        for p in never
        if related((prior.therapy,), (p.therapy,), vocabulary) in ("same", "broader")
    ]
    if prior.requirement == "required":
        if given:
            return Judged(met=tuple(prior_words(p, library) for p in given))
        if spared:
            return Judged(against=(f"earlier {name} is required, and was never given",))
    else:
        if given or vague:
            told = either(library.name(p.therapy) for p in (*given, *vague))
            return Judged(against=(f"only without earlier {name}, and {told} was given",))
        if spared:
            return Judged(met=(f"no earlier {name}",))
    return Judged(missing=(f"whether {name} was given before",))


def _groups(held: tuple[str, ...], need: Need, library: Library) -> Judged:
    if not held:
        return Judged()
    names = either(library.name(each) for each in held)
    if set(held) <= set(need.not_groups):
        return Judged(against=(f"only for {names}, to which the patient does not belong",))
    if related(need.groups, held, library.vocabulary) in ("same", "broader"):
        return Judged(met=(names,))
    return Judged(missing=(f"whether the patient belongs to: {names}",))
