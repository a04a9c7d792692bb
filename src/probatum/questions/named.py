"""The terms that a question names, each read as what it means there.

A name alone misleads: platinum may be the past or the question, thromboembolism a disease or a
harm, chemotherapy an alternative or only a partner.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from probatum.questions.need import PremiseText
from probatum.questions.stages import staged
from probatum.terms.mentions import Mention
from probatum.terms.vocabulary import Vocabulary

_PAST_FIRST_LINE = re.compile(
    r"(?:after|fail\w*|following|beyond|progress\w*(?: on| after| during)?|refractory to|despite|"
    r"post)[- ](?:the |a |her |his |their )?$",
    re.IGNORECASE,
)
# "no prior platinum" names no line that was reached.
_NONE = re.compile(
    r"\b(?:no|without|never|not|(?:never|not) (?:had|received|been given))(?: any)?\s+$",
    re.IGNORECASE,
)
_COMPARES = re.compile(r"\b(?:compar\w*|versus|vs\.?|against|than|instead of)(?!\w)", re.IGNORECASE)
_WITH = re.compile(
    r"(?:\b(?:with|plus|added to|adding to|addition to|on top of)|\+)(?: or without)?"
    r"(?: which| what| the| standard| same)*\s*$",
    re.IGNORECASE,
)


def ids(mentions: Iterable[Mention], *kinds: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(m.term.id for m in mentions if m.term.kind in kinds))


def most_specific(ids: Sequence[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    """Drop a term when a narrower one was named too ("platinum" beside "cisplatin")."""
    return tuple(
        term
        for term in ids
        if not any(other != term and vocabulary.is_a(other, term) for other in ids)
    )


def named_mentions(question: str, vocabulary: Vocabulary) -> list[Mention]:
    """All terms named, and those inside longer names that say two things at once.

    Longest-first matching gives "after platinum" to the line of therapy and "adenocarcinoma of the
    cervix" to the disease; that platinum was given, and which type of tumour it is, would be lost
    without a second look inside such names.
    """
    found = vocabulary.match(question, typos=True)
    inner: list[Mention] = []
    for kinds, held in ((("line", "topic"), "intervention"), (("condition",), "subtype")):
        wider = [m for m in found if m.term.kind in kinds]
        inner += [
            mention
            for mention in (vocabulary.match(question, kinds={held}) if wider else ())
            if any(
                m.start <= mention.start and mention.end <= m.end and m.text != mention.text
                for m in wider
            )
        ]
    return sorted([*found, *inner], key=lambda mention: (mention.start, mention.end))


def named_events(mentions: Sequence[Mention], vocabulary: Vocabulary) -> tuple[Mention, ...]:
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


def named_conditions(mentions: Sequence[Mention], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The conditions named; pain beside a cancer is cancer pain, which has rules of its own.

    Without this, advice on other pain, which leaves cancer pain out, would answer for it.
    """
    found = most_specific(ids(mentions, "condition"), vocabulary)
    cancers = [c for c in found if "cancer" in vocabulary and vocabulary.is_a(c, "cancer")]
    if not cancers or "pain" not in found or "cancer-pain" not in vocabulary:
        return found
    return tuple("cancer-pain" if c == "pain" else c for c in found)


def named_settings(
    question: str, mentions: Sequence[Mention], vocabulary: Vocabulary
) -> tuple[str, ...]:
    """The settings named; a stage counts before a looser word that stands inside it."""
    stages, spans = staged(question, vocabulary)
    named = [m for m in mentions if not any(s <= m.start and m.end <= e for s, e in spans)]
    return most_specific((*stages, *ids(named, "setting")), vocabulary)


def without_spans(mentions: Sequence[Mention], taken: Sequence[PremiseText]) -> tuple[Mention, ...]:
    """The mentions outside of what the question takes for granted: a premise is no patient fact."""
    return tuple(m for m in mentions if not any(p.start <= m.start < p.end for p in taken))


_OR = re.compile(r"\s*,?\s*(?:or|versus|vs\.?)\s+", re.IGNORECASE)


def joined_alternatives(mentions: Sequence[Mention], question: str) -> list[tuple[str, str]]:
    """The interventions that an "or" or "versus" joins."""
    named = [mention for mention in mentions if mention.term.kind == "intervention"]
    return [
        (one.term.id, other.term.id)
        for one, other in pairwise(named)
        if one.term.id != other.term.id and _OR.fullmatch(question[one.end : other.start])
    ]


def _beside_alternatives(named: Sequence[Mention], question: str) -> set[str]:
    """What both of two alternatives are given with: "A or B with C" asks about A and B.

    Where something stands on both sides ("A with C or B with C"), it is left to the other rules.
    """
    pairs = joined_alternatives(named, question)
    terms = [mention.term.id for mention in named]
    if not pairs or len(set(terms)) < len(terms):
        return set()
    behind = {
        mention.term.id
        for before, mention in pairwise(named)
        if not _OR.fullmatch(question[before.end : mention.start])
    }
    asked = {term for pair in pairs for term in pair}
    return behind - asked


# "bevacizumab possible" says what the patient can have beside what is asked about.
_POSSIBLE = re.compile(
    r"^,? (?:is |are |would be )?(?:possible|feasible|allowed|not contraindicated|suitable)"
    r"(?=\s*[,.;])",
    re.IGNORECASE,
)


def asked_about(
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
    partners |= _beside_alternatives(named, question)
    partners |= {m.term.id for m in named if _POSSIBLE.match(question[m.end :])}
    drugs = {mention.term.id for mention in named} - set(often)
    return tuple(i for i in ids if i not in partners) if drugs - partners else ids


def named_line(
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
        if mention.term.kind != "line" or _NONE.search(question[: mention.start]):
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
    chosen = most_specific(tuple(dict.fromkeys(lines)), vocabulary)
    return chosen[0] if chosen else None
