"""A small library of invented records, one of every kind, for the checks' tests."""

from datetime import date
from decimal import Decimal
from typing import Any

from probatum.evidence.claim import Draft
from probatum.evidence.population import Criterion, Population, Prior
from probatum.evidence.record import (
    ArmValue,
    Component,
    Definition,
    Effect,
    Eligibility,
    Event,
    Formula,
    Input,
    Recommendation,
    Record,
    Regimen,
    Result,
    SafetyRule,
    Status,
    Strength,
    Study,
    StudyArm,
)
from probatum.evidence.source import Checked, Edition, Identifiers, Source, SourceType
from probatum.library.library import Library
from probatum.packs.model import Manifest, Pack
from probatum.questions.need import Need
from probatum.terms.term import Term

RECURRENT = Population(
    conditions=("cervical-cancer",),
    settings=("recurrent-or-metastatic",),
    lines=("second-line-or-later",),
    prior=(
        Prior(therapy="platinum", requirement="required"),
        Prior(therapy="anti-pd-1", requirement="excluded"),
    ),
    text="recurrent or metastatic cervical cancer after platinum-containing chemotherapy",
)
SQUAMOUS = RECURRENT.model_copy(
    update={"subtypes": ("squamous",), "text": RECURRENT.text + ", squamous tumours"}
)
FIRST_LINE = Population(
    conditions=("cervical-cancer",),
    settings=("recurrent-or-metastatic",),
    lines=("first-line",),
    biomarkers=(Criterion(biomarker="pd-l1-cps", comparator=">=", value=Decimal(1)),),
    text="recurrent or metastatic cervical cancer in the first line with PD-L1 CPS ≥1",
)
CERVICAL = Population(
    conditions=("cervical-cancer",),
    settings=("recurrent-or-metastatic",),
    text="recurrent or metastatic cervical cancer",
)
VULVAR = Population(
    conditions=("vulvar-cancer",),
    settings=("recurrent-or-metastatic",),
    text="recurrent or metastatic vulvar cancer",
)
LOCAL = Population(
    conditions=("cervical-cancer",),
    settings=("locally-advanced",),
    text="locally advanced cervical cancer",
)
SKIN = Population(
    conditions=("cutaneous-squamous-cell-carcinoma",),
    text="advanced cutaneous squamous-cell carcinoma",
)
SOLID = Population(
    conditions=("solid-tumours",),
    biomarkers=(Criterion(biomarker="her2", state="3+"),),
    text="HER2-positive (IHC 3+) solid tumours",
)
ANYONE = Population(conditions=(), text="adults given the drug")

TERMS = (
    Term(id="chemotherapy", kind="intervention", name="chemotherapy", synonyms=("chemo",)),
    Term(id="platinum", kind="intervention", name="platinum", parents=("chemotherapy",)),
    Term(id="cisplatin", kind="intervention", name="cisplatin", parents=("platinum",)),
    Term(id="carboplatin", kind="intervention", name="carboplatin", parents=("platinum",)),
    Term(id="paclitaxel", kind="intervention", name="paclitaxel", parents=("chemotherapy",)),
    Term(id="anti-pd-1", kind="intervention", name="PD-1 antibody", synonyms=("anti-PD-1",)),
    Term(
        id="examplimab",
        kind="intervention",
        name="examplimab",
        brands=("Examplo",),
        parents=("anti-pd-1",),
    ),
    Term(id="otherimab", kind="intervention", name="otherimab", parents=("anti-pd-1",)),
    Term(id="vegablock", kind="intervention", name="vegablock"),
    Term(id="hertuzin", kind="intervention", name="hertuzin deruxane"),
    Term(id="pd-l1", kind="biomarker", name="PD-L1"),
    Term(
        id="pd-l1-cps",
        kind="biomarker",
        name="PD-L1 combined positive score",
        abbreviations=("CPS",),
        parents=("pd-l1",),
    ),
    Term(id="her2", kind="biomarker", name="HER2"),
    Term(id="squamous", kind="subtype", name="squamous", synonyms=("squamous tumours",)),
    Term(id="adenocarcinoma", kind="subtype", name="adenocarcinoma"),
    Term(id="exemplar-1", kind="study", name="EXEMPLAR-1", synonyms=("NCT01234567",)),
    Term(id="vega-2", kind="study", name="VEGA-2"),
    Term(id="renal-dosing", kind="topic", name="renal dosing"),
)


def _source(id: str, type_: SourceType, title: str, *editions: Edition, **more: Any) -> Source:
    return Source(id=id, type=type_, title=title, editions=editions, **more)


SOURCES = (
    _source(
        "doe-2022",
        SourceType.RANDOMIZED_TRIAL,
        "Examplimab in recurrent cervical cancer",
        Edition(
            id="doe-2022",
            label="Doe 2022",
            year=2022,
            interim=True,
            citation="J Exempl Med 2022;386(6):544-555",
            identifiers=Identifiers(pmid="11111111"),
        ),
    ),
    _source(
        "doe-2025",
        SourceType.RANDOMIZED_TRIAL,
        "Examplimab in recurrent cervical cancer: survival",
        Edition(
            id="doe-2025",
            label="Doe 2025",
            year=2025,
            supersedes=("doe-2022",),
            identifiers=Identifiers(pmid="22222222"),
        ),
    ),
    _source(
        "roe-2014",
        SourceType.RANDOMIZED_TRIAL,
        "Vegablock with chemotherapy",
        Edition(id="roe-2014", label="Roe 2014", year=2014),
    ),
    _source(
        "poe-2019",
        SourceType.SINGLE_ARM_TRIAL,
        "Withdrawn report",
        Edition(id="poe-2019", label="Poe 2019", year=2019, retracted=date(2021, 5, 1)),
    ),
    _source(
        "nccn-cervical",
        SourceType.GUIDELINE,
        "Cervical cancer",
        Edition(id="nccn-cervical-2024", label="2024", year=2024),
        Edition(
            id="nccn-cervical-2026",
            label="Version 2.2026",
            date=date(2026, 3, 1),
            year=2026,
            supersedes=("nccn-cervical-2024",),
        ),
        body="nccn",
        conditions=("cervical-cancer",),
    ),
    _source(
        "nccn-vulvar",
        SourceType.GUIDELINE,
        "Vulvar cancer",
        Edition(id="nccn-vulvar-2025", label="2025", year=2025),
        body="nccn",
        conditions=("vulvar-cancer",),
    ),
    _source(
        "label-examplimab",
        SourceType.LABEL,
        "Examplimab, United States label",
        Edition(id="label-examplimab-2026", label="August 2026", date=date(2026, 8, 1), year=2026),
        body="fda",
    ),
    _source(
        "review-2023",
        SourceType.NARRATIVE_REVIEW,
        "Grand overview of antibodies",
        Edition(id="review-2023", label="2023", year=2023),
    ),
)


def _arms(unit_values: tuple[str | None, str | None], n: tuple[int, int] = (304, 300)) -> Any:
    first, second = unit_values
    return (
        ArmValue(
            name="examplimab",
            interventions=("examplimab",),
            role="experimental",
            n=n[0],
            value=Decimal(first) if first else None,
        ),
        ArmValue(
            name="chemotherapy",
            interventions=("chemotherapy",),
            role="control",
            n=n[1],
            value=Decimal(second) if second else None,
        ),
    )


def _hr(value: str, low: str, high: str, p: str | None = None) -> Effect:
    return Effect(
        type="HR",
        value=Decimal(value),
        ci_level=95,
        low=Decimal(low),
        high=Decimal(high),
        p=p,
    )


READ: dict[str, Any] = {"checked": Checked.ABSTRACT_OR_SUMMARY, "locator": "abstract"}
PAGE: dict[str, Any] = {"checked": Checked.OFFICIAL_PAGE}


def _trial(id: str, endpoint: str, **fields: Any) -> Result:
    base: dict[str, Any] = {
        "edition": "doe-2025",
        "population": RECURRENT,
        "interventions": ("examplimab",),
        "study": "exemplar-1",
        "measure": "median",
        "unit": "months",
        "analysis": "final",
        "follow_up_months": Decimal("47.3"),
    }
    return Result(id=id, endpoint=endpoint, **{**base, **READ, **fields})


RECORDS: tuple[Record, ...] = (
    Study(
        id="exemplar-1",
        edition="doe-2025",
        population=RECURRENT,
        interventions=("examplimab",),
        name="EXEMPLAR-1",
        aliases=("GOG-9016",),
        nct="NCT01234567",
        phase="3",
        design="open-label randomised trial",
        randomised=True,
        n=604,
        arms=(
            StudyArm(name="examplimab", interventions=("examplimab",), n=304),
            StudyArm(name="chemotherapy", interventions=("chemotherapy",), n=300),
        ),
        primary_endpoint="overall survival",
        **READ,
    ),
    _trial(
        "os-final",
        "overall-survival",
        arms=_arms(("11.7", "8.5")),
        effect=_hr("0.67", "0.56", "0.80", "<0.001"),
    ),
    _trial(
        "os-interim",
        "overall-survival",
        edition="doe-2022",
        analysis="interim",
        follow_up_months=Decimal("18.2"),
        arms=_arms(("12.0", "8.4")),
        effect=_hr("0.69", "0.56", "0.84", "<0.001"),
        superseded_by="os-final",
    ),
    _trial(
        "pfs",
        "progression-free-survival",
        arms=_arms(("2.8", "2.9")),
        effect=_hr("0.75", "0.63", "0.89"),
        explanation="The curves separate late, after most tumours had grown.",
    ),
    _trial(
        "os-squamous",
        "overall-survival",
        population=SQUAMOUS,
        subgroup="squamous tumours",
        arms=_arms(("10.9", "8.8"), (240, 237)),
        effect=_hr("0.70", "0.57", "0.86"),
    ),
    _trial(
        "os-negative",
        "quality-of-life",
        measure="none",
        unit=None,
        effect=_hr("0.86", "0.54", "1.37"),
    ),
    _trial(
        "response",
        "objective-response-rate",
        measure="proportion",
        unit="%",
        arms=_arms(("17.1", "6.3")),
        effect=Effect(
            type="OR",
            value=Decimal("2.94"),
            ci_level=95,
            low=Decimal("1.71"),
            high=Decimal("5.05"),
        ),
    ),
    _trial(
        "ae-3",
        "adverse-events",
        measure="proportion",
        unit="%",
        grade="≥3",
        arms=_arms(("47.0", "54.0")),
    ),
    _trial(
        "ae-any",
        "adverse-events",
        measure="proportion",
        unit="%",
        grade="any",
        arms=_arms(("89.0", "91.5")),
    ),
    Result(
        id="vega-os",
        edition="roe-2014",
        population=CERVICAL.model_copy(update={"lines": ("first-line",)}),
        interventions=("vegablock",),
        study="vega-2",
        endpoint="overall-survival",
        measure="median",
        unit="months",
        analysis="final",
        arms=(
            ArmValue(
                name="chemotherapy plus vegablock",
                interventions=("chemotherapy", "vegablock"),
                role="experimental",
                value=Decimal("16.8"),
            ),
            ArmValue(
                name="chemotherapy",
                interventions=("chemotherapy",),
                role="control",
                value=Decimal("13.3"),
            ),
        ),
        effect=_hr("0.77", "0.62", "0.95"),
        **READ,
    ),
    Result(
        id="retracted-response",
        edition="poe-2019",
        population=CERVICAL,
        interventions=("otherimab",),
        endpoint="objective-response-rate",
        measure="proportion",
        unit="%",
        analysis="primary",
        arms=(ArmValue(name="otherimab", role="single", value=Decimal("40")),),
        **READ,
    ),
    Result(
        id="skin-response",
        edition="doe-2022",
        population=SKIN,
        interventions=("examplimab",),
        endpoint="objective-response-rate",
        measure="proportion",
        unit="%",
        analysis="primary",
        arms=(ArmValue(name="examplimab", role="single", value=Decimal("47")),),
        **READ,
    ),
    Result(
        id="her2-response",
        edition="roe-2014",
        population=SOLID,
        interventions=("hertuzin",),
        endpoint="objective-response-rate",
        measure="proportion",
        unit="%",
        analysis="primary",
        arms=(ArmValue(name="hertuzin deruxane", role="single", n=40, value=Decimal("37.1")),),
        via="review-2023",
        checked=Checked.SECONDARY_TRANSCRIPTION,
    ),
    Result(
        id="unread-response",
        edition="roe-2014",
        population=CERVICAL,
        interventions=("otherimab",),
        endpoint="objective-response-rate",
        measure="proportion",
        unit="%",
        analysis="primary",
        arms=(ArmValue(name="otherimab", role="single", value=Decimal("21")),),
        checked=Checked.UNCHECKED,
    ),
    Recommendation(
        id="rec-second",
        edition="nccn-cervical-2026",
        population=RECURRENT,
        interventions=("examplimab",),
        body="nccn",
        text="Examplimab is recommended for recurrent or metastatic cervical cancer after "
        "platinum-containing chemotherapy.",
        plain="Doctors may use examplimab when cervical cancer has come back after platinum "
        "chemotherapy.",
        strength=Strength(system="NCCN", grade="1", direction="for"),
        **PAGE,
    ),
    Recommendation(
        id="rec-old",
        edition="nccn-cervical-2024",
        population=RECURRENT,
        interventions=("otherimab",),
        body="nccn",
        text="Otherimab is recommended for recurrent or metastatic cervical cancer.",
        **PAGE,
    ),
    Recommendation(
        id="rec-against",
        edition="nccn-cervical-2026",
        population=RECURRENT,
        interventions=("otherimab",),
        body="nccn",
        text="Otherimab is not recommended for recurrent or metastatic cervical cancer.",
        strength=Strength(system="NCCN", grade="3", direction="against"),
        **PAGE,
    ),
    Recommendation(
        id="rec-vulvar",
        edition="nccn-vulvar-2025",
        population=VULVAR,
        interventions=("otherimab",),
        body="nccn",
        text="Otherimab is recommended for recurrent or metastatic vulvar cancer.",
        **PAGE,
    ),
    Recommendation(
        id="rec-local",
        edition="nccn-cervical-2026",
        population=LOCAL,
        interventions=("cisplatin",),
        body="nccn",
        text="Weekly cisplatin 40 mg/m2 is recommended for locally advanced cervical cancer.",
        **PAGE,
    ),
    Recommendation(
        id="rec-cps",
        edition="nccn-cervical-2026",
        population=FIRST_LINE,
        interventions=("otherimab",),
        body="nccn",
        text="Otherimab with chemotherapy is recommended in the first line for recurrent or "
        "metastatic cervical cancer with PD-L1 CPS ≥1.",
        **PAGE,
    ),
    Regimen(
        id="regimen-cp",
        edition="roe-2014",
        population=CERVICAL,
        interventions=("cisplatin", "paclitaxel"),
        name="cisplatin-paclitaxel",
        components=(
            Component(
                intervention="cisplatin",
                amount=Decimal(50),
                unit="mg/m2",
                route="IV",
                schedule="on day 1",
            ),
            Component(
                intervention="paclitaxel",
                amount=Decimal(175),
                unit="mg/m2",
                route="IV",
                schedule="on day 1",
            ),
        ),
        cycle_days=21,
        duration="up to 6 cycles",
        **READ,
    ),
    Regimen(
        id="regimen-examplimab",
        edition="doe-2025",
        population=RECURRENT,
        interventions=("examplimab",),
        name="examplimab",
        components=(
            Component(
                intervention="examplimab",
                amount=Decimal(350),
                unit="mg",
                route="IV",
                schedule="every 3 weeks",
            ),
        ),
        duration="up to 96 weeks",
        **READ,
    ),
    SafetyRule(
        id="hold-pneumonitis",
        edition="label-examplimab-2026",
        population=ANYONE,
        interventions=("examplimab",),
        action="withhold",
        events=("pneumonitis",),
        text="Withhold examplimab for grade 2 pneumonitis.",
        plain="Examplimab is paused for grade 2 lung inflammation (pneumonitis).",
        **PAGE,
    ),
    SafetyRule(
        id="stop-pneumonitis",
        edition="label-examplimab-2026",
        population=ANYONE,
        interventions=("examplimab",),
        action="discontinue",
        events=("pneumonitis",),
        text="Permanently discontinue examplimab for grade 3 or 4 pneumonitis.",
        **PAGE,
    ),
    SafetyRule(
        id="no-reduction",
        edition="label-examplimab-2026",
        population=ANYONE,
        interventions=("examplimab",),
        action="inform",
        text="No dose reduction of examplimab is recommended.",
        **PAGE,
    ),
    Eligibility(
        id="eligibility",
        edition="doe-2025",
        population=RECURRENT,
        study="exemplar-1",
        included=("disease that progressed after platinum-containing chemotherapy",),
        excluded=("earlier treatment with a PD-1 antibody",),
        **READ,
    ),
    Definition(
        id="cps",
        edition="review-2023",
        population=CERVICAL,
        term="pd-l1-cps",
        text="The PD-L1 combined positive score counts stained tumour and immune cells per 100 "
        "tumour cells. Testing is required before treatment.",
        **PAGE,
    ),
    Definition(
        id="calvert",
        edition="review-2023",
        population=ANYONE,
        interventions=("carboplatin",),
        term="renal-dosing",
        text="The carboplatin dose in mg is the target AUC times the sum of the GFR and 25.",
        formula=Formula(
            name="carboplatin dose",
            expression="auc * (gfr + 25)",
            display="dose (mg) = AUC × (GFR + 25), with the GFR capped at 125 mL/min",
            inputs=(
                Input(id="auc", name="AUC", unit="AUC", low=Decimal(2), high=Decimal(7)),
                Input(
                    id="gfr",
                    name="GFR",
                    unit="mL/min",
                    low=Decimal(15),
                    high=Decimal(200),
                    cap=Decimal(125),
                ),
            ),
            unit="mg",
        ),
        **PAGE,
    ),
    Status(
        id="fda-cervical",
        edition="label-examplimab-2026",
        population=CERVICAL,
        interventions=("examplimab",),
        agency="fda",
        region="us",
        state="not_approved",
        indication="No indication in cervical cancer",
        as_of=date(2026, 8, 1),
        **PAGE,
    ),
    Status(
        id="ema-cervical",
        edition="review-2023",
        population=RECURRENT,
        interventions=("examplimab",),
        agency="ema",
        region="eu",
        state="approved",
        date="2022-11",
        indication="Monotherapy for recurrent or metastatic cervical cancer that progressed on or "
        "after platinum-based chemotherapy",
        history=(Event(date="2022-10", text="opinion in favour"),),
        **PAGE,
    ),
)


def make_library() -> Library:
    """The invented library; every call gives a new one."""
    pack = Pack(
        manifest=Manifest(
            id="example",
            title="Example",
            version="1",
            as_of=date(2026, 11, 1),
            licence="CC0-1.0",
            summary="Invented records.",
            conditions=("cervical-cancer",),
        ),
        terms=TERMS,
        sources=SOURCES,
        records=RECORDS,
    )
    return Library.of([pack])


LIBRARY = make_library()
NEED = Need(
    question="What can be given for recurrent cervical cancer?",
    intent="treatment_options",
    conditions=("cervical-cancer",),
    settings=("recurrent-or-metastatic",),
)


def draft(text: str, *records: str, **more: Any) -> Draft:
    """A draft that quotes the whole statement of each record."""
    return Draft(text=text, anchors=tuple(LIBRARY.anchor(record) for record in records), **more)
