"""Citation (R5) and PublicationRecord (R6 drafts): the article that the resource describes."""

import html
import re
from collections.abc import Iterator
from typing import Any

from probatum.evidence.document import Block, Relation
from probatum.evidence.source import Depth, Identifiers
from probatum.sources.fhir.document import dated, identifiers
from probatum.sources.fhir.elements import codes, concept, concepts, reference
from probatum.sources.fhir.prose import prose
from probatum.sources.fhir.relations import references, relations
from probatum.sources.json.node import Node
from probatum.sources.layout.prose import inline

# PubMed's XML, which converters leave in the abstract's text.
_LABEL = re.compile(r"<AbstractText\b[^<>]*\bLabel=\"([^\"<>]*)\"[^<>]*>")
_TAG = re.compile(r"</?(?:AbstractText|i|b|u|em|strong|p|jats:\w+)\b[^<>]*>")


def citation(resource: Node) -> Iterator[Block]:
    """Abstracts, summaries, parts and the works that the article is related to."""
    article = resource.part("citedArtifact")
    for title in article.parts("title")[1:]:
        if words := inline(title.raw("text")):
            yield Block(f"Other title: {words}", "item", ("Title",))
    for abstract in article.parts("abstract"):
        kind = concepts(abstract, "type")
        plain = not kind or "primary" in " ".join(codes(abstract, "type"))
        text = _LABEL.sub(r"\n\n\1: ", abstract.raw("text"))
        text = html.unescape(_TAG.sub("", text))
        yield from prose(text, ("Abstract",) if plain else ("Abstract", kind))
    for summary in resource.parts("summary"):
        style = concepts(summary, "style")
        yield from prose(summary.raw("text"), ("Summary", style) if style else ("Summary",))
    yield from references(article)


def about(resource: Node) -> dict[str, Any]:
    """The metadata of the article, in place of the metadata of the resource that describes it."""
    article = resource.part("citedArtifact")
    found: dict[str, Any] = {
        "depth": Depth.ABSTRACT if article.parts("abstract") else Depth.SECONDARY,
        "retracted": _retracted(resource, article),
    }
    titles = article.parts("title")
    if titles and (title := inline(titles[0].raw("text"))):
        found["title"] = title
    numbers = {**identifiers(resource).present(), **identifiers(article).present()}
    found["identifiers"] = Identifiers(**numbers)
    same = [f"{name}:{numbers[name]}" for name in ("pmid", "doi") if name in numbers]
    found["relations"] = tuple(
        dict.fromkeys(
            (
                *(Relation("republishes", each, "describes") for each in same[:1]),
                *relations(resource),
                *relations(article),
            )
        )
    )
    authors = tuple(_authors(resource, article))
    if authors:
        found["authors"] = authors
    for form in article.parts("publicationForm"):
        journal = form.part("publishedIn").text("title")
        if journal:
            found.setdefault("container", journal)
        dates = [each.text("date") or each.text("year") for each in form.parts("publicationDate")]
        dates += [form.text("articleDate"), form.text("lastRevisionDate")]
        day, year = dated(*dates)
        if year and "year" not in found:
            found["date"], found["year"] = day, year
        if form.is_text("copyright"):
            found.setdefault("licence", inline(form.raw("copyright")))
    subjects = tuple(dict.fromkeys(_subjects(resource, article)))
    if subjects:
        found["subjects"] = subjects
    return found


def _authors(resource: Node, article: Node) -> Iterator[str]:
    within = {f"#{each.text('id')}": each for each in resource.parts("contained")}
    named = list(article.part("contributorship").parts("entry"))
    for entry in named:
        kinds = codes(entry.part("role"), "coding")
        if kinds and "author" not in kinds:
            continue
        person = entry.part("contributor")
        found = within.get(person.text("reference"))
        name = reference(person) or (_name(found) if found is not None else "")
        if name:
            yield name
    if not named:
        for summary in article.part("contributorship").parts("summary"):
            if words := inline(summary.raw("value")):
                yield words


def _name(person: Node) -> str:
    if person.is_text("name"):
        return person.text("name")
    for each in person.parts("name"):
        return " ".join(filter(None, (*each.texts("given"), each.text("family")))) or each.text(
            "text"
        )
    return ""


def _subjects(resource: Node, article: Node) -> Iterator[str]:
    """MeSH headings and keywords, which R6 keeps in contained assessments."""
    for each in (*article.parts("classification"), *resource.parts("classification")):
        for one in each.parts("classifier"):
            if words := concept(one):
                yield words
    for contained in resource.parts("contained"):
        if contained.text("resourceType") != "ArtifactAssessment":
            continue
        for content in contained.parts("content"):
            for one in content.parts("classifier"):
                if words := concept(one):
                    yield words


def _retracted(resource: Node, article: Node) -> bool:
    states = (*codes(article, "currentState"), *codes(resource, "currentState"))
    kinds = [name for each in article.parts("classification") for name in codes(each, "classifier")]
    if any("retract" in each for each in states):
        return True
    return any(
        each in ("retracted publication", "retracted-publication", "d016441") for each in kinds
    )
