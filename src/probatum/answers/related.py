"""Related questions: made from the vocabulary and what is held, so each one can be answered here.

Never from what other people asked (that would leak, and drift off the topic). A question is offered
only when it shares a condition, an intervention or a biomarker with the one asked (defect D9).
"""

from collections.abc import Iterator

from probatum.answers.gather import Evidence
from probatum.answers.selection import places_of_drugs
from probatum.checks.related import on_topic
from probatum.evidence.record import Record, Regimen, Result, SafetyRule, Status, Study
from probatum.library.library import Library
from probatum.questions.need import Need
from probatum.terms.remembered import remembered

_LIMIT = 6


def related(evidence: Evidence) -> tuple[str, ...]:
    """At most six questions; may be empty.

    Where drugs, tests or studies are named, only what is on those: that another drug is given in
    the same disease makes no question related (D9).
    """
    need = evidence.need
    tested = (evidence.library.studies.get(study) for study in need.studies)
    named = {*need.interventions, *need.biomarkers}
    named.update(drug for study in tested if study for drug in study.interventions)
    return _on(named, evidence) or _on(set(need.conditions), evidence)


def _on(mine: set[str], evidence: Evidence) -> tuple[str, ...]:
    """The candidates that share one of these terms."""
    library, need = evidence.library, evidence.need
    asked = need.question.casefold().strip(" ?")
    found = []
    seen_intents: dict[str, int] = {}
    for intent, question, terms in _candidates(evidence):
        if intent == need.intent or question.casefold().strip(" ?") == asked:
            continue
        if not on_topic(mine, terms, library.vocabulary):
            continue
        if seen_intents.get(intent, 0) >= 2 or question in found:
            continue
        seen_intents[intent] = seen_intents.get(intent, 0) + 1
        found.append(question)
    return tuple(found[:_LIMIT])


def related_to_declined(need: Need, library: Library) -> tuple[str, ...]:
    """Questions that packs ship with their answers and that name what a declined one names.

    A disease comes first: a drug's questions in another disease are not what was asked for. None
    rather than off the subject: a reader who asked about one disease is not helped by another.
    """
    mine = set(need.conditions) or {*need.interventions, *need.biomarkers}
    shipped = dict.fromkeys(q for manifest in library.manifests for q in manifest.examples)
    asked = need.question.casefold().strip(" ?")
    found = (
        question
        for question in shipped
        if question.casefold().strip(" ?") != asked
        and on_topic(mine, set(_terms_of(question, library)), library.vocabulary)
    )
    return tuple(found)[:_LIMIT]


def _candidates(evidence: Evidence) -> Iterator[tuple[str, str, set[str]]]:
    library, need = evidence.library, evidence.need
    places = {} if evidence.named else places_of_drugs(evidence)

    def order(record: Record) -> tuple[bool, int]:
        """What was named, then drugs in the order in which their regimens are told.

        What is alike in both stays in the stated order.
        """
        mine = [places[i] for i in evidence.interventions_of(record) if i in places]
        return not evidence.concerns(record), min(mine, default=len(places))

    held = sorted(evidence.direct, key=order)
    condition = next(iter(need.conditions), None)
    where = f" in {library.name(condition)}" if condition else ""
    shared = {condition} if condition else set[str]()
    for record in held:
        drugs = evidence.interventions_of(record)
        if not drugs:
            continue
        drug = library.name(drugs[0])
        # A study is on all of its drugs, a question made with a drug's name on that one.
        terms = {*(drugs if isinstance(record, Study | Result) else drugs[:1]), *shared}
        if isinstance(record, Regimen) and len(record.components) == 1:
            yield "dose", f"What is the dose of {drug}{where}?", terms
        elif isinstance(record, Status):
            yield (
                "approval",
                f"Where is {drug} approved{_for(library.name(condition))}?"
                if (condition)
                else f"Where is {drug} approved?",
                terms,
            )
        elif isinstance(record, SafetyRule) and record.action in ("withhold", "discontinue"):
            yield "safety", f"When should {drug} be withheld or stopped?", terms
        elif isinstance(record, Study):
            yield "trial_result", f"What did {record.name} show?", terms
        elif isinstance(record, Result) and record.population.biomarkers:
            marker = record.population.biomarkers[0].biomarker
            name = library.name(marker)
            yield "biomarker", f"What does {name} mean{where}?", {marker, *terms}
    for manifest in library.manifests:
        for question in manifest.examples:
            yield "example", question, set(_terms_of(question, library))


@remembered("library", 256)
def _terms_of(question: str, library: Library) -> frozenset[str]:
    return frozenset(mention.term.id for mention in library.vocabulary.match(question))


def _for(condition: str) -> str:
    return f" for {condition}"
