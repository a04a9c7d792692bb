"""Articles of PubMed Central and publishers in JATS or its forerunner, the NLM journal DTDs.

One article, or the set of them that PubMed Central's EFetch gives. The DTD is never loaded; named
characters are read all the same. Full text is what has a body; an article whose publisher lets only
the front out is an abstract.
"""

import re
from collections.abc import Iterator
from typing import Final

from lxml.etree import _Element

from probatum.evidence.document import Document, Item, Relation, Skipped
from probatum.evidence.source import Depth, SourceType
from probatum.sources.file import SourceFile
from probatum.sources.jats.body import Writer
from probatum.sources.jats.front import Front, children, descendants, front_of
from probatum.sources.jats.links import NOTICES, PUBLICATION_TYPES, relations_of
from probatum.sources.layout.inline import local_name, text_of
from probatum.sources.layout.named_characters import numbered
from probatum.sources.layout.text import clean
from probatum.sources.limits import TEXT_CHARACTERS, UnreadableError
from probatum.sources.works.ids import source_id
from probatum.sources.works.publication_types import source_type
from probatum.sources.xml.records import records
from probatum.sources.xml.root import root_name, start_of_text

# NISO Z39.96, the namespaces of JATS; most files use none.
_SPACES: Final = (
    "",
    "{https://jats.nlm.nih.gov/ns/archiving/1.3/}",
    "{https://jats.nlm.nih.gov/ns/archiving/1.4/}",
    "{http://jats.nlm.nih.gov}",
)
_TAGS: Final = tuple(f"{space}article" for space in _SPACES)
_SIGNS: Final = re.compile(
    r"JATS|NLM//DTD|archivearticle|journalpublishing|\barticle-type=|\bdtd-version=|<(?:\w+:)?front\b"
)
_NCT: Final = re.compile(r"\bNCT ?0?(\d{8})\b")
_REGISTERED: Final = re.compile(r"\bregist|\bclinicaltrials?\.gov|\btrial (?:number|id)", re.I)
# What a title or a category says of the design, in PubMed's words; the first that fits counts.
_DESIGNS: Final = (
    ("Clinical Trial Protocol", r"\bprotocol\b|\b(?:rationale|design) (?:and|of) (?:design|the)\b"),
    ("Systematic Review", r"\bsystematic review\b|\bmeta-?analysis\b"),
    ("Practice Guideline", r"\bpractice guidelines?\b|\bguidelines? (?:for|on) the\b"),
    ("Clinical Trial, Phase II", r"\bsingle[- ]arm\b"),
    (
        "Randomized Controlled Trial",
        r"(?<!non)(?<!non-)(?<!non )\brandomi[sz]ed\b(?!.{0,30}\b(?:trials|studies)\b)",
    ),
    ("Observational Study", r"\b(?:cohorts?|case[- ]control|cross-sectional)\b"),
    ("Case Reports", r"\bcase (?:report|series)\b"),
)
_DERIVED: Final = re.compile(
    r"\b(?:subgroup|secondary|post[- ]hoc|exploratory) analys[ei]s\b", re.I
)


def recognise(name: str, head: bytes) -> bool:
    """An `article` with a sign of JATS (DocBook and HTML have an `article` too), or a set."""
    root = root_name(head)
    if root == "pmc-articleset":
        return True
    return root == "article" and _SIGNS.search(start_of_text(head)) is not None


def read(file: SourceFile) -> Iterator[Item]:
    """Each article, and each piece of one that is a work of its own (a published review of it)."""
    number = 0
    try:
        for record in records(numbered(file), _TAGS, "it is a set without articles"):
            if isinstance(record, Skipped):
                yield record
                continue
            number += 1
            name = file.name if number == 1 else f"{file.name}#{number}"
            yield from _article(record, name, f"article {number}", "")
    except RecursionError as error:
        raise UnreadableError("its elements are nested too deeply") from error


def _article(article: _Element, name: str, where: str, journal: str) -> Iterator[Item]:
    front = next(iter(children(article, "front", "front-stub")), None)
    if front is None:
        yield Skipped(where, "it has no front matter, so nothing says what it is")
        return
    meta = next(iter(children(front, "article-meta")), front)
    known = front_of(front, meta)
    writer = _text(article, front, meta)
    size = sum(len(block.text) for block in writer.blocks)
    title = known.title or next(iter(known.categories), "")
    if size > TEXT_CHARACTERS:
        yield Skipped(
            where, f"its text is longer than {TEXT_CHARACTERS // 1_000_000} million letters"
        )
    elif not title and not writer.blocks:
        yield Skipped(where, "it has neither a title nor text")
    else:
        yield _document(article, meta, known, writer, title or "(no title)", name, journal)
    for number, part in enumerate(children(article, "sub-article", "response"), start=1):
        yield from _article(
            part, f"{name}/{number}", f"{where}, part {number}", journal or known.journal
        )


def _document(
    article: _Element,
    meta: _Element,
    front: Front,
    writer: Writer,
    title: str,
    name: str,
    journal: str,
) -> Document:
    kind = article.get("article-type", "")
    relations = (*relations_of(meta, kind), *_trials(article, meta, writer))
    has_body = any(len(text_of(body)) > 0 for body in children(article, "body"))
    language = article.get("{http://www.w3.org/XML/1998/namespace}lang", "").strip().lower()
    retracted = kind == "retracted-article" or title.upper().startswith("RETRACTED")
    return Document(
        source=source_id(front.ids) or f"file:{name}",
        title=title,
        type=_type(kind, title, front),
        depth=Depth.FULL_TEXT if has_body else Depth.ABSTRACT,
        blocks=tuple(writer.blocks),
        format="jats",
        version=front.version,
        date=front.date,
        year=front.year,
        container=front.journal or journal or None,
        authors=front.authors,
        identifiers=front.ids,
        subjects=front.keywords,
        publication_types=tuple(filter(None, (kind, *front.categories))),
        relations=tuple(dict.fromkeys(relations)),
        language=language or None,
        licence=front.licence,
        tier=front.tier,
        retracted=retracted
        or (kind not in NOTICES and any(each.kind == "retracted_by" for each in relations)),
    )


def _text(article: _Element, front: _Element, meta: _Element) -> Writer:
    writer = Writer()
    for abstract in children(meta, "abstract", "trans-abstract"):
        _abstract(writer, abstract)
    for body in children(article, "body"):
        writer.part(body, ())
    for part in (*children(article, "floats-group", "floats-wrap"), *children(front, "notes")):
        writer.part(part, ())
    for notes in children(meta, "author-notes"):
        writer.part(notes, (), "Author notes")
    _funding(writer, meta)
    for custom in descendants(meta, "custom-meta"):
        _custom(writer, custom)
    for back in children(article, "back"):
        for part in back:
            if local_name(part) == "fn-group":
                writer.part(part, (), "Footnotes")
            elif local_name(part):
                writer.take(part, ())
    return writer


def _abstract(writer: Writer, abstract: _Element) -> None:
    """Under "Abstract", or under its title where it is one of several ("Author Summary")."""
    kind = abstract.get("abstract-type", "").replace("-", " ")
    language = abstract.get("{http://www.w3.org/XML/1998/namespace}lang", "")
    title = next((text_of(each) for each in children(abstract, "title")), "")
    name = title if kind or title else "Abstract"
    name = name or f"Abstract ({kind})"
    if local_name(abstract) == "trans-abstract" and language:
        name = f"{name} ({language})"
    writer.inside(abstract, (name,), told=children(abstract, "title", "label"))


def _funding(writer: Writer, meta: _Element) -> None:
    for group in children(meta, "funding-group"):
        statements = [text_of(each) for each in children(group, "funding-statement")]
        for statement in statements:
            writer.add(statement, "paragraph", ("Funding",))
        for award in children(group, "award-group") if not any(statements) else ():
            names = [text_of(each) for each in descendants(award, "funding-source")]
            numbers = [text_of(each) for each in descendants(award, "award-id")]
            text = ", ".join(name for name in names if name)
            writer.add(": ".join(filter(None, (text, ", ".join(numbers)))), "item", ("Funding",))


def _custom(writer: Writer, custom: _Element) -> None:
    """A publisher's own field, such as a statement on data or a trial's registration."""
    parts = {local_name(each): text_of(each) for each in custom}
    name, value = parts.get("meta-name", ""), parts.get("meta-value", "")
    if not name.startswith(("pmc-", "issue-", "citation")):
        writer.add(value, "paragraph", (name,) if name else ())


def _type(kind: str, title: str, front: Front) -> SourceType:
    types = [PUBLICATION_TYPES.get(kind, ""), *front.categories]
    if kind in ("research-article", "other", "brief-report", "review-article", ""):
        said = " ; ".join((title, *front.categories))
        types += [word for word, sign in _DESIGNS if re.search(sign, said, re.IGNORECASE)][:1]
    found = source_type(types, title, front.keywords)
    if found is SourceType.RANDOMIZED_TRIAL and _DERIVED.search(title):
        return SourceType.SUBGROUP_ANALYSIS
    return found


def _trials(article: _Element, meta: _Element, writer: Writer) -> Iterator[Relation]:
    """The registered trials that an article reports: those that its front matter names, else those
    that its text names where it speaks of registration. A review only cites trials."""
    if "review" in article.get("article-type", ""):
        return
    numbers = _NCT.findall(clean(" ".join(meta.itertext())))  # type: ignore[arg-type]
    if not numbers:
        sentences = (
            part for block in writer.blocks for part in re.split(r"(?<=[.;])\s", block.text)
        )
        said = (part for part in sentences if _REGISTERED.search(part))
        numbers = [number for part in said for number in _NCT.findall(part)]
    yield from (Relation("reports", f"nct:NCT{number}") for number in dict.fromkeys(numbers))
