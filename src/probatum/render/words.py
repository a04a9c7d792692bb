"""The words a person reads for the codes of the answer document, as data.

One table for the terminal, the page and Markdown: if each had its own, a superseded edition could
be called so in one and look current in another (defect D4). Each mark is a shape beside the word,
so that nothing is told by colour alone. The words are read in the language of the page.
"""

from probatum.evidence.answer import AnswerStatus, ReaderName, StepState
from probatum.evidence.claim import Outcome, Verdict
from probatum.evidence.source import Currency, Depth, RightsTier, SourceType
from probatum.render.language import Told, noop, told

TYPES = Told(
    {
        SourceType.GUIDELINE: "Guideline",
        SourceType.RANDOMIZED_TRIAL: "Randomised trial",
        SourceType.SINGLE_ARM_TRIAL: "Single-arm trial",
        SourceType.SUBGROUP_ANALYSIS: "Subgroup analysis",
        SourceType.SYSTEMATIC_REVIEW: "Systematic review",
        SourceType.NARRATIVE_REVIEW: "Narrative review",
        SourceType.OBSERVATIONAL: "Observational study",
        SourceType.CASE_REPORT: "Case report",
        SourceType.LABEL: "Drug label",
        SourceType.REGISTRY: "Trial registry",
        SourceType.AGENCY_DECISION: "Regulator's decision",
        SourceType.PATIENT_INFORMATION: "Patient information",
        SourceType.OTHER: "Other source",
    }
)

DEPTHS = Told(
    {
        Depth.FULL_TEXT: "Full text read",
        Depth.ABSTRACT: "Abstract or summary read",
        Depth.LABEL: "Label read",
        Depth.REGISTRY: "Registry entry read",
        Depth.CURATED_RECORD: "Issuing body's page read",
        Depth.SECONDARY: "Read second-hand",
    }
)

DEPTH_MEANINGS = Told(
    {
        Depth.FULL_TEXT: "The whole work was read for this statement.",
        Depth.ABSTRACT: "Only the abstract or an official summary was read, not the whole work.",
        Depth.LABEL: "The drug's official label was read.",
        Depth.REGISTRY: "The entry in the public trial registry was read.",
        Depth.CURATED_RECORD: (
            "A page of the issuing body was read; its facts were recorded by hand."
        ),
        Depth.SECONDARY: "Another work that reports this one was read, not the work itself.",
    }
)

CURRENCIES = Told(
    {
        Currency.CURRENT: "Current",
        Currency.SUPERSEDED: "Superseded",
        Currency.INTERIM: "Interim",
        Currency.CORRECTED: "Corrected",
        Currency.RETRACTED: "Retracted",
        Currency.UNKNOWN: "Currency not known",
    }
)

CURRENCY_MARKS = {
    Currency.CURRENT: "●",
    Currency.SUPERSEDED: "○",
    Currency.INTERIM: "◐",
    Currency.CORRECTED: "△",
    Currency.RETRACTED: "✕",
    Currency.UNKNOWN: "?",
}

STANCES = Told({"says": "Says", "silent": "Silent", "not_held": "Not held"})
STANCE_MARKS = {"says": "●", "silent": "○", "not_held": "–"}
STANCE_MEANINGS = Told(
    {
        "says": "The edition is held, was read on this topic and takes a position.",
        "silent": "The edition is held, was read on this topic and says nothing about it.",
        "not_held": "The library holds no edition that was read on this topic; one may exist.",
    }
)

STATUSES = Told(
    {
        AnswerStatus.ANSWERED: "Answered",
        AnswerStatus.CORRECTED_PREMISE: "The question takes something for granted that is not so",
        AnswerStatus.PARTIAL: "Answered in part",
        AnswerStatus.DECLINED: "Not answered",
        AnswerStatus.URGENT: "This may be an emergency",
    }
)

READERS = Told(
    {
        ReaderName.CLINICIAN: "Clinician",
        ReaderName.TRAINEE: "Trainee",
        ReaderName.PATIENT: "Patient",
    }
)

VERDICTS = Told(
    {
        Verdict.SUPPORTED: "Supported",
        Verdict.PARTLY_SUPPORTED: "Partly supported",
        Verdict.CONTRADICTED: "Contradicted",
        Verdict.NOT_ENOUGH_INFORMATION: "Not enough information",
    }
)

# Beside each sentence whose words, not whose content, a language model chose.
PHRASED_BY = noop("worded by a language model")

PREMISE_VERDICTS = Told(
    {
        "supported": "holds",
        "contradicted": "does not hold",
        "not_enough_information": "could not be checked",
    }
)

ROLES = Told(
    {
        "history": "History",
        "contrast": "Other population",
        "correction": "Correction",
    }
)

OUTCOMES = Told(
    {
        Outcome.PASS: "passed",
        Outcome.FAIL: "failed",
        Outcome.NOT_APPLICABLE: "does not apply",
    }
)
OUTCOME_MARKS = {Outcome.PASS: "✓", Outcome.FAIL: "✕", Outcome.NOT_APPLICABLE: "–"}

DIRECTIONS = Told({"for": "for", "against": "against", "neither": "neither for nor against"})

REVIEWS = Told(
    {
        "not_reviewed": "Not reviewed by a medical board",
        # Of an article, by the state of its version; only the board's record leads to one of these.
        "draft": "Draft: not reviewed",
        "submitted": "Unreviewed: waits for review",
        "under_review": "Unreviewed: review under way",
        "changes_requested": "Unreviewed: changes were requested",
        "approved": "Reviewed and approved by the board",
        "reopened": "Approval ended: to be reviewed again",
        "superseded": "Replaced by a later version",
        "withdrawn": "Withdrawn",
        "damaged": "Unreviewed: the record of its review is damaged",
    }
)
REVIEW_UNKNOWN = noop("Review status not known")

IDENTIFIERS = Told(
    {
        "pmid": "PubMed",
        "pmcid": "PMC",
        "doi": "DOI",
        "nct": "ClinicalTrials.gov",
        "url": "Web page",
        "other": "Other identifier",
    }
)

RIGHTS = Told(
    {
        RightsTier.OPEN: "Open: the text may be shown and reused",
        RightsTier.QUOTE: "The text may be quoted",
        RightsTier.PRIVATE: "Licensed to the operator only",
        RightsTier.LINK: "Link only: facts are restated, no text is shown",
    }
)

FAVOURS = Told(
    {
        "experimental": "favours the new treatment",
        "control": "favours the control",
        "neither": "interval includes no difference",
    }
)

CHECKS = Told(
    {
        "anchors": "Source words",
        "anchor": "Source words",
        "numbers": "Numbers",
        "terms": "Medical terms",
        "population": "Population",
        "direction": "Direction and negation",
        "currency": "Currency",
        "depth": "Depth of reading",
        "overlap": "Unsupported words",
        "absence": "Absence of guidelines",
        "attestation": "Claims of review",
        "entailment": "Entailment",
    }
)


def check_name(name: str) -> str:
    """A check's name for people; one that is not listed is shown as it is called."""
    return CHECKS.get(name, name.replace("_", " ").capitalize())


def review_words(review: str) -> str:
    """The review status in words; an unknown code never reads as a review (defect D6)."""
    return REVIEWS.get(review) or told(REVIEW_UNKNOWN)


# How a patient's facts bear on a step of a decision path.
STEP_STATES = Told(
    {
        StepState.MET: "the facts given lead here",
        StepState.OPEN: "not decided by the facts given",
        StepState.EXCLUDED: "the facts given lead away from here",
        StepState.JUDGEMENT: "left to judgement",
    }
)


def either(words: list[str]) -> str:
    """The words as a choice: "2", "2 or 3", "2, 3 or 4"."""
    choice = f" {told('or')} "
    return choice.join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)
