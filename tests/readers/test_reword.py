from collections import defaultdict

import pytest

from probatum.checks.gate import examine
from probatum.checks.view import View
from probatum.evidence.answer import ReaderName
from probatum.evidence.claim import Anchor, Draft, Verdict
from probatum.library.library import Library
from probatum.readers.readability import counts, exempt_names, grade
from probatum.readers.reword import reword, worded
from probatum.terms.words import sentences

OTHERS = (ReaderName.TRAINEE, ReaderName.PATIENT)
# A patient's sentence at most; lists of names are longer by nature.
LONGEST = 25


def focus(drafts: tuple[Draft, ...], record: str, form: str, role: str = "statement") -> Draft:
    return next(d for d in drafts if (d.focus, d.form, d.role) == (record, form, role))


def said(draft: Draft, library: Library) -> str:
    return reword(draft, library, ReaderName.PATIENT).text


def test_the_clinicians_words_stay_as_they_are(drafts: tuple[Draft, ...], library: Library) -> None:
    assert [reword(d, library, ReaderName.CLINICIAN) for d in drafts] == list(drafts)


@pytest.mark.parametrize("reader", OTHERS)
def test_numbers_drugs_negations_and_populations_survive_for_every_record(
    reader: ReaderName, drafts: tuple[Draft, ...], library: Library
) -> None:
    lost = {
        (d.focus, d.form, d.role): worded(d, library, reader).lost
        for d in drafts
        if worded(d, library, reader).lost
    }
    assert lost == {}


@pytest.mark.parametrize("reader", OTHERS)
def test_a_quote_is_the_same_for_every_reader(reader: ReaderName, library: Library) -> None:
    words = "Myelosuppression after cisplatin is common; withhold it if it lasts. OS was 8.4 mo."
    anchor = Anchor(source="s", edition="s@1", locator="p. 1", quote=words, start=0, end=len(words))
    quote = Draft(text=f"\u201c{words}\u201d", anchors=(anchor,), form="quote")
    assert reword(quote.model_copy(update={"form": "free"}), library, reader).text == quote.text
    assert reword(quote, library, reader) == quote
    # The same words are put plainly where they are our own.
    ours = anchor.model_copy(update={"record": "some-record"})
    own = Draft(text=words, anchors=(ours,))
    assert worded(own, library, reader).text != words


@pytest.mark.parametrize("reader", OTHERS)
def test_anchors_role_form_and_focus_are_the_clinicians(
    reader: ReaderName, drafts: tuple[Draft, ...], library: Library
) -> None:
    for draft in drafts:
        other = reword(draft, library, reader)
        assert other == draft.model_copy(update={"text": other.text})


@pytest.mark.parametrize("reader", OTHERS)
def test_a_rewording_passes_the_gate_wherever_the_clinicians_sentence_does(
    reader: ReaderName, drafts: tuple[Draft, ...], library: Library
) -> None:
    view = View(library)
    stopped = {}
    for draft in drafts:
        # A history is told of results and approvals; of other records no sentence says so.
        if draft.role == "history" and not draft.form.endswith(".history"):
            continue
        if examine(draft, view).verdict is not Verdict.SUPPORTED:
            continue
        found = examine(reword(draft, library, reader), view)
        if found.verdict is not Verdict.SUPPORTED:
            stopped[draft.focus, draft.form] = [check.detail for check in found.failures]
    assert stopped == {}


def test_patients_read_every_form_at_grade_eight_or_lower(
    drafts: tuple[Draft, ...], library: Library
) -> None:
    grades = defaultdict(list)
    for draft in drafts:
        text = said(draft, library)
        grades[draft.form].append(grade(text, exempt_names(text, library)))
    means = {form: sum(values) / len(values) for form, values in grades.items()}
    assert {form: mean for form, mean in means.items() if mean > 8} == {}


def test_patients_read_no_long_sentence_but_lists(
    drafts: tuple[Draft, ...], library: Library
) -> None:
    long = []
    for draft in drafts:
        text = said(draft, library)
        names = exempt_names(text, library)
        for start, end in sentences(text):
            sentence = text[start:end]
            is_list = ";" in sentence or sentence.count(",") > 3
            if counts(sentence, names).words > LONGEST and not is_list:
                long.append((draft.focus, sentence))
    assert long == []


def test_a_comparison_is_told_number_by_number(drafts: tuple[Draft, ...], library: Library) -> None:
    draft = focus(drafts, "empower-cervical-1.os.final", "result.comparison")
    assert said(draft, library) == (
        "Half of the people given cemiplimab were alive at 11.7 months. With chemotherapy it was "
        "8.5 months. The hazard ratio for death was 0.67 (95% CI 0.56 to 0.80, P<0.00001). A ratio "
        "below one means fewer deaths over time with cemiplimab. This comes from EMPOWER-Cervical "
        "1 (final analysis). People were followed for a median of 47.3 months."
    )


def test_an_interval_across_no_effect_is_said_to_show_no_clear_difference(
    drafts: tuple[Draft, ...], library: Library
) -> None:
    draft = focus(drafts, "calla.pfs", "result.comparison")
    assert said(draft, library) == (
        "The study compared progression-free survival with durvalumab + chemoradiotherapy and "
        "with placebo + chemoradiotherapy. The hazard ratio was 0.84 (95% CI 0.65 to 1.08, "
        "P=0.174). The range includes no effect, so no clear difference was shown. This comes "
        "from CALLA (primary analysis). People were followed for a median of 18.5 months."
    )


def test_a_replaced_result_is_told_as_an_earlier_look(
    drafts: tuple[Draft, ...], library: Library
) -> None:
    draft = next(
        d
        for d in drafts
        if d.focus == "empower-cervical-1.os.interim" and d.form == "result.history"
    )
    assert said(draft, library).startswith("This is an earlier look, since replaced. Half of")


def test_a_neighbouring_population_is_told_as_another_group(
    drafts: tuple[Draft, ...], library: Library
) -> None:
    draft = next(
        d for d in drafts if d.text.startswith("Other population (") and d.focus == "calla"
    )
    assert said(draft, library).startswith(
        "About another group: cervical cancer, locally advanced, newly diagnosed. CALLA is a "
    )


def test_a_recommendation_says_whose_it_is(drafts: tuple[Draft, ...], library: Library) -> None:
    draft = focus(drafts, "cdc-2022-rec-03", "recommendation.text")
    assert said(draft, library) == (
        "CDC: If you start opioids for acute, subacute or chronic pain, start with "
        "immediate-release opioids (short-acting). Do not start with extended-release and "
        "long-acting opioids."
    )


def test_dates_are_spoken(drafts: tuple[Draft, ...], library: Library) -> None:
    draft = focus(drafts, "status-japan-cemiplimab-cervical", "status.state")
    assert said(draft, library) == (
        "In Japan, PMDA approved this in December 2022: Cemiplimab. It is for cervical cancer."
    )


def test_a_trainee_reads_abbreviations_spelt_out(
    drafts: tuple[Draft, ...], library: Library
) -> None:
    draft = focus(drafts, "empower-cervical-1.os.final", "result.comparison")
    text = reword(draft, library, ReaderName.TRAINEE).text
    assert text == draft.text.replace("95% CI", "95% confidence interval (CI)")


def test_a_plain_twin_that_loses_a_drug_is_not_shown(
    drafts: tuple[Draft, ...], library: Library
) -> None:
    draft = focus(drafts, "cdc-2022-rec-03", "recommendation.text")
    record = library.records["cdc-2022-rec-03"]
    careless = record.model_copy(update={"plain": "If you start opioids, start low."})
    packs = tuple(
        pack.model_copy(
            update={"records": tuple(careless if r.id == record.id else r for r in pack.records)}
        )
        for pack in library.packs
    )
    assert reword(draft, Library.of(packs), ReaderName.PATIENT) == draft


def test_a_sentence_of_no_record_gets_plain_words(library: Library) -> None:
    draft = Draft(
        text="Adverse events with cisplatin led to discontinuation in 5%; one patient died.",
        anchors=(),
    )
    assert said(draft, library) == (
        "Side effects with cisplatin led to stopping in 5%. One patient died."
    )
