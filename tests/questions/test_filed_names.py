"""Conditions and drugs that only held texts are filed under are understood from them."""

import json
from collections.abc import Callable, Iterator

import pytest

from probatum.engine import Ask, Engine
from probatum.evidence.answer import Answer, AnswerStatus
from probatum.library.intake import add
from probatum.sources.formats import Settings

PUBMED = """<?xml version="1.0"?>
<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID Version="1">{pmid}</PMID>
<Article><Journal><JournalIssue><PubDate><Year>2021</Year></PubDate></JournalIssue>
<Title>Journal of Invented Medicine</Title></Journal>
<ArticleTitle>{title}</ArticleTitle>
<Abstract><AbstractText>{text}</AbstractText></Abstract><Language>eng</Language></Article>
<MeshHeadingList>
<MeshHeading><DescriptorName UI="D1">{heading}</DescriptorName>
<QualifierName UI="Q1">drug therapy</QualifierName></MeshHeading>
<MeshHeading><DescriptorName UI="D2">Zelbritazine</DescriptorName>
<QualifierName UI="Q2">therapeutic use</QualifierName></MeshHeading>
<MeshHeading><DescriptorName UI="D3">Quorvian Population</DescriptorName></MeshHeading>
<MeshHeading><DescriptorName UI="D4">Time</DescriptorName>
<QualifierName UI="Q1">drug therapy</QualifierName></MeshHeading>
<MeshHeading><DescriptorName UI="D5">Recovery</DescriptorName>
<QualifierName UI="Q1">drug therapy</QualifierName></MeshHeading>
</MeshHeadingList></MedlineCitation></PubmedArticle></PubmedArticleSet>
"""
TREATS = (
    "Zelbritazine by mouth for ten days cured most patients with Marrowick fever in this trial. "
    "The Quorvian population lives beside slow rivers."
)
OTHER = "Splints at night help patients with Prent palsy. Treatment lasts for a year."
LABEL = {
    "results": [
        {
            "set_id": "0f000000-0000-4000-8000-000000000001",
            "id": "0f000000-0000-4000-8000-000000000002",
            "version": "1",
            "effective_time": "20210203",
            "openfda": {"brand_name": ["Dorvexa"], "generic_name": ["MORPHINE DORVATE"]},
            "adverse_reactions": ["Headache and dry mouth are adverse reactions of Dorvexa."],
        }
    ]
}
TRIAL = {
    "protocolSection": {
        "identificationModule": {
            "nctId": "NCT09999901",
            "briefTitle": "KX-4417 in adults with hollow lung",
        },
        "statusModule": {"overallStatus": "COMPLETED"},
        "conditionsModule": {"conditions": ["Brenndal Lung"], "keywords": ["Westmere Hospital"]},
        "descriptionModule": {"briefSummary": "A study of tablets in Brenndal lung."},
        "armsInterventionsModule": {
            "interventions": [{"type": "DRUG", "name": "Orlavane", "description": "Tablets."}]
        },
    }
}
Asker = Callable[[str], Answer]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asker]:
    folder = tmp_path_factory.mktemp("filed")
    works = (
        ("101", "Zelbritazine in Marrowick fever", TREATS, "Marrowick Fever"),
        ("102", "Splints in Prent palsy", OTHER, "Palsy, Prent"),
    )
    for pmid, title, text, heading in works:
        written = PUBMED.format(pmid=pmid, title=title, text=text, heading=heading)
        (folder / f"{pmid}.xml").write_text(written, "utf-8")
    (folder / "label.json").write_text(json.dumps(LABEL), "utf-8")
    (folder / "NCT09999901.json").write_text(json.dumps(TRIAL), "utf-8")
    files = [path for path in sorted(folder.iterdir()) if path.is_file()]
    add(folder / "library", files, Settings())
    engine = Engine.open(folder / "library")
    yield lambda question: engine.ask(Ask(question=question))
    engine.close()


def told(answer: Answer) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    said = answer.understood
    return said.conditions, said.interventions, said.not_understood


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "Does zelbritazine cure Marrowick fever?",
            (("Marrowick Fever",), ("Zelbritazine",), ()),
        ),
        ("How is Prent palsy treated?", (("Prent Palsy",), (), ())),
        ("What are the side effects of Dorvexa?", ((), ("Dorvexa",), ())),
        ("Is orlavane used in Brenndal lung?", (("Brenndal Lung",), ("Orlavane",), ())),
    ],
)
def test_names_of_headings_labels_and_registries_are_understood(
    ask: Asker, question: str, expected: object
) -> None:
    assert told(ask(question)) == expected


def test_headings_of_other_kinds_are_neither_conditions_nor_drugs(ask: Asker) -> None:
    assert told(ask("How is the Quorvian population treated?"))[:2] == ((), ())
    assert told(ask("Who works at Westmere Hospital?"))[:2] == ((), ())


def test_an_ordinary_word_is_no_name_whatever_is_filed_under_it(ask: Asker) -> None:
    assert told(ask("What time does recovery from Marrowick fever take?"))[0] == (
        "Marrowick Fever",
    )


def test_a_form_of_a_known_drug_or_disease_is_that_drug_or_disease(ask: Asker) -> None:
    answer = ask("What is the usual dose of morphine dorvate for cancer pain?")
    assert told(answer) == (("cancer-pain",), ("morphine",), ())
    assert not any("No curated record" in each for each in answer.limits)


def test_quotes_come_from_texts_on_it_and_it_is_said_what_is_held(ask: Asker) -> None:
    answer = ask("Does zelbritazine cure Marrowick fever?")
    assert answer.status is AnswerStatus.PARTIAL
    assert {a.source for claim in answer.claims.values() for a in claim.anchors} == {"pmid:101"}
    assert (
        "No curated record is held on Marrowick Fever; it is known as a condition from an added "
        "text that is filed under it." in answer.limits
    )


def test_a_drug_of_the_packs_does_not_answer_for_a_disease_that_only_texts_name(
    ask: Asker,
) -> None:
    answer = ask("Does pembrolizumab help in Marrowick fever?")
    assert told(answer)[0] == ("Marrowick Fever",)
    assert not [a for claim in answer.claims.values() for a in claim.anchors if a.record]


def test_what_nothing_held_names_is_declined_as_before(ask: Asker) -> None:
    answer = ask("How is Ottermoor wasting treated?")
    assert answer.status is AnswerStatus.DECLINED
    assert told(answer) == ((), (), ("Ottermoor", "wasting"))
