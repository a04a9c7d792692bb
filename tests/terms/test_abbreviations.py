"""Abbreviations that a text defines."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.terms.abbreviations import find_abbreviations


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("Median overall survival (OS) was longer.", [("OS", "overall survival")]),
        (
            "with a combined positive score (CPS) of 1; hazard ratio (HR), 0.67",
            [("CPS", "combined positive score"), ("HR", "hazard ratio")],
        ),
        ("of heat shock transcription factor (HSF)", [("HSF", "heat shock transcription factor")]),
        ("The ORR (objective response rate) was low.", [("ORR", "objective response rate")]),
        ("confidence interval (CI, two-sided)", [("CI", "confidence interval")]),
        ("It was seen in most women (see above) in 2021 (Japan).", []),
        ("(OS)", []),
        # figures behind the short form
        ("the odds ratio (OR = 1.8; 95% CI, 1-3)", [("OR", "odds ratio")]),
        ("the relative risk (RR 5.7, 2.5-12.8)", [("RR", "relative risk")]),
        ("odds ratio [OR] 3.67, confidence interval [CI] 1-9",
         [("OR", "odds ratio"), ("CI", "confidence interval")]),
        ("in ischemic stroke occurrence (OR = 1.8)", []),
        ("in those with no knee pain (P < 0.001)", []),
        # both within one bracket, and lists
        ("It was the endpoint (overall survival, OS).", [("OS", "overall survival")]),
        ("It was the endpoint (overall survival; OS).", [("OS", "overall survival")]),
        ("It was the endpoint (OS, overall survival).", [("OS", "overall survival")]),
        ("It was the endpoint (OS = overall survival).", [("OS", "overall survival")]),
        ("CI = confidence interval; OR = odds ratio.",
         [("CI", "confidence interval"), ("OR", "odds ratio")]),
        ("Abbreviations: CI, confidence interval; HR: hazard ratio.",
         [("CI", "confidence interval"), ("HR", "hazard ratio")]),
        ("response rate (hereafter called RR)", [("RR", "response rate")]),
        ('overall survival ("OS")', [("OS", "overall survival")]),
        # brackets in brackets
        ("forced expiratory volume in 1 second (FEV(1)) fell",
         [("FEV(1)", "forced expiratory volume in 1 second")]),
        ("by magnitude (root-mean-square (RMS) analysis)", [("RMS", "root-mean-square")]),
        ("of 7,12-dimethylbenz(a)anthracene (DMBA)", [("DMBA", "7,12-dimethylbenz(a)anthracene")]),
        ("muscles [tensor palatini (TP), masseter (M)]",
         [("TP", "tensor palatini"), ("M", "masseter")]),
        # digits, Greek letters, hyphens, plurals, small letters
        ("two-dimensional (2D) gels", [("2D", "two-dimensional")]),
        ("nitrous oxide (N2O)", [("N2O", "nitrous oxide")]),
        ("tumor necrosis factor alpha (TNF-α)", [("TNF-α", "tumor necrosis factor alpha")]),
        ("tumour necrosis factor-α (TNF-alpha)", [("TNF-alpha", "tumour necrosis factor-α")]),
        ("programmed death ligand 1 (PD-L1)", [("PD-L1", "programmed death ligand 1")]),
        ("Idiopathic interstitial pneumonias (IIPs)",
         [("IIPs", "Idiopathic interstitial pneumonias")]),
        ("cyclin-dependent kinases (cdks)", [("cdks", "cyclin-dependent kinases")]),
        ("apolipoprotein (apo) B", [("apo", "apolipoprotein")]),
        ("Crohn's disease (CD)", [("CD", "Crohn's disease")]),
        # the long form starts at the right word
        ("the International Index of Erectile Function (IIEF)",
         [("IIEF", "International Index of Erectile Function")]),
        ("with newly diagnosed multiple myelomas (MM)", [("MM", "multiple myelomas")]),
        ("NGN3/paired box factor 6 (PAX6)", [("PAX6", "paired box factor 6")]),
        ("and is funded by the Italian Drug Agency (AIFA)", []),
        # one letter, and one letter that only counts
        ("cisplatin or placebo (P, saline)", [("P", "placebo")]),
        ("a carotid artery (A) or a basilar one (B)", []),
    ],
)  # fmt: skip
def test_a_defined_abbreviation_is_found_with_its_long_form(
    text: str, pairs: list[tuple[str, str]]
) -> None:
    assert [(short, long) for short, long, _, _ in find_abbreviations(text)] == pairs


@given(st.text() | st.text(alphabet=st.sampled_from("aAbB ()[].,;:=<-1éαİß\n")))
def test_the_long_form_is_always_the_slice(text: str) -> None:
    found = find_abbreviations(text)
    assert [text[start:end] for _, _, start, end in found] == [long for _, long, _, _ in found]
    assert found == sorted(found, key=lambda pair: pair[2:])


def seconds(text: str) -> float:
    """The best of three, in processor time."""
    best = float("inf")
    for _ in range(3):
        started = time.process_time()
        find_abbreviations(text)
        best = min(best, time.process_time() - started)
    return best


@pytest.mark.parametrize(
    "piece",
    ["(", "[", "(a", "()", "(()", "(A)", "a (A) ", "(A(b)", "=a", "A=b", "A=bbbb, ", "(A=", "(A, b",
     "ab (AB)", " ", "a", "[a]", "bbreviations A, b"],
)  # fmt: skip
def test_four_times_the_text_takes_about_four_times_as_long(piece: str) -> None:
    little = (piece * 20_000)[:20_000]
    # Quadratic time would be sixteenfold; a pause of the machine must not fail the test.
    assert seconds(little * 4) < 10 * seconds(little) + 0.02
