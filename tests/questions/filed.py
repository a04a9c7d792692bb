"""A library of texts on conditions and drugs that do not exist and that no pack names."""

import json
from pathlib import Path

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


def fill(library: Path, files: Path) -> None:
    """Add the texts to a library, by way of files in their real formats."""
    works = (
        ("101", "Zelbritazine in Marrowick fever", TREATS, "Marrowick Fever"),
        ("102", "Splints in Prent palsy", OTHER, "Palsy, Prent"),
    )
    files.mkdir(parents=True, exist_ok=True)
    for pmid, title, text, heading in works:
        written = PUBMED.format(pmid=pmid, title=title, text=text, heading=heading)
        (files / f"{pmid}.xml").write_text(written, "utf-8")
    (files / "label.json").write_text(json.dumps(LABEL), "utf-8")
    (files / "NCT09999901.json").write_text(json.dumps(TRIAL), "utf-8")
    add(library, sorted(files.iterdir()), Settings())
