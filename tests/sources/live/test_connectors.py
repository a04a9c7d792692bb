"""Each source: what is asked, what comes, and what a changed or damaged answer ends in."""

import json
import re
from datetime import date

import pytest

from probatum.sources.live.connectors import NAMES, chosen, connector
from probatum.sources.live.crossref import Crossref, Update
from probatum.sources.live.errors import ChangedError, LiveError
from probatum.sources.live.fetched import Fetched, Holding, Work
from probatum.sources.live.pubmed import PubMed
from probatum.sources.live.topic import Named, Topic
from tests.sources.live.services import (
    SET_ID,
    Fault,
    World,
    article,
    full_text,
    jats,
    label,
    record,
    trial,
)

TOPIC = Topic(
    conditions=(Named(("psoriasis", "plaque psoriasis")),),
    interventions=(Named(("fictumab", "Fictora"), drug=True),),
)
RETRACTED = (
    "<CommentsCorrectionsList><CommentsCorrections RefType='RetractionIn'><RefSource>J Inv. 2026"
    "</RefSource><PMID>900</PMID></CommentsCorrections></CommentsCorrectionsList>"
)


@pytest.fixture
def full(world: World) -> World:
    """Services with a work or two each."""
    world.articles = {
        "101": article("Fictumab in psoriasis", "Fictumab cleared psoriasis."),
        "102": article("Guideline on psoriasis", "We recommend fictumab.", kind="Guideline"),
        "103": article("Placebo in asthma", "No effect."),
    }
    world.trials = {
        "NCT00000001": trial("Fictumab in psoriasis", "A trial."),
        "NCT00000002": trial("Fictumab in psoriasis again", "A trial.", results=True),
    }
    world.labels = {SET_ID: label("fictumab", "Fictumab is indicated for psoriasis.")}
    world.full_texts = {"PMC11": full_text("Fictumab for psoriasis", "It cleared psoriasis.")}
    return world


def got(world: World, name: str, *works: Work) -> list[tuple[str, ...] | str]:
    """The works of each file that comes, and the sentence of each error."""
    items = connector(name, world.client()).fetch(works)
    return [each.works if isinstance(each, Fetched) else str(each) for each in items]


def test_a_topic_is_looked_for_in_every_source(full: World) -> None:
    found = {
        name: [work.id for work in connector(name, full.client()).look(TOPIC, 5).works]
        for name in NAMES
    }
    assert found == {
        "pubmed": ["pmid:102", "pmid:101"],
        "trials": ["nct:NCT00000002", "nct:NCT00000001"],
        "labels": [f"spl:{SET_ID}"],
        "pmc": ["pmcid:PMC11"],
    }


def test_what_was_sent_is_told(full: World) -> None:
    sent = {name: connector(name, full.client()).look(TOPIC, 5).sent for name in NAMES}
    assert sent == {
        "pubmed": ("(psoriasis OR plaque psoriasis) AND (fictumab OR Fictora)",),
        "trials": ("psoriasis; fictumab",),
        "labels": ("fictumab",),
        "pmc": ('("psoriasis" OR "plaque psoriasis") AND ("fictumab" OR "Fictora")',),
    }


def test_a_name_cannot_become_a_part_of_a_services_language(world: World) -> None:
    topic = Topic(conditions=(Named(('x"[pt]) OR (all', "NOT")),))
    assert topic.conditions[0].plain == ("x pt OR all", "not")
    connector("pubmed", world.client()).look(topic, 5)
    assert world.asked[0][1]["term"] == "(x pt OR all OR not)"


def test_a_narrow_search_without_a_hit_is_widened_by_its_biomarkers(full: World) -> None:
    topic = Topic(TOPIC.conditions, TOPIC.interventions, (Named(("zz-receptor",)),))
    found = connector("pubmed", full.client()).look(topic, 5)
    assert (found.total, found.sent) == (
        2,
        ("(psoriasis OR plaque psoriasis) AND (fictumab OR Fictora)",),
    )


def test_several_diseases_are_looked_for_together_before_each_for_itself(full: World) -> None:
    full.articles["104"] = article("Fictumab in psoriasis with asthma", "It cleared it.")
    both = Topic((Named(("psoriasis",)), Named(("asthma",))))
    found = connector("pubmed", full.client()).look(both, 5)
    assert (found.total, found.sent) == (1, ("(psoriasis) AND (asthma)",))
    del full.articles["104"]
    found = connector("pubmed", full.client()).look(both, 5)
    assert (found.total, found.sent) == (3, ("(psoriasis OR asthma)",))


def test_a_day_limits_what_is_looked_for(full: World) -> None:
    connector("pubmed", full.client()).look(Topic(TOPIC.conditions, until=date(2022, 6, 1)), 5)
    assert '("1800/01/01"[dp] : "2022/06/01"[dp])' in full.asked[0][1]["term"]


def test_works_come_whole_and_by_their_ids(full: World) -> None:
    assert got(full, "pubmed", Work("pmid:101"), Work("pmid:103")) == [("pmid:101", "pmid:103")]
    assert got(full, "trials", Work("nct:NCT00000001")) == [("nct:NCT00000001",)]
    assert got(full, "labels", Work(f"spl:{SET_ID}")) == [(f"spl:{SET_ID}",)]
    assert got(full, "pmc", Work("pmcid:PMC11")) == [("pmcid:PMC11",)]


@pytest.mark.parametrize(
    ("name", "id", "sentence"),
    [
        ("pubmed", "pmid:999", "PubMed has no record for 999."),
        ("trials", "nct:NCT99999999", "ClinicalTrials.gov has no entry NCT99999999."),
        ("labels", f"spl:{SET_ID[::-1]}", "DailyMed has nothing under this name."),
        ("pmc", "pmcid:PMC99", "PMC99 is not open access, so its text can't be fetched."),
    ],
)
def test_a_work_that_is_not_there_is_told(full: World, name: str, id: str, sentence: str) -> None:
    assert got(full, name, Work(id)) == [sentence]


def test_what_is_held_in_the_same_version_is_not_wanted(full: World) -> None:
    held = {
        "pmid:101": "2026-03-04",
        "nct:NCT00000001": "2026-02-03",
        f"spl:{SET_ID}": "3",
    }
    holding = Holding(lambda id: frozenset([held[id]] if id in held else []))
    for name, id in (("pubmed", "pmid:101"), ("trials", "nct:NCT00000001")):
        assert connector(name, full.client()).unheld((Work(id),), holding) == ()
    assert connector("labels", full.client()).unheld((Work(f"spl:{SET_ID}"),), holding) == ()
    full.articles["101"]["revised"] = "2026-03-05"
    full.trials["NCT00000001"]["updated"] = "2026-03-05"
    full.labels[SET_ID]["version"] = 4
    for name, id in (
        ("pubmed", "pmid:101"),
        ("trials", "nct:NCT00000001"),
        ("labels", f"spl:{SET_ID}"),
    ):
        wanted = connector(name, full.client()).unheld((Work(id),), holding)
        assert [work.id for work in wanted] == [id]


def test_a_new_version_of_a_full_text_is_wanted(full: World) -> None:
    kept = Holding(full_text=lambda id: True, kept=lambda _, name: name == "PMC11.1.xml")
    assert connector("pmc", full.client()).unheld((Work("pmcid:PMC11"),), kept) == ()
    full.full_texts["PMC11"]["version"] = 2
    (wanted,) = connector("pmc", full.client()).unheld((Work("pmcid:PMC11"),), kept)
    assert wanted.key == "PMC11.2"


# -- faults ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        b"<PubmedArticleSet>" + record("101", article("T", "x")).encode()[:200],
        b"<html>Sign in</html>",
        b"",
        b"\x00\xff\xfe",
        b'<!DOCTYPE x [<!ENTITY a "b">]><PubmedArticleSet>&a;</PubmedArticleSet>',
    ],
)
def test_damaged_records_end_in_one_sentence(full: World, body: bytes) -> None:
    full.faults["/ncbi/efetch"] = [Fault(body=body)]
    (sentence,) = got(full, "pubmed", Work("pmid:101"))
    assert isinstance(sentence, str)
    assert re.fullmatch(r"What PubMed sends cannot be read: [^\n]+\.", sentence)


def test_records_that_were_not_asked_for_are_not_taken(full: World) -> None:
    wrong = f"<PubmedArticleSet>{record('666', article('T', 'x'))}</PubmedArticleSet>"
    full.faults["/ncbi/efetch"] = [Fault(body=wrong.encode())]
    assert got(full, "pubmed", Work("pmid:101")) == [
        "PubMed sends records that were not asked for."
    ]


@pytest.mark.parametrize(
    ("name", "path", "body", "where"),
    [
        ("pubmed", "/ncbi", {"result": []}, "answer has no esearchresult"),
        (
            "pubmed",
            "/ncbi",
            {"esearchresult": {"count": "1"}},
            "answer.esearchresult has no idlist",
        ),
        (
            "pubmed",
            "/ncbi",
            {"esearchresult": {"count": "many", "idlist": []}},
            "answer.esearchresult.count is no number",
        ),
        (
            "pubmed",
            "/ncbi",
            {"esearchresult": {"count": "1", "idlist": ["1; rm"]}},
            "answer.esearchresult.idlist holds what is no PMID",
        ),
        ("trials", "/trials", {"items": []}, "answer has no studies"),
        (
            "trials",
            "/trials",
            {"studies": [{"protocolSection": {"identificationModule": {"nctId": "../x"}}}]},
            "answer.studies[0].protocolSection.identificationModule.nctId is no NCT number",
        ),
        ("pmc", "/europepmc", {"hitCount": 1}, "answer has no resultList"),
        (
            "pmc",
            "/europepmc",
            {"hitCount": 1, "resultList": {"result": [{"pmcid": "PMC1/../x"}]}},
            "answer.resultList.result[0].pmcid is no PMC number",
        ),
    ],
)
def test_a_changed_field_is_named_and_never_taken_for_nothing(
    full: World, name: str, path: str, body: object, where: str
) -> None:
    full.faults[path] = [Fault(body=json.dumps(body).encode())] * 9
    with pytest.raises(ChangedError) as told:
        connector(name, full.client()).look(TOPIC, 5)
    assert str(told.value).endswith(
        f" answers in a shape that this release does not know: {where}."
    )


@pytest.mark.parametrize("body", [b"[]", b"nothing", b"[" * 200_000, b'{"a":', b"\xff"])
def test_what_is_no_json_object_is_told(full: World, body: bytes) -> None:
    full.faults["/trials"] = [Fault(body=body)]
    with pytest.raises(ChangedError, match=r"ClinicalTrials\.gov sends (?:no )?JSON"):
        connector("trials", full.client()).search("psoriasis", 5)


def test_where_openfda_is_ill_dailymed_finds_the_label_and_it_is_said(full: World) -> None:
    full.faults["/openfda"] = [Fault(500)] * 9
    found = connector("labels", full.client()).look(TOPIC, 5)
    assert found.works == (Work(f"spl:{SET_ID}", "3"),)
    assert found.problems == ("openFDA was asked 3 times in vain: it answers with status 500.",)


def test_where_dailymed_is_ill_openfda_has_the_text_and_it_is_said(full: World) -> None:
    full.faults["/dailymed"] = [Fault(503)] * 9
    assert got(full, "labels", Work(f"spl:{SET_ID}")) == [
        (f"spl:{SET_ID}",),
        "DailyMed was asked 3 times in vain: it answers with status 503. "
        "The label's text was taken from openFDA instead.",
    ]


def test_another_label_than_was_asked_for_is_not_taken(full: World) -> None:
    other = SET_ID.replace("1", "9")
    full.labels[other] = label("other", "Other.")
    full.faults["/dailymed"] = [
        Fault(body=full.client().get("dailymed", f"/spls/{other}.xml", kinds=("text/xml",)))
    ]
    full.faults["/openfda"] = [Fault(404)]
    assert got(full, "labels", Work(f"spl:{SET_ID}")) == [
        "DailyMed sends another label than was asked for."
    ]


def test_a_brand_that_labels_do_not_have_is_asked_for_by_its_ingredient(full: World) -> None:
    full.names["fictora forte"] = "fictumab"
    found = connector("labels", full.client()).search("Fictora forte", 5)
    assert (found.works, found.sent) == (
        (Work(f"spl:{SET_ID}", "3"),),
        ("Fictora forte", "fictumab"),
    )


def test_a_text_whose_sum_is_wrong_is_taken_from_europe_pmc(full: World) -> None:
    full.faults["/pmc/PMC11.1/PMC11.1.xml"] = [
        Fault(body=jats("PMC11", full_text("Other", "Damaged.")))
    ]
    (file,) = connector("pmc", full.client()).fetch((Work("pmcid:PMC11"),))
    assert isinstance(file, Fetched)
    assert b"It cleared psoriasis." in file.content
    assert "/europepmc/PMC11/fullTextXML" in full.paths()


def test_a_description_that_leads_out_of_its_folder_is_not_followed(full: World) -> None:
    full.faults["/pmc/PMC11.1/PMC11.1.json"] = [
        Fault(body=json.dumps({"xml_url": "s3://other/PMC12.1/PMC12.1.xml"}).encode())
    ]
    full.faults["/europepmc"] = [Fault(404)]
    assert got(full, "pmc", Work("pmcid:PMC11")) == [
        "PubMed Central names a place of the text that is not known here. "
        "Europe PMC has nothing under this name."
    ]


def test_the_licence_that_the_bucket_tells_goes_with_a_text_that_tells_none(full: World) -> None:
    (file,) = connector("pmc", full.client()).fetch((Work("pmcid:PMC11"),))
    assert isinstance(file, Fetched)
    assert (file.name, file.licence) == ("PMC11.1.xml", "CC BY")


def test_entries_that_are_too_large_together_come_one_by_one(
    full: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    full.trials["NCT00000001"]["summary"] = "x" * 4_000
    monkeypatch.setattr("probatum.sources.live.trials._MOST_BYTES", 1_000)
    assert got(full, "trials", Work("nct:NCT00000001"), Work("nct:NCT00000002")) == [
        "ClinicalTrials.gov sends more than 0.001 MB at once.",
        ("nct:NCT00000002",),
    ]


# -- what happened to works -------------------------------------


def test_pubmed_tells_which_works_were_retracted(full: World) -> None:
    full.articles["101"]["links"] = RETRACTED
    (document,) = PubMed(full.client()).flagged(["101", "102"])
    assert document.retracted
    assert [(each.kind, each.target) for each in document.relations] == [
        ("retracted_by", "pmid:900")
    ]


def test_crossref_tells_what_happened_to_a_work(world: World) -> None:
    world.updates = {
        "10.1/a": [
            {
                "type": "retraction",
                "DOI": "10.1/notice",
                "source": "retraction-watch",
                "updated": {"date-time": "2026-05-06T00:00:00Z"},
            },
            {"type": "something-new"},
        ],
        "10.1/b": [],
    }
    crossref = Crossref(world.client())
    assert crossref.updates("10.1/a") == (
        Update("retracted", "retraction", "10.1/notice", "retraction-watch", "2026-05-06"),
    )
    assert crossref.updates("10.1/b") == ()
    assert crossref.updates("10.9/unknown") == ()


def test_names_of_sources_are_read_and_wrong_ones_named() -> None:
    assert chosen(" PubMed, trials,pubmed ") == ("pubmed", "trials")
    with pytest.raises(LiveError) as told:
        chosen("pubmed,google")
    assert str(told.value) == ("'google' is no live source; known are pubmed, trials, labels, pmc.")
