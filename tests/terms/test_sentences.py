"""Sentence boundaries of clinical and biomedical prose."""

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.terms.sentences import sentences

# Each text with "|" where one sentence ends and the next begins.
CASES = [
    # figures and statistics
    "Median OS was 11.0 v 8.5 months (HR 0.67; P<0.001). | The ORR was 16.4%. | No one died.",
    "The dose was 5 mg. | The next was 10 mg. | Both were given p.o.",
    "Survival was longer (P = .03). | Toxicity was not.",
    "The rate was 12.5%. | 213 patients crossed over.",
    "It fell to 0. 6-8.2% in controls.",
    "The difference was small (P<0. 01) but held.",
    "Patients had FEV1 < 50% predicted. | Those with less were excluded.",
    "Samples were kept at −80 °C. | Serum was thawed once.",
    # abbreviations that never end a sentence
    "We compared cisplatin vs. carboplatin in women, i.e. those with measurable disease.",
    "Other drugs, e.g. Keytruda, were allowed; cf. Table 2.",
    "Dr. Smith and Prof. Jones agreed; so did Drs. Liz Robertson and Ko.",
    "In all, approx. 40 women took St. John's wort.",
    "DLBP vs . LDH and LDH vs . N were told apart.",
    "Roe v. Wade is no trial.",
    # abbreviations before numbers and names
    "As Fig. 2 shows, it worked (see also Figs. S1 and 3). | No. 5 did not.",
    "See ref. 12 and vol. 3, no. 4, pp. 5-9.",
    "The answer was no. | They stopped.",
    "Deposited under accession no. NM_031259 in Jan. 2020.",
    "Monk et al. reported it. | So did Smith et al. | The trial followed.",
    "Later, Tewari et al. Lancet 2017 gave the final figures.",
    "The kits came from Merck Inc. Cambridge and Roche Ltd. in Basel.",
    "It was bought from Pfizer Inc. | The sponsor had no role.",
    "In the 8th ed. New York was left out.",
    # dotted abbreviations
    "It was given p.o. b.i.d. for 7 days. | Then it was stopped.",
    "Doses were given i.v. | Patients were observed.",
    "Patients took 400 mg t.i.d. 5 days a week.",
    "The U.S. Food and Drug Administration approved it in the U.S. | The trial was open-label.",
    "The U.S. Preventive Services Task Force and the U.K. Medical Research Council agree.",
    "Amanda Toland, Ph.D., and C. Poole, M.D., wrote it.",
    "It was given at 8 a.m. to 40 women.",
    # initials, species, designations
    "J. M. Smith and B. J. Monk wrote it. | We thank A. El-Amraoui.",
    "E. coli and S. aureus grew. | H. pylori did not.",
    "We isolated E. coli. | Staphylococcus spp. were rare.",
    "They received vitamin C. | Patients improved.",
    "Response was better in arm B. | Toxicity was similar.",
    "It was seen in groups A and B. | Similar rates were found in group C.",
    "Most had hepatitis C. | 12 patients had both.",
    "Meiosis stops in prophase I. | Double mutants do not reach it.",
    "Most were of stage III. | All were staged again.",
    # reference numbers behind the stop
    "It prolonged survival.12 | The effect lasted.",
    "It prolonged survival.12,14-16 | The effect lasted.",
    "It prolonged survival.[3] | Then it failed.[4,5] | Nobody knows why.",
    "It prolonged survival. [3] | Then it failed.",
    "It prolonged survival.(3) | Then it failed.",
    "It prolonged survival.¹²⁻¹⁴ | Then it failed.",
    # brackets and quotes
    "It worked (see below). | (This was not expected.) | We stopped.",
    'He said "it works." | Others doubted it.',
    "The drug (Sigma Inc.) was dissolved (400 mg/kg i.p.) Monday.",
    "Results held [table: see text]. | [Formula: see text] The rest did not.",
    "Shown are means. | (a) Controls. | (b) Treated animals.",
    # small letters at the beginning
    "It was mutated in all. | p53 is often lost. | mTOR was not.",
    "The ligand bound. | α-Catenin did not. | c-Myc rose. | mRNA was measured.",
    "The cells died. | β-blockers did not help.",
    "It was registered. | clinicaltrials.gov identifier NCT01234567.",
    "Registered at ClinicalTrials. gov as NCT01635465.",
    # structured abstracts
    "BACKGROUND: Little is known. | METHODS: We asked. | RESULTS: Nothing; so it is.",
    "Cohen's d. | FINDINGS: Thirty-three took part.",
    "Treatment was longer. | RESULTS. | Fifty patients died.",
    # marks other than the full stop
    "Is it safe? | Yes! | What dose is best?",
    "They waited... | Then it came. | It went on... and on.",
    "Three aims: safety; dose; response. | All were met.",
    # numbered sentences and items
    "1. The receptors mediate it. | 2. They do so in rats. | 3. All were male.",
    "The outcomes were: 1. Maintenance of effect; 2. Safety.",
    "Groups did not differ (group A: 12, group B: 12, group C: 14). | The closure rate did.",
    # the space after the stop was lost
    "It was significant (P<0.05).|This was expected. | It ended.",
    "Survival was longer in both groups.|The effect was small.",
    "See www.cancer.gov or Node.Js, please.",
    # a full stop of another script
    "有効であった。|安全であった。",
]


@pytest.mark.parametrize("case", CASES)
def test_a_text_is_parted_where_its_sentences_end(case: str) -> None:
    wanted = [part.strip() for part in case.split("|")]
    text = case.replace(" | ", " ").replace("|", "")
    assert [text[start:end] for start, end in sentences(text)] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Methods\nWe enrolled women with recurrent cervical cancer in\n12 countries.",
            ["Methods", "We enrolled women with recurrent cervical cancer in\n12 countries."],
        ),
        ("BACKGROUND\nLittle is known", ["BACKGROUND", "Little is known"]),
        ("Conclusions:\nIt works", ["Conclusions:", "It works"]),
        ("A title without a stop\n\nA paragraph", ["A title without a stop", "A paragraph"]),
        ("Take:\n- one\n- two", ["Take:", "- one", "- two"]),
        ("Take:\n1. one\n2. two", ["Take:", "1. one", "2. two"]),
        (
            "Patients received pembrolizumab together with paclitaxel and\n"
            "Avastin until progression. They were then\nfollowed.",
            [
                "Patients received pembrolizumab together with paclitaxel and\n"
                "Avastin until progression.",
                "They were then\nfollowed.",
            ],
        ),
        (f"A line\n{'word ' * 40}end", ["A line", f"{'word ' * 40}end"]),
    ],
)
def test_a_blank_line_a_heading_and_an_item_part_but_wrapped_lines_do_not(
    text: str, wanted: list[str]
) -> None:
    assert [text[start:end] for start, end in sentences(text)] == wanted


@given(st.text() | st.text(alphabet=st.sampled_from("aAbe.!?…)(]['\" \n\t1,0-°。")))
def test_the_spans_are_in_order_and_leave_out_only_white_space(text: str) -> None:
    at = 0
    for start, end in sentences(text):
        assert text[at:start].strip() == ""
        assert start < end
        assert text[start:end] == text[start:end].strip()
        at = end
    assert text[at:].strip() == ""


@pytest.mark.parametrize("case", CASES)
def test_a_sentence_by_itself_stays_one(case: str) -> None:
    for part in case.split("|"):
        alone = part.strip()
        assert sentences(alone) == [(0, len(alone))]


def seconds(work: Callable[[str], object], text: str) -> float:
    """The best of three, in processor time."""
    best = float("inf")
    for _ in range(3):
        started = time.process_time()
        work(text)
        best = min(best, time.process_time() - started)
    return best


HOSTILE = [
    ". ", ".", ".)", "((((((", "A. ", "a.1,", "x.[1", "1. ", "\n", " \n", "a\nB", "a.A", "⁰", '."',
    "e.g. ", "(A) ", "p=a", "[", "A=b ", "Abbreviations: A, b",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_four_times_the_text_takes_about_four_times_as_long(piece: str) -> None:
    little = (piece * 20_000)[:20_000]
    # Quadratic time would be sixteenfold; a pause of the machine must not fail the test.
    assert seconds(sentences, little * 4) < 10 * seconds(sentences, little) + 0.02
