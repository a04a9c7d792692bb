"""PubMed XML in bulk for speed measurements, made from real abstracts.

A million real abstracts may not be shipped, so those of the data folder are repeated with a twelfth
of their words exchanged for others of the same collection; names, headings and dates are invented.
The texts keep the length and word frequencies of real ones, which is what speed depends on.
"""

import gzip
import html
import json
import random
from collections.abc import Iterator
from pathlib import Path

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "abstract_pool"
_A_FILE = 10_000

_ARTICLE = """<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM">
<PMID Version="1">{pmid}</PMID>
<DateRevised><Year>2020</Year><Month>03</Month><Day>09</Day></DateRevised>
<Article PubModel="Print"><Journal><ISSN IssnType="Electronic">1234-5678</ISSN>
<JournalIssue CitedMedium="Internet"><Volume>37</Volume><Issue>8</Issue>
<PubDate><Year>{year}</Year><Month>Aug</Month></PubDate></JournalIssue>
<Title>Journal of examples</Title></Journal>
<ArticleTitle>{title}.</ArticleTitle>
<ELocationID EIdType="doi" ValidYN="Y">10.1000/example.{pmid}</ELocationID>
<Abstract><AbstractText>{text}</AbstractText></Abstract>
<AuthorList CompleteYN="Y">{authors}</AuthorList><Language>eng</Language>
<PublicationTypeList><PublicationType UI="D016428">Journal Article</PublicationType>
</PublicationTypeList></Article><MeshHeadingList>{headings}</MeshHeadingList></MedlineCitation>
<PubmedData><ArticleIdList><ArticleId IdType="pubmed">{pmid}</ArticleId></ArticleIdList>
</PubmedData></PubmedArticle>
"""
_AUTHOR = (
    '<Author ValidYN="Y"><LastName>Name{n}</LastName><ForeName>Ann B</ForeName>'
    "<Initials>AB</Initials></Author>"
)
_HEADING = (
    '<MeshHeading><DescriptorName UI="D{n:06d}" MajorTopicYN="N">{word}</DescriptorName>'
    "</MeshHeading>"
)


def abstracts() -> list[str]:
    """The real abstracts of the data folder."""
    lines = gzip.decompress((DATA / "corpus.jsonl.gz").read_bytes()).decode().splitlines()
    return [json.loads(line)["text"] for line in lines]


def texts(count: int) -> Iterator[tuple[str, str]]:
    """Titles and abstracts, as many as asked for; the same in every run."""
    real = abstracts()
    chance = random.Random(1)
    words = sorted({w for text in real[:500] for w in text.split() if w.isalpha() and len(w) > 4})
    for number in range(count):
        parts = real[number % len(real)].split(" ")
        if number >= len(real):
            for _ in range(len(parts) // 12):
                parts[chance.randrange(len(parts))] = chance.choice(words)
        text = " ".join(parts)
        yield " ".join(text.split()[:12]), text


def write(folder: Path, count: int) -> list[Path]:
    """Gzipped PubMed files with that many articles in all, ten thousand a file.

    Files that an earlier run left in the folder are used again.
    """
    names = [f"articles-{n:04d}.xml.gz" for n in range((count + _A_FILE - 1) // _A_FILE)]
    if all((folder / name).is_file() for name in names):
        return [folder / name for name in names]
    chance = random.Random(2)
    files: list[Path] = []
    out = None
    real = [word for text in abstracts()[:200] for word in text.split() if word.isalpha()]
    for number, (title, text) in enumerate(texts(count)):
        if number % _A_FILE == 0:
            if out is not None:
                out.write("</PubmedArticleSet>\n")
                out.close()
            files.append(folder / names[number // _A_FILE])
            out = gzip.open(files[-1], "wt", encoding="utf-8", compresslevel=1)  # noqa: SIM115
            out.write('<?xml version="1.0" encoding="utf-8"?>\n<PubmedArticleSet>\n')
        assert out is not None
        out.write(
            _ARTICLE.format(
                pmid=10_000_000 + number,
                year=1990 + number % 35,
                title=html.escape(title),
                text=html.escape(text),
                authors="".join(_AUTHOR.format(n=number % 97 + n) for n in range(6)),
                headings="".join(
                    _HEADING.format(n=(number * 7 + n) % 30_000, word=chance.choice(real))
                    for n in range(12)
                ),
            )
        )
    if out is not None:
        out.write("</PubmedArticleSet>\n")
        out.close()
    return files
