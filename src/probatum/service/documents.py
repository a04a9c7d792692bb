"""The documents that need no account of who asks: verdicts, results, passages, related questions.

Each is what the command of the same name prints, so that no two of them can differ.
"""

from typing import Any

from probatum.engine import Ask, Engine
from probatum.service.arguments import (
    AuditArguments,
    ExtractArguments,
    RelatedArguments,
    SearchArguments,
    VerifyArguments,
)
from probatum.service.refusal import RefusedError


def verdict(given: VerifyArguments, engine: Engine) -> dict[str, Any]:
    """The verdict document of a claim."""
    from probatum.checks.entailment.judge import entailment_judge
    from probatum.checks.evidence.source import NotHeldError, held_source
    from probatum.checks.evidence.verify import verify

    if given.evidence is None and given.source is None:
        sentence = "A claim needs evidence or the id of a held source."
        raise RefusedError("invalid", sentence, "evidence")
    source = None
    if given.source is not None:
        try:
            source = held_source(given.source, engine.library)
        except NotHeldError as error:
            raise RefusedError("not_found", str(error), "source") from error
    evidence = given.evidence if given.evidence is not None else source.text if source else ""
    made = verify(
        given.claim,
        evidence,
        vocabulary=engine.library.vocabulary,
        source=source,
        entailment=entailment_judge(),
    )
    return dict(made.document(given.id))


def results(given: ExtractArguments) -> dict[str, Any]:
    """The results document of a text."""
    from probatum.extract.findings_json import result_json
    from probatum.extract.results import find_results

    parts = [given.text] if given.text is not None else [given.title, given.abstract]
    texts = [part for part in parts if part is not None]
    if not texts:
        sentence = "A text is needed, or a title and an abstract."
        raise RefusedError("invalid", sentence, "text")
    found = find_results("\n".join(texts))
    return {"id": given.id, "results": [result_json(result) for result in found]}


def audited(given: AuditArguments, engine: Engine) -> dict[str, Any]:
    """The audit document of a text that somebody else wrote."""
    from probatum.answers.audit.auditor import audit
    from probatum.render.audit_json import audit_document

    made = audit(given.text, engine.library, question=given.question, name=given.name)
    return audit_document(made)


def passages(given: SearchArguments, engine: Engine) -> dict[str, Any]:
    """Passages, best first, as `probatum search --format json` prints them."""
    from probatum.library.search import Request
    from probatum.render.passage import search_document

    search = engine.library.search
    wanted = Request(
        given.q,
        given.offset + given.k,
        types=(given.type,) if given.type else (),
        body=given.body,
        years=(given.since, given.until),
        condition=given.condition,
        outdated=given.outdated,
    )
    return search_document(search, given.q, search.search(wanted)[given.offset :])


def related(given: RelatedArguments, engine: Engine) -> list[str]:
    """Questions near a question that the library can answer; may be empty."""
    return list(engine.related(Ask(question=given.question)))
