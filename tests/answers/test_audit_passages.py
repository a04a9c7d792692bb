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
