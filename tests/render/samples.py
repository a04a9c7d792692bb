"""Answers about drugs, bodies and trials that don't exist, whole enough to try every renderer.

Every figure here is made up; the names end in "-limab" and "-fictin" and the identifiers are zeros
so that nobody takes them for evidence.
"""

from collections.abc import Sequence

from probatum.evidence.answer import (
    Algorithm,
    AlgorithmStep,
    Answer,
    AnswerStatus,
    Cell,
    Figure,
    ForestRow,
    GuidelineStance,
    LibraryState,
    Premise,
    ReaderName,
    Reference,
    Section,
    Table,
    Understood,
)
from probatum.evidence.claim import Anchor, CheckResult, Claim, Outcome, Role, Verdict
from probatum.evidence.record import Strength
from probatum.evidence.source import Currency, Depth, Identifiers, SourceType

STATEMENTS = {
    "star1-os-final": (
        "STAR-1: median overall survival (final analysis; median follow-up 40.0 months). "
        "Population: recurrent or metastatic examploma after a platinum drug. "
        "examplimab 11.9 months (n=300); chemotherapy 8.4 months (n=304); "
        "hazard ratio 0.68 (95% CI 0.57 to 0.81), P<0.001."
    ),
    "star1-os-interim": (
        "STAR-1: median overall survival (interim analysis; median follow-up 18.2 months). "
        "Population: recurrent or metastatic examploma after a platinum drug. "
        "examplimab 12.1 months (n=300); chemotherapy 8.6 months (n=304); "
        "hazard ratio 0.70 (95% CI 0.57 to 0.85), P<0.001."
    ),
    "star1-pfs": (
        "STAR-1: median progression-free survival (final analysis; median follow-up 40.0 months). "
        "Population: recurrent or metastatic examploma after a platinum drug. "
        "examplimab 2.8 months (n=300); chemotherapy 2.9 months (n=304); "
        "hazard ratio 0.76 (95% CI 0.64 to 0.90), P<0.001. The curves cross near the median."
    ),
    "moon2-os": (
        "MOON-2: median overall survival (primary analysis). Population: recurrent or metastatic "
        "examploma after one or two lines. fictinumab 10.1 months (n=210); chemotherapy 9.7 months "
        "(n=208); hazard ratio 1.02 (95% CI 0.84 to 1.24), P=0.84."
    ),
    "beta-recommendation": (
        "Beta Society: Examplimab is an option after progression on a platinum drug, whatever the "
        "score of marker M. Population: recurrent or metastatic examploma after a platinum drug. "
        "Strength: Beta grades II, A."
    ),
    "regimen-examplimab": (
        "Examplimab: examplimab 350 mg IV on day 1; cycle of 21 days; until progression or "
        "unacceptable toxicity, at most 96 weeks. Population: recurrent or metastatic examploma "
        "after a platinum drug."
    ),
    "regimen-carbofictin": (
        "Carbofictin and paclifictin: carbofictin AUC 5 IV on day 1; paclifictin 175 mg/m2 IV on "
        "day 1; cycle of 21 days; six cycles. Population: recurrent or metastatic examploma, no "
        "earlier systemic treatment."
    ),
    "hold-pneumonitis": (
        "Withhold examplimab for grade 2 pneumonitis; stop it for good for grade 3 or 4. "
        "Population: adults given examplimab."
    ),
    "status-eu": (
        "Agency E (European Union): examplimab approved (2032-11). Recurrent or metastatic "
        "examploma after a platinum drug. As of 2033-01-31."
    ),
    "definition-m": (
        "The score of marker M is the number of stained cells per 100 tumour cells; 1 or more "
        "counts as positive. Population: examploma."
    ),
    "cutaneous-orr": (
        "SUN-3: objective response rate (primary analysis). Population: advanced cutaneous "
        "examploma. examplimab 44.1% (n=82)."
    ),
}

NAMES = {
    "examploma": "examploma",
    "recurrent-metastatic": "recurrent or metastatic disease",
    "second-line": "second line or later",
    "examplimab": "examplimab",
    "marker-m": "marker M",
    "beta": "Beta Society",
}

_EDITIONS = {
    "star1-os-final": "star1-2033",
    "star1-pfs": "star1-2033",
    "star1-os-interim": "star1-2030",
    "moon2-os": "moon2-2031",
    "beta-recommendation": "beta-2032",
    "regimen-examplimab": "examplimab-label-2032",
    "regimen-carbofictin": "beta-2032",
    "hold-pneumonitis": "examplimab-label-2032",
    "status-eu": "agency-e-2032",
    "definition-m": "marker-review-2029",
    "cutaneous-orr": "sun3-2028",
}

_REFERENCES = (
    Reference(
        number=1,
        source="star1",
        edition="star1-2033",
        type=SourceType.RANDOMIZED_TRIAL,
        title="Examplimab or chemotherapy after a platinum drug in examploma: final analysis",
        authors="Nobody A, Noone B, et al",
        citation="Journal of Made-up Trials 2033;1:1-9",
        year=2033,
        identifiers=Identifiers(pmid="0", doi="10.0000/fiction.1", nct="NCT00000000"),
        depth=Depth.ABSTRACT,
        currency=Currency.CURRENT,
    ),
    Reference(
        number=2,
        source="star1",
        edition="star1-2030",
        type=SourceType.RANDOMIZED_TRIAL,
        title="Survival with examplimab in examploma",
        authors="Nobody A, et al",
        citation="Journal of Made-up Trials 2030;1:10-19",
        year=2030,
        identifiers=Identifiers(pmid="1"),
        depth=Depth.FULL_TEXT,
        currency=Currency.SUPERSEDED,
        replaced_by="star1-2033",
    ),
    Reference(
        number=3,
        source="beta",
        edition="beta-2032",
        type=SourceType.GUIDELINE,
        title="Examploma: guideline of the Beta Society, version 2.2032",
        body="Beta Society",
        year=2032,
        identifiers=Identifiers(url="https://example.org/beta/examploma"),
        depth=Depth.CURATED_RECORD,
        currency=Currency.CURRENT,
    ),
    Reference(
        number=4,
        source="moon2",
        edition="moon2-2031",
        type=SourceType.RANDOMIZED_TRIAL,
        title="Fictinumab in examploma (MOON-2)",
        authors="Noone C, et al",
        citation="Annals of Invention 2031;7:70-77",
        year=2031,
        identifiers=Identifiers(doi="10.0000/fiction.2"),
        depth=Depth.SECONDARY,
        currency=Currency.UNKNOWN,
    ),
    Reference(
        number=5,
        source="examplimab-label",
        edition="examplimab-label-2032",
        type=SourceType.LABEL,
        title="Examplimab: prescribing information",
        body="Agency E",
        year=2032,
        identifiers=Identifiers(other="EU/0/00/0000"),
        depth=Depth.LABEL,
        currency=Currency.CURRENT,
    ),
    Reference(
        number=6,
        source="agency-e",
        edition="agency-e-2032",
        type=SourceType.AGENCY_DECISION,
        title="Decision on examplimab for examploma",
        body="Agency E",
        year=2032,
        identifiers=Identifiers(url="https://example.org/agency-e/decision"),
        depth=Depth.CURATED_RECORD,
        currency=Currency.CORRECTED,
    ),
    Reference(
        number=7,
        source="marker-review",
        edition="marker-review-2029",
        type=SourceType.NARRATIVE_REVIEW,
        title="Reading marker M",
        authors="Nemo D",
        citation="Reviews of Fiction 2029;3:3",
        year=2029,
        identifiers=Identifiers(pmcid="PMC0"),
        depth=Depth.ABSTRACT,
        currency=Currency.RETRACTED,
    ),
    Reference(
        number=8,
        source="sun3",
        edition="sun3-2028",
        type=SourceType.SINGLE_ARM_TRIAL,
        title="Examplimab in cutaneous examploma (SUN-3)",
        authors="Nemo D, et al",
        citation="Annals of Invention 2028;4:1",
        year=2028,
        identifiers=Identifiers(nct="NCT00000001"),
        depth=Depth.REGISTRY,
        currency=Currency.INTERIM,
    ),
)
_NUMBERS = {reference.edition: reference.number for reference in _REFERENCES}
_CHECKS = (
    CheckResult(
        name="anchors", outcome=Outcome.PASS, detail="The quoted words stand in the record."
    ),
    CheckResult(
        name="numbers",
        outcome=Outcome.PASS,
        detail="Every number of the sentence is in the record with its unit, arm and analysis.",
    ),
    CheckResult(
        name="terms", outcome=Outcome.PASS, detail="Each drug and disease is in the record."
    ),
    CheckResult(
        name="population",
        outcome=Outcome.PASS,
        detail="The record is about recurrent or metastatic examploma after a platinum drug.",
    ),
    CheckResult(
        name="direction", outcome=Outcome.PASS, detail="The sentence favours the same arm."
    ),
    CheckResult(name="currency", outcome=Outcome.PASS, detail="No newer edition is held."),
    CheckResult(
        name="depth", outcome=Outcome.NOT_APPLICABLE, detail="The sentence makes no claim of depth."
    ),
)
_POPULATION = "Recurrent or metastatic examploma after a platinum drug"


def anchor(record: str, quote: str | None = None) -> Anchor:
    """An anchor on the quoted words of a record, or on the whole of it."""
    text = STATEMENTS[record]
    words = quote or text
    start = text.index(words)
    edition = _EDITIONS[record]
    return Anchor(
        source=edition.rpartition("-")[0],
        edition=edition,
        locator="Abstract, results",
        quote=words,
        start=start,
        end=start + len(words),
        record=record,
    )


def claim(
    identity: str,
    text: str,
    anchors: Sequence[Anchor],
    *,
    strength: Strength | None = None,
    role: Role = "statement",
    verdict: Verdict = Verdict.SUPPORTED,
    checks: tuple[CheckResult, ...] = _CHECKS,
) -> Claim:
    """A claim with the citations that its anchors ask for."""
    return Claim(
        id=identity,
        text=text,
        anchors=tuple(anchors),
        citations=tuple(dict.fromkeys(_NUMBERS[each.edition] for each in anchors)),
        verdict=verdict,
        checks=checks,
        depth=Depth.ABSTRACT,
        strength=strength,
        population=_POPULATION,
        role=role,
    )


_CLAIMS = (
    claim(
        "c1",
        "After a platinum drug, examplimab is the option with a proven survival benefit: median "
        "overall survival 11.9 months against 8.4 months with chemotherapy (hazard ratio 0.68, "
        "95% CI 0.57 to 0.81).",
        [anchor("star1-os-final"), anchor("beta-recommendation", "Examplimab is an option")],
        strength=Strength(system="Beta grades", grade="II, A"),
    ),
    claim(
        "c2",
        "The Beta Society lists it whatever the score of marker M.",
        [anchor("beta-recommendation", "whatever the score of marker M")],
        strength=Strength(system="Beta grades", grade="II, A"),
    ),
    claim(
        "c3",
        "At the interim analysis the medians were 12.1 and 8.6 months (hazard ratio 0.70).",
        [anchor("star1-os-interim")],
        role="history",
    ),
    claim(
        "c4",
        "Median progression-free survival was 2.8 months against 2.9 months, yet the hazard ratio "
        "was 0.76, because the curves cross near the median.",
        [anchor("star1-pfs")],
    ),
    claim(
        "c5",
        "Fictinumab did not lengthen overall survival: hazard ratio 1.02 (95% CI 0.84 to 1.24).",
        [anchor("moon2-os")],
        verdict=Verdict.PARTLY_SUPPORTED,
        checks=(
            *_CHECKS[:5],
            CheckResult(
                name="depth",
                outcome=Outcome.FAIL,
                detail="The trial was read through another work, not itself.",
            ),
        ),
    ),
    claim(
        "c6",
        "Examplimab 350 mg IV on day 1 of a cycle of 21 days, at most 96 weeks.",
        [anchor("regimen-examplimab")],
    ),
    claim(
        "c7",
        "Carbofictin AUC 5 with paclifictin 175 mg/m2, both on day 1 of 21 days, six cycles.",
        [anchor("regimen-carbofictin")],
        strength=Strength(system="Beta grades", grade="I, A"),
    ),
    claim(
        "c8",
        "Withhold examplimab for grade 2 pneumonitis; stop it for good for grade 3 or 4.",
        [anchor("hold-pneumonitis")],
    ),
    claim(
        "c9",
        "Agency E approved examplimab in November 2032.",
        [anchor("status-eu", "examplimab approved (2032-11)")],
    ),
    claim("c10", "A score of marker M of 1 or more counts as positive.", [anchor("definition-m")]),
    claim(
        "c11",
        "In cutaneous examploma, another disease, 44.1% responded to examplimab.",
        [anchor("cutaneous-orr", "examplimab 44.1% (n=82)")],
        role="contrast",
    ),
    claim(
        "c12",
        "Examplimab is not approved by Agency U: only Agency E has approved it.",
        [anchor("status-eu")],
        role="correction",
    ),
)


def _row(claim_id: str, *texts: str) -> tuple[Cell, ...]:
    return tuple(Cell(text=text, claim=claim_id) for text in texts)


_SECTIONS = (
    Section(
        id="guidelines",
        kind="guidelines",
        title="What guidelines say",
        claims=("c2", "c9"),
    ),
    Section(
        id="regimens",
        kind="regimens",
        title="Regimens and doses",
        table=Table(
            columns=("Regimen", "Doses", "Schedule", "Who it is for", "Strength"),
            rows=(
                _row(
                    "c6",
                    "Examplimab",
                    "350 mg IV on day 1",
                    "every 21 days, at most 96 weeks",
                    "after a platinum drug, whatever the score of marker M",
                    "Beta grades II, A",
                ),
                _row(
                    "c7",
                    "Carbofictin and paclifictin",
                    "carbofictin AUC 5; paclifictin 175 mg/m2",
                    "every 21 days, six cycles",
                    "no earlier systemic treatment",
                    "Beta grades I, A",
                ),
            ),
        ),
    ),
    Section(
        id="evidence",
        kind="evidence",
        title="Trial evidence",
        claims=("c4", "c3", "c11"),
        table=Table(
            columns=("Trial and endpoint", "Analysis", "Examplimab", "Control", "Effect (95% CI)"),
            rows=(
                _row(
                    "c1",
                    "STAR-1, overall survival",
                    "Final",
                    "11.9 months",
                    "8.4 months",
                    "HR 0.68 (0.57 to 0.81)",
                ),
                _row(
                    "c4",
                    "STAR-1, progression-free survival",
                    "Final",
                    "2.8 months",
                    "2.9 months",
                    "HR 0.76 (0.64 to 0.90)",
                ),
            ),
        ),
        figure=Figure(
            title="Overall survival after a platinum drug",
            left="Favours the new drug",
            right="Favours chemotherapy",
            rows=(
                ForestRow(
                    label="STAR-1, examplimab, final analysis",
                    study="star1",
                    effect="HR",
                    value=0.68,
                    low=0.57,
                    high=0.81,
                    ci_level=95,
                    claim="c1",
                    favours="experimental",
                ),
                ForestRow(
                    label="STAR-1, examplimab, interim analysis",
                    study="star1",
                    effect="HR",
                    value=0.70,
                    low=0.57,
                    high=0.85,
                    ci_level=95,
                    claim="c3",
                    favours="experimental",
                    superseded=True,
                ),
                ForestRow(
                    label="MOON-2, fictinumab",
                    study="moon2",
                    effect="HR",
                    value=1.02,
                    low=0.84,
                    high=1.24,
                    ci_level=95,
                    claim="c5",
                    favours="neither",
                ),
            ),
        ),
    ),
    Section(id="biomarkers", kind="biomarkers", title="Biomarkers", claims=("c10",)),
    Section(id="algorithm", kind="algorithm", title="Decision path"),
    Section(id="safety", kind="safety", title="Safety and holding rules", claims=("c8",)),
    Section(id="monitoring", kind="monitoring", title="Monitoring", claims=("c8",)),
    Section(id="prognosis", kind="prognosis", title="Prognosis", claims=("c1",)),
    Section(id="caveats", kind="caveats", title="Caveats", claims=("c11",)),
    Section(id="changes", kind="changes", title="What changed", claims=("c3",)),
    Section(id="definitions", kind="definitions", title="Terms", claims=("c10",)),
    Section(id="quotes", kind="quotes", title="In the sources' words", claims=("c2",)),
    Section(
        id="library",
        kind="library",
        title="What the library holds on this",
        statements=("Two trials and one guideline on examploma are held.",),
    ),
)


def full() -> Answer:
    """An answer with every part that an answer can have but urgency and a refusal."""
    return Answer(
        id="0f1e2d3c4b5a",
        library=LibraryState(snapshot="5a4b3c2d1e0f", sources=9, passages=0, records=11),
        question="What can be given for recurrent examploma after a platinum drug has failed?",
        reader=ReaderName.CLINICIAN,
        region="eu",
        as_of="2033-02-01",
        created="2033-02-01T09:30:00Z",
        elapsed_ms=12,
        status=AnswerStatus.ANSWERED,
        understood=Understood(
            intent="treatment_options",
            conditions=("examploma",),
            settings=("recurrent-metastatic",),
            line="second-line",
            interventions=("examplimab",),
            biomarkers=("marker-m",),
            bodies=("beta",),
            patient={"age": "62"},
            premises=(
                Premise(text="Agency U approved examplimab", verdict="contradicted", claim="c12"),
            ),
            confidence=0.9,
            not_understood=("zorgle",),
        ),
        applies_to="Adults with recurrent or metastatic examploma after a platinum drug.",
        does_not_apply_to="Cutaneous examploma; localised disease; earlier examplimab.",
        bottom_line=("c1", "c2"),
        sections=_SECTIONS,
        claims={each.id: each for each in _CLAIMS},
        references=_REFERENCES,
        guidelines=(
            GuidelineStance(
                body="Beta Society",
                edition="beta-2032",
                year=2032,
                state="says",
                claims=("c2",),
                statement="The Beta Society's 2032 edition takes a position.",
            ),
            GuidelineStance(
                body="Gamma College",
                edition="gamma-2027",
                year=2027,
                state="silent",
                superseded_by="gamma-2033",
                statement="The 2027 edition is held, was read on this topic and is silent on it.",
            ),
            GuidelineStance(
                body="Delta Network",
                edition=None,
                year=None,
                state="not_held",
                statement="No edition of the Delta Network's guideline is held.",
            ),
        ),
        algorithm=Algorithm(
            title="Examploma that came back",
            steps=(
                AlgorithmStep(
                    id="start", if_="Recurrent or metastatic disease", next=("naive", "after")
                ),
                AlgorithmStep(
                    id="naive", if_="No earlier systemic treatment", then=("c7",), next=("after",)
                ),
                AlgorithmStep(
                    id="after", if_="After a platinum drug", then=("c6",), next=("hold",)
                ),
                AlgorithmStep(id="hold", if_="Pneumonitis under examplimab", then=("c8",)),
            ),
            path=("start", "after"),
        ),
        related=(
            "What is the dose of examplimab in examploma?",
            "What does a marker M score of 1 mean in examploma?",
        ),
        limits=(
            "No guideline of the Delta Network is held.",
            "MOON-2 was read second-hand.",
        ),
        updated="2033-01-31",
        notice="For professionals. It does not replace clinical judgement; check the sources.",
    )


def corrected() -> Answer:
    """The same, when the question took something for granted that is not so."""
    return full().model_copy(
        update={
            "status": AnswerStatus.CORRECTED_PREMISE,
            "reason": "The question takes it that Agency U approved examplimab; it has not.",
        }
    )


def urgent() -> Answer:
    """The same, when the question describes an emergency."""
    return full().model_copy(
        update={
            "status": AnswerStatus.URGENT,
            "reason": "Heavy bleeding is an emergency: call the emergency number now.",
        }
    )


def declined() -> Answer:
    """A question outside the library: nothing is claimed and nothing cited."""
    return Answer(
        id="ffffffffffff",
        library=LibraryState(snapshot="5a4b3c2d1e0f", sources=9, passages=0, records=11),
        question="How is a broken wrist set?",
        reader=ReaderName.CLINICIAN,
        as_of="2033-02-01",
        created="2033-02-01T09:30:00Z",
        elapsed_ms=2,
        status=AnswerStatus.DECLINED,
        reason="The library holds nothing on wrist fractures; it holds examploma.",
        understood=Understood(intent="treatment_options", not_understood=("wrist",)),
        related=("What are the treatment options for recurrent examploma?",),
        limits=("Nothing on this condition is held.",),
        notice="For professionals. It does not replace clinical judgement; check the sources.",
    )


def statement(record_id: str) -> str:
    """What an engine returns for a record."""
    return STATEMENTS[record_id]


def name(term_id: str) -> str:
    """What an engine returns for a term."""
    return NAMES.get(term_id, term_id)
