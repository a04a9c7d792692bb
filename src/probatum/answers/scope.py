"""Whether the library can answer at all, for whom the answer is, and what it says nothing on."""

from dataclasses import dataclass, replace

from probatum.answers.gather import Evidence
from probatum.answers.longer_names import longer_name
from probatum.library.library import Library
from probatum.questions.need import Need


@dataclass(frozen=True)
class Scope:
    """The need with what had to be assumed, or the reason why it is declined."""

    need: Need
    library: Library
    declined: str | None = None
    assumed: tuple[str, ...] = ()

    @property
    def applies_to(self) -> str | None:
        """Who the answer is about, from the terms understood."""
        need, name = self.need, self.library.name
        parts = [" or ".join(name(c) for c in need.conditions)]
        if need.settings:
            parts.append(" or ".join(name(s) for s in need.settings))
        if need.subtypes:
            parts.append(" or ".join(name(s) for s in need.subtypes))
        if need.line:
            parts.append(name(need.line))
        parts += [
            f"{'after' if p.requirement == 'required' else 'without earlier'} {name(p.therapy)}"
            for p in need.prior
        ]
        parts += [
            f"{name(c.biomarker)} {c.state or f'{c.comparator} {c.value}{c.unit or str()}'}"
            for c in need.criteria
        ]
        parts += [name(group) for group in need.groups]
        text = "; ".join(dict.fromkeys(part for part in parts if part))
        return text[:1].upper() + text[1:] if text else None

    @property
    def does_not_apply_to(self) -> str | None:
        """The neighbours that are held but kept out of this answer."""
        need, library = self.need, self.library
        vocabulary = library.vocabulary
        out = [
            library.name(condition)
            for manifest in library.manifests
            if set(manifest.conditions) & set(need.conditions)
            for condition in manifest.neighbours
            if all(vocabulary.relation(condition, mine) == "other" for mine in need.conditions)
        ]
        settings = {
            s
            for record in library.records.values()
            if set(record.population.conditions) & set(need.conditions)
            for s in record.population.settings
        }
        out += sorted(
            library.name(s)
            for s in settings
            if need.settings and all(self._apart(s, mine) for mine in need.settings)
        )
        return "; ".join(dict.fromkeys(out)) or None

    def _apart(self, one: str, other: str) -> bool:
        """Whether two settings exclude each other; siblings (recurrent, metastatic) may meet."""
        vocabulary = self.library.vocabulary
        kin = vocabulary.ancestors(one) & vocabulary.ancestors(other)
        return vocabulary.relation(one, other) == "other" and not kin

    def nothing_on(self, evidence: Evidence) -> list[str]:
        """What was asked about and has no finding for this population."""
        library, vocabulary = self.library, self.library.vocabulary
        covered = {term for record in evidence.direct for term in evidence.interventions_of(record)}
        missing = [
            term
            for term in self.need.interventions
            if not any(vocabulary.is_a(held, term) for held in covered if held in vocabulary)
        ]
        return [
            f"Nothing is held on {library.name(term)} for this population; "
            "that says nothing about whether evidence exists elsewhere."
            for term in missing
        ]


def in_scope(need: Need, library: Library) -> Scope:
    """Decide from the recognised terms whether anything held bears on the question."""
    if need.declined:
        return Scope(need, library, declined=need.declined)
    titles = _titles(library)
    if longer := longer_name(need, library):
        reason = f"{_nothing_on(longer, library)} {titles}"
        return Scope(need.model_copy(update={"conditions": ()}), library, declined=reason)
    known = need.interventions or need.studies or need.biomarkers
    disease = any(name.kind == "condition" for name in need.filed)
    if need.filed and not need.conditions and (disease or not known):
        # What the packs hold on a drug must not answer for a disease that only texts name.
        names = " or ".join(name.name for name in need.filed)
        reason = f"{_nothing_on(names, library)} {titles}"
        return Scope(need, library, declined=reason, assumed=filed_under(need))
    scope = (_by_condition if need.conditions else _without_condition)(need, library, titles)
    scope = replace(scope, assumed=(*scope.assumed, *filed_under(need)))
    return scope if scope.declined else _with_setting(scope)


def filed_under(need: Need) -> tuple[str, ...]:
    """What is held on the names that only held texts are filed under."""
    return tuple(
        f"No curated record is held on {each.name}; it is known as a "
        f"{'condition' if each.kind == 'condition' else 'treatment'} from "
        f"{f'{each.works} added texts that are' if each.works > 1 else 'an added text that is'} "
        "filed under it."
        for each in need.filed
    )


def _titles(library: Library) -> str:
    titles = "; ".join(manifest.title for manifest in library.manifests)
    texts = library.documents.editions()
    if not texts:
        return f"This library holds: {titles}."
    return f"This library holds records on: {titles}; and {texts:,} added text{'s'[: texts > 1]}."


def _nothing_on(names: str, library: Library) -> str:
    """That no record is held is sure; of texts, only that no sentence was found."""
    if not library.documents.editions():
        return f"Nothing is held on {names}."
    return (
        f"No record is held on {names}, and no sentence that answers this was found in the added "
        "texts; a search of them may still find passages."
    )


def not_answered(name: str) -> str:
    """That one of several diseases asked about is left out."""
    return f"Nothing is held on {name}, so that part is not answered."


def _by_condition(need: Need, library: Library, titles: str) -> Scope:
    """Keep the named conditions that are held; narrow one that is a little too wide, and say so."""
    kept: list[str] = []
    dropped: list[str] = []
    assumed: list[str] = []
    for condition in need.conditions:
        held = _held(condition, library)
        if not held:
            dropped.append(library.name(condition))
        elif held != (condition,):
            names = " and ".join(library.name(c) for c in held)
            assumed.append(
                f"On {library.name(condition)} only {names} is held; the answer is about that."
            )
        kept += held
    if not kept:
        return Scope(
            need,
            library,
            declined=f"{_nothing_on(' or '.join(dropped), library)} {titles}",
        )
    assumed += map(not_answered, dropped)
    kept = list(dict.fromkeys(kept))
    return Scope(need.model_copy(update={"conditions": tuple(kept)}), library, None, tuple(assumed))


def _held(condition: str, library: Library) -> tuple[str, ...]:
    """The held conditions that a named one stands for; empty when nothing is held on it.

    A neighbour that is wider than a pack's own condition (solid tumours beside cervical cancer)
    does not make the pack know every narrower disease, so it counts only when named itself.
    """
    vocabulary = library.vocabulary
    own = [c for manifest in library.manifests for c in manifest.conditions]
    near = [c for manifest in library.manifests for c in manifest.neighbours]
    wide = {n for n in near if any(vocabulary.is_a(c, n) for c in own)}
    if any(vocabulary.is_a(condition, c) for c in own):
        return (condition,)
    if condition in wide or any(vocabulary.is_a(condition, n) for n in set(near) - wide):
        return (condition,)
    return tuple(c for c in own if condition in _parents(c, library))


def _with_setting(scope: Scope) -> Scope:
    """A line of therapy that is held for one setting only stands for that setting too.

    Without this, evidence from earlier disease would answer a question about later lines.
    """
    need, library = scope.need, scope.library
    vocabulary = library.vocabulary
    if need.settings or need.line is None:
        return scope
    settings = {
        record.population.settings
        for record in library.records.values()
        if any(
            mine in vocabulary and vocabulary.relation(mine, asked) != "other"
            for mine in record.population.conditions
            for asked in need.conditions
        )
        and any(
            vocabulary.relation(line, need.line) != "other"
            for line in record.population.lines
            if line in vocabulary
        )
    }
    settings.discard(())
    if len(settings) != 1:
        return scope
    found = next(iter(settings))
    names = " or ".join(library.name(setting) for setting in found)
    return replace(
        scope,
        need=need.model_copy(update={"settings": found}),
        assumed=(
            *scope.assumed,
            f"{library.name(need.line)[:1].upper()}{library.name(need.line)[1:]} "
            f"is read as {names} disease.",
        ),
    )


def _parents(condition: str, library: Library) -> tuple[str, ...]:
    return library.vocabulary.get(condition).parents


def _without_condition(need: Need, library: Library, titles: str) -> Scope:
    """A question that names no condition: take it from what it does name, and say so."""
    named = {
        *(topic for topic in need.topics if topic in library.subjects.defined),
        *need.interventions,
        *need.biomarkers,
        *need.studies,
        *(p.therapy for p in need.prior),
    }
    if not named:
        asked = {*need.bodies, *need.events, *need.topics}
        if not asked or not need.bodies:
            formula = [m.name for m in need.measures]
            if not formula:
                return Scope(
                    need,
                    library,
                    declined="No disease, treatment, test or trial that this library knows was "
                    f"recognised in the question. {titles}",
                )
    best: tuple[int, tuple[str, ...]] | None = None
    for pack in library.packs:
        hits = 0
        conditions: set[str] = set()
        for record in pack.records:
            if not named.isdisjoint(library.subjects.named[record.id]):
                hits += 1
                conditions.update(record.population.conditions)
        mine = tuple(c for c in pack.manifest.conditions if c in conditions)
        if hits and (best is None or hits > best[0]):
            best = hits, mine or pack.manifest.conditions
    if best is None:
        names = ", ".join(sorted(library.name(term) for term in named)) or "what it names"
        return Scope(
            need,
            library,
            declined=f"{_nothing_on(names, library)} {titles}",
        )
    names = " or ".join(library.name(c) for c in best[1])
    return Scope(
        need.model_copy(update={"conditions": best[1]}),
        library,
        None,
        (f"The question names no disease; it is answered for {names}.",),
    )
