"""What services say of held works: marked where it is grave, reported where it is not."""

from pathlib import Path

from probatum.engine import Engine
from probatum.evidence.source import Currency
from probatum.library.writer import Writer
from probatum.live.recheck import Rechecked, recheck
from probatum.live.sync import sync
from probatum.sources.live.settings import LiveSettings
from tests.sources.live.services import QUICK, SET_ID, Fault, World

ALL = ("pubmed", "crossref", "trials", "labels")
EDITION = "pmid:101@2026-03-04"


def link(kind: str, pmid: str) -> str:
    return (
        f'<CommentsCorrectionsList><CommentsCorrections RefType="{kind}"><RefSource>J Inv 2026'
        f"</RefSource><PMID>{pmid}</PMID></CommentsCorrections></CommentsCorrectionsList>"
    )


def filled(world: World, folder: Path) -> None:
    for name, what in (("pubmed", "101"), ("trials", "NCT00000001"), ("labels", SET_ID)):
        sync(name, [what], world.settings, folder, patience=QUICK)


def checked(world: World, folder: Path, *names: str) -> Rechecked:
    engine = Engine.open(folder)
    rows = engine.texts().rows
    engine.close()
    return recheck(rows, names or ALL, world.settings, folder, patience=QUICK)


def currency(folder: Path, edition: str) -> Currency:
    engine = Engine.open(folder)
    try:
        return engine.source(edition)[0].currency
    finally:
        engine.close()


def test_nothing_new_changes_nothing(world: World, folder: Path) -> None:
    filled(world, folder)
    done = checked(world, folder)
    assert (done.happened, done.marked, done.problems) == ([], [], [])
    assert done.asked == {"pubmed": 1, "crossref": 1, "trials": 1, "labels": 1}


def test_only_identifiers_are_sent(world: World, folder: Path) -> None:
    filled(world, folder)
    world.asked.clear()
    checked(world, folder)
    assert "psoriasis" not in world.words().lower()
    assert "fictumab" not in world.words().lower().replace("10.1%2ffictumab", "")


def test_a_retraction_in_pubmed_marks_the_work(world: World, folder: Path) -> None:
    filled(world, folder)
    world.articles["101"]["links"] = link("RetractionIn", "900")
    done = checked(world, folder, "pubmed")
    assert done.marked == [EDITION]
    assert currency(folder, EDITION) is Currency.RETRACTED
    # What is known to be retracted is not asked about again.
    assert checked(world, folder, "pubmed").marked == []


def test_an_update_in_pubmed_marks_the_work_as_replaced(world: World, folder: Path) -> None:
    filled(world, folder)
    world.articles["101"]["links"] = link("UpdateIn", "900")
    checked(world, folder, "pubmed")
    assert currency(folder, EDITION) is Currency.SUPERSEDED


def test_a_correction_is_reported_and_not_marked(world: World, folder: Path) -> None:
    filled(world, folder)
    world.articles["101"]["links"] = link("ErratumIn", "900")
    done = checked(world, folder, "pubmed")
    assert [(each.edition, each.state) for each in done.happened] == [(EDITION, Currency.CORRECTED)]
    assert (done.marked, currency(folder, EDITION)) == ([], Currency.CURRENT)


def test_a_retraction_that_only_crossref_knows_marks_the_work(world: World, folder: Path) -> None:
    filled(world, folder)
    world.updates["10.1/fictumab"] = [
        {"type": "retraction", "DOI": "10.1/notice", "source": "retraction-watch"}
    ]
    done = checked(world, folder, "pubmed", "crossref")
    assert done.marked == [EDITION]
    assert done.happened[0].said == (
        "retraction according to Crossref (doi:10.1/notice, retraction-watch)"
    )
    assert currency(folder, EDITION) is Currency.RETRACTED


def test_a_retraction_outweighs_the_mark_of_an_earlier_check(world: World, folder: Path) -> None:
    filled(world, folder)
    world.articles["101"]["links"] = link("UpdateIn", "900")
    checked(world, folder, "pubmed")
    world.articles["101"]["links"] = link("RetractionIn", "901")
    assert checked(world, folder, "pubmed").marked == [EDITION]
    assert currency(folder, EDITION) is Currency.RETRACTED


def test_a_mark_with_the_operators_own_reason_stays(world: World, folder: Path) -> None:
    filled(world, folder)
    with Writer(folder) as writer:
        writer.mark(EDITION, "superseded", None, "Our committee replaced it.")
    world.articles["101"]["links"] = link("UpdateIn", "900")
    assert checked(world, folder, "pubmed").marked == []
    engine = Engine.open(folder)
    assert engine.note(EDITION) == "Our committee replaced it."


def test_newer_versions_of_entries_and_labels_are_reported(world: World, folder: Path) -> None:
    filled(world, folder)
    world.trials["NCT00000001"]["updated"] = "2026-08-09"
    world.labels[SET_ID]["version"] = 4
    done = checked(world, folder, "trials", "labels")
    assert [each.said for each in done.happened] == [
        "ClinicalTrials.gov has a newer version; probatum sync trials NCT00000001 fetches it",
        f"Drug labels has a newer version; probatum sync labels {SET_ID} fetches it",
    ]
    assert done.marked == []


def test_a_service_that_fails_is_told_and_the_others_are_asked(world: World, folder: Path) -> None:
    filled(world, folder)
    world.faults["/ncbi"] = [Fault(500)] * 99
    world.updates["10.1/fictumab"] = [{"type": "retraction", "DOI": "10.1/notice"}]
    done = checked(world, folder)
    assert done.problems == ["PubMed was asked 3 times in vain: it answers with status 500."]
    assert done.marked == [EDITION]


def test_without_a_network_each_service_is_told_once(world: World, folder: Path) -> None:
    filled(world, folder)
    engine = Engine.open(folder)
    rows = engine.texts().rows
    engine.close()
    nowhere = dict.fromkeys(world.settings.addresses, "http://127.0.0.1:1")
    done = recheck(rows, ALL, LiveSettings(addresses=nowhere), folder, patience=QUICK)
    assert [problem.split(":")[0] for problem in done.problems] == [
        "PubMed cannot be reached",
        "Crossref cannot be reached",
        "ClinicalTrials.gov cannot be reached",
        "DailyMed cannot be reached",
    ]
