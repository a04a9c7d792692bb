"""The audit of a text: read into statements, each judged, then the text as a whole."""

import hashlib
from collections.abc import Callable, Sequence
from itertools import islice

from probatum.answers.audit.blocks import Block, blocks_of
from probatum.answers.audit.context import SUBJECTS, Said, Surroundings
from probatum.answers.audit.document import (
    Audit,
    AuditClaim,
    AuditEvidence,
    AuditVerdict,
)
from probatum.answers.audit.findings import findings_of, is_about_itself, references_start
from probatum.answers.audit.judge import judge
from probatum.answers.audit.judged import Judged, newest, sentence_of
from probatum.answers.audit.passages import InPassage, by_passages
from probatum.answers.audit.shelf import Shelf
from probatum.answers.audit.statements import Statement, statements_of
from probatum.checks.held import Held
from probatum.checks.phrases import pattern
from probatum.checks.reading import read
from probatum.evidence.base import ProbatumError
from probatum.evidence.record import Record
from probatum.evidence.source import Identifiers
from probatum.library.library import Library
from probatum.questions.text import ForeignLanguageError, require_english
from probatum.terms.general import general_vocabulary

Progress = Callable[[int, int], None]
# Characters of a text that are read; a book of a thousand pages has three million.
MOST_CHARACTERS = 10_000_000
# Claims judged: more than the longest guideline chapter has, and half a minute's work.
MOST_CLAIMS = 1_000
# A sentence longer than this is a table or a list that lost its lines, and no claim.
_LONGEST = 1_500
# Characters by which the language is told.
_SAMPLE = 20_000
_FOREIGN = "The text is not in English, and nothing was judged; only English is understood."
_WORDS = {
    AuditVerdict.CONTRADICTED: "contradicted",
    AuditVerdict.POPULATION_MISMATCH: "about other people",
    AuditVerdict.OUTDATED: "outdated",
    AuditVerdict.NOT_FOUND: "not found",
    AuditVerdict.SUPPORTED: "supported",
}


class AuditError(ProbatumError):
    """A text that cannot be audited, in one sentence."""


def audit(
    text: str,
    library: Library,
    *,
    question: str | None = None,
    name: str = "text",
    derived: bool = False,
    progress: Progress | None = None,
) -> Audit:
    """The audit of a text.

    `derived` says that the text was taken out of another format, so that its offsets only count
    with it beside them. `progress` is told how many claims are judged, of how many. AuditError for
    a text without a word or one that is too long.
    """
    if not any(character.isalnum() for character in text):
        raise AuditError(f"{name} holds no text to audit.")
    if len(text) > MOST_CHARACTERS:
        raise AuditError(
            f"{name} has {len(text):,} characters; at most {MOST_CHARACTERS:,} are read."
        )
    blocks = blocks_of(text)
    foreign = _foreign(text)
    said, limits = _claims(text, blocks, library, question, known=not foreign)
    if foreign:
        judged = [(each, Judged(AuditVerdict.NOT_FOUND, (_FOREIGN,))) for each in said]
        claims = [_claim(each, found, None, library) for each, found in judged]
    else:
        judged, claims = _judged(said, library, progress)
    counts = {verdict.value: 0 for verdict in AuditVerdict}
    for claim in claims:
        counts[claim.verdict.value] += 1
    findings = () if foreign else findings_of(text, blocks, judged, library)
    if not claims:
        limits.append("No statement about a drug, a disease, a study or a result was found.")
    if library.documents.content is None:
        limits.append("No texts are held, so claims were compared with curated records alone.")
    key = f"{library.snapshot} {question or ''}\n{text}"
    return Audit(
        id=hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:16],
        name=name,
        question=question,
        library=library.state,
        summary=_FOREIGN if foreign else _summary(claims, counts, len(findings)),
        counts=counts,
        claims=tuple(claims),
        findings=findings,
        limits=tuple(limits),
        characters=len(text),
        text=text if derived else None,
    )


def _foreign(text: str) -> bool:
    try:
        require_english(text[:_SAMPLE])
    except ForeignLanguageError:
        return True
    return False


def _claims(
    text: str,
    blocks: Sequence[Block],
    library: Library,
    question: str | None,
    *,
    known: bool,
) -> tuple[list[Said], list[str]]:
    """The statements that are claims about medicine, with what they leave unsaid."""
    surroundings = Surroundings(text, blocks, library, question)
    stop = references_start(text, blocks)
    long = 0
    found: list[Said] = []
    limits: list[str] = []
    for statement in statements_of(text, blocks):
        if stop is not None and statement.start >= stop:
            break
        if len(statement.words) > _LONGEST:
            long += 1
            continue
        if known and not _is_claim(text, statement, library):
            continue
        if len(found) >= MOST_CLAIMS:
            limits.append(
                f"The first {MOST_CLAIMS:,} claims were judged; those after character "
                f"{statement.start:,} were not."
            )
            break
        found.append(surroundings.said(statement))
    if long:
        limits.append(
            f"{long} stretch{'es' if long > 1 else ''} of more than {_LONGEST:,} characters "
            "without a full stop could not be parted into claims."
        )
    return found, limits


def _is_claim(text: str, statement: Statement, library: Library) -> bool:
    """Whether a statement asserts something about medicine: no question, lead or notice."""
    whole = text[statement.whole[0] : statement.whole[1]].rstrip(" \u201d\"')")
    if whole.endswith("?") or statement.words.endswith(":"):
        return False
    if is_about_itself(statement.words):
        return False
    reading = read(statement.words, library)
    if reading.terms(*SUBJECTS):
        return True
    if any(q.unit not in (None, "patients") for q in reading.quantities):
        return True
    # What no pack is about may be held all the same.
    if pattern("medicine", "subjects").search(statement.words):
        return True
    named = general_vocabulary().match(statement.words)
    return any(mention.term.kind in SUBJECTS for mention in named)


def _judged(
    said: Sequence[Said], library: Library, progress: Progress | None
) -> tuple[list[tuple[Said, Judged]], list[AuditClaim]]:
    shelf = Shelf.of(library)
    judged: list[tuple[Said, Judged]] = []
    claims: list[AuditClaim] = []
    for place, each in enumerate(said):
        if progress is not None:
            progress(place, len(said))
        found = judge(each, shelf)
        passage = by_passages(each, library) if found.verdict is AuditVerdict.NOT_FOUND else None
        if passage is not None:
            found = Judged(passage.verdict, passage.reasons)
        judged.append((each, found))
        claims.append(_claim(each, found, passage, library))
    if progress is not None:
        progress(len(said), len(said))
    return judged, claims


def _claim(said: Said, found: Judged, passage: InPassage | None, library: Library) -> AuditClaim:
    evidence = [_evidence(each, library) for each in islice(found.records, 4)]
    if passage is not None:
        evidence.append(_quoted(passage))
    corrected = " ".join(sentence_of(record, library) for record in found.right[:3]) or None
    if passage is not None and found.verdict is AuditVerdict.CONTRADICTED:
        corrected = passage.anchor.quote
    return AuditClaim(
        text=said.text,
        start=said.statement.start,
        end=said.statement.end,
        verdict=found.verdict,
        reasons=found.reasons,
        evidence=tuple(evidence),
        corrected=corrected,
        citations=said.statement.citations,
    )


def _evidence(held: Held, library: Library) -> AuditEvidence:
    record: Record = held.record
    anchor = library.anchor(record.id)
    return AuditEvidence(
        source=anchor.source,
        edition=anchor.edition,
        title=held.source.title,
        locator=anchor.locator,
        quote=anchor.quote,
        start=anchor.start,
        end=anchor.end,
        record=record.id,
        depth=library.depth(record),
        currency=library.currency(record.edition),
        replaced_by=_newer(record, library),
        population=record.population.text,
        url=_address(held.edition.identifiers),
    )


def _newer(record: Record, library: Library) -> str | None:
    """The edition that has the newest of what a record says; None where the record has it."""
    after = newest(record, library)
    return after.edition if after is not record else library.replaced_by(record.edition)


def _quoted(passage: InPassage) -> AuditEvidence:
    document = passage.hit.passage.document
    anchor = passage.anchor
    return AuditEvidence(
        source=anchor.source,
        edition=anchor.edition,
        title=document.title or document.source,
        locator=anchor.locator,
        quote=anchor.quote,
        start=anchor.start,
        end=anchor.end,
        depth=document.depth,
        currency=passage.hit.currency,
        replaced_by=passage.hit.replaced_by,
        url=_address(document.identifiers),
    )


def _address(identifiers: Identifiers) -> str | None:
    """Where the work is found, by its strongest identifier."""
    if identifiers.doi:
        return f"https://doi.org/{identifiers.doi}"
    if identifiers.pmid:
        return f"https://pubmed.ncbi.nlm.nih.gov/{identifiers.pmid}/"
    if identifiers.nct:
        return f"https://clinicaltrials.gov/study/{identifiers.nct}"
    return identifiers.url


def _summary(claims: Sequence[AuditClaim], counts: dict[str, int], findings: int) -> str:
    """One line on top: how many claims, and how they fared, the gravest first."""
    if not claims:
        return "No claim about medicine was found in the text."
    number = len(claims)
    parts = [
        f"{counts[verdict.value]} {_WORDS[verdict]}"
        for verdict in AuditVerdict
        if counts[verdict.value]
    ]
    text = f"{number} claim{'s' if number != 1 else ''}: {', '.join(parts)}."
    if findings:
        text += f" {findings} finding{'s' if findings != 1 else ''} about the text as a whole."
    return text
