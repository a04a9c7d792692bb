"""Claims that no record speaks of are compared with the held texts, and blamed only surely."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from probatum.answers.audit.auditor import audit
from probatum.answers.audit.document import Audit, AuditVerdict
from probatum.evidence.document import Document, Relation
from probatum.library.library import Library
from tests.library.sample_documents import day, document, hold

TITLE = "Gabapentin in restless legs syndrome"
HELD = (
    "In restless legs syndrome, the response rate was 62% with gabapentin and 35% with placebo "
    "(P = 0.001)."
)
OTHERS = (
    "Chronic rhinitis is common in spring.",
    "Asthma needs an inhaler in most children.",
    "Gout comes from uric acid in the joints.",
)
Auditor = Callable[..., Audit]


def work(text: str = HELD, source: str = "pmid:1", **more: object) -> Document:
    return document(source, text, **{"title": TITLE, "date": day("2020-01-01"), **more})


@pytest.fixture
def audited(tmp_path: Path) -> Iterator[Auditor]:
    """Audits a text against the packs and these works."""
    opened: list[Library] = []

    def run(text: str, *works: Document) -> Audit:
        others = [document(f"file:{n}", words, title="") for n, words in enumerate(OTHERS)]
        hold(tmp_path, *works, *others)
        opened.append(Library.open(tmp_path))
        return audit(text, opened[-1])

    yield run
    for library in opened:
        library.documents.close()


def test_a_held_sentence_supports_the_same_claim_and_is_quoted(audited: Auditor) -> None:
    (claim,) = audited(HELD, work()).claims
    assert (claim.verdict, claim.reasons) == (
        AuditVerdict.SUPPORTED,
        (f"{TITLE} says the same.",),
    )
    (evidence,) = claim.evidence
    assert (evidence.source, evidence.title, evidence.quote) == ("pmid:1", TITLE, HELD)


@pytest.mark.parametrize(
    "claim",
    [
        HELD.replace("62%", "72%"),
        HELD.replace("62%", "35%", 1).replace("and 35%", "and 62%"),
    ],
)
def test_other_numbers_of_the_same_drug_and_end_point_are_contradicted_in_the_texts_own_words(
    claim: str, audited: Auditor
) -> None:
    (made,) = audited(claim, work()).claims
    assert (made.verdict, made.corrected) == (AuditVerdict.CONTRADICTED, HELD)


@pytest.mark.parametrize(
    "claim",
    [
        "In restless legs syndrome, response was seen in 41% of patients with pramipexole.",
        "In chronic migraine, response was seen in 41% of patients with gabapentin.",
        "Insomnia was seen in 9% of patients with gabapentin in restless legs syndrome.",
    ],
)
def test_another_drug_disease_or_end_point_is_not_found_and_never_blamed(
    claim: str, audited: Auditor
) -> None:
    (made,) = audited(claim, work()).claims
    assert made.verdict is AuditVerdict.NOT_FOUND


def test_a_retracted_text_proves_nothing(audited: Auditor) -> None:
    (claim,) = audited(HELD, work(retracted=True)).claims
    assert claim.verdict is AuditVerdict.NOT_FOUND


def test_a_retracted_text_blames_nothing(audited: Auditor) -> None:
    (claim,) = audited(HELD.replace("62%", "72%"), work(retracted=True)).claims
    assert claim.verdict is AuditVerdict.NOT_FOUND


def test_what_only_a_replaced_text_says_is_outdated_and_the_newer_named(audited: Auditor) -> None:
    newer = work(
        "Gabapentin is an option in restless legs syndrome.",
        "pmid:2",
        date=day("2024-01-01"),
        relations=(Relation("supersedes", "pmid:1"),),
    )
    (claim,) = audited(HELD, work(), newer).claims
    assert claim.verdict is AuditVerdict.OUTDATED
    assert claim.reasons[0].startswith(f"{TITLE} says this, and was replaced by pmid:2")


def test_what_the_newer_text_says_too_in_other_words_is_not_outdated(audited: Auditor) -> None:
    newer = work(
        "The response rate in restless legs syndrome was 35% with placebo and 62% with gabapentin "
        "(P = 0.001).",
        "pmid:2",
        date=day("2024-01-01"),
        relations=(Relation("supersedes", "pmid:1"),),
    )
    (claim,) = audited(HELD, work(), newer).claims
    assert (claim.verdict, [each.source for each in claim.evidence]) == (
        AuditVerdict.SUPPORTED,
        ["pmid:2"],
    )


def test_a_text_that_says_the_same_outweighs_one_that_says_otherwise(audited: Auditor) -> None:
    other = work(HELD.replace("62%", "58%"), "pmid:3", title="Another report")
    (claim,) = audited(HELD, work(), other).claims
    assert claim.verdict is AuditVerdict.SUPPORTED


def test_without_held_texts_the_audit_says_that_records_alone_were_compared(tmp_path: Path) -> None:
    library = Library.open(tmp_path)
    made = audit(HELD, library)
    assert (made.claims[0].verdict, made.limits) == (
        AuditVerdict.NOT_FOUND,
        ("No texts are held, so claims were compared with curated records alone.",),
    )
    library.documents.close()


# -- names that no vocabulary has ---------------------------------------------------------------

KNEE = (
    "At week 12 the pain had gone in 60 patients (44 percent) in the BX-410 group and 22 patients "
    "(16 percent) in the placebo group. Nausea of grade 3 or higher was more frequent in the "
    "BX-410 group than in the placebo group. The best dose remains to be established."
)


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("Pain had gone in 44% with BX-410 and 16% on placebo.", AuditVerdict.SUPPORTED),
        ("Pain had gone in 16% on placebo and 44% with BX-410.", AuditVerdict.SUPPORTED),
        ("Pain had gone in 16% with BX-410 and 44% on placebo.", AuditVerdict.CONTRADICTED),
        (
            "At week 12 the pain had gone in 64 percent of the BX-410 group and 16 percent of the "
            "placebo group.",
            AuditVerdict.CONTRADICTED,
        ),
        (
            "Nausea of grade 3 or higher was less frequent with BX-410 than with placebo.",
            AuditVerdict.CONTRADICTED,
        ),
        ("Pain had gone in 44% with BX-411 and 16% on placebo.", AuditVerdict.NOT_FOUND),
        ("The best dose of BX-410 has been established.", AuditVerdict.NOT_FOUND),
    ],
)
def test_a_drug_unknown_to_every_vocabulary_is_judged_by_the_sentence_that_names_it(
    claim: str, verdict: AuditVerdict, audited: Auditor
) -> None:
    (made,) = audited(claim, work(KNEE, title="BX-410 for the knee")).claims
    assert made.verdict is verdict


def test_words_that_stand_about_a_passage_support_nothing(audited: Auditor) -> None:
    held = (
        "Rates of hypertension were recorded. In the BX-410 group nausea was common; it was higher "
        "in older patients. The placebo group had fewer visits."
    )
    claim = "Rates of hypertension were higher in the placebo group than in the BX-410 group."
    (made,) = audited(claim, work(held)).claims
    assert made.verdict is AuditVerdict.NOT_FOUND


def test_the_nearest_sentence_outweighs_one_that_has_the_words(audited: Auditor) -> None:
    held = "Patients resume treatment before surgery of the lung, to avoid longer delays."
    beside = "After surgery of the lung, most patients resume treatment, to avoid longer delays."
    claim = "Patients resume treatment after surgery of the lung, to avoid longer delays."
    (made,) = audited(claim, work(held), work(beside, "pmid:2")).claims
    assert made.verdict is not AuditVerdict.SUPPORTED


def test_a_claim_without_a_subject_is_looked_for_in_the_work_that_its_paragraph_is_about(
    audited: Auditor,
) -> None:
    other = "The benefit was confined to women under 50 years."
    text = "Pain had gone in 44% with BX-410 and 16% on placebo. " + other
    knee = work(KNEE, title="BX-410 for the knee")
    _, made = audited(text, knee, work(other, "pmid:2", title="Another drug")).claims
    assert made.verdict is AuditVerdict.NOT_FOUND
    _, made = audited(text, work(f"{KNEE} {other}", title="BX-410 for the knee")).claims
    assert made.verdict is AuditVerdict.SUPPORTED


def test_marks_of_emphasis_do_not_change_a_figure(audited: Auditor) -> None:
    (made,) = audited(HELD.replace("P =", "*P* ="), work()).claims
    assert made.verdict is AuditVerdict.SUPPORTED


@pytest.mark.parametrize(
    "sentence",
    ["Spermatoceles are common in adult patients.", "Gonadoblastoma is a rare tumor."],
)
def test_a_sentence_about_medicine_is_a_claim_whatever_it_names(
    sentence: str, audited: Auditor
) -> None:
    assert [claim.text for claim in audited(sentence, work()).claims] == [sentence]


def test_a_sentence_about_something_else_is_none(audited: Auditor) -> None:
    assert audited("Write to us, and we shall answer within a week.", work()).claims == ()
