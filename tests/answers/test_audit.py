"""The audit of a foreign text: what is found, and above all what is never blamed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.answers.audit.auditor import AuditError, audit
from probatum.answers.audit.blocks import blocks_of
from probatum.answers.audit.document import GRAVE, AuditVerdict
from probatum.answers.audit.given import given as given_text
from probatum.answers.audit.statements import statements_of, without_citations
from probatum.answers.sentences import drafts_of
from probatum.evidence.record import Result
from probatum.library.library import Library
from tests.answers.conftest import LIBRARY


def verdicts(text: str, library: Library) -> list[tuple[str, str]]:
    return [(claim.text, claim.verdict.value) for claim in audit(text, library).claims]


TRUE = "In EMPOWER-Cervical 1, median overall survival was 11.7 months with cemiplimab and 8.5 "
TRUE += "months with chemotherapy in the final analysis (HR 0.67)."


def test_a_true_sentence_is_supported_by_the_record_that_holds_its_figures(
    library: Library,
) -> None:
    claim = audit(TRUE, library).claims[0]
    assert claim.verdict is AuditVerdict.SUPPORTED
    assert [each.record for each in claim.evidence] == ["empower-cervical-1.os.final"]
    assert all(each.quote for each in claim.evidence)


def test_interim_values_told_as_the_result_are_outdated_and_the_final_ones_given(
    library: Library,
) -> None:
    text = "EMPOWER-Cervical 1 showed a median overall survival of 12.0 v 8.5 months (HR 0.69)."
    claim = audit(text, library).claims[0]
    assert claim.verdict is AuditVerdict.OUTDATED
    assert claim.corrected == (
        "In EMPOWER-Cervical 1 (final analysis, median follow-up 47.3 months), median overall "
        "survival was 11.7 months with cemiplimab and 8.5 months with chemotherapy; hazard ratio "
        "0.67 (95% CI 0.56 to 0.80), P<0.00001."
    )


def test_interim_values_told_as_interim_are_not_blamed(library: Library) -> None:
    text = "In the interim analysis of EMPOWER-Cervical 1, median overall survival was 12.0 months "
    text += "with cemiplimab and 8.5 months with chemotherapy."
    assert [verdict for _, verdict in verdicts(text, library)] == ["supported"]


@pytest.mark.parametrize(
    "text",
    [
        TRUE.replace("11.7", "14.9"),
        TRUE.replace("0.67", "0.81"),
        TRUE.replace("with cemiplimab and", "with chemotherapy and").replace(
            "months with chemotherapy in", "months with cemiplimab in"
        ),
    ],
)
def test_another_value_of_a_named_study_is_contradicted(text: str, library: Library) -> None:
    assert audit(text, library).claims[0].verdict is AuditVerdict.CONTRADICTED


@pytest.mark.parametrize(
    "text",
    [
        # How often a day is the regimen's own half of the claim; so are weight and age.
        "Selpercatinib is given at 320 mg twice daily.",
        "For children of 24 to 35 lb or 2 to 3 years, acetaminophen suspension is given as 10 mL.",
        # Optional drugs and alternatives are drugs of the regimen.
        "Pembrolizumab 400 mg every 3 weeks with paclitaxel and cisplatin or carboplatin, with "
        "bevacizumab 15 mg/kg every 3 weeks.",
    ],
)
def test_a_dose_that_a_regimen_of_the_same_drugs_has_otherwise_is_contradicted(
    text: str, library: Library
) -> None:
    assert [verdict for _, verdict in verdicts(text, library)] == ["contradicted"]


@pytest.mark.parametrize(
    "text",
    [
        "Selpercatinib is reduced to 80 mg twice daily in severe hepatic impairment.",
        "Selpercatinib is given at 120 mg twice daily to patients under 50 kg.",
        "For children of 48 to 59 lb or 6 to 8 years, acetaminophen suspension is given as 10 mL.",
        "Pembrolizumab is given at 400 mg every 6 weeks.",
    ],
)
def test_a_dose_for_others_or_at_another_interval_is_not_blamed(
    text: str, library: Library
) -> None:
    assert not audit(text, library).grave


def test_a_ratio_behind_a_semicolon_stays_with_its_medians(library: Library) -> None:
    text = (
        "In EMPOWER-Cervical 1 (final analysis), median overall survival was 11.7 months with "
        "cemiplimab and 8.5 months with chemotherapy; hazard ratio 0.82 (95% CI 0.56 to 0.80); "
        "the interval includes no effect."
    )
    assert verdicts(text, library)[0][1] == "contradicted"


def test_a_wrong_severity_grade_is_contradicted(library: Library) -> None:
    text = "# Bevacizumab in cervical cancer\n\n- Thromboembolic events (8% grade 2 or higher)\n"
    assert [verdict for _, verdict in verdicts(text, library)] == ["contradicted"]


def test_a_benefit_claimed_where_the_interval_holds_no_difference_is_contradicted(
    library: Library,
) -> None:
    text = "EMPOWER-Cervical 1 proved an overall survival benefit in PD-L1-negative disease."
    assert [verdict for _, verdict in verdicts(text, library)] == ["contradicted"]


def test_a_neighbours_treatment_recommended_for_the_texts_disease_is_a_mismatch(
    library: Library,
) -> None:
    text = "# Recurrent cervical cancer\n\nRecommended options include erlotinib.\n"
    claim = audit(text, library).claims[0]
    assert claim.verdict is AuditVerdict.POPULATION_MISMATCH
    assert claim.reasons == (
        "All that is held on erlotinib is about vulvar cancer, and the text is about cervical "
        "cancer.",
    )


def test_a_subgroups_figures_told_of_everybody_are_a_mismatch(library: Library) -> None:
    text = "EMPOWER-Cervical 1: median overall survival was 10.9 months with cemiplimab and 8.8 "
    text += "months with chemotherapy."
    assert [verdict for _, verdict in verdicts(text, library)] == ["population_mismatch"]


def test_a_subgroup_named_in_the_heading_is_no_mismatch(library: Library) -> None:
    text = "## Squamous-cell carcinoma\n\nEMPOWER-Cervical 1: median overall survival was 10.9 "
    text += "months with cemiplimab and 8.8 months with chemotherapy.\n"
    assert [verdict for _, verdict in verdicts(text, library)] == ["supported"]


@pytest.mark.parametrize(
    "text",
    [
        "In a registry, cemiplimab gave a median overall survival of 14.2 months.",
        "Cisplatin 75 mg/m2 with fluorouracil is used in head and neck cancer.",
        "Venous thromboembolism occurred in 12% of patients with lung cancer.",
        "Pembrolizumab improved overall survival in non-small-cell lung cancer.",
        "Cemiplimab is approved by the FDA for cutaneous squamous cell carcinoma.",
        "EMPOWER-Cervical 1: overall survival at 24 months was 30% with cemiplimab.",
        "About 12 months of survival were seen with cemiplimab in EMPOWER-Cervical 1.",
    ],
)
def test_what_is_not_held_is_never_blamed(text: str, library: Library) -> None:
    assert not audit(text, library).grave


def test_what_the_pack_states_is_never_blamed(library: Library) -> None:
    blamed = []
    for record in list(library.records.values())[::4]:
        if isinstance(record, Result) and library.current(record):
            told = drafts_of(record, library, "statement")[0].text
            blamed += [c.text for c in audit(told, library).claims if c.verdict in GRAVE]
    assert blamed == []


def test_a_rule_about_a_drug_proves_nothing_of_a_text_that_does_not_name_it(
    library: Library,
) -> None:
    text = (
        "# Recurrent cervical cancer\n\nIf distant metastases or prior pelvic radiotherapy: "
        "proceed to systemic therapy.\n"
    )
    claim = audit(text, library).claims[0]
    assert [e.record for e in claim.evidence if e.record and e.record.startswith("safe-")] == []


def test_how_long_a_drug_is_given_is_supported_though_told_twice(library: Library) -> None:
    text = "Cemiplimab can be administered for up to 96 weeks (approximately 2 years)."
    assert [verdict for _, verdict in verdicts(text, library)] == ["supported"]
    text = "Cemiplimab can be administered for up to 48 weeks (approximately 1 year)."
    assert [verdict for _, verdict in verdicts(text, library)] == ["not_found"]


def test_an_edition_that_was_replaced_is_outdated_and_the_newer_is_named(
    library: Library,
) -> None:
    text = "The 2012 ESMO guidelines recommend chemotherapy for cervical cancer."
    claim = audit(text, library).claims[0]
    assert (claim.verdict, claim.reasons[0].partition(":")[0]) == (
        AuditVerdict.OUTDATED,
        "Cervical cancer",
    )
    assert "2017 edition" in claim.reasons[0]


# -- claims ----------------------------------------------------------------------------------------


def test_a_claim_names_what_it_leaves_to_its_surroundings(library: Library) -> None:
    text = (
        "# Cemiplimab in cervical cancer\n\nEMPOWER-Cervical 1 had 608 patients. The trial "
        "enrolled patients regardless of PD-L1 expression [3].\n"
    )
    made = audit(text, library)
    assert [claim.text for claim in made.claims] == [
        "EMPOWER-Cervical 1 had 608 patients.",
        "EMPOWER-Cervical 1 enrolled patients regardless of PD-L1 expression.",
    ]
    assert [claim.citations for claim in made.claims] == [(), (3,)]
    assert text[made.claims[1].start : made.claims[1].end] == (
        "The trial enrolled patients regardless of PD-L1 expression [3]."
    )


@pytest.mark.parametrize(
    ("words", "bare", "left", "cited"),
    [
        ("Survival rose [1, 3-5].", False, "Survival rose.", (1, 3, 4, 5)),
        ("Survival rose (12,13).", False, "Survival rose.", (12, 13)),
        ("Survival rose.¹²", False, "Survival rose.", (12,)),
        ("Survival rose (2024).", False, "Survival rose (2024).", ()),
        ("Given every 3 weeks 1, 2", True, "Given every 3 weeks", (1, 2)),
        ("Given on day 1", True, "Given on day 1", ()),
        ("An event of grade 3", True, "An event of grade 3", ()),
    ],
)
def test_citations_are_told_from_values(
    words: str, bare: bool, left: str, cited: tuple[int, ...]
) -> None:
    assert without_citations(words, bare=bare) == (left, cited)


def test_items_know_their_lead_and_rows_their_columns() -> None:
    text = "Give:\n\n- A with:\n  - B daily\n\n| drug | dose |\n|---|---|\n| C | 5 mg |\n"
    found = [statement.words for statement in statements_of(text, blocks_of(text))]
    assert found == ["Give:", "A with:", "B daily", "C: dose: 5 mg"]
    item = blocks_of(text)[2]
    assert [text[s:e] for s, e in item.lead] == ["A with:", "Give:"]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from(list("ab1 .,;()[]|\n\t#-•¹²:?%\r")), max_size=200))
def test_every_statement_lies_in_its_text(text: str) -> None:
    for statement in statements_of(text, blocks_of(text)):
        assert 0 <= statement.start < statement.end <= len(text)
        assert text[statement.start : statement.end].strip()


@settings(max_examples=25, deadline=None)
@given(text=st.text(max_size=120))
def test_no_text_makes_the_audit_fall_over(text: str) -> None:
    try:
        made = audit(text, LIBRARY)
    except AuditError:
        return
    assert sum(made.counts.values()) == len(made.claims)


# -- the text as a whole ---------------------------------------------------------------------------


def test_citations_without_references_and_a_denied_review_are_findings(
    library: Library,
) -> None:
    text = (
        "All articles are reviewed by our experts.\nThis one is pending review.\n\n"
        "Cemiplimab is given every 3 weeks in cervical cancer [2].\n"
    )
    assert [finding.name for finding in audit(text, library).findings] == ["citations", "review"]


def test_two_ratios_for_one_thing_are_a_contradiction(library: Library) -> None:
    text = (
        "In KEYNOTE-826, overall survival had a hazard ratio of 0.51.\n\n"
        "KEYNOTE-826 found a hazard ratio of 0.59 for overall survival.\n"
    )
    names = [finding.name for finding in audit(text, library).findings]
    assert names == ["contradiction"]


def test_another_language_is_said_and_nothing_is_judged(library: Library) -> None:
    text = (
        "La supervivencia global mediana fue de 12,0 meses con cemiplimab en el estudio "
        "EMPOWER-Cervical 1 para las pacientes con cáncer de cuello uterino."
    )
    made = audit(text, library)
    assert made.counts["not_found"] == len(made.claims) == 1
    assert made.summary == (
        "The text is not in English, and nothing was judged; only English is understood."
    )
    assert made.claims[0].reasons == (made.summary,)


def test_bytes_of_no_known_format_are_refused_without_naming_an_option(library: Library) -> None:
    with pytest.raises(AuditError, match=r"^x\.bin: its format is not known\.$"):
        given_text(bytes(range(256)) * 100, "x.bin")


@pytest.mark.parametrize("text", ["x" * 2_000_000, "- " * 500_000 + "a", "(" * 200_000 + "a"])
def test_a_text_of_millions_of_characters_without_a_claim_is_read_soon(
    text: str, library: Library
) -> None:
    made = audit(text, library)
    assert (made.claims, made.summary) == ((), "No claim about medicine was found in the text.")


def test_a_text_without_a_word_is_refused(library: Library) -> None:
    with pytest.raises(AuditError, match="holds no text"):
        audit(" \n…", library)


def test_of_a_page_only_the_text_is_read_and_its_offsets_count_in_what_was_read(
    library: Library,
) -> None:
    page = (
        "<html><head><title>Notes</title><script>cemiplimab()</script></head><body><h1>Notes</h1>"
        "<p>EMPOWER-Cervical 1 had 608 patients.</p></body></html>"
    )
    text = given_text(page.encode(), "page.html")
    made = audit(text.text, library, name=text.name, derived=text.derived)
    assert made.text == text.text
    claim = made.claims[0]
    assert text.text[claim.start : claim.end] == "EMPOWER-Cervical 1 had 608 patients."
    assert len(made.claims) == 1


JCOG = "JCOG0505: phase 3, 253 patients, open-label randomised non-inferiority trial"


@pytest.mark.parametrize(
    "changed",
    [
        JCOG.replace("phase 3", "phase 2"),
        TRUE.replace("EMPOWER-Cervical 1", "EMPOWER-Cervical 2"),
        "In KEYNOTE-829, grade 3-5 immune-related adverse events occurred in 11.4% with "
        "pembrolizumab + chemotherapy with or without bevacizumab and 2.9% with placebo + "
        "chemotherapy with or without bevacizumab.",
        "Bevacizumab worsened overall survival in cervical cancer compared with no bevacizumab.",
    ],
)
def test_a_phase_study_or_direction_put_in_the_place_of_another_is_not_supported(
    changed: str, library: Library
) -> None:
    assert "supported" not in [verdict for _, verdict in verdicts(changed, library)]


def test_what_a_near_record_has_instead_is_told(library: Library) -> None:
    (claim,) = audit(f"{JCOG.replace('phase 3', 'phase 2')}.", library).claims
    assert claim.verdict is AuditVerdict.NOT_FOUND
    (reason,) = claim.reasons
    assert reason.startswith("A record is near, but does not say just this (")
    assert [each.record for each in claim.evidence] == ["jcog0505"]
    (kept,) = audit(f"{JCOG}.", library).claims
    assert kept.verdict is AuditVerdict.SUPPORTED
