"""A record's numbers are looked for where its source's text is held, each with its own outcome."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from probatum.checks.verification import Checked, verify
from probatum.evidence.document import Document
from probatum.evidence.population import Population
from probatum.evidence.record import ArmValue, Effect, Regimen, Result
from probatum.evidence.record import Component as Part
from probatum.evidence.source import Checked as Read
from probatum.evidence.source import Edition, Identifiers, Source, SourceType
from probatum.library.documents import HeldDocuments
from probatum.library.library import Library
from probatum.packs.model import Manifest, Pack
from tests.library.sample_documents import document, hold

PEOPLE = Population(conditions=("cervical-cancer",), text="adults")
OS = Result(
    id="os",
    edition="paper",
    population=PEOPLE,
    checked=Read.ABSTRACT_OR_SUMMARY,
    endpoint="overall-survival",
    measure="median",
    unit="months",
    analysis="final",
    arms=(
        ArmValue(name="drug A", role="experimental", n=304, value=Decimal("11.7")),
        ArmValue(name="placebo", role="control", n=302, value=Decimal("8.5")),
    ),
    effect=Effect(
        type="HR", value=Decimal("0.67"), ci_level=95, low=Decimal("0.56"), high=Decimal("0.80"),
        p="<0.001",
    ),
)  # fmt: skip
TRUE = (
    "Median survival was 11.7 months with drug A (n = 304) and 8.5 months with placebo (n = 302); "
    "hazard ratio 0.67 (95% CI, 0.56 to 0.80; P < 0.001)."
)


def pack(*records: Any) -> Pack:
    source = Source(
        id="paper",
        type=SourceType.RANDOMIZED_TRIAL,
        title="A trial",
        editions=(
            Edition(
                id="paper",
                label="2025",
                year=2025,
                identifiers=Identifiers(pmid="123", nct="NCT00000001"),
            ),
        ),
    )
    manifest = Manifest(
        id="test", title="Test", version="1", as_of=date(2026, 1, 1), licence="CC0", summary="Test",
        conditions=("cervical-cancer",),
    )  # fmt: skip
    return Pack(manifest=manifest, sources=(source,), records=records)


def checked(folder: Path, held: Pack, *works: Document) -> tuple[Checked, ...]:
    hold(folder, *works)
    documents = HeldDocuments.open(folder)
    try:
        return verify(held, Library.of([held], documents=documents, folder=folder))
    finally:
        documents.close()


def paper(text: str, **more: Any) -> Document:
    given = {"identifiers": Identifiers(pmid="123"), **more}
    return document("pmid:123", text, **given)


def absent(found: tuple[Checked, ...]) -> list[str]:
    return [each.text for each in found if each.state == "not_found"]


def test_numbers_that_stand_in_the_text_are_found_with_their_place(tmp_path: Path) -> None:
    found = checked(tmp_path, pack(OS), paper(TRUE))
    assert [(each.part, each.text, each.state) for each in found] == [
        ("arm", "11.7 months", "found"),
        ("size", "304 patients", "found"),
        ("arm", "8.5 months", "found"),
        ("size", "302 patients", "found"),
        ("effect", "HR 0.67", "found"),
        ("effect", "CI from 0.56", "found"),
        ("effect", "CI to 0.80", "found"),
        ("effect", "CI level 95", "found"),
        ("effect", "P <0.001", "found"),
    ]
    assert all(each.quote and each.where for each in found)


@pytest.mark.parametrize(
    ("wrong", "missing"),
    [
        (TRUE.replace("0.80", "0.81"), ["CI to 0.80"]),
        (TRUE.replace("11.7 months", "11.7 weeks"), ["11.7 months"]),
        (TRUE.replace("hazard ratio", "odds ratio"), ["HR 0.67"]),
        (TRUE.replace("P < 0.001", "P = 0.001"), ["P <0.001"]),
        (TRUE.replace("302", "320"), ["302 patients"]),
    ],
)
def test_a_slip_of_the_keyboard_is_not_found(
    tmp_path: Path, wrong: str, missing: list[str]
) -> None:
    assert absent(checked(tmp_path, pack(OS), paper(wrong))) == missing


def test_an_estimate_is_not_found_where_its_bounds_are_another_estimates(tmp_path: Path) -> None:
    apart = TRUE.replace("0.67 (95% CI, 0.56 to 0.80", "0.70 (95% CI, 0.56 to 0.80")
    text = "The hazard ratio was 0.67 in men. " + "Nothing is said here. " * 30 + apart
    assert absent(checked(tmp_path, pack(OS), paper(text))) == [
        "HR 0.67",
        "CI from 0.56",
        "CI to 0.80",
    ]


def test_without_its_text_nothing_is_said_of_a_record(tmp_path: Path) -> None:
    found = checked(tmp_path, pack(OS), document("pmid:9", TRUE))
    assert {(each.state, each.edition) for each in found} == {("not_held", None)}


def test_another_paper_of_the_same_trial_is_not_the_source(tmp_path: Path) -> None:
    other = document("pmid:124", TRUE, identifiers=Identifiers(pmid="124", nct="NCT00000001"))
    found = checked(tmp_path, pack(OS), other)
    assert {each.state for each in found} == {"not_held"}


def test_doses_of_a_regimen_are_compared_too(tmp_path: Path) -> None:
    regimen = Regimen(
        id="reg",
        edition="paper",
        population=PEOPLE,
        checked=Read.OFFICIAL_PAGE,
        name="drug A",
        components=(
            Part(intervention="cisplatin", amount=Decimal(50), unit="mg/m2", schedule="on day 1"),
        ),
        cycle_days=21,
    )
    text = "Cisplatin 40 mg/m2 was given on day 1 of a cycle of 21 days."
    found = checked(tmp_path, pack(regimen), paper(text))
    assert [(each.text, each.state) for each in found] == [
        ("50 mg/m2", "not_found"),
        ("21 days", "found"),
    ]
