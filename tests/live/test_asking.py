"""A question with a look-up before it: from nothing held to an answer, with what was sent told."""

from datetime import date
from pathlib import Path

import pytest

from probatum.engine import Ask, Engine
from probatum.evidence.answer import Answer, AnswerStatus
from probatum.library.writer import Writer
from probatum.live.asking import with_look_up
from probatum.sources.live.settings import LiveSettings
from tests.sources.live.services import QUICK, Fault, World

QUESTION = "What is the dose of fictumab in psoriasis?"
ALL = ("pubmed", "trials", "labels")


def answered(
    world: World,
    folder: Path,
    question: str = QUESTION,
    names: tuple[str, ...] = ALL,
    settings: LiveSettings | None = None,
) -> Answer:
    engine, ask = with_look_up(
        Engine.open(folder),
        folder,
        Ask(question=question),
        names,
        settings or world.settings,
        patience=QUICK,
    )
    try:
        return engine.ask(ask)
    finally:
        engine.close()


def looked_up(answer: Answer) -> list[str]:
    """The sentences on the look-up."""
    starts = ("PubMed", "ClinicalTrials", "Drug labels", "Look-up", "Nothing was", "What was")
    return [each for each in answer.limits if each.startswith(starts)]


def test_a_library_that_nobody_filled_answers_after_a_look_up(world: World, folder: Path) -> None:
    assert Engine.open(folder).ask(Ask(question=QUESTION)).status is AnswerStatus.DECLINED
    answer = answered(world, folder)
    (first,) = answer.bottom_line
    assert answer.status is AnswerStatus.PARTIAL
    assert answer.claims[first].text == (
        "\u201cWe recommend fictumab 20 mg once weekly for adults with severe psoriasis.\u201d"
    )
    assert [reference.identifiers.pmid for reference in answer.references] == ["102"]


def test_what_was_fetched_stays_and_answers_without_a_network(world: World, folder: Path) -> None:
    answered(world, folder)
    before = len(world.asked)
    answer = Engine.open(folder).ask(Ask(question=QUESTION))
    assert answer.status is AnswerStatus.PARTIAL
    assert len(world.asked) == before


def test_the_limits_tell_what_was_looked_up_and_with_which_words(
    world: World, folder: Path
) -> None:
    today = date.today().isoformat()
    answer = answered(world, folder)
    assert looked_up(answer) == [
        f"PubMed was searched on {today} for \u201c(psoriasis OR plaque psoriasis) AND (fictumab)"
        "\u201d: 2 found, 2 of them held here.",
        f"ClinicalTrials.gov was searched on {today} for \u201cpsoriasis; fictumab\u201d: 1 found, "
        "1 of them held here.",
        f"Drug labels was searched on {today} for \u201cfictumab\u201d: 1 found, "
        "1 of them held here.",
    ]
    assert answer.limits[-1] == (
        "Only sources held in this library were used, with what the look-up added to it."
    )


def test_asked_twice_it_fetches_nothing_and_gives_the_same_answer(
    world: World, folder: Path
) -> None:
    first = answered(world, folder)
    world.asked.clear()
    second = answered(world, folder)
    assert second.id == first.id
    assert [path for path in world.paths() if "efetch" in path or path.endswith(".xml")] == []


def test_neither_the_question_nor_a_fact_about_a_patient_is_sent(
    world: World, folder: Path
) -> None:
    question = (
        "Mrs Kovalenko, 54, of Elm Street, weighs 71 kg, has PASI 18 and a creatinine of 2.1 mg/dL "
        "and is pregnant: what is the dose of fictumab in psoriasis?"
    )
    answered(world, folder, question)
    sent = world.words().lower()
    for word in ("kovalenko", "54", "elm", "71", "18", "2.1", "creatinine", "pregnan", "dose"):
        assert word not in sent, word


@pytest.mark.parametrize(
    ("question", "why"),
    [
        (
            "Which quennel is the better one?",
            "the question names no disease, treatment, test or trial that is known here, and no "
            "other word of it is sent",
        ),
        ("What should Mr Kovalenko take?", "the question is declined"),
    ],
)
def test_a_question_that_names_nothing_known_or_a_person_sends_nothing(
    world: World, folder: Path, question: str, why: str
) -> None:
    answer = answered(world, folder, question)
    assert world.asked == []
    assert looked_up(answer) == [f"Nothing was looked up: {why}."]


def test_an_emergency_is_answered_at_once(world: World, folder: Path) -> None:
    answer = answered(world, folder, "I took too many fictumab pills and I cannot breathe")
    assert (answer.status, world.asked) == (AnswerStatus.URGENT, [])


def test_one_service_that_fails_costs_only_itself(world: World, folder: Path) -> None:
    world.faults["/trials"] = [Fault(500)] * 99
    world.faults["/openfda"] = world.faults["/dailymed"] = [Fault(kind="text/html")] * 99
    answer = answered(world, folder)
    assert answer.status is AnswerStatus.PARTIAL
    assert looked_up(answer)[1:] == [
        "Look-up incomplete: ClinicalTrials.gov was asked 3 times in vain: it answers with status "
        "500.",
        "Look-up incomplete: DailyMed sends text/html where application/json was asked for; a "
        "sign-in page or proxy may stand between.",
    ]


def test_without_a_network_it_says_so_and_answers_from_what_is_held(
    world: World, folder: Path
) -> None:
    answered(world, folder)
    nowhere = dict.fromkeys(world.settings.addresses, "http://127.0.0.1:1")
    answer = answered(world, folder, names=("pubmed",), settings=LiveSettings(addresses=nowhere))
    assert answer.status is AnswerStatus.PARTIAL
    assert looked_up(answer) == [
        "Look-up incomplete: PubMed cannot be reached: 127.0.0.1 does not answer. Without a "
        "network everything but live look-ups works."
    ]


def test_half_a_file_is_never_kept(world: World, folder: Path) -> None:
    world.faults["/ncbi/efetch"] = [Fault(cut=300)] * 99
    answer = answered(world, folder, names=("pubmed",))
    assert answer.status is AnswerStatus.DECLINED
    assert not (folder / "fetched").exists()
    assert answer.library.passages == 0


def test_a_library_that_another_writes_to_is_answered_from_as_it_is(
    world: World, folder: Path
) -> None:
    Engine.open(folder).close()
    with Writer(folder):
        answer = answered(world, folder, names=("pubmed",))
    assert answer.status is AnswerStatus.DECLINED
    assert looked_up(answer)[-1] == (
        f"What was fetched could not be kept: {folder}: another process is writing to this "
        "library; try again when it is done."
    )


def test_a_fault_of_ours_in_one_source_stops_no_other(
    world: World, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("probatum.sources.live.trials.Trials.look", lambda *_: 1 / 0)
    answer = answered(world, folder)
    assert answer.status is AnswerStatus.PARTIAL
    assert (
        "Look-up incomplete: ClinicalTrials.gov: a fault in the program (ZeroDivisionError)."
        in (looked_up(answer))
    )


def test_an_empty_result_and_a_failure_are_two_things(world: World, folder: Path) -> None:
    world.articles.clear()
    world.faults["/trials"] = [Fault(body=b"{}")] * 9
    first, second = looked_up(answered(world, folder, names=("pubmed", "trials")))
    assert first.endswith(": nothing found, which does not say that there is nothing.")
    assert second == (
        "Look-up incomplete: ClinicalTrials.gov answers in a shape that this release does not "
        "know: answer has no studies."
    )
