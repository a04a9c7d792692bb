"""Whether the library can answer at all, for whom the answer is, and what it says nothing on."""

from dataclasses import dataclass

from probatum.answers.gather import Evidence, held_conditions
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
        text = "; ".join(part for part in parts if part)
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
            if need.settings
            and all(vocabulary.relation(s, mine) == "other" for mine in need.settings)
        )
        return "; ".join(dict.fromkeys(out)) or None

    def nothing_on(self, evidence: Evidence) -> list[str]:
        """What was asked about and has no finding for this population."""
        library, vocabulary = self.library, self.library.vocabulary
        covered = {
            term for found in evidence.direct for term in evidence.interventions_of(found.record)
        }
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
    vocabulary = library.vocabulary
    held = held_conditions(library)
    titles = "; ".join(manifest.title for manifest in library.manifests)
    if need.conditions:
        related = [
            c for c in need.conditions if any(vocabulary.relation(c, h) != "other" for h in held)
        ]
        if not related:
            names = " or ".join(library.name(c) for c in need.conditions)
            return Scope(
                need,
                library,
                declined=f"Nothing is held on {names}. This library holds: {titles}.",
            )
        dropped = [c for c in need.conditions if c not in related]
        if dropped and not _own(related, library):
            names = " or ".join(library.name(c) for c in dropped)
            return Scope(
                need,
                library,
                declined=f"Nothing is held on {names}. This library holds: {titles}.",
            )
        assumed = tuple(
            f"Nothing is held on {library.name(c)}, so that part is not answered." for c in dropped
        )
        return Scope(need.model_copy(update={"conditions": tuple(related)}), library, None, assumed)
    return _without_condition(need, library, titles)


def _own(conditions: list[str], library: Library) -> bool:
    """Whether one of the conditions is what a pack is about, not just a neighbour or a parent."""
    vocabulary = library.vocabulary
    main = [c for manifest in library.manifests for c in manifest.conditions]
    return any(vocabulary.is_a(c, m) for c in conditions for m in main)


def _without_condition(need: Need, library: Library, titles: str) -> Scope:
    """A question that names no condition: take it from what it does name, and say so."""
    vocabulary = library.vocabulary
    named = {
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
                    f"recognised in the question. This library holds: {titles}.",
                )
    best: tuple[int, tuple[str, ...]] | None = None
    for pack in library.packs:
        hits = 0
        for record in pack.records:
            own = {record.id, *record.interventions, getattr(record, "study", None) or ""}
            own |= {c.biomarker for c in record.population.biomarkers}
            own |= {getattr(record, "term", "")}
            own |= {part.intervention for part in getattr(record, "components", ())}
            hits += any(
                vocabulary.is_a(mine, term)
                for mine in own
                if mine in vocabulary
                for term in named
                if term in vocabulary
            )
        if hits and (best is None or hits > best[0]):
            best = hits, pack.manifest.conditions
    if best is None:
        names = ", ".join(sorted(library.name(term) for term in named)) or "what it names"
        return Scope(
            need,
            library,
            declined=f"Nothing is held on {names}. This library holds: {titles}.",
        )
    conditions = " or ".join(library.name(c) for c in best[1])
    return Scope(
        need.model_copy(update={"conditions": best[1]}),
        library,
        None,
        (f"The question names no disease; it is answered for {conditions}.",),
    )
