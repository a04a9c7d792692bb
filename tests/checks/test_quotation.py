"""The checks of a verbatim quote: each fails for its own reason, and for nothing else."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from probatum.checks.gate import NAMES, examine
from probatum.checks.quotation import FORM, is_quotation, quoted
from probatum.checks.view import View
from probatum.evidence.claim import Anchor, Draft, Outcome, Verdict
from probatum.evidence.document import Block, Document, Relation
from probatum.evidence.source import Depth, SourceType
from probatum.library.library import Library
from probatum.questions.need import Need
from tests.library.sample_documents import day, document, hold

SENTENCE = "Bevacizumab is given every three weeks in cervical cancer."
NEED = Need(
    question="How is bevacizumab given in cervical cancer?",
    intent="dose",
    conditions=("cervical-cancer",),
)


def under(source: str, title: str, heading: str, text: str, **more: object) -> Document:
    """A work whose text stands under a heading."""
    made = document(source, "-", title=title, year=2021, **more)
    return replace(made, blocks=(Block(text, headings=(heading,)),))


DOCUMENTS = (
    document("file:right", SENTENCE, "Another sentence of it.", title="A guide", year=2021),
    document("file:vulvar", "Radiation helps in vulvar cancer.", title="A guide", year=2021),
    under("file:heading", "A guide", "Vulvar cancer", "Radiation helps most patients."),
    under("file:title", "Vulvar cancer guideline", "Treatment", "Radiation helps most patients."),
    under(
        "file:as_for",
        "Vaginal cancer guideline",
        "Treatment",
        "Drugs are used as for cervical cancer.",
    ),
    under("file:wider", "Coping with cancer", "Treatment", "Walking helps most patients."),
    document(
        "file:beside",
        "Hypertension was seen in a quarter.",
        "Melanoma was seen in a quarter.",
        "Cervical intraepithelial neoplasia was cut out.",
        title="Cervical cancer guideline",
        year=2021,
    ),
    document("file:hypertension", "Salt raises it.", title="Hypertension", year=2021),
    document("pmid:1", "Withdrawn words on a drug.", title="Old trial", year=2020),
    document(
        "pmid:2", "Notice.", title="Notice", year=2022, relations=(Relation("retracts", "pmid:1"),)
    ),
    document(
        "file:g1",
        "The former words.",
        title="Guide",
        type=SourceType.GUIDELINE,
        date=day("2019-02-01"),
        year=2019,
    ),
    document(
        "file:attests",
        "This text was reviewed by our medical board.",
        title="A page",
        year=2021,
    ),
    document("file:undated", "Undated words on a drug.", title="A page"),
    document(
        "nct:NCT01234567",
        "Patients got a drug every day.",
        title="A study of a drug",
        year=2021,
        type=SourceType.REGISTRY,
        depth=Depth.REGISTRY,
        conditions=("Vulvar Cancer", "Vaginal Cancer"),
    ),
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("quotation")
    hold(folder, *DOCUMENTS)
    newer = document(
        "file:g1",
        "The newer words.",
        title="Guide",
        type=SourceType.GUIDELINE,
        date=day("2023-02-01"),
        year=2023,
    )
    hold(folder, newer)
    held = Library.open(folder)
    yield held
    held.documents.close()


def anchored(library: Library, words: str, source: str | None = None) -> Anchor:
    """An anchor to words of a held text, in whichever work they stand."""
    for held in library.documents.all():
        at = (library.text(held.edition) or "").find(words)
        if at >= 0 and source in (None, held.source):
            passage = library.documents.around(held.edition, at, at + len(words))
            assert passage is not None
            return library.quote(passage, at, at + len(words))
    raise AssertionError(words)


def draft(anchor: Anchor, text: str | None = None) -> Draft:
    return Draft(text=text or quoted(anchor.quote), anchors=(anchor,), form=FORM)


def failures(library: Library, made: Draft, **view: object) -> dict[str, str]:
    """The checks that failed, with their reasons."""
    seen = View(library, **{"need": NEED, **view})  # type: ignore[arg-type]
    return {check.name: check.detail for check in examine(made, seen).failures}


def test_the_words_as_they_stand_pass_every_check(library: Library) -> None:
    examined = examine(draft(anchored(library, SENTENCE)), View(library, NEED))
    assert examined.verdict is Verdict.SUPPORTED
    assert tuple(check.name for check in examined.checks) == NAMES
    states = {check.name: check.outcome for check in examined.checks}
    own = {name for name, state in states.items() if state is Outcome.NOT_APPLICABLE}
    assert own == {"direction", "absence"}


# -- whose words, and where ----------------------------------------------------------------------


def test_other_words_than_the_anchors_fail(library: Library) -> None:
    made = draft(anchored(library, SENTENCE), quoted(SENTENCE.replace("three", "two")))
    found = failures(library, made)
    assert set(found) == {"numbers", "terms", "overlap"}
    assert set(found.values()) == {"the sentence is not the quoted words and nothing else"}
    assert examine(made, View(library, NEED)).verdict is Verdict.CONTRADICTED


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE,
        quoted(SENTENCE) + " It is safe.",
        "As the guide says: " + quoted(SENTENCE),
        quoted(SENTENCE[:-1]),
        quoted(SENTENCE.upper()),
    ],
)
def test_a_draft_that_says_more_or_less_than_the_quote_fails(library: Library, text: str) -> None:
    made = draft(anchored(library, SENTENCE), text)
    assert set(failures(library, made)) == {"numbers", "terms", "overlap"}


def test_another_place_fails(library: Library) -> None:
    anchor = anchored(library, SENTENCE)
    moved = anchor.model_copy(update={"start": anchor.start + 1, "end": anchor.end + 1})
    assert failures(library, draft(moved)) == {
        "anchors": f"the quote does not stand at that place of {anchor.edition}"
    }


def test_words_that_are_nowhere_in_the_text_fail(library: Library) -> None:
    anchor = anchored(library, SENTENCE)
    words = SENTENCE.replace("three", "seven")
    forged = anchor.model_copy(update={"quote": words, "end": anchor.start + len(words)})
    assert set(failures(library, draft(forged))) == {"anchors"}


def test_an_edition_that_is_not_held_fails(library: Library) -> None:
    anchor = anchored(library, SENTENCE).model_copy(update={"edition": "file:nowhere@2021"})
    found = failures(library, draft(anchor))
    assert found["anchors"] == "no text of edition file:nowhere@2021 is held"
    assert set(found) == {"anchors", "population", "currency", "depth"}


def test_an_edition_under_another_works_name_fails(library: Library) -> None:
    anchor = anchored(library, SENTENCE)
    wrong = anchor.model_copy(update={"source": "file:vulvar"})
    assert failures(library, draft(wrong)) == {
        "anchors": f"edition {anchor.edition} is not of source file:vulvar"
    }


def test_two_anchors_fail(library: Library) -> None:
    one, two = anchored(library, SENTENCE), anchored(library, "Another sentence of it.")
    made = Draft(text=quoted(one.quote), anchors=(one, two), form=FORM)
    assert failures(library, made)["anchors"] == "a quote rests on one place of one held text"


def test_a_record_beside_a_held_text_is_a_quote_that_fails(library: Library) -> None:
    record = library.anchor(next(iter(library.records)))
    text = anchored(library, SENTENCE)
    for made in (
        Draft(text=quoted(text.quote), anchors=(text, record)),
        Draft(text=record.quote, anchors=(record, text)),
        Draft(text=quoted(record.quote), anchors=(record,), form=FORM),
    ):
        assert is_quotation(made)
        assert "anchors" in failures(library, made)


# -- about whom (D1) -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "source"),
    [
        ("Radiation helps in vulvar cancer.", "file:vulvar"),
        ("Radiation helps most patients.", "file:heading"),
        ("Radiation helps most patients.", "file:title"),
        ("Drugs are used as for cervical cancer.", "file:as_for"),
        ("Patients got a drug every day.", "nct:NCT01234567"),
    ],
)
def test_another_disease_in_quote_heading_title_or_entry_fails(
    library: Library, words: str, source: str
) -> None:
    found = failures(library, draft(anchored(library, words, source)))
    assert set(found) == {"population"}
    assert "cancer" in found["population"]
    assert found["population"].startswith("the words are about v")


def test_the_same_words_pass_for_whom_they_are_about(library: Library) -> None:
    vulvar = NEED.model_copy(update={"conditions": ("vulvar-cancer",)})
    for words, source in (
        ("Radiation helps in vulvar cancer.", "file:vulvar"),
        ("Radiation helps most patients.", "file:heading"),
        ("Patients got a drug every day.", "nct:NCT01234567"),
    ):
        assert failures(library, draft(anchored(library, words, source)), need=vulvar) == {}


def test_a_wider_disease_includes_the_one_asked_about(library: Library) -> None:
    assert failures(library, draft(anchored(library, "Walking helps most patients."))) == {}


def test_a_complication_in_a_work_on_the_disease_passes_and_a_rival_disease_fails(
    library: Library,
) -> None:
    assert failures(library, draft(anchored(library, "Hypertension was seen in a quarter."))) == {}
    found = failures(library, draft(anchored(library, "Melanoma was seen in a quarter.")))
    assert found == {"population": "the words are about melanoma"}
    found = failures(library, draft(anchored(library, "Cervical intraepithelial neoplasia")))
    assert found == {"population": "the words are about cervical intraepithelial neoplasia"}
    found = failures(library, draft(anchored(library, "Salt raises it.")))
    assert found == {"population": "the words are about hypertension"}


def test_a_question_without_a_disease_fails_nobody(library: Library) -> None:
    need = NEED.model_copy(update={"conditions": ()})
    anchor = anchored(library, "Radiation helps in vulvar cancer.")
    assert failures(library, draft(anchor), need=need) == {}
    assert failures(library, draft(anchor), need=None) == {}


# -- of today (D4) -------------------------------------------------------------------------------


def test_a_retracted_work_fails_and_says_by_what(library: Library) -> None:
    made = draft(anchored(library, "Withdrawn words on a drug."))
    assert failures(library, made) == {"currency": "pmid:1@2020 is retracted by pmid:2@2022"}
    assert failures(library, made, as_of=day("2021-06-01")) == {}


def test_a_superseded_edition_fails_until_its_successor_appeared(library: Library) -> None:
    made = draft(anchored(library, "The former words."))
    (reason,) = failures(library, made).values()
    assert reason.startswith("file:g1@2019-02-01 is superseded by file:g1@2023")
    assert failures(library, made, as_of=day("2022-01-01")) == {}
    assert failures(library, draft(anchored(library, "The newer words."))) == {}


def test_what_had_not_appeared_yet_fails(library: Library) -> None:
    made = draft(anchored(library, SENTENCE))
    assert failures(library, made, as_of=day("2021-12-31")) == {
        "currency": "file:right@2021 had not appeared by 2021-12-31"
    }
    assert failures(library, made, as_of=day("2022-01-01")) == {}


def test_an_undated_work_is_not_known_to_have_appeared_on_any_day(library: Library) -> None:
    made = draft(anchored(library, "Undated words on a drug."))
    assert set(failures(library, made, as_of=day("2030-01-01"))) == {"currency"}
    assert failures(library, made) == {}


# -- whose review (D6) ---------------------------------------------------------------------------


def test_words_that_would_pass_for_a_review_fail(library: Library) -> None:
    found = failures(library, draft(anchored(library, "This text was reviewed by our medical")))
    assert set(found) == {"attestation"}
    assert found["attestation"].endswith("attests what only a signed review may")
