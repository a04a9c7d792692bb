"""From text to a typed need by rules and vocabulary, with an account of what was not understood."""

import re
from collections.abc import Sequence, Set

from probatum.library.analysis import analysis
from probatum.library.library import Library
from probatum.questions.declined import out_of_scope
from probatum.questions.denied import denied
from probatum.questions.emergencies import emergency
from probatum.questions.filed_names import filed_names
from probatum.questions.intents import asked_for, classify
from probatum.questions.named import (
    asked_about,
    ids,
    joined_alternatives,
    most_specific,
    named_conditions,
    named_events,
    named_line,
    named_mentions,
    named_settings,
    without_spans,
)
from probatum.questions.need import FiledName, Need, PremiseText
from probatum.questions.parts import parts
from probatum.questions.patient import biomarker_results, measures, prior_therapies, ruled_out
from probatum.questions.premises import premises
from probatum.questions.several import with_shared_heads
from probatum.questions.stages import staged
from probatum.questions.text import clean, require_english
from probatum.questions.unknown import confidence, not_understood
from probatum.terms.mentions import Mention
from probatum.terms.vocabulary import Vocabulary

# Systemic therapy for recurrent disease that has been given puts the next one in a later line;
# an anti-angiogenic or a local treatment alone does not say which line was meant.
_SYSTEMIC = ("chemotherapy", "platinum", "immunotherapy", "targeted-therapy")
# "the FDA-approved drug": a premise in two words, whose noun still belongs to the question.
_ADJECTIVAL = re.compile(r"\b[A-Z]{2,6}[- ](?:approved|licen[cs]ed|recommended|endorsed)\b")


# "Is X an option, and what do the bodies say?" asks for X's evidence, not for the bodies alone.
_WHETHER = re.compile(
    r"\b(an? (?:\w+ )?option|role|suitable|appropriate|place in|worth)\b", re.IGNORECASE
)


# The kind of term behind what intents ask to be recognised.
_KINDS = {
    "interventions": "intervention",
    "biomarkers": "biomarker",
    "studies": "study",
    "endpoints": "endpoint",
    "events": "adverse_event",
}


def _named(question: str, vocabulary: Vocabulary) -> list[Mention]:
    return with_shared_heads(question, named_mentions(question, vocabulary), vocabulary)


def understand(text: str, library: Library, earlier: Need | None = None) -> Need:
    """The need behind a question; `earlier` is the need of the answer that a follow-up refers to.

    Raises QuestionError for text that is no question (empty, too long, another language).
    """
    question = clean(text)
    require_english(question)
    vocabulary = library.vocabulary
    mentions = named_events(_named(question, vocabulary), vocabulary)
    named = mentions
    unsaid = denied(question, named)
    mentions = tuple(m for m in mentions if m.start not in unsaid)
    prior, past = prior_therapies(question, mentions)
    taken = premises(question)
    told = without_spans(mentions, taken)
    impossible = ruled_out(question, [m for m in told if m.start not in past])
    asked = [m for m in mentions if m.start not in past and m.term.id not in impossible]
    interventions = asked_about(
        most_specific(ids(asked, "intervention"), vocabulary), asked, question, vocabulary
    )
    line = named_line(question, mentions, past, vocabulary)
    if line is None and any(
        p.requirement == "required"
        and p.therapy in vocabulary
        and any(
            vocabulary.is_a(p.therapy, systemic) for systemic in _SYSTEMIC if systemic in vocabulary
        )
        for p in prior
    ):
        line = "second-line-or-later"
    biomarkers = most_specific(ids(mentions, "biomarker"), vocabulary)
    stages = staged(question, vocabulary)[1]  # "FIGO stage IIB" asks no word of that body
    bodies = ids(
        (m for m in mentions if not any(s <= m.start and m.end <= e for s, e in stages)), "body"
    )
    agencies = {r.agency for r in library.records.values() if r.kind == "status"}
    events = ids(mentions, "adverse_event")
    studies = ids(mentions, "study")
    endpoints = ids(mentions, "endpoint")
    recognised = {
        name
        for name, present in {
            "events": events,
            "studies": studies,
            "endpoints": endpoints,
            "biomarkers": biomarkers,
            "interventions": interventions,
            "two_alternatives": len(interventions) > 1 or len(studies) > 1,
            "alternatives_joined": joined_alternatives(asked, question),
            "guideline_bodies": set(bodies) - agencies,
        }.items()
        if present
    }
    criteria = biomarker_results(question, mentions)
    if criteria:
        recognised.add("biomarker_results")
    if impossible:
        recognised.add("ruled_out")
    asking = _without(question, taken)
    intent, also = classify(asking, recognised)
    several = parts(asking)
    if len(several) > 1:
        each = [asked_for(part, _recognised_in(part, recognised, asked)) for part in several]
        # What is asked first leads, however many words the rest is asked in.
        intent, also = each[0] or intent, (intent, *also, *(one for one in each if one))
    if intent == "intervention" and events and interventions:
        intent, also = "safety", (intent, *also)
    if "treatment_options" in (intent, *also) and intent in (
        "treatment_options",
        "guideline_stance",
    ):
        if events and interventions:
            intent, also = "safety", (intent, *also)
        elif interventions:
            intent, also = "intervention", (intent, *also)
    if intent == "guideline_stance" and interventions and _WHETHER.search(question):
        intent, also = "intervention", (intent, *also)
    unknown = not_understood(question, named, vocabulary)
    looked_up = filed_names(question, unknown, library)
    filed = tuple(name for name in looked_up if not _is_known(name, named))
    if looked_up:
        mentions = _outside(mentions, filed)
        unknown = tuple(w for w in unknown if not _within(w, looked_up, question))
    need = Need(
        question=question,
        intent=intent,
        also=tuple(dict.fromkeys(other for other in also if other != intent)),
        parts=len(several),
        asked=several if len(several) > 1 else (),
        conditions=named_conditions(mentions, vocabulary),
        settings=named_settings(question, mentions, vocabulary),
        line=line,
        subtypes=ids(mentions, "subtype"),
        interventions=interventions,
        biomarkers=biomarkers,
        criteria=criteria,
        bodies=bodies,
        regions=ids(mentions, "region"),
        endpoints=endpoints,
        events=events,
        studies=studies,
        groups=ids(mentions, "group"),
        topics=ids(mentions, "topic"),
        filed=filed,
        prior=prior,
        ruled_out=impossible,
        measures=measures(question),
        premises=taken,
        emergency=emergency(question),
        declined=out_of_scope(question),
        corrected_words=tuple(
            (m.text, m.term.name) for m in mentions if not m.exact and not _bent(m, vocabulary)
        ),
        not_understood=unknown,
        confidence=confidence(question, unknown),
    )
    return continued(need, earlier, library) if earlier else need


def _recognised_in(part: str, recognised: Set[str], mentions: Sequence[Mention]) -> set[str]:
    """What was recognised, without the kinds of which a part of the question names nothing."""
    return {
        name
        for name in recognised
        if name not in _KINDS
        or any(m.term.kind == _KINDS[name] and m.text in part for m in mentions)
    }


def _bent(mention: Mention, vocabulary: Vocabulary) -> bool:
    """Whether it is a name in another form of its words: "dosed" is no misspelling of "dose"."""
    terms = analysis().terms
    said = terms(mention.text)
    return any(terms(form) == said for form in vocabulary.surface_forms(mention.term.id))


def _is_known(name: FiledName, mentions: Sequence[Mention]) -> bool:
    """Whether a filed name is a form of what the vocabulary has: "morphine sulfate" is morphine."""
    return any(
        mention.term.kind == name.kind and not _is_head(mention)
        for mention in mentions
        if name.start <= mention.start and mention.end <= name.end
    )


def _is_head(mention: Mention) -> bool:
    """Whether it may be the mere noun of a longer name: "fever" is, "kidney disease" is not."""
    text = mention.text
    return mention.term.kind == "condition" and len(text.split()) == 1 and not text.isupper()


def _outside(mentions: Sequence[Mention], filed: Sequence[FiledName]) -> tuple[Mention, ...]:
    """The mentions without the head noun of a filed name: "Lassa fever" is no fever."""
    return tuple(
        mention
        for mention in mentions
        if not _is_head(mention)
        or not any(name.start <= mention.start and mention.end <= name.end for name in filed)
    )


def _within(word: str, filed: Sequence[FiledName], question: str) -> bool:
    """Whether a word that was not understood is one of a filed name."""
    return any(word in question[name.start : name.end] for name in filed)


def continued(need: Need, earlier: Need, library: Library) -> Need:
    """The follow-up's need with what it leaves unsaid taken from the earlier one."""
    kept = {
        name: getattr(earlier, name)
        for name in ("conditions", "settings", "line", "subtypes", "criteria", "prior")
        if not getattr(need, name)
    }
    diseases = tuple(each for each in earlier.filed if each.kind == "condition")
    if any(each.kind == "condition" for each in need.filed):
        kept.pop("conditions", None)
    if need.conditions or any(each.kind == "condition" for each in need.filed):
        diseases = ()
    drugs: tuple[FiledName, ...] = ()
    if not (need.interventions or need.conditions or need.studies or need.filed):
        kept["interventions"] = earlier.interventions
        drugs = tuple(each for each in earlier.filed if each.kind == "intervention")
    terms = (*kept.get("conditions", ()), *kept.get("interventions", ()))
    carried = (*map(library.name, terms), *(each.name for each in (*diseases, *drugs)))
    kept["filed"] = (*need.filed, *diseases, *drugs)
    return need.model_copy(update={**kept, "carried": tuple(dict.fromkeys(carried))})


def _without(question: str, taken: Sequence[PremiseText]) -> str:
    """The question without what it takes for granted: a premise's words are not what is asked."""
    for premise in reversed(taken):
        if question[premise.start : premise.end] == premise.text:
            question = f"{question[: premise.start]} {question[premise.end :]}"
        else:
            question = _ADJECTIVAL.sub(" ", question)
    return question
