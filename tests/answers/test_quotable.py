"""What of a held passage may stand alone as a quote, and what says something else torn out."""

import time
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from probatum.answers.leaning import goes_on, leans
from probatum.answers.quotable import only_references, run_at, stretches
from probatum.evidence.document import Block, BlockKind
from probatum.evidence.source import Depth, SourceType
from probatum.library.held import HeldDocument, HeldPassage
from probatum.library.passage_row import detail_of
from probatum.sources.passages import lay_out
from tests.library.sample_documents import document

# Sentences of which each stands alone.
GOUT = "Gout hurts the joints of the foot."
COLCHICINE = "Colchicine eases the pain of gout."
NO_HELP = "The following do not help in gout:"
TREATED = "Gout is treated with the following:"
HEATING = "Heating of the joint for several hours."
VINEGAR = "Vinegar by the spoon on every morning."
SECONDS = 1.0


def passages(*blocks: Block | str, depth: Depth = Depth.FULL_TEXT) -> list[HeldPassage]:
    """The passages of a work made of blocks or of paragraphs, as a library gives them."""
    made = tuple(Block(each) if isinstance(each, str) else each for each in blocks)
    work = replace(document("file:a", depth=depth), blocks=made)
    text, laid = lay_out(work)
    held = HeldDocument(
        id=1,
        source="file:a",
        edition="file:a@2020",
        type=SourceType.OTHER,
        depth=depth,
        title=work.title,
        body=None,
        year=2020,
        date=None,
        version=None,
        superseded_by=None,
        retracted=False,
        written="{}",
    )
    return [
        HeldPassage(0, held, each.start, each.end, detail_of(each), text[each.start : each.end])
        for each in laid
    ]


def quotable(*blocks: Block | str, depth: Depth = Depth.FULL_TEXT) -> list[str]:
    """Every stretch that may be quoted, in order."""
    return [
        passage.slice(*span)
        for passage in passages(*blocks, depth=depth)
        for span, _ in stretches(passage)
    ]


def item(text: str, *headings: str) -> Block:
    """An item of a list."""
    return Block(text, "item", headings=headings)


def items(*texts: str) -> tuple[Block, ...]:
    """A list."""
    return tuple(item(text) for text in texts)


# -- sentences ----------------------------------------------------------------------------------


def test_each_sentence_of_prose_is_a_stretch_of_its_own() -> None:
    assert quotable(f"{GOUT} {COLCHICINE}") == [GOUT, COLCHICINE]


def test_a_stretch_comes_with_the_headings_and_the_page_that_it_stands_under() -> None:
    (passage,) = passages(
        Block(GOUT, headings=("Gout",), page=3),
        Block(COLCHICINE, headings=("Gout", "Drugs"), page=4),
    )
    found = [(passage.slice(*span), run.headings, run.page) for span, run in stretches(passage)]
    assert found == [(GOUT, ("Gout",), 3), (COLCHICINE, ("Gout", "Drugs"), 4)]


def test_what_stands_before_the_first_run_stands_under_nothing() -> None:
    (passage,) = passages(Block(GOUT, headings=("Gout",), page=3))
    assert run_at(passage, passage.start).headings == ("Gout",)
    assert (run_at(passage, -1).headings, run_at(passage, -1).page) == ((), None)


@pytest.mark.parametrize(
    "sentence",
    [
        f"{COLCHICINE}[1]",
        f"{COLCHICINE} [2,3]",
        f"{COLCHICINE}1,4\u20136",
        f"{COLCHICINE}[Level of evidence: 1A] [12]",
        "Colchicine eases the pain of gout!",
        "Colchicine eases the pain of gout (and of nothing else).",
        "(Colchicine eases the pain of gout.)",
        "A text calls colchicine \u201cthe old drug of gout.\u201d",
        'A text calls colchicine "the old drug of gout."',
        "Colchicine eases pain [in gout] within hours.",
        "Colchicine helped more adults (n = 12) than rest did.",
        "Gout of many years (stage 4) makes lumps (tophi) in the skin.",
        "Scurvy comes from want of a vitamin (vitamin C).",
        "Gout is treated with 1) colchicine, 2) steroids and b) rest.",
        "Colchicine helps (as far as is known (from few adults)) in gout.",
        "PH of the urine matters in gout.",
        "p53 plays no part in gout of the foot.",
        "5 mg of colchicine is too much in gout.",
        "Contact dermatitis is treated with steroids.",
        "Visits to the clinic are needed once a month.",
        "Related donors are asked first for a kidney.",
    ],
)
def test_a_sentence_that_stands_alone_is_quoted_whole(sentence: str) -> None:
    assert quotable(sentence) == [sentence]


@pytest.mark.parametrize(
    "text",
    [
        "Gout hurts.",  # too short to say much
        "How is gout of the foot treated in adults?",
        "The treatment of gout with colchicine",
        "The treatment of gout with colchicine and",
        "Gout of the foot is treated with colchicine;",
        "and gout is treated with colchicine in adults.",
        "(Gout of the foot is treated with colchicine.",
        "Gout of the foot) is treated with colchicine.",
        ")Gout of the foot( is treated with colchicine.",
        "Gout of the [foot is treated with colchicine.",
        'Gout of the "foot is treated with colchicine.',
        "Gout of the \u201cfoot is treated with colchicine.",
        "Gout | is treated with colchicine in adults.",
        "... ... ... ... ... ... ... ... ... ... ... .",
        "See how gout of the foot is treated elsewhere.",
        "See the section on gout and colchicine.",
        "(See the treatment of gout with colchicine.)",
        "Refer to the treatment of gout with colchicine.",
        "Visit our clinic for gout and colchicine.",
        "Contact us for gout and for colchicine.",
        "Related pages treat gout and colchicine.",
        "Call 555 0100 about gout and colchicine.",
        "Note: gout is treated with colchicine.",
        "Table 2 shows how gout is treated.",
        "Figure 2 shows how gout is treated.",
        "Gout is a disease to learn more about here.",
        "For more information on gout, ask a doctor.",
        "Gout is treated as you can see: click here now.",
        "This leaflet describes how gout is treated.",
        "The summary on gout is made for patients.",
        "Gout is a subject on which we offer courses.",
        "Gout is a subject of our newsletter.",
    ],
)
def test_what_states_nothing_by_itself_is_no_stretch(text: str) -> None:
    assert quotable(text) == []


def test_a_sentence_that_begins_like_a_pointer_elsewhere_still_parts_what_is_around_it() -> None:
    assert quotable(f"{GOUT} See Table 2 for the treatment. {COLCHICINE}") == [GOUT, COLCHICINE]


@pytest.mark.parametrize(("more", "found"), [(0, True), (1, False)])
def test_a_sentence_may_have_six_hundred_characters_and_no_more(more: int, found: bool) -> None:
    words = "Gout is a very " + "x" * (600 - len("Gout is a very  matter.") + more) + " matter."
    assert len(words) == 600 + more
    assert quotable(words) == [words] * found


@pytest.mark.parametrize(("fewer", "found"), [(0, True), (1, False)])
def test_a_sentence_has_thirty_characters_at_least(fewer: int, found: bool) -> None:
    words = "Gout hurts the " + "x" * (30 - len("Gout hurts the .") - fewer) + "."
    assert len(words) == 30 - fewer
    assert quotable(words) == [words] * found


def test_neither_rows_nor_headings_nor_what_has_columns_is_a_stretch() -> None:
    columns = ("Drug", "Dose")
    assert (
        quotable(
            Block("Colchicine for the treatment of gout.", "heading"),
            Block("Colchicine | 1 mg for an adult with gout.", "row", columns=columns),
            Block("Colchicine is given for an adult with gout.", "row", columns=columns),
        )
        == []
    )


# -- sentences that lean --------------------------------------------------------------------------

LEANING = (
    "It is treated with colchicine in adults.",
    "This is treated with colchicine in adults.",
    "They are treated with colchicine in adults.",
    "The latter is treated with colchicine in adults.",
    "However, colchicine is given to few adults.",
    "In contrast, colchicine is given to few adults.",
    "Another is treated with colchicine in adults.",
    "In these patients, colchicine is given daily.",
    "Among both groups colchicine was given daily.",
    "Colchicine is given daily in these patients.",
    "Colchicine was given daily to the other group.",
    "Therefore, it is treated with colchicine.",
    "(It is treated with colchicine in adults.)",
    "\u201cIt is treated with colchicine in adults.\u201d",
    "RESULTS: They were treated with colchicine.",
    "Main results: They were treated with colchicine.",
)
GOING_ON = (
    "Therefore, colchicine is given to adults.",
    "In addition, colchicine is given to adults.",
    "For example, colchicine is given to adults.",
    "CONCLUSION: Thus colchicine is given to adults.",
)


@pytest.mark.parametrize("sentence", LEANING)
def test_a_leaning_sentence_is_quoted_with_the_one_before(sentence: str) -> None:
    assert quotable(f"{GOUT} {sentence}") == [GOUT, f"{GOUT} {sentence}"]


@pytest.mark.parametrize("sentence", LEANING)
@pytest.mark.parametrize(
    "before",
    [
        (),
        ("Gout?",),
        ("The joints of the foot",),
        (f"See the section on gout. {LEANING[0]}",),
        (Block(GOUT, "item"),),
        (Block(GOUT, "row", columns=("A",)),),
        (Block(f"{GOUT[:-1]}{' very' * 118} much."),),
    ],
    ids=["nothing", "question", "unended", "pointer", "item", "row", "too long together"],
)
def test_a_leaning_sentence_is_not_quoted_when_what_it_leans_on_cannot_be(
    sentence: str, before: tuple[Block | str, ...]
) -> None:
    assert [each for each in quotable(*before, sentence) if each.endswith(sentence)] == []


def test_a_leaning_sentence_is_not_quoted_with_one_that_leans_itself() -> None:
    second, third = LEANING[:2]
    assert quotable(f"{GOUT} {second} {third}") == [GOUT, f"{GOUT} {second}"]


def test_a_sentence_leans_on_none_of_another_section_or_page() -> None:
    assert quotable(Block(GOUT, headings=("A",)), Block(LEANING[0], headings=("B",))) == [GOUT]
    assert quotable(Block(GOUT, page=1), Block(LEANING[0], page=2)) == [GOUT]


@pytest.mark.parametrize("sentence", GOING_ON)
def test_a_sentence_that_goes_on_is_quoted_with_the_one_before_or_else_alone(sentence: str) -> None:
    assert quotable(f"{GOUT} {sentence}") == [GOUT, f"{GOUT} {sentence}"]
    assert quotable(sentence) == [sentence]
    assert quotable("See the section on gout.", sentence) == [sentence]


OWN_WORK = (
    "This trial shows that colchicine eases gout.",
    "These results show that colchicine eases gout.",
    "Our findings show that colchicine eases gout.",
    "The present study shows that colchicine eases gout.",
    "This randomised trial shows that colchicine eases gout.",
    "In this study, colchicine eased the pain of gout.",
    "Colchicine eased the pain of gout in this trial.",
    "CONCLUSIONS: These data show that colchicine eases gout.",
)


@pytest.mark.parametrize("sentence", OWN_WORK)
def test_in_an_abstract_what_leans_on_the_work_itself_stands_alone(sentence: str) -> None:
    assert quotable(sentence, depth=Depth.ABSTRACT) == [sentence]
    assert quotable(f"{GOUT} {sentence}", depth=Depth.ABSTRACT) == [GOUT, sentence]


def test_in_an_abstract_what_leans_on_anything_else_still_leans() -> None:
    for sentence in LEANING:
        assert quotable(sentence, depth=Depth.ABSTRACT) == []
        assert quotable(f"{GOUT} {sentence}", depth=Depth.ABSTRACT) == [GOUT, f"{GOUT} {sentence}"]


@pytest.mark.parametrize("depth", [each for each in Depth if each is not Depth.ABSTRACT])
def test_elsewhere_this_trial_may_be_any_trial(depth: Depth) -> None:
    assert quotable(OWN_WORK[0], depth=depth) == []


@pytest.mark.parametrize(
    ("words", "leaning", "going_on"),
    [
        (GOUT, False, False),
        ("HE is treated with lactulose.", False, False),
        ("ITP is treated with steroids.", False, False),
        ("Bothersome gout is treated.", False, False),
        ("Thusly named drugs help.", False, False),
        ("The two drugs are the same.", True, False),
        ("Also, this drug is given.", True, True),
        ("A doctor must know of any of these drugs.", True, False),
        ("A doctor must know of any of these drugs:", False, False),
        ("These drugs are given:", True, False),
        ("In these patients, give one of:", True, False),
        ("Also, a drug is given.", False, True),
        ("A drug is given for these reasons.", True, False),
        ("A drug is given to both elderly patients and children.", True, False),
        ("", False, False),
        ("(", False, False),
    ],
)
def test_leaning_and_going_on_are_told_from_the_first_words(
    words: str, leaning: bool, going_on: bool
) -> None:
    assert (leans(words, Depth.FULL_TEXT), goes_on(words)) == (leaning, going_on)


# -- the parts of structured abstracts ----------------------------------------------------------


def test_a_label_that_stands_in_the_sentence_is_quoted_with_it() -> None:
    first = "OBJECTIVE: To see whether colchicine eases gout."
    last = "CONCLUSIONS: Colchicine eases gout in adults."
    assert quotable(f"{first} {last}", depth=Depth.ABSTRACT) == [first, last]


def test_a_label_on_a_line_of_its_own_is_no_lead_and_no_part_of_a_quote() -> None:
    assert quotable("RESULTS:", COLCHICINE, depth=Depth.ABSTRACT) == [COLCHICINE]
    assert quotable("Evidence:", *items(HEATING, VINEGAR)) == [HEATING, VINEGAR]


def test_a_part_that_is_a_heading_parts_what_leans_from_what_it_would_lean_on() -> None:
    blocks = (Block(GOUT, headings=("RESULTS",)), Block(LEANING[0], headings=("CONCLUSIONS",)))
    assert quotable(*blocks, depth=Depth.ABSTRACT) == [GOUT]


# -- references and notes on the page -----------------------------------------------------------

ASIDE = (
    "References",
    "REFERENCES:",
    "Reference list",
    "Bibliography",
    "Further reading",
    "Sources",
    "Acknowledgements",
    "Acknowledgments",
    "Conflicts of interest",
    "Competing interests",
    "Funding",
    "About this page",
    "About This PDQ Summary",
    "What's new",
    "Latest updates",
    "Latest Updates to This Summary (03/04/2024)",
    "Changes to this summary (03/04/2024)",
    "Version history",
)
MATTER = (
    "Frame of reference",
    "Sources of uric acid",
    "About gout",
    "About this condition",
    "Changes to the skin",
    "Changes to this medicine's dose",
    "What is new about gout",
)


@pytest.mark.parametrize("heading", ASIDE)
def test_nothing_under_references_or_notes_on_the_page_is_a_stretch(heading: str) -> None:
    aside = Block(COLCHICINE, headings=("Gout", heading))
    below = Block(COLCHICINE, headings=(heading, "Books"))
    assert quotable(aside) == []
    assert [only_references(each) for each in passages(aside, below)] == [True]
    assert quotable(Block(GOUT, headings=("Gout",)), aside) == [GOUT]


@pytest.mark.parametrize("heading", MATTER)
def test_a_heading_that_only_sounds_like_one_of_these_hides_nothing(heading: str) -> None:
    block = Block(COLCHICINE, headings=(heading,))
    assert quotable(block) == [COLCHICINE]
    assert [only_references(each) for each in passages(block)] == [False]


def test_a_passage_with_anything_beside_references_is_not_only_references() -> None:
    references = Block("Doe J. Gout and its drugs. 2020.", headings=("References",))
    for other in (Block(GOUT), Block(GOUT, headings=("Gout",))):
        assert [only_references(each) for each in passages(other, references)] == [False]
        assert [only_references(each) for each in passages(references, other)] == [False]
    assert [only_references(each) for each in passages(Block(GOUT))] == [False]
    assert [only_references(each) for each in passages()] == [False]


# -- lists with their lead ----------------------------------------------------------------------


def test_a_lead_is_quoted_with_its_whole_list_and_no_item_without_it() -> None:
    names = ("Colchicine.", "Steroids", "Rest in bed;")
    whole = "\n".join((TREATED, *names))
    assert quotable(TREATED, *items(*names), GOUT) == [whole, GOUT]
    whole = "\n".join((NO_HELP, HEATING, VINEGAR))
    assert quotable(NO_HELP, *items(HEATING, VINEGAR), GOUT) == [whole, GOUT]


def test_only_the_last_sentence_before_a_list_leads_it() -> None:
    whole = f"{TREATED}\nColchicine."
    assert quotable(f"{GOUT} {TREATED}", item("Colchicine.")) == [GOUT, whole]


def test_a_lead_without_a_list_is_not_quoted() -> None:
    assert quotable(TREATED) == []
    assert quotable(TREATED, GOUT) == [GOUT]


def test_the_list_of_another_section_is_not_the_leads() -> None:
    heading = Block("Side effects", "heading")
    assert quotable(TREATED, heading, item("Rash.", "Side effects")) == []
    headed = Block(TREATED, headings=("Treatment",))
    nausea = item("Rash.", "Treatment", "Side effects")
    colchicine = item("Colchicine.", "Treatment")
    assert quotable(headed, colchicine, nausea) == [f"{TREATED}\nColchicine."]


@pytest.mark.parametrize("question", ["Is it gout?", "Is it gout?\u201d", "Gout? [1]"])
@pytest.mark.parametrize("place", range(4))
def test_a_list_with_a_question_is_never_quoted(question: str, place: int) -> None:
    listed = ["Colchicine.", "Steroids.", f"Rest. {question} It may be."]
    listed.insert(place, question)
    assert quotable("Ask the doctor about the following:", *items(*listed)) == []


def test_a_question_inside_an_item_counts_as_one_of_the_list() -> None:
    assert quotable(TREATED, *items("Colchicine.", "Rest? Rest in bed.")) == []


def test_where_whole_sentences_follow_names_another_list_has_begun() -> None:
    names = (TREATED, "Colchicine.", "Steroids.")
    assert quotable(names[0], *items(*names[1:], HEATING)) == ["\n".join(names)]


def test_a_name_among_whole_sentences_stays_in_their_list() -> None:
    lines = (NO_HELP, HEATING, "Vinegar.")
    assert quotable(lines[0], *items(*lines[1:])) == ["\n".join(lines)]


def test_an_item_of_several_sentences_is_one_item() -> None:
    lines = (
        TREATED,
        "Rest. Most adults stay in bed.",
        "Ice. A pack is laid on the foot.",
    )
    assert quotable(lines[0], *items(*lines[1:])) == ["\n".join(lines)]


def test_a_lead_that_leans_is_quoted_with_the_sentence_before_or_not_at_all() -> None:
    lead, listed = "These include the following drugs:", items("Colchicine.", "Steroids.")
    whole = f"{GOUT} {lead}\nColchicine.\nSteroids."
    assert quotable(f"{GOUT} {lead}", *listed) == [GOUT, whole]
    assert quotable(lead, *listed) == []
    assert quotable(f"See the section on gout. {lead}", *listed) == []


def test_a_heading_with_a_colon_governs_nothing_and_is_not_quoted() -> None:
    assert quotable("Drugs:", *items("Colchicine.", "Steroids.")) == []
    assert quotable("Drugs (these are few):", *items(HEATING, VINEGAR)) == [HEATING, VINEGAR]


@pytest.mark.parametrize(("more", "found"), [(0, True), (1, False)])
def test_a_list_may_have_nine_hundred_characters_and_no_more(more: int, found: bool) -> None:
    first = "Colchicine."
    second = "x" * (900 - len(f"{TREATED}\n{first}\n") + more)
    whole = f"{TREATED}\n{first}\n{second}"
    assert len(whole) == 900 + more
    assert quotable(TREATED, *items(first, second)) == [whole] * found


def test_a_list_that_the_end_of_a_long_passage_may_have_cut_is_not_quoted() -> None:
    # Passages are closed at some 1,500 characters, and a list is cut where it happens to stand.
    filler = f"Gout hurts {'very ' * 250}much."
    drugs = [f"Drug number {number} of {'y' * 60}" for number in range(9)]
    cut, rest = passages(filler, TREATED, *items(*drugs))
    assert cut.end - cut.start > 1_500
    assert [*stretches(cut), *stretches(rest)] == []
    short = passages(TREATED, *items(*drugs[:5]))
    assert [each.slice(*span) for each in short for span, _ in stretches(each)] == [
        "\n".join((TREATED, *drugs[:5]))
    ]


# -- items --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "lead",
    [
        NO_HELP,
        "The following do not help in gout:[1,2]",
        "The following do not help in gout: [1]",
        "The following do not help in gout:1,2",
        "Never:",
        "Unless a doctor says so:",
        "It includes:",
    ],
)
def test_no_item_is_torn_from_a_lead_that_governs_it(lead: str) -> None:
    found = quotable(lead, *items(HEATING, VINEGAR))
    assert [each for each in found if not each.startswith(lead)] == []


def test_no_item_is_torn_from_a_lead_above_the_lead_within_the_list() -> None:
    assert quotable(NO_HELP, *items("Remedies:", HEATING, VINEGAR)) == []
    assert quotable(NO_HELP, *items("Herbs to be had are:", "Arnica.", "Nettle.")) == [
        f"{NO_HELP}\nHerbs to be had are:\nArnica.\nNettle."
    ]


def test_a_list_within_a_list_that_nothing_governs_is_quoted_with_its_own_lead() -> None:
    lead = "Drugs that are given include:"
    assert quotable("Remedies:", *items(lead, "Colchicine.", "Steroids.")) == [
        f"{lead}\nColchicine.\nSteroids."
    ]


def test_an_item_stands_alone_under_a_heading_or_behind_a_full_stop() -> None:
    heading = Block("Remedies", "heading")
    under = (item(HEATING, "Remedies"), item(VINEGAR, "Remedies"))
    assert quotable(heading, *under) == [HEATING, VINEGAR]
    assert quotable(GOUT, *items(HEATING, VINEGAR)) == [GOUT, HEATING, VINEGAR]


def test_an_item_whose_list_began_in_an_earlier_passage_is_not_quoted() -> None:
    assert quotable(*items(HEATING, VINEGAR)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Acetylsalicylic acid, dexamethasone.",  # fewer than six words
        "Heating of the joint for several hours",
        "It is also heated for several hours a day.",
        "Is the joint heated for several hours a day?",
        "See the heating of the joint for several hours.",
        f"The joint is heated {'very ' * 120}much.",
    ],
)
def test_an_item_that_says_nothing_by_itself_is_not_quoted(text: str) -> None:
    assert quotable(GOUT, *items(text, VINEGAR)) == [GOUT, VINEGAR]


def test_no_sentence_leans_on_an_item() -> None:
    assert quotable(GOUT, item(HEATING), LEANING[0]) == [GOUT, HEATING]


# -- always -------------------------------------------------------------------------------------

PIECES: Sequence[str] = (
    GOUT,
    LEANING[0],
    GOING_ON[0],
    OWN_WORK[0],
    NO_HELP,
    TREATED,
    HEATING,
    "Drugs:",
    "Colchicine.",
    "Is it gout of the foot, or is it not?",
    "See the section on gout.",
    "(The bracket that nobody closed.",
    "a line that begins small and ends so.",
)
KINDS: Sequence[BlockKind] = ("paragraph", "item", "heading", "row", "caption")
TEXTS = st.one_of(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=3).map(" ".join),
    st.text().map(lambda text: " ".join(text.split())).filter(bool),
    st.text("()[]\"'.:?! aA1,\u201c\u201d", min_size=1, max_size=60)
    .map(lambda text: " ".join(text.split()))
    .filter(bool),
)
BLOCKS = st.builds(
    Block,
    text=TEXTS,
    kind=st.sampled_from(KINDS),
    headings=st.sampled_from(((), ("Gout",), ("References",), ("Gout", "Drugs"))),
    page=st.sampled_from((None, 1, 2)),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(BLOCKS, max_size=12), st.sampled_from(Depth))
def test_a_stretch_is_always_whole_sentences_of_one_section(
    blocks: list[Block], depth: Depth
) -> None:
    for passage in passages(*blocks, depth=depth):
        sentences = passage.passage.sentences
        found = list(stretches(passage))
        ends = [end for (_, end), _ in found]
        assert ends == sorted(set(ends))
        for (start, end), run in found:
            words = passage.slice(start, end)
            assert start in {span[0] for span in sentences}
            assert end in {span[1] for span in sentences}
            assert run_at(passage, start).headings == run_at(passage, end - 1).headings
            assert run.headings == run_at(passage, start).headings
            assert "References" not in run.headings
            assert 30 <= len(words) <= 900
            assert len(words) <= 600 or ":\n" in words
            assert not words.endswith(("?", ":"))
            assert words.count("[") == words.count("]")
            assert not leans(words, depth)


@settings(max_examples=50, deadline=None)
@given(st.lists(BLOCKS, min_size=1, max_size=8))
def test_what_is_only_references_has_no_stretch(blocks: list[Block]) -> None:
    for passage in passages(*blocks):
        if only_references(passage):
            assert list(stretches(passage)) == []


@settings(max_examples=300, deadline=None)
@given(st.text(), st.sampled_from(Depth))
@example("A: ", Depth.ABSTRACT)
def test_any_text_leans_or_not_without_a_fault(words: str, depth: Depth) -> None:
    assert leans(words, depth) in (True, False)
    assert goes_on(words) in (True, False)


@pytest.mark.parametrize(
    "text",
    [
        f"Gout.{'1' * 5_000}x",
        f"Gout. {'1, ' * 2_000}x",
        f"Gout.{'[1]' * 1_000}x",
        "(" * 5_000,
        ")" * 5_000,
        "A" * 5_000 + ":",
        "A, " * 2_000 + ": it.",
        "in this " * 1_000 + ".",
        "the summary " + "is so " * 1_000,
    ],
    ids=lambda text: text[:12],
)
def test_no_text_takes_long(text: str) -> None:
    started = time.process_time()
    blocks = (Block(text), Block(text, "item"), Block(text, headings=(f"About this {text}",)))
    quotable(*blocks)
    assert time.process_time() - started < SECONDS


def test_a_list_of_many_items_does_not_take_long() -> None:
    started = time.process_time()
    quotable("Of:", *items(*["A."] * 4_000), depth=Depth.ABSTRACT)
    quotable("Of:", *items(*["Of:"] * 4_000), depth=Depth.ABSTRACT)
    assert time.process_time() - started < SECONDS
