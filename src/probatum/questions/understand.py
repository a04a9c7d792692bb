"""From text to a typed need by rules and vocabulary, with an account of what was not understood."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from probatum.library.library import Library
from probatum.questions.emergencies import emergency, out_of_scope
from probatum.questions.intents import classify, cue_spans
from probatum.questions.need import Need, PremiseText
from probatum.questions.patient import biomarker_results, measure_spans, measures, prior_therapies
from probatum.questions.premises import premises
from probatum.questions.stages import staged
from probatum.questions.text import clean, require_english
from probatum.terms.vocabulary import Mention, Vocabulary
from probatum.terms.words import STOPWORDS

_PAST_FIRST_LINE = re.compile(
    r"(?:after|fail\w*|following|beyond|progress\w*(?: on| after| during)?|refractory to|despite|"
    r"post)[- ](?:the |a |her |his |their )?$",
    re.IGNORECASE,
)
# Systemic therapy for recurrent disease that has been given puts the next one in a later line;
# an anti-angiogenic or a local treatment alone does not say which line was meant.
_SYSTEMIC = ("chemotherapy", "platinum", "immunotherapy", "targeted-therapy")
# "the FDA-approved drug": a premise in two words, whose noun still belongs to the question.
_ADJECTIVAL = re.compile(r"\b[A-Z]{2,6}[- ](?:approved|licen[cs]ed|recommended|endorsed)\b")
_COMPARES = re.compile(r"\b(?:compar\w*|versus|vs\.?|against|than|instead of)(?!\w)", re.IGNORECASE)
_WITH = re.compile(
    r"(?:\b(?:with|plus|added to|adding to|addition to|on top of)|\+)(?: or without)?"
    r"(?: which| what| the| standard| same)*\s*$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][\w'-]*")


@cache
def _ordinary() -> frozenset[str]:
    text = (Path(__file__).parent / "data" / "ordinary_words.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())


def _ids(mentions: Iterable[Mention], *kinds: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(m.term.id for m in mentions if m.term.kind in kinds))


def _most_specific(ids: Sequence[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    """Drop a term when a narrower one was named too ("platinum" beside "cisplatin")."""
    return tuple(
        term
        for term in ids
        if not any(other != term and vocabulary.is_a(other, term) for other in ids)
    )


def _mentions(question: str, vocabulary: Vocabulary) -> list[Mention]:
    """All terms named, and the drugs inside longer names of a line or topic ("after platinum").

    Longest-first matching gives "after platinum" to the line of therapy; that platinum was given
    would be lost without a second look inside such names.
    """
    found = vocabulary.match(question, typos=True)
    wider = [m for m in found if m.term.kind in ("line", "topic")]
    inner = [
        mention
        for mention in (vocabulary.match(question, kinds={"intervention"}) if wider else ())
        if any(m.start <= mention.start and mention.end <= m.end for m in wider)
    ]
    return sorted([*found, *inner], key=lambda mention: (mention.start, mention.end))


def _without(question: str, taken: Sequence[PremiseText]) -> str:
    """The question without what it takes for granted: a premise's words are not what is asked."""
    for premise in reversed(taken):
        if question[premise.start : premise.end] == premise.text:
            question = f"{question[: premise.start]} {question[premise.end :]}"
        else:
            question = _ADJECTIVAL.sub(" ", question)
    return question


def _events(mentions: Sequence[Mention], vocabulary: Vocabulary) -> tuple[Mention, ...]:
    """Read a name that is a disease and a harm as the harm where a study is named beside it.

    Without this, "thromboembolism in GOG-240" would be declined as a disease that is not held.
    """
    if not any(mention.term.kind == "study" for mention in mentions):
        return tuple(mentions)
    read = []
    for mention in mentions:
        other = [
            term
            for term in vocabulary.readings(mention.text)
            if term.kind == "adverse_event" and mention.term.kind == "condition"
        ]
        read.append(replace(mention, term=other[0]) if other else mention)
    return tuple(read)


def _conditions(mentions: Sequence[Mention], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The conditions named; pain beside a cancer is cancer pain, which has rules of its own.

    Without this, advice on other pain, which leaves cancer pain out, would answer for it.
    """
    found = _most_specific(_ids(mentions, "condition"), vocabulary)
    cancers = [c for c in found if "cancer" in vocabulary and vocabulary.is_a(c, "cancer")]
    if not cancers or "pain" not in found or "cancer-pain" not in vocabulary:
        return found
    return tuple("cancer-pain" if c == "pain" else c for c in found)


def _settings(
    question: str, mentions: Sequence[Mention], vocabulary: Vocabulary
) -> tuple[str, ...]:
    """The settings named; a stage counts before a looser word that stands inside it."""
    stages, spans = staged(question, vocabulary)
    named = [m for m in mentions if not any(s <= m.start and m.end <= e for s, e in spans)]
    return _most_specific((*stages, *_ids(named, "setting")), vocabulary)


def _asked_about(
    ids: tuple[str, ...], mentions: Sequence[Mention], question: str, vocabulary: Vocabulary
) -> tuple[str, ...]:
    """Leave out a class that only says what the named drugs are given with.

    That is a class on both sides of a comparison ("A with C versus B with C"), and chemotherapy
    beside a drug ("A added to chemotherapy"): otherwise evidence on any chemotherapy would count.
    """
    named = [mention for mention in mentions if mention.term.id in ids]
    classes = [mention for mention in named if vocabulary.descendants(mention.term.id)]
    often = [mention.term.id for mention in classes]
    partners = {i for i in often if often.count(i) > 1}
    if not _COMPARES.search(question):
        partners |= {
            mention.term.id
            for mention in classes
            if mention.term.id == "chemotherapy" and _WITH.search(question[: mention.start])
        }
    drugs = {mention.term.id for mention in named} - set(often)
    return tuple(i for i in ids if i not in partners) if drugs - partners else ids


def _line(
    question: str,
    mentions: Sequence[Mention],
    past: frozenset[int],
    vocabulary: Vocabulary,
) -> str | None:
    """The line of therapy, as general as it was said.

    "After platinum" may be any later line and "immunotherapy-naive" any at all: what was given or
    never given is kept as earlier therapy, and must not hide what is held on a second line.
    """
    lines: list[str] = []
    for mention in mentions:
        if mention.term.kind != "line":
            continue
        if any(
            mention.start <= inner.start in past and inner.end <= mention.end
            for inner in mentions
            if inner.term.kind == "intervention"
        ):
            lines.extend(p for p in mention.term.parents if p in vocabulary)
            continue
        if vocabulary.is_a(mention.term.id, "first-line") and _PAST_FIRST_LINE.search(
            question[: mention.start]
        ):
            lines.append("second-line-or-later")
        else:
            lines.append(mention.term.id)
    chosen = _most_specific(tuple(dict.fromkeys(lines)), vocabulary)
    return chosen[0] if chosen else None


def understand(text: str, library: Library, earlier: Need | None = None) -> Need:
    """The need behind a question; `earlier` is the need of the answer that a follow-up refers to.

    Raises QuestionError for text that is no question (empty, too long, another language).
    """
    question = clean(text)
    require_english(question)
    vocabulary = library.vocabulary
    mentions = _events(_mentions(question, vocabulary), vocabulary)
    prior, past = prior_therapies(question, mentions)
    asked = [m for m in mentions if m.start not in past]
    interventions = _asked_about(
        _most_specific(_ids(asked, "intervention"), vocabulary), asked, question, vocabulary
    )
    line = _line(question, mentions, past, vocabulary)
    if line is None and any(
        p.requirement == "required"
        and p.therapy in vocabulary
        and any(
            vocabulary.is_a(p.therapy, systemic) for systemic in _SYSTEMIC if systemic in vocabulary
        )
        for p in prior
    ):
        line = "second-line-or-later"
    biomarkers = _most_specific(_ids(mentions, "biomarker"), vocabulary)
    stages = staged(question, vocabulary)[1]  # "FIGO stage IIB" asks no word of that body
    bodies = _ids(
        (m for m in mentions if not any(s <= m.start and m.end <= e for s, e in stages)), "body"
    )
    agencies = {r.agency for r in library.records.values() if r.kind == "status"}
    events = _ids(mentions, "adverse_event")
    studies = _ids(mentions, "study")
    endpoints = _ids(mentions, "endpoint")
    recognised = {
        name
        for name, present in {
            "events": events,
            "studies": studies,
            "endpoints": endpoints,
            "biomarkers": biomarkers,
            "interventions": interventions,
            "two_alternatives": len(interventions) > 1 or len(studies) > 1,
            "guideline_bodies": set(bodies) - agencies,
        }.items()
        if present
    }
    taken = premises(question)
    criteria = biomarker_results(question, mentions)
    if criteria:
        recognised.add("biomarker_results")
    intent, also = classify(_without(question, taken), recognised)
    if "treatment_options" in (intent, *also) and intent in (
        "treatment_options",
        "guideline_stance",
    ):
        if events and interventions:
            intent, also = "safety", (intent, *also)
        elif interventions:
            intent, also = "intervention", (intent, *also)
    unknown = _not_understood(question, mentions, vocabulary)
    need = Need(
        question=question,
        intent=intent,
        also=tuple(dict.fromkeys(other for other in also if other != intent)),
        conditions=_conditions(mentions, vocabulary),
        settings=_settings(question, mentions, vocabulary),
        line=line,
        subtypes=_ids(mentions, "subtype"),
        interventions=interventions,
        biomarkers=biomarkers,
        criteria=criteria,
        bodies=bodies,
        regions=_ids(mentions, "region"),
        endpoints=endpoints,
        events=events,
        studies=studies,
        groups=_ids(mentions, "group"),
        topics=_ids(mentions, "topic"),
        prior=prior,
        measures=measures(question),
        premises=taken,
        emergency=emergency(question),
        declined=out_of_scope(question),
        corrected_words=tuple((m.text, m.term.name) for m in mentions if not m.exact),
        not_understood=unknown,
        confidence=_confidence(question, unknown),
    )
    return continued(need, earlier) if earlier else need


def continued(need: Need, earlier: Need) -> Need:
    """The follow-up's need with what it leaves unsaid taken from the earlier one."""
    kept = {
        name: getattr(earlier, name)
        for name in ("conditions", "settings", "line", "subtypes", "criteria", "prior")
        if not getattr(need, name)
    }
    if not need.interventions and not need.conditions and not need.studies:
        kept["interventions"] = earlier.interventions
    return need.model_copy(update=kept)


def _not_understood(
    question: str, mentions: Sequence[Mention], vocabulary: Vocabulary
) -> tuple[str, ...]:
    spans = [
        *((m.start, m.end) for m in mentions),
        *cue_spans(question),
        *measure_spans(question),
        *staged(question, vocabulary)[1],
    ]
    unknown = []
    for match in _WORD.finditer(question):
        word = match.group().lower().strip("'-")
        if (
            len(word) < 3
            or word in STOPWORDS
            or word in _ordinary()
            or word.removesuffix("s") in _ordinary()
        ):
            continue
        if any(start < match.end() and match.start() < end for start, end in spans):
            continue
        unknown.append(match.group())
    return tuple(dict.fromkeys(unknown))


def _confidence(question: str, unknown: Sequence[str]) -> float:
    """The share of the question's words that were understood, between 0 and 1."""
    words = _WORD.findall(question)
    return round(1 - len(unknown) / len(words), 2) if words else 0.0
