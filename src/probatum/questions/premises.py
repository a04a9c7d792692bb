"""What a question takes for granted: clauses that must be checked before they are built upon."""

import re
from collections.abc import Iterator

from probatum.questions.need import PremiseText

# "Since X is approved for Y, what dose …": the clause up to the comma or the question word.
_SINCE = re.compile(
    r"\b(?:since|because|given that|given|as(?!\s+(?:an?\s+|the\s+)?(?:first|second|third|later|"
    r"initial|salvage|maintenance|adjuvant|option|treatment|therapy|mono))|now that|"
    r"considering that|considering|seeing that|"
    r"knowing that|assuming that|assuming)\s+(?P<clause>(?:(?![.;?]\s).){8,200}?)"
    r"(?=,|;|\?|\.\s|\.$|\s(?:what|which|how|should|can|could|would|why|when|is it|do|does)\b)",
    re.IGNORECASE,
)
# "Why is X approved …", "Why does NCCN recommend …": asks for the reason of something taken as so.
_WHY = re.compile(
    r"\bwhy\s+(?P<verb>is|are|was|were|does|do|did|has|have)\s+(?P<rest>[^?.;]{6,200})",
    re.IGNORECASE,
)
# "I read that X was withdrawn. Is that right?"
_HEARD = re.compile(
    r"\b(?:i|we) (?:have )?(?:read|heard|thought|understood|was told|were told|believe|understand) "
    r"(?:that )?(?P<clause>[^?.;]{8,200})|"
    r"\b(?:is it (?:true|right|correct)|isn't it true) that (?P<asked>[^?.;]{8,200})",
    re.IGNORECASE,
)
# "the FDA-approved drug X"
_ADJECTIVE = re.compile(
    r"\b(?P<body>[A-Z]{2,6})[- ](?P<state>approved|licensed|licenced|recommended|endorsed)\s+"
    r"(?P<rest>(?:(?!\b(?:what|which|how|should)\b)[^?.;,]){3,80})"
)
# Behind an article or a preposition a word is a noun: "the chance of cure" states nothing.
_ASSERTS = re.compile(
    r"(?<!\bof )(?<!\bto )(?<!\bfor )(?<!\bthe )(?<!\ba )(?<!\bno )"
    r"\b(?:is|are|was|were|has|have|had|requires?|required|needs?|showed?|shows|demonstrated|"
    r"improved|improves|recommends?|recommended|enrol+ed|included|approved|proved|proven|"
    r"reduced|prolonged|doubled|gave|superseded|replaced|tested|studied|used|withdrew|withdrawn|"
    r"revoked|rejected|refused|cures?|cured|succeeded|means?|contains?|increased?|works?|"
    r"failed to|did not|does not|cannot|can|may|must|should)\b",
    re.IGNORECASE,
)
# A patient's story ("she has failed carboplatin") is context for the answer and no premise.
_STORY = re.compile(
    r"^\s*(?:she|he|they|i|we|my|her|his|the patient|this patient|a patient|patient|a \d|an? \w+ "
    r"(?:woman|man|patient)|\d+[- ]?(?:yo|year))\b",
    re.IGNORECASE,
)
# What follows a story belongs to it, unless it speaks of evidence.
_EVIDENCE = re.compile(
    r"\b(?:trials?|stud(?:y|ies)|guidelines?|labels?|approved|licen[cs]ed|recommends?|hazard|"
    r"survival|response rates?|randomi[sz]ed|analys[ie]s|evidence|showed|enrol+ed|doses?|mg)\b|"
    r"\b[A-Z]{3,}-?\d",
)
_PERSON = re.compile(r"\b(?:she|he|her|his|they|my|i|we|our|patient|woman|lady)\b", re.IGNORECASE)
_IF = re.compile(r"\b(?:if|whether|when)\b", re.IGNORECASE)  # supposed, not stated
_ASKS = re.compile(
    r"\s*(?:what|which|how|should|can|could|would|why|when|who|is|are|do|does|did|"
    r"compare|explain|tell|list|describe|give|show|please)\b",
    re.IGNORECASE,
)
_SUBJECTLESS = re.compile(r"^\s*(?:it|this|that|there)\b", re.IGNORECASE)


def premises(question: str) -> tuple[PremiseText, ...]:
    """The clauses of the question that state something about the evidence, in order.

    Questions ("is X approved?") state nothing; neither does what is told about a patient.
    """
    found: list[PremiseText] = []
    for start, end, text in (*_clauses(question), *_statements(question)):
        words = (text or question[start:end]).strip(" ,")
        if len(words.split()) < 3 or _STORY.match(words) or _SUBJECTLESS.match(words):
            continue
        if any(start < other.end and other.start < end for other in found):
            continue
        found.append(PremiseText(text=words, start=start, end=end))
    return tuple(sorted(found, key=lambda premise: premise.start))


_Clause = tuple[int, int, str | None]


def _clauses(question: str) -> Iterator[_Clause]:
    """Clauses that a turn of phrase marks as taken for granted, the surest first."""
    for match in _SINCE.finditer(question):
        if _ASSERTS.search(match["clause"]):
            yield (*match.span("clause"), None)
    for match in _HEARD.finditer(question):
        group = "clause" if match["clause"] else "asked"
        if _ASSERTS.search(match[group]):
            yield (*match.span(group), None)
    for match in _WHY.finditer(question):
        text = _statement(match["verb"], match["rest"])
        yield match.start("verb"), match.end("rest"), text
    for match in _ADJECTIVE.finditer(question):
        yield (*match.span(), f"{match['rest'].strip()} is {match['body']}-{match['state']}")


def _statements(question: str) -> Iterator[_Clause]:
    """Whole sentences that state something and belong to no patient's story."""
    told = False
    for start, end in _sentences(question):
        sentence = question[start:end]
        told = told or bool(_PERSON.search(sentence))
        if told and not _EVIDENCE.search(sentence):
            continue
        if _IF.search(sentence):
            continue
        if "?" not in sentence and _ASSERTS.search(sentence) and not _ASKS.match(sentence):
            yield start, end, None


def _statement(verb: str, rest: str) -> str:
    """The inside of a why-question as a statement: its words matter, not its grammar."""
    return (
        rest.strip()
        if verb.lower() in ("does", "do", "did")
        else (
            re.sub(
                r"^((?:\S+\s+){1,3}?)(approved|licensed|recommended|required|preferred|better|not)\b",
                rf"\1{verb.lower()} \2",
                rest.strip(),
            )
        )
    )


def _sentences(text: str) -> list[tuple[int, int]]:
    spans = []
    start = 0
    for match in re.finditer(r"[.?!](?=\s+[A-Z]|\s*$)", text):
        spans.append((start, match.end()))
        start = match.end()
    if start < len(text):
        spans.append((start, len(text)))
    return spans
