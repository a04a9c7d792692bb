"""Filling a library: by ids or a search, again and again, stopped and started."""

from pathlib import Path

import pytest

from probatum.engine import Engine
from probatum.live.intake import Taken
from probatum.live.sync import Synced, sync
from probatum.sources.live.errors import LiveError
from probatum.sources.live.settings import LiveSettings
from tests.sources.live.services import QUICK, SET_ID, Fault, World, article


def synced(world: World, folder: Path, name: str, *what: str, most: int = 100) -> Synced:
    return sync(name, what, world.settings, folder, most=most, patience=QUICK)


def held(folder: Path) -> list[str]:
    engine = Engine.open(folder)
    try:
        return sorted(each.edition for each in engine.library.documents.all())
    finally:
        engine.close()


@pytest.mark.parametrize(
    ("name", "what", "editions"),
    [
        ("pubmed", ("101", "pmid:102"), ["pmid:101@2026-03-04", "pmid:102@2026-03-04"]),
        ("pubmed", ("(psoriasis)",), ["pmid:101@2026-03-04", "pmid:102@2026-03-04"]),
        ("trials", ("nct00000001",), ["nct:NCT00000001@2026-02-03"]),
        ("trials", ("psoriasis",), ["nct:NCT00000001@2026-02-03"]),
        ("labels", (SET_ID.upper(),), [f"spl:{SET_ID}@3"]),
        ("labels", ("fictumab",), [f"spl:{SET_ID}@3"]),
        ("pmc", ("PMC11",), ["pmcid:PMC11@2025"]),
        ("pmc", ('"fictumab"',), ["pmcid:PMC11@2025"]),
    ],
)
def test_ids_and_searches_fill_the_library_and_twice_adds_nothing(
    world: World, folder: Path, name: str, what: tuple[str, ...], editions: list[str]
) -> None:
    number = len(editions)
    first = synced(world, folder, name, *what)
    assert (first.fetched, first.held, first.taken) == (number, 0, Taken(number))
    assert held(folder) == editions
    second = synced(world, folder, name, *what)
    assert (second.fetched, second.held, second.taken) == (0, number, Taken())
    assert held(folder) == editions


def test_a_revised_record_is_fetched_and_takes_the_place_of_the_old_one(
    world: World, folder: Path
) -> None:
    synced(world, folder, "pubmed", "101")
    world.articles["101"]["revised"] = "2026-07-01"
    assert synced(world, folder, "pubmed", "101", "102").fetched == 2
    assert held(folder) == ["pmid:101@2026-03-04", "pmid:101@2026-07-01", "pmid:102@2026-03-04"]


def test_a_run_that_was_stopped_goes_on_where_it_was(
    world: World, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.articles = {str(id): article(f"T{id}", "psoriasis") for id in range(1, 10)}
    monkeypatch.setitem(__import__("probatum.live.sync", fromlist=["_STEP"])._STEP, "pubmed", 3)

    def stop(words: str) -> None:
        if "6 of 9" in words:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sync("pubmed", ["(psoriasis)"], world.settings, folder, told=stop, patience=QUICK)
    assert len(held(folder)) == 6
    rest = synced(world, folder, "pubmed", "(psoriasis)")
    assert (rest.held, rest.fetched) == (6, 3)
    assert len(held(folder)) == 9


def test_ctrl_c_in_the_middle_of_fetching_keeps_what_came_whole(
    world: World, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from probatum.sources.live.pubmed import PubMed

    whole = PubMed._fetch

    def once(self: PubMed, ids: list[str]) -> object:
        if ids == ["102"]:
            raise KeyboardInterrupt
        return whole(self, ids)

    monkeypatch.setattr(PubMed, "_fetch", once)
    monkeypatch.setattr("probatum.sources.live.pubmed._AT_ONCE", 1)
    with pytest.raises(KeyboardInterrupt):
        synced(world, folder, "pubmed", "101", "102")
    assert held(folder) == ["pmid:101@2026-03-04"]
    assert [path.name for path in (folder / "fetched").rglob("*.part")] == []


def test_a_service_that_gives_up_in_the_middle_is_told_and_the_rest_kept(
    world: World, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("probatum.sources.live.pubmed._AT_ONCE", 1)
    world.faults["/ncbi/efetch"] = [Fault(), Fault(429, {"Retry-After": "9999"})]
    done = synced(world, folder, "pubmed", "101", "102")
    assert (done.fetched, done.problems) == (
        1,
        ["PubMed asks to wait 9999 seconds before the next request."],
    )
    assert held(folder) == ["pmid:101@2026-03-04"]


def test_without_a_network_it_is_one_sentence(folder: Path) -> None:
    nowhere = LiveSettings(addresses={"ncbi": "http://127.0.0.1:1"})
    with pytest.raises(LiveError, match=r"PubMed cannot be reached: 127\.0\.0\.1 does not answer"):
        sync("pubmed", ["psoriasis"], nowhere, folder, patience=QUICK)


def test_no_more_is_taken_than_was_asked_for(world: World, folder: Path) -> None:
    done = synced(world, folder, "pubmed", "(psoriasis)", most=1)
    assert (done.found, done.chosen, done.fetched) == (2, 1, 1)
